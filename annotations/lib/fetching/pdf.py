"""A PDF: its text page by page, fit for looking quotes up. Lines that run along every page are kept once, so that a
sentence which goes over a page's end stays in one piece."""

import ctypes
import re
from collections.abc import Iterable
from typing import Any

from annotations.lib import languages
from annotations.lib.fetching import bylines, pdf_lines, pdf_rtl
from annotations.lib.fetching.refusals import MOST_TEXT, CannotRead

MOST_PAGES = 500
_EDGE = 3  # lines at each end of a page that may run along
_TITLE_CHARACTERS = 1500
_SMALLER = "\x1f"  # stands for smaller letters
_MOST_TURNED = 500_000  # characters, some ten seconds; behind them a document stands as the engine gives it
_FIRST_LINES = 14  # of the first page, in which the day of a report or a letter stands
_JUNK_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel)\b.*|untitled.*|document\d*|presentation\d*|powerpoint presentation|slide \d+|.*\.(?:docx?|indd|qxp|qxd|pdf|xlsx?|pptx?|odt|rtf|tex|dvi|html?)|about:blank|https?://\S+|[\W\d_]*|بلا عنوان.*|без имени.*|безымянн.*|无标题.*)$",
    re.IGNORECASE,
)
_NUMBER_ALONE = re.compile(
    r"\W*(?:(?:page|p\.|стр\.?|страница|صفحة|ص|第)\s*)?\d{1,4}(?:\s*(?:/|of|из|من|页|頁|共|-|–)\s*(?:页|第|共)?\s*\d{0,4}\s*页?)?\W*",
    re.IGNORECASE,
)
_ARABIC = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# The engine reads figures from left to right with the mark that stands left of them, which is the mark behind them.
_MARK_BEFORE_FIGURE = re.compile(r"(?<!\S)([،؛,.:!؟)»]+)(\d[\d.,٫٬/\-]*[٪%]?)(?=\s|$)")
_SIGN_BEFORE_FIGURE = re.compile(r"(?<!\S)٪(\d[\d٫٬.,]*)")
_ENDS = re.compile(r"[.!?…。！？؟:؛:]['\"”»)\]]*$")


def read(body: bytes, declared_type: str) -> dict[str, Any]:
    """The columns of a ParsedDocument; raises CannotRead."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        raise CannotRead("encrypted" if "password" in str(error).lower() else "broken", str(error)[:200]) from error
    with pdf:
        if len(pdf) > MOST_PAGES:
            raise CannotRead("too_many_pages", str(len(pdf)))
        texts: list[list[str]] = []
        size, heading = 0, ""
        for page in pdf:
            layer = page.get_textpage()
            text = layer.get_text_bounded()
            backwards = size < _MOST_TURNED and bool(_ARABIC.search(text)) and pdf_rtl.stands_backwards(layer)
            turned = pdf_rtl.lines(layer) if backwards else []
            texts.append(_clean(line for line, _size in turned) if backwards else _lines(text))
            if len(texts) == 1:
                heading = pdf_lines.one_line("\n".join(pdf_rtl.heading(turned))) if backwards else _heading(layer)
            size += sum(len(line) + 1 for line in texts[-1])
            layer.close()
            page.close()
            if size > MOST_TEXT:
                break
        about = pdf.get_metadata_dict(skip_empty=True)
        said = _language_of(pdf)
    full, pages = _whole(texts)
    title = " ".join(about.get("Title", "").split())
    published, source = _published(texts[0] if texts else [], about.get("CreationDate", ""))
    return {
        "full_text": full,
        "title": heading if not title or _JUNK_TITLE.match(title) else title,
        "authors": tuple(name.strip() for name in re.split("[;,،、]", about.get("Author", "")) if name.strip()),
        "published": published,
        "date_source": source,
        "language": said or (found if (found := languages.detect(full)) != languages.UNKNOWN else ""),
        "pages": tuple(pages),
        "extractor": "pdf 3: pypdfium2 5",
    }


def _published(lines: list[str], created: str) -> tuple[str, str]:
    """The day that stands at the head of the first page; else the file's own, which is that of its last printing."""
    written = bylines.day_of_lines(lines[:_FIRST_LINES])
    if written:
        return written.isoformat(), "page"
    made = re.match(r"D:(\d{4})(\d{2})(\d{2})", created)
    return ("-".join(made.groups()), "file") if made else ("", "")


def _lines(text: str) -> list[str]:
    # U+0002 and U+FFFE stand for the hyphen at the end of a line, with the line's end swallowed.
    text = re.sub("\r\n?", "\n", text).replace("\x02", "-\n").replace("\ufffe", "-\n")
    return [_in_order(line) for line in _clean(text.split("\n"))]


def _clean(lines: Iterable[str]) -> list[str]:
    storable = (re.sub("[\x00\ud800-\udfff]", "\ufffd", line) for line in lines)
    return [" ".join(line.split()) for line in storable if line.strip()]


def _in_order(line: str) -> str:
    """Marks beside figures in a line that runs from right to left, put where they are written."""
    if not _ARABIC.search(line):
        return line
    return _SIGN_BEFORE_FIGURE.sub(r"\1٪", _MARK_BEFORE_FIGURE.sub(r"\2\1", line))


def _whole(texts: list[list[str]]) -> tuple[str, list[int]]:
    """(the text, where each page starts in it). What runs along stands once, at the head of the first page."""
    running = _running(texts)
    kept: list[str] = []
    bodies = []
    for lines in texts:
        body = []
        for place, line in enumerate(lines):
            edge = place < _EDGE or place >= len(lines) - _EDGE
            if edge and _pattern(line) in running:
                if _pattern(line) not in {_pattern(known) for known in kept}:
                    kept.append(line)
            else:
                body.append(line)
        bodies.append(body)
    text, pages = "".join(line + "\n" for line in kept), [0]
    for place, body in enumerate(bodies):
        if place:
            # A sentence that goes on is not torn into two paragraphs.
            text += "\n\n" if _ENDS.search(text) else "\n" if text and not text.endswith("\n") else ""
            pages.append(len(text))
        text += pdf_lines.joined(body)
    return text.rstrip("\n"), [min(start, len(text.rstrip("\n"))) for start in pages[: len(texts)]]


def _running(texts: list[list[str]]) -> set[str]:
    """Lines, figures aside, that stand at the edge of at least two pages and of more than half of them."""
    counts: dict[str, int] = {}
    for lines in texts:
        for pattern in {_pattern(line) for line in [*lines[:_EDGE], *lines[-_EDGE:]]}:
            counts[pattern] = counts.get(pattern, 0) + 1
    found = {
        pattern for pattern, count in counts.items() if count > 1 and count * 2 > len(texts) and len(pattern) < 150
    }
    # Figures alone are page numbers only where nearly every page has one.
    return {
        pattern
        for pattern in found
        if not _NUMBER_ALONE.fullmatch(pattern.replace("#", "1")) or counts[pattern] * 4 >= len(texts) * 3
    }


def _pattern(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _heading(layer: Any) -> str:
    """The largest letters on the first page, where they are clearly larger than most."""
    import pypdfium2.raw as pdfium

    letters, sizes, matrix = "", [], pdfium.FS_MATRIX()
    for place in range(min(layer.count_chars(), _TITLE_CHARACTERS)):
        letter = chr(pdfium.FPDFText_GetUnicode(layer, place))
        if letter == "\x00" or not pdfium.FPDFText_GetMatrix(layer, place, matrix):
            continue
        scale = max(abs(matrix.d), abs(matrix.b)) or 1.0
        letters += letter
        sizes.append(round(pdfium.FPDFText_GetFontSize(layer, place) * scale, 1))
    solid = sorted(size for size, letter in zip(sizes, letters, strict=True) if letter.isalnum())
    if not solid or solid[-1] < 1.25 * solid[len(solid) // 2]:
        return ""
    words = "".join(
        letter if size > 0.95 * solid[-1] or letter.isspace() else _SMALLER
        for size, letter in zip(sizes, letters, strict=True)
    )
    first = next((part for part in words.split(_SMALLER) if re.search(r"\w", part)), "")
    first = pdf_lines.one_line(first.replace("\r", "\n"))
    return _in_order(first)[:300] if len(first) > 3 else ""


def _language_of(pdf: Any) -> str:
    import pypdfium2.raw as pdfium

    size = pdfium.FPDFCatalog_GetLanguage(pdf, None, 0)
    if not 4 < size < 100:
        return ""
    room = ctypes.create_string_buffer(size)
    pdfium.FPDFCatalog_GetLanguage(pdf, ctypes.cast(room, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    code = room.raw.decode("utf-16-le", errors="ignore").rstrip("\x00").split("-")[0].lower()
    return code if languages.is_known(code) else ""

"""Reading a document: plain functions that may hang or burst, so they run in a child that can be killed (child.py)."""

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any

from annotations.lib.fetching import sniffing

MOST_PAGES = 500
MOST_TEXT = 5_000_000  # characters kept of any document
MOST_UNPACKED = 200_000_000  # bytes that a Word file may unpack to
SHELL_TEXT = 200  # a page with less text than this has nothing to check a quote in


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDocument:
    """Both texts of a document. `pages`: where each PDF page starts in `full_text`, in code points."""

    kind: str
    full_text: str
    main_text: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""  # ISO date, as detected
    site: str = ""
    language: str = ""
    canonical_url: str = ""
    pages: tuple[int, ...] = ()
    extractor: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParseFailure:
    """`code`: empty, binary, unsupported_type, broken, encrypted, too_many_pages, too_heavy, timeout."""

    code: str
    detail: str = ""


class CannotRead(Exception):
    """Becomes a ParseFailure."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


def read(body: bytes, *, declared_type: str, file_name: str) -> ParsedDocument:
    """The document's texts and what it says of itself; raises CannotRead."""
    kind = sniffing.sniff(body, declared_type=declared_type, file_name=file_name)
    if kind in ("empty", "binary"):
        raise CannotRead(kind)
    reader = _READERS.get(kind)
    if reader is None:
        raise CannotRead("unsupported_type", kind)
    found = reader(body, declared_type)
    if not found["full_text"].strip():
        raise CannotRead("empty")
    for name in ("full_text", "main_text"):
        found[name] = _clean(found.get(name) or "")
    return ParsedDocument(kind=kind, **found)


def _clean(text: str) -> str:
    """Storable text with LF line ends; what is visible stays."""
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", re.sub("\r\n?", "\n", text))[:MOST_TEXT]


def _text(body: bytes, declared_type: str) -> dict[str, Any]:
    decoded = sniffing.decode(body, declared_type=declared_type)
    warnings = ("undecodable",) if decoded.replaced > 0.01 else ()
    return {"full_text": decoded.text, "extractor": "text 1", "warnings": warnings}


def _markdown(body: bytes, declared_type: str) -> dict[str, Any]:
    from markdown_it import MarkdownIt

    text = sniffing.decode(body, declared_type=declared_type).text
    blocks, title = [], ""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    for place, token in enumerate(tokens):
        if token.type == "inline":
            words = "".join(_inline(child) for child in token.children or ())
            if not title and place and tokens[place - 1].type == "heading_open":
                title = words
            blocks.append(words)
        elif token.type in ("fence", "code_block"):
            blocks.append(token.content.rstrip("\n"))
    return {
        "full_text": "\n\n".join(block for block in blocks if block.strip()),
        "title": title,
        "extractor": "markdown-it 1",
    }


def _inline(token: Any) -> str:
    if token.type in ("text", "code_inline"):
        return str(token.content)
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return ""


def _html(body: bytes, declared_type: str) -> dict[str, Any]:
    from resiliparse.extract.html2text import extract_plain_text

    markup = sniffing.decode(body, declared_type=declared_type).text.replace("\x00", "\ufffd")
    if _is_hostile(markup):  # these shapes hang every parser: keep the words, drop the tags
        bare = " ".join(re.sub(r"<[^>]*>", " ", markup).split())
        return {"full_text": bare, "extractor": "tags-stripped 1", "warnings": ("odd_markup",)}
    full = extract_plain_text(
        markup, preserve_formatting=True, alt_texts=False, links=False, form_fields=False, noscript=True
    )
    return {"full_text": full} | _main(markup)


def _is_hostile(markup: str) -> bool:
    """Shapes on which main-text extraction is known to hang: checked cheaply before any tree is built."""
    if any(len(tag) > 64_000 or tag.count("=") > 2000 for tag in re.findall(r"<[a-zA-Z][^<>]{16000,}", markup)):
        return True
    return any(markup.count(f"<{name}") > 50_000 for name in ("a", "div", "p", "span", "td", "li"))


def _main(markup: str) -> dict[str, Any]:
    import trafilatura

    document: Any = trafilatura.bare_extraction(markup, with_metadata=True, include_comments=False, include_tables=True)
    declared = re.search(r"<html[^>]{0,400}?\blang\s*=\s*[\"']?([A-Za-z]{2,3})", markup[:20_000], re.IGNORECASE)
    found: dict[str, Any] = {
        "language": declared.group(1).lower() if declared else "",
        "extractor": f"trafilatura {trafilatura.__version__} + resiliparse 2",
    }
    if document is None:
        return found
    lines = [line.strip() for line in (document.text or "").split("\n")]
    return found | {
        "main_text": "\n\n".join(line for line in lines if line),
        "title": document.title or "",
        "authors": tuple(name.strip() for name in (document.author or "").split(";") if name.strip()),
        "published": document.date or "",
        "site": document.sitename or "",
        "canonical_url": document.url or "",
    }


def _pdf(body: bytes, declared_type: str) -> dict[str, Any]:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        raise CannotRead("encrypted" if "password" in str(error).lower() else "broken", str(error)[:200]) from error
    with pdf:
        if len(pdf) > MOST_PAGES:
            raise CannotRead("too_many_pages", str(len(pdf)))
        text, pages = "", []
        for page in pdf:
            pages.append(len(text))
            layer = page.get_textpage()
            words = re.sub("\r\n?", "\n", layer.get_text_bounded()).replace("\ufffe", "\u00ad")
            text += re.sub("[\x00\ud800-\udfff]", "\ufffd", words).strip() + "\n\n"
            layer.close()
            page.close()
            if len(text) > MOST_TEXT:
                break
        about = pdf.get_metadata_dict(skip_empty=True)
    authors = tuple(name.strip() for name in re.split("[;,]", about.get("Author", "")) if name.strip())
    created = re.match(r"D:(\d{4})(\d{2})(\d{2})", about.get("CreationDate", ""))
    return {
        "full_text": text.rstrip("\n"),
        "title": about.get("Title", ""),
        "authors": authors,
        "published": "-".join(created.groups()) if created else "",
        "pages": tuple(pages),
        "extractor": "pypdfium2 5",
    }


def _docx(body: bytes, declared_type: str) -> dict[str, Any]:
    import docx
    from docx.table import Table

    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            if sum(item.file_size for item in archive.infolist()) > MOST_UNPACKED:
                raise CannotRead("too_heavy")
            if any(
                b"<!ENTITY" in archive.read(item)[:4096]
                for item in archive.infolist()
                if item.filename.endswith(".xml")
            ):
                raise CannotRead("broken", "entities")
        document = docx.Document(io.BytesIO(body))
        blocks = []
        for item in document.iter_inner_content():
            if isinstance(item, Table):
                blocks += ["\t".join(cell.text for cell in row.cells) for row in item.rows]
            else:
                blocks.append(item.text)
        about = document.core_properties
    except CannotRead:
        raise
    except Exception as error:  # python-docx lets many kinds through for broken files
        raise CannotRead("broken", type(error).__name__) from error
    return {
        "full_text": "\n\n".join(block for block in blocks if block.strip()),
        "title": about.title or "",
        "authors": (about.author,) if about.author else (),
        "published": about.created.date().isoformat() if about.created else "",
        "language": about.language or "",
        "extractor": "python-docx 1",
    }


_READERS = {"text": _text, "markdown": _markdown, "html": _html, "pdf": _pdf, "docx": _docx}

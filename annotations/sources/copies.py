"""A kept copy as people see it: what it is, how it came, and its text in parts."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.core.cache import cache
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.errors import FactcheckError
from annotations.lib import blobs
from annotations.lib.differences import by_words
from annotations.lib.fetching.sniffing import KINDS, sniff
from annotations.lib.problems import words
from annotations.models import Capture
from annotations.sources import renewing

SHOWN = 200_000  # characters of a text on a page of ours; the download has the rest
COMPARED = 20_000  # characters of each of two texts that are laid side by side
_A_DAY = 86_400
_HEADERS = ("last-modified", "content-language", "etag", "x-robots-tag")
_PICTURE = _(
    "The copy is kept, but it is a picture: no words can be looked up in it. Compare the quote with it yourself."
)
_FILM = _(
    "The copy is kept, but it is a film: no words can be looked up in it. Say in the locator at which minute it stands."
)
_SOUND = _(
    "The copy is kept, but it is a sound recording: no words can be looked up in it. Say in the locator at which minute it stands."
)
_SHEET = _("The copy is kept, but it is a spreadsheet, which is not read. Compare the quote with it yourself.")
_SLIDES = _("The copy is kept, but it is a presentation, which is not read. Compare the quote with it yourself.")
_PACKED = _("The copy is kept, but it is an archive of files, which is not opened. Upload the file that you quote.")
_OTHER = _(
    "The copy is kept, but this kind of file is not read. Compare the quote with it yourself, or upload it as PDF."
)
_UNREAD: dict[str, Promise] = {
    **dict.fromkeys(("png", "jpeg", "gif", "webp", "avif", "heic", "tiff", "bmp", "svg"), _PICTURE),
    **dict.fromkeys(("mp4", "mov", "webm", "avi"), _FILM),
    **dict.fromkeys(("mp3", "m4a", "wav", "ogg", "flac"), _SOUND),
    **dict.fromkeys(("xlsx", "ods"), _SHEET),
    **dict.fromkeys(("pptx", "odp"), _SLIDES),
    **dict.fromkeys(("zip", "gzip", "rar", "7z"), _PACKED),
}
# Other names that a type is declared by.
_ALSO = {
    "html": ("application/xhtml+xml",),
    "xml": ("text/xml",),
    "json": ("text/json", "application/ld+json", "application/geo+json"),
    "markdown": ("text/x-markdown",),
    "csv": ("application/csv", "text/tab-separated-values"),
    "rtf": ("text/rtf",),
    "doc": ("application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"),
    "zip": ("application/x-zip-compressed",),
    "gzip": ("application/x-gzip",),
    "rar": ("application/x-rar-compressed",),
    "jpeg": ("image/jpg", "image/pjpeg"),
    "bmp": ("image/x-ms-bmp",),
    "wav": ("audio/x-wav", "audio/vnd.wave"),
    "m4a": ("audio/x-m4a",),
    "ogg": ("application/ogg", "video/ogg"),
    "webm": ("audio/webm", "video/x-matroska"),
}
_DAMAGE: dict[str, Promise] = {"body_damaged": _("damaged"), "body_missing": _("gone from the storage")}
_NO_TEXT = _(
    "The copy is kept, but no text was found in it: it may be a scan, or a page that scripts fill. Upload a readable copy."
)


@dataclass(frozen=True, slots=True)
class Part:
    """`kind`: page (its number in `text`), text (lines), or rows of a table."""

    kind: str
    text: str = ""
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """One of several copies. `declared`: where its bytes are another type; `damage`: in a word or two."""

    copy: Capture
    type: str
    declared: str
    damage: str


def kind_of(capture: Capture) -> str:
    """What its bytes are (fetching/sniffing.KINDS); "" for an old copy that the storage does not give now."""
    if capture.kind:
        return capture.kind
    name = capture.source.file_name or capture.final_url.split("?")[0].rsplit("/", 1)[-1]
    key = f"kind:{capture.body_digest}:{blobs.digest(f'{capture.media_type}|{name}'.encode())[:16]}"
    found = cache.get(key)
    if found is None:
        try:
            found = sniff(renewing.read(capture), declared_type=capture.media_type, file_name=name)
        except (FactcheckError, OSError, ValueError):
            return ""
        cache.set(key, found, _A_DAY)
    return str(found)


def media_type(capture: Capture) -> str:
    """By its bytes, else as it was declared."""
    kind = kind_of(capture)
    return KINDS[kind][0] if kind in KINDS else capture.media_type


def declared_otherwise(capture: Capture) -> str:
    """The type that it was declared as, where its bytes are of another; "" where nothing was declared, or it is true."""
    declared = capture.media_type.split(";", 1)[0].strip().lower()
    kind = kind_of(capture)
    if not kind or declared in ("", "application/octet-stream", "binary/octet-stream"):
        return ""
    same = declared == KINDS[kind][0] or declared in _ALSO.get(kind, ()) or (kind == "xml" and declared.endswith("xml"))
    return "" if same else declared


def damage(capture: Capture) -> str:
    """What is wrong with its body, "" when nothing is known to be. Its text is what was read before."""
    return words(capture.damage) if capture.damage else ""


def listed(kept: list[Capture]) -> list[Listed]:
    return [
        Listed(copy, media_type(copy), declared_otherwise(copy), str(_DAMAGE.get(copy.damage, copy.damage)))
        for copy in kept
    ]


def download_name(capture: Capture) -> str:
    """source-7.pdf, source-7-2.pdf for an earlier copy: no words of the page, so that every system takes it."""
    ending = KINDS.get(kind_of(capture), KINDS["binary"])[1]
    earlier = "" if capture.source.latest_id == capture.pk else f"-{capture.pk}"
    return f"source-{capture.source_id}{earlier}.{ending}"


def unread(capture: Capture) -> str:
    """Why no quote can be looked up in it, and what to do; "" when it has a text."""
    problem = capture.problem
    if problem == "unsupported_type":
        return str(_UNREAD.get(kind_of(capture), _OTHER))
    if problem == "binary":
        return str(_OTHER)
    return str(_NO_TEXT) if problem == "empty" else words(problem) if problem else ""


def headers(capture: Capture) -> list[tuple[str, str]]:
    """What the host said of the page that is worth showing, in the host's own words."""
    given = [(str(name), str(value)) for name, value in capture.response_headers]
    return [(name, value[:300]) for name, value in given if name.lower() in _HEADERS]


def redirects(capture: Capture) -> list[tuple[str, int]]:
    """(address, status) of each step before the final address."""
    chain = capture.attempt.chain if capture.attempt is not None else []
    return [(str(url), int(status or 0)) for url, status in chain if 300 <= int(status or 0) < 400]


def parts(capture: Capture) -> list[Part]:
    """The main text, or of a document with pages the whole text under its pages' numbers."""
    if capture.pages:
        found: list[Part] = []
        starts = [*capture.pages, len(capture.full_text)]
        for number, (start, end) in enumerate(pairwise(starts), 1):
            if start >= SHOWN:
                break
            found += [Part("page", str(number)), *_blocks(capture.full_text[start : min(end, SHOWN)])]
        return found
    return list(_blocks((capture.main_text or capture.full_text)[:SHOWN]))


def whole(capture: Capture) -> list[Part]:
    """All that the page shows, where that is more than its main text."""
    return list(_blocks(capture.full_text[:SHOWN])) if capture.main_text and not capture.pages else []


def is_cut(capture: Capture) -> bool:
    return max(len(capture.main_text), len(capture.full_text)) > SHOWN


def difference(new: Capture, old: Capture) -> list[tuple[str, str]]:
    """What the newer copy says otherwise, word by word with a little of what stands around; [] when it says the same."""
    texts = [(copy.main_text or copy.full_text)[:COMPARED] for copy in (old, new)]
    if texts[0] == texts[1]:
        return []
    pieces = by_words(*texts)
    return _shortened(pieces) if any(piece[0] != "same" for piece in pieces) else []


def _shortened(pieces: list[Any]) -> list[Any]:
    """Long stretches that are the same lose their middle."""
    found = []
    for piece in pieces:
        said = piece[1].split(" ")
        if piece[0] == "same" and len(said) > 40:
            cut = type(piece)("same", " ".join([*said[:15], "[…]", *said[-15:]]), spaced=piece.spaced)
            found.append(cut)
        else:
            found.append(piece)
    return found


def _blocks(text: str) -> Iterator[Part]:
    rows: list[tuple[str, ...]] = []
    for paragraph in text.split("\n\n"):
        lines: list[str] = []
        for line in paragraph.split("\n"):
            cells = tuple(cell.strip() for cell in line.strip("\n").split("\t"))
            if len(cells) > 1 and any(cells):
                if lines:
                    yield Part("text", lines=tuple(lines))
                    lines = []
                rows.append(cells)
            elif line.strip():
                if rows:
                    yield Part("rows", rows=tuple(rows))
                    rows = []
                lines.append(line.strip())
        if rows:
            yield Part("rows", rows=tuple(rows))
            rows = []
        if lines:
            yield Part("text", lines=tuple(lines))

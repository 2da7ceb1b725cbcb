"""Reading a document: plain functions that may hang or burst, so they run in a child that can be killed (child.py)."""

import re
from dataclasses import dataclass
from typing import Any

from annotations.lib.fetching import packed, pages, pdf, plain, sniffing
from annotations.lib.fetching.refusals import MOST_TEXT, CannotRead

__all__ = ["MOST_TEXT", "CannotRead", "ParseFailure", "ParsedDocument", "read"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDocument:
    """Both texts of a document. `pages`: where each PDF page starts in `full_text`, in code points."""

    kind: str
    full_text: str
    main_text: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""  # ISO date
    date_source: str = ""  # json-ld, meta, microdata, page (written on it), url, guess, or file (its own word)
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


def _html(body: bytes, declared_type: str) -> dict[str, Any]:
    markup = sniffing.decode(body, declared_type=declared_type).text.replace("\x00", "\ufffd")
    if _is_hostile(markup):  # these shapes hang every parser: keep the words, drop the tags
        bare = " ".join(re.sub(r"<[^>]*>", " ", markup).split())
        return {"full_text": bare, "extractor": "tags-stripped 1", "warnings": ("odd_markup",)}
    return pages.read(markup)


def _is_hostile(markup: str) -> bool:
    """Shapes on which main-text extraction is known to hang: checked cheaply before any tree is built."""
    markup = markup.lower()
    if any(len(tag) > 64_000 or tag.count("=") > 2000 for tag in re.findall(r"<[a-z][^<>]{16000,}", markup)):
        return True
    return any(markup.count(f"<{name}") > 50_000 for name in ("a", "b", "div", "i", "li", "p", "span", "table", "td"))


_READERS = {
    "text": plain.text,
    "markdown": plain.markdown,
    "csv": plain.table,
    "json": plain.json_values,
    "xml": plain.xml,
    "html": _html,
    "pdf": pdf.read,
    "docx": packed.docx,
    "odt": packed.odt,
}

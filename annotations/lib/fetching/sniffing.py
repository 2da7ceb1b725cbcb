"""What a body really is, whatever it was declared as; and what its bytes mean as text."""

import codecs
import re
from dataclasses import dataclass

from resiliparse.parse.encoding import detect_encoding

_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|article|p|div)\b", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,40})", re.IGNORECASE)
_PARAMETER = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_\-]{2,40})", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*")
_REFUSED_CHARSETS = frozenset({"utf-7", "utf7", "unicode_escape", "raw_unicode_escape", "idna", "punycode"})


def sniff(body: bytes, *, declared_type: str = "", file_name: str = "") -> str:
    """One of pdf, docx, zip, image, html, markdown, text, binary, empty."""
    if not body.strip():
        return "empty"
    head = body[:4096]
    if head.lstrip().startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx" if b"word/" in body[:200_000] or file_name.lower().endswith(".docx") else "zip"
    if head.startswith(_IMAGES):
        return "image"
    if not head.startswith(tuple(bom for bom, _name in _BOMS)) and _is_binary(head):
        return "binary"
    name = file_name.lower()
    if name.endswith((".md", ".markdown")):
        return "markdown"
    declared = declared_type.split(";", 1)[0].strip().lower()
    if declared == "text/plain" or name.endswith(".txt"):
        return "text"
    if _MARKUP.search(head) or declared in ("text/html", "application/xhtml+xml"):
        return "html"
    return "text"


def _is_binary(head: bytes) -> bool:
    if b"\x00" in head:
        return True
    odd = sum(byte < 9 or (13 < byte < 32 and byte != 27) for byte in head)
    return odd * 20 > len(head)


@dataclass(frozen=True, slots=True)
class Decoded:
    """`replaced`: share of the characters that could not be decoded."""

    text: str
    charset: str
    replaced: float


def decode(body: bytes, *, declared_type: str = "") -> Decoded:
    """By byte order mark, then the header's word, the page's word, then a detector; a label that means nothing is passed over."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return _decoded(body[len(bom) :], name)
    try:
        return Decoded(body.decode("utf-8"), "utf-8", 0.0)  # valid UTF-8 is UTF-8, whatever is declared
    except UnicodeDecodeError:
        pass
    parameter = _PARAMETER.search(declared_type)
    meta = _META.search(body[:4096])
    for label in (parameter.group(1) if parameter else "", meta.group(1).decode("ascii") if meta else ""):
        name = _known(label)
        if name and name != "utf-8":
            return _decoded(body, name)
    return _decoded(body, _known(detect_encoding(body[:200_000]) or "") or "windows-1252")


def _known(label: str) -> str:
    try:
        name = codecs.lookup(label.strip()).name if label.strip() else ""
    except (LookupError, ValueError):
        return ""
    # Pages that say Latin-1 mean Windows-1252 (the HTML standard's own rule).
    name = "cp1252" if name in ("iso8859-1", "ascii") else name
    return "" if name in _REFUSED_CHARSETS else name


def _decoded(body: bytes, name: str) -> Decoded:
    text = body.decode(name, errors="replace")
    return Decoded(text, name, text.count("\ufffd") / max(1, len(text)))

"""What a body really is, whatever it was declared as; and what its bytes mean as text."""

import codecs
import re
from dataclasses import dataclass

from resiliparse.parse.encoding import detect_encoding

_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|article|p|div)\b", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,40})", re.IGNORECASE)
_PARAMETER = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_\-]{2,40})", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SVG = re.compile(rb"^(?:\s|<\?xml[^>]*>|<!--.*?-->|<!doctype\s+svg[^>]*>)*<svg\b", re.IGNORECASE | re.DOTALL)
_CONTROLS = bytes(byte for byte in range(32) if byte < 9 or (byte > 13 and byte != 27))  # that no text holds
_XML = re.compile(rb"^\s*<\?xml\b", re.IGNORECASE)
_HTML_ROOT = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)

# kind: (media type, ending of a file name). What is kept is told by this, whatever it was declared as.
KINDS: dict[str, tuple[str, str]] = {
    "pdf": ("application/pdf", "pdf"),
    "html": ("text/html", "html"),
    "markdown": ("text/markdown", "md"),
    "text": ("text/plain", "txt"),
    "csv": ("text/csv", "csv"),
    "json": ("application/json", "json"),
    "xml": ("application/xml", "xml"),
    "rtf": ("application/rtf", "rtf"),
    "doc": ("application/x-ole-storage", "doc"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
    "odt": ("application/vnd.oasis.opendocument.text", "odt"),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
    "odp": ("application/vnd.oasis.opendocument.presentation", "odp"),
    "epub": ("application/epub+zip", "epub"),
    "zip": ("application/zip", "zip"),
    "gzip": ("application/gzip", "gz"),
    "rar": ("application/vnd.rar", "rar"),
    "7z": ("application/x-7z-compressed", "7z"),
    "png": ("image/png", "png"),
    "jpeg": ("image/jpeg", "jpg"),
    "gif": ("image/gif", "gif"),
    "webp": ("image/webp", "webp"),
    "avif": ("image/avif", "avif"),
    "heic": ("image/heic", "heic"),
    "tiff": ("image/tiff", "tif"),
    "bmp": ("image/bmp", "bmp"),
    "svg": ("image/svg+xml", "svg"),
    "mp4": ("video/mp4", "mp4"),
    "mov": ("video/quicktime", "mov"),
    "webm": ("video/webm", "webm"),
    "avi": ("video/x-msvideo", "avi"),
    "mp3": ("audio/mpeg", "mp3"),
    "m4a": ("audio/mp4", "m4a"),
    "wav": ("audio/wav", "wav"),
    "ogg": ("audio/ogg", "ogg"),
    "flac": ("audio/flac", "flac"),
    "binary": ("application/octet-stream", "bin"),
    "empty": ("application/octet-stream", "bin"),
}
_STARTS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"\x1aE\xdf\xa3", "webm"),
    (b"OggS", "ogg"),
    (b"fLaC", "flac"),
    (b"ID3", "mp3"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"{\\rtf", "rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
)
_RIFF = {b"WEBP": "webp", b"WAVE": "wav", b"AVI ": "avi"}
_PACKED = (
    (b"mimetypeapplication/epub+zip", "epub"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "ods"),
    (b"mimetypeapplication/vnd.oasis.opendocument.presentation", "odp"),
)
_OFFICE = ((b"word/document", "docx"), (b"xl/workbook", "xlsx"), (b"ppt/presentation", "pptx"))
# Pages that name an old character set mean the larger one of its family (the HTML standard's own rule).
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis_620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_REFUSED_CHARSETS = frozenset({"utf_7", "utf7", "unicode_escape", "raw_unicode_escape", "idna", "punycode"})


def sniff(body: bytes, *, declared_type: str = "", file_name: str = "") -> str:
    """One of KINDS: by the first bytes where they tell; else, for a text, by what it was declared or named as."""
    if not body.strip():
        return "empty"
    head = body[:4096]
    if head.lstrip().startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _packed(body, file_name)
    found = _by_start(head)
    if found:
        return found
    if not head.startswith(tuple(bom for bom, _name in _BOMS)) and _is_binary(head):
        return "binary"
    return _kind_of_text(head, body, declared_type.split(";", 1)[0].strip().lower(), file_name.lower())


def _kind_of_text(head: bytes, body: bytes, declared: str, name: str) -> str:
    if name.endswith((".md", ".markdown")) or declared == "text/markdown":
        return "markdown"
    if name.endswith((".csv", ".tsv", ".tab")) or declared in ("text/csv", "text/tab-separated-values"):
        return "html" if _HTML_ROOT.search(head) else "csv"  # an error page under the address of a table
    if declared == "text/plain" or name.endswith(".txt"):
        return "text"
    if _SVG.search(head):
        return "svg"
    if _XML.search(head) and not _HTML_ROOT.search(head):
        return "xml"
    if body.lstrip()[:1] in (b"{", b"[") and ("json" in declared or name.endswith(".json")):
        return "json"
    if _MARKUP.search(head) or declared in ("text/html", "application/xhtml+xml"):
        return "html"
    return "xml" if declared.endswith(("/xml", "+xml")) and head.lstrip().startswith(b"<") else "text"


def _by_start(head: bytes) -> str:
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12], "binary")
    if head[4:8] == b"ftyp":
        return _of_brand(head[8:12], head[16:64])
    if head.startswith(b"BM") and head[6:10] == b"\x00\x00\x00\x00":
        return "bmp"
    # A frame of MPEG audio, layer 3, without tags before it.
    if len(head) > 3 and head[0] == 0xFF and head[1] in (0xFB, 0xF3, 0xF2) and head[2] >> 4 not in (0, 15):
        return "mp3"
    return ""


def _of_brand(major: bytes, others: bytes) -> str:
    """The ISO base media family: films, sound and two kinds of pictures share one box."""
    if major in (b"avif", b"avis") or (major == b"mif1" and b"avif" in others):
        return "avif"
    if major in (b"heic", b"heix", b"mif1", b"heim"):
        return "heic"
    if major.startswith(b"M4A"):
        return "m4a"
    return "mov" if major == b"qt  " else "mp4"


def _packed(body: bytes, file_name: str) -> str:
    """An archive by what lies in it: its first entry, else the names in its first and last parts."""
    for mark, kind in _PACKED:
        if mark in body[:120]:
            return kind
    names = body[:200_000] + body[-200_000:]
    for mark, kind in _OFFICE:
        if mark in names:
            return kind
    return "docx" if file_name.lower().endswith(".docx") else "zip"


def _is_binary(head: bytes) -> bool:
    if b"\x00" in head:
        return True
    odd = len(head) - len(head.translate(None, _CONTROLS))
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
    """Python's name for a charset; "" for what is none ("hex", "undefined") or must not be obeyed."""
    try:
        name = codecs.lookup(label.strip()).name if label.strip() else ""
        b"a".decode(name or "ascii")
    except (LookupError, ValueError):
        return ""
    name = _MEANT.get(name, name)
    return "" if name.replace("-", "_") in _REFUSED_CHARSETS else name


def _decoded(body: bytes, name: str) -> Decoded:
    text = body.decode(name, errors="replace")
    return Decoded(text, name, text.count("\ufffd") / max(1, len(text)))

"""Word and OpenDocument text files: zip archives of XML, opened within bounds and with entities off."""

import io
import zipfile
from typing import Any

from annotations.lib.fetching.refusals import CannotRead

MOST_UNPACKED = 200_000_000  # bytes that an archive may unpack to
_MOST_CONTENT = 50_000_000  # bytes of the one part that is read whole
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"


def docx(body: bytes, declared_type: str) -> dict[str, Any]:
    """The columns of a ParsedDocument; raises CannotRead."""
    import docx
    from docx.table import Table

    try:
        with _opened(body) as archive:
            if any(
                b"<!ENTITY" in _start(archive, item) for item in archive.infolist() if item.filename.endswith(".xml")
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
        "date_source": "file" if about.created else "",
        "language": about.language or "",
        "extractor": "python-docx 1",
    }


def odt(body: bytes, declared_type: str) -> dict[str, Any]:
    """The columns of a ParsedDocument; raises CannotRead."""
    try:
        with _opened(body) as archive:
            content = _xml(archive, "content.xml")
            about = _xml(archive, "meta.xml") if "meta.xml" in archive.namelist() else None
    except (zipfile.BadZipFile, KeyError, RuntimeError, EOFError, OSError) as error:
        raise CannotRead("broken", type(error).__name__) from error
    if content is None:
        raise CannotRead("broken", "content.xml")
    said = {
        name: "" if about is None else about.findtext(f".//{name}") or ""
        for name in (
            _DC + "title",
            _META + "initial-creator",
            _DC + "creator",
            _META + "creation-date",
            _DC + "language",
        )
    }
    author = said[_META + "initial-creator"] or said[_DC + "creator"]
    return {
        "full_text": "\n\n".join(_odt_blocks(content)),
        "title": said[_DC + "title"],
        "authors": (author,) if author else (),
        "published": said[_META + "creation-date"][:10],
        "date_source": "file" if said[_META + "creation-date"] else "",
        "language": said[_DC + "language"].split("-")[0].lower(),
        "extractor": "odt 1",
    }


def _odt_blocks(content: Any) -> list[str]:
    blocks: list[str] = []
    for element in content.iter(_TEXT + "p", _TEXT + "h", _TABLE + "table-row"):
        if element.tag == _TABLE + "table-row":
            cells = [" ".join(_odt_words(cell).split()) for cell in element.iter(_TABLE + "table-cell")]
            blocks.append("\t".join(cell for cell in cells if cell))
        elif next(element.iterancestors(_TABLE + "table-row"), None) is None:
            blocks.append(_odt_words(element))
    return [block for block in blocks if block.strip()]


def _odt_words(element: Any) -> str:
    words = [element.text or ""]
    for child in element:
        if child.tag == _TEXT + "s":
            count = child.get(_TEXT + "c") or "1"
            words.append(" " * min(100, int(count) if count.isdecimal() else 1))
        elif child.tag in (_TEXT + "tab", _TEXT + "line-break"):
            words.append("\t" if child.tag == _TEXT + "tab" else "\n")
        elif isinstance(child.tag, str) and not child.tag.endswith("}annotation"):
            words.append(_odt_words(child) + (" " if child.tag in (_TEXT + "p", _TEXT + "h") else ""))
        words.append(child.tail or "")
    return "".join(words)


def _opened(body: bytes) -> zipfile.ZipFile:
    archive = zipfile.ZipFile(io.BytesIO(body))
    if sum(item.file_size for item in archive.infolist()) > MOST_UNPACKED:
        archive.close()
        raise CannotRead("too_heavy")
    return archive


def _start(archive: zipfile.ZipFile, item: zipfile.ZipInfo) -> bytes:
    with archive.open(item) as part:
        return part.read(4096)


def _xml(archive: zipfile.ZipFile, name: str) -> Any:
    from lxml import etree  # type: ignore[import-untyped]

    if archive.getinfo(name).file_size > _MOST_CONTENT:
        raise CannotRead("too_heavy")
    with archive.open(name) as part:
        data = part.read(_MOST_CONTENT)
    if b"<!ENTITY" in data[:4096] or b"<!DOCTYPE" in data[:4096]:
        raise CannotRead("broken", "entities")
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise CannotRead("broken", "xml") from error

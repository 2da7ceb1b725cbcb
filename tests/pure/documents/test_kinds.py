"""What a body really is, whatever it was declared as; and what is read of the kinds that hold text."""

import io
import zipfile

import pytest

from annotations.lib.fetching import documents, sniffing

BOX = b"\x00\x00\x00\x20ftyp"


def packed(*entries: tuple[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in entries:
            archive.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return out.getvalue()


ODT = "application/vnd.oasis.opendocument.text"
BODIES: dict[str, bytes] = {
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(40),
    "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(40),
    "gif": b"GIF89a\x01\x00\x01\x00" + bytes(20),
    "webp": b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(20),
    "wav": b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(20),
    "avi": b"RIFF\x24\x00\x00\x00AVI LIST" + bytes(20),
    "avif": BOX + b"avif\x00\x00\x00\x00mif1miaf",
    "heic": BOX + b"heic\x00\x00\x00\x00mif1heic",
    "mp4": BOX + b"isom\x00\x00\x02\x00isomavc1",
    "mov": BOX + b"qt  \x00\x00\x02\x00qt  ",
    "m4a": BOX + b"M4A \x00\x00\x02\x00mp42",
    "webm": b"\x1aE\xdf\xa3\x9fB\x86\x81\x01" + bytes(20),
    "mp3": b"ID3\x04\x00\x00\x00\x00\x00\x23TSSE" + bytes(20),
    "ogg": b"OggS\x00\x02" + bytes(40),
    "flac": b"fLaC\x00\x00\x00\x22" + bytes(40),
    "tiff": b"II*\x00\x08\x00\x00\x00" + bytes(20),
    "bmp": b"BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00" + bytes(20),
    "svg": b'<?xml version="1.0"?>\n<!-- drawn by hand -->\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "gzip": b"\x1f\x8b\x08\x00" + bytes(20),
    "rar": b"Rar!\x1a\x07\x01\x00" + bytes(20),
    "7z": b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(20),
    "rtf": rb"{\rtf1\ansi The bridge}",
    "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40),
    "zip": packed(("notes/readme.txt", "nothing")),
    "xlsx": packed(("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>")),
    "pptx": packed(("[Content_Types].xml", "<Types/>"), ("ppt/presentation.xml", "<p/>")),
    "docx": packed(("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w/>")),
    "epub": packed(("mimetype", "application/epub+zip"), ("a.xhtml", "<html/>")),
    "odt": packed(("mimetype", ODT), ("content.xml", "<a/>")),
    "ods": packed(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<a/>")),
    "pdf": b"%PDF-1.7\n",
    "binary": b"\x7fELF\x02\x01\x01" + bytes(60),
    "empty": b" \r\n ",
}


@pytest.mark.parametrize("kind", BODIES)
@pytest.mark.parametrize("declared", ["text/html; charset=utf-8", "application/octet-stream", "image/png", ""])
def test_the_first_bytes_tell(kind: str, declared: str) -> None:
    assert sniffing.sniff(BODIES[kind], declared_type=declared) == kind
    media_type, ending = sniffing.KINDS[kind]
    assert "/" in media_type
    assert ending.isalnum()


@pytest.mark.parametrize(
    ("body", "declared", "name", "kind"),
    [
        ("a,b\n1,2\n", "text/csv", "", "csv"),
        ("a\tb\n1\t2\n", "", "figures.TSV", "csv"),
        ("<!DOCTYPE html><html><p>Not found</p></html>", "text/csv", "figures.csv", "html"),
        ('{"a": 1}', "application/ld+json", "", "json"),
        ('{"a": 1}', "text/html", "", "html"),
        ("{half a sentence", "text/plain", "", "text"),
        ('<?xml version="1.0"?><rss><channel/></rss>', "text/html", "", "xml"),
        ('<?xml version="1.0"?><!DOCTYPE html><html lang="en"><p>x</p></html>', "application/xhtml+xml", "", "html"),
        ("<feed><entry>one</entry></feed>", "application/atom+xml", "", "xml"),
        ("# Notes\n\n*one*", "text/markdown", "", "markdown"),
        ("<p>Only a piece of a page</p>", "", "", "html"),
        ("<html><body><p>Before a picture: <svg></svg></p></body></html>", "text/html", "", "html"),
        ("Just words.", "text/html", "", "html"),
        ("<p>shown as it is</p>", "text/plain", "", "text"),
    ],
)
def test_texts_are_told_by_what_they_are_called(body: str, declared: str, name: str, kind: str) -> None:
    assert sniffing.sniff(body.encode(), declared_type=declared, file_name=name) == kind


@pytest.mark.parametrize("kind", sorted(set(BODIES) - {"pdf", "docx", "odt", "empty", "binary"}))
def test_what_holds_no_text_says_its_kind(kind: str) -> None:
    with pytest.raises(documents.CannotRead) as refused:
        documents.read(BODIES[kind], declared_type="text/html", file_name="")
    assert (refused.value.code, refused.value.detail) == ("unsupported_type", kind)


def text_of(body: str | bytes, declared: str = "", name: str = "") -> str:
    data = body.encode() if isinstance(body, str) else body
    return documents.read(data, declared_type=declared, file_name=name).full_text


def test_csv_rows_are_lines() -> None:
    semicolons = 'المحافظة;2022;2023\n"الشمال; الكبرى";"1,204";"1,377"\n'
    assert text_of(semicolons, "text/csv") == "المحافظة\t2022\t2023\nالشمال; الكبرى\t1,204\t1,377"
    assert text_of("district,killed\nNorth bank,35\n", name="t.csv") == "district\tkilled\nNorth bank\t35"
    windows = "Район;Рост\nПортовый;104,7\n".encode("windows-1251")
    assert text_of(windows, "text/csv; charset=windows-1251") == "Район\tРост\nПортовый\t104,7"


def test_json_escapes_are_read() -> None:
    shown = text_of(
        '{"title": "\\u0645\\u0631\\u062d\\u0628\\u0627", "rows": [{"n": 3}, {"n": null}]}', "application/json"
    )
    assert shown == "title: مرحبا\nn: 3\nn: null"
    assert text_of('{"broken": ', "application/json") == '{"broken": '
    assert text_of("[" * 100_000, "application/json").startswith("[[[")


def test_xml_entities_stay_unread() -> None:
    shown = text_of('<?xml version="1.0"?><r><a>One</a> and <b>two</b></r>', "application/xml")
    assert shown.split() == ["One", "and", "two"]
    bomb = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "boom"><!ENTITY f SYSTEM "file:///etc/passwd">]><r>x &a; &f; y</r>'
    assert "boom" not in text_of(bomb, "application/xml")
    assert "root:" not in text_of(bomb, "application/xml")


def odt(content: str, meta: str = "") -> bytes:
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    return packed(
        ("mimetype", ODT),
        ("content.xml", f"<office:document-content {spaces}>{content}</office:document-content>"),
        ("meta.xml", f"<office:document-meta {spaces}>{meta}</office:document-meta>"),
    )


def test_an_open_document() -> None:
    body = odt(
        "<text:h>Ведомость</text:h><text:p>Смета<text:s text:c='2'/>составила <text:span>212,5</text:span> млн.</text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>Опора</text:p></table:table-cell>"
        "<table:table-cell><text:p>14 мм</text:p></table:table-cell></table:table-row></table:table>",
        "<dc:title>Ведомость</dc:title><meta:initial-creator>В. Лапина</meta:initial-creator>"
        "<meta:creation-date>2024-05-02T10:00:00</meta:creation-date><dc:language>ru-RU</dc:language>",
    )
    found = documents.read(body, declared_type="", file_name="v.odt")
    assert found.full_text == "Ведомость\n\nСмета  составила 212,5 млн.\n\nОпора\t14 мм"
    assert (found.title, found.authors, found.published, found.language) == (
        "Ведомость",
        ("В. Лапина",),
        "2024-05-02",
        "ru",
    )


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (odt("<text:p>x</text:p>")[:200], "broken"),
        (packed(("mimetype", ODT), ("content.xml", '<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>')), "broken"),
        (packed(("mimetype", ODT), ("content.xml", b"<a>" + b" " * 60_000_000)), "too_heavy"),
        (packed(("mimetype", ODT), ("other.xml", "<a/>")), "broken"),
    ],
    ids=["cut off", "entities", "a bomb", "no content"],
)
def test_broken_open_documents(body: bytes, code: str) -> None:
    with pytest.raises(documents.CannotRead) as refused:
        documents.read(body, declared_type="", file_name="")
    assert refused.value.code == code


@pytest.mark.parametrize(
    "label", ["unicode_escape", "raw-unicode-escape", "hex", "base64", "rot13", "undefined", "utf-7", "idna"]
)
def test_a_charset_that_is_none_is_not_obeyed(label: str) -> None:
    body = rb"<html><p>caf" + b"\xe9 " + rb"\x3cscript and +ADw-more" + b"</p></html>"
    found = sniffing.decode(body, declared_type=f"text/html; charset={label}")
    assert found.text == r"<html><p>café \x3cscript and +ADw-more</p></html>"

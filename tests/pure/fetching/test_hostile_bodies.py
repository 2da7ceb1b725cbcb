"""Bodies that are packed to burst, and pages that are not what they are called: refused, or read for what they are."""

import gzip
import zlib

import brotli
import pytest
import zstandard

from annotations.lib.fetching import documents, sniffing
from annotations.lib.fetching.bodies import MOST_MEMBERS
from annotations.lib.fetching.documents import CannotRead
from tests.pure.fetching.hostile import Case, Hostile, head, named, page, say

ZEROS = b"\0" * 5_000_000
GZIP = "Content-Encoding: gzip"
HELLO = gzip.compress(b"hello", mtime=0)
ENCODINGS = [
    Case("gzip", say(page(HELLO, GZIP)), "ok", "ready", b"hello"),
    Case("x-gzip", say(page(HELLO, "Content-Encoding: x-gzip")), "ok", "ready", b"hello"),
    Case("gzip in capitals", say(page(HELLO, "CONTENT-ENCODING: GZip")), "ok", "ready", b"hello"),
    Case("identity", say(page(b"hello", "Content-Encoding: identity")), "ok", "ready", b"hello"),
    Case("gzip of nothing", say(page(b"", GZIP)), "ok", "ready", b""),
    Case("gzip bomb", say(page(gzip.compress(ZEROS), GZIP)), "too_large", "failed"),
    Case("gzip bomb behind a page", say(page(HELLO + gzip.compress(ZEROS), GZIP)), "too_large", "failed"),
    Case("gzip in gzip", say(page(gzip.compress(HELLO), GZIP)), "ok", "ready", HELLO),
    Case("gzip, gzip", say(page(gzip.compress(HELLO), f"{GZIP}, gzip")), "unsupported_encoding", "failed"),
    Case("gzip and gzip", say(page(gzip.compress(HELLO), GZIP, GZIP)), "unsupported_encoding", "failed"),
    Case("many members", say(page(HELLO * 3, GZIP)), "ok", "ready", b"hello" * 3),
    Case("members without end", say(page(gzip.compress(b"") * (MOST_MEMBERS + 1), GZIP)), "protocol_error", "failed"),
    Case("padding after gzip", say(page(HELLO + b"\0" * 512, GZIP)), "ok", "ready", b"hello"),
    Case("junk after gzip", say(page(HELLO + b"<script>", GZIP)), "ok", "ready", b"hello"),
    Case(
        "gzip named without end",
        say(head(GZIP) + b"\x1f\x8b\x08\x08\0\0\0\0\0\0" + b"a" * 99_999),
        "truncated",
        "failed",
    ),
    Case("the first byte of gzip", say(page(HELLO[:1], GZIP)), "truncated", "failed"),
    Case("identity and gzip", say(page(HELLO, "Content-Encoding: identity, ,gzip")), "ok", "ready", b"hello"),
    Case("gzip with a weight", say(page(HELLO, f"{GZIP};q=1")), "unsupported_encoding", "failed"),
    Case("many commas", say(page(b"hello", "Content-Encoding: " + "," * 50_000)), "ok", "ready", b"hello"),
    Case("no gzip at all", say(page(b"hello", GZIP)), "protocol_error", "failed"),
    Case("gzip cut off", say(head(GZIP) + HELLO[:-9]), "truncated", "failed"),
    Case("gzip cut short by its length", say(page(HELLO[:12], GZIP)), "truncated", "failed"),
    Case("gzip with a wrong sum", say(page(HELLO[:-8] + b"\0" * 8, GZIP)), "protocol_error", "failed"),
    Case("gzip with a broken middle", say(page(HELLO[:10] + b"\xff" * 20, GZIP)), "protocol_error", "failed"),
    Case("brotli", say(page(brotli.compress(b"hello"), "Content-Encoding: br")), "unsupported_encoding", "failed"),
    Case("brotli bomb", say(page(brotli.compress(ZEROS), "Content-Encoding: br")), "unsupported_encoding", "failed"),
    Case(
        "brotli in gzip",
        say(page(gzip.compress(brotli.compress(ZEROS)), "Content-Encoding: br, gzip")),
        "unsupported_encoding",
        "failed",
    ),
    Case("zstd bomb", say(page(zstandard.compress(ZEROS), "Content-Encoding: zstd")), "unsupported_encoding", "failed"),
    Case("deflate", say(page(zlib.compress(b"hello"), "Content-Encoding: deflate")), "unsupported_encoding", "failed"),
    Case("compress", say(page(b"\x1f\x9d\x90", "Content-Encoding: compress")), "unsupported_encoding", "failed"),
    Case("unknown", say(page(b"hello", "Content-Encoding: rot13")), "unsupported_encoding", "failed"),
]


@pytest.mark.parametrize(**named(ENCODINGS))
def test_encodings(hostile: Hostile, case: Case) -> None:
    hostile.play(case)
    assert b"Accept-Encoding: gzip\r\n" in hostile.asked[0]


PDF = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>> endobj
4 0 obj <</Length 44>> stream
BT /F 12 Tf 10 50 Td (The bridge is closed) Tj ET
endstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
trailer <</Root 1 0 R>>
%%EOF"""
HTML = b"<!doctype html><html><body><p>The bridge is closed</p></body></html>"
WORDS = "The bridge is closed"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 60
ARABIC, RUSSIAN = "الجسر مغلق منذ صباح الأحد", "Мост закрыт с утра воскресенья"
LIES = [  # called, body, what it is, its text
    ("application/pdf", HTML, "html", WORDS),
    ("text/html", PDF, "pdf", WORDS),
    ("image/png", HTML, "html", WORDS),
    ("application/octet-stream", PDF, "pdf", WORDS),
    ("", HTML, "html", WORDS),
    ("text/html", WORDS.encode(), "html", WORDS),
    ("text/plain", HTML, "text", HTML.decode()),  # shown as the text it claims to be, markup and all
    ("text/html; charset=iso-8859-1", ARABIC.encode(), "html", ARABIC),  # valid UTF-8 is UTF-8, whatever is declared
    ("text/plain; charset=windows-1256", ARABIC.encode("cp1256"), "text", ARABIC),
    ("text/plain; charset=windows-1251", RUSSIAN.encode("cp1251"), "text", RUSSIAN),
    ("text/html", b"<meta charset=windows-1251><p>" + RUSSIAN.encode("cp1251"), "html", RUSSIAN),
    ("text/html; charset=windows-1251", b"<meta charset=koi8-r><p>" + RUSSIAN.encode("cp1251"), "html", RUSSIAN),
    ("text/plain; charset=windows-1251", b"\xff\xfe" + ARABIC.encode("utf-16-le"), "text", ARABIC),
    ("text/plain", b"\xef\xbb\xbf" + ARABIC.encode(), "text", ARABIC),
    ("text/plain; charset=no-such-set", (RUSSIAN * 20).encode("cp1251"), "text", RUSSIAN * 20),
    ("text/plain; charset=utf-7", b"+ADw-script+AD4-", "text", "+ADw-script+AD4-"),
]


@pytest.mark.parametrize(("called", "body", "kind", "text"), LIES, ids=[f"{lie[0]} is {lie[2]}" for lie in LIES])
def test_content_that_lies_is_read_for_what_it_is(
    hostile: Hostile, called: str, body: bytes, kind: str, text: str
) -> None:
    hostile.scripts["/lie"] = say(page(body, f"Content-Type: {called}"))
    result = hostile.fetch("http://example.com/lie")
    assert (result.outcome, result.kind, result.body) == ("ok", "ready", body)
    assert result.header("content-type") == called
    assert sniffing.sniff(result.body, declared_type=called) == kind
    assert documents.read(result.body, declared_type=called, file_name="").full_text.strip() == text


@pytest.mark.parametrize(
    ("called", "body", "code", "kind"),
    [
        ("text/html", PNG, "unsupported_type", "png"),
        ("application/pdf", PNG, "unsupported_type", "png"),
        ("text/html", b"PK\x03\x04" + b"\0" * 60, "unsupported_type", "zip"),
        ("text/html", HELLO, "unsupported_type", "gzip"),
        ("text/html", b"\x7fELF\x02\x01\x01" + b"\0" * 60, "binary", "binary"),
        ("application/pdf", b"%PDF-1.7 and then nothing of the kind", "broken", "pdf"),
        ("text/html", b" \r\n ", "empty", "empty"),
        ("text/html", b"<html><body><script>document.write('all')</script></body></html>", "empty", "html"),
    ],
    ids=["image", "image called pdf", "zip", "gzip", "program", "half a pdf", "white space", "script"],
)
def test_what_cannot_be_read_says_why(hostile: Hostile, called: str, body: bytes, code: str, kind: str) -> None:
    hostile.scripts["/lie"] = say(page(body, f"Content-Type: {called}"))
    result = hostile.fetch("http://example.com/lie")
    assert result.kind == "ready"
    assert sniffing.sniff(result.body, declared_type=called) == kind
    with pytest.raises(CannotRead) as caught:
        documents.read(result.body, declared_type=called, file_name="")
    assert caught.value.code == code


def test_bytes_that_mean_nothing_are_replaced_and_said_so(hostile: Hostile) -> None:
    hostile.scripts["/lie"] = say(page(b"\x81\x8d" * 20 + b"word", "Content-Type: text/plain; charset=windows-1252"))
    found = documents.read(
        hostile.fetch("http://example.com/lie").body, declared_type="text/plain; charset=windows-1252", file_name=""
    )
    assert found.full_text.endswith("word")
    assert "undecodable" in found.warnings

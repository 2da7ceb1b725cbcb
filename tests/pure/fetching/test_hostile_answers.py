"""Answers that break HTTP, never end or lie about their length: one right outcome each, in time."""

import pytest

from tests.pure.fetching.hostile import OK, PUBLIC, Case, Hostile, drip, head, named, page, reset, say

CHUNKED = "Transfer-Encoding: chunked"
HELLO = b"5\r\nhello\r\n0\r\n\r\n"


def raw(data: bytes) -> bytes:
    """A whole answer with LF written for CRLF."""
    return data.replace(b"\n", b"\r\n")


HEADS = [
    Case("plain", say(OK), "ok", "ready", b"hello"),
    Case("http 1.0", say(b"HTTP/1.0 200 OK\r\n\r\nold"), "ok", "ready", b"old"),
    Case("http 0.9", say(b"<html>no status line"), "protocol_error", "failed"),
    Case("http 0.9 with empty lines", say(b"<html>no\r\n\r\nstatus line"), "protocol_error", "failed"),
    Case("http 0.9 by name", say(raw(b"HTTP/0.9 200 OK\n\nhello")), "protocol_error", "failed"),
    Case("http 2 by name", say(raw(b"HTTP/2 200\n\nhello")), "protocol_error", "failed"),
    Case("http 2.0 by name", say(raw(b"HTTP/2.0 200 OK\nContent-Length: 5\n\nhello")), "protocol_error", "failed"),
    Case("http 2 preface", say(raw(b"PRI * HTTP/2.0\n\nSM\n\n")), "protocol_error", "failed"),
    Case("http 2 settings", say(b"\0\0\0\4\0\0\0\0\0" + b"\0\0\0\4\1\0\0\0\0", then=0.2), "protocol_error", "failed"),
    Case("another protocol", say(b"220 mail.example.com ESMTP\r\n", then=0.1), "protocol_error", "failed"),
    Case("a shell", say(b"SSH-2.0-OpenSSH_9.2\r\n", then=0.1), "protocol_error", "failed"),
    Case("a store of keys", say(b"-ERR unknown command\r\n", then=0.1), "protocol_error", "failed"),
    Case("http in small letters", say(OK.replace(b"HTTP", b"http")), "protocol_error", "failed"),
    Case("http 1.2", say(OK.replace(b"1.1", b"1.2")), "protocol_error", "failed"),
    Case("bare returns", say(OK.replace(b"\n", b"")), "truncated", "failed"),
    Case("icy", say(raw(b"ICY 200 OK\n\nhello")), "protocol_error", "failed"),
    Case("junk", say(b"\x00\xff\x00\xff\r\n\r\n"), "protocol_error", "failed"),
    Case("empty lines first", say(b"\r\n\r\n" + OK), "protocol_error", "failed"),
    Case("bare line feeds", say(OK.replace(b"\r\n", b"\n")), "ok", "ready", b"hello"),
    Case("no reason", say(raw(b"HTTP/1.1 200\nContent-Length: 5\n\nhello")), "ok", "ready", b"hello"),
    Case("no answer", say(b""), "reset", "retry"),
    Case("reset at once", reset(b""), "reset", "retry"),
    Case("reset in the head", reset(b"HTTP/1.1 200 OK\r\nX-A:"), "reset", "retry"),
    Case("head cut off", say(b"HTTP/1.1 200 OK\r\nContent-Le"), "truncated", "failed"),
    Case("one letter", say(b"H"), "truncated", "failed"),
    Case("folded header", say(raw(b"HTTP/1.1 200 OK\nX: a\n b\nContent-Length: 5\n\nhello")), "ok", "ready", b"hello"),
    Case("fold at once", say(raw(b"HTTP/1.1 200 OK\n X: a\n\nhello")), "protocol_error", "failed"),
    Case("no colon", say(head("Nonsense")), "protocol_error", "failed"),
    Case("space before the colon", say(page(b"hello", "X-A : b")), "protocol_error", "failed"),
    Case("header without a name", say(page(b"hello", ": b")), "protocol_error", "failed"),
    Case("nul in a header", say(page(b"hello", "X-A: b\0c")), "protocol_error", "failed"),
    Case("bare return in a header", say(page(b"hello", "X-A: b\rSet-Cookie: c")), "protocol_error", "failed"),
    Case("letters of latin 1", say(page(b"hello", "X-A: \xe9")), "ok", "ready", b"hello"),
]
STATUSES = [
    Case("status of letters", say(b"HTTP/1.1 abc OK\r\n\r\n"), "protocol_error", "failed"),
    Case("status 1000", say(b"HTTP/1.1 1000 OK\r\n\r\n"), "protocol_error", "failed"),
    Case("status 099", say(b"HTTP/1.1 099 OK\r\n\r\n"), "protocol_error", "failed"),
    Case("status 000", say(b"HTTP/1.1 000 OK\r\n\r\n"), "protocol_error", "failed"),
    Case("status with a plus", say(b"HTTP/1.1 +20 OK\r\n\r\n"), "protocol_error", "failed"),
    Case("negative status", say(b"HTTP/1.1 -20 OK\r\n\r\n"), "protocol_error", "failed"),
    Case("status in arabic digits", say("HTTP/1.1 \u0662\u0660\u0660 OK\r\n\r\n".encode()), "protocol_error", "failed"),
    Case("status 999", say(page(b"ab", status="999 Denied")), "http_error", "needs_copy"),
    Case("status 600", say(page(b"ab", status="600 X")), "http_error", "failed"),
    Case("continue first", say(head(status="100 Continue") + OK), "ok", "ready", b"hello"),
    Case("early hints", say(head("Link: </a>", status="103 Early Hints") + OK), "ok", "ready", b"hello"),
    Case("switching protocols", say(head("Upgrade: h2c", status="101 Switching") + OK), "protocol_error", "failed"),
    Case("continue alone", say(head(status="100 Continue")), "truncated", "failed"),
    Case("no content", say(head(status="204 No Content")), "http_error", "failed"),
    Case("no content with a body", say(page(b"hello", status="204 No Content")), "http_error", "failed"),
    Case("reset content", say(page(b"hello", status="205 Reset Content")), "http_error", "failed"),
    Case(
        "a part unasked", say(page(b"ell", "Content-Range: bytes 1-3/5", status="206 Partial")), "http_error", "failed"
    ),
    Case("not modified unasked", say(head(status="304 Not Modified")), "protocol_error", "failed"),
    Case("not modified with a body", say(page(b"hello", status="304 Not Modified")), "protocol_error", "failed"),
    Case("not found", say(page(b"no", status="404 Not Found")), "http_error", "failed"),
    Case("gone", say(page(b"no", status="410 Gone")), "http_error", "failed"),
    Case("not found in brotli", say(page(b"no", "Content-Encoding: br", status="404 X")), "http_error", "failed"),
    Case("error without end", drip(head(status="503 Busy"), b"x" * 60_000), "http_error", "retry"),
    Case(
        "error that lies", say(head("Content-Length: 5000", status="403 Forbidden") + b"x"), "http_error", "needs_copy"
    ),
]
LENGTHS = [
    Case("length longer", say(head("Content-Length: 5000") + b"x"), "truncated", "failed"),
    Case("length shorter", say(head("Content-Length: 3") + b"hello"), "ok", "ready", b"hel"),
    Case("two lengths", say(head("Content-Length: 5", "Content-Length: 6") + b"hello"), "protocol_error", "failed"),
    Case("two lengths in one", say(head("Content-Length: 5, 6") + b"hello"), "protocol_error", "failed"),
    Case("one length twice", say(head("Content-Length: 5", "Content-Length: 5") + b"hello"), "ok", "ready", b"hello"),
    Case("negative length", say(head("Content-Length: -5") + b"hello"), "protocol_error", "failed"),
    Case("length with a plus", say(head("Content-Length: +5") + b"hello"), "protocol_error", "failed"),
    Case("length in hex", say(head("Content-Length: 0x5") + b"hello"), "protocol_error", "failed"),
    Case("length with a line", say(head("Content-Length: 1_0") + b"hellohello"), "protocol_error", "failed"),
    Case("length with a blank", say(head("Content-Length: 5 5") + b"hello"), "protocol_error", "failed"),
    Case("length in a fold", say(head("Content-Length:", " 5") + b"hello"), "ok", "ready", b"hello"),
    Case("length twice in one", say(head("Content-Length: 5, 5") + b"hello"), "ok", "ready", b"hello"),
    Case("length of nothing", say(head("Content-Length: ") + b"hello"), "protocol_error", "failed"),
    Case("length beyond all numbers", say(head("Content-Length: " + "9" * 400)), "protocol_error", "failed"),
    Case("length too large", say(head("Content-Length: 999999999999"), then=1), "too_large", "failed"),
    Case("length and chunks", say(head("Content-Length: 3", CHUNKED) + HELLO), "protocol_error", "failed"),
    Case("chunks and length", say(head(CHUNKED, "Content-Length: 15") + HELLO), "protocol_error", "failed"),
    Case(
        "chunks in http 1.0",
        say(b"HTTP/1.0 200 OK\r\n" + CHUNKED.encode() + b"\r\n\r\n" + HELLO),
        "protocol_error",
        "failed",
    ),
    Case("no length", say(head() + b"hello"), "ok", "ready", b"hello"),
    Case("reset in the body", reset(head("Content-Length: 5000") + b"x"), "reset", "retry"),
]
CHUNKS = [
    Case("chunked", say(head(CHUNKED) + HELLO), "ok", "ready", b"hello"),
    Case("chunked in capitals", say(head("TRANSFER-ENCODING: Chunked") + HELLO), "ok", "ready", b"hello"),
    Case("chunked twice", say(head(CHUNKED, CHUNKED) + HELLO), "protocol_error", "failed"),
    Case("chunked over gzip", say(head("Transfer-Encoding: gzip, chunked") + HELLO), "protocol_error", "failed"),
    Case("transfer identity", say(head("Transfer-Encoding: identity") + b"hello"), "protocol_error", "failed"),
    Case("chunked misspelt", say(head("Transfer-Encoding: xchunked") + HELLO), "protocol_error", "failed"),
    Case("chunk junk", say(head(CHUNKED) + b"zz\r\nhello\r\n"), "protocol_error", "failed"),
    Case("chunk cut off", say(head(CHUNKED) + b"50\r\nhello"), "truncated", "failed"),
    Case("chunks without the last", say(head(CHUNKED) + b"5\r\nhello\r\n"), "truncated", "failed"),
    Case("negative chunk", say(head(CHUNKED) + b"-5\r\nhello\r\n"), "protocol_error", "failed"),
    Case("chunk in 0x", say(head(CHUNKED) + b"0x5\r\nhello\r\n"), "protocol_error", "failed"),
    Case("chunk with a plus", say(head(CHUNKED) + b"+5\r\nhello\r\n"), "protocol_error", "failed"),
    Case("chunk after a blank", say(head(CHUNKED) + b" 5\r\nhello\r\n"), "protocol_error", "failed"),
    Case("empty line for a chunk", say(head(CHUNKED) + b"\r\n5\r\nhello\r\n"), "protocol_error", "failed"),
    Case("chunks in bare line feeds", say(head(CHUNKED) + HELLO.replace(b"\r", b"")), "truncated", "failed"),
    Case("chunks without the last line", say(head(CHUNKED) + HELLO[:-2]), "truncated", "failed"),
    Case(
        "trailer that leads elsewhere",
        say(head(CHUNKED) + b"5\r\nhello\r\n0\r\nLocation: http://10.0.0.1/\r\nContent-Length: 9\r\n\r\n"),
        "ok",
        "ready",
        b"hello",
    ),
    Case("huge chunk", say(head(CHUNKED) + b"FFFFFFFFFFFFFFFF\r\nhello"), "truncated", "failed"),
    Case("chunk beyond all numbers", say(head(CHUNKED) + b"F" * 21 + b"\r\nhello"), "protocol_error", "failed"),
    Case("chunk longer than said", say(head(CHUNKED) + b"3\r\nhello\r\n0\r\n\r\n"), "protocol_error", "failed"),
    Case("chunk extension", say(head(CHUNKED) + b"5;a=b\r\nhello\r\n0\r\n\r\n"), "ok", "ready", b"hello"),
    Case("endless extension", drip(head(CHUNKED) + b"5;", b"a" * 9000), "protocol_error", "failed"),
    Case("long extensions", drip(head(CHUNKED), b"1;" + b"a" * 50_000 + b"\r\nx\r\n"), "too_large", "failed"),
    Case("tiny chunks", drip(head(CHUNKED), b"1\r\nx\r\n" * 1000), "too_large", "failed"),
    Case("trailer", say(head(CHUNKED) + b"5\r\nhello\r\n0\r\nX: a\r\n\r\n"), "ok", "ready", b"hello"),
    # Far longer than a head may be, and short of what may come over the wire: however it arrives, one refusal.
    Case(
        "endless trailer",
        drip(head(CHUNKED) + b"0\r\n", b"X: " + b"a" * 9000 + b"\r\n", times=30),
        "protocol_error",
        "failed",
    ),
]
WITHOUT_END = [
    Case("never answers", say(b"", then=2), "timeout", "retry", hasty=True),
    Case("stops in the head", say(b"HTTP/1.1 200 OK\r\nX-", then=2), "timeout", "retry", hasty=True),
    Case("stops in the body", say(head("Content-Length: 5000") + b"x", then=2), "timeout", "retry", hasty=True),
    Case("slow header", drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", pause=0.1), "timeout", "retry", hasty=True),
    Case("slow letters", drip(b"HTTP/1.1 200 OK\r\nX: ", b"b", pause=0.1), "timeout", "retry", hasty=True),
    Case("slow body", drip(head("Content-Length: 5000"), b"x", pause=0.1), "timeout", "retry", hasty=True),
    Case("slow chunks", drip(head(CHUNKED), b"1\r\nx\r\n", pause=0.1), "timeout", "retry", hasty=True),
    Case("slow continue", drip(b"", head(status="100 Continue"), pause=0.1), "timeout", "retry", hasty=True),
    Case("endless continue", drip(b"", head(status="100 Continue") * 100), "protocol_error", "failed"),
    Case("endless early hints", drip(b"", head("Link: " + "a" * 9000, status="103 X")), "protocol_error", "failed"),
    Case("endless body", drip(head("Content-Type: text/plain"), b"x" * 60_000), "too_large", "failed"),
    Case("endless header", drip(b"HTTP/1.1 200 OK\r\n", b"X-A: " + b"b" * 9000 + b"\r\n"), "protocol_error", "failed"),
    Case("endless header line", drip(b"HTTP/1.1 200 OK\r\nX: ", b"a" * 9000), "protocol_error", "failed"),
    Case("endless status line", drip(b"HTTP/1.1 200 ", b"O" * 9000), "protocol_error", "failed"),
    Case("one long header", say(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000 + b"\r\n\r\n"), "protocol_error", "failed"),
    Case("100,000 headers", say(head(*["a:b"] * 100_000)), "protocol_error", "failed"),
    Case("300 headers", say(page(b"hello", *["a:b"] * 300)), "protocol_error", "failed"),
    Case("200 headers", say(page(b"hello", *["a:b"] * 200)), "ok", "ready", b"hello"),
]


@pytest.mark.parametrize(**named([*HEADS, *STATUSES, *LENGTHS, *CHUNKS, *WITHOUT_END]))
def test_answers(hostile: Hostile, case: Case) -> None:
    result = hostile.play(case)
    assert hostile.dialled == [PUBLIC]
    assert len(result.hops) == 1


def test_an_answer_that_ends_badly_still_shows_its_status_in_the_chain(hostile: Hostile) -> None:
    hostile.scripts["/a"] = say(head("Content-Length: 5000") + b"x")
    assert hostile.fetch("http://example.com/a").chain == (("http://example.com/a", 200),)


def test_not_modified_counts_only_where_it_was_asked_for(hostile: Hostile) -> None:
    hostile.scripts["/a"] = say(page(b"hello", "ETag: x", status="304 Not Modified"))
    result = hostile.fetch("http://example.com/a", etag='"1"')
    assert (result.outcome, result.kind, result.body) == ("not_modified", "ready", b"")
    assert b'If-None-Match: "1"' in hostile.asked[-1]


@pytest.mark.parametrize("etag", ["x" * 90_000, '"a\r\nCookie: b"', "a\0b", "\u0645", " ", '"a\x01"'])
def test_a_validator_that_cannot_be_sent_is_left_out(hostile: Hostile, etag: str) -> None:
    assert hostile.fetch("http://example.com/", etag=etag).outcome == "ok"
    assert b"If-None-Match" not in hostile.asked[-1]


def test_a_validator_in_latin_1_goes_back_as_it_came(hostile: Hostile) -> None:
    hostile.scripts["/a"] = say(page(b"hello", 'ETag: "\xe9"'))
    etag = hostile.fetch("http://example.com/a").header("etag")
    hostile.fetch("http://example.com/b", etag=etag)
    assert b'If-None-Match: "\xe9"' in hostile.asked[-1]


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        *((status, "ready") for status in (200, 201, 203)),
        *((status, "failed") for status in (400, 404, 405, 406, 410, 414, 501)),
        *((status, "needs_copy") for status in (401, 402, 403, 407, 440, 449, 451, 999)),
        *((status, "retry") for status in (408, 425, 429, 500, 502, 503, 504, 520, 524)),
    ],
)
def test_what_follows_from_a_status(hostile: Hostile, status: int, kind: str) -> None:
    hostile.scripts["/s"] = say(page(b"ab", "Retry-After: 7", status=f"{status} X"))
    result = hostile.fetch("http://example.com/s")
    assert (result.status, result.kind, result.retry_after) == (status, kind, 7.0)

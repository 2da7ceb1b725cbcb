"""Heads of answers as an attacker writes them: absurd values are bounded, and no bytes at all can raise."""

import time
from collections.abc import Iterator
from dataclasses import replace
from email.utils import formatdate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.lib import backoff
from annotations.lib.fetching import heads
from annotations.lib.fetching.bodies import Ended
from annotations.lib.fetching.heads import LONGEST_WAIT
from annotations.lib.fetching.urls import UrlRefused
from tests.pure.fetching.hostile import HASTY, Hostile, say

WAITS = {
    "": None,
    "0": 0.0,
    "7": 7.0,
    "9" * 400: LONGEST_WAIT,
    "1e9": None,
    "-5": None,
    "٧": None,
    "soon": None,
    "Fri, 31 Dec 9999 23:59:59 GMT": LONGEST_WAIT,
    "Mon, 01 Jan 0001 00:00:00 GMT": 0.0,
    "Mon, 01 Jan 2001 00:00:00 +9999": None,
    "Wed, 21 Oct 2015 07:28:00 GMT": 0.0,
    "(" * 50_000: None,
    "\xff" * 100: None,
}


@pytest.mark.parametrize(("value", "wait"), list(WAITS.items()), ids=[name[:32] for name in WAITS])
def test_a_wait_is_never_longer_than_a_month(value: str, wait: float | None) -> None:
    assert heads.retry_after([("Retry-After", value)]) == wait
    assert backoff.next_try(0, retry_after=wait) is not None


def test_a_wait_until_a_time() -> None:
    wait = heads.retry_after([("retry-after", formatdate(time.time() + 90, usegmt=True))])
    assert wait is not None
    assert 80 < wait <= 90


@given(st.text(max_size=80))
def test_any_wait_is_answered(value: str) -> None:
    wait = heads.retry_after([("Retry-After", value)])
    assert wait is None or 0 <= wait <= LONGEST_WAIT


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Factcheck/0.1 (+https://example.org)", b"Factcheck/0.1 (+https://example.org)"),
        ("Factcheck (+https://факт.example)", b"Factcheck (+https://%D1%84%D0%B0%D0%BA%D1%82.example)"),
        ("a\r\nCookie: b", b"a%0D%0ACookie: b"),
        ("caf\xe9 \ud800", b"caf%C3%A9 ?"),
    ],
)
def test_our_own_name_can_always_be_sent(name: str, said: bytes) -> None:
    hostile = Hostile()
    assert hostile.fetch("http://example.com/", replace(HASTY, user_agent=name)).outcome == "ok"
    assert b"\r\nUser-Agent: " + said + b"\r\n" in hostile.asked[0]
    hostile.close()


@given(st.text(st.characters(max_codepoint=255), max_size=80))
def test_any_place_is_answered(value: str) -> None:
    try:
        place = heads.location(302, [("Location", value)], "http://example.com/a/b?c#d")
    except UrlRefused:
        return
    assert place is None or "#" not in place


@pytest.mark.parametrize(
    ("version", "status", "headers", "good"),
    [
        (b"HTTP/1.1", 200, [], True),
        (b"HTTP/1.0", 200, [("Content-Length", "5")], True),
        (b"HTTP/1.1", 200, [("TRANSFER-encoding", "chunked")], True),
        (b"HTTP/1.1", 200, [("a", "b")] * 256, True),
        (b"HTTP/1.1", 200, [("a", "b")] * 257, False),
        (b"HTTP/1.1", 199, [], False),
        (b"HTTP/2.0", 200, [], False),
        (b"", 200, [], False),
        (b"HTTP/1.0", 200, [("Transfer-Encoding", "chunked")], False),
        (b"HTTP/1.1", 200, [("content-length", "5"), ("transfer-encoding", "chunked")], False),
    ],
)
def test_heads_that_can_be_read_in_one_way_only(
    version: bytes, status: int, headers: list[tuple[str, str]], good: bool
) -> None:
    if good:
        heads.check(version, status, headers)
        return
    with pytest.raises(Ended, match="protocol_error"):
        heads.check(version, status, headers)


@pytest.fixture(scope="module")
def server() -> Iterator[Hostile]:
    hostile = Hostile()
    yield hostile
    hostile.close()


PIECES = st.sampled_from(
    [
        *(b"HTTP/1.1 200 OK\r\n", b"HTTP/1.0 302 X\r\n", b"HTTP/1.1 100 C\r\n", b"HTTP/1.1 304 X\r\n", b"HTTP/9.9 "),
        *(b"Content-Length: 3\r\n", b"Content-Length: 9999999\r\n", b"Transfer-Encoding: chunked\r\n"),
        *(b"Content-Encoding: gzip\r\n", b"Location: //[::1\r\n", b"Location: /\xd8\xb5\r\n", b"Location: http://\r\n"),
        *(b"Retry-After: 99999999999999999999\r\n", b"ETag: \xff\r\n", b" folded\r\n", b": \r\n", b"\0\r\n"),
        *(
            b"\r\n",
            b"\r\n",
            b"\n\n",
            b"3\r\nabc\r\n",
            b"0\r\n\r\n",
            b"\x1f\x8b\x08\0\0\0\0\0\0\3",
            b"FFFFFFFF\r\n",
            b"abc",
        ),
    ]
)
OUTCOMES = frozenset(
    "ok http_error not_modified protocol_error truncated reset too_large blocked_url redirect_loop unsupported_encoding".split()
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, PIECES, PIECES, st.binary(max_size=12)), max_size=10), st.booleans())
def test_any_bytes_are_an_answer(server: Hostile, pieces: list[bytes], begun: bool) -> None:
    """Put together from what matters and from chance: the fetch ends with an outcome of the list and never raises."""
    server.scripts["/any"] = say((b"HTTP/1.1 200 OK\r\n" if begun else b"") + b"".join(pieces))
    result = server.fetch("http://example.com/any", HASTY)
    assert result.outcome in OUTCOMES
    assert result.kind in ("ready", "retry", "blocked", "failed", "needs_copy")

"""Lines that are slow to read: runs of blanks on which an expression tries every split, inside one call that no clock cuts."""

import re
import time

import h11
import pytest
from h11 import _abnf, _readers
from hypothesis import given
from hypothesis import strategies as st

from annotations.lib.fetching import grammar
from tests.pure.fetching.hostile import Case, Hostile, drip, head, named, say

START = b"HTTP/1.1 200 OK\r\n"
BLANKS = b" " * 90_000
CHUNKED = head("Transfer-Encoding: chunked")
LINES = [
    Case("blanks and nul", say(START + b"a:" + BLANKS + b"\0\r\n\r\n"), "protocol_error", "failed"),
    Case("tabs and nul", say(START + b"a:" + b"\t " * 45_000 + b"\0\r\n\r\n"), "protocol_error", "failed"),
    Case("blanks after a word", say(START + b"a: b" + BLANKS + b"\0\r\n\r\n"), "protocol_error", "failed"),
    Case("blanks between words", say(START + b"a: " + b"b " * 45_000 + b"\0\r\n\r\n"), "protocol_error", "failed"),
    Case("blanks in folds", say(START + b"a:" + b"\r\n  " * 22_000 + b"\0\r\n\r\n"), "protocol_error", "failed"),
    Case("blanks in the name", say(START + b"a" + BLANKS + b":b\r\n\r\n"), "protocol_error", "failed"),
    Case("blanks alone", say(START + b"a:" + BLANKS + b"\r\n\r\n"), "ok", "ready"),
    Case(
        "blanks after hints",
        say(head(status="103 Early Hints") + START + b"a:" + BLANKS + b"\0\r\n\r\n"),
        "protocol_error",
        "failed",
    ),
    Case("blanks in pieces", drip(START + b"a:", b" " * 500, pause=0.0005, times=180), "truncated", "failed"),
    Case("blanks in the reason", say(b"HTTP/1.1 200 " + BLANKS + b"\0\r\n\r\n"), "protocol_error", "failed"),
    Case("blanks in a trailer", say(CHUNKED + b"0\r\na:" + BLANKS + b"\0\r\n\r\n"), "protocol_error", "failed"),
    Case("blanks in an extension", say(CHUNKED + b"1;" + BLANKS + b"\nx\r\n"), "protocol_error", "failed"),
    Case("blanks after a size", say(CHUNKED + b"1" + BLANKS + b"\nx\r\n"), "protocol_error", "failed"),
    Case("return in an extension", say(CHUNKED + b"1;a\rb\r\nx\r\n0\r\n\r\n"), "protocol_error", "failed"),
]


@pytest.mark.parametrize(**named(LINES))
def test_long_lines_take_no_longer(hostile: Hostile, case: Case) -> None:
    started = time.process_time()
    hostile.play(case)
    assert time.process_time() - started < 2


def test_a_server_that_speaks_by_h11_is_mended_as_well() -> None:
    connection = h11.Connection(h11.SERVER)
    connection.receive_data(b"GET / HTTP/1.1\r\nHost: a\r\na:" + b" " * 60_000 + b"\0\r\n\r\n")
    started = time.process_time()
    with pytest.raises(h11.RemoteProtocolError):
        connection.next_event()
    assert time.process_time() - started < 1


SHIPPED_HEADER = re.compile(_abnf.header_field.encode())
SHIPPED_CHUNK = re.compile(_abnf.chunk_header.encode())
SIGNS = st.lists(
    st.sampled_from([b" ", b"\t", b"a", b":", b";", b"\0", b"\n", b"\r\n", b"\xff", b"f", b"="]), max_size=12
)


@given(SIGNS.map(b"".join))
def test_what_a_line_means_is_unchanged(line: bytes) -> None:
    for start, shipped, mended in (
        (b"a:", SHIPPED_HEADER, _readers.header_field_re),
        (b"1", SHIPPED_CHUNK, _readers.chunk_header_re),
    ):
        one, other = shipped.fullmatch(start + line), mended.fullmatch(start + line)
        assert (one and one.groupdict()) == (other and other.groupdict()), start + line


def test_mending_twice_does_no_harm() -> None:
    before = _readers.header_field_re, _readers.chunk_header_re
    grammar.mend()
    assert before == (_readers.header_field_re, _readers.chunk_header_re)
    assert _readers.header_field_re.pattern != SHIPPED_HEADER.pattern, "h11 has changed: is it mended there?"

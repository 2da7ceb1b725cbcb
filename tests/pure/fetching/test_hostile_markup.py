"""Pages whose markup hangs or bursts parsers: read in the child, each ends in time, with its words or with the reason."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations.lib.fetching.child import ParseServer
from annotations.lib.fetching.documents import ParsedDocument, ParseFailure

WORDS = "The council said on Monday that the bridge will stay closed until the spring."
SECONDS = 20.0
ROOT = Path(__file__).resolve().parents[3]


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{body}<p>{WORDS}</p></body></html>".encode()


KEPT = {
    "attribute bomb": page(f"<p {' '.join(f'a{number}=1' for number in range(200_000))}>start</p>"),
    "attributes without values": page(f"<p {' '.join(f'a{number}' for number in range(200_000))}>start</p>"),
    "attributes without names": page("<p " + "=" * 200_000 + ">start</p>"),
    "one long attribute": page(f"<p title='{'a' * 3_000_000}'>start</p>"),
    "nested divs": page("<div>" * 200_000 + "core" + "</div>" * 200_000),
    "nested divs never closed": page("<div>" * 200_000),
    "nested bold": page("<b>" * 50_000 + "core"),
    "nested tables": page("<table><tr><td>" * 1000),
    "links": page("<a href=/x>link</a> " * 200_000),
    "paragraphs": page("<p>some words here.</p>" * 60_000),
    "late nuls": page("<p>some words first.</p>" * 300 + "\0" * 1_000_000),
    "json-ld of brackets": page("", f'<script type="application/ld+json">{"[" * 100_000}</script>'),
    "json-ld of braces": page("", '<script type="application/ld+json">' + '{"a":' * 50_000 + "</script>"),
    "entities": page("&amp;" * 200_000),
    "entities that grow": (
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
        + f"]><html><body><p>&j;</p><p>{WORDS}</p></body></html>"
    ).encode(),
    "an outer entity": (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>&x;</p><p>{WORDS}</p></body></html>'
    ).encode(),
    "comments never closed": page("<!-- a " * 1000 + "-->"),
}
GIVEN_UP = {
    "nuls first": (b"<html><body>" + b"\0" * 1_000_000, ParseFailure("binary")),
    "nothing but tags": (b"<html><body>" + b"<i></i>" * 10_000, ParseFailure("empty")),
}


@pytest.fixture(scope="module")
def parser() -> Iterator[ParseServer]:
    server = ParseServer(seconds=SECONDS)
    yield server
    server.close()


@pytest.mark.parametrize("name", list(KEPT))
def test_the_words_are_kept(parser: ParseServer, name: str) -> None:
    started = time.monotonic()
    found = parser.parse(KEPT[name], declared_type="text/html")
    assert time.monotonic() - started < SECONDS
    assert isinstance(found, ParsedDocument)
    assert WORDS in found.full_text
    assert "root:" not in found.full_text  # no file of ours
    assert len(found.full_text) < 5_100_000


@pytest.mark.parametrize("name", list(GIVEN_UP))
def test_what_holds_no_words_says_so(parser: ParseServer, name: str) -> None:
    body, failure = GIVEN_UP[name]
    assert parser.parse(body, declared_type="text/html") == failure


ENDS = """
import json, os, signal, time
from annotations.lib.fetching import parse_server

def spin(header, body):
    while True:
        pass

header = {"seconds": 1, "declared_type": "text/html", "file_name": ""}
read, parse_server.CPU_SECONDS = parse_server.answer, 1
found = []
for answer in (
    lambda header, body: time.sleep(30),  # stands still
    spin,
    lambda header, body: os.kill(os.getpid(), signal.SIGSEGV),
    lambda header, body: os._exit(3),
    lambda header, body: os.kill(os.getpid(), signal.SIGKILL),  # as a machine without memory does
    lambda header, body: {"text": object()},
    read,
):
    parse_server.answer = answer
    found.append(parse_server._forked(header, b"<p>The bridge is closed</p>"))
    header["seconds"] = 30  # what spins is ended by the limit on its CPU time
print(json.dumps(found))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="without fork the client kills the server on its own limit")
def test_however_a_child_ends_the_server_says_why_and_reads_on() -> None:
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", ENDS], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    still, spinning, crashed, left, killed, unsayable, page = json.loads(done.stdout)
    assert (still["failure"], spinning["failure"], crashed["failure"]) == ("timeout", "too_heavy", "too_heavy")
    assert (left["failure"], killed["failure"], unsayable["failure"]) == ("too_heavy",) * 3
    assert page["full_text"].strip() == "The bridge is closed"
    assert time.monotonic() - started < 40


def test_a_server_that_is_killed_is_no_fault_of_the_document(parser: ParseServer) -> None:
    """Once more with another."""
    parser.parse(b"<p>warm</p>")
    process = parser._process
    assert process is not None
    os.kill(process.pid, signal.SIGSTOP)  # it takes the document and answers nothing
    timer = threading.Timer(0.1, process.kill)
    timer.start()
    found = parser.parse(b"<p>The bridge is closed</p>", declared_type="text/html")
    timer.join()
    assert isinstance(found, ParsedDocument)
    assert parser._process is not process

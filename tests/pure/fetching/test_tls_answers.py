"""What comes inside TLS, and what TLS says to itself: counted, timed and cut like everything else from the wire."""

import os
import socket
import time
from dataclasses import replace

import pytest

from annotations.lib.fetching.client import GuardedFetcher
from annotations.lib.fetching.policy import Policy
from annotations.lib.fetching.sending import GuardedSender
from tests.pure.fetching.hostile import HASTY, Script, head, page, say
from tests.pure.fetching.test_tls import Serve, speaks, trust


@pytest.mark.parametrize(
    ("policy", "outcome", "kind"),
    [(HASTY, "too_large", "failed"), (replace(HASTY, most_wire=500_000_000), "timeout", "retry")],
    ids=["counted", "timed"],
)
def test_tickets_without_end(serve: Serve, policy: Policy, outcome: str, kind: str) -> None:
    """Messages of TLS itself, which no read returns: from the wire all the same."""
    context = speaks("example.com")
    context.num_tickets = 100_000
    started = time.monotonic()
    result = serve(context).fetch("https://example.com/", policy, tls=trust())
    assert (result.outcome, result.kind) == (outcome, kind)
    assert time.monotonic() - started < HASTY.total_seconds + 1


def test_a_page_in_tiny_records(serve: Serve) -> None:
    def script(connection: socket.socket) -> None:
        for letter in page(b"hello" * 200):
            connection.sendall(bytes([letter]))

    server = serve(speaks("example.com"))
    server.scripts["/tiny"] = script
    result = server.fetch("https://example.com/tiny", tls=trust())
    assert (result.outcome, result.body) == ("ok", b"hello" * 200)
    assert result.wire_bytes > 20_000  # a record around each letter


def test_a_large_page(serve: Serve) -> None:
    server, body = serve(speaks("example.com")), os.urandom(3_000_000)
    server.scripts["/large"] = say(page(body))
    assert server.fetch("https://example.com/large", Policy(), tls=trust()).body == body


def test_what_is_sent_through_tls_arrives(serve: Serve) -> None:
    """More than one piece, and a host that answers once it has all of it."""
    body, got = os.urandom(300_000), bytearray()

    def script(connection: socket.socket) -> None:
        got.extend(server.asked[-1].partition(b"\r\n\r\n")[2])
        while len(got) < len(body):
            got.extend(connection.recv(65_536))
        connection.sendall(page(b"thanks"))

    server = serve(speaks("example.com"))
    server.scripts["/hook"] = script
    fetcher = GuardedFetcher(Policy(), resolver=server.resolver, dial_map=server.dial, tls=trust())
    assert GuardedSender(fetcher).send("POST", "https://example.com/hook", body=body).body == b"thanks"
    assert got == body


def garbled(connection: socket.socket) -> None:
    """A record that is none, after the start of a page."""
    connection.sendall(head("Content-Length: 500") + b"x")
    time.sleep(0.05)  # an alert would take what came before it along
    socket.socket.sendall(connection, b"\x17\x03\x03\x00\x20" + b"z" * 32)


@pytest.mark.parametrize(
    ("script", "outcome", "kind"),
    [
        (garbled, "tls_error", "failed"),
        (say(head("Content-Length: 500") + b"x"), "truncated", "failed"),
        (say(b""), "reset", "retry"),
        (say(page(b"hello")), "ok", "ready"),
        (say(b"<html>"), "protocol_error", "failed"),
    ],
    ids=["a garbled record", "cut short", "no answer", "no goodbye", "no http"],
)
def test_answers_inside_tls(serve: Serve, script: Script, outcome: str, kind: str) -> None:
    server = serve(speaks("example.com"))
    server.scripts["/in"] = script
    result = server.fetch("https://example.com/in", HASTY, tls=trust())
    assert (result.outcome, result.kind) == (outcome, kind)


def test_http_2_is_neither_offered_nor_spoken(serve: Serve) -> None:
    context = speaks("example.com")
    context.set_alpn_protocols(["h2", "http/1.1"])
    assert serve(context).fetch("https://example.com/", tls=trust()).outcome == "ok"
    alone = speaks("example.com")
    alone.set_alpn_protocols(["h2"])
    assert serve(alone).fetch("https://example.com/", tls=trust()).outcome == "ok"

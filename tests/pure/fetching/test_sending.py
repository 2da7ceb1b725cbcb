"""What is sent goes through the guard: no private place, no second place, no secret to anybody else, and it ends in time."""

import gzip
import socket
import ssl
import time
from dataclasses import replace
from typing import Any

import pytest

from annotations.lib.fetching.client import GuardedFetcher
from annotations.lib.fetching.guard import STEP
from annotations.lib.fetching.policy import Policy
from annotations.lib.fetching.sending import GuardedSender, Reply, Secret
from tests.pure.fetching.hostile import HASTY, POLICY, PUBLIC, Case, Hostile, drip, head, named, page, reset, say, to

TELL = (("Content-Type", "application/json"), ("X-Event", "claim.published"))


def send(hostile: Hostile, url: str, method: str = "POST", policy: Policy = POLICY, **given: Any) -> Reply:
    fetcher = GuardedFetcher(policy, resolver=hostile.resolver, dial_map=hostile.dial)
    given = {"headers": TELL, "body": b'{"id":1}'} | given if method == "POST" else given
    return GuardedSender(fetcher).send(method, url, **given)


def test_what_arrives(hostile: Hostile) -> None:
    whole: list[bytes] = []

    def script(connection: socket.socket) -> None:
        whole.append(hostile.asked[-1])
        while not whole[-1].endswith(b'{"id":1}'):
            whole[-1] += connection.recv(100)
        connection.sendall(page(b"thanks", status="202 Accepted"))

    hostile.scripts["/hook?a=1"] = script
    reply = send(hostile, "http://example.com/hook?a=1")
    assert (reply.outcome, reply.kind, reply.status, reply.body, reply.peer) == ("ok", "ready", 202, b"thanks", PUBLIC)
    first, *lines = whole[0].split(b"\r\n\r\n")[0].decode().split("\r\n")
    assert first == "POST /hook?a=1 HTTP/1.1"
    assert dict(line.split(": ", 1) for line in lines) == {
        "Host": "example.com",
        "User-Agent": "Factcheck",
        "Content-Type": "application/json",
        "X-Event": "claim.published",
        "Accept-Encoding": "gzip",
        "Connection": "close",
        "Content-Length": "8",
    }


def test_get_without_a_body(hostile: Hostile) -> None:
    assert send(hostile, "http://example.com/", "GET", headers=(("Accept", "application/json"),)).body == b"hello"
    assert b"ontent-Length" not in hostile.asked[0]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://10.0.0.5/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://2130706433/",
        "http://inside.example.com/",
    ],
)
def test_no_private_place(hostile: Hostile, url: str) -> None:
    hostile.answers["inside.example.com"] = [[PUBLIC, "192.168.1.1"]]
    reply = send(hostile, url)
    assert (reply.outcome, reply.kind) == ("blocked_address", "blocked")
    assert hostile.dialled == []


@pytest.mark.parametrize(
    "url",
    [
        "",
        "file:///etc/passwd",
        "http://localhost/",
        "http://a:b@example.com/",
        "http://example.com:22/",
        "http://checks.example.org/",
        "http://example.com/\r\nX-Evil: 1",
    ],
)
def test_no_strange_address(hostile: Hostile, url: str) -> None:
    assert send(hostile, url).outcome == "blocked_url"
    assert hostile.dialled == []


def test_refused_credentials_do_not_stand_in_the_reply(hostile: Hostile) -> None:
    assert send(hostile, "http://a:secret@example.com/").url == "http://example.com/"


def test_rebinding_finds_no_second_resolution(hostile: Hostile) -> None:
    hostile.answers["example.com"] = [[PUBLIC], ["127.0.0.1"]]
    assert send(hostile, "http://example.com/").outcome == "ok"
    assert hostile.dialled == [PUBLIC]
    assert send(hostile, "http://example.com/").outcome == "blocked_address"


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
@pytest.mark.parametrize("where", ["http://127.0.0.1/", "/elsewhere", "http://other.example.com/"])
def test_nothing_is_followed(hostile: Hostile, status: str, where: str) -> None:
    hostile.scripts["/hook"] = to(where, status)
    reply = send(hostile, "http://example.com/hook", secret=Secret("http://example.com", "Authorization", "LOW a:b"))
    assert (reply.outcome, reply.kind, reply.status) == ("redirected", "failed", int(status[:3]))
    assert reply.header("location") == where
    assert (len(hostile.asked), hostile.dialled) == (1, [PUBLIC])


BOMB = gzip.compress(b"\0" * 5_000_000)
CASES = [
    Case("no content", say(head(status="204 No Content")), "ok", "ready", b""),
    Case("refused with words", say(page(b'{"why":1}', status="400 Bad")), "http_error", "failed", b'{"why":1}'),
    Case("not for you", say(page(b"no", status="403 Forbidden")), "http_error", "failed", b"no"),
    Case("busy", say(page(b"", "Retry-After: 7", status="429 Busy")), "http_error", "retry", b""),
    Case("broken", say(page(b"", status="502 Bad Gateway")), "http_error", "retry", b""),
    Case("a place that is none", say(page(b"", status="302 Found")), "http_error", "failed", b""),
    Case("no answer", say(b""), "reset", "retry"),
    Case("reset", reset(b"HTTP/1.1 200"), "reset", "retry"),
    Case("not http", say(b"<html>no status line"), "protocol_error", "failed"),
    Case("two lengths", say(head("Content-Length: 5", "Content-Length: 6") + b"hello"), "protocol_error", "failed"),
    Case("truncated", say(head("Content-Length: 5000") + b"x"), "truncated", "failed"),
    Case("endless body", drip(head("Content-Type: a/b"), b"x" * 60_000), "too_large", "failed"),
    Case("says it is endless", say(head("Content-Length: 900000000") + b"x"), "too_large", "failed"),
    Case("gzip bomb", say(page(BOMB, "Content-Encoding: gzip")), "too_large", "failed"),
    Case("brotli", say(page(b"x", "Content-Encoding: br")), "unsupported_encoding", "failed"),
    Case("endless head", drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n" * 500), "protocol_error", "failed"),
    Case("never answers", say(b"", then=2), "timeout", "retry", hasty=True),
    Case("slow head", drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", pause=0.1), "timeout", "retry", hasty=True),
    Case("slow body", drip(head("Content-Length: 5000"), b"x", pause=0.1), "timeout", "retry", hasty=True),
]


@pytest.mark.parametrize(**named(CASES))
def test_answers(hostile: Hostile, case: Case) -> None:
    hostile.scripts["/case"] = case.script
    policy = HASTY if case.hasty else POLICY
    started = time.monotonic()
    reply = send(hostile, "http://example.com/case", policy=policy, body=b"")  # a body unread would end in a reset
    assert time.monotonic() - started < policy.total_seconds + 1.5
    assert (reply.outcome, reply.kind) == (case.outcome, case.kind)
    assert reply.wire_bytes <= policy.most_wire + STEP
    assert reply.body == (case.body or b"")
    assert len(hostile.asked) == 1, "nothing is sent twice"
    if case.name in ("endless body", "slow body", "gzip bomb", "brotli"):
        assert reply.status == 200, "the host has heard us"
    assert reply.retry_after == (7.0 if case.name == "busy" else None)


def test_a_reader_that_does_not_read(hostile: Hostile) -> None:
    hostile.scripts["/deaf"] = say(b"", then=3)
    started = time.monotonic()
    reply = send(hostile, "http://example.com/deaf", policy=HASTY, body=b"x" * 50_000_000)
    assert (reply.outcome, reply.kind) == ("timeout", "retry")
    assert time.monotonic() - started < HASTY.total_seconds + 1.5


@pytest.mark.parametrize(
    ("origin", "url", "sent"),
    [
        ("http://example.com", "http://example.com/save", True),
        ("http://EXAMPLE.com/", "http://example.com/save", True),
        ("https://example.com", "http://example.com/save", False),
        ("http://example.com", "http://www.example.com/save", False),
        ("http://example.com", "http://example.com.other.example/save", False),
        ("http://example.com", "http://93.184.216.34/", False),
    ],
)
def test_a_secret_goes_to_its_own_place_or_nowhere(hostile: Hostile, origin: str, url: str, sent: bool) -> None:
    reply = send(hostile, url, secret=Secret(origin, "Authorization", "LOW key:secret"))
    assert reply.outcome == ("ok" if sent else "blocked_url")
    assert [b"Authorization: LOW key:secret" in asked for asked in hostile.asked] == ([True] if sent else [])


def test_a_secret_does_not_show() -> None:
    secret = Secret("https://example.com", "Authorization", "LOW key:hunter2")
    assert "hunter2" not in repr(secret)
    with pytest.raises(ValueError) as told:
        GuardedSender(GuardedFetcher(POLICY)).send(
            "GET", "https://example.com/", secret=replace(secret, value="hunter2\r\nX-Evil: 1")
        )
    assert "hunter2" not in str(told.value)


@pytest.mark.parametrize(
    ("method", "header"),
    [
        ("PUT", ("X-A", "b")),
        ("post", ("X-A", "b")),
        ("POST /evil HTTP/1.1\r\n", ("X-A", "b")),
        ("POST", ("Host", "other.example.com")),
        ("POST", ("content-length", "3")),
        ("POST", ("Transfer-Encoding", "chunked")),
        ("POST", ("Authorization", "LOW a:b")),
        ("POST", ("Cookie", "a=b")),
        ("POST", ("X-A", "b\r\nX-Evil: 1")),
        ("POST", ("X-A: 1\r\nX-B", "b")),
        ("POST", ("X-A", "")),
        ("POST", ("X-A", "\u0627")),
    ],
)
def test_what_must_not_be_sent(hostile: Hostile, method: str, header: tuple[str, str]) -> None:
    with pytest.raises(ValueError):
        send(hostile, "http://example.com/", method, headers=(header,), body=b"")
    assert hostile.dialled == []


def test_limits_of_its_own(hostile: Hostile) -> None:
    hostile.scripts["/long"] = say(page(b"x" * 2000))
    fetcher = GuardedFetcher(POLICY, resolver=hostile.resolver, dial_map=hostile.dial)
    assert GuardedSender(fetcher, most_body=1000).send("GET", "http://example.com/long").outcome == "too_large"
    assert GuardedSender(fetcher, most_body=2000).send("GET", "http://example.com/long").outcome == "ok"
    assert fetcher.policy is POLICY


def test_tls_is_verified(hostile: Hostile) -> None:
    reply = send(hostile, "https://example.com/", policy=HASTY)
    assert reply.outcome in ("tls_error", "timeout", "reset")
    assert GuardedFetcher(POLICY).tls.verify_mode == ssl.CERT_REQUIRED

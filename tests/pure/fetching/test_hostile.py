"""A server that means harm: each case ends in its outcome, in time, and no private address is ever dialled."""

import gzip
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator

import pytest

from annotations.lib.fetching.client import FetchResult, GuardedFetcher
from annotations.lib.fetching.policy import Policy

PUBLIC = "93.184.216.34"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello"
POLICY = Policy(
    total_seconds=1.2, read_seconds=0.5, connect_seconds=0.5, dns_seconds=0.4, most_wire=300_000, most_body=400_000
)
Script = Callable[[socket.socket, str], None]


class Hostile:
    """Answers each connection with a script chosen by path; notes every address that the guard let through."""

    def __init__(self) -> None:
        self.scripts: dict[str, Script] = {}
        self.dialled: list[str] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.answers: dict[str, list[list[str]]] = {}
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _peer = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            connection.settimeout(3)
            try:
                head = b""
                while b"\r\n\r\n" not in head:
                    piece = connection.recv(4096)
                    if not piece:
                        return
                    head += piece
                path = head.split(b" ", 2)[1].decode()
                self.scripts.get(path, lambda c, _p: c.sendall(OK))(connection, path)
            except OSError:
                return

    def resolver(self, host: str, port: int) -> list[str]:
        given = self.answers.get(host)
        if given is None:
            return [PUBLIC]
        return given.pop(0) if len(given) > 1 else given[0]

    def dial(self, address: str, port: int) -> tuple[str, int]:
        self.dialled.append(address)
        return "127.0.0.1", self.port

    def fetch(self, url: str, policy: Policy = POLICY) -> FetchResult:
        return GuardedFetcher(policy, resolver=self.resolver, dial_map=self.dial).fetch(url)


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    server = Hostile()
    yield server
    server.listener.close()
    assert all(address in (PUBLIC, "1.1.1.1") for address in server.dialled)


def say(data: bytes, *, then: float = 0.0) -> Script:
    def script(connection: socket.socket, path: str) -> None:
        connection.sendall(data)
        time.sleep(then)

    return script


def drip(head: bytes, piece: bytes, *, pause: float) -> Script:
    def script(connection: socket.socket, path: str) -> None:
        connection.sendall(head)
        for _time in range(200):
            connection.sendall(piece)
            time.sleep(pause)

    return script


def head(*lines: str, status: str = "200 OK") -> bytes:
    return f"HTTP/1.1 {status}\r\n{''.join(line + chr(13) + chr(10) for line in lines)}\r\n".encode()


def to(where: str, status: str = "302 Found") -> Script:
    return say(head(f"Location: {where}", "Content-Length: 0", status=status))


BOMB = gzip.compress(b"\0" * 5_000_000)
CASES: list[tuple[str, Script, set[str]]] = [
    ("plain", say(OK), {"ok"}),
    ("http 1.0", say(b"HTTP/1.0 200 OK\r\n\r\nold"), {"ok"}),
    ("http 0.9", say(b"<html>no status line"), {"protocol_error"}),
    ("no answer", say(b""), {"protocol_error", "reset"}),
    ("junk", say(b"\x00\xff\x00\xff\r\n\r\n"), {"protocol_error"}),
    ("bad status", say(b"HTTP/1.1 abc OK\r\n\r\n"), {"protocol_error"}),
    ("never answers", say(b"", then=2), {"timeout"}),
    ("slow header", drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", pause=0.1), {"timeout"}),
    ("slow body", drip(head("Content-Length: 5000"), b"x", pause=0.1), {"timeout"}),
    ("stops in the body", say(head("Content-Length: 5000") + b"x", then=2), {"timeout"}),
    ("truncated", say(head("Content-Length: 5000") + b"x"), {"truncated"}),
    ("endless body", drip(head("Content-Type: text/plain"), b"x" * 60_000, pause=0.0), {"too_large"}),
    (
        "endless header",
        drip(b"HTTP/1.1 200 OK\r\n", b"X-A: " + b"b" * 20_000 + b"\r\n", pause=0.0),
        {"protocol_error", "too_large"},
    ),
    ("one long header", say(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000 + b"\r\n\r\n"), {"protocol_error"}),
    ("endless continue", drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.02), {"timeout", "protocol_error"}),
    ("two lengths", say(head("Content-Length: 5", "Content-Length: 6") + b"hello"), {"protocol_error"}),
    ("negative length", say(head("Content-Length: -5") + b"hello"), {"protocol_error"}),
    (
        "length and chunks",
        say(head("Content-Length: 3", "Transfer-Encoding: chunked") + b"5\r\nhello\r\n0\r\n\r\n"),
        {"ok", "protocol_error"},
    ),
    ("chunked", say(head("Transfer-Encoding: chunked") + b"5\r\nhello\r\n0\r\n\r\n"), {"ok"}),
    ("chunk junk", say(head("Transfer-Encoding: chunked") + b"zz\r\nhello\r\n"), {"protocol_error"}),
    ("chunk cut off", say(head("Transfer-Encoding: chunked") + b"50\r\nhello"), {"truncated", "protocol_error"}),
    (
        "gzip",
        say(
            head("Content-Encoding: gzip", f"Content-Length: {len(gzip.compress(b'hello'))}") + gzip.compress(b"hello")
        ),
        {"ok"},
    ),
    ("gzip bomb", say(head("Content-Encoding: gzip", f"Content-Length: {len(BOMB)}") + BOMB), {"too_large"}),
    ("gzip twice", say(head("Content-Encoding: gzip, gzip", "Content-Length: 1") + b"x"), {"unsupported_encoding"}),
    ("not gzip", say(head("Content-Encoding: gzip", "Content-Length: 5") + b"hello"), {"protocol_error"}),
    (
        "gzip cut off",
        say(head("Content-Encoding: gzip", "Connection: close") + gzip.compress(b"hello" * 99)[:20]),
        {"truncated"},
    ),
    ("brotli", say(head("Content-Encoding: br", "Content-Length: 1") + b"x"), {"unsupported_encoding"}),
    (
        "deflate",
        say(head("Content-Encoding: deflate", "Content-Length: 9") + zlib.compress(b"x")),
        {"unsupported_encoding"},
    ),
    ("zstd", say(head("Content-Encoding: zstd", "Content-Length: 1") + b"x"), {"unsupported_encoding"}),
    ("no content", say(head(status="204 No Content")), {"http_error"}),
    ("not found", say(head("Content-Length: 0", status="404 Not Found")), {"http_error"}),
    ("gone", say(head("Content-Length: 0", status="410 Gone")), {"http_error"}),
    ("paywall", say(head("Content-Length: 0", status="402 Payment Required")), {"http_error"}),
    ("server error", say(head("Content-Length: 0", status="503 Unavailable")), {"http_error"}),
    ("to loopback", to("http://127.0.0.1/"), {"blocked_address"}),
    ("to loopback by number", to("http://2130706433/"), {"blocked_address"}),
    ("to mapped loopback", to("http://[::ffff:127.0.0.1]/"), {"blocked_address"}),
    ("to metadata", to("http://169.254.169.254/latest/meta-data/"), {"blocked_address"}),
    ("to private", to("http://10.0.0.5/", "301 Moved"), {"blocked_address"}),
    ("to a private name", to("http://inside.example.com/", "307 Temporary"), {"blocked_address"}),
    ("to localhost", to("http://localhost/"), {"blocked_url"}),
    ("to another port", to("http://example.com:22/"), {"blocked_url"}),
    ("to a file", to("file:///etc/passwd"), {"blocked_url"}),
    ("to javascript", to("javascript:alert(1)"), {"blocked_url"}),
    ("to credentials", to("http://a:b@example.com/"), {"blocked_url"}),
    ("to itself", to("/to-itself"), {"redirect_loop"}),
    ("on and on", to("/on-and-on?x"), {"too_many_redirects", "redirect_loop", "ok"}),
    ("redirect without place", say(head("Content-Length: 0", status="302 Found")), {"http_error"}),
    ("redirect to nothing", to(""), {"http_error"}),
    (
        "redirect with a long body",
        say(head("Location: http://10.0.0.1/", "Content-Length: 900000", status="302 Found")),
        {"blocked_address"},
    ),
    ("relative redirect", to("plain"), {"ok"}),
    ("scheme-relative redirect", to("//example.com/plain"), {"ok"}),
    ("control characters in the place", to("http://exa\x01mple.com/"), {"blocked_url", "protocol_error"}),
]


@pytest.mark.parametrize(("name", "script", "outcomes"), CASES, ids=[case[0] for case in CASES])
def test_answers(hostile: Hostile, name: str, script: Script, outcomes: set[str]) -> None:
    path = "/" + name.replace(" ", "-")
    hostile.scripts[path] = script
    hostile.answers |= {
        "inside.example.com": [["10.1.2.3"]],
        "127.0.0.1": [["127.0.0.1"]],
        "2130706433": [["127.0.0.1"]],
    }
    started = time.monotonic()
    result = hostile.fetch(f"http://example.com{path}")
    assert result.outcome in outcomes
    assert time.monotonic() - started < POLICY.total_seconds + 1.0
    assert (result.body != b"") == (result.outcome == "ok")


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ([["127.0.0.1"]], "blocked_address"),
        ([["10.0.0.1"]], "blocked_address"),
        ([[PUBLIC, "10.0.0.1"]], "blocked_address"),
        ([["::1"]], "blocked_address"),
        ([["64:ff9b::7f00:1"]], "blocked_address"),
        ([["fe80::1%eth0"]], "blocked_address"),
        ([[]], "dns_nxdomain"),
        ([["1.1.1.1", PUBLIC]], "ok"),
    ],
)
def test_what_the_name_resolves_to(hostile: Hostile, answers: list[list[str]], outcome: str) -> None:
    hostile.answers["example.com"] = answers
    assert hostile.fetch("http://example.com/").outcome == outcome


def test_rebinding_finds_no_second_resolution(hostile: Hostile) -> None:
    hostile.answers["example.com"] = [[PUBLIC], ["127.0.0.1"]]
    assert hostile.fetch("http://example.com/").outcome == "ok"
    assert hostile.dialled == [PUBLIC]
    assert hostile.fetch("http://example.com/").outcome == "blocked_address"


def test_a_resolver_that_hangs(hostile: Hostile) -> None:
    def slow(host: str, port: int) -> list[str]:
        time.sleep(1.0)
        return [PUBLIC]

    result = GuardedFetcher(POLICY, resolver=slow, dial_map=hostile.dial).fetch("http://example.com/")
    assert result.outcome == "dns_failure"
    assert result.kind == "retry"


@pytest.mark.parametrize(
    "error",
    [socket.gaierror(socket.EAI_NONAME, "no"), socket.gaierror(socket.EAI_AGAIN, "later"), UnicodeError("label")],
)
def test_resolver_errors(hostile: Hostile, error: Exception) -> None:
    def failing(host: str, port: int) -> list[str]:
        raise error

    result = GuardedFetcher(POLICY, resolver=failing, dial_map=hostile.dial).fetch("http://example.com/")
    assert result.outcome in ("dns_nxdomain", "dns_failure")


def test_nobody_listens(hostile: Hostile) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    fetcher = GuardedFetcher(POLICY, resolver=hostile.resolver, dial_map=lambda a, p: ("127.0.0.1", port))
    assert fetcher.fetch("http://example.com/").outcome == "connect_failed"


def test_plain_text_where_tls_is_spoken(hostile: Hostile) -> None:
    result = hostile.fetch("https://example.com/")
    assert result.outcome in ("tls_error", "timeout", "reset", "protocol_error")
    assert result.kind != "ready"


def test_tls_is_never_unverified() -> None:
    fetcher = GuardedFetcher(POLICY)
    assert fetcher.tls.verify_mode == ssl.CERT_REQUIRED
    assert fetcher.tls.check_hostname
    assert fetcher.tls.minimum_version >= ssl.TLSVersion.TLSv1_2


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (200, "ready"),
        (400, "failed"),
        (401, "needs_copy"),
        (403, "needs_copy"),
        (404, "failed"),
        (429, "retry"),
        (451, "needs_copy"),
        (500, "retry"),
        (503, "retry"),
    ],
)
def test_what_follows_from_a_status(hostile: Hostile, status: int, kind: str) -> None:
    hostile.scripts["/s"] = say(head("Content-Length: 2", "Retry-After: 7", status=f"{status} X") + b"ab")
    result = hostile.fetch("http://example.com/s")
    assert result.kind == kind
    assert result.retry_after == 7.0


def test_no_cookie_and_no_credential_is_sent_on(hostile: Hostile) -> None:

    def script(connection: socket.socket, path: str) -> None:
        connection.sendall(head("Set-Cookie: a=b", "Location: /second", "Content-Length: 0", status="302 Found"))

    hostile.scripts["/first"] = script
    original = hostile.fetch("http://example.com/first")
    assert original.outcome == "ok"
    assert not any(name.lower() in ("cookie", "authorization") for name, _value in original.request_headers)

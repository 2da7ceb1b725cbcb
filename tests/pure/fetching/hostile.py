"""A web server that means harm, on loopback, reached through the real guard: each path answers with a script of bytes."""

import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from annotations.lib.fetching.addresses import judge
from annotations.lib.fetching.client import FetchResult, GuardedFetcher
from annotations.lib.fetching.guard import STEP
from annotations.lib.fetching.policy import Policy

PUBLIC, OTHER, PUBLIC_6 = "93.184.216.34", "1.1.1.1", "2606:2800:220:1::1"
POLICY = Policy(
    total_seconds=20,
    read_seconds=10,
    connect_seconds=5,
    dns_seconds=5,
    most_wire=300_000,
    most_body=400_000,
    own_hosts=frozenset({"checks.example.org", ".desk.example.org"}),
)
HASTY = replace(POLICY, total_seconds=0.7, read_seconds=0.4, connect_seconds=0.4, dns_seconds=0.3)
Script = Callable[[socket.socket], None]


def head(*lines: str, status: str = "200 OK") -> bytes:
    return f"HTTP/1.1 {status}\r\n{''.join(f'{line}{chr(13)}{chr(10)}' for line in lines)}\r\n".encode("latin-1")


def page(body: bytes, *lines: str, status: str = "200 OK") -> bytes:
    return head(f"Content-Length: {len(body)}", *lines, status=status) + body


OK = page(b"hello", "Content-Type: text/html")


def say(data: bytes, *, then: float = 0.0) -> Script:
    """Send it, hold the connection for `then` seconds, close."""

    def script(connection: socket.socket) -> None:
        connection.sendall(data)
        time.sleep(then)

    return script


def drip(start: bytes, piece: bytes, *, pause: float = 0.0, times: int = 100_000) -> Script:
    """Send the piece again and again, until the other side has enough."""

    def script(connection: socket.socket) -> None:
        connection.sendall(start)
        for _time in range(times):
            connection.sendall(piece)
            time.sleep(pause)

    return script


def reset(data: bytes) -> Script:
    """Send it and break the connection off (RST)."""

    def script(connection: socket.socket) -> None:
        if data:
            connection.sendall(data)
            time.sleep(0.05)  # so that it arrives before the reset takes it away
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return script


def to(where: str, status: str = "302 Found") -> Script:
    return say(head(f"Location: {where}", "Content-Length: 0", status=status))


@dataclass(frozen=True)
class Case:
    """An answer and how the fetch must end. `hasty`: under short limits, because it is the clock that ends it."""

    name: str
    script: Script
    outcome: str
    kind: str
    body: bytes | None = None
    hasty: bool = False


def named(cases: Sequence[Case]) -> dict[str, Any]:
    """Arguments of `pytest.mark.parametrize`."""
    assert len({case.name for case in cases}) == len(cases)
    return {"argnames": "case", "argvalues": cases, "ids": [case.name for case in cases]}


def serve(listener: socket.socket, answer: Callable[[socket.socket], None]) -> None:
    """Each connection in a thread of its own, until the listener is closed."""

    def accept() -> None:
        while True:
            try:
                connection, _peer = listener.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()


def stop_listening(listener: socket.socket) -> None:
    """Closing alone leaves a thread that accepts where it is, on Linux."""
    with suppress(OSError):
        listener.shutdown(socket.SHUT_RDWR)
    listener.close()


@lru_cache(maxsize=1)
def _system_trust() -> ssl.SSLContext:
    """Read once: the system's authorities cost more than a fetch."""
    return ssl.create_default_context()


class Hostile:
    """Notes every address that the guard let through, and every request."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.tls = tls
        self.scripts: dict[str, Script] = {}
        self.answers: dict[str, list[list[str]]] = {}  # by host: what the resolver says, the last for ever
        self.dialled: list[str] = []
        self.ports: list[int] = []
        self.asked: list[bytes] = []
        self.allowed = {PUBLIC, OTHER, PUBLIC_6}
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        serve(self.listener, self._answer)

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            connection.settimeout(5)
            try:
                if self.tls is not None:
                    with self.tls.wrap_socket(connection, server_side=True) as inside:
                        self._answer_one(inside)
                else:
                    self._answer_one(connection)
            except OSError:
                return

    def _answer_one(self, connection: socket.socket) -> None:
        request = b""
        while b"\r\n\r\n" not in request:
            piece = connection.recv(4096)
            if not piece:
                return
            request += piece
        self.asked.append(request)
        path = request.split(b" ", 2)[1].decode()
        self.scripts.get(path, say(OK))(connection)

    def resolver(self, host: str, port: int) -> list[str]:
        given = self.answers.get(host)
        if given is None:
            return [PUBLIC]
        return given.pop(0) if len(given) > 1 else given[0]

    def dial(self, address: str, port: int) -> tuple[str, int]:
        self.dialled.append(address)
        self.ports.append(port)
        return "127.0.0.1", self.port

    def fetch(self, url: str, policy: Policy = POLICY, *, etag: str = "", **given: Any) -> FetchResult:
        given = {"resolver": self.resolver, "dial_map": self.dial, "tls": _system_trust()} | given
        return GuardedFetcher(policy, **given).fetch(url, etag=etag)

    def play(self, case: Case) -> FetchResult:
        """The case at its own path, with all that must hold for every one of them."""
        path = "/" + case.name.replace(" ", "-")
        self.scripts[path] = case.script
        policy = HASTY if case.hasty else POLICY
        started = time.monotonic()
        result = self.fetch(f"http://example.com{path}", policy)
        seconds = time.monotonic() - started
        assert (result.outcome, result.kind) == (case.outcome, case.kind)
        assert seconds < (HASTY.total_seconds + 1.5 if case.hasty else POLICY.total_seconds)
        assert result.wire_bytes <= policy.most_wire + STEP  # one read past the limit at the most
        assert case.body is None or result.body == case.body
        assert result.outcome == "ok" or result.body == b""
        return result

    def close(self) -> None:
        stop_listening(self.listener)
        assert set(self.dialled) <= self.allowed
        assert all(judge(address) == "" for address in self.dialled)
        assert set(self.ports) <= {80, 443}

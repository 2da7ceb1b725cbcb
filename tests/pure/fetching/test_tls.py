"""Real TLS on loopback: the name is verified while an address is dialled, and nothing is read without."""

import datetime
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
import trustme

from annotations.lib.fetching.client import GuardedFetcher, system_tls
from annotations.lib.fetching.policy import Policy
from tests.pure.fetching.hostile import HASTY, PUBLIC, Hostile, Script, page, reset, say, to

AUTHORITY = trustme.CA()
Serve = Callable[..., Hostile]


def trust() -> ssl.SSLContext:
    context = ssl.create_default_context()
    AUTHORITY.configure_trust(context)
    return context


def speaks(*names: str, authority: trustme.CA = AUTHORITY, **given: Any) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names, **given).configure_cert(context)
    return context


def test_the_right_name(serve: Serve) -> None:
    server = serve(speaks("example.com"))
    result = server.fetch("https://example.com/", tls=trust())
    assert (result.outcome, result.kind, result.body) == ("ok", "ready", b"hello")
    assert (server.dialled, server.ports) == ([PUBLIC], [443])
    assert server.asked[0].startswith(b"GET / HTTP/1.1\r\nHost: example.com\r\n")


def test_the_name_is_said_and_the_address_dialled(serve: Serve) -> None:
    said: list[str | None] = []
    context = speaks("example.com")
    context.sni_callback = lambda _socket, name, _context: said.append(name)
    serve(context).fetch("https://example.com/", tls=trust())
    assert said == ["example.com"]


def test_a_certificate_for_the_address_itself(serve: Serve) -> None:
    assert serve(speaks(PUBLIC)).fetch(f"https://{PUBLIC}/", tls=trust()).outcome == "ok"


DAY = datetime.timedelta(days=1)
NOW = datetime.datetime.now(datetime.UTC)
BAD = {
    "another name": lambda: speaks("other.example"),
    "a name below": lambda: speaks("www.example.com"),
    "a star one label short": lambda: speaks("*.www.example.com"),
    "the common name alone": lambda: speaks(common_name="example.com"),
    "a star too wide": lambda: speaks("*.com"),
    "the address for the name": lambda: speaks(PUBLIC),
    "expired": lambda: speaks("example.com", not_before=NOW - 9 * DAY, not_after=NOW - DAY),
    "not yet valid": lambda: speaks("example.com", not_before=NOW + DAY, not_after=NOW + 9 * DAY),
    "an unknown authority": lambda: speaks("example.com", authority=trustme.CA()),
}


@pytest.mark.parametrize("make", list(BAD.values()), ids=list(BAD))
def test_a_certificate_that_proves_nothing(serve: Serve, make: Callable[[], ssl.SSLContext]) -> None:
    server = serve(make())
    result = server.fetch("https://example.com/", tls=trust())
    assert (result.outcome, result.kind, result.body) == ("tls_error", "failed", b"")
    assert server.asked == []
    assert len(server.dialled) == 1  # not tried again in another way


def test_a_self_signed_certificate(serve: Serve) -> None:
    """As the system's own trust sees the test's authority."""
    result = serve(speaks("example.com")).fetch("https://example.com/")
    assert (result.outcome, result.kind) == ("tls_error", "failed")


def test_tls_1_1_alone(serve: Serve) -> None:
    context = speaks("example.com")
    try:
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    except (ValueError, ssl.SSLError):
        pytest.skip("this platform's OpenSSL speaks no TLS 1.1, not even as a server")
    result = serve(context).fetch("https://example.com/", tls=trust())
    assert (result.outcome, result.kind) == ("tls_error", "failed")


def test_a_client_certificate_is_asked_for(serve: Serve) -> None:
    context = speaks("example.com")
    context.verify_mode = ssl.CERT_REQUIRED
    AUTHORITY.configure_trust(context)
    result = serve(context).fetch("https://example.com/", tls=trust())
    assert (result.outcome, result.kind) == ("tls_error", "failed")


def raw(script: Script) -> Callable[[], tuple[int, socket.socket]]:
    """A listener without any protocol."""

    def start() -> tuple[int, socket.socket]:
        listener = socket.create_server(("127.0.0.1", 0))

        def serve_one() -> None:
            try:
                connection, _peer = listener.accept()
                with connection:
                    connection.recv(4096)
                    script(connection)
            except OSError:
                return

        threading.Thread(target=serve_one, daemon=True).start()
        return listener.getsockname()[1], listener

    return start


def creep(connection: socket.socket) -> None:
    """The first letters of a handshake, one at a time."""
    for letter in b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc\x03\x03" + b"\0" * 100:
        connection.sendall(bytes([letter]))
        time.sleep(0.1)


@pytest.mark.parametrize(
    ("script", "outcome", "kind"),
    [
        (say(page(b"hello")), "tls_error", "failed"),
        (say(b"\x15\x03\x03\x00\x02\x02\x28"), "tls_error", "failed"),  # a handshake_failure alert
        (say(b""), "tls_error", "failed"),
        (say(b"\x16\x03\x03"), "tls_error", "failed"),
        (say(os.urandom(2000)), "tls_error", "failed"),
        (reset(b""), "reset", "retry"),  # the line's fault, not the certificate's
        (say(b"", then=3), "timeout", "retry"),
        (creep, "timeout", "retry"),
    ],
    ids=[
        "plain text",
        "alert",
        "drops",
        "drops in the middle",
        "junk",
        "is reset",
        "says nothing",
        "one letter at a time",
    ],
)
def test_handshakes_that_fail(hostile: Hostile, script: Script, outcome: str, kind: str) -> None:
    port, listener = raw(script)()
    started = time.monotonic()
    with listener:
        result = hostile.fetch("https://example.com/", HASTY, dial_map=lambda _address, _port: ("127.0.0.1", port))
    assert (result.outcome, result.kind) == (outcome, kind)
    assert time.monotonic() - started < HASTY.total_seconds + 1


def test_https_that_leads_to_http_is_written_down(serve: Serve) -> None:
    server, plain = serve(speaks("example.com")), serve(None)
    server.scripts["/r"] = to("http://example.com/plain")

    def dial(address: str, port: int) -> tuple[str, int]:
        return (server if port == 443 else plain).dial(address, port)

    result = server.fetch("https://example.com/r", tls=trust(), dial_map=dial)
    assert (result.outcome, result.downgraded) == ("ok", True)
    plain.scripts["/up"] = to("https://example.com/")
    result = server.fetch("http://example.com/up", tls=trust(), dial_map=dial)
    assert (result.outcome, result.downgraded) == ("ok", False)


def test_limits_hold_inside_tls(serve: Serve) -> None:
    server = serve(speaks("example.com"))
    server.scripts |= {"/long": say(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 2_000_000), "/slow": say(b"", then=2)}
    assert server.fetch("https://example.com/long", tls=trust()).outcome == "too_large"
    assert server.fetch("https://example.com/slow", HASTY, tls=trust()).outcome == "timeout"


def test_verification_cannot_be_switched_off(monkeypatch: pytest.MonkeyPatch, tmp_path: os.PathLike[str]) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", os.fspath(tmp_path) + "/keys")
    fetcher = GuardedFetcher(Policy())
    assert (fetcher.tls.verify_mode, fetcher.tls.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert fetcher.tls.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert fetcher.tls.keylog_filename is None
    careless = ssl.create_default_context()
    careless.check_hostname = False
    with pytest.raises(ValueError, match="verifying"):
        GuardedFetcher(Policy(), tls=careless)
    careless.verify_mode = ssl.CERT_NONE
    with pytest.raises(ValueError, match="verifying"):
        GuardedFetcher(Policy(), tls=careless)


def test_the_authorities_are_read_once_and_only_for_https(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[ssl.SSLContext] = []
    create = ssl.create_default_context

    def counted() -> ssl.SSLContext:
        made.append(create())
        return made[-1]

    system_tls.cache_clear()
    monkeypatch.setattr(ssl, "create_default_context", counted)
    plain, secure = serve(None), serve(speaks("example.com"))
    for _time in range(3):
        assert plain.fetch("http://example.com/", tls=None).outcome == "ok"
    assert made == []
    for _time in range(3):
        assert secure.fetch("https://example.com/", tls=None).outcome == "tls_error"
    assert len(made) == 1

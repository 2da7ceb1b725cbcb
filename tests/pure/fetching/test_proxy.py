"""Behind an outgoing proxy the guard still holds: it is asked for judged addresses alone, and told nothing else."""

import base64
import socket
import time
from collections.abc import Iterator

import pytest

from annotations.lib.fetching import guard
from annotations.lib.fetching.client import FetchResult, GuardedFetcher
from annotations.lib.fetching.policy import Policy
from annotations.lib.fetching.proxying import Proxy, parse_proxy
from factcheck import env
from tests.pure.fetching.hostile import HASTY, OTHER, POLICY, PUBLIC, PUBLIC_6, Hostile, Script, drip, say, to
from tests.pure.fetching.proxy import TestProxy
from tests.pure.fetching.test_tls import speaks, trust


@pytest.fixture
def through(hostile: Hostile) -> Iterator[TestProxy]:
    proxy = TestProxy(hostile.port)
    yield proxy
    proxy.close()
    assert hostile.dialled == []  # nothing went past the proxy


def fetch(hostile: Hostile, through: TestProxy, url: str, policy: Policy = POLICY) -> FetchResult:
    return hostile.fetch(url, policy, proxy=through.proxy())


def test_the_proxy_is_asked_for_the_judged_address(hostile: Hostile, through: TestProxy) -> None:
    result = fetch(hostile, through, "http://example.com/a?b=c")
    assert (result.outcome, result.kind, result.body, result.peer) == ("ok", "ready", b"hello", PUBLIC)
    assert through.asked == [f"CONNECT {PUBLIC}:80 HTTP/1.1\r\nHost: {PUBLIC}:80\r\n\r\n".encode()]
    assert hostile.asked[0].startswith(b"GET /a?b=c HTTP/1.1\r\nHost: example.com\r\n")


def test_an_address_of_version_6_stands_in_brackets(hostile: Hostile, through: TestProxy) -> None:
    hostile.answers["example.com"] = [[PUBLIC_6]]
    assert fetch(hostile, through, "http://example.com/").outcome == "ok"
    assert through.targets == [f"[{PUBLIC_6}]:80"]


def test_tls_goes_through_the_tunnel_for_the_name(through: TestProxy) -> None:
    server = Hostile(speaks("example.com"))
    through.lead_to = server.port
    result = server.fetch("https://example.com/", tls=trust(), proxy=through.proxy("Basic c2VjcmV0"))
    assert (result.outcome, result.body, through.targets) == ("ok", b"hello", [f"{PUBLIC}:443"])
    assert b"c2VjcmV0" in through.asked[0]
    assert not any(b"uthorization" in asked for asked in server.asked)
    wrong = server.fetch("https://other.example/", tls=trust(), proxy=through.proxy())
    assert (wrong.outcome, wrong.kind) == ("tls_error", "failed")  # the proxy proves nothing
    server.close()


@pytest.mark.parametrize(
    ("url", "outcome"),
    [
        ("http://127.0.0.1/", "blocked_address"),
        ("https://169.254.169.254/", "blocked_address"),
        ("http://[::1]/", "blocked_address"),
        ("http://2130706433/", "blocked_address"),
        ("http://inside.example.com/", "blocked_address"),
        ("http://both.example.com/", "blocked_address"),
        ("http://localhost/", "blocked_url"),
        ("http://example.com:22/", "blocked_url"),
        ("http://a:b@example.com/", "blocked_url"),
    ],
)
def test_private_places_never_reach_the_proxy(hostile: Hostile, through: TestProxy, url: str, outcome: str) -> None:
    hostile.answers = {"inside.example.com": [["10.0.0.1"]], "both.example.com": [[PUBLIC, "10.0.0.1"]]}
    result = fetch(hostile, through, url)
    assert (result.outcome, result.kind, through.asked) == (outcome, "blocked", [])


def test_redirects_are_judged_again(hostile: Hostile, through: TestProxy) -> None:
    hostile.answers |= {"other.example": [[OTHER]], "inside.example": [["192.168.0.1"]]}
    hostile.scripts |= {"/r": to("http://other.example/in"), "/in": to("http://inside.example/")}
    result = fetch(hostile, through, "http://example.com/r")
    assert (result.outcome, result.kind) == ("blocked_address", "blocked")
    assert through.targets == [f"{PUBLIC}:80", f"{OTHER}:80"]


def test_rebinding_finds_nothing(hostile: Hostile, through: TestProxy) -> None:
    """One question, one answer, and the proxy has no name to ask about."""
    hostile.answers["example.com"] = [[PUBLIC], ["127.0.0.1"]]
    assert fetch(hostile, through, "http://example.com/").outcome == "ok"
    assert fetch(hostile, through, "http://example.com/").outcome == "blocked_address"
    assert through.targets == [f"{PUBLIC}:80"]


def test_the_next_address_is_asked_for_when_one_is_away(hostile: Hostile, through: TestProxy) -> None:
    hostile.answers["example.com"] = [[OTHER, PUBLIC]]
    through.away = frozenset({f"{OTHER}:80"})
    assert fetch(hostile, through, "http://example.com/").peer == PUBLIC
    assert through.targets == [f"{OTHER}:80", f"{PUBLIC}:80"]


def test_credentials_are_for_the_proxy_alone(hostile: Hostile, through: TestProxy) -> None:
    hostile.scripts["/r"] = to("/plain")
    proxy = parse_proxy(f"http://desk:p%40ss@127.0.0.1:{through.port}")
    assert proxy is not None
    result = hostile.fetch("http://example.com/r", proxy=proxy)
    token = base64.b64encode(b"desk:p@ss")
    assert all(b"\r\nProxy-Authorization: Basic " + token + b"\r\n" in asked for asked in through.asked)
    assert result.outcome == "ok"
    assert not any(b"uthorization" in asked or token in asked for asked in hostile.asked)
    assert token.decode() not in repr((result, proxy))


ANSWERS: dict[str, tuple[Script, str, str]] = {
    "forbids": (say(b"HTTP/1.1 403 Forbidden\r\n\r\n"), "proxy_refused", "retry"),
    "wants a password": (say(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"), "proxy_refused", "retry"),
    "leads elsewhere": (say(b"HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\n\r\n"), "proxy_refused", "retry"),
    "is no such proxy": (say(b"HTTP/1.1 405 No\r\nContent-Length: 5\r\n\r\nhello"), "proxy_refused", "retry"),
    "reaches nobody": (say(b"HTTP/1.1 502 Bad Gateway\r\n\r\n"), "connect_failed", "retry"),
    "gives up": (say(b"HTTP/1.0 504 Gateway Timeout\r\n\r\n"), "connect_failed", "retry"),
    "closes": (say(b""), "proxy_unreachable", "retry"),
    "speaks another protocol": (say(b"\x05\x00\r\n\r\n"), "proxy_unreachable", "retry"),
    "answers in http 2": (say(b"HTTP/2 200\r\n\r\n"), "proxy_unreachable", "retry"),
    "talks without end": (drip(b"HTTP/1.1 200 OK\r\n", b"X: a\r\n"), "proxy_unreachable", "retry"),
    "says nothing": (say(b"", then=2), "timeout", "retry"),
    "talks slowly": (drip(b"HTTP/1.1 200 OK\r\n", b"X", pause=0.05), "timeout", "retry"),
}


@pytest.mark.parametrize(("script", "outcome", "kind"), list(ANSWERS.values()), ids=list(ANSWERS))
def test_a_proxy_that(hostile: Hostile, through: TestProxy, script: Script, outcome: str, kind: str) -> None:
    through.script = script
    started = time.monotonic()
    result = fetch(hostile, through, "http://example.com/", HASTY if outcome == "timeout" else POLICY)
    assert (result.outcome, result.kind, result.status) == (outcome, kind, None)  # its status is not the page's
    assert (result.response_headers, result.body, hostile.asked) == ((), b"", [])
    assert time.monotonic() - started < HASTY.total_seconds + 1.5


def test_what_follows_the_proxys_answer_belongs_to_the_tunnel(hostile: Hostile, through: TestProxy) -> None:
    through.script = say(b"HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nearly", then=0.3)
    assert fetch(hostile, through, "http://example.com/").body == b"early"


def test_a_proxy_that_is_away(hostile: Hostile) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        result = hostile.fetch("http://example.com/", proxy=Proxy("127.0.0.1", free.getsockname()[1]))
    assert (result.outcome, result.kind, hostile.dialled) == ("proxy_unreachable", "retry", [])


def test_a_proxy_whose_name_is_unknown(hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, host)

    monkeypatch.setattr(guard, "local_resolver", nobody)
    result = hostile.fetch("http://example.com/", proxy=Proxy("no-such-proxy.invalid", 3128))
    assert (result.outcome, result.kind) == ("proxy_unreachable", "retry")


def test_a_proxy_is_looked_up_as_it_is_written(
    hostile: Hostile, through: TestProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hosts file counts, `localhost` too; and its second address when nobody is at the first."""
    assert hostile.fetch("http://example.com/", proxy=Proxy("localhost", through.port)).outcome == "ok"
    monkeypatch.setattr(guard, "local_resolver", lambda _host, _port: ["::1", "127.0.0.1"])
    assert hostile.fetch("http://example.com/", proxy=Proxy("proxy", through.port)).outcome == "ok"
    assert through.targets == [f"{PUBLIC}:80"] * 2


def test_the_usual_variables_are_not_obeyed(hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy, server = TestProxy(hostile.port), Hostile(speaks("example.com"))
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
    for one, url in ((hostile, "http://example.com/"), (server, "https://example.com/")):
        fetcher = GuardedFetcher(POLICY, resolver=one.resolver, dial_map=one.dial, tls=trust())
        assert fetcher.fetch(url).outcome == "ok"
        assert one.dialled == [PUBLIC]
        one.close()
    assert proxy.asked == []
    proxy.close()


@pytest.mark.parametrize(
    "value",
    """proxy.example.org:3128 https://proxy.example.org:3128 socks5://proxy.example.org:1080 http://proxy.example.org
    http://:3128 http://proxy.example.org:99999 http://proxy.example.org:0 http://proxy.example.org:3128/path
    http://proxy.example.org:3128?a=b http://:secret@proxy.example.org:3128 http://a%0d%0aX:secret@proxy.example.org:3128
    http://a%3Ab:secret@proxy.example.org:3128 http://a:secret@[::1:3128 http://a:se\\cret@proxy:3128
    http://مثال.إختبار:3128""".split(),
)
def test_a_value_that_cannot_work_says_what_to_write(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("FACTCHECK_FETCH_PROXY", value)
    with pytest.raises(env.BadEnvironment, match=r"FACTCHECK_FETCH_PROXY: .* Write http://") as caught:
        env.read()
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("value", "proxy"),
    [
        ("", None),
        ("http://127.0.0.1:3128", Proxy("127.0.0.1", 3128)),
        ("HTTP://proxy.example.org:8080/", Proxy("proxy.example.org", 8080)),
        ("http://[fd00::1]:3128", Proxy("fd00::1", 3128)),
        ("http://a:b@proxy:3128", Proxy("proxy", 3128, "Basic YTpi")),
        ("http://a@proxy:3128", Proxy("proxy", 3128, "Basic YTo=")),
    ],
)
def test_values_that_work(monkeypatch: pytest.MonkeyPatch, value: str, proxy: Proxy | None) -> None:
    monkeypatch.setenv("FACTCHECK_FETCH_PROXY", value)
    assert env.read().fetch_proxy == proxy

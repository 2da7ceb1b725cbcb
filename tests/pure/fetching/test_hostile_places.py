"""Where answers lead: every hop through the whole check, nothing carried along, and never into the house."""

import re

import pytest

from tests.pure.fetching.hostile import OTHER, PUBLIC, Case, Hostile, drip, head, named, page, say, to

HERE = "http://example.com"
BLOCKED = [
    *(
        Case(f"to {name}", to(where), "blocked_address", "blocked")
        for name, where in {
            "loopback": "http://127.0.0.1/",
            "loopback as a number": "http://2130706433/",
            "loopback in hex": "http://0x7f000001/",
            "loopback in short": "http://127.1/",
            "loopback with a dot": "http://127.0.0.1./",
            "nothing": "http://0/",
            "mapped loopback": "http://[::ffff:127.0.0.1]/",
            "loopback of version 6": "http://[::1]/",
            "translated metadata": "http://[64:ff9b::a9fe:a9fe]/",
            "metadata": "http://169.254.169.254/latest/meta-data/",
            "metadata of version 6": "http://[fd00:ec2::254]/",
            "a private address": "http://10.0.0.5/",
            "a private address without a scheme": "//192.168.1.1/",
            "a private name": "http://inside.example.com/",
            "a private https name": "https://inside.example.com/",
        }.items()
    ),
    *(
        Case(f"to {name}", to(where), "blocked_url", "blocked")
        for name, where in {
            "localhost": "http://localhost/",
            "a name of one label": "http://db/",
            "one label of hex letters": "http://cafe/",
            "an internal name": "http://vault.internal/",
            "an onion": "http://abcdef.onion/",
            "ourselves": "http://checks.example.org/",
            "below ourselves": "http://www.desk.example.org/",
            "port 22": "http://example.com:22/",
            "port 6379": "//example.com:6379/",
            "port 0": "http://example.com:0/",
            "a file": "file:///etc/passwd",
            "ftp": "ftp://example.com/",
            "gopher": "gopher://127.0.0.1:6379/_FLUSHALL",
            "script": "javascript:alert(1)",
            "data": "data:text/html,hello",
            "a blob": "blob:http://example.com/1",
            "a view of source": "view-source:http://example.com/",
            "about": "about:blank",
            "credentials": "http://a:b@example.com/",
            "a name as credentials": "http://example.com@127.0.0.1/",
            "a backslash": "http://example.com\\@127.0.0.1/",
            "two backslashes": "\\\\127.0.0.1\\",
            "a tab": "http://exa\tmple.com/",
            "a tab between slashes": "/\t/127.0.0.1/",
            "a space": "http://example.com/a b",
            "a control character": "http://exa\x01mple.com/",
            "a return in hex": "http://example.com%0d%0aHost:x/",
            "nul in hex": "http://127.0.0.1%00.example.com/",
            "loopback in octal": "http://0177.0.0.1/",
            "half of version 6": "http://[::1/",
            "an empty literal": "http://[]/",
            "a zone": "http://[fe80::1%25eth0]/",
            "a mark that turns into a slash": "http://example.com\xe2\x84\x80.example/",
            "letters in circles": "http://\xe2\x91\xa0\xe2\x91\xa1\xe2\x91\xa6.0.0.1/",
            "a stop that is no dot": "http://localhost\xe3\x80\x82/",
            "an at sign that is none": "http://example.com\xef\xbc\xa0127.0.0.1/",
            "bytes that are no letters": "http://\xff\xfe.example/",
            "backslashes for slashes": "http:\\\\127.0.0.1\\",
            "a slash and a backslash": "/\\127.0.0.1/",
            "another scheme's rest": "https:127.0.0.1",
            "a web socket": "ws://example.com/",
            "port 65616": "http://example.com:65616/",
            "half a literal": "//[",
            "five numbers": "http://1.2.3.4.5/",
            "a long address": "/" + "a" * 3000,
        }.items()
    ),
    Case("to nul", to("http://127.0.0.1\0.example.com/"), "protocol_error", "failed"),
    Case("to a bare return", to("/a\rSet-Cookie: b"), "protocol_error", "failed"),
    Case("to a very long address", to("/" + "a" * 190_000), "protocol_error", "failed"),
    Case("to itself", to("/to-itself"), "redirect_loop", "failed"),
    Case("to a part of itself", to("/to-a-part-of-itself#again"), "redirect_loop", "failed"),
    Case(
        "to a name without slashes", to("http:127.0.0.1"), "ok", "ready", b"hello"
    ),  # a path here, as browsers read it
    Case("to one slash", to("http:/127.0.0.1/"), "ok", "ready", b"hello"),
    Case("to three slashes", to("///127.0.0.1/"), "ok", "ready", b"hello"),
    Case("to four slashes", to("////127.0.0.1/"), "ok", "ready", b"hello"),
    Case("to numbers with other stops", to("http://127\xe3\x80\x820.0.1/"), "blocked_address", "blocked"),
    Case("to nowhere", to(""), "http_error", "failed"),
    Case("without a place", say(head("Content-Length: 0", status="302 Found")), "http_error", "failed"),
    Case(
        "with an endless body",
        drip(head("Location: http://10.0.0.1/", status="302 Found"), b"x" * 60_000),
        "blocked_address",
        "blocked",
    ),
    Case(
        "with a body in brotli",
        say(page(b"x", "Location: /plain", "Content-Encoding: br", status="302 Found")),
        "ok",
        "ready",
    ),
    Case(
        "two places",
        say(head("Location: http://10.0.0.1/", "Location: /plain", status="302 Found")),
        "blocked_address",
        "blocked",
    ),
]


@pytest.mark.parametrize(**named(BLOCKED))
def test_places(hostile: Hostile, case: Case) -> None:
    hostile.answers["inside.example.com"] = [["10.1.2.3"]]
    result = hostile.play(case)
    assert set(hostile.dialled) == {PUBLIC}
    assert len(hostile.dialled) == (2 if case.outcome == "ok" else 1)
    assert all("@" not in hop.url for hop in result.hops)


FOLLOWED = {  # said on /a/b?c → asked for
    "plain": "/a/plain",
    "/plain": "/plain",
    "../plain": "/plain",
    "?d": "/a/b?d",
    "//example.com/plain": "/plain",
    "HTTP://EXAMPLE.com/plain": "/plain",
    "http://example.com:80/plain": "/plain",
    "http://example.com/plain#part": "/plain",
    "http://xn--bcher-kva.example/plain": "/plain",
    "http://b\xc3\xbccher.example/plain": "/plain",
    "/\xd8\xb5\xd9\x81\xd8\xad\xd8\xa9": "/%D8%B5%D9%81%D8%AD%D8%A9",  # UTF-8, bare, as many Arabic sites send it
    "/caf\xe9": "/caf%E9",  # not UTF-8: the byte as it came
    "/caf%C3%A9": "/caf%C3%A9",
}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_every_redirect_is_a_get(hostile: Hostile, status: int) -> None:
    hostile.scripts["/r"] = to("/plain", f"{status} X")
    result = hostile.fetch(f"{HERE}/r")
    assert (result.outcome, result.kind, result.body) == ("ok", "ready", b"hello")
    assert result.chain == ((f"{HERE}/r", status), (f"{HERE}/plain", 200))
    assert hostile.asked[1].startswith(b"GET /plain HTTP/1.1\r\nHost: example.com\r\n")


@pytest.mark.parametrize("status", [201, 300, 305, 306, 399, 404, 503])
def test_a_place_counts_with_no_other_status(hostile: Hostile, status: int) -> None:
    hostile.scripts["/r"] = to("http://10.0.0.1/", f"{status} X")
    result = hostile.fetch(f"{HERE}/r")
    assert len(result.hops) == 1
    assert result.outcome == ("ok" if status == 201 else "http_error")


@pytest.mark.parametrize("where", list(FOLLOWED))
def test_places_are_understood(hostile: Hostile, where: str) -> None:
    hostile.scripts["/a/b?c"] = to(where)
    result = hostile.fetch(f"{HERE}/a/b?c")
    assert (result.outcome, result.kind) == ("ok", "ready")
    assert hostile.asked[1].split(b" ")[1].decode() == FOLLOWED[where]


def test_five_redirects_are_followed_and_no_sixth(hostile: Hostile) -> None:
    for number in range(7):
        hostile.scripts[f"/{number}"] = to(f"/{number + 1}")
    result = hostile.fetch(f"{HERE}/2")
    assert (result.outcome, result.kind, len(result.hops)) == ("ok", "ready", 6)
    result = hostile.fetch(f"{HERE}/1")
    assert (result.outcome, result.kind, len(result.hops)) == ("too_many_redirects", "failed", 6)


def test_two_pages_that_lead_to_each_other(hostile: Hostile) -> None:
    hostile.scripts |= {"/one": to("/two"), "/two": to("http://EXAMPLE.com/one#x")}
    result = hostile.fetch(f"{HERE}/one")
    assert (result.outcome, result.kind, len(hostile.asked)) == ("redirect_loop", "failed", 2)


def test_the_fragment_stays_with_the_submitted_address(hostile: Hostile) -> None:
    hostile.scripts["/r"] = to("/plain#other")
    result = hostile.fetch(f"{HERE}/r#:~:text=hello")
    assert (result.submitted_url, result.final_url) == (f"{HERE}/r#:~:text=hello", f"{HERE}/plain")
    assert not any(b"#" in asked for asked in hostile.asked)


@pytest.mark.parametrize(
    "answer",
    [
        page(b"hello", "Refresh: 0; url=http://10.0.0.1/"),
        page(b'<meta http-equiv="refresh" content="0; url=http://10.0.0.1/">', "Content-Type: text/html"),
        page(b"<script>location='http://10.0.0.1/'</script>", "Content-Type: text/html"),
        page(b"hello", "Content-Location: http://10.0.0.1/", "Link: <http://10.0.0.1/>; rel=preload"),
    ],
)
def test_no_other_way_of_leading_on_is_followed(hostile: Hostile, answer: bytes) -> None:
    hostile.scripts["/r"] = say(answer)
    result = hostile.fetch(f"{HERE}/r")
    assert (result.outcome, len(result.hops), result.body) == ("ok", 1, answer.partition(b"\r\n\r\n")[2])


def test_nothing_is_carried_from_hop_to_hop(hostile: Hostile) -> None:
    hostile.scripts["/r"] = say(
        head(
            "Set-Cookie: a=b; Domain=.example.com",
            "WWW-Authenticate: Basic realm=x",
            "Location: http://www.example.com/plain",
            status="302 Found",
        )
    )
    hostile.scripts["/wall"] = say(page(b"", "WWW-Authenticate: Basic realm=x", status="401 Unauthorized"))
    assert hostile.fetch(f"{HERE}/r").outcome == "ok"
    result = hostile.fetch(f"{HERE}/wall")
    assert (result.outcome, result.kind, len(hostile.asked)) == ("http_error", "needs_copy", 3)
    names = {name.lower() for asked in hostile.asked for name in re.findall(rb"\r\n([A-Za-z-]+):", asked)}
    assert names == {b"host", b"user-agent", b"accept", b"accept-encoding", b"connection"}


def test_rebinding_between_two_hops(hostile: Hostile) -> None:
    """The same name, public for the first request, inside for the second."""
    hostile.scripts["/r"] = to("/plain")
    hostile.answers["example.com"] = [[PUBLIC], ["127.0.0.1"]]
    result = hostile.fetch(f"{HERE}/r")
    assert (result.outcome, result.kind) == ("blocked_address", "blocked")
    assert (hostile.dialled, result.hops[1].judged) == ([PUBLIC], (("127.0.0.1", "loopback"),))
    assert (result.status, result.response_headers, result.body) == (None, (), b"")


def test_each_hop_is_dialled_at_its_own_address(hostile: Hostile) -> None:
    hostile.scripts["/r"] = to("http://other.example/plain")
    hostile.answers["other.example"] = [[OTHER]]
    result = hostile.fetch(f"{HERE}/r")
    assert (hostile.dialled, [hop.peer for hop in result.hops]) == ([PUBLIC, OTHER], [PUBLIC, OTHER])


def test_all_hops_share_one_limit_on_bytes(hostile: Hostile) -> None:
    for number in range(4):
        hostile.scripts[f"/{number}"] = say(
            head(f"Location: /{number + 1}", f"X: {'a' * 90_000}", "Content-Length: 0", status="302 Found")
        )
    result = hostile.fetch(f"{HERE}/0")
    assert (result.outcome, result.kind, len(result.hops)) == ("too_large", "failed", 4)

"""Every way to write or to resolve to an address inside: refused by its text, or judged; never dialled."""

import socket
import time
from dataclasses import replace

import pytest

from annotations.lib.fetching.addresses import parse_allowed
from tests.pure.fetching.hostile import HASTY, OTHER, POLICY, PUBLIC, PUBLIC_6, Hostile

INSIDE = """0.0.0.0 0.255.255.255 10.0.0.0 10.255.255.255 100.64.0.0 100.127.255.255 100.100.100.200 127.0.0.1 127.255.255.255
    169.254.0.0 169.254.169.254 169.254.170.2 169.254.255.255 172.16.0.0 172.31.255.255 192.0.0.0 192.0.0.255 192.0.2.1
    192.88.99.1 192.168.0.0 192.168.255.255 198.18.0.0 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.0 239.255.255.255
    240.0.0.0 255.255.255.255 168.63.129.16 :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.0.0.1 ::ffff:a9fe:a9fe
    ::ffff:0:127.0.0.1 ::ffff:0:7f00:1 64:ff9b::127.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b::808:808 64:ff9b:1::7f00:1 100::1
    100:0:0:1::1 2001::1 2001:0:7f00:1:: 2001:2::1 2001:10::1 2001:20::1 2001:1ff:ffff::1 2001:db8::1 2002:7f00:1::1
    2606:4700::5efe:127.0.0.1 2606:4700::200:5efe:a00:1 2a00:1450:4001::5efe:808:808
    2002:a9fe:a9fe::1 2002:808:808::1 3fff::1 3fff:fff:ffff::1 1fff:ffff::1 4000::1 5f00::1 fc00::1 fd00:ec2::254
    fdff:ffff::1 fe80::1 febf::1 fec0::1 feff::1 ff02::1 ff0e::1""".split()
OUTSIDE = """1.0.0.0 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 168.63.129.15
    168.63.129.17 169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 191.255.255.255 192.0.1.0 192.0.3.0 192.88.98.255
    192.88.100.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 198.51.99.255 198.51.101.0 203.0.112.255
    203.0.114.0 223.255.255.255 2000:: 2001:200:: 2001:db7:ffff::1 2001:db9::1 2003::1 3ffe:ffff::1 3fff:1000::1
    2606:4700::1111 2606:4700::5eff:1:1 2606:4700::5efe:1 ::ffff:8.8.8.8""".split()


def literal(address: str) -> str:
    return f"[{address}]" if ":" in address else address


@pytest.mark.parametrize("address", INSIDE)
def test_inside_is_not_dialled(hostile: Hostile, address: str) -> None:
    """Written in the URL, as what a name resolves to, and beside a public answer."""
    hostile.answers = {"one.example": [[address]], "two.example": [[PUBLIC, address]]}
    for host in (literal(address), "one.example", "two.example"):
        for scheme in ("http", "https"):
            result = hostile.fetch(f"{scheme}://{host}/")
            assert (result.outcome, result.kind, result.peer) == ("blocked_address", "blocked", "")
    assert hostile.dialled == []


@pytest.mark.parametrize("address", OUTSIDE)
def test_just_outside_is_dialled(hostile: Hostile, address: str) -> None:
    hostile.allowed.add(address)
    hostile.answers["one.example"] = [[address]]
    result = hostile.fetch("http://one.example/")
    assert (result.outcome, result.kind, result.peer) == ("ok", "ready", address)


FORMS = {
    **dict.fromkeys(
        """2130706433 0x7f000001 0X7F000001 0x7f.0.0.1 0x7f.1 127.1 127.0.1 017700000001 0 0x 0x0 2130706433. 127.0.0.1.
        127。0。0。1 127．0．0．1 127｡0｡0｡1 10.1 192.168.257 3232235777 0xa9fea9fe 2852039166 0xA9.0xFE.0xA9.0xFE
        [::ffff:127.0.0.1] [0:0:0:0:0:0:0:1] [::FFFF:7F00:1]""".split(),
        "blocked_address",
    ),
    **dict.fromkeys(
        """①②⑦.⓪.⓪.① １２７.０.０.１ ⓛocalhost ＬＯＣＡＬＨＯＳＴ 0177.0.0.1 00000177.0.0.1 127.0.0.1.5 256.0.0.1
        127.0.0.256 4294967296 0x100000000 08.1.1.1 127.0.0.0x7g.1 1_27.0.0.1 +127.0.0.1 -127.0.0.1 127..1 .127.0.0.1
        127.0.0.1.. [127.0.0.1] [fe80::1%25eth0] [fe80::1%eth0] [::1]x [::1 ::1 [v1.fe] %31%32%37.0.0.1 127%2e0%2e0%2e1
        ١٢٧.٠.٠.١ xn--127-fpr.0.0.1 1\u00ad27.0.0.1 127.0.0.1\u200b""".split(),
        "blocked_url",
    ),
}


@pytest.mark.parametrize("host", list(FORMS))
def test_forms_of_an_address(hostile: Hostile, host: str) -> None:
    """Read here, not by the C library: what the resolver would say is not asked."""
    result = hostile.fetch(f"http://{host}/")
    assert (result.outcome, result.kind) == (FORMS[host], "blocked")
    assert hostile.dialled == []


@pytest.mark.parametrize("host", ["16843009", "0x01010101", "1.65793", "0x1.1.257", "1。1。1。1", "1.1.1.1."])
def test_forms_of_a_public_address_are_dialled_as_what_they_mean(hostile: Hostile, host: str) -> None:
    result = hostile.fetch(f"http://{host}/")
    assert (result.outcome, hostile.dialled) == ("ok", [OTHER])
    assert b"\r\nHost: 1.1.1.1\r\n" in hostile.asked[0]


@pytest.mark.parametrize("address", ["fe80::1%eth0", "::1%lo", "1.1.1.1%eth0", "localhost", "", "1.1.1", "2130706433"])
def test_an_answer_that_is_no_plain_address(hostile: Hostile, address: str) -> None:
    hostile.answers["example.com"] = [[PUBLIC, address]]
    assert hostile.fetch("http://example.com/").outcome == "blocked_address"
    assert hostile.dialled == []


def test_a_name_is_resolved_once(hostile: Hostile) -> None:
    """Rebinding: the second answer would lead inside, and nobody asks for it."""
    hostile.answers["example.com"] = [[PUBLIC], ["127.0.0.1"]]
    assert hostile.fetch("http://example.com/").outcome == "ok"
    assert hostile.dialled == [PUBLIC]
    assert hostile.fetch("http://example.com/").outcome == "blocked_address"


def test_a_name_that_is_another_names_alias_is_judged_by_its_addresses(hostile: Hostile) -> None:
    """A CNAME to an inner name shows only in what it resolves to."""
    hostile.answers["alias.example.com"] = [["10.0.0.9"]]
    result = hostile.fetch("http://alias.example.com/")
    assert (result.outcome, result.hops[0].judged) == ("blocked_address", (("10.0.0.9", "private"),))


def test_both_families_are_judged(hostile: Hostile) -> None:
    hostile.answers = {"a.example": [[PUBLIC, "fd00::1"]], "b.example": [["10.0.0.1", PUBLIC_6]]}
    assert hostile.fetch("http://a.example/").outcome == "blocked_address"
    assert hostile.fetch("http://b.example/").outcome == "blocked_address"
    hostile.answers["c.example"] = [[PUBLIC_6, PUBLIC]]
    assert hostile.fetch("http://c.example/").peer == PUBLIC_6


def test_three_addresses_are_tried_and_no_fourth(hostile: Hostile) -> None:
    hostile.allowed |= {f"1.1.1.{number}" for number in range(1, 10)}
    hostile.answers["example.com"] = [[f"1.1.1.{number}" for number in range(1, 10)]]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

        def nobody(address: str, wanted: int) -> tuple[str, int]:
            hostile.dial(address, wanted)
            return "127.0.0.1", port

        result = hostile.fetch("http://example.com/", dial_map=nobody)
    assert (result.outcome, result.kind) == ("connect_failed", "retry")
    assert hostile.dialled == ["1.1.1.1", "1.1.1.2", "1.1.1.3"]


def test_the_second_address_answers(hostile: Hostile) -> None:
    hostile.answers["example.com"] = [[OTHER, PUBLIC]]

    def first_is_away(address: str, port: int) -> tuple[str, int]:
        where = hostile.dial(address, port)
        return ("127.0.0.1", 1) if address == OTHER else where

    result = hostile.fetch("http://example.com/", dial_map=first_is_away)
    assert (result.outcome, result.peer) == ("ok", PUBLIC)


@pytest.mark.parametrize(
    ("error", "outcome", "kind"),
    [
        (socket.gaierror(socket.EAI_NONAME, "no"), "dns_nxdomain", "failed"),
        (socket.gaierror(socket.EAI_AGAIN, "later"), "dns_failure", "retry"),
        (socket.gaierror(socket.EAI_FAIL, "servfail"), "dns_failure", "retry"),
        (OSError("no network"), "dns_failure", "retry"),
        (UnicodeError("label too long"), "dns_nxdomain", "failed"),
        (ValueError("embedded null character"), "dns_failure", "retry"),
        (OverflowError("port"), "dns_failure", "retry"),
        (RuntimeError("can't start new thread"), "dns_failure", "retry"),
        (MemoryError(), "dns_failure", "retry"),
        (None, "dns_nxdomain", "failed"),
    ],
)
def test_names_without_an_address(hostile: Hostile, error: Exception | None, outcome: str, kind: str) -> None:
    def failing(host: str, port: int) -> list[str]:
        if error is not None:
            raise error
        return []

    result = hostile.fetch("http://example.com/", resolver=failing)
    assert (result.outcome, result.kind, hostile.dialled) == (outcome, kind, [])


def test_nobody_takes_the_connection(hostile: Hostile) -> None:
    """A full queue of a listener that accepts nothing: the clock ends it."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as silent:
        port = silent.getsockname()[1]
        waiting = [socket.socket() for _number in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        time.sleep(0.05)
        started = time.monotonic()
        result = hostile.fetch("http://example.com/", HASTY, dial_map=lambda address, _port: ("127.0.0.1", port))
        assert (result.outcome, result.kind) == ("timeout", "retry")
        assert time.monotonic() - started < HASTY.total_seconds + 1.5
        for one in waiting:
            one.close()


def test_an_opened_range_is_dialled_on_its_ports_alone(hostile: Hostile) -> None:
    policy = replace(POLICY, allowed=parse_allowed("10.1.0.0/16:80"), allowed_hosts=frozenset({"wiki"}))
    hostile.answers = {"wiki": [["10.1.2.3"]], "both.example": [["10.1.2.3", "10.2.0.1"]]}
    hostile.allowed.add("10.1.2.3")
    assert hostile.fetch("http://wiki/", policy).outcome == "ok"
    assert hostile.dialled == ["10.1.2.3"]
    hostile.dialled.clear()  # close() asks for public ones
    for url in ("https://wiki/", "http://10.2.0.1/", "http://both.example/", "http://127.0.0.1/"):
        assert hostile.fetch(url, policy).outcome == "blocked_address"


@pytest.mark.parametrize(
    "url", ["http://user:secret@example.com/a", "http://user:secret@[::1", "https://a:secret@b@c.com"]
)
def test_refused_credentials_do_not_stand_in_the_record(hostile: Hostile, url: str) -> None:
    result = hostile.fetch(url)
    assert (result.outcome, result.kind) == ("blocked_url", "blocked")
    assert "secret" not in result.submitted_url + result.final_url

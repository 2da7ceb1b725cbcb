"""Which addresses are dialled: the table, its borders, and what `ipaddress` would let through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.lib.fetching.addresses import is_allowed, judge, parse_allowed

REFUSED = """0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.255 127.0.0.1 127.255.255.255
    169.254.0.1 169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.1 192.0.2.1 192.88.99.1 192.168.0.1
    198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 168.63.129.16
    :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:0:127.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1
    100:0:0:1::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 4000::1 2001::1 2001:2::1 2001:10::1
    2001:db8::1 2002:7f00:1::1 3fff::1 localhost example.com 1.2.3 2130706433""".split()
ALLOWED = """1.1.1.1 8.8.8.8 100.63.255.254 100.128.0.1 172.15.255.255 172.32.0.1 192.0.1.1 198.17.255.255 198.20.0.1
    223.255.255.255 2606:4700::1111 2a00:1450::1 ::ffff:8.8.8.8 2003::1""".split()


@pytest.mark.parametrize("address", REFUSED)
def test_refused(address: str) -> None:
    assert judge(address)


@pytest.mark.parametrize("address", ALLOWED)
def test_allowed(address: str) -> None:
    assert judge(address) == ""


@given(st.ip_addresses(v=6))
def test_ipv6_is_an_allow_list(address: object) -> None:
    first = int(str(address).split(":", 1)[0] or "0", 16)
    mapped = getattr(address, "ipv4_mapped", None)
    if mapped is None and not 0x2000 <= first <= 0x3FFF:
        assert judge(str(address))


@given(st.text(max_size=30))
def test_any_text_is_judged(text: str) -> None:
    assert isinstance(judge(text), str)


def test_an_opened_range_is_open_on_its_ports_only() -> None:
    ranges = parse_allowed("10.1.0.0/16:80,8080 [fd00::]/8:443")
    assert is_allowed("10.1.2.3", 8080, ranges)
    assert not is_allowed("10.1.2.3", 443, ranges)
    assert not is_allowed("10.2.0.1", 80, ranges)
    assert is_allowed("fd00::5", 443, ranges)
    assert is_allowed("::ffff:10.1.2.3", 80, ranges)


@pytest.mark.parametrize(
    "text", ["10.0.0.0/8", "10.0.0.0/8:", "10.0.0.0/8:0", "10.0.0.0/8:http", "ten:80", "10.0.0.1/8:80"]
)
def test_a_range_that_cannot_be_read_says_so(text: str) -> None:
    with pytest.raises(ValueError, match="SOURCES_ALLOWED_RANGES"):
        parse_allowed(text)

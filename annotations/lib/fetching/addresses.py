"""Which addresses may be dialled. An own table: `ipaddress.is_global` changes with the patch release and lets families through.

Sources: the IANA special-purpose registries for IPv4 and IPv6, plus cloud providers' metadata addresses.
"""

from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

_REFUSED_4 = tuple(
    (IPv4Network(net), why)
    for net, why in (
        ("0.0.0.0/8", "this_network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link_local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "protocol"),
        ("192.0.2.0/24", "documentation"),
        ("192.88.99.0/24", "relay"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
        ("168.63.129.16/32", "metadata"),  # a cloud's wire server, globally routable by the registry
    )
)
_ALLOWED_6 = IPv6Network("2000::/3")
_REFUSED_6 = tuple(
    (IPv6Network(net), why)
    for net, why in (
        ("2001::/23", "protocol"),  # Teredo, benchmarking, ORCHID
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "relay"),  # 6to4: carries an IPv4 address
        ("3fff::/20", "documentation"),
    )
)


@dataclass(frozen=True, slots=True)
class AllowedRange:
    """An intranet range that the operator opens, for these ports only."""

    network: IPv4Network | IPv6Network
    ports: frozenset[int]


@lru_cache(maxsize=16)
def parse_allowed(text: str) -> tuple[AllowedRange, ...]:
    """`"10.1.0.0/16:80,443 [fd00::]/8:8080"` → ranges; raises ValueError that names the item at fault."""
    found = []
    for item in text.split():
        network, colon, ports = item.rpartition(":")
        try:
            if not colon:
                raise ValueError("the ports are missing")
            numbers = frozenset(int(port) for port in ports.split(","))
            if not all(0 < number < 65536 for number in numbers):
                raise ValueError("a port is out of range")
            found.append(AllowedRange(ip_network(network.replace("[", "").replace("]", "")), numbers))
        except ValueError as error:
            raise ValueError(
                f"SOURCES_ALLOWED_RANGES: {item!r}: {error}. Write for example 10.1.0.0/16:80,443"
            ) from error
    return tuple(found)


@lru_cache(maxsize=4096)  # each hop asks three times
def literal_address(host: str) -> str:
    """The address that the host is written as, in its usual form; "" for a name."""
    try:
        return str(ip_address(host))
    except ValueError:
        return ""


@lru_cache(maxsize=4096)  # the table never changes
def judge(address: str) -> str:
    """Why this address is not dialled ("loopback", "private", …), or "" when it may be."""
    try:
        ip = ip_address(address)
    except ValueError:
        return "malformed"  # also zone ids such as fe80::1%eth0
    if isinstance(ip, IPv6Address):
        if ip.scope_id is not None:
            return "link_local"
        if ip.ipv4_mapped is None:
            return _judge_6(ip)
        ip = ip.ipv4_mapped
    return next((why for network, why in _REFUSED_4 if ip in network), "")


def _judge_6(ip: IPv6Address) -> str:
    if ip not in _ALLOWED_6:
        return "loopback" if ip.is_loopback else "not_public"
    if int(ip) >> 32 & 0xFDFFFFFF == 0x00005EFE:  # ISATAP, under any prefix: carries an IPv4 address
        return "relay"
    return next((why for network, why in _REFUSED_6 if ip in network), "")


def is_allowed(address: str, port: int, allowed: tuple[AllowedRange, ...]) -> bool:
    """The operator opened this address on this port."""
    if not allowed:
        return False
    try:
        ip: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return any(port in entry.ports and ip.version == entry.network.version and ip in entry.network for entry in allowed)

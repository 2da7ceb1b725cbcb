"""What may be asked for, judged by its text before any name is resolved; and the key that finds the same link twice."""

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import httpx2
import idna
from url_normalize import url_normalize

from annotations.lib.fetching.addresses import is_allowed, literal_address
from annotations.lib.fetching.policy import Policy

MOST_URL, MOST_HOST, MOST_LABEL = 2048, 253, 63
PORTS = frozenset({80, 443})
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")  # NUL ends the name for the C library
_ESCAPED = re.compile(r"%0[0ad]", re.IGNORECASE)
_SCHEME = re.compile(r"https?://", re.IGNORECASE | re.ASCII)  # else the long s of old prints is one
_PORT_END = re.compile(r":[^:\]]*$")
_REFUSED_ENDS = (".local", ".internal", ".localhost", ".onion", ".i2p", ".home.arpa")
_TRACKERS = re.compile(
    r"utm_[a-z_]+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_hs(enc|mi)|ref_src|s_cid", re.IGNORECASE
)


class UrlRefused(ValueError):
    """`code`: empty, too_long, characters, scheme, credentials, host, refused_host, own_host, port or malformed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class CheckedUrl:
    """A URL that passed the rules on its text. The addresses behind its host are judged when it is dialled."""

    url: str
    scheme: str
    host: str  # ASCII, lower case, without a trailing dot
    port: int
    target: str  # path and query as sent


@lru_cache(maxsize=1024)  # whoever enters, queues and fetches an address asks again
def check_url(url: str, policy: Policy) -> CheckedUrl:
    """The parsed URL; raises UrlRefused. One strict parser only: parsers that disagree are how guards are fooled."""
    if not url:
        raise UrlRefused("empty")
    if len(url) > MOST_URL:
        raise UrlRefused("too_long")
    bare = url.partition("#")[0]  # what is sent
    if _UNSAFE.search(url) or _ESCAPED.search(bare.partition("?")[0]):
        raise UrlRefused("characters")
    if not _SCHEME.match(url):
        raise UrlRefused("scheme")
    authority = bare.partition("//")[2].partition("/")[0].partition("?")[0]
    if "@" in authority:
        raise UrlRefused("credentials")
    if "%" in authority or (
        not authority.isascii() and _PORT_END.search(authority) and not authority.rpartition(":")[2].isascii()
    ):
        raise UrlRefused("host")
    try:
        url.encode()  # half a pair of surrogates, which nothing stores
        parsed = httpx2.URL(bare)
        port_text = _port_text(authority)
    except (httpx2.InvalidURL, ValueError, UnicodeError) as error:
        raise UrlRefused("malformed") from error
    if parsed.userinfo:
        raise UrlRefused("credentials")
    scheme = parsed.scheme.lower()
    host = _host(parsed.raw_host.decode("ascii", "replace"))
    port = parsed.port or (443 if scheme == "https" else 80)
    _refuse_host(host, port, policy)
    if port_text not in ("", str(port)) or not (port in PORTS or any(port in entry.ports for entry in policy.allowed)):
        raise UrlRefused("port")
    return CheckedUrl(str(parsed), scheme, host, port, parsed.raw_path.decode("ascii"))


def _port_text(authority: str) -> str:
    tail = authority.rpartition("]")[2] if "]" in authority else authority
    _host_part, colon, port = tail.partition(":")
    if colon and not (port.isascii() and port.isdigit() and not port.startswith("0")) and port:
        raise ValueError("port")
    return port


@lru_cache(maxsize=1024)  # the same hosts come again, and IDNA is slow
def _host(raw: str) -> str:
    host = raw.lower()
    if not host:
        raise UrlRefused("host")
    if ":" in host:  # one spelling for each address, so that it is known again
        ip = IPv6Address(host)
        return str(ip.ipv4_mapped or ip)
    host = host[:-1] if host.endswith(".") else host
    if not host or len(host) > MOST_HOST or any(not label or len(label) > MOST_LABEL for label in host.split(".")):
        raise UrlRefused("host")
    if _ends_in_a_number(host):
        return _ipv4(host)
    try:
        host = idna.encode(host, uts46=True, std3_rules=True).decode("ascii")
    except idna.IDNAError as error:
        if not re.fullmatch(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*", host):  # underscores occur in real names
            raise UrlRefused("host") from error
    return _ipv4(host) if _ends_in_a_number(host) else host


def _ends_in_a_number(host: str) -> bool:
    return re.fullmatch(r"[0-9]+|0x[0-9a-f]*", host.rpartition(".")[2]) is not None


def _ipv4(host: str) -> str:
    """The address that 2130706433, 0x7f.1, 0177.0.0.1 and 127.1 mean (as browsers read them), so that one is judged.

    The C library reads them too, but not each of them alike: none is left to it.
    """
    parts = host.split(".")
    try:
        numbers = [_number(part) for part in parts]
    except ValueError as error:
        raise UrlRefused("host") from error
    if len(parts) > 4 or any(number > 255 for number in numbers[:-1]) or numbers[-1] >= 256 ** (5 - len(parts)):
        raise UrlRefused("host")
    value = numbers[-1] + sum(number << 8 * (3 - place) for place, number in enumerate(numbers[:-1]))
    return str(IPv4Address(value))


def _number(part: str) -> int:
    if not re.fullmatch(r"[0-9]+|0x[0-9a-f]*", part):  # int() would take 1_0 and +1 as well
        raise ValueError("number")
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    return int(part, 8 if part.startswith("0") else 10)


def _refuse_host(host: str, port: int, policy: Policy) -> None:
    literal = literal_address(host)
    if literal and is_allowed(literal, port, policy.allowed):
        return
    if _named(host, policy.own_hosts):
        raise UrlRefused("own_host")
    if literal:
        return  # judged when dialled, like every answer of the resolver
    if ("." not in host or f".{host}".endswith(_REFUSED_ENDS)) and not _named(host, policy.allowed_hosts):
        raise UrlRefused("refused_host")


def _named(host: str, names: frozenset[str]) -> bool:
    return host in names or any(name.startswith(".") and f".{host}".endswith(name) for name in names)


@lru_cache(maxsize=64)  # for every policy that is made
def own_host(name: str) -> str:
    """A name of ours as a Policy has it: as the DNS is asked for it, without brackets or a last dot."""
    bare = name.strip().strip("[]").rstrip(".").lower()
    try:
        if ":" in bare:
            return _host(bare)
        return ("." if bare.startswith(".") else "") + idna.encode(bare.lstrip("."), uts46=True).decode("ascii")
    except ValueError:  # IDNAError is one
        return bare


def parse_names(text: str) -> frozenset[str]:
    """`"wiki.corp.internal .intra.local"` as a Policy has it; raises ValueError that names the item at fault."""
    for item in text.split():
        if not re.fullmatch(r"\.?[\w-]+(\.[\w-]+)*", item):
            raise ValueError(
                f"SOURCES_ALLOWED_HOSTS: {item!r} is no name. Write for example wiki.corp.internal .intra.local"
            )
    return frozenset(map(own_host, text.split()))


def url_key(url: str) -> str:
    """The same page under another spelling has the same key. For finding doubles only: what was given is what is fetched."""
    try:
        normal = url_normalize(url.strip()) or url
    except ValueError:
        normal = url
    try:
        parts = urlsplit(normal)
    except ValueError:  # none that would be fetched
        return url[:MOST_URL]
    query = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKERS.fullmatch(name)
    ]
    key = urlunsplit((parts.scheme, parts.netloc, parts.path or "/", urlencode(sorted(query)), ""))
    if len(key) > MOST_URL:  # letters that are not Latin take six signs each: the end counts as well
        key = key[: MOST_URL - 65] + "#" + sha256(key.encode("utf-8", "replace")).hexdigest()
    return key

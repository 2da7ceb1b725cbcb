"""What may be asked for, judged by its text before any name is resolved; and the key that finds the same link twice."""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import httpx2
import idna
from url_normalize import url_normalize

from annotations.lib.fetching.addresses import is_allowed
from annotations.lib.fetching.policy import Policy

MOST_URL, MOST_HOST, MOST_LABEL = 2048, 253, 63
PORTS = frozenset({80, 443})
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]|%0[0ad]", re.IGNORECASE)  # NUL ends the name for the C library
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


def check_url(url: str, policy: Policy) -> CheckedUrl:
    """The parsed URL; raises UrlRefused. One strict parser only: parsers that disagree are how guards are fooled."""
    if not url:
        raise UrlRefused("empty")
    if len(url) > MOST_URL:
        raise UrlRefused("too_long")
    authority = url.split("//", 1)[-1].split("/", 1)[0].split("?", 1)[0].split("#", 1)[0]
    if _UNSAFE.search(url.split("?", 1)[0].split("#", 1)[0]) or re.search(r"[\x00-\x20\x7f\\]", url):
        raise UrlRefused("characters")
    if not re.match(r"https?://", url, re.IGNORECASE):
        raise UrlRefused("scheme")
    if "@" in authority:
        raise UrlRefused("credentials")
    if "%" in authority or (
        not authority.isascii() and re.search(r":[^:\]]*$", authority) and not authority.rpartition(":")[2].isascii()
    ):
        raise UrlRefused("host")
    try:
        parsed = httpx2.URL(url)
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
    return CheckedUrl(str(parsed.copy_with(fragment=None)), scheme, host, port, parsed.raw_path.decode("ascii"))


def _port_text(authority: str) -> str:
    tail = authority.rpartition("]")[2] if "]" in authority else authority
    _host_part, colon, port = tail.partition(":")
    if colon and not (port.isascii() and port.isdigit() and not port.startswith("0")) and port:
        raise ValueError("port")
    return port


def _host(raw: str) -> str:
    host = raw.lower()
    if not host:
        raise UrlRefused("host")
    if ":" in host or host.startswith("["):
        return host.strip("[]")
    host = host[:-1] if host.endswith(".") else host
    if not host or len(host) > MOST_HOST or any(not label or len(label) > MOST_LABEL for label in host.split(".")):
        raise UrlRefused("host")
    try:
        return idna.encode(host, uts46=True, std3_rules=True).decode("ascii") if not _is_numeric(host) else host
    except idna.IDNAError as error:
        if re.fullmatch(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*", host):  # underscores occur in real names
            return host
        raise UrlRefused("host") from error


def _is_numeric(host: str) -> bool:
    return re.fullmatch(r"[0-9a-fx.]+", host) is not None and host[-1:].isalnum()


def _refuse_host(host: str, port: int, policy: Policy) -> None:
    literal = _literal(host)
    if literal and is_allowed(literal, port, policy.allowed):
        return
    if host in policy.own_hosts:
        raise UrlRefused("own_host")
    if literal:
        return  # judged when dialled, like every answer of the resolver
    named = host in policy.allowed_hosts
    if not named and (("." not in host and not _is_numeric(host)) or host.endswith(_REFUSED_ENDS)):
        raise UrlRefused("refused_host")


def _literal(host: str) -> str:
    try:
        return str(ip_address(host))
    except ValueError:
        return ""


def url_key(url: str) -> str:
    """The same page under another spelling has the same key. For finding doubles only: what was given is what is fetched."""
    try:
        normal = url_normalize(url.strip()) or url
    except (ValueError, UnicodeError):
        normal = url
    parts = urlsplit(normal)
    query = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKERS.fullmatch(name)
    ]
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", urlencode(sorted(query)), ""))[:MOST_URL]

"""The operator's outgoing proxy: asked for a tunnel to an address that is judged already, so it resolves nothing."""

import base64
import re
import time
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

import httpcore2

from annotations.lib.fetching.bodies import Ended

MOST_HEAD = 16_384  # bytes of the proxy's answer
_UNREACHED = frozenset({502, 503, 504})  # the proxy tried, the address did not answer
_STATUS_LINE = re.compile(rb"HTTP/1\.[01] ([1-9][0-9]{2})(?: [^\r\n]*)?\r?\n")


@dataclass(frozen=True, slots=True)
class Proxy:
    """Where the proxy listens. `authorization`: the value of Proxy-Authorization, "" for none; the proxy alone sees it."""

    host: str
    port: int
    authorization: str = field(default="", repr=False)


def parse_proxy(text: str) -> Proxy | None:
    """`"http://user:password@proxy.example.org:3128"` → Proxy, "" → None; raises ValueError, which never holds the password."""
    if not text:
        return None
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise ValueError("it is not an address") from None
    if re.search(r"[\x00-\x20\x7f\\]", text) or not text.isascii():
        raise ValueError("it holds spaces or signs that must be written with %")
    if parts.scheme.lower() != "http":
        raise ValueError("only an http:// proxy is spoken to; https through it is encrypted all the same")
    if not parts.hostname:
        raise ValueError("the host is missing")
    if not port:
        raise ValueError("the port is missing")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError("nothing may stand after the port")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if ":" in user or any(ord(sign) < 32 or ord(sign) == 127 for sign in user + password):
        raise ValueError("the user holds a colon, or the user or the password holds control characters")
    if not user and "@" in parts.netloc:
        raise ValueError("the user is missing before the @")
    token = base64.b64encode(f"{user}:{password}".encode()).decode()
    return Proxy(parts.hostname, port, f"Basic {token}" if user else "")


def open_tunnel(stream: httpcore2.NetworkStream, proxy: Proxy, address: str, port: int, *, seconds: float) -> None:
    """CONNECT to the address over a connection to the proxy; afterwards the stream leads there.

    Raises httpcore2.ConnectError or ConnectTimeout when the proxy could not get there (the next address may do), and
    Ended with `proxy_refused` or, for an answer that is not one of a proxy, `proxy_unreachable`.
    """
    until = time.monotonic() + seconds
    target = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
    lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}"]
    if proxy.authorization:
        lines.append(f"Proxy-Authorization: {proxy.authorization}")
    try:
        stream.write("".join(f"{line}\r\n" for line in (*lines, "")).encode("ascii"), timeout=seconds)
        status = _status(_head(stream, until))
    except (httpcore2.ReadTimeout, httpcore2.WriteTimeout) as error:
        raise httpcore2.ConnectTimeout("the proxy gave no answer in time") from error
    except (httpcore2.ReadError, httpcore2.WriteError) as error:
        raise Ended("proxy_unreachable") from error
    if status in _UNREACHED:
        raise httpcore2.ConnectError(f"the proxy answered {status}")
    if not 200 <= status < 300:
        raise Ended("proxy_refused")


def _head(stream: httpcore2.NetworkStream, until: float) -> bytes:
    """Byte by byte, because what follows the blank line belongs to the tunnel."""
    head = bytearray()
    while not head.endswith((b"\r\n\r\n", b"\n\n")):
        left = until - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout
        byte = stream.read(1, timeout=left)
        if not byte or len(head) >= MOST_HEAD:
            raise Ended("proxy_unreachable")
        head += byte
    return bytes(head)


def _status(head: bytes) -> int:
    found = _STATUS_LINE.match(head)
    if found is None:
        raise Ended("proxy_unreachable")
    return int(found.group(1))

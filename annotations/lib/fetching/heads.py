"""What the head of an answer means: is it one at all, where does it lead, how did it go. Pure; the answer is an attacker's."""

import re
import time
from collections.abc import Sequence
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from annotations.lib.fetching.bodies import Ended
from annotations.lib.fetching.results import Headers
from annotations.lib.fetching.urls import UrlRefused

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_HEADERS = 256
MOST_VALIDATOR = 1000  # characters of an ETag or a date that is sent back
LONGEST_WAIT = 30 * 86400.0  # seconds of a Retry-After that are believed
_PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
_WITHOUT_PAGE = frozenset({204, 205, 206})  # nothing, or a part that was not asked for


def check(version: bytes, status: int, headers: Sequence[tuple[str, str]]) -> None:
    """Raises Ended for an answer that two readers could read as two different things."""
    names = [name.lower() for name, _value in headers]
    chunked = "transfer-encoding" in names
    if version not in (b"HTTP/1.0", b"HTTP/1.1") or status < 200 or len(names) > MOST_HEADERS:
        raise Ended("protocol_error")
    if chunked and ("content-length" in names or version == b"HTTP/1.0"):
        raise Ended("protocol_error")


def declared_length(headers: Sequence[tuple[str, str]]) -> int:
    """The Content-Length, 0 without one."""
    value = next((value for name, value in headers if name.lower() == "content-length"), "")
    return int(value) if value.isascii() and value.isdigit() else 0


def verdict(status: int, *, conditional: bool) -> str:
    """The outcome of a final answer. Not modified is only what was asked about conditionally."""
    if status == 304:
        return "not_modified" if conditional else "protocol_error"
    return "ok" if 200 <= status < 300 and status not in _WITHOUT_PAGE else "http_error"


def location(status: int, headers: Sequence[tuple[str, str]], base: str) -> str | None:
    """Where the answer leads, without a fragment; None when nowhere. Raises UrlRefused for a place that is none."""
    target = next((value for name, value in headers if name.lower() == "location"), "") if status in REDIRECTS else ""
    if not target:
        return None
    if re.search(r"[\x00-\x20\x7f\\]", target):  # before the join, which would drop tabs and line ends
        raise UrlRefused("characters")
    raw = target.encode("latin-1")
    try:
        target = raw.decode("utf-8")  # sent bare by many sites whose addresses are not Latin
    except UnicodeDecodeError:
        target = quote(raw, safe=_PRINTABLE)
    try:
        joined = urljoin(base, target)
        parts = urlsplit(joined)
    except ValueError as error:
        raise UrlRefused("malformed") from error
    return urlunsplit((parts.scheme, parts.netloc, parts.path, parts.query, "")) if parts.scheme else joined


def retry_after(headers: Sequence[tuple[str, str]]) -> float | None:
    """Seconds, from either form of the header."""
    value = next((value for name, value in headers if name.lower() == "retry-after"), "")[:64]
    if value.isascii() and value.isdigit():
        return min(float(value), LONGEST_WAIT)
    try:
        when = parsedate_to_datetime(value).timestamp() if value else None
    except (TypeError, ValueError, OverflowError, OSError):
        return None
    return None if when is None else min(max(0.0, when - time.time()), LONGEST_WAIT)


def agent(text: str) -> str:
    """What we call ourselves, as a header may say it: our own address may hold letters that are not Latin."""
    return quote(text.strip(), safe=_PRINTABLE, errors="replace")


def validators(etag: str, last_modified: str) -> Headers:
    """The headers of a conditional request. They come from an earlier answer: what cannot be sent is left out."""
    found = (("If-None-Match", etag), ("If-Modified-Since", last_modified))
    return tuple((name, value) for name, value in found if _sendable(value))


def _sendable(value: str) -> bool:
    return (
        0 < len(value) <= MOST_VALIDATOR and re.fullmatch(r"[\x21-\xff](?:[\x20-\xff]*[\x21-\xff])?", value) is not None
    )

"""One fetch: GET, HTTP/1.1, own redirect loop, every hop through the whole check. Never raises for network trouble."""

import ssl
import time
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpcore2

from annotations.lib.fetching.guard import (
    Budget,
    DialMap,
    GuardedBackend,
    NoAddress,
    Refused,
    Resolver,
    Spent,
    system_resolver,
)
from annotations.lib.fetching.policy import Policy
from annotations.lib.fetching.urls import CheckedUrl, UrlRefused, check_url

__all__ = ["FetchResult", "GuardedFetcher", "Policy"]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_RETRY_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_RESTRICTED_STATUS = frozenset({401, 402, 403, 407, 440, 449, 451})
_RETRY = frozenset({"dns_failure", "connect_failed", "timeout", "reset"})
_BLOCKED = frozenset({"blocked_url", "blocked_address", "blocked_port"})
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FetchResult:
    """How a fetch ended. `chain`: each hop's URL and status (0: no answer). Sizes in bytes."""

    outcome: str
    submitted_url: str
    final_url: str
    status: int | None = None
    chain: tuple[tuple[str, int], ...] = ()
    request_headers: Headers = ()
    response_headers: Headers = ()
    body: bytes = b""
    wire_bytes: int = 0
    elapsed_ms: int = 0
    peer: str = ""
    downgraded: bool = False  # https led to http
    retry_after: float | None = None
    judged: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @property
    def kind(self) -> str:
        """What follows: "ready", "retry", "needs_copy" (a person can bring one), "blocked", or "failed"."""
        if self.outcome in ("ok", "not_modified"):
            return "ready"
        if self.outcome in _BLOCKED:
            return "blocked"
        if self.outcome in _RETRY or (self.outcome == "http_error" and self.status in _RETRY_STATUS):
            return "retry"
        if self.outcome == "http_error" and self.status in _RESTRICTED_STATUS:
            return "needs_copy"
        return "failed"

    def header(self, name: str) -> str:
        """The first header of this name, "" without one."""
        return next((value for key, value in self.response_headers if key.lower() == name.lower()), "")


class _Ended(Exception):
    """The hop ended with this outcome."""

    def __init__(self, outcome: str) -> None:
        super().__init__(outcome)
        self.outcome = outcome


@dataclass(slots=True)
class _Hop:
    status: int
    headers: Headers
    body: bytes
    peer: str
    judged: tuple[tuple[str, str], ...]


class GuardedFetcher:
    """Fetches one URL at a time under a policy. `resolver` and `dial_map` are for tests."""

    def __init__(
        self, policy: Policy, *, resolver: Resolver = system_resolver, dial_map: DialMap | None = None
    ) -> None:
        self.policy = policy
        self.resolver = resolver
        self.dial_map = dial_map
        self.tls = _tls_context()

    def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> FetchResult:
        """GET the URL, following redirects; conditional when a validator is given."""
        started = time.monotonic()
        budget = Budget(self.policy)
        chain: list[tuple[str, int]] = []
        request = self._headers(etag, last_modified)
        where, hop, outcome = url, None, "ok"
        downgraded = False
        try:
            while True:
                checked = check_url(where, self.policy)
                if any(seen == checked.url for seen, _status in chain):
                    raise _Ended("redirect_loop")
                chain.append((checked.url, 0))
                hop = self._hop(checked, budget, request)
                chain[-1] = (checked.url, hop.status)
                following = _location(hop, where)
                if following is None:
                    outcome = _verdict(hop.status)
                    break
                if len(chain) > self.policy.most_redirects:
                    raise _Ended("too_many_redirects")
                downgraded |= checked.scheme == "https" and following.lower().startswith("http:")
                where, hop = following, None
        except UrlRefused:
            outcome = "blocked_url"
        except (Refused, Spent, NoAddress) as error:
            outcome = error.code
        except _Ended as error:
            outcome = error.outcome
        return FetchResult(
            outcome=outcome,
            submitted_url=url,
            final_url=chain[-1][0] if chain else url,
            status=hop.status if hop else None,
            chain=tuple(chain),
            request_headers=request,
            response_headers=hop.headers if hop else (),
            body=hop.body if hop and outcome == "ok" else b"",
            wire_bytes=budget.received,
            elapsed_ms=round((time.monotonic() - started) * 1000),
            peer=hop.peer if hop else "",
            downgraded=downgraded,
            retry_after=_retry_after(hop),
            judged=hop.judged if hop else (),
        )

    def _headers(self, etag: str, last_modified: str) -> Headers:
        headers = [
            ("User-Agent", self.policy.user_agent),
            ("Accept", "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.8,*/*;q=0.5"),
            ("Accept-Encoding", "gzip"),
            ("Connection", "close"),
        ]
        if etag:
            headers.append(("If-None-Match", etag))
        if last_modified:
            headers.append(("If-Modified-Since", last_modified))
        return tuple(headers)

    def _hop(self, checked: CheckedUrl, budget: Budget, headers: Headers) -> _Hop:
        backend = GuardedBackend(budget, resolver=self.resolver, dial_map=self.dial_map)
        seconds = self.policy.read_seconds
        timeouts = {
            "connect": self.policy.connect_seconds,
            "read": seconds,
            "write": seconds,
            "pool": seconds,
        }
        host = f"[{checked.host}]" if ":" in checked.host else checked.host
        default = 443 if checked.scheme == "https" else 80
        named = host if checked.port == default else f"{host}:{checked.port}"
        url = httpcore2.URL(
            scheme=checked.scheme.encode(),
            host=checked.host.encode(),
            port=checked.port,
            target=checked.target.encode(),
        )
        try:
            with (
                httpcore2.ConnectionPool(
                    ssl_context=self.tls,
                    max_connections=1,
                    max_keepalive_connections=0,
                    network_backend=backend,
                ) as pool,
                pool.stream(
                    "GET", url, headers=[("Host", named), *headers], extensions={"timeout": timeouts}
                ) as response,
            ):
                answered = tuple((key.decode("latin-1"), value.decode("latin-1")) for key, value in response.headers)
                body = b"" if response.status in _REDIRECTS else self._body(response.iter_stream(), answered)
                return _Hop(response.status, answered, body, backend.peer, tuple(backend.judged))
        except httpcore2.ConnectError as error:
            raise _Ended("tls_error" if _is_tls(error) else "connect_failed") from error
        except httpcore2.TimeoutException as error:
            raise _Ended("timeout") from error
        except httpcore2.RemoteProtocolError as error:
            early = "peer closed connection" in str(error) and "complete message body" in str(error)
            raise _Ended("truncated" if early else "protocol_error") from error
        except (httpcore2.ProtocolError, httpcore2.UnsupportedProtocol, ValueError) as error:
            raise _Ended("protocol_error") from error
        except httpcore2.NetworkError as error:
            raise _Ended("tls_error" if _is_tls(error) else "reset") from error
        except ssl.SSLError as error:
            raise _Ended("tls_error") from error

    def _body(self, stream: Iterable[bytes], headers: Sequence[tuple[str, str]]) -> bytes:
        """Decoded under an own cap: libraries' decoders have been bombs."""
        codings = [
            part.strip().lower()
            for key, value in headers
            if key.lower() == "content-encoding"
            for part in value.split(",")
        ]
        codings = [coding for coding in codings if coding not in ("", "identity")]
        if codings not in ([], ["gzip"], ["x-gzip"]):
            raise _Ended("unsupported_encoding")
        return _gunzip(stream, self.policy.most_body) if codings else _joined(stream, self.policy.most_body)


def _joined(stream: Iterable[bytes], most: int) -> bytes:
    body = bytearray()
    for chunk in stream:
        body += chunk
        if len(body) > most:
            raise _Ended("too_large")
    return bytes(body)


def _gunzip(stream: Iterable[bytes], most: int) -> bytes:
    decoder, body = zlib.decompressobj(16 + zlib.MAX_WBITS), bytearray()
    try:
        for chunk in stream:
            data = chunk
            while data and not decoder.eof:
                body += decoder.decompress(data, 65536)
                if len(body) > most:
                    raise _Ended("too_large")
                data = decoder.unconsumed_tail
        body += decoder.flush()
    except zlib.error as error:
        raise _Ended("protocol_error") from error
    if len(body) > most:
        raise _Ended("too_large")
    if not decoder.eof:
        raise _Ended("truncated")
    return bytes(body)


def _location(hop: _Hop, base: str) -> str | None:
    if hop.status not in _REDIRECTS:
        return None
    target = next((value for key, value in hop.headers if key.lower() == "location"), "")
    if not target:
        return None
    joined = urljoin(base, target)
    parts = urlsplit(joined)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, parts.query, "")) if parts.scheme else joined


def _verdict(status: int) -> str:
    if status == 304:
        return "not_modified"
    return "ok" if 200 <= status < 300 and status not in (204, 205) else "http_error"


def _retry_after(hop: _Hop | None) -> float | None:
    """Seconds, from either form of the header."""
    value = next((value for key, value in hop.headers if key.lower() == "retry-after"), "") if hop else ""
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time()) if value else None
    except (TypeError, ValueError):
        return None


def _is_tls(error: Exception) -> bool:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def _tls_context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.keylog_filename = None  # type: ignore[assignment]  # SSLKEYLOGFILE must not leak sessions
    return context

"""One request that says something: GET or POST with headers and a body, through the same guard as every fetch.

Nothing is followed and nothing is repeated: what was sent once may have had its effect. Never raises for network trouble.
"""

import re
import time
from dataclasses import dataclass, field, replace
from typing import Any

import httpcore2

from annotations.lib.fetching import heads
from annotations.lib.fetching.client import GuardedFetcher, without_credentials
from annotations.lib.fetching.exchange import ENDINGS, body_of, exchange, head_of, outcome_of
from annotations.lib.fetching.guard import Budget, GuardedBackend
from annotations.lib.fetching.results import FetchResult, Headers
from annotations.lib.fetching.urls import CheckedUrl, UrlRefused, check_url

METHODS = frozenset({"GET", "POST"})
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")
# The connection's own headers; and credentials, which come as a Secret or not at all.
_RESERVED = frozenset(
    {
        "host",
        "content-length",
        "transfer-encoding",
        "connection",
        "te",
        "trailer",
        "upgrade",
        "expect",
        "accept-encoding",
    }
    | {"authorization", "proxy-authorization", "cookie"}
)


@dataclass(frozen=True, slots=True)
class Secret:
    """A header that only one place may see. `origin`: scheme, host and, where it is not the usual one, port."""

    origin: str
    name: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """How the request ended. `outcome` as in FetchResult, and `redirected`: there is an answer, and it leads elsewhere.

    `body` is there for every status, because services explain their refusals in it; `status` also when the body could not
    be read to its end. Sizes in bytes.
    """

    outcome: str
    url: str
    status: int | None = None
    headers: Headers = ()
    body: bytes = b""
    judged: tuple[tuple[str, str], ...] = ()  # each address of the name, and why it is refused ("": it is not)
    peer: str = ""
    wire_bytes: int = 0
    elapsed_ms: int = 0
    retry_after: float | None = None  # seconds, a month at the most

    @property
    def kind(self) -> str:
        """What follows: "ready", "retry", "blocked" or "failed"."""
        kind = FetchResult(self.outcome, self.url, self.url, status=self.status).kind
        return "failed" if kind == "needs_copy" else kind

    def header(self, name: str) -> str:
        """The first header of this name, "" without one."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


class GuardedSender:
    """Sends as the fetcher fetches: its policy, proxy, resolver and TLS. `limits`: fields of the policy that are other here."""

    def __init__(self, fetcher: GuardedFetcher, **limits: Any) -> None:
        self._fetcher = fetcher
        self.policy = replace(fetcher.policy, **limits)

    def send(
        self, method: str, url: str, *, headers: Headers = (), body: bytes = b"", secret: Secret | None = None
    ) -> Reply:
        """One request, one answer. ValueError for a method or a header that must not be sent; to a URL that is not of the
        secret's origin nothing is sent at all (`blocked_url`)."""
        _check(method, headers, secret)
        started, budget = time.monotonic(), Budget(self.policy)
        backend = GuardedBackend(
            budget,
            resolver=self._fetcher.resolver,
            dial_map=self._fetcher.dial_map,
            proxy=self._fetcher.proxy,
        )
        answer, outcome = _Answer(), ""
        try:
            checked = check_url(url, self.policy)
            sent = self._all(method, checked, headers, body, secret)
            tls = self._fetcher.tls_for(checked)
            with exchange(method, checked, backend, tls=tls, headers=sent, content=body or None) as response:
                self._read(response, answer)
            outcome = _verdict(answer)
        except ENDINGS as error:
            outcome = outcome_of(error)
        return Reply(
            outcome=outcome,
            url=without_credentials(url),
            status=answer.status,
            headers=answer.headers,
            body=answer.body,
            judged=tuple(backend.judged),
            peer=backend.peer,
            wire_bytes=budget.received,
            elapsed_ms=round((time.monotonic() - started) * 1000),
            retry_after=heads.retry_after(answer.headers),
        )

    def _all(self, method: str, checked: CheckedUrl, headers: Headers, body: bytes, secret: Secret | None) -> Headers:
        found = list(headers)
        if not any(name.lower() == "user-agent" for name, _value in headers):
            found.append(("User-Agent", heads.agent(self.policy.user_agent)))
        found += [("Accept-Encoding", "gzip"), ("Connection", "close")]
        if body or method == "POST":
            found.append(("Content-Length", str(len(body))))
        if secret is not None:
            at = check_url(secret.origin, self.policy)
            if (at.scheme, at.host, at.port) != (checked.scheme, checked.host, checked.port):
                raise UrlRefused("credentials")
            found.append((secret.name, secret.value))
        return tuple(found)

    def _read(self, response: httpcore2.Response, answer: "_Answer") -> None:
        """`answer` is told what came, however it ends: a host that has answered 200 has heard us, whatever its body is."""
        headers = head_of(response)
        answer.status, answer.headers = response.status, headers
        answer.body = body_of(response, headers, self.policy)


@dataclass(slots=True)
class _Answer:
    status: int | None = None
    headers: Headers = ()
    body: bytes = b""


def _verdict(answer: _Answer) -> str:
    status = answer.status or 0
    if status in heads.REDIRECTS and any(name.lower() == "location" for name, _value in answer.headers):
        return "redirected"
    return "ok" if 200 <= status < 300 else "http_error"


def _check(method: str, headers: Headers, secret: Secret | None) -> None:
    if method not in METHODS:
        raise ValueError(f"{method} is not sent")
    for name, value in (*headers, *(((secret.name, secret.value),) if secret else ())):
        if not _TOKEN.fullmatch(name) or not _VALUE.fullmatch(value):
            raise ValueError(f"the header {name!r} cannot be sent")  # never the value: it may be the secret
    for name, _value in headers:
        if name.lower() in _RESERVED:
            raise ValueError(f"the header {name!r} is not the caller's")

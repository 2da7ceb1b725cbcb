"""One fetch: GET, HTTP/1.1, own redirect loop, every hop through the whole check. Never raises for network trouble."""

import re
import ssl
import time
from dataclasses import dataclass
from functools import cache

import httpcore2

from annotations.lib.fetching import heads
from annotations.lib.fetching.bodies import Ended
from annotations.lib.fetching.exchange import ENDINGS, body_of, exchange, head_of, outcome_of
from annotations.lib.fetching.guard import Budget, DialMap, GuardedBackend
from annotations.lib.fetching.policy import Policy
from annotations.lib.fetching.proxying import Proxy
from annotations.lib.fetching.resolving import Resolver, system_resolver
from annotations.lib.fetching.results import FetchResult, Headers, Hop
from annotations.lib.fetching.urls import CheckedUrl, check_url

__all__ = ["FetchResult", "GuardedFetcher", "Hop", "Policy"]


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Headers
    body: bytes


class GuardedFetcher:
    """Fetches one URL at a time under a policy, through the operator's proxy when one is given.

    `resolver`, `dial_map` and `tls` are for tests: an own resolver, where a judged address is really dialled, and a
    context that trusts a test's authority. A context that does not verify is refused (ValueError).
    """

    def __init__(
        self,
        policy: Policy,
        *,
        proxy: Proxy | None = None,
        resolver: Resolver = system_resolver,
        dial_map: DialMap | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.policy = policy
        self.proxy = proxy
        self.resolver = resolver
        self.dial_map = dial_map
        self._tls = _strict(tls) if tls else None
        self._request = (
            ("User-Agent", heads.agent(policy.user_agent)),
            ("Accept", "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.8,*/*;q=0.5"),
            ("Accept-Encoding", "gzip"),
            ("Connection", "close"),
        )

    @property
    def tls(self) -> ssl.SSLContext:
        """What verifies a host."""
        return self._tls or system_tls()

    def tls_for(self, checked: CheckedUrl) -> ssl.SSLContext | None:
        """None for http, so that the authorities are read only when they are needed."""
        return self.tls if checked.scheme == "https" else None

    def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> FetchResult:
        """GET the URL, following redirects; conditional when a validator is given."""
        started = time.monotonic()
        budget = Budget(self.policy)
        hops: list[Hop] = []
        conditions = heads.validators(etag, last_modified)
        request = (*self._request, *conditions)
        where, answer, outcome = url, None, "ok"
        downgraded = False
        try:
            while True:
                checked = check_url(where, self.policy)
                if any(hop.url == checked.url for hop in hops):
                    raise Ended("redirect_loop")
                hops.append(Hop(checked.url))
                answer = self._ask(checked, budget, request, hops[-1])
                following = heads.location(answer.status, answer.headers, where)
                if following is None:
                    outcome = heads.verdict(answer.status, conditional=bool(conditions))
                    break
                if len(hops) > self.policy.most_redirects:
                    raise Ended("too_many_redirects")
                downgraded |= checked.scheme == "https" and following.lower().startswith("http:")
                where, answer = following, None
        except ENDINGS as error:
            outcome = outcome_of(error)
        return FetchResult(
            outcome=outcome,
            submitted_url=without_credentials(url),
            final_url=hops[-1].url if hops else without_credentials(url),
            status=answer.status if answer else None,
            hops=tuple(hops),
            request_headers=request,
            response_headers=answer.headers if answer else (),
            body=answer.body if answer and outcome == "ok" else b"",
            wire_bytes=budget.received,
            elapsed_ms=round((time.monotonic() - started) * 1000),
            downgraded=downgraded,
            retry_after=heads.retry_after(answer.headers) if answer else None,
        )

    def _ask(self, checked: CheckedUrl, budget: Budget, headers: Headers, hop: Hop) -> _Answer:
        """One request; `hop` is told what was judged, dialled, answered and received, however it ends."""
        backend = GuardedBackend(budget, resolver=self.resolver, dial_map=self.dial_map, proxy=self.proxy)
        started, received = time.monotonic(), budget.received
        try:
            with exchange("GET", checked, backend, tls=self.tls_for(checked), headers=headers) as response:
                return self._read(response, hop)
        finally:
            hop.judged, hop.peer = tuple(backend.judged), backend.peer
            hop.wire_bytes = budget.received - received
            hop.elapsed_ms = round((time.monotonic() - started) * 1000)

    def _read(self, response: httpcore2.Response, hop: Hop) -> _Answer:
        """The answer; the body only of a page that is kept, so that an error's body can do no harm."""
        hop.status = response.status
        answered = head_of(response)
        is_page = heads.verdict(response.status, conditional=True) == "ok"
        return _Answer(response.status, answered, body_of(response, answered, self.policy) if is_page else b"")


def without_credentials(url: str) -> str:
    """What is refused for them must not carry them into the record."""
    return re.sub(r"//[^/?#]*@", "//", url, count=1)


@cache
def system_tls() -> ssl.SSLContext:
    """What verifies a host by the system's authorities. One for the whole process: reading the system's authorities takes 40 ms."""
    return _strict(ssl.create_default_context())


def _strict(context: ssl.SSLContext) -> ssl.SSLContext:
    if context.verify_mode != ssl.CERT_REQUIRED or not context.check_hostname:
        raise ValueError("a fetch is never made without verifying the host's certificate")
    context.minimum_version = max(context.minimum_version, ssl.TLSVersion.TLSv1_2)
    context.hostname_checks_common_name = False  # a name that only the subject holds proves nothing any more (RFC 9525)
    context.options |= ssl.OP_NO_RENEGOTIATION
    context.set_alpn_protocols(["http/1.1"])
    context.keylog_filename = None  # type: ignore[assignment]  # SSLKEYLOGFILE must not leak sessions
    return context

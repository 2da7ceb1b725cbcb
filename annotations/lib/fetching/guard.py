"""The network backend that dials what it judged: a name is resolved once, every answer is judged, the address is dialled.

There is no second resolution, which is the cure for rebinding; one deadline and one byte count run over all hops.
Through a proxy nothing changes but the last step: it is asked for the judged address, never for the name.
"""

import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore2

from annotations.lib.fetching.addresses import is_allowed, judge, literal_address
from annotations.lib.fetching.bodies import Ended
from annotations.lib.fetching.policy import Policy
from annotations.lib.fetching.proxying import Proxy, open_tunnel
from annotations.lib.fetching.resolving import NoAddress, Resolver, local_resolver, resolve, system_resolver
from annotations.lib.fetching.tls import PIECE, TlsStream

DialMap = Callable[[str, int], tuple[str, int]]
STEP = 262_144  # bytes read of a body at once, where they are there: each piece costs the client as much
MOST_HEAD = 200_000  # bytes until the head of the answer is read, `100 Continue` and the like included


class Refused(Ended):
    """Policy forbids it; never retried. A code for the record, no address for the member: no port-scan oracle."""


class Spent(Ended):
    """A limit is used up: `timeout` or `too_large` of the whole fetch, `protocol_error` for a head without end."""


class Budget:
    """The one deadline and the one count of received bytes of a fetch."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.deadline = time.monotonic() + policy.total_seconds
        self.received = 0

    def seconds(self, wanted: float | None) -> float:
        """The smaller of what is wanted and what is left; raises Spent when nothing is."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise Spent("timeout")
        return min(left, wanted) if wanted else left

    def count(self, size: int) -> None:
        self.received += size
        if self.received > self.policy.most_wire:
            raise Spent("too_large")


class Heard:
    """What came from the host on one connection: how an answer that breaks off is told from one that makes no sense."""

    def __init__(self, *, in_head: bool = True) -> None:
        self.size = 0
        self.start = b""
        self.ended = False  # the host closed
        self.in_head = in_head  # the client says when it has the head

    def count(self, data: bytes) -> None:
        self.size += len(data)
        self.ended = self.ended or not data
        if len(self.start) < 5:
            self.start += data[:5]
        if self.in_head and self.size > MOST_HEAD:
            raise Spent("protocol_error")

    @property
    def broke_off(self) -> bool:
        """It began like HTTP, and the end came too early."""
        return self.ended and (self.start.startswith(b"HTTP/") or b"HTTP/".startswith(self.start))


class GuardedBackend(httpcore2.NetworkBackend):
    """The only way to a connection; one instance a hop."""

    def __init__(
        self,
        budget: Budget,
        *,
        resolver: Resolver = system_resolver,
        dial_map: DialMap | None = None,
        proxy: Proxy | None = None,
    ) -> None:
        self.budget = budget
        self.resolver = resolver
        self.dial_map = dial_map  # tests: applied after the judgement, so that the real guard runs
        self.proxy = proxy
        self.peer = ""
        self.judged: list[tuple[str, str]] = []
        self.heard = Heard()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        policy = self.budget.policy
        literal = literal_address(host)
        answers = [literal] if literal else resolve(self.resolver, host, port, self.budget.seconds(policy.dns_seconds))
        self.judged = [
            (answer, "" if is_allowed(answer, port, policy.allowed) else judge(answer)) for answer in answers
        ]
        if any(why for _answer, why in self.judged):  # one bad answer refuses all
            raise Refused("blocked_address")
        if port not in (80, 443) and not all(is_allowed(answer, port, policy.allowed) for answer in answers):
            raise Refused("blocked_port")
        failure: Exception | None = None
        for address in answers[: policy.most_dials]:
            self.peer = address
            try:
                return self._through_proxy(self.proxy, address, port) if self.proxy else self._dial(address, port)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        assert failure is not None
        raise failure

    def _dial(self, address: str, port: int) -> httpcore2.NetworkStream:
        where, at = self.dial_map(address, port) if self.dial_map else (address, port)
        return GuardedStream(self._connected(where, at), self.budget, self.heard)

    def _connected(self, address: str, port: int) -> httpcore2.NetworkStream:
        seconds = self.budget.seconds(self.budget.policy.connect_seconds)
        return httpcore2.SyncBackend().connect_tcp(address, port, timeout=seconds)

    def _through_proxy(self, proxy: Proxy, address: str, port: int) -> httpcore2.NetworkStream:
        """A tunnel to the judged address. Where the proxy listens is the operator's word and not judged."""
        stream = self._to_proxy(proxy)
        seconds = self.budget.seconds(self.budget.policy.connect_seconds)
        try:
            open_tunnel(GuardedStream(stream, self.budget, Heard()), proxy, address, port, seconds=seconds)
        except BaseException:
            stream.close()
            raise
        return GuardedStream(stream, self.budget, self.heard)

    def _to_proxy(self, proxy: Proxy) -> httpcore2.NetworkStream:
        policy, literal = self.budget.policy, literal_address(proxy.host)
        failure: Exception | None = None
        try:
            wait = self.budget.seconds(policy.dns_seconds)
            answers = [literal] if literal else resolve(local_resolver, proxy.host, proxy.port, wait)
        except NoAddress as error:
            raise Ended("proxy_unreachable") from error
        for address in answers[: policy.most_dials]:
            try:
                return self._connected(address, proxy.port)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise Ended("proxy_unreachable") from failure

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Any = None
    ) -> httpcore2.NetworkStream:
        raise Refused("blocked_address")

    def sleep(self, seconds: float) -> None:
        time.sleep(self.budget.seconds(seconds))


class GuardedStream(httpcore2.NetworkStream):
    """Every read and write gets what is left of the one deadline; received bytes are counted."""

    def __init__(self, inner: httpcore2.NetworkStream, budget: Budget, heard: Heard) -> None:
        self._inner = inner
        self._budget = budget
        self._heard = heard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        wanted = max_bytes if self._heard.in_head else max(max_bytes, STEP)
        data = self._inner.read(wanted, timeout=self._budget.seconds(timeout))
        self._budget.count(len(data))
        self._heard.count(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), PIECE):  # so that a slow reader meets the deadline
            self._inner.write(buffer[start : start + PIECE], timeout=self._budget.seconds(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        wire = GuardedStream(self._inner, self._budget, Heard(in_head=False))
        inside = TlsStream(wire, ssl_context, server_hostname or "", self._heard.count)
        inside.handshake(self._budget.seconds(timeout))
        return inside

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

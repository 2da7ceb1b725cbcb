"""The network backend that dials what it judged: a name is resolved once, every answer is judged, the address is dialled.

There is no second resolution, which is the cure for rebinding; one deadline and one byte count run over all hops.
"""

import os
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from ipaddress import ip_address
from typing import Any, Protocol

import httpcore2

from annotations.lib.fetching.addresses import is_allowed, judge
from annotations.lib.fetching.policy import Policy

DialMap = Callable[[str, int], tuple[str, int]]


class Resolver(Protocol):
    def __call__(self, host: str, port: int) -> list[str]:
        """All addresses of the host; raises socket.gaierror."""
        ...


class Refused(Exception):
    """Policy forbids it; never retried. `code` for the record, no address for the member: no port-scan oracle."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Spent(Exception):
    """A limit of the whole fetch is used up: `timeout` or `too_large`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NoAddress(Exception):
    """The name does not resolve: `dns_nxdomain` is the name's fault, `dns_failure` may pass."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


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


_pools: dict[int, ThreadPoolExecutor] = {}


def system_resolver(host: str, port: int) -> list[str]:
    """getaddrinfo, asked for the absolute name so that no search domain is tried."""
    name = host if ":" in host or host.replace(".", "").isdigit() else f"{host}."
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in found))


def resolve(resolver: Resolver, host: str, port: int, seconds: float) -> list[str]:
    """Bounded in time and in threads; slow name servers cannot pile up work."""
    pool = _pools.setdefault(os.getpid(), ThreadPoolExecutor(max_workers=8, thread_name_prefix="resolve"))
    try:
        answers = pool.submit(resolver, host, port).result(timeout=seconds)
    except FutureTimeout as error:
        raise NoAddress("dns_failure") from error
    except socket.gaierror as error:
        gone = error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
        raise NoAddress("dns_nxdomain" if gone else "dns_failure") from error
    except (OSError, UnicodeError) as error:
        raise NoAddress("dns_failure") from error
    if not answers:
        raise NoAddress("dns_nxdomain")
    return answers


def _literal(host: str) -> str:
    try:
        return str(ip_address(host))
    except ValueError:
        return ""


class GuardedBackend(httpcore2.NetworkBackend):
    """Given to httpcore2's pool; one instance a hop."""

    def __init__(
        self, budget: Budget, *, resolver: Resolver = system_resolver, dial_map: DialMap | None = None
    ) -> None:
        self.budget = budget
        self.resolver = resolver
        self.dial_map = dial_map  # tests: applied after the judgement, so that the real guard runs
        self.peer = ""
        self.judged: list[tuple[str, str]] = []

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        policy = self.budget.policy
        literal = _literal(host)
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
            try:
                return self._dial(address, port)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        assert failure is not None
        raise failure

    def _dial(self, address: str, port: int) -> httpcore2.NetworkStream:
        self.peer = address
        where, at = self.dial_map(address, port) if self.dial_map else (address, port)
        stream = httpcore2.SyncBackend().connect_tcp(
            where, at, timeout=self.budget.seconds(self.budget.policy.connect_seconds)
        )
        return GuardedStream(stream, self.budget)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Any = None
    ) -> httpcore2.NetworkStream:
        raise Refused("blocked_address")

    def sleep(self, seconds: float) -> None:
        time.sleep(self.budget.seconds(seconds))


class GuardedStream(httpcore2.NetworkStream):
    """Every read, write and TLS step gets what is left of the one deadline; received bytes are counted."""

    def __init__(self, inner: httpcore2.NetworkStream, budget: Budget) -> None:
        self._inner = inner
        self._budget = budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._inner.read(max_bytes, timeout=self._budget.seconds(timeout))
        self._budget.count(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, timeout=self._budget.seconds(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return GuardedStream(
            self._inner.start_tls(ssl_context, server_hostname, self._budget.seconds(timeout)), self._budget
        )

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

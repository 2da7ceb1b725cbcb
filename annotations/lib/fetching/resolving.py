"""Looking a name up, bounded in time and in threads: a name that hangs costs little and starves no other."""

import os
import socket
import threading
import time
from collections.abc import Hashable
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Protocol

from annotations.lib.fetching.bodies import Ended

MOST_WAITING = 4  # threads kept for the next lookup: starting one costs as much as a lookup on a good day


class Resolver(Protocol):
    def __call__(self, host: str, port: int) -> list[str]:
        """All addresses of the host; raises socket.gaierror."""
        ...


class NoAddress(Ended):
    """The name does not resolve: `dns_nxdomain` is the name's fault, `dns_failure` may pass."""


def system_resolver(host: str, port: int) -> list[str]:
    """getaddrinfo, asked for the absolute name so that no search domain is tried."""
    return local_resolver(host if ":" in host or host.replace(".", "").isdigit() else f"{host}.", port)


def local_resolver(host: str, port: int) -> list[str]:
    """getaddrinfo for a name of the operator's: `localhost`, the hosts file and search domains count."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in found))


@dataclass(slots=True)
class _Lookup:
    domain: str
    key: "tuple[Resolver, str, int]"
    started: float = field(default_factory=time.monotonic)
    answers: list[str] = field(default_factory=list)
    failure: BaseException | None = None
    _done: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._done.acquire()

    def finish(self) -> None:
        self._done.release()

    def result(self, seconds: float) -> list[str]:
        """What the resolver said, after `seconds` at the latest (TimeoutError). A bare lock wakes in half of a Future's time."""
        if not self._done.acquire(timeout=max(0.0, seconds)):
            raise TimeoutError
        self._done.release()  # whoever else asked the same
        if self.failure is not None:
            raise self.failure
        return self.answers


class Lookups:
    """The lookups of one process, each in a thread of its own; a few threads wait for the next one.

    The C library's lookup cannot be stopped: its thread stays until the library gives up, often after half a minute.
    So the slow ones are counted: one for a name, `a_domain` for the names of a domain (its last two labels), `most` in
    all. Where there is no room the answer is `dns_failure` at once; nothing queues behind a name that hangs.
    """

    def __init__(self, *, most: int = 32, a_domain: int = 4, slow_after: float = 1.0) -> None:
        self.most = most
        self.a_domain = a_domain
        self.slow_after = slow_after  # seconds
        self._lock = threading.Lock()
        self._running: dict[Hashable, _Lookup] = {}
        self._waiting = 0  # threads
        self._next: SimpleQueue[_Lookup] = SimpleQueue()

    def ask(self, resolver: Resolver, host: str, port: int, seconds: float) -> list[str]:
        """The name's addresses; raises NoAddress, after `seconds` at the latest."""
        try:
            answers = self._started(resolver, host, port).result(seconds)
        except NoAddress:
            raise
        except socket.gaierror as error:
            gone = error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
            raise NoAddress("dns_nxdomain" if gone else "dns_failure") from error
        except UnicodeError as error:  # getaddrinfo's word for a name that cannot be
            raise NoAddress("dns_nxdomain") from error
        except Exception as error:  # no network, no memory, no thread left to ask in: it may pass
            raise NoAddress("dns_failure") from error
        if not answers:
            raise NoAddress("dns_nxdomain")
        return answers

    def _started(self, resolver: Resolver, host: str, port: int) -> _Lookup:
        key, domain = (resolver, host, port), ".".join(host.split(".")[-2:])
        with self._lock:
            before = time.monotonic() - self.slow_after
            slow = [lookup for lookup in self._running.values() if lookup.started < before]
            running = self._running.get(key)
            if running is not None and running.started >= before:
                return running  # somebody else's question a moment ago: one answer serves both
            if (
                running is not None
                or len(slow) >= self.most
                or sum(lookup.domain == domain for lookup in slow) >= self.a_domain
            ):
                raise NoAddress("dns_failure")
            lookup = self._running[key] = _Lookup(domain, key)
            waiting = self._waiting > 0
            self._waiting -= waiting
        if waiting:
            self._next.put(lookup)
            return lookup
        try:  # a daemon: a lookup that hangs must not hold the process's end
            threading.Thread(target=self._work, args=(lookup,), name="resolve", daemon=True).start()
        except BaseException:
            with self._lock:
                self._running.pop(key, None)
            raise
        return lookup

    def _work(self, lookup: _Lookup) -> None:
        """A thread's life: this lookup, then others, unless enough threads wait already."""
        goes_on = True
        while goes_on:
            resolver, host, port = lookup.key
            try:
                lookup.answers = resolver(host, port)
            except BaseException as error:  # whoever asked gets it
                lookup.failure = error
            with self._lock:
                self._running.pop(lookup.key, None)
                goes_on = self._waiting < MOST_WAITING
                self._waiting += goes_on
            lookup.finish()
            if goes_on:
                lookup = self._next.get()


_shared: dict[int, Lookups] = {}


def resolve(resolver: Resolver, host: str, port: int, seconds: float) -> list[str]:
    """Through this process's own lookups: a forked child has none of its parent's threads, so it starts anew."""
    return _shared.setdefault(os.getpid(), Lookups()).ask(resolver, host, port, seconds)

"""Names that hang: bounded in time and threads, and healthy names are not kept waiting for them."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from annotations.lib.fetching.resolving import MOST_WAITING, Lookups, NoAddress, system_resolver
from tests.pure.fetching.hostile import HASTY, PUBLIC, Hostile


class Names:
    """A resolver on which names of `.slow.example` hang until they are let go."""

    def __init__(self) -> None:
        self.let_go = threading.Event()
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        if "slow" in host:
            self.let_go.wait(20)
        return [PUBLIC]


@pytest.fixture
def names() -> Iterator[Names]:
    resolver = Names()
    yield resolver
    resolver.let_go.set()


def failed(lookups: Lookups, names: Names, host: str, seconds: float) -> float:
    """How long the failure took."""
    started = time.monotonic()
    with pytest.raises(NoAddress) as caught:
        lookups.ask(names, host, 80, seconds)
    assert caught.value.outcome == "dns_failure"
    return time.monotonic() - started


def test_a_slow_name_is_given_up_in_time(hostile: Hostile, names: Names) -> None:
    started = time.monotonic()
    result = hostile.fetch("http://a.slow-one.example/", HASTY, resolver=names)
    assert (result.outcome, result.kind) == ("dns_failure", "retry")
    assert time.monotonic() - started < HASTY.total_seconds + 1


def test_a_name_that_hangs_has_one_thread_however_often_it_is_asked_for(names: Names) -> None:
    lookups = Lookups(slow_after=0.05)
    failed(lookups, names, "a.slow.example", 0.1)
    waits = [failed(lookups, names, "a.slow.example", 5) for _time in range(20)]
    assert max(waits) < 1  # at once, not after five seconds each
    assert names.asked == ["a.slow.example"]


def test_one_domain_takes_only_its_share(names: Names) -> None:
    lookups = Lookups(most=100, a_domain=4, slow_after=0.02)
    for number in range(40):
        failed(lookups, names, f"{number}.slow.example", 0.03)
    assert len(names.asked) == 4
    assert lookups.ask(names, "healthy.example.com", 80, 5) == [PUBLIC]


def test_many_domains_take_no_more_than_all_may(names: Names) -> None:
    lookups = Lookups(most=8, a_domain=4, slow_after=0.02)
    before = threading.active_count()
    for number in range(40):
        failed(lookups, names, f"www.slow{number}.example", 0.03)
    assert len(names.asked) == 8
    assert threading.active_count() <= before + 8
    started = time.monotonic()
    failed(lookups, names, "healthy.example.com", 5)  # nothing queues: it is tried again later
    assert time.monotonic() - started < 1
    names.let_go.set()
    until = time.monotonic() + 5
    while threading.active_count() > before + MOST_WAITING and time.monotonic() < until:
        time.sleep(0.01)
    assert threading.active_count() <= before + MOST_WAITING
    assert lookups.ask(names, "healthy.example.com", 80, 5) == [PUBLIC]  # and there is room again


def test_healthy_names_are_quick_while_others_hang(hostile: Hostile, names: Names) -> None:
    """As a worker of its own would see it: a shared pool of eight threads stood still here."""
    for number in range(9):
        hostile.fetch(f"http://{number}.slow{number % 3}.example/", HASTY, resolver=names)
    started = time.monotonic()
    for number in range(20):
        assert hostile.fetch(f"http://{number}.example.com/", HASTY, resolver=names).outcome == "ok"
    assert time.monotonic() - started < 3


def test_two_who_ask_at_once_share_one_lookup() -> None:
    asked, both, lookups = [], threading.Barrier(2), Lookups()

    def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        time.sleep(0.2)
        return [PUBLIC]

    found: list[list[str]] = []

    def ask() -> None:
        both.wait()
        found.append(lookups.ask(resolver, "example.com", 80, 5))

    threads = [threading.Thread(target=ask) for _time in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (asked, found) == (["example.com"], [[PUBLIC], [PUBLIC]])


def test_no_thread_is_left_to_ask_in(names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    lookups = Lookups()
    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", nothing)
        for _time in range(2):
            failed(lookups, names, "example.com", 5)
    assert lookups.ask(names, "example.com", 80, 5) == [PUBLIC]  # nothing is left of it


def test_a_lookup_that_hangs_does_not_hold_the_process(names: Names) -> None:
    failed(Lookups(), names, "a.slow.example", 0.05)
    hanging = [thread for thread in threading.enumerate() if thread.name == "resolve"]
    assert hanging
    assert all(thread.daemon for thread in hanging)


@pytest.mark.parametrize(("host", "asked"), [("example.com", "example.com."), ("1.2.3.4", "1.2.3.4"), ("::1", "::1")])
def test_no_search_domain_is_tried(monkeypatch: pytest.MonkeyPatch, host: str, asked: str) -> None:
    seen: list[str] = []

    def getaddrinfo(name: str, port: int, **_given: object) -> list[object]:
        seen.append(name)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (PUBLIC, port))] * 2

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    assert system_resolver(host, 80) == [PUBLIC]
    assert seen == [asked]

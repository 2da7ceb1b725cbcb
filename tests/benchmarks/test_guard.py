"""The guard, measured: what it costs beside a bare loop of the client under it, alone and with the capture."""

import hashlib
import multiprocessing
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count

import httpcore2
import pytest
import zstandard

from annotations.lib import blobs
from annotations.lib.fetching.client import GuardedFetcher, Policy
from tests.benchmarks.test_speed import say
from tests.processes import ROOT
from tests.servers import PUBLIC_ADDRESS


def each_second(act: Callable[[], object], *, processes: int, times: int) -> float:
    """How often so many processes do it, as workers are processes; each does it `times` times."""
    fork = multiprocessing.get_context("fork")
    started, done = fork.Barrier(processes + 1), fork.Barrier(processes + 1)

    def work() -> None:
        random.seed()
        for _ in range(60):  # a worker lives long: what only its first fetches cost does not count
            act()
        started.wait()
        for _ in range(times):
            act()
        done.wait()

    workers = [fork.Process(target=work) for _ in range(processes)]
    for worker in workers:
        worker.start()
    started.wait()
    begun = time.perf_counter()
    done.wait()
    seconds = time.perf_counter() - begun
    for worker in workers:
        worker.join()
    return processes * times / seconds


@pytest.fixture
def elsewhere() -> Iterator[int]:
    """A server in a process of its own, so that it takes no time from those who ask; its port."""
    command = [sys.executable, "-m", "tests.benchmarks.news_pages"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    assert server.stdout is not None
    yield int(server.stdout.readline())
    server.kill()
    server.wait()


@pytest.mark.parametrize("processes", [1, 8])
@pytest.mark.parametrize(("path", "where"), [("page", "on this machine"), ("far", "20 ms away")])
def test_what_the_guard_costs(processes: int, path: str, where: str, elsewhere: int) -> None:
    fetcher = GuardedFetcher(
        Policy(),
        resolver=lambda _host, _port: [PUBLIC_ADDRESS],
        dial_map=lambda _address, _port: ("127.0.0.1", elsewhere),
    )

    numbers = count()  # another address each time, as in life: what is remembered of one is of no use

    def bare() -> None:
        with httpcore2.ConnectionPool(max_keepalive_connections=0) as pool:
            pool.request("GET", f"http://127.0.0.1:{elsewhere}/{path}?{next(numbers)}")

    folder, packer = tempfile.mkdtemp(), zstandard.ZstdCompressor(level=blobs.LEVEL)

    def least() -> None:
        """What a copy costs whoever makes it: hashed, packed, written, synced, renamed."""
        with httpcore2.ConnectionPool(max_keepalive_connections=0) as pool:
            answer = pool.request("GET", f"http://127.0.0.1:{elsewhere}/{path}?{next(numbers)}")
        body = answer.content + random.randbytes(8)
        name = hashlib.sha256(body).hexdigest()
        with open(f"{folder}/{name}.part", "xb") as out:
            out.write(packer.compress(body))
            out.flush()
            os.fsync(out.fileno())
        os.replace(out.name, f"{folder}/{name}")

    def guarded() -> bytes:
        return fetcher.fetch(f"http://news.example.com/{path}?{next(numbers)}").body

    def kept() -> None:
        # Another body each time, so that it is written. As in the fetch job: the job that reads it packs and settles it.
        blobs.keep(guarded() + random.randbytes(8), settled=False)

    def settled() -> None:
        blobs.keep(guarded() + random.randbytes(8))

    acts: dict[str, Callable[[], object]] = {
        "bare": bare,
        "guarded": guarded,
        "least": least,
        "kept": kept,
        "settled": settled,
    }
    # Short rounds, each with all in it: what else the machine does hits them alike, and ratios are those of a round.
    rounds = [
        {name: each_second(act, processes=processes, times=180 // processes + 20) for name, act in acts.items()}
        for _again in range(15)
    ]

    def ratio(one: str, other: str) -> str:
        found = sorted(each[one] / each[other] for each in rounds)
        return f"{statistics.median(found):.2f} ({found[3]:.2f}-{found[-4]:.2f})"  # and where the middle half lies

    rates = {name: f"{statistics.median(each[name] for each in rounds):6.0f} /s" for name in acts}
    say(f"bare httpcore2, {processes} at once, 108 kB {where}", rates["bare"])
    say(f"guarded fetch, {processes} at once", f"{rates['guarded']}, ratio {ratio('guarded', 'bare')}")
    say(f"bare, hashed, packed, synced, {processes} at once", f"{rates['least']}, ratio {ratio('least', 'bare')}")
    say(
        f"guarded fetch and capture, {processes} at once",
        f"{rates['kept']}, ratio {ratio('kept', 'bare')}, to the bare copy {ratio('kept', 'least')}",
    )
    say(f"... packed and synced at once, {processes} at once", f"{rates['settled']}, ratio {ratio('settled', 'bare')}")
    shutil.rmtree(folder)

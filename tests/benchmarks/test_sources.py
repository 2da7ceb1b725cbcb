"""Sources, measured: what a page costs from its link to its checked quote, what hanging hosts cost the others."""

import json
import os
import threading
import time
from collections import deque
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from celery import current_app

from annotations import jobs
from annotations.lib import outbound
from annotations.lib.fetching.client import GuardedFetcher, Policy
from annotations.models import Capture, Evidence, Source
from annotations.models.kinds import KINDS
from annotations.reviews import citing, operations
from annotations.reviews.operations import Answer
from tests import factories
from tests.benchmarks.news_pages import page
from tests.benchmarks.test_speed import ENGLISH, say
from tests.processes import Up
from tests.servers import Pages

STATE = """
import json
from django.db.models import Max, Min
from annotations.models import FetchAttempt, Source, Work
fine = Source.objects.exclude(host__startswith="hang")
hanging = Work.objects.filter(lane__startswith="hang", kind="sources.fetch")
kept = FetchAttempt.objects.filter(outcome="ok").aggregate(first=Min("created_at"), last=Max("created_at"))
print(json.dumps({
    "fetched": FetchAttempt.objects.filter(outcome="ok").values("source").distinct().count(),
    "ready": fine.filter(state="ready").count(),
    "seconds": (kept["last"] - kept["first"]).total_seconds() if kept["first"] else 0,
    "retry_wait": Source.objects.filter(host__startswith="hang", state="retry_wait").count(),
    "with_next": sum(1 for work in hanging if work.state == "queued" and work.due_at > work.created_at),
}))
"""
SETUP = """
from annotations.newsrooms.operations import create_newsroom, add_member
from annotations.models import Member
from annotations.reviews.citing import cite_url
room = create_newsroom(name="Bench desk", url="https://bench.example.org", corrections_contact="x@example.org", slug="bench")
member = add_member(room, email="rana@bench.example.org", name="Rana", role="reviewer", by=None)
member = Member.objects.select_related("user", "newsroom").get(pk=member.pk)
for number, host in enumerate({hosts!r}):
    cite_url("http://%s/page-%d" % (host, number), by=member)
"""


@pytest.fixture
def wired(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Pages, deque[tuple[str, int]]]]:
    """A server, and the messages that jobs send, in order."""
    pages = Pages()
    fetcher = GuardedFetcher(Policy(), resolver=pages.resolver, dial_map=pages.dial)
    monkeypatch.setattr(outbound, "fetcher", lambda: fetcher)
    sent: deque[tuple[str, int]] = deque()

    def send(kind: str, subject_id: int, *, countdown: float = 0.0) -> bool:
        sent.append((kind, subject_id))
        return True

    monkeypatch.setattr(jobs, "_send", send)
    current_app.loader.import_default_modules()
    yield pages, sent
    pages.close()


def work_off(sent: deque[tuple[str, int]], *kinds: str) -> None:
    """As workers would; work of other kinds is left."""
    while sent:
        kind, subject_id = sent.popleft()
        if kind in kinds:
            current_app.tasks[kind].run(subject_id)


def used() -> float:
    """CPU seconds of this process and of the children that ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@pytest.mark.django_db(transaction=True)
def test_from_the_link_to_the_checked_quote(wired: tuple[Pages, deque[tuple[str, int]]]) -> None:
    pages, sent = wired
    desk = factories.desk()
    article = factories.article(desk)
    work_off(sent, *KINDS)
    claim = factories.open_claim(desk, article)
    sent.clear()
    count = 50
    for number in range(count):
        pages.add(f"/{number}", page(number))
    quote = "The railway carried 2.31 million passengers in 2023"
    blocks = tuple({"key": str(n), "url": f"http://h{n % 40}.example.com/{n}", "quote": quote} for n in range(count))
    operations.save_draft(claim, Answer(evidence=blocks), by=desk.reviewers[0], row_version=None)
    started = time.perf_counter()
    work_off(sent, "sources.fetch", "sources.extract", "sources.check_quote")
    seconds = time.perf_counter() - started
    assert Evidence.objects.filter(quote_state__in=["exact", "normalised"]).count() == count
    say(
        "fetch, capture, extraction, quote check: one at a time",
        f"{count / seconds:6.1f} pages/s (server, reader and job on one core's time)",
    )


@pytest.mark.django_db(transaction=True)
def test_a_link_costs_the_same_among_many(wired: tuple[Pages, deque[tuple[str, int]]]) -> None:
    pages, sent = wired
    for links in (100, 1000, 10_000)[: int(os.environ.get("STEPS", "3"))]:
        desk = factories.desk(slug=f"desk-{links}")
        for number in range(links):
            pages.add(f"/{links}/{number}", f"<html><title>{links} {number}</title><p>{ENGLISH}</p></html>")
        before = used()
        for number in range(links):
            citing.cite_url(f"http://h{number % 50}.example.com/{links}/{number}", by=desk.reviewers[0])
        cited = used()
        messages = len(sent)
        work_off(sent, "sources.fetch")
        assert Source.objects.filter(newsroom=desk.newsroom, latest__isnull=False).count() == links
        say(
            f"{links:,} links on 50 hosts",
            f"{1000 * (cited - before) / links:6.2f} ms to cite, {1000 * (used() - cited) / links:6.2f} ms to fetch each ({messages} messages at first)",
        )
    assert Capture.objects.count() >= 1100


class Slow:
    """Each page takes `seconds`; hosts whose name starts with "hang" never answer."""

    def __init__(self, seconds: float) -> None:
        body = page(7).encode()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.headers["Host"].startswith("hang"):
                    time.sleep(60)
                    return
                time.sleep(seconds)
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                """Quiet."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        threading.Thread(target=self.http.serve_forever, daemon=True).start()


def run(folder: Path, hosts: list[str], *, seconds: float, workers: int) -> dict[str, Any]:
    """The product with so many fetch workers; until all links of the hosts that answer were fetched."""
    server = Slow(seconds)
    up = Up(
        folder,
        "--no-demo",
        DJANGO_SETTINGS_MODULE="tests.benchmarks.settings",
        FACTCHECK_TEST_PORT=str(server.http.server_port),
        FACTCHECK_FETCH_WORKERS=str(workers),
        FACTCHECK_COMPUTE_WORKERS="1",
    )
    try:
        up.wait_ready()
        up.shell(SETUP.format(hosts=hosts))
        fine = sum(not host.startswith("hang") for host in hosts)
        deadline = time.monotonic() + 300
        while (found := json.loads(up.shell(STATE).splitlines()[-1]))["fetched"] < fine:
            assert time.monotonic() < deadline, found
            time.sleep(1)
        return dict(found)
    finally:
        up.stop()
        server.http.shutdown()


@pytest.mark.parametrize("workers", [2, 4, 8])
def test_more_workers_fetch_more(tmp_path: Path, workers: int) -> None:
    hosts = [f"h{number}.example.com" for number in range(120)]
    found = run(tmp_path, hosts, seconds=1.0, workers=workers)
    rate = len(hosts) / (found["seconds"] + 1.0)
    say(f"{workers} workers, pages that take 1 s", f"{rate:6.2f} links/s, of {workers:.0f} at most")


def test_hosts_that_hang(tmp_path: Path) -> None:
    """1,000 links on 100 hosts, of which five never answer."""
    hosts = [f"{'hang' if number % 20 == 7 else 'h'}{number}.example.com" for number in range(100)]
    links = [hosts[number % 100] for number in range(1000)]
    fine = [host for host in links if not host.startswith("hang")]
    without = run(tmp_path / "without", fine, seconds=0.1, workers=8)
    with_them = run(tmp_path / "with", links, seconds=0.1, workers=8)
    ratio = with_them["seconds"] / without["seconds"]
    say("950 links of hosts that answer in 0.1 s, 8 workers", f"{without['seconds']:6.1f} s")
    say("... beside 50 links of 5 hosts that hang", f"{with_them['seconds']:6.1f} s, ratio {ratio:.2f}")
    say("of the 50: in retry_wait / with their next attempt", f"{with_them['retry_wait']} / {with_them['with_next']}")

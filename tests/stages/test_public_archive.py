"""A public web archive is asked for copies: only where operator and newsroom say so, once, politely, whatever it answers."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from annotations import jobs
from annotations.lib import outbound
from annotations.lib.fetching.client import GuardedFetcher, Policy
from annotations.models import Lane, Newsroom, PublicCopy, Source, Work
from annotations.sources import archiving
from tests import archive_server
from tests.archive_server import Answer, Archive, available, error, saved
from tests.servers import PUBLIC_ADDRESS, Pages
from tests.stages.test_sources import HTML, claim, desk, save

__all__ = ["archive", "asking", "cited", "claim", "desk", "wired"]
pytestmark = pytest.mark.django_db
URL = "http://audit.example.com/audit?part=1#section"
PLAIN = "http://audit.example.com/audit?part=1"


@pytest.fixture
def archive() -> Iterator[Archive]:
    yield from archive_server.running()


@pytest.fixture
def wired(pages: Pages, archive: Archive, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Pages:
    """The pages and the archive, each on its own address, behind the real guard; the operator names the archive."""
    settings.ARCHIVE_URL, settings.ARCHIVE_KEY = archive_server.BASE, "access:secret"
    fetcher = GuardedFetcher(
        Policy(read_seconds=1.0, total_seconds=2.0),
        resolver=lambda host, port: [archive_server.ADDRESS if host == archive_server.HOST else PUBLIC_ADDRESS],
        dial_map=lambda address, port: (
            "127.0.0.1",
            archive.port if address == archive_server.ADDRESS else pages.port,
        ),
    )
    monkeypatch.setattr(outbound, "fetcher", lambda: fetcher)
    pages.add("/audit?part=1", HTML)
    pages.add("/audit", HTML)
    return pages


@pytest.fixture
def asking(desk: Any) -> None:
    """The newsroom has switched it on."""
    Newsroom.objects.update(asks_archive=True)


def cite(claim: Any, desk: Any, run_jobs: Callable[[], int]) -> Source:
    save(claim, desk, url=URL, quote="The bridge cost 31 million")
    run_jobs()
    return Source.objects.get()


@pytest.fixture
def cited(claim: Any, desk: Any, wired: Pages, asking: None, run_jobs: Callable[[], int]) -> Source:
    return cite(claim, desk, run_jobs)


def later(run_jobs: Callable[[], int]) -> PublicCopy:
    """As if the time of what waits had come."""
    Lane.objects.update(free_at=timezone.now())
    Work.objects.filter(state="queued").update(due_at=timezone.now())
    run_jobs()
    return PublicCopy.objects.get()


def work() -> Work:
    return Work.objects.get(kind="sources.archive")


@pytest.mark.parametrize("off", ["newsroom", "operator", "both"])
def test_switched_off_nothing_leaves(
    off: str, claim: Any, desk: Any, wired: Pages, archive: Archive, run_jobs: Callable[[], int], settings: Any
) -> None:
    Newsroom.objects.update(asks_archive=off == "operator")
    settings.ARCHIVE_URL = archive_server.BASE if off == "newsroom" else ""
    source = cite(claim, desk, run_jobs)
    assert source.state == "ready"
    assert (archive.asked, PublicCopy.objects.count(), Work.objects.filter(kind="sources.archive").count()) == (
        [],
        0,
        0,
    )


def test_switched_off_while_the_job_waits_nothing_leaves(
    claim: Any, desk: Any, wired: Pages, asking: None, archive: Archive, run_jobs: Callable[[], int]
) -> None:
    save(claim, desk, url=URL, quote="The bridge cost 31 million")
    source = Source.objects.get()
    jobs.perform("sources.fetch", source.pk, lambda pk, lease: archiving.owe(source), lambda pk, code: None)
    assert work().state == "queued"
    Newsroom.objects.update(asks_archive=False)
    run_jobs()
    assert (archive.asked, PublicCopy.objects.count(), work().state) == ([], 0, "done")


def test_a_copy_is_asked_for_and_kept(
    cited: Source, archive: Archive, wired: Pages, run_jobs: Callable[[], int]
) -> None:
    row = PublicCopy.objects.get()
    assert archive.doors() == ["available", "save"]
    first, second = archive.asked
    assert archive_server.query(first)["url"] == PLAIN
    assert "authorization" not in first.headers, "nobody needs to know who asks what there is"
    assert second.form == {"url": PLAIN, "if_not_archived_within": "24h", "skip_first_archive": "1"}
    assert second.headers["authorization"] == "LOW access:secret"
    assert second.headers["accept"] == "application/json"
    assert (row.state, row.job) == ("asked", "spn2-0a1b")
    waits = work()
    assert (waits.state, waits.problem, waits.lane) == ("queued", "archive_pending", archive_server.HOST)
    assert waits.due_at > timezone.now() + timedelta(seconds=50)
    assert later(run_jobs).state == "asked"
    at = timezone.now().replace(microsecond=0)
    archive.answers["status"] = [saved(at)]
    row = later(run_jobs)
    assert (row.state, row.copied_at, row.job) == ("kept", at, "")
    assert row.url == f"{archive_server.BASE}/web/{at:%Y%m%d%H%M%S}/{PLAIN}", "made here, whatever the answer names"
    assert archive.doors() == ["available", "save", "status", "status"]
    assert archive.asked[-1].headers["authorization"] == "LOW access:secret"
    assert not any("authorization" in "".join(wired.asked).lower() for _page in wired.asked)


def test_a_fresh_copy_is_enough(
    claim: Any, desk: Any, wired: Pages, asking: None, archive: Archive, run_jobs: Callable[[], int]
) -> None:
    at = timezone.now().replace(microsecond=0) - timedelta(hours=5)
    archive.answers["available"] = [available(at)]
    cite(claim, desk, run_jobs)
    row = PublicCopy.objects.get()
    assert (row.state, row.copied_at, archive.doors()) == ("kept", at, ["available"])


@pytest.mark.parametrize(
    "answer",
    [
        available(timezone.now() - timedelta(days=2)),
        available(timezone.now(), status="404"),
        available(timezone.now(), available="yes"),
        available(timezone.now(), timestamp="2026"),
        available(timezone.now(), timestamp=20260101000000),
        available(timezone.now(), timestamp="20261399000000"),
        Answer(body={"archived_snapshots": {"closest": [1]}}),
        Answer(body=b"<html>"),
        Answer(body=b"[" * 100_000),
        Answer(404),
        Answer(302, b"", {"Location": "http://127.0.0.1/"}),
        Answer(body=b"x" * 600_000),
    ],
)
def test_what_is_no_fresh_copy(
    answer: Answer, claim: Any, desk: Any, wired: Pages, asking: None, archive: Archive, run_jobs: Callable[[], int]
) -> None:
    archive.answers["available"] = [answer]
    cite(claim, desk, run_jobs)
    assert archive.doors() == ["available", "save"]
    assert PublicCopy.objects.get().state == "asked"


@pytest.mark.parametrize("door", ["save", "status"])
@pytest.mark.parametrize(
    ("answer", "state", "problem"),
    [
        (error("blocked-url"), "refused", "blocked-url"),
        (error("no-access", 403), "refused", "no-access"),
        (Answer(401, {"message": "You need to be logged in"}), "refused", "http-401"),
        (error("too-many-daily-captures"), "too_many", "too-many-daily-captures"),
        (error("not-found"), "unavailable", "not-found"),
        (error("invalid-host-resolution"), "unavailable", "invalid-host-resolution"),
        (error("<script>alert(1)</script>"), "unavailable", "unknown"),
        (Answer(404, b"no such door"), "unavailable", "http-404"),
        (Answer(302, b"", {"Location": "http://10.0.0.1/"}), "unavailable", "redirected"),
        (Answer(body=b"x" * 700_000), "unavailable", "too_large"),
    ],
)
def test_what_ends_it(
    door: str,
    answer: Answer,
    state: str,
    problem: str,
    claim: Any,
    desk: Any,
    wired: Pages,
    asking: None,
    archive: Archive,
    run_jobs: Callable[[], int],
) -> None:
    archive.answers[door] = [answer]
    cite(claim, desk, run_jobs)
    row = later(run_jobs)
    assert (row.state, row.problem, row.job, work().state) == (state, problem, "", "done")
    knocked = len(archive.asked)
    archiving.owe(Source.objects.get())
    assert later(run_jobs).state == state
    assert len(archive.asked) == knocked, "what is settled is not asked again"


@pytest.mark.parametrize(
    ("door", "answer", "wish"),
    [
        ("available", Answer(429, {}, {"Retry-After": "900"}), 900),
        ("save", Answer(429, {}, {"Retry-After": "900"}), 900),
        ("save", Answer(503, b"", {"Retry-After": "600"}), 600),
        ("save", Answer(502), 0),
        ("save", error("user-session-limit"), 0),
        ("save", error("celery"), 0),
        ("save", Answer(body={"message": "The same snapshot had been made a minute ago."}), 0),
        ("status", Answer(503, b"", {"Retry-After": "600"}), 600),
        ("status", error("service-unavailable"), 0),
    ],
)
def test_what_passes_is_waited_for(
    door: str,
    answer: Answer,
    wish: int,
    claim: Any,
    desk: Any,
    wired: Pages,
    asking: None,
    archive: Archive,
    run_jobs: Callable[[], int],
) -> None:
    usual = archive.answers[door]
    archive.answers[door] = [answer]
    cite(claim, desk, run_jobs)
    if door == "status":
        later(run_jobs)
    row, waits = PublicCopy.objects.get(), work()
    assert (row.state, waits.state, waits.attempts) == ("asked", "queued", 0)
    assert waits.due_at > timezone.now() + timedelta(seconds=max(50, wish - 10))
    if wish:
        lane = Lane.objects.get(name=archive_server.HOST)
        assert lane.free_at > timezone.now() + timedelta(seconds=wish - 10), "everything for the archive waits"
    archive.answers[door] = usual
    archive.answers["status"] = [saved(timezone.now())]
    later(run_jobs)
    assert later(run_jobs).state == "kept"


def test_after_a_day_it_is_given_up(cited: Source, archive: Archive, run_jobs: Callable[[], int]) -> None:
    PublicCopy.objects.update(asked_at=timezone.now() - archiving.GIVE_UP - timedelta(minutes=1))
    knocked = len(archive.asked)
    row = later(run_jobs)
    assert (row.state, row.problem, len(archive.asked), work().state) == ("unavailable", "no-answer", knocked, "done")


def test_the_job_twice_asks_once(cited: Source, archive: Archive, run_jobs: Callable[[], int]) -> None:
    archive.answers["status"] = [saved(timezone.now())]
    assert later(run_jobs).state == "kept"
    knocked = len(archive.asked)
    jobs.owe("sources.archive", cited.pk, newsroom_id=cited.newsroom_id)
    run_jobs()
    assert len(archive.asked) == knocked
    assert PublicCopy.objects.count() == 1


def test_killed_between_the_request_and_its_record(
    cited: Source, archive: Archive, run_jobs: Callable[[], int]
) -> None:
    """The archive was asked, we do not know it: asked again, it makes no second copy within the day."""
    PublicCopy.objects.update(job="")
    later(run_jobs)
    assert archive.doors() == ["available", "save"] * 2
    assert archive.asked[-1].form["if_not_archived_within"] == "24h"
    assert PublicCopy.objects.get().job == "spn2-0a1b"

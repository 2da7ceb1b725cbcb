"""Of a dead link the archive's list of copies is read: their number, and the one nearest to the citation."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from annotations import jobs
from annotations.lib import memento
from annotations.models import Event, Newsroom, PublicCopy, Source, Work
from annotations.sources import archiving, life, mementos, watching
from tests import archive_server
from tests.archive_server import Answer, Archive, timemap
from tests.servers import Pages
from tests.stages.test_public_archive import archive, asking, later, wired
from tests.stages.test_sources import HTML, claim, desk, save
from tests.stages.test_watch import look

__all__ = ["archive", "asking", "claim", "desk", "wired"]
pytestmark = pytest.mark.django_db
URL = "http://audit.example.com/audit"
OLD, BEFORE, AFTER = (
    datetime(2011, 3, 1, 8, tzinfo=UTC),
    datetime(2024, 2, 29, 23, 59, 58, tzinfo=UTC),
    datetime(2030, 1, 1, tzinfo=UTC),
)


def cite(claim: Any, desk: Any, run_jobs: Callable[[], int]) -> Source:
    cache.clear()
    save(claim, desk, url=URL, quote="The bridge cost 31 million")
    run_jobs()
    return Source.objects.get()


@pytest.fixture
def gone(claim: Any, desk: Any, wired: Pages, run_jobs: Callable[[], int]) -> Source:
    """A link that was not there when it was cited; the newsroom has not switched anything on."""
    wired.add("/audit", "gone", status=410)
    source = cite(claim, desk, run_jobs)
    assert (source.state, source.latest) == ("failed", None)
    return source


def listed(source: Source, run_jobs: Callable[[], int]) -> PublicCopy:
    mementos.owe(source)
    return later(run_jobs)


def test_a_link_that_was_never_there(
    claim: Any, desk: Any, wired: Pages, asking: None, archive: Archive, run_jobs: Callable[[], int]
) -> None:
    archive.answers["timemap"] = [timemap(AFTER, OLD, BEFORE)]
    wired.add("/audit", "gone", status=404)
    cite(claim, desk, run_jobs)
    row = PublicCopy.objects.get()
    assert [each.path for each in archive.asked] == [f"/web/timemap/link/{URL}"]
    assert archive.asked[0].headers["accept"] == "application/link-format"
    assert "authorization" not in archive.asked[0].headers
    assert (row.copies, row.more, row.first_at, row.last_at) == (3, False, OLD, AFTER)
    assert (row.nearest_at, row.nearest_url) == (BEFORE, f"{archive_server.BASE}/web/20240229235958/{URL}")
    assert (row.state, Work.objects.filter(kind="sources.archive").count()) == ("", 0), (
        "nothing is kept of what is not there"
    )
    assert [line.new for line in Event.objects.filter(kind="source.mementos")] == [{"copies": 3}]


def test_a_link_that_died(
    claim: Any, desk: Any, wired: Pages, asking: None, archive: Archive, run_jobs: Callable[[], int]
) -> None:
    archive.answers["timemap"] = [timemap(OLD)]
    cite(claim, desk, run_jobs)
    wired.add("/audit", "gone", status=410)
    assert look(run_jobs).life == "suspect"
    assert "timemap" not in archive.doors()
    assert look(run_jobs, later=life.APART).life == "dead"
    row = PublicCopy.objects.get()
    assert (archive.doors().count("timemap"), row.copies, row.state) == (1, 1, "asked")
    look(run_jobs, later=life.APART)
    assert archive.doors().count("timemap") == 1, "it is dead still"


def test_a_person_says_it_is_dead(
    claim: Any, desk: Any, wired: Pages, asking: None, archive: Archive, run_jobs: Callable[[], int]
) -> None:
    archive.answers["timemap"] = [timemap(OLD)]
    source = cite(claim, desk, run_jobs)
    watching.say(source, by=desk.editor, source_life="restricted", note="A wall.")
    watching.say(source, by=desk.editor, source_life="dead", note="It is gone, says the ministry.")
    run_jobs()
    assert (archive.doors().count("timemap"), PublicCopy.objects.get().copies) == (1, 1)


@pytest.mark.parametrize("off", ["newsroom", "operator"])
def test_switched_off_nothing_leaves(
    off: str, gone: Source, archive: Archive, run_jobs: Callable[[], int], settings: Any, desk: Any
) -> None:
    assert archive.asked == []
    jobs.owe("sources.mementos", gone.pk, newsroom_id=gone.newsroom_id)
    jobs.owe("sources.archive", gone.pk, newsroom_id=gone.newsroom_id)
    Newsroom.objects.update(asks_archive=off == "operator")
    if off == "operator":
        settings.ARCHIVE_URL = ""
    watching.say(gone, by=desk.editor, source_life="dead", note="Gone.")
    run_jobs()
    assert (archive.asked, PublicCopy.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("answer", "copies", "more", "nearest"),
    [
        (Answer(404), 0, False, ""),
        (Answer(200, b""), 0, False, ""),
        (timemap(AFTER), 1, False, "20300101000000"),
        (timemap(OLD, host="evil.example"), 0, False, ""),
        (Answer(200, b'<javascript:alert(1)>; rel="memento"; datetime="Tue, 20 Jun 2000 18:02:59 GMT"'), 0, False, ""),
        (Answer(200, b"<" * 1_000_000), 0, False, ""),
        (Answer(200, b"\xff\x00;;;,,,<>"), 0, False, ""),
        (Answer(200, b'<a>; rel="timemap"'), 0, True, ""),
        (Answer(200, b"x" * (memento.MOST_BYTES + 1)), None, True, ""),
    ],
)
def test_what_the_list_says(
    answer: Answer,
    copies: int | None,
    more: bool,
    nearest: str,
    gone: Source,
    asking: None,
    archive: Archive,
    run_jobs: Callable[[], int],
) -> None:
    archive.answers["timemap"] = [answer]
    row = listed(gone, run_jobs)
    assert (row.copies, row.more, row.listing_since) == (copies, more, None)
    assert row.listed_at is not None
    assert nearest in row.nearest_url
    assert bool(row.nearest_url) == bool(nearest)


@pytest.mark.parametrize(
    "answer", [Answer(403), Answer(400, b"<a>"), Answer(302, b"", {"Location": "http://127.0.0.1/"}), Answer(204)]
)
def test_what_says_nothing(
    answer: Answer, gone: Source, asking: None, archive: Archive, run_jobs: Callable[[], int]
) -> None:
    archive.answers["timemap"] = [answer]
    row = listed(gone, run_jobs)
    assert archive.doors() == ["timemap"]
    assert (row.copies, row.nearest_url) == ((None, "") if answer.status != 204 else (0, ""))
    assert Work.objects.get(kind="sources.mementos").state == "done"


def test_an_archive_that_is_busy_is_asked_later_and_not_for_ever(
    gone: Source, asking: None, archive: Archive, run_jobs: Callable[[], int]
) -> None:
    archive.answers["timemap"] = [Answer(429, b"", {"Retry-After": "1200"}), timemap(BEFORE)]
    row = listed(gone, run_jobs)
    work = Work.objects.get(kind="sources.mementos")
    assert (row.copies, work.state, work.problem) == (None, "queued", "archive_again")
    assert work.due_at > timezone.now() + timedelta(seconds=1100)
    assert later(run_jobs).copies == 1
    archive.answers["timemap"] = [Answer(503)]
    assert listed(gone, run_jobs).listing_since is not None
    PublicCopy.objects.update(listing_since=timezone.now() - archiving.GIVE_UP)
    row = later(run_jobs)
    assert (row.listing_since, row.copies) == (None, 1), "what was known stays"
    assert Work.objects.get(kind="sources.mementos").state == "done"


def test_plain_addresses_of_an_encrypted_archive_are_raised(gone: Source, archive: Archive, settings: Any) -> None:
    from annotations.lib.fetching.sending import Reply
    from annotations.lib.wayback import Archive as Place

    answer = timemap(BEFORE)
    found = mementos._read(Place("https://archive.example.org"), gone, Reply("ok", "", 200, body=answer.body))
    assert found["nearest_url"].startswith("https://archive.example.org/web/2024")


def test_a_living_link_is_not_listed(
    claim: Any, desk: Any, wired: Pages, archive: Archive, run_jobs: Callable[[], int]
) -> None:
    """A living link of a newsroom that asks nothing costs the archive nothing."""
    wired.add("/audit", HTML)
    assert cite(claim, desk, run_jobs).state == "ready"
    assert archive.asked == []

"""The watch over cited sources: quotes that vanish, sources that die, walls, robots, the brake, a person's word."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from annotations.errors import InvalidInput, NotAllowed
from annotations.lib import outbound
from annotations.lib.fetching.client import GuardedFetcher, Policy
from annotations.lib.fetching.proxying import Proxy
from annotations.models import Capture, Event, Evidence, FetchAttempt, Source
from annotations.models.sources import AttemptPurpose
from annotations.sources import life, watching
from tests.servers import Pages
from tests.stages.test_sources import HTML, claim, desk, save, wired

__all__ = ["claim", "desk", "wired"]

QUOTE = "The bridge cost 31 million and not 18 million"
pytestmark = pytest.mark.django_db


@pytest.fixture
def cited(desk: Any, claim: Any, wired: Pages, run_jobs: Callable[[], int]) -> Evidence:
    cache.clear()
    wired.add("/audit", HTML)
    evidence = save(claim, desk, 0, url="http://audit.example.com/audit", quote=QUOTE)
    run_jobs()
    evidence.refresh_from_db()
    assert evidence.quote_state == "exact"
    return evidence


def look(run_jobs: Callable[[], int], *, later: timedelta = timedelta(0)) -> Source:
    """As if the time had come; a failing check counted `later` ago."""
    source = Source.objects.get()
    if source.failed_at is not None:
        Source.objects.update(failed_at=source.failed_at - later)
    Source.objects.update(watch_at=timezone.now() - timedelta(minutes=1))
    assert watching.owe_due() == 1
    run_jobs()
    return Source.objects.get()


def test_while_nothing_changes_it_is_looked_at_ever_less_often(
    cited: Evidence, wired: Pages, run_jobs: Callable[[], int]
) -> None:
    first = Source.objects.get()
    assert first.watch_at is not None
    assert first.watch_at > timezone.now() + timedelta(days=6)
    pauses = []
    for _time in range(3):
        source = look(run_jobs)
        assert source.watch_at is not None
        pauses.append((source.watch_at - timezone.now()).days)
    assert [pause >= least for pause, least in zip(pauses, (6, 13, 29), strict=True)] == [True] * 3
    assert (source.life, source.good_checks, Capture.objects.count()) == ("alive", 3, 1)
    assert FetchAttempt.objects.filter(purpose=AttemptPurpose.WATCH).count() == 3


def test_a_quote_that_vanished_is_lost_and_found_again(
    cited: Evidence, wired: Pages, run_jobs: Callable[[], int]
) -> None:
    wired.add(
        "/audit",
        HTML.replace(
            "The bridge cost 31 million and not 18 million, the auditor wrote",
            "Nothing is said of costs any more, the auditor says now",
        ),
    )
    source = look(run_jobs)
    cited.refresh_from_db()
    assert (cited.quote_state, source.life, Capture.objects.count()) == ("lost", "alive", 2)
    wired.add("/audit", HTML.replace("31 million", "13 million"))
    look(run_jobs)
    cited.refresh_from_db()
    assert cited.quote_state == "altered"
    wired.add("/audit", HTML)
    look(run_jobs)
    cited.refresh_from_db()
    assert (cited.quote_state, Capture.objects.count()) == ("exact", 3)


def test_another_page_around_the_same_text_costs_no_new_check(
    cited: Evidence, wired: Pages, run_jobs: Callable[[], int]
) -> None:
    wired.add("/audit", HTML.replace("<body>", "<body><!-- built at noon -->"))
    look(run_jobs)
    cited.refresh_from_db()
    assert (cited.quote_state, Capture.objects.count()) == ("exact", 2)


def test_dead_takes_three_failing_checks_days_apart_and_is_no_end(
    cited: Evidence, wired: Pages, run_jobs: Callable[[], int]
) -> None:
    wired.add("/audit", "gone", status=404)
    assert look(run_jobs).life == "suspect"
    again = look(run_jobs)  # the same day: it does not count
    assert (again.life, again.failures) == ("suspect", 1)
    assert look(run_jobs, later=life.APART).life == "suspect"
    assert look(run_jobs, later=life.APART).life == "dead"
    cited.refresh_from_db()
    assert cited.quote_state == "exact", "the copy that was kept still says it"
    wired.add("/audit", HTML)
    assert look(run_jobs).life == "alive"
    kinds = [event.new["life"] for event in Event.objects.filter(kind="source.life").order_by("pk")]
    assert kinds == ["suspect", "dead", "alive"]


def test_an_error_page_that_answers_200(cited: Evidence, wired: Pages, run_jobs: Callable[[], int]) -> None:
    wired.add(
        "/audit",
        "<html><title>404 – الصفحة غير موجودة</title><body><p>Try our front page instead of this.</p></body></html>",
    )
    source = look(run_jobs)
    cited.refresh_from_db()
    assert (source.life, source.failures, cited.quote_state, Capture.objects.count()) == ("suspect", 1, "exact", 1)


def test_a_wall_is_no_death(cited: Evidence, wired: Pages, run_jobs: Callable[[], int]) -> None:
    wired.add("/audit", "pay", status=402)
    for _time in range(4):
        source = look(run_jobs, later=life.APART)
    assert (source.life, source.failures) == ("restricted", 0)


def test_robots_are_respected_by_the_watch_alone(cited: Evidence, wired: Pages, run_jobs: Callable[[], int]) -> None:
    cache.clear()
    wired.add("/robots.txt", "User-agent: *\nDisallow: /audit\n", media_type="text/plain")
    before = wired.asked.count("/audit")
    source = look(run_jobs)
    assert wired.asked.count("/audit") == before
    assert source.life == "alive"
    assert source.watch_at is not None
    assert source.watch_at > timezone.now() + timedelta(days=29)


def test_when_everything_fails_nothing_is_counted(cited: Evidence, wired: Pages, run_jobs: Callable[[], int]) -> None:
    for number in range(5):
        other = Source.objects.create(
            newsroom=cited.source.newsroom,
            kind="url",
            url=f"http://h{number}.example.com/",
            url_key=f"k{number}",
            host=f"h{number}.example.com",
        )
        FetchAttempt.objects.create(source=other, purpose=AttemptPurpose.WATCH, outcome="timeout")
        Source.objects.filter(pk=other.pk).update(watch_at=None)
    wired.add("/audit", "broken", status=503)
    Source.objects.filter(pk=cited.source_id).update(watch_at=timezone.now() - timedelta(minutes=1))
    watching.owe_due()
    run_jobs()
    source = Source.objects.get(pk=cited.source_id)
    assert (source.life, source.failures) == ("alive", 0)


def test_our_own_proxy_that_is_away_is_no_failure_of_the_source(
    cited: Evidence, wired: Pages, run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    away = GuardedFetcher(Policy(), resolver=wired.resolver, proxy=Proxy("127.0.0.1", 1))
    monkeypatch.setattr(outbound, "fetcher", lambda: away)
    for _time in range(6):
        source = look(run_jobs, later=life.APART)
    assert (source.life, source.failures) == ("alive", 0)
    assert FetchAttempt.objects.filter(outcome="proxy_unreachable").count() == 6


def test_a_persons_word_stays(cited: Evidence, desk: Any, wired: Pages, run_jobs: Callable[[], int]) -> None:
    source = Source.objects.get()
    with pytest.raises(InvalidInput):
        watching.say(source, by=desk.editor, source_life="dead", note=" ")
    with pytest.raises(NotAllowed):
        watching.say(source, by=desk.reviewers[1], source_life="dead", note="it is gone")
    watching.say(source, by=desk.editor, source_life="dead", note="The ministry took it down, says its press office.")
    assert look(run_jobs).life == "dead"
    watching.say(Source.objects.get(), by=desk.editor, source_life="", note="")
    assert look(run_jobs).life == "alive"


def test_what_nobody_cites_is_not_watched(cited: Evidence, run_jobs: Callable[[], int]) -> None:
    cited.delete()
    assert look(run_jobs).watch_at is None

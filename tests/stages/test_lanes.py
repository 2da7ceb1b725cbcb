"""One host, one request at a time: who waits costs nothing, who leaves wakes the next, who is silent is left alone."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.utils import timezone

from annotations import jobs, lanes, pulse
from annotations.articles import politeness
from annotations.errors import RetryLater
from annotations.lib.fetching.client import FetchResult
from annotations.models import Heartbeat, Lane, Work

pytestmark = pytest.mark.django_db
FETCH, WATCH = "sources.fetch", "sources.watch"
HOST = "slow.example.com"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, float]]:
    """(row, countdown to ten seconds, however slow the machine) of every message."""
    found: list[tuple[int, float]] = []

    def send(kind: str, subject_id: int, *, countdown: float = 0.0) -> bool:
        found.append((subject_id, round(countdown, -1)))
        return True

    monkeypatch.setattr(jobs, "_send", send)
    return found


def owe(*rows: int, kind: str = FETCH, host: str = HOST) -> None:
    for row in rows:
        jobs.owe(kind, row, newsroom_id=None, lane=host)


def perform(row: int, run: Callable[..., None] = lambda _row, _lease: None, kind: str = FETCH) -> None:
    jobs.perform(kind, row, run, lambda _row, _code: None, owner="fetch@here")


def states() -> dict[int, str]:
    return dict(Work.objects.order_by("subject_id").values_list("subject_id", "state"))


def test_a_second_link_waits_while_the_first_is_fetched(sent: list[Any]) -> None:
    owe(1, 2, 3)
    inside: list[dict[int, str]] = []

    def run(_row: int, _lease: jobs.Lease) -> None:
        perform(2)
        perform(3)
        inside.append(states())

    perform(1, run)
    assert inside == [{1: "running", 2: "queued", 3: "queued"}]
    assert sent == [(2, 0.0)]  # whoever leaves wakes the next, and only that one
    perform(2)
    perform(3)
    assert states() == {1: "done", 2: "done", 3: "done"}


def test_a_message_too_many_costs_one_question(sent: list[Any], django_assert_num_queries: Any) -> None:
    owe(1, 2)
    perform(1)
    sent.clear()
    with django_assert_num_queries(1):
        perform(1)
    assert (sent, states()) == ([], {1: "done", 2: "queued"})


def test_the_pause_between_two_links(sent: list[Any], settings: Any) -> None:
    settings.SOURCES_HOST_GAP = 20.0
    owe(1, 2, 3)
    perform(1)
    assert sent == [(2, 20.0)]
    for row in (2, 3, 2, 3):  # their first messages arrive within the pause
        perform(row)
    assert states() == {1: "done", 2: "queued", 3: "queued"}
    assert sent == [(2, 20.0)]  # it is woken already
    Lane.objects.update(free_at=timezone.now())
    perform(2)
    assert (states()[2], sent[1:]) == ("done", [(3, 20.0)])


def test_a_link_that_comes_within_the_pause_is_called(sent: list[Any], settings: Any) -> None:
    settings.SOURCES_HOST_GAP = 20.0
    owe(1)
    perform(1)
    assert sent == []
    owe(2, 3)
    perform(2)
    perform(3)
    assert sent == [(2, 20.0)]


def test_another_host_does_not_wait(sent: list[Any], settings: Any) -> None:
    settings.SOURCES_HOST_GAP = 60.0
    owe(1)
    owe(2, host="other.example.com")
    perform(1)
    perform(2)
    assert states() == {1: "done", 2: "done"}


def test_a_message_for_what_is_done_costs_the_host_no_pause(sent: list[Any], settings: Any) -> None:
    owe(1)
    perform(1)
    settings.SOURCES_HOST_GAP = 60.0
    perform(1)
    owe(2)
    perform(2)
    assert states() == {1: "done", 2: "done"}


def test_people_before_the_watch(sent: list[Any]) -> None:
    owe(1)
    owe(7, kind=WATCH)
    owe(2)
    perform(1)
    assert sent == [(2, 0.0)]


def test_a_worker_killed_in_the_lane(sent: list[Any], settings: Any) -> None:
    """Its lane is free when its time is over, or at once when a worker of its name starts again."""
    for freed in (lambda: jobs.release(owner="fetch@here"), lambda: Lane.objects.update(held_until=timezone.now())):
        Work.objects.all().delete()
        owe(1, 2)
        assert lanes.enter(HOST, uuid.uuid4(), owner="fetch@here", seconds=100)
        perform(2)
        assert states()[2] == "queued"
        freed()
        perform(2)
        assert states()[2] == "done"


def test_one_who_held_too_long_wakes_nobody(sent: list[Any]) -> None:
    owe(1, 2)
    token = uuid.uuid4()
    assert lanes.enter(HOST, token, owner="a", seconds=-1)
    assert lanes.enter(HOST, uuid.uuid4(), owner="b", seconds=100)
    assert lanes.leave(HOST, token, gap=0) is None


def test_the_sweep_wakes_one_of_each_free_lane(sent: list[Any]) -> None:
    owe(*range(1, 200))
    owe(*range(200, 400), host="other.example.com")
    owe(*range(400, 500), host="held.example.com")
    owe(*range(500, 600), host="paused.example.com")
    jobs.owe("claims.split", 1000, newsroom_id=None)
    lanes.enter("held.example.com", uuid.uuid4(), owner="a", seconds=100)
    Lane.objects.create(name="paused.example.com", free_at=timezone.now() + timedelta(seconds=50))
    Work.objects.update(sent_at=None)
    assert jobs.sweep() == 3
    assert {row for row, _countdown in sent} == {1, 200, 1000}


def answer(outcome: str, status: int | None = None, retry_after: float | None = None) -> FetchResult:
    return FetchResult(outcome, "http://x/", "http://x/", status=status, retry_after=retry_after)


@pytest.mark.parametrize(
    ("result", "pauses"),
    [
        (answer("timeout"), [60, 120, 240, 480, 900, 900]),
        (answer("connect_failed"), [60, 120]),
        (answer("dns_failure"), [60, 120]),
        (answer("reset"), [60, 120]),
        (answer("http_error", 429), [60, 120]),
        (answer("http_error", 429, 7200.0), [7200]),
        (answer("http_error", 503, 100.0), [100, 120]),
        (answer("http_error", 503), [None]),
        (answer("http_error", 404), [None]),
        (answer("tls_error"), [None]),
        (answer("ok", 200), [None]),
    ],
    ids=lambda value: value.outcome + str(value.status or "") if isinstance(value, FetchResult) else "",
)
def test_how_long_a_host_is_left_alone(result: FetchResult, pauses: list[float | None], settings: Any) -> None:
    settings.SOURCES_HOST_PAUSE = 60.0
    for pause in pauses:
        Lane.objects.update(free_at=timezone.now())
        until = politeness.heard(HOST, result)
        seconds = None if until is None else round((until - timezone.now()).total_seconds())
        assert seconds == pause
    politeness.heard(HOST, answer("ok", 200))
    assert all(lane.strikes == 0 for lane in Lane.objects.all())


def test_what_waits_for_a_silent_host_is_due_when_its_pause_is_over(sent: list[Any], settings: Any) -> None:
    settings.SOURCES_HOST_PAUSE = 60.0
    owe(1, 2, 3)

    def run(_row: int, _lease: jobs.Lease) -> None:
        until = politeness.heard(HOST, answer("timeout"))
        raise RetryLater("timeout", "later", at=until or timezone.now())

    perform(1, run)
    now = timezone.now()
    assert all(timedelta(seconds=55) < work.due_at - now <= timedelta(seconds=60) for work in Work.objects.all())
    perform(2)
    assert states() == dict.fromkeys((1, 2, 3), "queued")
    assert all(countdown > 50 for _row, countdown in sent)  # far off: no message, the sweep's business
    owe(4)
    perform(4)
    assert Work.objects.get(subject_id=4).due_at > now + timedelta(seconds=55)


def test_an_address_and_its_spellings_share_a_lane() -> None:
    assert (
        politeness.lane("https://BÜCHER.example.com/a")
        == politeness.lane("http://xn--bcher-kva.example.com:80/b")
        == "xn--bcher-kva.example.com"
    )


@pytest.mark.parametrize("back", [timedelta(minutes=5), timedelta(days=400)])
def test_the_clock_is_set_back(sent: list[Any], settings: Any, back: timedelta) -> None:
    """What was promised, leased or paused by the old time goes on by the new one, once."""
    owe(1, 2)
    owe(3, host="held.example.com")
    jobs.owe("claims.split", 4, newsroom_id=None)
    assert jobs.take("claims.split", 4) is not None
    assert lanes.enter("held.example.com", uuid.uuid4(), owner="killed", seconds=settings.JOBS_LEASE_SECONDS)
    pulse.beat("sweep")
    Heartbeat.objects.update(at=F("at") + back)
    Work.objects.update(due_at=F("due_at") + back, lease_until=F("lease_until") + back, sent_at=F("sent_at") + back)
    Lane.objects.update(held_until=F("held_until") + back, free_at=F("free_at") + back)
    jobs.sweep()
    assert (1, 0.0) in sent
    perform(1)
    assert states()[1] == "done"
    assert Work.objects.get(kind="claims.split").lease_until < timezone.now() + timedelta(seconds=150)
    assert Lane.objects.get(name="held.example.com").held_until < timezone.now() + timedelta(seconds=150)
    due = dict(Work.objects.values_list("subject_id", "due_at"))
    jobs.sweep()
    assert dict(Work.objects.values_list("subject_id", "due_at")) == due


def test_clocks_that_differ_by_seconds_move_nothing() -> None:
    owe(1)
    Heartbeat.objects.create(name="sweep", at=timezone.now() + timedelta(seconds=20))
    before = Work.objects.get().due_at
    jobs.sweep()
    assert Work.objects.get().due_at == before

"""The work table: what is promised is done once, whatever happens to messages and workers."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from annotations import jobs
from annotations.errors import RetryLater
from annotations.models import Work

pytestmark = pytest.mark.django_db
KIND = "claims.split"
REALLY_SEND = jobs._send  # every test sends nothing (conftest)


class Job:
    """A job that notes what happens to it."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.ran: list[int] = []
        self.buried: list[str] = []
        self.error = error

    def run(self, subject_id: int, lease: jobs.Lease) -> None:
        self.ran.append(subject_id)
        if self.error:
            raise self.error

    def bury(self, subject_id: int, code: str) -> None:
        self.buried.append(code)

    def perform(self, owner: str = "") -> None:
        jobs.perform(KIND, 7, self.run, self.bury, owner=owner)


def owe() -> None:
    jobs.owe(KIND, 7, newsroom_id=None)


def work() -> Work:
    return Work.objects.get(kind=KIND, subject_id=7)


def expire() -> None:
    Work.objects.update(lease_until=timezone.now() - timedelta(seconds=1))


def test_done_once_however_often_the_message_comes() -> None:
    owe()
    job = Job()
    for _time in range(3):
        job.perform()
    assert (job.ran, work().state) == ([7], "done")


def test_promised_twice_is_one_row() -> None:
    owe()
    owe()
    assert Work.objects.count() == 1


def test_two_workers_one_gets_it() -> None:
    owe()
    assert jobs.take(KIND, 7) is not None
    assert jobs.take(KIND, 7) is None


def test_promised_while_it_runs_runs_once_more() -> None:
    owe()

    def run(subject_id: int, lease: jobs.Lease) -> None:
        owe()

    jobs.perform(KIND, 7, run, lambda _subject, _code: None)
    assert work().state == "queued"
    job = Job()
    job.perform()
    assert (job.ran, work().state) == ([7], "done")


def test_a_killed_worker_is_followed_by_another() -> None:
    owe()
    dead = jobs.take(KIND, 7, owner="fetch@one")
    assert dead is not None
    job = Job()
    job.perform()
    assert job.ran == []
    expire()
    job.perform()
    assert (job.ran, work().state) == ([7], "done")
    with pytest.raises(jobs.Superseded), transaction.atomic():
        jobs.hold(dead)


def test_a_worker_of_the_same_name_gives_the_dead_ones_leases_back() -> None:
    owe()
    jobs.take(KIND, 7, owner="fetch@one")
    assert jobs.release(owner="fetch@two") == 0
    assert jobs.release(owner="fetch@one") == 1
    job = Job()
    job.perform()
    assert job.ran == [7]


def test_poison_is_given_up_after_three_takes() -> None:
    owe()
    for _kill in range(jobs.MAX_ATTEMPTS):
        assert jobs.take(KIND, 7) is not None
        expire()
    job = Job()
    job.perform()
    assert (job.ran, job.buried, work().state, work().problem) == ([], ["poison"], "dead", "poison")
    job.perform()
    assert job.buried == ["poison"]


def test_a_passing_fault_is_due_again_and_counts_no_attempt() -> None:
    owe()
    later = timezone.now() + timedelta(minutes=5)
    Job(RetryLater("timeout", "slow", at=later)).perform()
    assert (work().state, work().problem, work().attempts, work().due_at) == ("queued", "timeout", 0, later)
    job = Job()
    job.perform()
    assert job.ran == []


def test_an_unexpected_error_is_tried_three_times(settings: Any) -> None:
    settings.JOBS_BACKOFF_SECONDS = 0
    owe()
    job = Job(ValueError("oh"))
    for _time in range(5):
        job.perform()
    assert (len(job.ran), job.buried, work().state) == (3, ["error"], "dead")
    assert "ValueError: oh" in work().detail
    jobs.revive(work())
    fresh = Job()
    fresh.perform()
    assert (fresh.ran, work().state) == ([7], "done")


def test_running_out_of_memory_ends_the_job_not_the_worker() -> None:
    owe()
    job = Job(MemoryError())
    job.perform()
    assert (job.buried, work().state) == (["too_heavy"], "dead")


def test_the_sweep_wakes_what_was_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[str, int]] = []
    monkeypatch.setattr(
        jobs, "_send", lambda kind, subject_id, *, countdown=0.0: sent.append((kind, subject_id)) is None
    )
    owe()
    sent.clear()
    assert jobs.sweep() == 0  # its message is fresh
    Work.objects.update(sent_at=timezone.now() - timedelta(seconds=300))
    assert jobs.sweep() == 1
    assert jobs.sweep() == 0
    Work.objects.update(state="running", lease_until=timezone.now() - timedelta(seconds=1), sent_at=None)
    assert jobs.sweep() == 1
    assert sent == [(KIND, 7)] * 2


def test_a_broker_that_is_away_loses_nothing(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(jobs, "_send", lambda kind, subject_id, *, countdown=0.0: False)
    with django_capture_on_commit_callbacks(execute=True):
        owe()
    assert (work().state, work().sent_at) == ("queued", None)
    sent: list[int] = []
    monkeypatch.setattr(jobs, "_send", lambda kind, subject_id, *, countdown=0.0: sent.append(subject_id) is None)
    assert jobs.sweep() == 1
    assert sent == [7]


def test_nothing_is_sent_when_the_transaction_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[int] = []
    monkeypatch.setattr(jobs, "_send", lambda kind, subject_id, *, countdown=0.0: sent.append(subject_id) is None)

    def promise_and_fail() -> None:
        with transaction.atomic():
            owe()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        promise_and_fail()
    assert (sent, Work.objects.count()) == ([], 0)


def test_where_nobody_works_yet_nobody_is_woken(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    sent: list[object] = []
    monkeypatch.setattr(jobs, "_send", REALLY_SEND)
    monkeypatch.setattr(jobs.current_app, "send_task", lambda *args, **given: sent.append(args))
    with jobs.unwoken(), django_capture_on_commit_callbacks(execute=True):
        owe()
    assert sent == []
    assert Work.objects.get(kind=KIND).state == "queued"
    assert jobs.sweep() == 1, "the first sweep wakes a worker for it"
    assert len(sent) == 1

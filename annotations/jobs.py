"""The only door to the queue. A Work row says what is owed; a message only wakes a worker (docs/adr/0002).

A lost message is sent again by the sweep, a doubled one finds nothing to take, a job that kills its worker is
given up after MAX_ATTEMPTS takes. Every job may run twice: it must write its result once.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

import structlog
from celery import current_app
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils import timezone

from annotations import lanes, pulse
from annotations.errors import RetryLater
from annotations.models.kinds import KINDS
from annotations.models.work import Work, WorkState

log = structlog.get_logger(__name__)

WorkRows = QuerySet[Work, Work]

MAX_ATTEMPTS = 3  # takes that end without an outcome: a job that kills its worker three times is poison


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to do one piece of work until it runs out."""

    work_id: int
    subject_id: int
    token: uuid.UUID
    serial: int
    attempts: int


class Superseded(Exception):
    """The lease ran out and somebody else took the work: drop the result."""


def owe(kind: str, subject_id: int, *, newsroom_id: int | None, due_at: datetime | None = None, lane: str = "") -> None:
    """Promise work on a row, in the caller's transaction; a worker is woken after commit.

    Promised again while it runs, it runs once more afterwards. `lane`: the host that it goes to (annotations/lanes.py).
    """
    lane = lane[:255].lower()
    due = due_at or timezone.now()
    rows = Work.objects.filter(kind=KINDS[kind].name, subject_id=subject_id)
    if not _promise_again(rows, due, lane):
        try:
            with transaction.atomic():
                Work.objects.create(
                    kind=kind,
                    subject_id=subject_id,
                    newsroom_id=newsroom_id,
                    lane=lane,
                    due_at=due,
                    sent_at=timezone.now(),
                )
        except IntegrityError:  # somebody promised it between our two statements
            _promise_again(rows, due, lane)
    transaction.on_commit(lambda: _wake(kind, subject_id, due), robust=True)


def owe_once(kind: str, subject_id: int, *, newsroom_id: int | None, due_at: datetime) -> None:
    """`owe`, unless it waits already: no stream of changes puts it off. Call it after the transaction that it shall see."""
    waiting = Work.objects.filter(kind=kind, subject_id=subject_id, state=WorkState.QUEUED, attempts__lt=MAX_ATTEMPTS)
    if not waiting.exists():
        owe(kind, subject_id, newsroom_id=newsroom_id, due_at=due_at)


def _promise_again(rows: WorkRows, due: datetime, lane: str) -> int:
    running = Q(state=WorkState.RUNNING)
    return rows.update(
        serial=F("serial") + 1,
        lane=lane,
        due_at=due,
        state=Case(When(running, then=Value(WorkState.RUNNING)), default=Value(WorkState.QUEUED)),
        attempts=Case(When(running, then=F("attempts")), default=Value(0)),
        sent_at=timezone.now(),
        problem="",
        detail="",
        finished_at=None,
    )


def _wake(kind: str, subject_id: int, due: datetime) -> None:
    if not _send(kind, subject_id, countdown=max(0.0, (due - timezone.now()).total_seconds())):
        Work.objects.filter(kind=kind, subject_id=subject_id).update(sent_at=None)  # the next sweep's


_nobody_there: ContextVar[bool] = ContextVar("nobody_there", default=False)


@contextmanager
def unwoken() -> Iterator[None]:
    """What is promised inside wakes nobody, where it is known that no worker runs yet: beat's first sweep does."""
    token = _nobody_there.set(True)
    try:
        yield
    finally:
        _nobody_there.reset(token)


def _send(kind: str, subject_id: int, *, countdown: float = 0.0) -> bool:
    """Wake a worker. A broker that is away costs nothing but time: the sweep sends again."""
    if _nobody_there.get():
        return False
    if countdown > settings.JOBS_SWEEP_SECONDS:
        return False  # far off: the sweep's business, never a delayed message longer than the visibility timeout
    try:
        current_app.send_task(
            kind,
            args=[subject_id],
            queue=KINDS[kind].queue,
            countdown=countdown or None,
            expires=countdown + settings.JOBS_RESEND_SECONDS,
        )
    except Exception as error:  # any transport error: kombu raises several kinds
        log.warning("queue_unreachable", kind=kind, subject_id=subject_id, error=str(error))
        return False
    return True


def take(kind: str, subject_id: int, *, owner: str = "") -> Lease | None:
    """The only way into work: one UPDATE decides between workers, alike on SQLite and PostgreSQL."""
    now = timezone.now()
    token = uuid.uuid4()
    ready = Q(state=WorkState.QUEUED, due_at__lte=now) | Q(state=WorkState.RUNNING, lease_until__lt=now)
    taken = Work.objects.filter(ready, kind=kind, subject_id=subject_id, attempts__lt=MAX_ATTEMPTS).update(
        state=WorkState.RUNNING,
        lease_token=token,
        lease_owner=owner[:120],
        lease_until=now + timedelta(seconds=settings.JOBS_LEASE_SECONDS),
        attempts=F("attempts") + 1,
    )
    if not taken:
        return None
    work = Work.objects.get(kind=kind, subject_id=subject_id, lease_token=token)
    return Lease(work.pk, subject_id, token, work.serial, work.attempts)


def hold(lease: Lease) -> None:
    """Call first in the transaction that writes the result; raises Superseded when the lease is another's."""
    if not _held(lease).update(lease_until=timezone.now() + timedelta(seconds=settings.JOBS_LEASE_SECONDS)):
        raise Superseded


def perform(
    kind: str,
    subject_id: int,
    run: Callable[[int, Lease], None],
    bury: Callable[[int, str], None],
    *,
    owner: str = "",
) -> None:
    """Take the work, run it, record how it ended. `bury(subject_id, code)` tells the row that nothing more will come."""
    lane, token = lanes.of(kind, subject_id), uuid.uuid4()
    if lane is None:
        return
    if not lane:
        _perform(kind, subject_id, run, bury, owner)
        return
    if not lanes.enter(lane, token, owner=owner, seconds=settings.JOBS_LEASE_SECONDS):
        _call(lanes.call(lane))  # it waits in the table; whoever leaves the lane wakes the next
        return
    asked = False
    try:
        asked = _perform(kind, subject_id, run, bury, owner)
    finally:
        _call(lanes.leave(lane, token, gap=settings.SOURCES_HOST_GAP if asked else 0.0))


def _call(call: lanes.Call | None) -> None:
    if call is not None:
        _send(call.kind, call.subject_id, countdown=max(0.0, (call.at - timezone.now()).total_seconds()))


def _perform(
    kind: str, subject_id: int, run: Callable[[int, Lease], None], bury: Callable[[int, str], None], owner: str
) -> bool:
    """Whether there was anything to do."""
    lease = take(kind, subject_id, owner=owner)
    if lease is None:
        _bury_poison(kind, subject_id, bury)
        return False
    structlog.contextvars.bind_contextvars(job=kind, subject_id=subject_id)
    try:
        run(subject_id, lease)
    except RetryLater as later:
        _postpone(lease, kind, at=later.at, problem=later.code)
    except Superseded:
        log.warning("superseded")
    except MemoryError:  # escaping, it would end the whole worker (celery #10462)
        _give_up(lease, "too_heavy", "")
        bury(subject_id, "too_heavy")
    except (Exception, SoftTimeLimitExceeded) as error:
        log.exception("job_failed")
        if lease.attempts >= MAX_ATTEMPTS:
            _give_up(lease, "error", f"{type(error).__name__}: {error}"[:2000])
            bury(subject_id, "error")
        else:
            pause = timedelta(seconds=settings.JOBS_BACKOFF_SECONDS * 2**lease.attempts)
            _postpone(
                lease, kind, at=timezone.now() + pause, problem=type(error).__name__[:60], attempts=lease.attempts
            )
    else:
        _finish(lease, kind)
    return True


def _held(lease: Lease) -> WorkRows:
    return Work.objects.filter(pk=lease.work_id, lease_token=lease.token)


def _finish(lease: Lease, kind: str) -> None:
    done = _held(lease).filter(serial=lease.serial)
    now = timezone.now()
    if not done.update(
        state=WorkState.DONE, attempts=0, lease_token=None, lease_until=None, finished_at=now, problem=""
    ):
        due = _held(lease).values_list("due_at", flat=True).first()  # promised again meanwhile, for then
        _postpone(lease, kind, at=max(due or now, now), problem="")


def _postpone(lease: Lease, kind: str, *, at: datetime, problem: str, attempts: int = 0) -> None:
    """Due again at `at`. A recorded outcome sets `attempts` to 0; an unexpected error keeps counting."""
    moved = _held(lease).update(
        state=WorkState.QUEUED,
        due_at=at,
        attempts=attempts,
        lease_token=None,
        lease_until=None,
        problem=problem,
        sent_at=timezone.now(),
    )
    if moved:
        _wake(kind, lease.subject_id, at)


def _give_up(lease: Lease, problem: str, detail: str) -> None:
    _held(lease).update(
        state=WorkState.DEAD,
        lease_token=None,
        lease_until=None,
        problem=problem,
        detail=detail,
        finished_at=timezone.now(),
    )


def _bury_poison(kind: str, subject_id: int, bury: Callable[[int, str], None]) -> None:
    """A row whose takes ran out without an outcome killed its worker each time."""
    now = timezone.now()
    spent = Work.objects.filter(kind=kind, subject_id=subject_id, attempts__gte=MAX_ATTEMPTS)
    stuck = spent.filter(Q(state=WorkState.RUNNING, lease_until__lt=now) | Q(state=WorkState.QUEUED))
    if stuck.update(state=WorkState.DEAD, lease_token=None, lease_until=None, problem="poison", finished_at=now):
        bury(subject_id, "poison")


def release(*, owner: str) -> int:
    """Give back what a worker of this name held: called when one starts, so the old one is dead."""
    lanes.release(owner=owner)
    return Work.objects.filter(state=WorkState.RUNNING, lease_owner=owner[:120]).update(
        state=WorkState.QUEUED, lease_token=None, lease_until=None, sent_at=None
    )


def sweep(*, limit: int = 2000) -> int:
    """Send again what is due and was not woken lately, and what a dead worker still holds. Returns how many."""
    lanes.shift(pulse.set_back())
    now = timezone.now()
    stale = (
        Q(sent_at__isnull=True)
        | Q(sent_at__lt=now - timedelta(seconds=settings.JOBS_RESEND_SECONDS))
        | Q(sent_at__lt=F("due_at"))
    )
    due = Q(state=WorkState.QUEUED, due_at__lte=now, lane="") | Q(state=WorkState.RUNNING, lease_until__lt=now)
    rows: list[tuple[int, str, int]] = []
    for found in (Work.objects.filter(due), lanes.heads(now)):
        rows += found.filter(stale).order_by("due_at", "id").values_list("pk", "kind", "subject_id")[:limit]
    # When the broker goes away, the rest is the next sweep's.
    sent = [pk for pk, _kind, _subject in takewhile(lambda row: _send(row[1], row[2]), rows)]
    Work.objects.filter(pk__in=sent).update(sent_at=now)
    pulse.beat("sweep")
    return len(sent)


def revive(work: Work) -> None:
    """An admin asks for a dead piece of work again."""
    owe(work.kind, work.subject_id, newsroom_id=work.newsroom_id, lane=work.lane)

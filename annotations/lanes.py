"""Lanes: work that goes to one host goes one by one, with a pause between, whichever worker asks.

Who finds the lane busy waits in the work table without a message; who leaves it wakes the next. So a host with a thousand
links costs as many messages as a thousand hosts with one, and a slow host holds one worker.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Min, Q, QuerySet, Value, When
from django.db.models.functions import Greatest
from django.utils import timezone

from annotations.models.kinds import KINDS
from annotations.models.work import Lane, Work, WorkState

LONGEST_PAUSE = timedelta(minutes=15)
_LONG = timedelta(seconds=30)
_PATIENT = [kind.name for kind in KINDS.values() if kind.patient]


@dataclass(frozen=True, slots=True)
class Call:
    """Whom to wake for a lane's next turn, and when."""

    kind: str
    subject_id: int
    at: datetime


def of(kind: str, subject_id: int) -> str | None:
    """The lane that this work waits in, "" for none; None when it was done meanwhile, and its message is one too many."""
    if KINDS[kind].queue != "fetch":
        return ""
    unended = Work.objects.filter(kind=kind, subject_id=subject_id, state__in=[WorkState.QUEUED, WorkState.RUNNING])
    return unended.values_list("lane", flat=True).first()


def enter(name: str, token: uuid.UUID, *, owner: str, seconds: float) -> bool:
    """Hold the lane for at most `seconds`; False when somebody holds it or its pause is not over."""
    now = timezone.now()
    held = {"holder": token, "owner": owner[:120], "held_until": now + timedelta(seconds=seconds)}
    unheld = Q(held_until__isnull=True) | Q(held_until__lt=now)
    if Lane.objects.filter(unheld, name=name, free_at__lte=now).update(**held):
        return True
    if Lane.objects.filter(name=name).exists():
        return False
    try:
        with transaction.atomic():
            Lane.objects.create(name=name, free_at=now, **held)
    except IntegrityError:
        return False  # made by another at this moment, who is in it now
    return True


def leave(name: str, token: uuid.UUID, *, gap: float) -> Call | None:
    """Free the lane for the turn after next `gap` seconds; whom to wake for it."""
    free_at = Greatest("free_at", Value(timezone.now() + timedelta(seconds=gap)))
    mine = Lane.objects.filter(name=name, holder=token)
    if not mine.update(holder=None, owner="", held_until=None, free_at=free_at):
        return None  # held too long: it is another's by now
    return call(name)


def call(name: str) -> Call | None:
    """Whom to wake for the lane's next turn: once for each turn, and nobody while it is held."""
    now = timezone.now()
    lane = Lane.objects.filter(name=name).first()
    if lane is None or (lane.held_until and lane.held_until > now):
        return None
    at = max(now, lane.free_at)
    if at - now > _LONG:  # the host is left alone: what came in since says when it is due
        Work.objects.filter(lane=name, state=WorkState.QUEUED, due_at__lt=at).update(due_at=at)
    row = (
        Work.objects.filter(lane=name, state=WorkState.QUEUED, due_at__lte=at)
        .order_by(Case(When(kind__in=_PATIENT, then=Value(1)), default=Value(0)), "due_at", "pk")
        .values_list("pk", "kind", "subject_id")
        .first()
    )
    if row is None:
        return None
    uncalled = Q(called_for__isnull=True) | Q(called_for__lt=lane.free_at)
    if not Lane.objects.filter(uncalled, pk=lane.pk).update(called_for=lane.free_at):
        return None
    Work.objects.filter(pk=row[0]).update(sent_at=now)
    return Call(row[1], row[2], at)


def strike(name: str, *, pause: float, at_least: float = 0.0) -> datetime:
    """The host gave no answer: nobody asks it for a while, twice as long each time. Returns until when.

    `pause`: seconds after the first time; `at_least`: seconds that the host itself asked for.
    """
    lane, _made = Lane.objects.get_or_create(name=name)
    doubled = min(timedelta(seconds=pause) * 2 ** min(lane.strikes, 20), LONGEST_PAUSE)
    until: datetime = timezone.now() + max(doubled, timedelta(seconds=at_least))
    Lane.objects.filter(pk=lane.pk).update(strikes=F("strikes") + 1, free_at=Greatest("free_at", Value(until)))
    Work.objects.filter(lane=name, state=WorkState.QUEUED, due_at__lt=until).update(due_at=until)
    return until


def waiting(kind: str, name: str) -> QuerySet[Work, int]:
    """The rows whose work of this kind waits in the lane."""
    return Work.objects.filter(kind=kind, lane=name, state=WorkState.QUEUED).values_list("subject_id", flat=True)


def answered(name: str) -> None:
    """The host answers again."""
    struck = Lane.objects.filter(name=name, strikes__gt=0)
    if struck.exists():  # an UPDATE would take the database's write lock for nothing
        struck.update(strikes=0)


def heads(now: datetime) -> QuerySet[Work, Work]:
    """The first due work of each lane that is free."""
    busy = Lane.objects.filter(Q(held_until__gte=now) | Q(free_at__gt=now)).values("name")
    waiting = Work.objects.filter(state=WorkState.QUEUED, due_at__lte=now).exclude(lane="").exclude(lane__in=busy)
    return Work.objects.filter(pk__in=waiting.values("lane").annotate(first=Min("pk")).values("first"))


def release(*, owner: str) -> None:
    """Free what a worker of this name held: called when one starts, so the old one is dead."""
    Lane.objects.filter(owner=owner[:120]).update(holder=None, owner="", held_until=None)


def shift(back: timedelta) -> None:
    """The clock was set back: what was to come soon still comes soon, not only when the old time is reached again."""
    if not back:
        return
    open_work = Work.objects.filter(state__in=[WorkState.QUEUED, WorkState.RUNNING])
    open_work.update(due_at=F("due_at") - back, lease_until=F("lease_until") - back, sent_at=None)
    Lane.objects.update(
        free_at=F("free_at") - back, held_until=F("held_until") - back, called_for=F("called_for") - back
    )

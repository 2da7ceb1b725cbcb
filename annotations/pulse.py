"""Signs of life of processes, read by /readyz and by the banner on every page."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from annotations.models.work import Heartbeat, Work, WorkState

ALIVE_SECONDS = 45


def beat(name: str) -> None:
    """Here, at this moment."""
    Heartbeat.objects.update_or_create(name=name[:120], defaults={"at": timezone.now()})


def workers() -> dict[str, Any]:
    """Whether workers show signs of life, and how much work is due and waits for them."""
    now = timezone.now()
    names = list(
        Heartbeat.objects.filter(at__gt=now - timedelta(seconds=ALIVE_SECONDS))
        .exclude(name="sweep")
        .values_list("name", flat=True)
    )
    late = now - timedelta(seconds=ALIVE_SECONDS)
    waiting = Work.objects.filter(state=WorkState.QUEUED, due_at__lte=late, lane="").count()
    return {"alive": bool(names), "names": sorted(names), "waiting": waiting}


def set_back() -> timedelta:
    """By how much the clock was set back since the last sweep, told once; zero when it was not.

    Clocks of several machines differ by seconds; what is more than `ALIVE_SECONDS` is no such difference.
    """
    now = timezone.now()
    last = Heartbeat.objects.filter(name="sweep").values_list("at", flat=True).first()
    if last is None or last - now <= timedelta(seconds=ALIVE_SECONDS):
        return timedelta()
    told = Heartbeat.objects.filter(name="sweep", at=last).update(at=now)
    return last - now if told else timedelta()

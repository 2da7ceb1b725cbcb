"""One host is asked at most once every few seconds, whichever worker asks: the last asking stands in the database."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from annotations.errors import RetryLater
from annotations.models import Heartbeat


def wait_turn(host: str, *, gap: float) -> None:
    """Take the host's turn, or raise RetryLater with the moment to come back. `gap` in seconds; 0 means no limit.

    A compare-and-swap on one row a host decides between workers, alike on both databases.
    """
    if gap <= 0:
        return
    now = timezone.now()
    free = now - timedelta(seconds=gap)
    name = f"host:{host}"[:120]
    if Heartbeat.objects.filter(name=name, at__lte=free).update(at=now):
        return
    with transaction.atomic():
        _row, made = Heartbeat.objects.get_or_create(name=name, defaults={"at": now})
    if made:
        return
    last = Heartbeat.objects.values_list("at", flat=True).get(name=name)
    raise RetryLater("host_busy", "the host was asked a moment ago", at=last + timedelta(seconds=gap))

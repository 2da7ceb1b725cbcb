"""/healthz: this process answers. /readyz: database, broker, workers, beat and the store of copies do too, each in words."""

import time
from collections.abc import Callable
from datetime import timedelta

from celery import current_app
from django.contrib.auth.decorators import login_not_required
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from annotations import pulse
from annotations.models import Heartbeat

BEAT_SECONDS = 90
STORE_SECONDS = 60  # what the store of copies said is believed so long: it may be far away and slow
MARKER = "ready/marker"
_store_said: tuple[float, str] = (float("-inf"), "")


@login_not_required
@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when all is well, 503 with what is not."""
    parts = {name: _try(check) for name, check in CHECKS.items()}
    well = all(words == "ok" for words in parts.values())
    response = JsonResponse({"status": "ok" if well else "failing", **parts}, status=200 if well else 503)
    response._has_been_logged = True  # type: ignore[attr-defined]  # not an error of ours: a probe's answer
    return response


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _broker() -> str:
    with current_app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, interval_step=0.2, timeout=2)
    return "ok"


def _workers() -> str:
    names = pulse.workers()["names"]
    missing = [group for group in ("fetch", "compute") if not any(name.startswith(group) for name in names)]
    return f"no sign of life from: {', '.join(missing)}" if missing else "ok"


def _beat() -> str:
    fresh = timezone.now() - timedelta(seconds=BEAT_SECONDS)
    return "ok" if Heartbeat.objects.filter(name="sweep", at__gt=fresh).exists() else "no sweep for 90 seconds"


def _store() -> str:
    """A small object is written and found again: a full disk, a key that may not write and a store that is away all show."""
    global _store_said  # one word for the process
    at, said = _store_said
    if time.monotonic() - at > STORE_SECONDS:
        said = _try(_write_marker)
        _store_said = (time.monotonic(), said)
    return said


def _write_marker() -> str:
    copies = storages["captures"]
    copies.save(MARKER, ContentFile(b"ready"))
    return "ok" if copies.size(MARKER) == len(b"ready") else "the marker is not what was written"


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "broker": _broker,
    "workers": _workers,
    "beat": _beat,
    "copies": _store,
}


def _try(check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception as error:  # whatever is wrong with it is what we report
        return f"failing: {type(error).__name__}"

"""Bodies that the storage of kept copies did not take wait in the database until it does: bytes fetched once are not lost.

Every machine sees them there, so a source is read and its quotes are checked while the store is away.
"""

from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction
from django.utils import timezone

from annotations import jobs
from annotations.errors import RetryLater
from annotations.lib import blobs
from annotations.models import WaitingBody

_LONGEST = timedelta(minutes=15)
_LATER = timedelta(hours=1)


class Room(Storage):
    """The "waiting" storage (annotations/lib/blobs.py). What is written is promised to be moved into "captures"."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def exists(self, name: str) -> bool:
        return WaitingBody.objects.filter(digest=_digest(name)).exists()

    def _save(self, name: str, content: Any) -> str:
        with transaction.atomic():
            row, _made = WaitingBody.objects.get_or_create(digest=_digest(name), defaults={"packed": content.read()})
            jobs.owe("sources.store", row.pk, newsroom_id=None, due_at=timezone.now() + blobs.PAUSE)
        return name

    def _open(self, name: str, mode: str = "rb") -> "ContentFile[bytes]":
        packed = WaitingBody.objects.filter(digest=_digest(name)).values_list("packed", flat=True).first()
        if packed is None:
            raise FileNotFoundError(name)
        return ContentFile(bytes(packed), name=name)


def _digest(name: str) -> str:
    return PurePosixPath(name).stem


def store(waiting_id: int, lease: jobs.Lease) -> None:
    """The job: move the body into the storage. It leaves the room only after it stands there."""
    row = WaitingBody.objects.filter(pk=waiting_id).first()
    if row is None:
        return
    try:
        blobs.put(row.digest, bytes(row.packed))
    except OSError as error:
        now = timezone.now()
        pause = min(max((now - row.created_at) / 4, blobs.PAUSE), _LONGEST)
        raise RetryLater("store_away", str(error), at=now + pause) from error
    WaitingBody.objects.filter(pk=waiting_id).delete()


def promise_again(waiting_id: int, code: str) -> None:
    """An unforeseen fault three times over: the body is read from the room meanwhile, and moving it is tried again later."""
    if WaitingBody.objects.filter(pk=waiting_id).exists():
        jobs.owe("sources.store", waiting_id, newsroom_id=None, due_at=timezone.now() + _LATER)

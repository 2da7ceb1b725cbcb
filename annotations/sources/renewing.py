"""A kept copy that is damaged or gone is marked so, and its page is asked for once more; the mark stays until it is whole."""

from typing import Any

from django.db import transaction

from annotations import jobs
from annotations.lib import blobs
from annotations.models import Capture, Source
from annotations.models.sources import SourceKind


def read(capture: Capture) -> bytes:
    """The copy's body. DamagedBody as from blobs.read, after a new fetch was promised. A mark goes when the body is whole."""
    try:
        body = blobs.read(capture.body_digest)
    except blobs.DamagedBody as damaged:
        promise(capture, damaged.code)
        raise
    if capture.damage:  # somebody restored it from a backup
        _whole(capture, {})
    return body


def promise(capture: Capture, code: str) -> bool:
    """Mark the copy; for the latest copy of a web page, owe one new look. A copy that is marked already promises nothing more."""
    with transaction.atomic():
        if not Capture.objects.filter(pk=capture.pk, damage="").update(damage=code):
            return False
        source = Source.objects.filter(latest=capture.pk, kind=SourceKind.URL).first()
        if source is not None:
            jobs.owe("sources.watch", source.pk, newsroom_id=source.newsroom_id, lane=source.host)
        return source is not None


def is_damaged(capture: Capture | None) -> bool:
    """Found damaged, and no whole body has come since."""
    return capture is not None and bool(capture.damage)


def mend(source: Source, read: dict[str, Any]) -> None:
    """The latest copy's very body came again and is kept. `read`: the columns of its reading, {} when it was not read now."""
    if source.latest is not None:
        if read:
            Source.objects.filter(pk=source.pk, problem=source.latest.damage).update(problem="")
        _whole(source.latest, read)


def _whole(capture: Capture, read: dict[str, Any]) -> None:
    """The mark goes. What could not be read while the body was damaged is read."""
    with transaction.atomic():
        mended = Capture.objects.filter(pk=capture.pk).exclude(damage="").update(damage="", **read)
        if mended and not read and not capture.extractor and not capture.extract_problem:
            jobs.owe("sources.extract", capture.pk, newsroom_id=capture.source.newsroom_id)
    capture.damage = ""

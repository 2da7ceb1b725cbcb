"""A kept copy that is damaged or gone is marked so, and its page is asked for once more; the mark stays on the copy."""

from django.db import transaction

from annotations import jobs
from annotations.lib import blobs
from annotations.models import Capture, Source
from annotations.models.sources import SourceKind

DAMAGED = ("body_damaged", "body_missing")  # codes of blobs.DamagedBody


def read(capture: Capture) -> bytes:
    """The copy's body. DamagedBody as from blobs.read, after a new fetch was promised."""
    try:
        return blobs.read(capture.body_digest)
    except blobs.DamagedBody as damaged:
        promise(capture, damaged.code)
        raise


def promise(capture: Capture, code: str) -> bool:
    """Mark the copy; for the latest copy of a web page, owe one new look. A copy that is marked already promises nothing more."""
    with transaction.atomic():
        fresh = Capture.objects.filter(pk=capture.pk).exclude(extract_problem__in=DAMAGED)
        if not fresh.update(extract_problem=code):
            return False
        source = Source.objects.filter(latest=capture.pk, kind=SourceKind.URL).first()
        if source is not None:
            jobs.owe("sources.watch", source.pk, newsroom_id=source.newsroom_id, lane=source.host)
        return source is not None


def is_damaged(capture: Capture | None) -> bool:
    """Found damaged, and no whole body has come since."""
    return capture is not None and capture.extract_problem in DAMAGED

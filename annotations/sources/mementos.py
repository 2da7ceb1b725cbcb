"""Which copies the public web archive has of a link that is dead: its TimeMap (RFC 7089), read by a job."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from annotations import jobs
from annotations.errors import RetryLater
from annotations.lib import memento
from annotations.lib.fetching.sending import Reply
from annotations.lib.memento import Memento
from annotations.lib.wayback import Archive
from annotations.models import PublicCopy, Source
from annotations.sources.archiving import GIVE_UP, heard, pause, sender, wanted
from annotations.sources.telling import tell

_LONGEST_URL = 2200


def owe(source: Source) -> None:
    """The link is dead: promise to look which copies there are."""
    archive = wanted(source)
    if archive is not None:
        jobs.owe("sources.mementos", source.pk, newsroom_id=source.newsroom_id, lane=archive.host)


def look(source_id: int, lease: jobs.Lease) -> None:
    """The job: one list, read and kept as its numbers and the copy nearest to the citation."""
    source = Source.objects.filter(pk=source_id).first()
    archive = wanted(source) if source is not None else None
    if source is None or archive is None:
        return  # switched off meanwhile: nothing leaves the house
    row, _made = PublicCopy.objects.get_or_create(source=source)
    since = row.listing_since or timezone.now()
    reply = sender(most_body=memento.MOST_BYTES).send(
        "GET", archive.timemap(source.url), headers=(("Accept", "application/link-format"),)
    )
    until = heard(archive, reply)
    if reply.kind == "retry" and timezone.now() - since < GIVE_UP:
        PublicCopy.objects.filter(pk=row.pk).update(listing_since=since)
        raise RetryLater("archive_again", reply.outcome, at=pause(since, reply, until))
    changes = _read(archive, source, reply)
    with transaction.atomic():
        jobs.hold(lease)
        PublicCopy.objects.filter(pk=row.pk).update(listing_since=None, **changes)
        if changes:
            tell(source, "source.mementos", {"copies": changes["copies"]})


def _read(archive: Archive, source: Source, reply: Reply) -> dict[str, Any]:
    """The columns to write; none when the answer says nothing of copies."""
    if reply.status == 200 and reply.outcome == "too_large":
        return _columns(source, archive, (), copies=None, more=True)
    if reply.status == 404:
        return _columns(source, archive, (), copies=0, more=False)
    if reply.outcome != "ok":
        return {}
    found = memento.parse(reply.body, host=archive.host)
    return _columns(source, archive, found.mementos, copies=len(found.mementos), more=found.more)


def _columns(
    source: Source, archive: Archive, mementos: tuple[Memento, ...], *, copies: int | None, more: bool
) -> dict[str, Any]:
    near = memento.nearest([each for each in mementos if len(each.url) < _LONGEST_URL], source.created_at)
    url = near.url if near else ""
    if archive.base.startswith("https:") and url.startswith("http:"):
        url = "https:" + url.removeprefix("http:")  # the archive's lists often name its older, plain address
    return {
        "listed_at": timezone.now(),
        "copies": copies,
        "more": more,
        "first_at": mementos[0].at if mementos else None,
        "last_at": mementos[-1].at if mementos else None,
        "nearest_at": near.at if near else None,
        "nearest_url": url,
    }


def leave(source_id: int, code: str) -> None:
    """Nothing is known then; the next death of the link looks again."""
    PublicCopy.objects.filter(source=source_id).update(listing_since=None)

"""What a newsroom knows of hosts: who owns them, so that the form can say that all sources share one owner."""

from collections.abc import Iterable

from django.db import transaction

from annotations import events
from annotations.models import HostNote, Member, Source
from annotations.models.events import Audience
from annotations.newsrooms.access import require


def of(member: Member, host: str) -> HostNote:
    """The note on this host, or an empty one."""
    require(member, "source.read")
    found = HostNote.objects.filter(newsroom_id=member.newsroom_id, host=host).first()
    return found or HostNote(newsroom_id=member.newsroom_id, host=host)


def write(host: str, *, by: Member, owner: str, note: str) -> HostNote:
    """Who owns it, and what else to know of it."""
    require(by, "source.manage")
    owner, note = owner.strip()[:200], note.strip()[:500]
    with transaction.atomic():
        row, made = HostNote.objects.get_or_create(
            newsroom_id=by.newsroom_id, host=host, defaults={"owner": owner, "note": note, "updated_by_id": by.user_id}
        )
        if not made and (row.owner, row.note) == (owner, note):
            return row
        row.owner, row.note, row.updated_by_id = owner, note, by.user_id
        row.save(update_fields=["owner", "note", "updated_by", "updated_at"])
        events.record(
            "host.noted",
            newsroom_id=by.newsroom_id,
            by=by,
            subject="host",
            subject_id=row.pk,
            audience=Audience.EDITORS,
        )
    return row


def shared_owner(sources: Iterable[Source]) -> str:
    """The one owner of all these sources ("" when there are several, or one source, or one that nobody noted)."""
    found = list(sources)
    hosts = {source.host for source in found}
    if len(found) < 2 or "" in hosts:
        return ""
    if len(hosts) == 1:
        return next(iter(hosts))
    notes = HostNote.objects.filter(newsroom_id=found[0].newsroom_id, host__in=hosts).exclude(owner="")
    owners = {note.host: note.owner for note in notes}
    names = {owner.casefold() for owner in owners.values()}
    return next(iter(owners.values())) if len(owners) == len(hosts) and len(names) == 1 else ""

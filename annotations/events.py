"""The only door to the log: one line for each change, in the change's own transaction; and the reading of it.

Lines hold ids, kinds, states and hashes, never names or long text, so that a person can be erased and the log stays whole.
"""

import hashlib
import json
from typing import Any

from django.db import connection, transaction
from django.db.models import BigIntegerField, Func, Q, QuerySet

from annotations.models.events import Audience, Event, EventSeal
from annotations.models.newsrooms import Member, Newsroom
from annotations.models.users import User


class OldestOpenTransaction(Func):
    """PostgreSQL: lines of this transaction and later ones may still be joined by earlier ids."""

    output_field = BigIntegerField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list[Any]]:
        return "(pg_snapshot_xmin(pg_current_snapshot())::text::bigint)", []


def record(
    kind: str,
    *,
    newsroom_id: int,
    by: Member | User | None,
    subject: str,
    subject_id: int,
    old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
    article_id: int | None = None,
    claim_id: int | None = None,
    audience: str = Audience.MEMBERS,
    to: int | None = None,
) -> Event:
    """Write one line, e.g. `record("claim.opened", …, old={"state": "proposed"}, new={"state": "open"})`.

    `to`: the id of the one user who may hear of it.
    """
    return Event.objects.create(
        newsroom_id=newsroom_id,
        kind=kind,
        actor_id=by.user_id if isinstance(by, Member) else by.pk if by else None,
        subject=subject,
        subject_id=subject_id,
        old=old or {},
        new=new or {},
        article_ref=article_id,
        claim_ref=claim_id,
        audience=Audience.ONE if to else audience,
        recipient_ref=to,
    )


def visible_to(member: Member) -> QuerySet[Event]:
    """The newsroom's lines that this member may hear of now."""
    allowed = Q(audience=Audience.MEMBERS) | Q(actor_id=member.user_id) | Q(recipient_ref=member.user_id)
    if member.may_edit:
        allowed |= Q(audience=Audience.EDITORS)
    return settled(Event.objects.filter(newsroom_id=member.newsroom_id)).filter(allowed)


def settled(events: QuerySet[Event]) -> QuerySet[Event]:
    """Only lines before which no other can still appear, so that a cursor never misses one."""
    if connection.vendor == "postgresql":
        return events.filter(transaction__lt=OldestOpenTransaction())
    return events


def after(member: Member, cursor: int, *, limit: int = 500) -> list[Event]:
    """The lines behind `cursor` (an event id), oldest first."""
    return list(visible_to(member).filter(pk__gt=cursor).order_by("pk")[:limit])


def latest_id(newsroom: Newsroom) -> int:
    """The id to start following from."""
    last = settled(Event.objects.filter(newsroom=newsroom)).order_by("-pk").values_list("pk", flat=True).first()
    return last or 0


def seal(newsroom: Newsroom) -> EventSeal | None:
    """Chain the lines written since the last seal; behind the writers, never in their transactions. None when there are none."""
    with transaction.atomic():
        Newsroom.objects.select_for_update().get(pk=newsroom.pk)
        last = EventSeal.objects.filter(newsroom=newsroom).order_by("-last_event").first()
        rows = settled(Event.objects.filter(newsroom=newsroom, pk__gt=last.last_event if last else 0))
        fresh = list(rows.order_by("pk")[:10_000])
        if not fresh:
            return None
        digest = _chained(last.digest if last else "", fresh)
        return EventSeal.objects.create(newsroom=newsroom, last_event=fresh[-1].pk, count=len(fresh), digest=digest)


def broken_seal(newsroom: Newsroom) -> EventSeal | None:
    """The first seal that no longer fits its lines: somebody changed or removed one. None when the log is whole."""
    digest, after_id = "", 0
    for found in EventSeal.objects.filter(newsroom=newsroom).order_by("last_event"):
        lines = list(Event.objects.filter(newsroom=newsroom, pk__gt=after_id, pk__lte=found.last_event).order_by("pk"))
        digest = _chained(digest, lines)
        if digest != found.digest or len(lines) != found.count:
            return found
        after_id = found.last_event
    return None


def _chained(digest: str, rows: list[Event]) -> str:
    """SHA-256 over the digest before and each line. The actor is left out: a deleted person leaves the log whole."""
    for row in rows:
        line = [
            row.pk,
            row.kind,
            row.subject,
            row.subject_id,
            row.article_ref,
            row.claim_ref,
            row.old,
            row.new,
            row.at.isoformat(),
        ]
        digest = hashlib.sha256(f"{digest}{json.dumps(line, sort_keys=True)}".encode()).hexdigest()
    return digest

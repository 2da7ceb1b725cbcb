"""The only door to the log: one line for each change, in the change's own transaction; and the reading of it.

Lines hold ids, kinds, states and hashes, never names or long text, so that a person can be erased and the log stays whole.
"""

import hashlib
import json
from typing import Any, NamedTuple

from django.db import OperationalError, connection, transaction
from django.db.models import BigIntegerField, Case, F, Func, Max, Q, QuerySet, Value, When

from annotations.models.events import Audience, Event, EventSeal
from annotations.models.markings import DoublingState, Marker, MarkerState
from annotations.models.newsrooms import Member, Newsroom
from annotations.models.users import User

# How far behind the cursor, in ids, a transaction that was open beside the cursor's may have written (PostgreSQL).
OVERLAP = 5_000
_NEWEST = 50
# Of the lines on claims that are for editors: who was asked to review tells nothing of what anybody found.
HARMLESS = frozenset({"claim.assigned"})
_LOCK_NOT_AVAILABLE = "55P03"


class Place(NamedTuple):
    """Where a line stands in the order in which lines become visible: by transaction, then by id.

    Ids alone are not that order on PostgreSQL: an earlier id may be committed later, by a transaction that began later.
    """

    turn: int
    pk: int


class OldestOpenTransaction(Func):
    """PostgreSQL: lines of this transaction and later ones may still be joined by earlier ids."""

    output_field = BigIntegerField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list[Any]]:
        return "(pg_snapshot_xmin(pg_current_snapshot())::text::bigint)", []


class NextTransaction(Func):
    """PostgreSQL: no transaction of this server had a number from here on; such a line came with a restored database."""

    output_field = BigIntegerField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list[Any]]:
        return "(pg_snapshot_xmax(pg_current_snapshot())::text::bigint)", []


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
    # Who marks an article blind hears nothing of its claims until they are done (claims/markings/rules.py).
    articles = _blind_markers().filter(member=member).values("doubling__article_id")
    blind = Q(claim_ref__isnull=False, article_ref__in=articles)
    return settled(Event.objects.filter(newsroom_id=member.newsroom_id)).filter(allowed).exclude(blind)


def may_hear(member: Member, event: Event) -> bool:
    """`visible_to`, of one line in memory."""
    if event.newsroom_id != member.newsroom_id or member.pk in getattr(event, "kept_from", ()):
        return False
    if event.audience == Audience.MEMBERS or (event.audience == Audience.EDITORS and member.may_edit):
        return True
    return member.user_id in (event.actor_id, event.recipient_ref)


def settled(events: QuerySet[Event]) -> QuerySet[Event]:
    """Only lines before which no other can still appear, so that a cursor never misses one."""
    if connection.vendor == "postgresql":
        return events.filter(Q(transaction__lt=OldestOpenTransaction()) | Q(transaction__gte=NextTransaction()))
    return events


def after(member: Member, cursor: int, *, limit: int = 500) -> list[Event]:
    """The lines behind `cursor` (an event id), in the order in which they became visible."""
    return behind(visible_to(member), place(cursor), limit=limit)


def fresh(start: Place, *, limit: int = 500) -> list[Event]:
    """The lines of all newsrooms behind `start`, for whoever tells them on by `may_hear`; without old and new values."""
    rows = behind(settled(Event.objects.defer("old", "new")), start, limit=limit)
    articles = {row.article_ref for row in rows if row.claim_ref is not None and row.article_ref is not None}
    kept: dict[int, set[int]] = {}
    if articles:
        markers = _blind_markers().filter(doubling__article_id__in=articles)
        for article_id, member_id in markers.values_list("doubling__article_id", "member_id"):
            kept.setdefault(article_id, set()).add(member_id)
    for row in rows:
        if row.claim_ref is not None and row.article_ref in kept:
            row.kept_from = kept[row.article_ref]  # type: ignore[attr-defined]
    return rows


def _blind_markers() -> QuerySet[Marker]:
    return Marker.objects.filter(state=MarkerState.MARKING, doubling__state=DoublingState.MARKING)


def behind(rows: QuerySet[Event], start: Place, *, limit: int) -> list[Event]:
    """Each with its `turn`, for the next place to start from: `Place(row.turn, row.pk)`."""
    low = start.pk - OVERLAP if connection.vendor == "postgresql" and start.turn else start.pk
    later = Q(turn__gt=start.turn) | Q(turn=start.turn, pk__gt=start.pk)
    return list(_in_turn(rows.filter(pk__gt=low)).filter(later).order_by("turn", "pk")[:limit])


def place(cursor: int) -> Place:
    """The place of the line with this id; of an id that no line has, that of its number."""
    turn = None
    if connection.vendor == "postgresql":
        turn = _in_turn(Event.objects.filter(pk=cursor)).values_list("turn", flat=True).first()
    return Place(turn or 0, cursor)


def latest_id(member: Member) -> int:
    """The id to start following from: of the newest line whose mere number tells this member nothing.

    Lines on a claim that are for editors alone do not move it: an editor may still review that claim, and even that a
    colleague submitted would tell something (reviews/hearing.py goes on from there).
    """
    telling = Q(audience=Audience.EDITORS, claim_ref__isnull=False) & ~Q(kind__in=HARMLESS)
    return _latest(visible_to(member).exclude(telling & ~Q(actor_id=member.user_id))).pk


def latest() -> Place:
    """The place to start following all newsrooms from."""
    return _latest(Event.objects.all())


def _latest(rows: QuerySet[Event]) -> Place:
    """The newest of the last lines; where a longer transaction hides a newer one, some lines are told twice, none is missed."""
    newest = _in_turn(settled(rows)).order_by("-pk").values_list("turn", "pk")
    return max(
        (Place(*found) for found in newest[: _NEWEST if connection.vendor == "postgresql" else 1]), default=Place(0, 0)
    )


def _in_turn(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With `turn`: the writing transaction's number where several write at once."""
    turn: Any = Value(0, output_field=BigIntegerField())
    if connection.vendor == "postgresql":
        restored = When(transaction__gte=NextTransaction(), then=Value(0))
        turn = Case(restored, default=F("transaction"), output_field=BigIntegerField())
    found: QuerySet[Any] = rows.annotate(turn=turn)
    return found


def seal(newsroom: Newsroom) -> EventSeal | None:
    """Chain the lines written since the last seal; behind the writers, never in their transactions. None when there are none,
    or when no moment without a writer was found."""
    whole = _whole_up_to()
    with transaction.atomic():
        Newsroom.objects.select_for_update().get(pk=newsroom.pk)
        last = EventSeal.objects.filter(newsroom=newsroom).order_by("-last_event").first()
        rows = Event.objects.filter(newsroom=newsroom, pk__gt=last.last_event if last else 0, pk__lte=whole)
        fresh = list(rows.order_by("pk")[:10_000])
        if not fresh:
            return None
        digest = _chained(last.digest if last else "", fresh)
        return EventSeal.objects.create(newsroom=newsroom, last_event=fresh[-1].pk, count=len(fresh), digest=digest)


def _whole_up_to() -> int:
    """The id below which no line can still appear; 0 where no moment without a writer was found.

    Being settled is not enough for a chain in the order of ids: a transaction that began first may write the later id and
    end first. A SHARE lock is given once nobody who has written to the log is still open; writers wait for it this long at most.
    """
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '200ms'")
                    cursor.execute(f"LOCK TABLE {connection.ops.quote_name(Event._meta.db_table)} IN SHARE MODE")
            return Event.objects.aggregate(last=Max("pk"))["last"] or 0
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != _LOCK_NOT_AVAILABLE:
            raise
        return 0


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

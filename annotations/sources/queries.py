"""Reading sources, as blindness allows: who may still review sees only what they cite themselves."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.errors import NotFound
from annotations.models import Capture, Evidence, Member, QuoteCheck, Source, Work
from annotations.models.reviews import QuoteState
from annotations.models.sources import SourceLife, SourceState
from annotations.models.work import WorkState
from annotations.newsrooms.access import require
from annotations.reviews.seeing import reviews_open_to

MOST_COPIES = 100  # shown of one source
# What a source that is not read says of itself at once; anything else waits for the check of one's own quote.
STOPPED = (SourceState.BLOCKED, SourceState.FAILED, SourceState.NEEDS_COPY, SourceState.RETRY_WAIT)
_WAITING = Q(has_open_history=False, is_checked=False) & ~Q(state__in=STOPPED)
# A lost quote was looked for and not found; that it stood there before is what the evidence knows.
_FOUND_AS: dict[str, str] = {QuoteState.LOST: QuoteState.NOT_FOUND}


def visible_to(member: Member) -> QuerySet[Source]:
    """What the member added or cites, and what is cited on claims whose reviews they may see."""
    require(member, "source.read")
    cited = Evidence.objects.filter(source=OuterRef("pk")).filter(
        Q(review__reviewer=member) | reviews_open_to(member, "review__claim")
    )
    return Source.objects.filter(newsroom_id=member.newsroom_id).filter(Q(created_by=member.user_id) | Q(Exists(cited)))


def knows_history(member: Member, source: Source) -> bool:
    """May the member see since when a source is here, and its earlier copies? Whoever brought it may, and whoever may see
    reviews that cite it; to others an older copy would tell that a colleague was there before (blindness)."""
    if source.created_by_id == member.user_id:
        return True
    return Evidence.objects.filter(source=source).filter(reviews_open_to(member, "review__claim")).exists()


def copies(member: Member, source: Source) -> list[Capture]:
    """The kept copies that the member may see, newest first."""
    if not knows_history(member, source):
        return [source.latest] if source.latest is not None else []
    light = source.captures.defer("main_text", "full_text", "request_headers").select_related("attempt")
    return list(light.order_by("-captured_at", "-pk")[:MOST_COPIES])


def filtered(member: Member, wanted: Mapping[str, str]) -> QuerySet[Source]:
    """What the member may see, narrowed by `state`, `life`, `host` (a part of it) and `older` (days since it was kept)."""
    found: QuerySet[Any] = _shown(member, visible_to(member))
    if wanted.get("state") in SourceState.values:
        seen = ~_WAITING & Q(state=wanted["state"])
        found = found.filter(seen | _WAITING if wanted["state"] == SourceState.FETCHING else seen)
    if wanted.get("life") in SourceLife.values:
        alike = Q(life=wanted["life"], has_open_history=True)
        found = found.filter(alike | Q(has_open_history=False) if wanted["life"] == SourceLife.UNKNOWN else alike)
    if wanted.get("host", "").strip():
        found = found.filter(host__icontains=wanted["host"].strip()[:255])
    days = wanted.get("older", "")
    if days.isascii() and days.isdigit() and len(days) < 6:
        found = found.filter(latest__captured_at__lt=timezone.now() - timedelta(days=int(days)), has_open_history=True)
    return found.order_by("-pk")


def _shown(member: Member, found: QuerySet[Source]) -> QuerySet[Source]:
    """Each with `next_try_at`: when its link is asked again by itself, None when it is not going to be; its `public_copy`;
    `has_open_history`: what knows_history says, for what tells since when it is here; and `is_checked`: whether a quote of
    the member's own was looked up in it."""
    owed = Work.objects.filter(kind="sources.fetch", subject_id=OuterRef("pk"), state=WorkState.QUEUED)
    cited = Evidence.objects.filter(source=OuterRef("pk")).filter(reviews_open_to(member, "review__claim"))
    known = ExpressionWrapper(Q(created_by=member.user_id) | Q(Exists(cited)), output_field=BooleanField())
    rows: QuerySet[Source] = found.select_related("public_copy").annotate(
        next_try_at=Subquery(owed.values("due_at")[:1]),
        has_open_history=known,
        is_checked=Exists(
            Evidence.objects.filter(source=OuterRef("pk"), review__reviewer=member).exclude(
                quote_state=QuoteState.PENDING
            )
        ),
    )
    return rows


def as_known(source: Source) -> Source:
    """The row as whoever asked (`_shown`) may know it, to be shown and never written: without its history nothing tells that
    a colleague cited it before, not even that it is fetched already while one's own quote still waits (as `describe`)."""
    if getattr(source, "has_open_history", True):
        return source
    source.life, source.life_note, source.life_by = SourceLife.UNKNOWN, "", None
    source.checked_at = source.watch_at = None
    source.next_try_at = None  # type: ignore[attr-defined]
    if waits(source):
        source.state, source.latest = SourceState.FETCHING, None
        source.title = source.site = source.final_url = source.problem = ""
    return source


def waits(source: Source) -> bool:
    """_WAITING, of one row of `_shown`."""
    known = getattr(source, "has_open_history", True) or getattr(source, "is_checked", True)
    return not known and source.state not in STOPPED


def troubled(member: Member) -> dict[str, int]:
    """How many of the sources that the member may see are dead, suspect or moved."""
    known: QuerySet[Any] = _shown(member, visible_to(member))
    rows = (
        known.filter(life__in=[SourceLife.DEAD, SourceLife.SUSPECT, SourceLife.MOVED], has_open_history=True)
        .values_list("life")
        .annotate(count=Count("pk", distinct=True))
    )
    return {str(life): count for life, count in rows.order_by("life")}


def get(member: Member, source_id: int) -> Source:
    source = _shown(member, visible_to(member)).select_related("latest", "public_copy").filter(pk=source_id).first()
    if source is None:
        raise NotFound("no_source", _("There is no such source."))
    return source


def capture(member: Member, source_id: int, capture_id: int | None = None) -> Capture | None:
    """A copy of a source that the member may see: the latest, or the one asked for."""
    source = as_known(get(member, source_id))
    if capture_id is None or source.latest is None:
        return source.latest
    return next((copy for copy in copies(member, source) if copy.pk == capture_id), None)


def my_evidence(member: Member, evidence_id: int) -> Evidence:
    """A member's own evidence, with its source."""
    found = Evidence.objects.select_related("source", "review").filter(pk=evidence_id, review__reviewer=member).first()
    if found is None:
        raise NotFound("no_evidence", _("There is no such evidence."))
    return found


def last_check(evidence: Evidence) -> QuoteCheck | None:
    """What was found when the quote, as it reads now, was looked up."""
    return (
        QuoteCheck.objects.filter(evidence=evidence, state=_FOUND_AS.get(evidence.quote_state, evidence.quote_state))
        .select_related("capture")
        .order_by("-pk")
        .first()
    )

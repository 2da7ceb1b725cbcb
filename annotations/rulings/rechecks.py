"""Published fact-checks whose source died, or whose quote vanished or changed: the editors' list of what to look at again."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import events
from annotations.errors import NotFound
from annotations.lib.differences import by_words
from annotations.models import Evidence, Member, Publication, QuoteCheck
from annotations.models.events import Audience
from annotations.models.reviews import QuoteState, ReviewState
from annotations.models.rulings import PublicationState
from annotations.models.sources import SourceLife
from annotations.newsrooms.access import require
from annotations.rulings.recording import public_url
from annotations.sources.checking import FOUND, page_of

_AROUND = 200  # characters beside the passage


@dataclass(frozen=True, slots=True)
class Recheck:
    """`before`: the passage in the copy in which the quote was found, on its page `page`; `difference`: word by word against
    what stands there now."""

    evidence: Evidence
    publication: Publication
    before: str
    difference: list[tuple[str, str]]
    page: int | None = None

    @property
    def public_url(self) -> str:
        """Where readers see it."""
        return public_url(self.publication)


def rows(member: Member) -> QuerySet[Evidence]:
    """Evidence of standing publications that needs an editor's eyes, oldest publication first."""
    require(member, "ruling.read")
    found_before = QuoteCheck.objects.filter(evidence=OuterRef("pk"), state__in=FOUND)
    gone = Q(source__life=SourceLife.DEAD) | Q(
        Exists(found_before), quote_state__in=[QuoteState.LOST, QuoteState.ALTERED]
    )
    return (
        Evidence.objects.filter(
            review__newsroom_id=member.newsroom_id,
            review__state=ReviewState.SUBMITTED,
            review__claim__rulings__publication__state__in=[PublicationState.PUBLISHED, PublicationState.CORRECTED],
            looked_at=None,
        )
        .filter(gone)
        .select_related("source__latest", "source__public_copy", "review__claim__article", "review__claim__newsroom")
        .order_by("review__claim__rulings__publication__published_at", "pk")
        .distinct()
    )


def _told_once(found: Iterable[Evidence]) -> list[Evidence]:
    """The same quote from the same source, cited in several reviews of a claim, is one thing to look at."""
    seen: dict[tuple[int, int, str], Evidence] = {}
    for each in found:
        seen.setdefault((each.review.claim_id, each.source_id, each.quote), each)
    return list(seen.values())


def count(member: Member) -> int:
    """How many wait."""
    return rows(member).order_by().values("review__claim", "source", "quote").distinct().count()


def waiting(member: Member, *, limit: int = 50) -> list[Recheck]:
    """The list with the passages before and now."""
    found = _told_once(rows(member)[: limit * 4])[:limit]
    published = {
        row.ruling.claim_id: row
        for row in Publication.objects.filter(
            ruling__claim_id__in=[each.review.claim_id for each in found]
        ).select_related("ruling", "newsroom")
    }
    return [_shown(each, published[each.review.claim_id]) for each in found]


def _shown(evidence: Evidence, publication: Publication) -> Recheck:
    checks = QuoteCheck.objects.filter(evidence=evidence).select_related("capture").order_by("-pk")
    old = checks.filter(state__in=FOUND).first()
    now = checks.exclude(state__in=FOUND).first()
    before = _passage(old)
    difference: list[tuple[str, str]] = []
    if old is not None and now is not None and now.pk > old.pk:
        difference = by_words(before, _passage(now) if now.matched else "")
    return Recheck(evidence, publication, before, difference, page_of(old) if old else None)


def _passage(check: QuoteCheck | None) -> str:
    if check is None or check.start is None or check.end is None:
        return ""
    return check.capture.full_text[max(0, check.start - _AROUND) : check.end + _AROUND]


def leave(evidence_id: int, *, by: Member) -> Evidence:
    """An editor has looked: the fact-check stands on the kept copy. What changes after that comes back to the list."""
    require(by, "publication.correct")
    with transaction.atomic():
        evidence = (
            Evidence.objects.select_for_update(of=("self",))
            .filter(pk=evidence_id, review__newsroom_id=by.newsroom_id)
            .select_related("review")
            .first()
        )
        if evidence is None or not rows(by).filter(pk=evidence_id).exists():
            raise NotFound("no_recheck", _("This source does not wait to be looked at."))
        Evidence.objects.filter(
            review__claim=evidence.review.claim_id, source=evidence.source_id, quote=evidence.quote
        ).update(looked_at=timezone.now(), looked_by=by.user_id)
        events.record(
            "evidence.looked_at",
            newsroom_id=by.newsroom_id,
            by=by,
            subject="evidence",
            subject_id=evidence_id,
            claim_id=evidence.review.claim_id,
            new={"quote": evidence.quote_state},
            audience=Audience.EDITORS,
        )
    return evidence

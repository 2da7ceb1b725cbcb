"""A claim's dossier, for paper: the claim in its context, what was found and by whom, the answer, how it came about."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy

from annotations import events
from annotations.articles import queries as articles
from annotations.claims import marking
from annotations.claims import queries as claims
from annotations.models import Claim, Member, Publication
from annotations.models.claims import ClaimState
from annotations.newsrooms.access import may
from annotations.reviews import queries as reviews
from annotations.reviews import rules
from annotations.rulings import queries as rulings
from annotations.rulings.recording import public_url
from annotations.sources.describing import describe
from annotations.web.pages import page

# The claim's own way, which tells nothing of anybody's answer.
_CLAIM_LINES = {
    "claim.added": gettext_lazy("The claim was added"),
    "claim.opened": gettext_lazy("Confirmed, open for review"),
    "claim.dropped": gettext_lazy("Dropped"),
    "claim.restored": gettext_lazy("Restored"),
    "claim.edited": gettext_lazy("Facts changed"),
    "claim.adjusted": gettext_lazy("Borders changed"),
    "claim.reworded": gettext_lazy("Reworded by a new version of the article"),
    "claim.orphaned": gettext_lazy("A new version of the article does not hold it"),
    "claim.linked": gettext_lazy("Linked to an earlier claim"),
    "claim.unlinked": gettext_lazy("A claim of its own again"),
}
_OTHER_LINES = {
    "review.submitted": gettext_lazy("A review was submitted"),
    "review.withdrawn": gettext_lazy("A review was withdrawn"),
    "review.reopened": gettext_lazy("A review was opened again"),
    "claim.judged": gettext_lazy("The verdicts were counted"),
    "ruling.made": gettext_lazy("Ruled"),
    "ruling.sent_back": gettext_lazy("Sent back"),
    "publication.published": gettext_lazy("Signed off and published"),
    "publication.corrected": gettext_lazy("Corrected"),
    "publication.retracted": gettext_lazy("Retracted"),
}


@page("claim.read")
def dossier(request: HttpRequest, member: Member, claim_id: int) -> HttpResponse:
    """What this member may see of the claim, and no more than on its own page."""
    claim = claims.get(member, claim_id)
    standing = reviews.standing(member, claim)
    open_book = may(member, "review.read") and rules.may_see_reviews(standing)
    own = reviews.mine(member, claim)
    given = reviews.of_claim(member, claim) if open_book else [own] if own and own.state == "submitted" else []
    published = _published(claim) if not rules.may_still_review(standing) else None
    context = {
        "claim": claim,
        "article": claim.article,
        "blocks": _around(member, claim),
        "quote": claims.quote(claim),
        "state": rules.shown_state(standing),
        "state_name": ClaimState(rules.shown_state(standing)).label,
        "reviews": [{"review": row, "evidence": [_cited(item) for item in row.evidence.all()]} for row in given],
        "blind": not open_book,
        "ruling": rulings.of_claim(member, claim) if open_book and may(member, "ruling.read") else None,
        "publication": published,
        "public_url": public_url(published) if published else "",
        "history": _history(member, claim, open_book=open_book),
        "printed_at": timezone.now(),
        "printed_by": member.user,
    }
    return render(request, "dossier/dossier.html", context)


def _cited(item: Any) -> dict[str, Any]:
    """The evidence with the moment of the copy it was checked in."""
    found = describe(item)
    latest = item.source.latest if found["readable"] else None
    return found | {"captured_at": latest.captured_at if latest else None}


def _published(claim: Claim) -> Publication | None:
    return (
        Publication.objects.filter(ruling__claim=claim)
        .select_related("newsroom", "ruling__label")
        .prefetch_related("corrections")
        .first()
    )


def _around(member: Member, claim: Claim) -> list[marking.Block]:
    """The paragraphs of the article that the claim stands in."""
    version = articles.get(member, claim.article_id).current
    spans = claims.current_spans(claim)
    if version is None or not spans:
        return []
    marks = [marking.Mark(span.start, span.end, claim.pk, claim.number) for span in spans]
    found = marking.blocks(version.text, version.paragraphs, version.headings, marks)
    return [block for block in found if any(segment.claims for segment in block.segments)]


def _history(member: Member, claim: Claim, *, open_book: bool) -> list[dict[str, Any]]:
    """Lines of the log that this member may hear of; of others' work only once the book is open."""
    words = _CLAIM_LINES | (_OTHER_LINES if open_book else {})
    lines = events.visible_to(member).filter(claim_ref=claim.pk, kind__in=words).order_by("pk")[:200]
    return [{"at": line.at, "text": words[line.kind]} for line in lines]

"""Claims find their place in a new version of their article: anchored, moved, reworded or orphaned. In the split job's transaction."""

from collections.abc import Sequence

from annotations.claims import cutting, suggesting
from annotations.claims.aligning import Alignment
from annotations.claims.anchoring import Anchoring, find
from annotations.claims.repeats import index
from annotations.claims.writing import record, row
from annotations.lib.spans import Selector
from annotations.lib.spans import Span as TextSpan
from annotations.models import Article, Claim, Span, Version
from annotations.models.claims import Anchor, ClaimState
from annotations.models.rows import move

_UNSETTLED = [ClaimState.PROPOSED, ClaimState.OPEN, ClaimState.IN_REVIEW, ClaimState.DISPUTED, ClaimState.AGREED]
_WORST = (Anchor.ANCHORED, Anchor.MOVED, Anchor.REWORDED, Anchor.ORPHANED)


def carry_over(article: Article, version: Version) -> list[TextSpan]:
    """Every live claim, from the last version that it stood in, looked for in this one; the places they take."""
    alignments: dict[int, Alignment] = {}
    taken: list[TextSpan] = []
    live = (
        Claim.objects.filter(article=article).exclude(state=ClaimState.DROPPED).select_related("article").order_by("pk")
    )
    for claim in live.prefetch_related("spans__version"):
        earlier = [span for span in claim.spans.all() if span.version.number < version.number]
        if not earlier:
            continue
        last = max(earlier, key=lambda span: span.version.number).version
        if last.pk not in alignments:
            alignments[last.pk] = Alignment(last.text, version.text, article.language)
        old = [span for span in earlier if span.version_id == last.pk]
        found = [find(alignments[last.pk], span.start, span.end) for span in old]
        taken += _settle(claim, version, found)
    return taken


def _settle(claim: Claim, version: Version, found: Sequence[Anchoring]) -> list[TextSpan]:
    placed = [(each.anchor, each.place) for each in found if each.place is not None]
    places = [TextSpan(place.start, place.end) for _anchor, place in placed]
    Span.objects.bulk_create(
        [span_row(claim, version, place, anchor) for anchor, place in placed], ignore_conflicts=True
    )
    if not placed:
        _orphan(claim)
        return []
    worst = max((each.anchor for each in found), key=_WORST.index)
    anchor = Anchor.REWORDED if worst == Anchor.ORPHANED else Anchor(worst)  # a part of it is gone
    same_words = all(each.likeness == 1.0 for each in found)
    look = anchor == Anchor.REWORDED and claim.state != ClaimState.PROPOSED
    Claim.objects.filter(pk=claim.pk).update(
        position=min(place.start for place in places), anchor=anchor, anchor_checked=not look
    )
    claim.refresh_from_db()
    if claim.state == ClaimState.ORPHANED:
        cutting.bring_back(claim, by=None, same_words=same_words)
    elif not same_words:
        cutting.reopen(claim, by=None)
    if anchor == Anchor.REWORDED:
        fresh = suggesting.anew(claim, version, places)
        Claim.objects.filter(pk=claim.pk).update(**fresh)
        index.refresh(claim)
    return places


def _orphan(claim: Claim) -> None:
    """The words are gone: an editor decides. What is ruled or published stands on the version that was judged."""
    Claim.objects.filter(pk=claim.pk).update(anchor=Anchor.ORPHANED, anchor_checked=False)
    if move(row(claim), old=_UNSETTLED, new=ClaimState.ORPHANED):
        # not which of the states that tell of reviews
        record(claim, "claim.orphaned", None, old={"state": "open"}, new={"state": "orphaned"})


def span_row(claim: Claim, version: Version, place: Selector, anchor: str) -> Span:
    """The unsaved row of a claim's place."""
    return Span(
        claim=claim,
        version=version,
        start=place.start,
        end=place.end,
        exact=place.exact,
        prefix=place.prefix,
        suffix=place.suffix,
        anchor=anchor,
    )

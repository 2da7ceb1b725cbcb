"""A claim's borders: other spans, several of them, a split into atomic claims, a new place after its article changed."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import jobs
from annotations.claims import facts, ranking, suggesting
from annotations.claims.repeats import index, linking
from annotations.claims.segmenters.scoring import score
from annotations.claims.undoing import undoable
from annotations.claims.writing import (
    LIVE,
    UNJUDGED,
    current_version,
    next_number,
    record,
    refuse_unless,
    row,
    save,
    selected,
)
from annotations.errors import Conflict, InvalidInput, StaleVersion
from annotations.lib.spans import Span as TextSpan
from annotations.models import Article, Claim, Member, Span
from annotations.models.claims import Anchor, ClaimState
from annotations.models.rows import move
from annotations.newsrooms.access import require

MOST_SPANS = 20
_INHERITED = """newsroom_id article_id state language attribution claimant claimant_kind claimant_same_as claimant_suggested voice
    claimed_on appearance_url place topic claim_type_id unknown scale_id confirmed_at confirmed_by_id""".split()


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of the current version as somebody marked it; `restated` for an atomic claim of a compound sentence."""

    start: int
    end: int
    exact: str
    restated: str = ""


def adjust(claim: Claim, *, by: Member, pieces: Sequence[Piece], row_version: int | None = None) -> Claim:
    """Give the claim other borders in the current version, one span or several, as long as nobody was asked to judge it."""
    require(by, "claim.edit")
    spans = _spans(claim.article, pieces)
    with transaction.atomic(), undoable(claim.article, by=by, kind="adjust", claims=[claim]):
        refuse_unless(claim, UNJUDGED, _("The span of a claim in review cannot change. Drop it and add another."))
        _refuse_taken(claim, spans)
        _set_spans(claim, spans, by, row_version=row_version)
    claim.refresh_from_db()
    return claim


def split(claim: Claim, *, by: Member, pieces: Sequence[Piece], row_version: int | None = None) -> list[Claim]:
    """Cut a compound claim: the first piece keeps the number, each other becomes a claim of its own.

    Pieces may be parts of the text, or the whole span restated as one atomic claim each.
    """
    require(by, "claim.edit")
    if len(pieces) < 2:
        raise InvalidInput("too_few", _("Split it into two claims or more."), pointer="/pieces")
    told_apart = {(piece.start, piece.end, piece.restated.strip()) for piece in pieces}
    if len(told_apart) < len(pieces):
        raise InvalidInput(
            "same_pieces", _("Two of the pieces are the same: mark other words, or restate them."), pointer="/pieces"
        )
    spans = [_spans(claim.article, [piece])[0] for piece in pieces]
    with transaction.atomic(), undoable(claim.article, by=by, kind="split", claims=[claim]) as made:
        refuse_unless(claim, UNJUDGED, _("A claim in review cannot be split. Drop it and add others."))
        linking.refuse_linked(claim)
        claim.refresh_from_db()
        version = current_version(claim.article)
        text = version.text
        _set_spans(claim, spans[:1], by, row_version=row_version, restated=_restated(pieces[0]), parts=[])
        number = next_number(claim.article)
        for offset, (piece, span) in enumerate(zip(pieces[1:], spans[1:], strict=True)):
            worth, reasons = score(text[span["start"] : span["end"]], reported=claim.attribution != "narrator")
            fresh = Claim.objects.create(
                **{name: getattr(claim, name) for name in _INHERITED},
                number=number + offset,
                restated=_restated(piece),
                score=worth,
                rank=ranking.rank(claim.newsroom_id, _restated(piece) or span["exact"], worth),
                reasons=[[reason.code, reason.count] for reason in reasons],
                position=span["start"],
                created_by_id=by.user_id,
            )
            Span.objects.create(claim=fresh, version=version, **span)
            record(fresh, "claim.added", by, new={"state": claim.state, "from": claim.pk})
            index.refresh(fresh)
            made.append(fresh)
        record(claim, "claim.split", by, new={"into": [claim.pk, *(each.pk for each in made)]})
    claim.refresh_from_db()
    return [claim, *made]


def place(claim: Claim, *, by: Member, pieces: Sequence[Piece]) -> Claim:
    """Say where an orphaned or reworded claim stands in the article's current version.

    On the same words it goes on as before; on others it is open again, and its reviewers are asked again.
    """
    require(by, "claim.edit")
    spans = _spans(claim.article, pieces)
    with transaction.atomic():
        state = row(claim).select_for_update().values_list("state", flat=True).get()
        if state == ClaimState.DROPPED or (claim.anchor_checked and state != ClaimState.ORPHANED):
            raise Conflict("not_lost", _("This claim stands where it stood. Adjust it, or restore it."), state=state)
        _refuse_taken(claim, spans)
        claim.refresh_from_db()
        before = claim.spans.exclude(version=claim.article.current).order_by("-version__number").first()
        known = set(claim.spans.filter(version=before.version).values_list("exact", flat=True)) if before else set()
        same = {span["exact"] for span in spans} == known
        _set_spans(claim, spans, by, row_version=None, anchor=Anchor.MOVED if same else Anchor.REWORDED)
        Claim.objects.filter(pk=claim.pk).update(anchor_checked=True)
        if state == ClaimState.ORPHANED:
            bring_back(claim, by=by, same_words=same)
        elif not same:
            reopen(claim, by=by)
    claim.refresh_from_db()
    return claim


def keep(claim: Claim, *, by: Member) -> Claim:
    """An editor has looked at what became of the claim's words and leaves it so."""
    require(by, "claim.edit")
    with transaction.atomic():
        if (
            Claim.objects.filter(pk=claim.pk, anchor_checked=False)
            .exclude(state=ClaimState.ORPHANED)
            .update(anchor_checked=True)
        ):
            record(claim, "claim.looked_at", by, new={"anchor": claim.anchor})
    claim.refresh_from_db()
    return claim


def bring_back(claim: Claim, *, by: Member | None, same_words: bool) -> None:
    """An orphan has a place again. In a transaction."""
    new = ClaimState.OPEN if claim.confirmed_at else ClaimState.PROPOSED
    if claim.verdicts and same_words:
        new = ClaimState.IN_REVIEW
    if row(claim).filter(state=ClaimState.ORPHANED).update(state=new):
        record(
            claim,
            "claim.placed",
            by,
            old={"state": "orphaned"},
            new={"state": "proposed" if new == "proposed" else "open"},
        )
    if claim.verdicts:
        jobs.owe("agreement.recount", claim.pk, newsroom_id=claim.newsroom_id)
        if not same_words:
            reopen(claim, by=by)


def reopen(claim: Claim, *, by: Member | None) -> None:
    """The claim says something else now: verdicts on the old words are asked for again. In a transaction."""
    judged = [ClaimState.IN_REVIEW, ClaimState.DISPUTED, ClaimState.AGREED]
    row(claim).filter(state__in=judged).update(state=ClaimState.OPEN)
    if (
        row(claim)
        .exclude(state__in=[ClaimState.RULED, ClaimState.PUBLISHED, ClaimState.PROPOSED])
        .update(reworded_at=timezone.now())
    ):
        record(claim, "claim.reworded", by, old={"state": "open"}, new={"state": "open"})
        jobs.owe("reviews.reopen", claim.pk, newsroom_id=claim.newsroom_id)


def _spans(article: Article, pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    if not 1 <= len(pieces) <= MOST_SPANS:
        raise InvalidInput("span_count", _("A claim has 1 to %d spans.") % MOST_SPANS, pointer="/spans")
    version = current_version(article)
    found = sorted(
        (selected(version, piece.start, piece.end, piece.exact) for piece in pieces), key=lambda span: span["start"]
    )
    for left, right in itertools.pairwise(found):
        if right["start"] < left["end"]:
            raise InvalidInput("spans_overlap", _("Two spans of a claim overlap: mark them as one."), pointer="/spans")
    return found


def _refuse_taken(claim: Claim, spans: Sequence[dict[str, Any]]) -> None:
    """Another claim says just these words; one nobody has touched yet gives way (settle)."""
    if len(spans) > 1:
        return
    same = Span.objects.filter(
        version=claim.article.current,
        start=spans[0]["start"],
        end=spans[0]["end"],
        claim__state__in=[state for state in LIVE if state != ClaimState.PROPOSED],
        claim__restated=claim.restated,
    ).exclude(claim=claim)
    taken = same.values_list("claim_id", flat=True).first()
    if taken is not None:
        raise Conflict("claim_exists", _("This passage is a claim already."), existing=taken)


def _set_spans(
    claim: Claim,
    spans: Sequence[dict[str, Any]],
    by: Member,
    *,
    row_version: int | None,
    anchor: str = Anchor.ANCHORED,
    **columns: Any,
) -> None:
    version = current_version(claim.article)
    suggested = suggesting.anew(claim, version, [TextSpan(span["start"], span["end"]) for span in spans])
    save(claim, row_version, position=spans[0]["start"], anchor=anchor, **suggested, **columns)
    old = [list(span) for span in claim.spans.filter(version=version).order_by("start").values_list("start", "end")]
    new = [[span["start"], span["end"]] for span in spans]
    claim.spans.filter(version=version).delete()
    Span.objects.bulk_create(Span(claim=claim, version=version, anchor=anchor, **span) for span in spans)
    if old != new:
        record(claim, "claim.adjusted", by, old={"spans": old}, new={"spans": new})
    index.refresh(Claim.objects.select_related("article").get(pk=claim.pk))


def _restated(piece: Piece) -> str:
    return piece.restated.strip()[:5000]


def settle(
    claim: Claim,
    *,
    by: Member,
    pieces: Sequence[Piece] = (),
    restated: str | None = None,
    row_version: int | None = None,
) -> Claim:
    """Answer one line of the list of changed claims: its new place (none: it is left as it is) and its restated wording, at once.

    A proposal that nobody touched and that stands on just these words becomes part of the claim.
    """
    require(by, "claim.edit")
    with transaction.atomic():
        now = row(claim).select_for_update().values("restated", "row_version").get()
        reworded = restated is not None and restated.strip() != now["restated"]
        if reworded and row_version is not None and row_version != now["row_version"]:
            raise StaleVersion(
                "stale", _("Somebody changed this claim in the meantime."), current={"restated": now["restated"]}
            )
        if pieces:
            place(claim, by=by, pieces=pieces)
            _take_over(claim, by)
        else:
            keep(claim, by=by)
        if reworded:  # last, so that undo takes back this alone
            facts.edit(claim, by=by, row_version=None, changes={"restated": restated})
    claim.refresh_from_db()
    return claim


def _take_over(claim: Claim, by: Member) -> None:
    """Untouched proposals on the very words that the claim was placed on: merged into it, so that nothing is asked twice."""
    version = current_version(claim.article)
    held = set(claim.spans.filter(version=version).values_list("start", "end"))
    proposed = Claim.objects.filter(
        article=claim.article, state=ClaimState.PROPOSED, created_by=None, row_version=1, same_as=None, appearances=None
    )
    for twin in proposed.exclude(pk=claim.pk).prefetch_related("spans"):
        spans = {(span.start, span.end) for span in twin.spans.all() if span.version_id == version.pk}
        if spans and spans <= held:
            move(
                row(twin),
                old=ClaimState.PROPOSED,
                new=ClaimState.DROPPED,
                merged_into=claim,
                dropped_at=timezone.now(),
                dropped_by=by.user_id,
            )
            record(twin, "claim.merged", by, old={"state": "proposed"}, new={"state": "dropped", "into": claim.pk})

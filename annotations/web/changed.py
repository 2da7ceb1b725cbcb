"""The list of claims whose words were changed or lost by a new version of their article, and its answers."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from annotations.claims import cutting, placing, queries
from annotations.claims.cutting import Piece
from annotations.errors import FactcheckError, InvalidInput
from annotations.lib.differences import by_words
from annotations.models import Claim, Member
from annotations.models.claims import Anchor, ClaimState
from annotations.reviews import queries as reviews
from annotations.web.claim_lists import selection
from annotations.web.pages import page, problems, whole, wholes

_MOST = 100
_SETTLED = (ClaimState.RULED, ClaimState.PUBLISHED)


@page("claim.edit")
def changed(request: HttpRequest, member: Member) -> HttpResponse:
    """By article; nothing is attached to other words by itself."""
    return _screen(request, member)


def _screen(
    request: HttpRequest, member: Member, *, status: int = 200, typed: dict[int, dict[str, Any]] | None = None
) -> HttpResponse:
    """`typed`: by claim, what was refused and why."""
    waiting = queries.to_look_at(member)
    found = list(waiting[:_MOST])
    states = reviews.shown_states(member, found)
    places = placing.places_for(found)
    rows = [_row(claim, states[claim.pk], places.get(claim.pk, []), (typed or {}).get(claim.pk, {})) for claim in found]
    groups = []
    for article, each in groupby(rows, key=lambda row: row["claim"].article):
        cards = list(each)
        leavable = [row["claim"].pk for row in cards if row["reworded"] and not row["claim"].restated]
        restated = any(row["reworded"] and row["claim"].restated for row in cards)
        groups.append({"article": article, "rows": cards, "leavable": leavable, "restated": restated})
    context = {"groups": groups, "more": waiting.count() - _MOST if len(found) == _MOST else 0}
    return render(request, "claims/changed.html", context, status=status)


def _row(claim: Claim, state: str, places: list[placing.Place], typed: dict[str, Any]) -> dict[str, Any]:
    before, now = queries.wordings(claim)
    return {
        "claim": claim,
        "state": state,
        "state_label": ClaimState(state).label,
        "before": before,
        "difference": by_words(before, now) if now else [],
        "reworded": claim.anchor != Anchor.ORPHANED,
        "orphaned": state == ClaimState.ORPHANED,
        "settled": state in _SETTLED,
        "frozen": claim.state == ClaimState.PUBLISHED,
        "places": places,
        "restated": typed.get("restated", claim.restated),
        "exact": typed.get("exact", ""),
        "problems": typed.get("problems", {}),
    }


@require_POST
@page("claim.edit")
def settle(request: HttpRequest, member: Member, claim_id: int) -> HttpResponse:
    """keep or place, and with either the restated wording; refused, everything typed comes back with the reason beside it."""
    claim, post = queries.get(member, claim_id), request.POST
    try:
        cutting.settle(
            claim,
            by=member,
            pieces=[] if post.get("action") == "keep" else [_place(claim, post.get("at", ""), post.get("exact", ""))],
            restated=post.get("restated"),
            row_version=whole(post.get("row_version", "")),
        )
    except FactcheckError as error:
        typed = {"exact": post.get("exact", ""), "problems": problems(error)}
        if "restated" in post:
            typed["restated"] = post["restated"]
        if not queries.to_look_at(member).filter(pk=claim.pk).exists():  # answered by somebody else: it has no card
            messages.error(request, str(error.message))
        return _screen(request, member, status=error.status, typed={claim.pk: typed})
    said = _("Claim %d stays as it is.") if post.get("action") == "keep" else _("Claim %d has its new place.")
    messages.success(request, said % claim.number)
    return redirect("claims_changed", member.newsroom.slug)


def _place(claim: Claim, at: str, exact: str) -> Piece:
    """A suggested sentence by its button (its offsets and words), or words that were pasted."""
    text = claim.article.current.text if claim.article.current else ""
    if at:
        first, last, words = (*at.split(":", 2), "", "")[:3]
        typed = {"start": first, "end": last, "exact": words}
    else:
        typed = {"exact": exact}
    if not typed["exact"].strip():
        raise InvalidInput("required", _("Paste the words that the claim stands on now."), pointer="/exact")
    start, end, found = selection(text, typed)
    return Piece(start=start, end=end, exact=found)


@require_POST
@page("claim.edit")
def leave(request: HttpRequest, member: Member, article_id: int) -> HttpResponse:
    """All reworded claims of an article that were on the page, at once."""
    left = placing.leave(member, article_id, wholes(request.POST.getlist("claims")))
    messages.success(
        request, ngettext("%(n)d claim stays as it is.", "%(n)d claims stay as they are.", left) % {"n": left}
    )
    return redirect("claims_changed", member.newsroom.slug)

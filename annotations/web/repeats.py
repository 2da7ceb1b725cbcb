"""What was checked before, for a claim's card: asked for when the card comes into view, as it takes a look into the index each."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from annotations.claims import queries
from annotations.models import Member
from annotations.models.claims import ClaimState
from annotations.newsrooms.access import may
from annotations.web.claims import shown_precedents
from annotations.web.pages import page

NEAR = 0.6
_TWIN = 0.8  # what nobody has judged yet is worth a line only when it is all but the same


@page("claim.read")
def repeats(request: HttpRequest, member: Member, claim_id: int) -> HttpResponse:
    """One line on the nearest claim or fact-check, judged ones first; nothing (204) when none is near."""
    claim = queries.get(member, claim_id)
    row = _nearest(shown_precedents(member, claim))
    if row is None:
        return HttpResponse(status=204)
    context = {"row": row, "claim": claim, "newsroom": member.newsroom, "may_edit": may(member, "claim.edit")}
    return HttpResponse(render_to_string("claims/repeats.html", context))


def _nearest(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    near = [row for row in rows if row["found"].score >= NEAR and row["found"].state != ClaimState.DROPPED]
    twins = [row for row in near if row["found"].score >= _TWIN]
    return next(iter([row for row in near if _judged(row)] + twins), None)


def _judged(row: dict[str, Any]) -> bool:
    return bool(row["label"] or (row["found"].earlier and row["found"].earlier.verdict))

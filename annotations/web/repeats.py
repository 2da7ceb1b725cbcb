"""What was checked before, for the cards that come into view: it takes a look into the index for each."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html_join

from annotations.claims import queries
from annotations.models import Member
from annotations.models.claims import ClaimState
from annotations.newsrooms.access import may
from annotations.web.claims import shown_precedents
from annotations.web.leaves import numbers
from annotations.web.pages import page

NEAR = 0.6
MOST = 8  # claims asked about at once
_TWIN = 0.8  # what nobody has judged yet is worth a line only when it is all but the same


@page("claim.read")
def repeats(request: HttpRequest, member: Member) -> HttpResponse:
    """For each of `?claims=`, if any is near, a line on the nearest claim or fact-check, judged ones first (204: for none)."""
    claims, lines = queries.in_newsroom(member).select_related("article__current", "newsroom"), {}
    for claim in claims.filter(pk__in=numbers(request, "claims", most=MOST)):
        row = _nearest(shown_precedents(member, claim))
        if row is not None:
            context = {"row": row, "claim": claim, "newsroom": member.newsroom, "may_edit": may(member, "claim.edit")}
            lines[claim.pk] = render_to_string("claims/repeats.html", context)
    if not lines:
        return HttpResponse(status=204)
    return HttpResponse(format_html_join("", '<div data-repeats-of="{}">{}</div>', lines.items()))


def _nearest(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    near = [row for row in rows if row["found"].score >= NEAR and row["found"].state != ClaimState.DROPPED]
    twins = [row for row in near if row["found"].score >= _TWIN]
    return next(iter([row for row in near if _judged(row)] + twins), None)


def _judged(row: dict[str, Any]) -> bool:
    return bool(row["label"] or (row["found"].earlier and row["found"].earlier.verdict))

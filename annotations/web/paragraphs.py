"""Words marked in the text become a claim, or another place for one, without the page being loaded again.

The answer is a fragment: the paragraphs it touched, the claim's card, and what can be undone. Without scripts claim_lists.add does the same.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from annotations.articles import queries as articles
from annotations.claims import cutting, marking, queries, shaping
from annotations.claims.cutting import Piece
from annotations.errors import FactcheckError, InvalidInput
from annotations.models import Article, Claim, Member
from annotations.reviews import queries as reviews
from annotations.web import card_groups
from annotations.web.articles import cards, elsewhere, text_context, undo_context
from annotations.web.pages import page, whole


@page("claim.edit")
def mark(request: HttpRequest, member: Member, article_id: int) -> HttpResponse:
    """Add a claim of the marked words; with `fit`, put that claim on them. A refusal is JSON with its code."""
    if request.method != "POST":
        return redirect("article", member.newsroom.slug, article_id)
    article = articles.get(member, article_id)
    post = request.POST
    try:
        pieces = _pieces(post)
        fit = whole(post.get("fit", ""))
        claim = None if fit is None else queries.get(member, fit, article_id=article.pk)
        before = [(span.start, span.end) for span in queries.current_spans(claim)] if claim else []
        if claim is not None:
            seen = whole(post.get("row_version", ""))
            claim = cutting.adjust(claim, by=member, pieces=pieces, row_version=seen)
            said = _("Claim %d stands on other words now.")
        else:
            claim, said = shaping.add(article, by=member, pieces=pieces), _("Claim %d added.")
    except FactcheckError as error:
        problem = {"code": error.code, "detail": str(error.message), "existing": error.details.get("existing")}
        return JsonResponse(problem, status=error.status)
    context = _fragment(member, article, claim, before, order=post.get("order", ""))
    return render(request, "articles/marked.html", context | {"said": said % claim.number})


def _pieces(post: QueryDict) -> list[Piece]:
    """One of each field for every stretch of words."""
    rows = list(zip(post.getlist("start"), post.getlist("end"), post.getlist("exact"), strict=False))
    pieces = []
    for first, last, exact in rows[: cutting.MOST_SPANS]:
        start, end = whole(first), whole(last)
        if start is None or end is None:
            break
        pieces.append(Piece(start=start, end=end, exact=exact.replace("\r\n", "\n")))
    if not rows or len(pieces) < min(len(rows), cutting.MOST_SPANS):
        raise InvalidInput("span_outside", _("The span lies outside the text."), pointer="/start")
    return pieces


def _fragment(
    member: Member, article: Article, claim: Claim, before: list[tuple[int, int]], *, order: str
) -> dict[str, Any]:
    version = article.current
    assert version is not None  # it has a claim
    spans = [*before, *claim.spans.filter(version=version).values_list("start", "end")]
    touched = marking.touched(version.paragraphs, spans)
    rows = queries.standing_in(member, article, [(int(str(part[0])), int(str(part[1]))) for part in touched])
    states = reviews.shown_states(member, rows)
    order = "queue" if order == "queue" else "document"
    listed = queries.order_of(member, article, order)
    place = listed.index(claim.pk)
    # Which page of a long list stands beside the text is not known here: js/adding.js makes the links to its cards short again.
    shown: list[Claim] | None = [] if card_groups.is_paged(article.pk) else None
    context = text_context(article, rows, states, paragraphs=touched, listed=shown, elsewhere=elsewhere(order))
    context |= undo_context(member, article)
    return context | {
        "card": cards([row for row in rows if row.pk == claim.pk], states)[0],
        "before": listed[place + 1] if place + 1 < len(listed) else None,
        "after": listed[place - 1] if place else None,
        "count": len(listed),
        "order": order,
        "may_edit": True,
        "refused": {},
    }

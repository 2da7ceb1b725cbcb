"""Double marking on other pages: the article's, the form that brings one in, the desk, the review queue."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from annotations.claims.markings import operations, queries, rules
from annotations.errors import FactcheckError
from annotations.models import Article, Doubling, Member
from annotations.models.markings import DoublingState, MarkerState
from annotations.newsrooms.access import may
from annotations.newsrooms.queries import active_members
from annotations.web.pages import whole, wholes


def on_article(member: Member, article: Article) -> dict[str, Any]:
    """What the article's page says of its double marking (markings/on_article.html)."""
    doubling = queries.of_article(article)
    found: dict[str, Any] = {"doubling": doubling, "may_edit": may(member, "claim.edit")}
    if doubling is not None:
        standing = queries.standing(member, doubling)
        found |= {
            "mark": standing.own == MarkerState.MARKING and doubling.state == DoublingState.MARKING,
            "take": not rules.refusal_to_take(standing),
            "own_done": standing.own == MarkerState.DONE,
        }
    return {"double": found}


def waiting(member: Member) -> dict[str, Any]:
    """For the desk and the review queue: the articles that wait for this member's marking."""
    return {"to_mark": queries.waiting(member)}


def people(member: Member) -> dict[str, Any]:
    """Who can be named as a marker."""
    return {"members": active_members(member.newsroom)}


def switch_on(article: Article, member: Member, places: str, members: list[str]) -> Doubling:
    """From the fields of markings/switch.html."""
    asked = whole(places)
    return operations.switch_on(
        article,
        by=member,
        places=2 if asked is None else asked,
        member_ids=wholes(members),
    )


def with_new(request: HttpRequest, member: Member, article: Article) -> None:
    """Switched on while the article is brought in. The article is there in any case: a refusal is only told."""
    if request.POST.get("double_marking"):
        try:
            switch_on(article, member, request.POST.get("places", ""), request.POST.getlist("members"))
        except FactcheckError as error:
            messages.error(request, str(error.message))

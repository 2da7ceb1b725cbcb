"""The two-minute tour: steps on the real pages, from link to link, beside the work and never over it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from annotations.articles import queries as articles
from annotations.claims import queries as claims
from annotations.models import Member
from annotations.models.articles import ArticleState
from annotations.newsrooms import people
from annotations.newsrooms.access import may
from annotations.reviews import rules
from annotations.web.pages import page

# Title, words, the page it stands on.
_STEPS = (
    (
        gettext_lazy("Your desk"),
        gettext_lazy("What waits for you stands here: claims to review and, for editors, claims to confirm and to rule on."),
        "dashboard",
    ),
    (
        gettext_lazy("An article and its claims"),
        gettext_lazy("The claims found are marked in the text; each number leads to its card. Editors confirm or drop them, and add others by selecting words."),
        "article",
    ),
    (
        gettext_lazy("One claim"),
        gettext_lazy("The claim stands in its article, with who said it, when and where. Nobody sees another's answer before giving their own."),
        "claim",
    ),
    (
        gettext_lazy("Your review"),
        gettext_lazy("Add a source with its address and the exact quote; it is fetched and checked while you go on. Choose a verdict and say why. Whatever you type is saved by itself."),
        "claim",
    ),
    (
        gettext_lazy("The ruling"),
        gettext_lazy("When the reviews are in, an editor rules and another person signs off. Then the fact-check is public."),
        "ruling_queue",
    ),
    (
        gettext_lazy("Public"),
        gettext_lazy("Published fact-checks stand here, with every correction in the open. The tour ends; it can be taken again from the menu under your name."),
        "publications",
    ),
)  # fmt: skip


def of(request: HttpRequest, member: Member) -> dict[str, Any] | None:
    """The step to show on this page; None without one. It begins by itself at the first desk that has an article."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    asked = request.GET.get("tour", "")
    if not asked and (here != "dashboard" or member.user.toured_at):
        return None
    stops = _stops(member)
    if not asked and all(stop["page"] != "article" for stop in stops):  # nothing to show yet
        return None
    place = int(asked) if asked.isdecimal() and len(asked) < 3 else 1
    current = next((stop for stop in stops if stop["number"] == place and stop["page"] == here), None)
    if current is None:
        return None
    at = stops.index(current)
    return current | {
        "place": at + 1,
        "total": len(stops),
        "next": stops[at + 1]["url"] if at + 1 < len(stops) else "",
        "before": stops[at - 1]["url"] if at else "",
    }


def _stops(member: Member) -> list[dict[str, Any]]:
    """The steps that this member's newsroom can show, with their addresses."""
    slug = member.newsroom.slug
    article = articles.in_newsroom(member).filter(state=ArticleState.READY).order_by("pk").values_list("pk", flat=True)
    claim = claims.in_newsroom(member).filter(state__in=rules.OPEN_TO_ALL, same_as=None)
    first, open_one = article.first(), claim.order_by("pk").values_list("pk", flat=True).first()
    addresses = {
        "dashboard": reverse("dashboard", args=[slug]),
        "article": reverse("article", args=[slug, first]) if first else "",
        "claim": reverse("claim", args=[slug, open_one]) if open_one else "",
        "ruling_queue": reverse("ruling_queue", args=[slug]) if may(member, "ruling.read") else "",
        "publications": reverse("publications", args=[slug]),
    }
    return [
        {
            "number": number,
            "title": title,
            "text": text,
            "page": name,
            "url": f"{addresses[name]}?tour={number}{'#review' if number == 4 else ''}",
        }
        for number, (title, text, name) in enumerate(_STEPS, start=1)
        if addresses[name]
    ]


@require_POST
@page("article.read")
def end(request: HttpRequest, member: Member) -> HttpResponse:
    """Skip it, or end it after the last step."""
    people.end_tour(by=member.user)
    return redirect("dashboard", member.newsroom.slug)


@require_POST
@page("article.read")
def first_steps(request: HttpRequest, member: Member) -> HttpResponse:
    """Put the first steps away from one's own desk, or take them out again."""
    people.hide_first_steps(by=member, hidden=request.POST.get("show") != "1")
    return redirect("dashboard", member.newsroom.slug)

"""Leaves: the small fragments that pages fetch anew when the log tells of a change. Each shows what its page would show."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from annotations.articles import queries as articles
from annotations.claims import queries as claims
from annotations.claims.markings.queries import hidden_claims
from annotations.models import Member
from annotations.models.claims import ClaimState
from annotations.newsrooms.access import may
from annotations.reviews import queries as reviews
from annotations.rulings import queries as rulings
from annotations.sources import queries as sources
from annotations.web.pages import page, wholes

MOST = 200
KEPT_SECONDS = 60
SHOWN_MOST = 100  # a queue's number says 99+ from here on


@never_cache
@page("article.read")
def counts(request: HttpRequest, member: Member) -> HttpResponse:
    """The numbers of the navigation and the desk, all at once."""
    found = counted(member)
    # Where the log stood before they were counted: a page that begins there need not ask again.
    cache.set(_key(member), (request.events_after, found), KEPT_SECONDS)  # type: ignore[attr-defined]
    return render(request, "leaves/counts.html", {"counts": found})


def counted(member: Member) -> dict[str, int]:
    """What waits for this member, as their own queues show it: so blindness holds for the numbers as for the rows."""
    found: dict[str, Callable[[], int]] = {
        "review": lambda: reviews.candidates(member, timezone.now())[:SHOWN_MOST].count()
    }
    if may(member, "ruling.read"):
        found["rulings"] = lambda: len(rulings.to_rule(member)) + _to_sign_off(member)
    if may(member, "claim.edit"):
        found["undecided"] = lambda: claims.undecided(member)[:SHOWN_MOST].count()
    return {name: count() for name, count in found.items()}


def _to_sign_off(member: Member) -> int:
    return rulings.to_sign_off(member).exclude(ruled_by=member.user_id).count()


def known(member: Member, events_after: int | str) -> tuple[dict[str, int], bool]:
    """The numbers as they were last counted, without counting, and whether the log has stood still since."""
    at, found = cache.get(_key(member)) or ("", {})
    return found, bool(found) and at == events_after


def _key(member: Member) -> str:
    return f"counts-{member.pk}-{member.role}"


@never_cache
@page("claim.read")
def claim_states(request: HttpRequest, member: Member, article_id: int) -> HttpResponse:
    """The states of many claims of an article, as they show to this member."""
    wanted = numbers(request, "claims")
    article = articles.get(member, article_id)
    rows = claims.of_article(member, article, among=wanted)
    states = reviews.shown_states(member, rows)
    shown = [{"id": pk, "state": state, "label": ClaimState(state).label} for pk, state in states.items()]
    return render(request, "leaves/claim_states.html", {"rows": shown})


@never_cache
@page("article.read")
def article_states(request: HttpRequest, member: Member) -> HttpResponse:
    """State and progress of many articles."""
    hidden = hidden_claims(member, at="claims__")
    rows = articles.with_progress(member, hidden=hidden).filter(pk__in=numbers(request, "articles"))
    return render(request, "leaves/article_states.html", {"rows": rows})


@never_cache
@page("source.read")
def source_states(request: HttpRequest, member: Member) -> HttpResponse:
    """State and life of many sources that the member may see."""
    rows = sources.filtered(member, {}).filter(pk__in=numbers(request, "sources"))
    return render(request, "leaves/source_states.html", {"rows": map(sources.as_known, rows)})


@never_cache
@page("queue.review")
def review_news(request: HttpRequest, member: Member) -> HttpResponse:
    """How many claims came into the reviewer's queue since the page was read; the rows under the hand stay."""
    return _news(request, "review_queue", [claim.pk for claim in reviews.queue(member)])


@never_cache
@page("ruling.read")
def ruling_news(request: HttpRequest, member: Member) -> HttpResponse:
    return _news(request, "ruling_queue", ruling_keys(member))


def ruling_keys(member: Member) -> list[int]:
    """The claims of both lists of the page of rulings."""
    to_sign_off = rulings.to_sign_off(member).values_list("claim_id", flat=True)
    return [claim.pk for claim in rulings.to_rule(member)] + list(to_sign_off)


def _news(request: HttpRequest, target: str, now: Iterable[int]) -> HttpResponse:
    seen = numbers(request, "seen", most=2 * MOST)
    there = set(now)
    context: dict[str, Any] = {"new": len(there - seen), "gone": len(seen - there), "target": target}
    return render(request, "leaves/news.html", context)


def numbers(request: HttpRequest, name: str, *, most: int = MOST) -> set[int]:
    """`?name=1,2,3`; what is no number is left out."""
    return set(wholes(request.GET.get(name, "").split(",")[:most]))

"""The way through an article claim by claim: where one stands, what is left, where to go next."""

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.claims import queries as claims
from annotations.models import Claim, Member
from annotations.models.claims import ClaimState
from annotations.models.reviews import ReviewState
from annotations.reviews import queries
from annotations.reviews.queries import Step

STEPS = 30  # shown on either side of the claim at hand

_OWN: dict[str, tuple[str, Promise]] = {
    ReviewState.SUBMITTED: ("done", _("reviewed by you")),
    ReviewState.DRAFT: ("draft", _("your draft")),
    ReviewState.WITHDRAWN: ("draft", _("withdrawn by you")),
}


def way(member: Member, rows: list[Claim], current: Claim) -> dict[str, Any]:
    """The judged claims of the article as steps in the order of the text, the one at hand among them."""
    steps = queries.steps(member, rows)
    place = next((at for at, step in enumerate(steps) if step.claim.pk == current.pk), -1)
    first, last = max(0, place - STEPS), max(0, place) + STEPS + 1
    shown = [_shown(member, step, current) for step in steps[first:last]]
    if place < 0:
        shown.insert(0, {"claim": current, "current": True, "kind": "", "word": "", "quote": "", "url": ""})
    mine = [step for step in steps if step.to_do or step.own]
    return {
        "steps": shown,
        "before": first,
        "after": max(0, len(steps) - last),
        "previous": _url(member, steps[place - 1].claim) if place > 0 else "",
        "following": _url(member, steps[place + 1].claim) if place + 1 < len(steps) else "",
        "unfinished": _unfinished(member, steps, current),
        "mine": len(mine),
        "done": sum(step.own == ReviewState.SUBMITTED for step in mine),
    }


def next_unfinished(member: Member, current: Claim) -> str:
    """The address of the next claim of the same article that waits for this member's review; "" when none does."""
    return _unfinished(member, queries.steps(member, claims.outline(member, current.article)), current)


def _unfinished(member: Member, steps: list[Step], current: Claim) -> str:
    """Behind the one at hand first, then from the top."""
    place = next((at for at, step in enumerate(steps) if step.claim.pk == current.pk), -1)
    for step in [*steps[place + 1 :], *steps[: max(place, 0)]]:
        if step.to_do:
            return _url(member, step.claim)
    return ""


def _shown(member: Member, step: Step, current: Claim) -> dict[str, Any]:
    kind, word = _OWN.get(step.own, ("todo", _("for you to review")) if step.to_do else ("", ""))
    return {
        "claim": step.claim,
        "current": step.claim.pk == current.pk,
        "kind": kind,
        "word": word or ClaimState(step.state).label,
        "quote": claims.quote(step.claim),
        "url": _url(member, step.claim),
    }


def _url(member: Member, claim: Claim) -> str:
    return reverse("claim", args=[member.newsroom.slug, claim.pk])

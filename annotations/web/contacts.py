"""Whom the desk asked about a claim, in the browser: enter, answer, correct, and what readers are told."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.claims import queries as claims
from annotations.errors import FactcheckError, InvalidFields, InvalidInput, NotFound
from annotations.lib.days import day
from annotations.models import Claim, Member
from annotations.models.claims import ClaimState
from annotations.models.talk import ContactMeans, ContactStatus
from annotations.newsrooms.access import may
from annotations.reviews import contacting
from annotations.reviews.contacting import Entry, Shown
from annotations.web.pages import page, problems

_BACK = ("claim", "ruling", "contacts")
_TEXTS = ("whom", "means", "asked", "status", "answer")


def contacts_context(
    member: Member, claim: Claim, *, back: str = "claim", typed: dict[str, Any] | None = None
) -> dict[str, Any]:
    """For claims/contacts.html. `typed`: what a refused form held: target ("new" or an entry's number), values, problems."""
    typed = typed or {}
    new = typed if typed.get("target") == "new" else {}
    blank = {"whom": claim.claimant, "contacted_on": timezone.localdate().isoformat(), "status": ContactStatus.WAITING}
    rows = [_row(shown, member, typed) for shown in contacting.of_claim(member, claim)]
    return {
        "contacts": {
            "claim": claim,
            "rows": rows,
            "may_enter": contacting.may_enter(member, claim),
            "means": ContactMeans.choices,
            "statuses": ContactStatus.choices,
            "back": back,
            "new": {"values": new.get("values", blank), "problems": new.get("problems", {}), "prefix": "contact-new"},
            "typed": bool(new),
            "is_public": claim.state == ClaimState.PUBLISHED,
        }
    }


def _row(shown: Shown, member: Member, typed: dict[str, Any]) -> dict[str, Any]:
    mine = typed if typed.get("target") == shown.entry.pk else {}
    return {
        "shown": shown,
        "entry": shown.entry,
        "own": shown.entry.created_by_id == member.user_id,
        "typed": bool(mine),
        "form": {
            "values": mine.get("values", _values(contacting.of(shown.entry))),
            "problems": mine.get("problems", {}),
            "prefix": f"contact-{shown.entry.pk}",
            "correcting": True,
        },
    }


def _values(entry: Entry) -> dict[str, Any]:
    found = asdict(entry)
    return {name: value.isoformat() if hasattr(value, "isoformat") else value or "" for name, value in found.items()}


@page("contact.read")
def contacts(request: HttpRequest, member: Member, claim_id: int) -> HttpResponse:
    """The log on a page of its own; a post enters a contact."""
    claim = claims.get(member, claim_id)
    if request.method != "POST":
        return _page(request, member, claim)
    try:
        row = contacting.enter(claim, _entry(request), by=member)
    except FactcheckError as error:
        return _again(request, member, claim, error, "new")
    return _onward(request, member, claim, row.pk)


@require_POST
@page("contact.read")
def contact_act(request: HttpRequest, member: Member, claim_id: int, contact_id: int) -> HttpResponse:
    """correct (an answer too), publish or unpublish."""
    claim = claims.get(member, claim_id)
    row = contacting.get(member, contact_id)
    if row.claim_id != claim.pk:
        raise NotFound("no_contact", _("There is no such entry, or it was replaced. Load the page again."))
    action = request.POST.get("action", "")
    try:
        if action == "correct":
            row = contacting.correct(row, _entry(request), by=member, why=request.POST.get("why", ""))
        elif action in ("publish", "unpublish"):
            row = contacting.publish(row, by=member, on=action == "publish")
        else:
            raise InvalidInput("unknown_action", _("This button does nothing."))
    except FactcheckError as error:
        return _again(request, member, claim, error, contact_id)
    return _onward(request, member, claim, row.pk)


def _entry(request: HttpRequest) -> Entry:
    """What the form holds; InvalidFields when a date is none."""
    post = request.POST
    days: dict[str, date | None] = {}
    wrong = []
    for name in ("contacted_on", "deadline"):
        try:
            days[name] = day(post.get(name, "").strip(), pointer=f"/{name}")
        except InvalidInput as error:
            wrong.append(error)
    if wrong:
        raise InvalidFields(wrong)
    return Entry(
        whom=post.get("whom", ""),
        contacted_on=days["contacted_on"],
        means=post.get("means", ""),
        asked=post.get("asked", ""),
        deadline=days["deadline"],
        status=post.get("status", ""),
        answer=post.get("answer", ""),
    )


def _onward(request: HttpRequest, member: Member, claim: Claim, contact_id: int) -> HttpResponse:
    back = request.POST.get("back", "")
    target = back if back in _BACK and (back != "ruling" or may(member, "ruling.write")) else "claim"
    return redirect(f"{reverse(target, args=[member.newsroom.slug, claim.pk])}#contact-{contact_id}")


def _again(
    request: HttpRequest, member: Member, claim: Claim, error: FactcheckError, target: str | int
) -> HttpResponse:
    """The log's own page with what was typed; a button's refusal as a message on it."""
    if error.status in (403, 404):
        raise error
    found = problems(error)
    if "" in found:
        messages.error(request, found[""])
    typed = None
    if "whom" in request.POST:
        names = (*_TEXTS, "contacted_on", "deadline", "why")
        typed = {
            "target": target,
            "values": {name: request.POST.get(name, "") for name in names},
            "problems": found,
        }
    return _page(request, member, claim, typed=typed, status=error.status)


def _page(
    request: HttpRequest, member: Member, claim: Claim, *, typed: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    context = contacts_context(member, claim, back="contacts", typed=typed)
    return render(
        request,
        "claims/contacts_page.html",
        context | {"claim": claim, "quote": claims.quote(claim)},
        status=status,
    )

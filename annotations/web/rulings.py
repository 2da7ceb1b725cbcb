"""The editor's queues and the ruling screen: reviews side by side, a decision, a second person's sign-off."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.agreement import queries as agreement
from annotations.claims import queries as claims
from annotations.errors import FactcheckError, NotAllowed, NotFound, StaleVersion
from annotations.models import Claim, Member, Ruling
from annotations.models.rulings import Basis, RulingState
from annotations.newsrooms.queries import labels
from annotations.reviews import disclosing, hearing
from annotations.reviews import queries as reviews
from annotations.rulings import correcting, operations, queries
from annotations.rulings.operations import Decision
from annotations.sources.describing import describe
from annotations.web.agreement import proposed
from annotations.web.contacts import contacts_context
from annotations.web.guidelines import guideline_context, ticked_in
from annotations.web.pages import back, form, page, problems, refusal, whole
from annotations.web.talk import talk_context

_FIELDS = ("label", "basis", "reason", "summary", "explanation", "language")


@page("ruling.read")
def queue(request: HttpRequest, member: Member) -> HttpResponse:
    """What to rule on, and what to sign off."""
    rows = [{"claim": claim, "quote": claims.quote(claim)} for claim in queries.to_rule(member)]
    waiting = [
        {"ruling": ruling, "quote": claims.quote(ruling.claim), "own": ruling.ruled_by_id == member.user_id}
        for ruling in queries.to_sign_off(member)
    ]
    return render(request, "rulings/queue.html", {"rows": rows, "waiting": waiting})


@page("ruling.write")
def ruling(request: HttpRequest, member: Member, claim_id: int) -> HttpResponse:
    """Opening it shows the reviews, so nobody comes here who may still give one: they open the reviews by a button."""
    claim = claims.get(member, claim_id)
    see = disclosing.disclose if request.method == "POST" else disclosing.read_to_rule
    try:
        see(claim, by=member)
    except NotAllowed as error:
        return back(request, error, "claim", member.newsroom.slug, claim.pk)
    request.events_after = hearing.latest_id(member)  # type: ignore[attr-defined]  # its reviews' lines, heard from now on, are on the page
    current = queries.of_claim(member, claim)
    typed = _typed(current, claim)
    if request.method != "POST":
        return _screen(request, member, claim, current, typed, {}, 200)
    typed = form(request)
    decision = Decision(**{name: str(typed.get(name, "")).strip() for name in _FIELDS})
    act = operations.rule if typed.get("action") == "rule" else operations.save_draft
    try:
        saved = act(claim, decision, by=member, row_version=whole(str(typed.get("row_version", ""))))
    except FactcheckError as error:
        found = queries.of_claim(member, claim)
        extra = {"conflict": error.details["current"]} if isinstance(error, StaleVersion) else {}
        if found is not None:
            typed["row_version"] = found.row_version
        return _screen(request, member, claim, found, typed, problems(error), error.status, extra)
    if saved.state == RulingState.DRAFT:
        messages.success(request, _("Draft saved."))
        return redirect("ruling", member.newsroom.slug, claim.pk)
    messages.success(
        request,
        _("Ruled. Another editor or admin signs it off.")
        if saved.state == RulingState.AWAITING_SIGN_OFF
        else _("Published."),
    )
    return redirect("ruling_queue", member.newsroom.slug)


def _typed(current: Ruling | None, claim: Claim) -> dict[str, Any]:
    if current is None:
        return {"language": claim.language if claim.language != "und" else ""}
    typed = {name: getattr(current, name) for name in _FIELDS if name != "label"}
    return typed | {"label": current.label.key if current.label else "", "row_version": current.row_version}


def _screen(
    request: HttpRequest,
    member: Member,
    claim: Claim,
    current: Ruling | None,
    typed: dict[str, Any],
    found: dict[str, str],
    status: int,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    given = reviews.of_claim(member, claim)
    ticked = ticked_in(given)
    context = {
        "claim": claim,
        "quote": claims.quote(claim),
        "ruling": current,
        "typed": typed,
        "problems": found,
        "labels": labels(claim.scale) if claim.scale else [],
        "bases": Basis.choices,
        "reviews": [
            {
                "review": item,
                "evidence": [describe(row) for row in item.evidence.all()],
                "ticked": ticked.get(item.pk, []),
            }
            for item in given
        ],
        "counts": agreement.counts(claim),
        "proposal": proposed(member, claim),
        "may_write": current is None or current.state == RulingState.DRAFT,
        "may_sign_off": current is not None
        and current.state == RulingState.AWAITING_SIGN_OFF
        and current.ruled_by_id != member.user_id,
        "missing_facts": [name for name in ("claimant", "claimed_on", "appearance") if name in found],
        **guideline_context(member),
        **contacts_context(member, claim, back="ruling"),
        **talk_context(member, claim, back="ruling"),
        **(extra or {}),
    }
    return render(request, "rulings/ruling.html", context, status=status)


@require_POST
@page("ruling.sign_off")
def sign_off(request: HttpRequest, member: Member, ruling_id: int) -> HttpResponse:
    """Sign off and publish, or send back with a reason."""
    found = queries.get(member, ruling_id)
    try:
        if request.POST.get("action") == "send_back":
            operations.send_back(found, by=member, reason=request.POST.get("reason", ""))
            messages.success(request, _("Sent back."))
            return redirect("ruling_queue", member.newsroom.slug)
        read = {name: whole(request.POST.get(name, "")) for name in ("row_version", "claim_version")}
        published = operations.sign_off(found, by=member, **read)
    except FactcheckError as error:
        return back(request, error, "ruling", member.newsroom.slug, found.claim_id)
    messages.success(request, _("Published."))
    return redirect("publication", member.newsroom.slug, published.number)


@page("publication.read")
def publications(request: HttpRequest, member: Member) -> HttpResponse:
    rows = queries.publications(member.newsroom).reverse()[:200]
    return render(request, "rulings/publications.html", {"rows": rows})


@page("publication.correct")
def correct(request: HttpRequest, member: Member, number: int) -> HttpResponse:
    """Correct or retract openly: the old verdict and what was wrong stay in the public log."""
    publication = (
        queries.publications(member.newsroom)
        .select_related("ruling__label__scale", "ruling__claim")
        .filter(number=number)
        .first()
    )
    if publication is None:
        raise NotFound("no_publication", _("There is no such fact-check."))
    current = publication.ruling
    typed: dict[str, Any] = _typed(current, current.claim) | {"text": "", "why": ""}
    found: dict[str, str] = {}
    conflict = False
    status = 200
    retracting = request.POST.get("action") == "retract"
    if request.method == "POST":
        typed |= form(request)
        try:
            if retracting:
                correcting.retract(publication, by=member, text=str(typed["why"]))
            else:
                decision = Decision(**{name: str(typed.get(name, "")).strip() for name in _FIELDS})
                seen = whole(str(typed.get("row_version", "")))
                correcting.correct(publication, decision, by=member, text=str(typed["text"]), row_version=seen)
            return redirect("publication", member.newsroom.slug, number)
        except FactcheckError as error:
            current.refresh_from_db()
            if current.state == RulingState.RETRACTED:  # no form is left to hold what was typed
                return refusal(request, error)
            found, status = problems(error), error.status
            if retracting and "text" in found:
                found["why"] = found.pop("text")
            conflict = isinstance(error, StaleVersion)
            typed["row_version"] = current.row_version
    context = {
        "publication": publication,
        "now": current,
        "typed": typed,
        "problems": found,
        "conflict": conflict,
        "retracting": retracting,
        "labels": labels(current.label.scale) if current.label else [],
        "retracted": current.state == RulingState.RETRACTED,
    }
    return render(request, "rulings/correct.html", context, status=status)

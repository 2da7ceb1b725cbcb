"""A claim's edit page: its facts, its split and its borders in one form, so that no button loses what another field holds."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.claims import facts, queries, shaping
from annotations.errors import FactcheckError, StaleVersion
from annotations.models import Claim, Member
from annotations.models.claims import Attribution, ClaimState
from annotations.newsrooms import claim_types
from annotations.newsrooms.queries import active_members
from annotations.reviews import queries as reviews
from annotations.rulings import precedents
from annotations.web import claim_form
from annotations.web.claim_form import Form
from annotations.web.claim_lists import to_article
from annotations.web.claims import shown_precedents
from annotations.web.pages import page, problems


@page("claim.edit")
def edit(request: HttpRequest, member: Member, claim_id: int) -> HttpResponse:
    """Its facts, or that one of them is unknown; assignment, borders, split and repeats beside them."""
    claim = queries.get(member, claim_id)
    before = claim_form.stored(claim)
    if request.method != "POST":
        return _screen(request, member, claim, before)
    form = claim_form.posted(request, claim)
    take = request.POST.get("take", "")
    form.facts |= {name: value for name, value in _offers(claim).items() if name == take}
    try:
        facts.edit(claim, by=member, row_version=form.row_version, changes=form.facts)
    except FactcheckError as error:
        return _again(request, member, claim, form, error)
    messages.success(request, _("Saved."))
    if claim_form.differs(form.pieces, before.pieces) or claim_form.differs(form.spans, before.spans):
        return _not_yet(request, member, claim, form)
    if take:  # there may be more to take
        return redirect("claim_edit", member.newsroom.slug, claim.pk)
    return to_article(member, claim)


@require_POST
@page("claim.edit")
def borders(request: HttpRequest, member: Member, claim_id: int) -> HttpResponse:
    """Other spans, each as its words; an empty one is left out. The facts are saved with them."""
    claim = queries.get(member, claim_id)
    before, form = claim_form.stored(claim), claim_form.posted(request, claim)
    try:
        pieces = claim_form.meant(form.spans, claim, name="spans")
        shaping.adjust(claim, by=member, pieces=pieces, changes=_changes(form), row_version=form.row_version)
    except FactcheckError as error:
        return _again(request, member, claim, form, error, at="borders")
    messages.success(request, _("Saved."))
    if claim_form.differs(form.pieces, before.pieces):
        return _not_yet(request, member, claim, form)
    return to_article(member, claim)


@require_POST
@page("claim.edit")
def split(request: HttpRequest, member: Member, claim_id: int) -> HttpResponse:
    """Each filled piece becomes a claim; the first keeps the number, and all get the facts."""
    claim = queries.get(member, claim_id)
    form = claim_form.posted(request, claim)
    try:
        pieces = claim_form.meant(form.pieces, claim, name="pieces")
        made = shaping.split(claim, by=member, pieces=pieces, changes=_changes(form), row_version=form.row_version)
    except FactcheckError as error:
        return _again(request, member, claim, form, error, at="split")
    messages.success(request, _("Split into %d claims.") % len(made))
    return to_article(member, claim)


def _changes(form: Form) -> dict[str, Any]:
    return dict(form.facts) if form.whole else {}


def _offers(claim: Claim) -> dict[str, Any]:
    """What one press fills in."""
    found = {
        "claimant": claim.claimant_suggested,
        "appearance_url": claim.article.url,
        "claimed_on": claim.article.published_on.isoformat() if claim.article.published_on else "",
    }
    return {name: value for name, value in found.items() if value}


def _not_yet(request: HttpRequest, member: Member, claim: Claim, form: Form) -> HttpResponse:
    """Saved, and pieces or borders were typed too: they stay, and the page says that they wait for their own button."""
    messages.info(
        request, _("The words you typed for the split or the borders are below: they wait for their own button.")
    )
    claim = queries.get(member, claim.pk)
    now = claim_form.stored(claim)
    open_ones = {
        "split": claim_form.differs(form.pieces, now.pieces),
        "borders": claim_form.differs(form.spans, now.spans),
    }
    now.pieces, now.spans = form.pieces or now.pieces, form.spans or now.spans
    return _screen(request, member, claim, now, open_ones=open_ones)


def _again(
    request: HttpRequest, member: Member, claim: Claim, form: Form, error: FactcheckError, *, at: str = ""
) -> HttpResponse:
    """The page once more with everything that was typed; what is wrong is said beside its field."""
    claim = queries.get(member, claim.pk)  # what was saved before the refusal is taken back
    found, now = problems(error), claim_form.stored(claim)
    current: list[tuple[str, str]] = []
    if isinstance(error, StaleVersion):
        form.row_version = claim.row_version
        current = claim_form.in_words(claim, error.details["current"])
    for name, rows in (("pieces", form.pieces), ("spans", form.spans)):
        for place, row in enumerate(rows):
            row["problem"] = found.get(f"{name}_{place}", "")
    form.pieces, form.spans = form.pieces or now.pieces, form.spans or now.spans
    return _screen(request, member, claim, form, found, error.status, open_ones={at: True}, current=current)


def _screen(
    request: HttpRequest,
    member: Member,
    claim: Claim,
    form: Form,
    found: dict[str, str] | None = None,
    status: int = 200,
    *,
    open_ones: dict[str, bool] | None = None,
    current: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    state = reviews.shown_states(member, [claim])[claim.pk]
    context = {
        "claim": claim,
        "quote": queries.quote(claim),
        "state": state,
        "state_label": ClaimState(state).label,
        "typed": form.facts | {"row_version": form.row_version},
        "offers": _offers(claim),
        "problems": found or {},
        "faults": claim_form.faults(found or {}),
        "current": current or [],
        "open": {"split": bool(claim.parts)} if open_ones is None else open_ones,
        "frozen": claim.state in (ClaimState.PUBLISHED, ClaimState.DROPPED),
        "publication": precedents.publication_of(claim) if claim.state == ClaimState.PUBLISHED else None,
        "known": claim_form.in_words(claim, {name: value for name, value in form.facts.items() if value}),
        "members": active_members(member.newsroom),
        "assigned": set(claim.assignments.values_list("member_id", flat=True)),
        "attributions": Attribution.choices,
        "types": [(kind.key, claim_types.name(kind)) for kind in claim_types.of(member.newsroom)],
        "pieces": form.pieces,
        "spans": form.spans,
        "unjudged": state in (ClaimState.PROPOSED, ClaimState.OPEN),
        "precedents": shown_precedents(member, claim),
        "group": precedents.group(member, claim),
    }
    return render(request, "claims/edit.html", context, status=status)

"""The editor's buttons on the claim list; each posts, acts once, and comes back to where it was pressed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.articles import queries as articles
from annotations.claims import facts, operations, queries
from annotations.errors import FactcheckError, InvalidInput, StaleVersion
from annotations.models import Claim, Member
from annotations.newsrooms.queries import active_members
from annotations.web.pages import back, form, page, problems

_FIELDS = ("restated", "claimant", "claimant_kind", "claimant_same_as", "claimed_on", "appearance_url")


@require_POST
@page("claim.edit")
def add(request: HttpRequest, member: Member, article_id: int) -> HttpResponse:
    """From a selection (start, end, quote), or without JavaScript from a pasted quote that the server finds."""
    article = articles.get(member, article_id)
    typed = form(request)
    try:
        start, end, exact = _selection(article.current.text if article.current else "", typed)
        claim = operations.add(article, by=member, start=start, end=end, exact=exact)
    except FactcheckError as error:
        return back(request, error, "article", member.newsroom.slug, article_id)
    messages.success(request, _("Claim %d added.") % claim.number)
    return _to_article(member, claim)


def _selection(text: str, typed: dict[str, Any]) -> tuple[int, int, str]:
    exact = str(typed.get("exact", "")).replace("\r\n", "\n")
    start, end = str(typed.get("start", "")), str(typed.get("end", ""))
    if start.isdigit() and end.isdigit():
        return int(start), int(end), exact
    exact = exact.strip()
    times = text.count(exact) if exact else 0
    if times == 0:
        raise InvalidInput(
            "not_in_text", _("These words do not stand in the article. Copy them exactly."), pointer="/exact"
        )
    wanted = str(typed.get("occurrence", ""))
    if times > 1 and not (wanted.isdigit() and 1 <= int(wanted) <= times):
        raise InvalidInput(
            "ambiguous",
            _("These words stand %d times in the article. Copy more words around them.") % times,
            pointer="/exact",
        )
    place = -1
    for _time in range(int(wanted) if times > 1 else 1):
        place = text.index(exact, place + 1)
    return place, place + len(exact), exact


@require_POST
@page("claim.edit")
def act(request: HttpRequest, member: Member, claim_id: int) -> HttpResponse:
    """confirm, drop, restore or assign."""
    claim = queries.get(member, claim_id)
    try:
        action = request.POST.get("action", "")
        if action == "confirm":
            operations.confirm(claim, by=member)
        elif action == "drop":
            operations.drop(claim, by=member, reason=request.POST.get("reason", ""))
        elif action == "restore":
            operations.restore(claim, by=member)
        elif action == "assign":
            ids = [int(value) for value in request.POST.getlist("members") if value.isdigit()]
            operations.assign(claim, by=member, member_ids=ids)
        else:
            raise InvalidInput("unknown_action", _("This button does nothing."))
    except FactcheckError as error:
        return back(request, error, "article", member.newsroom.slug, claim.article_id)
    return _to_article(member, claim)


@require_POST
@page("claim.edit")
def merge(request: HttpRequest, member: Member, article_id: int) -> HttpResponse:
    ids = [int(value) for value in request.POST.getlist("claims") if value.isdigit()]
    try:
        claim = operations.merge([queries.get(member, claim_id) for claim_id in ids], by=member)
    except FactcheckError as error:
        return back(request, error, "article", member.newsroom.slug, article_id)
    messages.success(request, _("Merged into claim %d.") % claim.number)
    return _to_article(member, claim)


@require_POST
@page("claim.edit")
def confirm_many(request: HttpRequest, member: Member, article_id: int) -> HttpResponse:
    """The chosen proposed claims, at once."""
    article = articles.get(member, article_id)
    ids = {int(value) for value in request.POST.getlist("claims") if value.isdigit()}
    chosen = [claim for claim in queries.of_article(member, article) if claim.pk in ids]
    try:
        for claim in chosen:
            operations.confirm(claim, by=member)
    except FactcheckError as error:
        return back(request, error, "article", member.newsroom.slug, article_id)
    messages.success(request, _("%d claims opened for review.") % len(chosen))
    return redirect("article", member.newsroom.slug, article_id)


@page("claim.edit")
def edit(request: HttpRequest, member: Member, claim_id: int) -> HttpResponse:
    """Restated text, claimant, date, appearance, or that one of them is unknown; assignment beside it."""
    claim = queries.get(member, claim_id)
    typed: dict[str, Any] = {name: getattr(claim, name) for name in (*_FIELDS, "unknown", "row_version")}
    found: dict[str, str] = {}
    current: dict[str, Any] = {}
    status = 200
    if request.method == "POST":
        typed |= form(request) | {"unknown": request.POST.getlist("unknown")}
        version = str(typed.get("row_version", ""))
        changes = {name: typed.get(name, "") for name in (*_FIELDS, "unknown")}
        try:
            facts.edit(claim, by=member, row_version=int(version) if version.isdigit() else None, changes=changes)
        except FactcheckError as error:
            found, status = problems(error), error.status
            if isinstance(error, StaleVersion):
                current = error.details["current"]
                typed["row_version"] = claim.row_version
        else:
            messages.success(request, _("Saved."))
            return _to_article(member, claim)
    context = {
        "claim": claim,
        "quote": queries.quote(claim),
        "typed": typed,
        "problems": found,
        "current": current,
        "members": active_members(member.newsroom),
        "assigned": set(claim.assignments.values_list("member_id", flat=True)),
    }
    return render(request, "claims/edit.html", context, status=status)


def _to_article(member: Member, claim: Claim) -> HttpResponse:
    response = redirect("article", member.newsroom.slug, claim.article_id)
    response["Location"] += f"#claim-{claim.pk}"
    return response

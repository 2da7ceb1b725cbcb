"""What an editor does to an article's claim list as a whole: add, merge, confirm, drop, undo."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from annotations.articles import queries as articles
from annotations.claims import operations, queries, undoing
from annotations.errors import FactcheckError, InvalidInput
from annotations.models import Article, Claim, Member
from annotations.web import card_groups, choosing
from annotations.web.articles import ACTS, article_page
from annotations.web.pages import form, page, whole, wholes


def selection(text: str, typed: dict[str, Any], name: str = "exact") -> tuple[int, int, str]:
    """From a selection (start, end, quote), or without JavaScript from a pasted quote that the server finds."""
    exact = str(typed.get(name, "")).replace("\r\n", "\n")
    start, end = whole(str(typed.get("start", ""))), whole(str(typed.get("end", "")))
    if name == "exact" and start is not None and end is not None:
        return start, end, exact
    exact = exact.strip()
    times = text.count(exact) if exact else 0
    if times == 0:
        raise InvalidInput(
            "not_in_text", _("These words do not stand in the article. Copy them exactly."), pointer=f"/{name}"
        )
    wanted = whole(str(typed.get("occurrence", ""))) or 0
    if times > 1 and not 1 <= wanted <= times:
        raise InvalidInput(
            "ambiguous",
            _("These words stand %d times in the article. Copy more words around them.") % times,
            pointer=f"/{name}",
        )
    place = -1
    for _time in range(wanted if times > 1 else 1):
        place = text.index(exact, place + 1)
    return place, place + len(exact), exact


@page("claim.edit")
def add(request: HttpRequest, member: Member, article_id: int) -> HttpResponse:
    article = articles.get(member, article_id)
    typed = form(request)
    order = str(typed.get("order", ""))
    if request.method != "POST":
        return again(request, member, article_id)
    try:
        start, end, exact = selection(article.current.text if article.current else "", typed)
        claim = operations.add(article, by=member, start=start, end=end, exact=exact)
    except FactcheckError as error:
        refused = {"act": "add", "message": error.message, "typed": typed.get("exact", "")}
        refused["existing"] = error.details.get("existing")
        return article_page(request, member, article, order=order, status=error.status, refused=refused)
    messages.success(request, _("Claim %d added.") % claim.number)
    return to_article(member, claim, order=order)


@page("claim.edit")
def merge(request: HttpRequest, member: Member, article_id: int) -> HttpResponse:
    """The chosen claims become one."""

    def act(_article: Article, chosen: list[Claim]) -> str:
        return _("Merged into claim %d.") % operations.merge(chosen, by=member).number

    return _to_chosen(request, member, article_id, act)


@page("claim.edit")
def confirm_many(request: HttpRequest, member: Member, article_id: int) -> HttpResponse:
    """The chosen proposed claims, at once."""

    def act(article: Article, chosen: list[Claim]) -> str:
        opened = operations.confirm_many(article, chosen, by=member)
        if not opened:
            return _("None of the chosen claims waits to be confirmed.")
        return ngettext("%d claim opened for review.", "%d claims opened for review.", opened) % opened

    return _to_chosen(request, member, article_id, act)


@page("claim.edit")
def drop_many(request: HttpRequest, member: Member, article_id: int) -> HttpResponse:
    """The chosen claims, for one reason."""

    def act(article: Article, chosen: list[Claim]) -> str:
        dropped = operations.drop_many(article, chosen, by=member, reason=request.POST.get("reason", ""))
        if not dropped:
            return _("The chosen claims were dropped already.")
        return ngettext("%d claim dropped.", "%d claims dropped.", dropped) % dropped

    return _to_chosen(request, member, article_id, act)


def _to_chosen(
    request: HttpRequest, member: Member, article_id: int, act: Callable[[Article, list[Claim]], str]
) -> HttpResponse:
    """Do it to the chosen claims; a refusal keeps what was chosen and typed."""
    article = articles.get(member, article_id)
    if request.method != "POST":
        return again(request, member, article_id)
    order = request.POST.get("order", "")
    ids = set(wholes(request.POST.getlist("claims")))
    also = request.POST.get("also", "").strip()
    try:
        if also:
            ids |= choosing.named(also, queries.by_number(member, article))
            also = ""  # from here on they are chosen like the others
        chosen = queries.of_article(member, article, among=ids)
        if not chosen:
            raise InvalidInput("none_chosen", _("Choose at least one claim."), pointer="/claims")
        said = act(article, chosen)
    except FactcheckError as error:
        refused = {
            "act": "chosen",
            "message": error.message,
            "reason": error.pointer == "/reason",
            "typed": request.POST.get("reason", ""),
            "chosen": ids,
            "also": also,
        }
        return article_page(request, member, article, order=order, status=error.status, refused=refused)
    messages.success(request, said)
    # The first in the text: also the one that is left of a merge.
    return to_article(member, min(chosen, key=lambda claim: (claim.position, claim.pk)), order=order)


@require_POST
@page("claim.edit")
def undo(request: HttpRequest, member: Member, article_id: int) -> HttpResponse:
    """Take back one's own last act on this list."""
    order = request.POST.get("order", "")
    try:
        shown = whole(request.POST.get("change", ""))
        change = undoing.undo(articles.get(member, article_id), by=member, change_id=shown)
    except FactcheckError as error:
        messages.error(request, str(error.message))
        return to_list(member, article_id, order=order)
    messages.success(request, _("Undone: %s.") % ACTS.get(change.kind, change.kind))
    return to_list(member, article_id, order=order, claim_id=min(int(pk) for pk in change.after))


def again(request: HttpRequest, member: Member, article_id: int, *, claim_id: int | None = None) -> HttpResponse:
    """Asked again where a refusal was shown: for a page of the list, or by another language, by a reload."""
    if request.GET.keys() & {"page", "at", "show", "chosen"}:
        return redirect(f"{reverse('article', args=[member.newsroom.slug, article_id])}?{request.GET.urlencode()}")
    return to_list(member, article_id, order=request.GET.get("order", ""), claim_id=claim_id)


def to_article(member: Member, claim: Claim, *, order: str = "") -> HttpResponse:
    """Back to the claim's card."""
    return to_list(member, claim.article_id, order=order, claim_id=claim.pk)


def to_list(member: Member, article_id: int, *, order: str = "", claim_id: int | None = None) -> HttpResponse:
    """Back to the claim list, in the order that it was left in, at that claim's card."""
    asked = {"order": "queue"} if order == "queue" else {}
    if claim_id and card_groups.is_paged(article_id):
        asked["at"] = str(claim_id)
    address = reverse("article", args=[member.newsroom.slug, article_id])
    return redirect(address + (f"?{urlencode(asked)}" if asked else "") + (f"#claim-{claim_id}" if claim_id else ""))

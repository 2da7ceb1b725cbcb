"""Articles: the list, bringing one in, its text with its claims, its details."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from annotations.articles import operations, queries
from annotations.articles import text as texts
from annotations.claims import marking, ranking, undoing
from annotations.claims import queries as claims
from annotations.claims.markings.queries import hidden_claims
from annotations.errors import Duplicate, FactcheckError, InvalidInput, StaleVersion
from annotations.lib.days import day
from annotations.lib.problems import reasons, words
from annotations.models import Article, Claim, Member
from annotations.models.articles import ArticleState, Origin
from annotations.models.claims import ClaimState
from annotations.newsrooms import claim_types
from annotations.newsrooms.access import may
from annotations.reviews import queries as reviews
from annotations.web import choosing, doubling, marks
from annotations.web.card_groups import group_of, sorted_out
from annotations.web.pages import back, form, page, problems, whole

PER_PAGE = 50
ACTS = {
    "confirm": gettext_lazy("confirming"),
    "add": gettext_lazy("adding a claim"),
    "merge": gettext_lazy("merging"),
    "drop": gettext_lazy("dropping"),
    "restore": gettext_lazy("restoring"),
    "adjust": gettext_lazy("new borders"),
    "split": gettext_lazy("splitting"),
    "edit": gettext_lazy("editing"),
    "link": gettext_lazy("linking"),
    "unlink": gettext_lazy("taking a link away"),
}
_DETAILS = ("title", "language", "direction", "author", "publisher", "topic")


@page("article.read")
def listing(request: HttpRequest, member: Member) -> HttpResponse:
    rows = Paginator(queries.with_progress(member, hidden=hidden_claims(member, at="claims__")), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "articles/list.html", {"rows": rows, "may_add": may(member, "article.add")})


@page("article.add")
def add(request: HttpRequest, member: Member) -> HttpResponse:
    """Paste, upload, or an address: one form, three ways."""
    typed: dict[str, Any] = dict.fromkeys((*_DETAILS, "published_on"), "")
    found: dict[str, str] = {}
    existing = None
    status = 200
    if request.method == "POST":
        typed |= form(request)
        try:
            article = _add(request, member, typed)
        except FactcheckError as error:
            found, status = problems(error), error.status
            if isinstance(error, Duplicate):
                existing = error.details["existing"]
        else:
            doubling.with_new(request, member, article)
            return redirect("article", member.newsroom.slug, article.pk)
    context = {"typed": typed, "problems": found, "existing": existing} | doubling.people(member)
    return render(request, "articles/add.html", context, status=status)


def _add(request: HttpRequest, member: Member, typed: dict[str, Any]) -> Article:
    details = operations.Details(**_details(typed))
    upload = request.FILES.get("file")
    if upload is not None:
        if upload.size and upload.size > operations.MOST_FILE_BYTES:
            raise InvalidInput("file_too_large", _("The file is larger than 20 MB."), pointer="/file")
        return operations.add_file(
            by=member,
            file_name=upload.name or "",
            body=upload.read(),
            declared_type=upload.content_type or "",
            details=details,
        )
    if typed.get("text", "").strip():
        return operations.add_text(by=member, text=typed["text"], url=typed.get("url", "").strip(), details=details)
    if typed.get("url", "").strip():
        return operations.add_url(by=member, url=typed["url"], details=details)
    raise InvalidInput("nothing", _("Paste a text, choose a file, or give an address."), pointer="/text")


def _details(typed: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {name: str(typed.get(name, "")).strip() for name in _DETAILS}
    found["published_on"] = day(str(typed.get("published_on", "")).strip(), pointer="/published_on")
    return found


@page("article.read")
def detail(request: HttpRequest, member: Member, article_id: int) -> HttpResponse:
    """The text with its claims marked, and the claim list beside it."""
    return article_page(request, member, queries.get(member, article_id), order=request.GET.get("order", ""))


def article_page(
    request: HttpRequest,
    member: Member,
    article: Article,
    *,
    order: str = "",
    status: int = 200,
    refused: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page; `refused` is an act that failed, with what was typed and chosen for it."""
    order = "queue" if order == "queue" else "document"
    rows = claims.outline(member, article, order=order)
    states = reviews.shown_states(member, rows)
    asked = request.POST if refused else request.GET
    wanted = {name: asked.get(name, "") for name in ("page", "at")}
    if refused and not wanted["page"]:
        wanted["at"] = str(refused.get("claim") or min(refused.get("chosen") or [""], key=str))
    context = sorted_out(rows, states, wanted=asked.get("show", ""), **wanted)
    context |= choosing.context(rows, context["listed"], address=asked.get("chosen", ""), refused=refused or {})
    listed = claims.of_article(member, article, order=order, among=[claim.pk for claim in context["listed"]])
    context |= text_context(
        article, rows, states, listed=listed if context["pages"] else None, elsewhere=elsewhere(order)
    )
    context |= {
        "cards": cards(listed, states),
        "order": order,
        "problem": words(article.problem) if article.problem else "",
        "waits": article.state
        in (ArticleState.QUEUED, ArticleState.FETCHING, ArticleState.PARSING, ArticleState.SPLITTING),
        "may_edit": may(member, "claim.edit"),
        "ranker": ranking.current(member.newsroom_id),
        "title_in_text": _opens_with(context["blocks"], str(article)),
        "refused": refused or {},
    }
    if may(member, "claim.edit"):
        context |= undo_context(member, article) | {"refetchable": article.origin == Origin.URL}
    context |= doubling.on_article(member, article)
    return render(request, "articles/detail.html", context, status=status)


def _opens_with(blocks: list[marking.Block], title: str) -> bool:
    """Whether the text begins with its own title as a heading, so that nobody reads it twice."""
    return (
        bool(blocks)
        and blocks[0].heading
        and "".join(segment.text for segment in blocks[0].segments).strip() == title.strip()
    )


def undo_context(member: Member, article: Article) -> dict[str, Any]:
    """What this editor's last act was, to be taken back."""
    change = undoing.last(article, by=member)
    pks = [int(pk) for pk in change.after] if change else []
    return {
        "undo": ACTS.get(change.kind, change.kind) if change else "",
        "undo_claims": claims.numbers(member, article, pks),
        "undo_change": change.pk if change else None,
    }


def elsewhere(order: str) -> str:
    """Where the card of a claim is that stands on another page of the list."""
    return "?order=queue&at=" if order == "queue" else "?at="


def cards(rows: Sequence[Claim], states: Mapping[int, str]) -> list[dict[str, Any]]:
    """What the claim list shows of each; `states`: as this member may know them."""
    return [
        {
            "claim": claim,
            "quote": claims.quote(claim),
            "state": states[claim.pk],
            "group": group_of(states[claim.pk]),
            "state_label": ClaimState(states[claim.pk]).label,
            "reasons": reasons(claim.reasons),
            "percent": round((claim.score or 0) * 100),
            "rank": None if claim.rank is None else round(claim.rank * 100),
            "type": claim_types.name(claim.claim_type),
        }
        for claim in rows
    ]


def text_context(
    article: Article,
    rows: list[Claim],
    states: dict[int, str],
    *,
    paragraphs: Sequence[Sequence[object]] | None = None,
    listed: Collection[Claim] | None = None,
    elsewhere: str = "",
) -> dict[str, Any]:
    """The text (these paragraphs alone, if given) with the claims of `rows` marked, dropped ones left out.

    `states`: as this member may know them; `listed`, `elsewhere`: see marks.paragraphs.
    """
    words = {state: str(ClaimState(state).label) for state in set(states.values())}
    found = [
        marking.Mark(span.start, span.end, claim.pk, claim.number, words[states[claim.pk]])
        for claim in rows
        if claim.state != ClaimState.DROPPED
        for span in claim.current_spans  # type: ignore[attr-defined]  # set by claims.of_article
    ]
    version = article.current
    blocks: list[marking.Block] = []
    if version:
        shown = version.paragraphs if paragraphs is None else paragraphs
        blocks = marking.blocks(version.text, shown, version.headings, found, language=article.language)
    return {
        "article": article,
        "version": version,
        "blocks": blocks,
        "paragraphs": marks.paragraphs(
            blocks, article, listed=None if listed is None else {claim.pk for claim in listed}, elsewhere=elsewhere
        ),
        "controls": texts.visible_controls(version.text) if version else [],
    }


@page("article.edit")
def edit(request: HttpRequest, member: Member, article_id: int) -> HttpResponse:
    """What was detected, to be corrected."""
    article = queries.get(member, article_id)
    typed: dict[str, Any] = {name: getattr(article, name) for name in (*_DETAILS, "published_on", "row_version")}
    found: dict[str, str] = {}
    current: dict[str, Any] = {}
    status = 200
    if request.method == "POST":
        typed |= form(request)
        try:
            operations.edit(
                article,
                by=member,
                row_version=whole(str(typed.get("row_version", ""))),
                changes=_details(typed),
            )
        except FactcheckError as error:
            found, status = problems(error), error.status
            if isinstance(error, StaleVersion):
                current = error.details["current"]
                typed["row_version"] = article.row_version
        else:
            messages.success(request, _("Saved."))
            return redirect("article", member.newsroom.slug, article.pk)
    context = {"article": article, "typed": typed, "problems": found, "current": current}
    return render(request, "articles/edit.html", context, status=status)


@require_POST
@page("article.edit")
def revise(request: HttpRequest, member: Member, article_id: int) -> HttpResponse:
    """A new text of the article."""
    article = queries.get(member, article_id)
    try:
        operations.revise(article, by=member, text=request.POST.get("text", ""))
    except FactcheckError as error:
        typed = {name: getattr(article, name) for name in (*_DETAILS, "published_on", "row_version")}
        context = {
            "article": article,
            "typed": typed,
            "problems": problems(error),
            "text": request.POST.get("text", ""),
        }
        return render(request, "articles/edit.html", context, status=error.status)
    return redirect("article", member.newsroom.slug, article_id)


@require_POST
@page("article.edit")
def refetch(request: HttpRequest, member: Member, article_id: int) -> HttpResponse:
    """Look whether the text at its address has changed."""
    try:
        operations.refetch(queries.get(member, article_id), by=member)
    except FactcheckError as error:
        return back(request, error, "article", member.newsroom.slug, article_id)
    return redirect("article", member.newsroom.slug, article_id)


@require_POST
@page("article.edit")
def retry(request: HttpRequest, member: Member, article_id: int) -> HttpResponse:
    article = queries.get(member, article_id)
    try:
        operations.retry(article, by=member)
    except FactcheckError as error:
        return back(request, error, "article", member.newsroom.slug, article_id)
    return redirect("article", member.newsroom.slug, article_id)

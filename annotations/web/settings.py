"""The newsroom's own settings in the browser: guideline and checklist, claim types, and the order that it learned."""

from itertools import zip_longest
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings as process
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.claims import ranker, ranking
from annotations.errors import FactcheckError
from annotations.lib import languages
from annotations.models import Member
from annotations.newsrooms import claim_type_list, claim_types, guidelines, operations
from annotations.newsrooms.claim_type_list import Row
from annotations.web.guidelines import posted_lines, settings_context
from annotations.web.pages import back, page, problems, whole


@page("newsroom.manage")
def settings(request: HttpRequest, member: Member) -> HttpResponse:
    return _screen(request, member)


def _screen(
    request: HttpRequest,
    member: Member,
    rows: list[Row] | None = None,
    found: dict[str, str] | None = None,
    status: int = 200,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """`rows`: what was typed of the types, with `found` at fault; `extra`: the guideline's part where it was refused."""
    types = claim_types.of(member.newsroom, active=False)
    if rows is None:
        rows = [Row(each.pk, each.names, each.is_active) for each in types] + [Row(None, {})]
    keys = {each.pk: each.key for each in types}
    examples = ranking.examples(member.newsroom_id)
    context: dict[str, Any] = {
        "types": [
            {
                "row": row,
                "key": keys.get(row.id or 0, ""),
                "names": [
                    {
                        "code": code,
                        "language": language,
                        "direction": languages.direction(code),
                        "value": row.names.get(code, ""),
                        "problem": (found or {}).get(f"{place}_{code}", ""),
                    }
                    for code, language in process.LANGUAGES
                ],
            }
            for place, row in enumerate(rows)
        ],
        "problems": sorted(set((found or {}).values())),
        "rankers": ranking.of(member),
        "labels": len(examples),
        "needed": ranker.LEAST,
        "enough": ranking.enough(examples),
        "archive": urlsplit(process.ARCHIVE_URL).hostname or "",
        **(extra or settings_context(member.newsroom)),
    }
    return render(request, "newsrooms/settings.html", context, status=status)


@require_POST
@page("scale.manage")
def claim_type(request: HttpRequest, member: Member) -> HttpResponse:
    """All types in one form: renamed, taken out of use, and a new one in the row without an id."""
    post = request.POST
    codes = guidelines.languages()
    names = zip(*(post.getlist(f"name_{code}") for code in codes), strict=False)
    ids = [whole(value) for value in post.getlist("type")]
    active = set(post.getlist("is_active"))
    rows = [
        Row(type_id, dict(zip(codes, given, strict=True)), str(type_id) in active)
        for type_id, given in zip_longest(ids, names, fillvalue=None)
        if given is not None
    ]
    try:
        claim_type_list.save(rows, by=member)
    except FactcheckError as error:
        return _screen(request, member, rows, problems(error), error.status)
    messages.success(request, _("Saved."))
    return redirect("settings", member.newsroom.slug)


@require_POST
@page("newsroom.manage")
def switch_ranker(request: HttpRequest, member: Member, ranker_id: int) -> HttpResponse:
    try:
        ranking.switch(ranker_id, by=member, on=request.POST.get("on") == "1")
    except FactcheckError as error:
        return back(request, error, "settings", member.newsroom.slug)
    return redirect("settings", member.newsroom.slug)


@require_POST
@page("newsroom.manage")
def train_ranker(request: HttpRequest, member: Member) -> HttpResponse:
    """Promise training now, instead of with the next day's."""
    ranking.owe(member.newsroom_id, by=member)
    messages.success(request, _("A worker learns from your choices. The result appears here in a minute."))
    return redirect("settings", member.newsroom.slug)


@require_POST
@page("newsroom.manage")
def switch_archive(request: HttpRequest, member: Member) -> HttpResponse:
    """Whether the public web archive is asked for copies of what is cited."""
    try:
        operations.change_newsroom(by=member, asks_archive=request.POST.get("on") == "1")
    except FactcheckError as error:
        return back(request, error, "settings", member.newsroom.slug)
    messages.success(request, _("Saved."))
    return redirect("settings", member.newsroom.slug)


@require_POST
@page("guideline.manage")
def write_guideline(request: HttpRequest, member: Member) -> HttpResponse:
    texts = {code: request.POST.get(f"text_{code}", "") for code in guidelines.languages()}
    try:
        made = guidelines.write_guideline(texts, by=member)
    except FactcheckError as error:
        extra = settings_context(member.newsroom, texts=texts, found=problems(error))
        return _screen(request, member, extra=extra, status=error.status)
    messages.success(request, _("Saved as a new version.") if made else _("Nothing was changed."))
    return redirect("settings", member.newsroom.slug)


@require_POST
@page("guideline.manage")
def write_checklist(request: HttpRequest, member: Member) -> HttpResponse:
    """All lines in one form, in the order of their numbers; a line without a text is left out."""
    rows = posted_lines(request)
    try:
        guidelines.write_checklist(rows, by=member, version=whole(request.POST.get("version", "")))
    except FactcheckError as error:
        extra = settings_context(member.newsroom, rows=rows, found=problems(error))
        return _screen(request, member, extra=extra, status=error.status)
    messages.success(request, _("Saved."))
    return redirect("settings", member.newsroom.slug)

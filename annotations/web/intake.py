"""Articles that come by themselves, and many at once: feeds that are watched, files that are imported."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.articles import feeds, importing
from annotations.claims.repeats import earlier
from annotations.errors import FactcheckError, InvalidInput
from annotations.lib.problems import words
from annotations.models import Member
from annotations.models.intake import ImportKind, ImportState
from annotations.web.pages import form, page, problems, whole

PER_PAGE = 30
CHECKS_PER_PAGE = 50
_TYPED: dict[str, Any] = {"every_minutes": "30", "kind": ImportKind.ARTICLES}


@page("feed.manage")
def intake(request: HttpRequest, member: Member) -> HttpResponse:
    """Feeds and imports on one page; a form for each."""
    typed = dict(_TYPED)
    found: dict[str, str] = {}
    status = 200
    if request.method == "POST":
        typed |= form(request)
        try:
            minutes = whole(str(typed.get("every_minutes", "")))
            if minutes is None:
                raise InvalidInput("bad_pause", _("Between 5 minutes and one week (10080)."), pointer="/every_minutes")
            feeds.add(by=member, url=typed.get("url", ""), topic=typed.get("topic", ""), every_minutes=minutes)
        except FactcheckError as error:
            found, status = problems(error), error.status
        else:
            messages.success(request, _("The feed is watched. Its newest entries come in now."))
            return redirect("intake", member.newsroom.slug)
    return _screen(request, member, typed, found, status)


def _screen(
    request: HttpRequest, member: Member, typed: dict[str, Any], found: dict[str, str], status: int
) -> HttpResponse:
    context = {
        "feeds": [{"feed": feed, "problem": words(feed.problem) if feed.problem else ""} for feed in feeds.of(member)],
        "imports": importing.of(member)[:PER_PAGE],
        "typed": typed,
        "problems": found,
        "kinds": ImportKind.choices,
    }
    return render(request, "articles/intake.html", context, status=status)


@require_POST
@page("feed.manage")
def feed_act(request: HttpRequest, member: Member, feed_id: int) -> HttpResponse:
    """pause, resume or remove."""
    feed = feeds.get(member, feed_id)
    action = request.POST.get("action", "")
    if action == "remove":
        feeds.remove(feed, by=member)
    elif action in ("pause", "resume"):
        feeds.edit(feed, by=member, changes={"is_active": action == "resume"})
    return redirect("intake", member.newsroom.slug)


@require_POST
@page("article.add")
def import_add(request: HttpRequest, member: Member) -> HttpResponse:
    """A file of many articles, or of earlier fact-checks."""
    upload = request.FILES.get("file")
    try:
        if upload is None:
            raise InvalidInput("nothing", _("Choose a file."), pointer="/file")
        importing.check_size(upload.size or 0)
        made = earlier.begin(
            by=member, kind=request.POST.get("kind", ""), file_name=upload.name or "", body=upload.read()
        )
    except FactcheckError as error:
        return _screen(request, member, _TYPED | form(request), problems(error), error.status)
    return redirect("import", member.newsroom.slug, made.pk)


@page("article.add")
def import_detail(request: HttpRequest, member: Member, import_id: int) -> HttpResponse:
    """How far it is, and what was refused and why."""
    row = importing.get(member, import_id)
    context = {
        "row": row,
        "running": row.state == ImportState.RUNNING,
        "problem": words(row.problem) if row.problem else "",
    }
    response = render(request, "articles/import.html", context)
    if row.state == ImportState.RUNNING:
        response["Refresh"] = "3"  # progress without a script
    return response


@page("claim.edit")
def earlier_checks(request: HttpRequest, member: Member) -> HttpResponse:
    """Fact-checks that were imported, newest first, found by their words."""
    text = request.GET.get("q", "").strip()
    rows = Paginator(earlier.of(member, text), CHECKS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "articles/earlier.html", {"rows": rows, "q": text})


@require_POST
@page("claim.edit")
def earlier_remove(request: HttpRequest, member: Member, check_id: int) -> HttpResponse:
    earlier.remove(earlier.get(member, check_id), by=member)
    messages.success(request, _("The earlier fact-check is removed."))
    return redirect("earlier", member.newsroom.slug)

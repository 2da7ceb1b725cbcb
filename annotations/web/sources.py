"""Sources: the list of those one may see, one with its kept text, and the copy as a download."""

from typing import IO, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.articles import queries as articles
from annotations.claims import queries as claims
from annotations.errors import FactcheckError, NotFound
from annotations.exports import evidence
from annotations.lib.problems import words
from annotations.models import Capture, Member, Source
from annotations.models.sources import SourceLife, SourceState
from annotations.sources import copies, hosts, operations, queries, renewing, watching
from annotations.web.pages import back, page

PER_PAGE = 50
_FILTERS = ("state", "life", "host", "older")


@page("source.read")
def listing(request: HttpRequest, member: Member) -> HttpResponse:
    """Filtered by state, life, host and age."""
    wanted = {name: request.GET.get(name, "") for name in _FILTERS}
    rows = Paginator(queries.filtered(member, wanted), PER_PAGE).get_page(request.GET.get("page"))
    for source in rows:
        queries.as_known(source)
    context = {
        "rows": rows,
        "wanted": wanted,
        "kept": urlencode({name: value for name, value in wanted.items() if value}),
        "states": SourceState.choices,
        "lives": SourceLife.choices,
        "ages": [("7", _("a week ago")), ("30", _("a month ago")), ("365", _("a year ago"))],
    }
    return render(request, "sources/list.html", context)


@page("source.read")
def detail(request: HttpRequest, member: Member, source_id: int) -> HttpResponse:
    source = queries.as_known(queries.get(member, source_id))
    knows_history = queries.knows_history(member, source)
    capture = source.latest
    context: dict[str, Any] = {
        "source": source,
        "capture": capture,
        "problem": words(source.problem) if source.problem else "",
        "lives": [(value, SourceLife(value).label) for value in ("alive", "dead", "restricted", "moved")],
        "host_note": hosts.of(member, source.host) if source.host else None,
        "attempts": [
            (each, _("fetched") if each.outcome == "ok" else words(each.outcome))
            for each in (source.attempts.order_by("-pk")[:10] if member.may_edit and knows_history else [])
        ],
    }
    if capture is not None:
        context |= _copy(member, source, capture) | {"knows_history": knows_history}
        if source.state == SourceState.READY:
            context["problem"] = copies.unread(capture)
    return render(request, "sources/detail.html", context)


@page("source.read")
def text(request: HttpRequest, member: Member, source_id: int) -> HttpResponse:
    """The text of the latest copy as a fragment, for taking a quote from it beside the review."""
    source = queries.as_known(queries.get(member, source_id))
    capture = source.latest
    context: dict[str, Any] = {"source": source, "capture": capture}
    if capture is not None:
        context |= {
            "parts": copies.whole(capture) or copies.parts(capture),
            "is_cut": copies.is_cut(capture),
            "unread": copies.unread(capture),
        }
    return render(request, "sources/text.html", context)


def _copy(member: Member, source: Source, capture: Capture) -> dict[str, Any]:
    """The latest copy, how it came, and those before it. Who may still review sees no trace of who was there before."""
    kept = queries.copies(member, source)
    return {
        "media_type": copies.media_type(capture),
        "declared": copies.declared_otherwise(capture),
        "damage": copies.damage(capture) if not capture.problem else "",
        "headers": copies.headers(capture),
        "redirects": copies.redirects(capture),
        "parts": copies.parts(capture),
        "whole": copies.whole(capture),
        "is_cut": copies.is_cut(capture),
        "copies": copies.listed(kept) if len(kept) > 1 else [],
        "before": kept[1] if len(kept) > 1 else None,
        "difference": copies.difference(kept[0], kept[1]) if len(kept) > 1 else [],
    }


@page("source.read")
def download(request: HttpRequest, member: Member, source_id: int, capture_id: int | None = None) -> HttpResponse:
    """A kept body as it came: always a download, never shown as a page of ours."""
    capture = queries.capture(member, source_id, capture_id)
    if capture is None:
        raise NotFound("no_capture", _("No copy of this source is kept yet."))
    response = HttpResponse(renewing.read(capture), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{copies.download_name(capture)}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_POST
@page("source.read")
def retry(request: HttpRequest, member: Member, source_id: int) -> HttpResponse:
    source = queries.get(member, source_id)
    try:
        operations.retry(source, by=member)
    except FactcheckError as error:
        return back(request, error, "source", member.newsroom.slug, source_id)
    return redirect("source", member.newsroom.slug, source_id)


@require_POST
@page("source.manage")
def say(request: HttpRequest, member: Member, source_id: int) -> HttpResponse:
    """A person's word on whether it is still there."""
    source = queries.get(member, source_id)
    try:
        watching.say(source, by=member, source_life=request.POST.get("life", ""), note=request.POST.get("note", ""))
    except FactcheckError as error:
        return back(request, error, "source", member.newsroom.slug, source_id)
    messages.success(request, _("Saved."))
    return redirect("source", member.newsroom.slug, source_id)


@require_POST
@page("source.manage")
def host(request: HttpRequest, member: Member, source_id: int) -> HttpResponse:
    """Who owns the source's host."""
    source = queries.get(member, source_id)
    hosts.write(source.host, by=member, owner=request.POST.get("owner", ""), note=request.POST.get("note", ""))
    messages.success(request, _("Saved."))
    return redirect("source", member.newsroom.slug, source_id)


@page("source.read")
def archive(request: HttpRequest, member: Member, source_id: int) -> FileResponse:
    """Every kept copy as a WARC file, for replay tools."""
    return _warc(evidence.of_source(member, source_id), f"source-{source_id}.warc.gz")


@page("review.read")
def claim_archive(request: HttpRequest, member: Member, claim_id: int) -> FileResponse:
    """All that a claim's reviews stand on, for those who may see them."""
    return _warc(evidence.of_claim(member, claims.get(member, claim_id)), f"claim-{claim_id}.warc.gz")


@page("review.read")
def article_archive(request: HttpRequest, member: Member, article_id: int) -> FileResponse:
    """The same of all claims of an article whose reviews are open to the member."""
    return _warc(evidence.of_article(member, articles.get(member, article_id)), f"article-{article_id}.warc.gz")


def _warc(body: IO[bytes], name: str) -> FileResponse:
    response = FileResponse(body, as_attachment=True, filename=name, content_type="application/warc")
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response

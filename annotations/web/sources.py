"""Sources: the list of those one may see, one with its kept text, and the copy as a download."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.errors import FactcheckError, NotFound
from annotations.lib import blobs
from annotations.lib.problems import words
from annotations.models import Member
from annotations.sources import operations, queries
from annotations.web.pages import back, page

PER_PAGE = 50


@page("source.read")
def listing(request: HttpRequest, member: Member) -> HttpResponse:
    found = queries.visible_to(member)
    state = request.GET.get("state", "")
    if state:
        found = found.filter(state=state)
    rows = Paginator(found.order_by("-pk"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "sources/list.html", {"rows": rows, "state": state})


@page("source.read")
def detail(request: HttpRequest, member: Member, source_id: int) -> HttpResponse:
    source = queries.get(member, source_id)
    context = {
        "source": source,
        "capture": source.latest,
        "problem": words(source.problem) if source.problem else "",
        "attempts": source.attempts.order_by("-pk")[:10] if member.may_edit else [],
    }
    return render(request, "sources/detail.html", context)


@page("source.read")
def download(request: HttpRequest, member: Member, source_id: int) -> HttpResponse:
    """The kept body as it came: always a download, never shown as a page of ours."""
    capture = queries.capture(member, source_id)
    if capture is None:
        raise NotFound("no_capture", _("No copy of this source is kept yet."))
    response = HttpResponse(blobs.read(capture.body_digest), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="source-{source_id}.bin"'
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

"""The demonstration's own reference pages, so that fetching and quote checks can be seen without internet."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from annotations.demo.pages import PAGES
from annotations.models import Newsroom


@login_not_required
def reference(request: HttpRequest, name: str) -> HttpResponse:
    """404 for other names, and for all of them where there is no demonstration."""
    page = PAGES.get(name)
    if page is None or not Newsroom.objects.filter(is_demo=True).exists():
        raise Http404
    return render(request, "demo/reference.html", {"page": page, "noindex": True})

"""Addresses that only take a form: who comes by a link, a reload or the language switch is led to the form's page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


def form_of(target: str, view: Callable[..., HttpResponse], *taken: str) -> Callable[..., HttpResponse]:
    """`view` for POST; GET goes to the page `target`, with those of the address's numbers that it takes."""

    @wraps(view)
    def door(request: HttpRequest, slug: str, **numbers: Any) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            to: HttpResponse = redirect(target, slug=slug, **{name: numbers[name] for name in taken})
            return to
        answer: HttpResponse = view(request, slug, **numbers)
        return answer

    return door

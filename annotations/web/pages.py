"""The door of every page: who comes, may they, and refusals as pages in the user's language."""

import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from annotations.errors import FactcheckError, InvalidFields, InvalidInput, NotFound
from annotations.models import Member, User
from annotations.newsrooms import access
from annotations.reviews import hearing

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Member, P], HttpResponseBase]
_METHODS = ("GET", "HEAD", "POST")
_WRITTEN = re.compile(r"\s|[^\x00-\x7f]")  # words, or a word in a script that does without spaces
_COUNTING = ("article.add", "article.edit")  # replace it themselves and say how often


def page(action: str) -> Callable[[View[P]], Callable[..., Any]]:
    """A newsroom's page for members who may do `action`. Deny by default: another's newsroom is a 404."""
    assert action in access.POLICY, action

    def decorate(view: View[P]) -> Callable[..., Any]:
        @wraps(view)
        def door(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if (
                request.method not in _METHODS
            ):  # else they would do what GET does: opening a ruling is having seen the reviews
                return HttpResponseNotAllowed(_METHODS)
            try:
                assert isinstance(request.user, User)  # LoginRequiredMiddleware
                member = access.membership(request.user, slug)
                request.member = member  # type: ignore[attr-defined]
                access.require(member, action)
                if action not in _COUNTING:
                    _make_storable(request)
                # Before anything is read: the page follows the log from here, so no change falls in between.
                request.events_after = hearing.latest_id(member)  # type: ignore[attr-defined]
                return view(request, member, *args, **kwargs)
            except FactcheckError as error:
                return refusal(request, error)

        door.action = action  # type: ignore[attr-defined]
        return door

    return decorate


def _make_storable(request: HttpRequest) -> None:
    """PostgreSQL keeps no U+0000: in what was typed U+FFFD stands for it, as in articles."""
    if any("\x00" in value for _name, values in request.POST.lists() for value in values):
        typed = request.POST.copy()
        for name, values in request.POST.lists():
            typed.setlist(name, [value.replace("\x00", "\ufffd") for value in values])
        request.POST = typed  # type: ignore[assignment]  # nobody changes it after this


def refusal(request: HttpRequest, error: FactcheckError) -> HttpResponse:
    """The error's own page: what happened and what to do, with what was typed."""
    shown = {"error": error, "missing": isinstance(error, NotFound), "texts": _texts(request)}
    return render(request, "refused.html", shown, status=error.status)


def _texts(request: HttpRequest) -> list[str]:
    """What somebody wrote themselves: no number, choice or address of the form's own, and no password."""
    sent = [(name, value.strip()) for name, values in request.POST.lists() for value in values]
    return [text for name, text in sent if "password" not in name and _WRITTEN.search(text)]


def problems(error: FactcheckError) -> dict[str, str]:
    """Messages by field ("" for the whole form), for showing beside what was typed."""
    if isinstance(error, InvalidFields):
        return {_field(problem): str(problem.message) for problem in error.problems}
    return {_field(error): str(error.message)}


def _field(error: FactcheckError | InvalidInput) -> str:
    return error.pointer.strip("/").replace("/", "_")


def back(request: HttpRequest, error: FactcheckError, target: str, *args: object) -> HttpResponse:
    """Small actions (a button): the message on the page one came from."""
    messages.error(request, str(error.message))
    return redirect(target, *args)


def whole(text: str) -> int | None:
    """A whole number as forms and addresses carry it, in digits of any script; None for what is none, or what no column holds."""
    return int(text) if text.isdecimal() and len(text) < 19 else None


def wholes(texts: Iterable[str]) -> list[int]:
    """The whole numbers among them."""
    return [number for number in map(whole, texts) if number is not None]


def form(request: HttpRequest) -> dict[str, Any]:
    """The posted fields as plain strings."""
    return {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}

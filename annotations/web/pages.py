"""The door of every page: who comes, may they, and refusals as pages in the user's language."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from annotations import events
from annotations.errors import FactcheckError, InvalidFields, InvalidInput, NotFound
from annotations.models import Member, User
from annotations.newsrooms import access

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Member, P], HttpResponseBase]


def page(action: str) -> Callable[[View[P]], Callable[..., Any]]:
    """A newsroom's page for members who may do `action`. Deny by default: another's newsroom is a 404."""
    assert action in access.POLICY, action

    def decorate(view: View[P]) -> Callable[..., Any]:
        @wraps(view)
        def door(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            try:
                assert isinstance(request.user, User)  # LoginRequiredMiddleware
                member = access.membership(request.user, slug)
                request.member = member  # type: ignore[attr-defined]
                access.require(member, action)
                # Before anything is read: the page follows the log from here, so no change falls in between.
                request.events_after = events.latest_id(member.newsroom)  # type: ignore[attr-defined]
                return view(request, member, *args, **kwargs)
            except FactcheckError as error:
                return refusal(request, error)

        door.action = action  # type: ignore[attr-defined]
        return door

    return decorate


def refusal(request: HttpRequest, error: FactcheckError) -> HttpResponse:
    """The error's own page: what happened and what to do."""
    return render(
        request, "refused.html", {"error": error, "missing": isinstance(error, NotFound)}, status=error.status
    )


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


def form(request: HttpRequest) -> dict[str, Any]:
    """The posted fields as plain strings."""
    return {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}

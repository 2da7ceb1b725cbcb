"""How a person reads the interface: language, digits, time zone. It applies to pages, never to the API."""

import zoneinfo
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from annotations.errors import FactcheckError
from annotations.lib import digits
from annotations.models import User
from annotations.models.users import Digits
from annotations.newsrooms import people
from annotations.web.pages import problems


class PreferencesMiddleware(MiddlewareMixin):
    """Puts a signed-in person's choices in force for the pages of this request, and takes them away after it."""

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        digits.choose("")
        if request.path.startswith("/api/") or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return
        if isinstance(request.user, User):
            apply(request, request.user)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        digits.choose("")
        timezone.deactivate()
        return response


def apply(request: HttpRequest, user: User) -> None:
    """The language chosen with the switcher in this browser goes before the one of the account."""
    digits.choose(user.digits)
    if user.time_zone in people.time_zones():
        timezone.activate(zoneinfo.ZoneInfo(user.time_zone))
    if user.language in dict(settings.LANGUAGES) and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(user.language)
        request.LANGUAGE_CODE = translation.get_language()


def preferences(request: HttpRequest) -> HttpResponse:
    """One's own page; nobody else's can be opened."""
    assert isinstance(request.user, User)  # LoginRequiredMiddleware
    user = request.user
    names = ("language", "digits", "time_zone")
    typed = {name: getattr(user, name) for name in names}
    found: dict[str, str] = {}
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in names}
        try:
            people.prefer(by=user, **typed)
        except FactcheckError as error:
            found = problems(error)
        else:
            with translation.override(typed["language"] or None):
                messages.success(request, _("Your preferences are saved."))
            answer = redirect("preferences")
            if typed["language"]:  # what the switcher left in this browser would go before it
                answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, typed["language"], samesite="Lax", max_age=31536000)
            else:
                answer.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
            return answer
    context = {
        "typed": typed,
        "problems": found,
        "digits": Digits.choices,
        "zones": people.time_zones(),
        "server_zone": settings.TIME_ZONE,
        "now": timezone.now(),
    }
    return render(request, "preferences/preferences.html", context, status=422 if found else 200)

"""A person's own keys: the page, and the same form inside the help dialog."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from annotations.errors import FactcheckError
from annotations.models import User
from annotations.newsrooms import keys
from annotations.web.pages import problems


def preferences(request: HttpRequest) -> HttpResponse:
    """See, change, switch off, reset. `dialog=1` answers with the form alone."""
    assert isinstance(request.user, User)  # LoginRequiredMiddleware
    user = request.user
    dialog = "dialog" in request.GET or "dialog" in request.POST
    typed, on = keys.of(user), keys.are_on(user)
    found: dict[str, str] = {}
    status = 200
    if request.method == "POST":
        try:
            if request.POST.get("action") == "reset":
                keys.reset(user)
            else:
                posted = {name: str(value) for name, value in request.POST.items() if name in typed}
                if "verdict_offered" in request.POST:
                    posted["verdict"] = "1-9" if "verdict" in request.POST else ""
                on = "on" in request.POST
                typed |= posted
                keys.choose(user, on=on, keys=posted)
        except FactcheckError as error:
            found, status = problems(error), error.status
        else:
            typed, on = keys.of(user), keys.are_on(user)
            if not dialog:
                messages.success(request, _("Saved."))
                return redirect("keys")
    rows = [
        {"action": action, "key": typed[action.name], "problem": found.get(action.name, "")} for action in keys.ACTIONS
    ]
    context = {"rows": rows, "on": on, "saved": request.method == "POST" and not found, "dialog": dialog}
    return render(request, "newsrooms/keys_form.html" if dialog else "newsrooms/keys.html", context, status=status)

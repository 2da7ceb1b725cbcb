"""Sample articles: one click to bring them in, one to take them away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from annotations.demo import samples
from annotations.errors import FactcheckError
from annotations.models import Member
from annotations.web.pages import back, page


@require_POST
@page("article.add")
def sample(request: HttpRequest, member: Member) -> HttpResponse:
    """`action`: load (the default) or remove."""
    slug = member.newsroom.slug
    try:
        if request.POST.get("action") == "remove":
            gone = samples.remove(by=member)
            said = ngettext("%(n)d sample article was taken away.", "%(n)d sample articles were taken away.", gone) % {
                "n": gone
            }
            messages.success(request, said)
            return redirect("dashboard", slug)
        made = samples.load(by=member)
    except FactcheckError as error:
        return back(request, error, "dashboard", slug)
    if not made:
        messages.info(request, _("The sample articles are there already."))
        return redirect("dashboard", slug)
    messages.success(
        request, _("Two sample articles are there, one Arabic and one English. Their claims are being found.")
    )
    return redirect("dashboard", slug)

"""What was published and whose source died or whose quote went: looked at again by an editor."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.errors import FactcheckError
from annotations.models import Member
from annotations.rulings import rechecks
from annotations.web.pages import back, page


@page("ruling.read")
def listing(request: HttpRequest, member: Member) -> HttpResponse:
    return render(request, "rulings/rechecks.html", {"rows": rechecks.waiting(member)})


@require_POST
@page("publication.correct")
def leave(request: HttpRequest, member: Member, evidence_id: int) -> HttpResponse:
    """The fact-check stands on the kept copy."""
    try:
        rechecks.leave(evidence_id, by=member)
    except FactcheckError as error:
        return back(request, error, "rechecks", member.newsroom.slug)
    messages.success(request, _("Left as it is: the kept copy still shows it."))
    return redirect("rechecks", member.newsroom.slug)

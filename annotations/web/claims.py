"""One claim's buttons in the editor's hands, and what it is like (its edit page: claim_edit.py)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.claims import facts, operations, queries
from annotations.claims.repeats import linking
from annotations.errors import FactcheckError, InvalidInput
from annotations.lib.problems import likeness
from annotations.models import Claim, Member
from annotations.models.claims import ClaimState
from annotations.rulings import precedents
from annotations.rulings.recording import public_url
from annotations.web.articles import article_page
from annotations.web.claim_lists import again, to_article
from annotations.web.pages import back, page, whole, wholes

_ON_CARDS = ("confirm", "drop", "restore", "take")
_DONE = {
    "confirm": gettext_lazy("Claim %d is open for review."),
    "drop": gettext_lazy("Claim %d dropped."),
    "restore": gettext_lazy("Claim %d restored."),
    "take": gettext_lazy("Claim %d has its claimant."),
    "link": gettext_lazy("Claim %d is linked: it is judged with the other one."),
    "unlink": gettext_lazy("Claim %d is a claim of its own again."),
    "assign": gettext_lazy("The people you chose are asked to review claim %d."),
}


@page("claim.edit")
def act(request: HttpRequest, member: Member, claim_id: int) -> HttpResponse:
    """confirm, drop, restore, assign, link, unlink, or take the suggested claimant."""
    claim = queries.get(member, claim_id)
    post = request.POST
    changed = post.get("back") == "changed"
    action, order = post.get("action", ""), post.get("order", "")
    if request.method != "POST":
        return again(request, member, claim.article_id, claim_id=claim.pk)
    try:
        if action not in _DONE:
            raise InvalidInput("unknown_action", _("This button does nothing."))
        _do(action, claim, member, post)
    except FactcheckError as error:
        if changed:
            return back(request, error, "claims_changed", member.newsroom.slug)
        if action not in _ON_CARDS:
            return back(request, error, "article", member.newsroom.slug, claim.article_id)
        refused = {"act": action, "claim": claim.pk, "message": error.message, "typed": post.get("reason", "")}
        return article_page(request, member, claim.article, order=order, status=error.status, refused=refused)
    messages.success(request, _DONE[action] % claim.number)
    return redirect("claims_changed", member.newsroom.slug) if changed else to_article(member, claim, order=order)


def _do(action: str, claim: Claim, member: Member, post: QueryDict) -> None:
    if action == "confirm":
        operations.confirm(claim, by=member)
    elif action == "drop":
        operations.drop(claim, by=member, reason=post.get("reason", ""))
    elif action == "restore":
        operations.restore(claim, by=member)
    elif action == "take":
        facts.edit(claim, by=member, row_version=None, changes={"claimant": claim.claimant_suggested})
    elif action == "link":
        linking.link(claim, queries.get(member, whole(post.get("other", "")) or 0), by=member)
    elif action == "unlink":
        linking.unlink(claim, by=member)
    elif action == "assign":
        operations.assign(claim, by=member, member_ids=wholes(post.getlist("members")))


def shown_precedents(member: Member, claim: Claim) -> list[dict[str, Any]]:
    """Similar claims with their words for people."""
    return [
        {
            "found": each,
            "percent": round(each.score * 100),
            "why": likeness(each.why),
            "state_label": ClaimState(each.state).label if each.state else "",
            "url": public_url(each.publication) if each.publication else "",
            "label": each.publication.ruling.label if each.publication else None,
        }
        for each in precedents.of_claim(member, claim)
    ]

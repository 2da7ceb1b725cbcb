"""The human side of a claim: its comments, what they mean for whom, and the log of whom the desk asked about it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.claims import queries as claims
from annotations.errors import FactcheckError, InvalidInput, NotFound
from annotations.lib.plain_text import paragraphs
from annotations.models import Claim, Comment, Member, Notice
from annotations.newsrooms.access import may
from annotations.newsrooms.queries import active_members
from annotations.reviews import noticing, talking
from annotations.web.pages import page, whole, wholes

_BACK = ("claim", "ruling", "comments")


def talk_context(
    member: Member, claim: Claim, *, back: str = "claim", typed: dict[str, Any] | None = None
) -> dict[str, Any]:
    """For reviews/talk.html: `talk` is None to whoever may not see the claim's reviews. What was new in it is read by that.

    `typed`: what a refused form held: target ("new", or reply-… and edit-… with a comment's number), text, mentions, problem.
    """
    if not talking.may_talk(member, claim):
        return {"talk": None}
    found = talking.threads(member, claim)
    fresh = set(
        Notice.objects.filter(member=member, read_at=None, comment__claim=claim).values_list("comment_id", flat=True)
    )
    if fresh:
        noticing.mark_read(member, claim=claim)
    typed = typed or {}
    shown = [
        {
            "first": _comment(thread.first, member, fresh, typed),
            "replies": [_comment(row, member, fresh, typed) for row in thread.replies],
            "typed": typed if typed.get("target") == f"reply-{thread.first.pk}" else {},
            "open": thread.first.resolved_at is None or any(row.pk in fresh for row in (thread.first, *thread.replies)),
        }
        for thread in found
    ]
    return {
        "talk": {
            "claim": claim,
            "threads": shown,
            "people": [other for other in active_members(member.newsroom) if other.pk != member.pk],
            "back": back,
            "typed": typed if typed.get("target") == "new" else {},
        }
    }


def _comment(row: Comment, member: Member, fresh: set[int], typed: dict[str, Any]) -> dict[str, Any]:
    meant = [notice.member.user.name for notice in row.notices.all()]
    pieces = paragraphs(row.text, meant)
    written = {piece.text[1:] for part in pieces for piece in part if piece.kind == "name"}
    return {
        "row": row,
        "paragraphs": pieces,
        "told": [name for name in meant if name not in written],
        "own": row.author_id == member.pk,
        "fresh": row.pk in fresh,
        "typed": typed if typed.get("target") == f"edit-{row.pk}" else {},
    }


@page("comment.read")
def comments(request: HttpRequest, member: Member, claim_id: int) -> HttpResponse:
    """The claim's comments on a page of their own; a post writes one, or a reply."""
    claim = claims.get(member, claim_id)
    if request.method != "POST":
        return _page(request, member, claim)
    post = request.POST
    target = post.get("reply_to", "")
    try:
        thread = whole(target)
        reply_to = None if thread is None else talking.get(member, thread)
        row = talking.say(claim, post.get("text", ""), by=member, mentions=_mentions(post), reply_to=reply_to)
    except FactcheckError as error:
        return _again(request, member, claim, error, f"reply-{target}" if target else "new")
    return _onward(request, member, claim, row.pk)


@require_POST
@page("comment.write")
def comment_act(request: HttpRequest, member: Member, claim_id: int, comment_id: int) -> HttpResponse:
    """edit, delete, resolve or reopen."""
    claim = claims.get(member, claim_id)
    row = talking.get(member, comment_id)
    if row.claim_id != claim.pk:
        raise NotFound("no_comment", _("There is no such comment."))
    post = request.POST
    action = post.get("action", "")
    try:
        if action == "edit":
            talking.edit(
                row,
                post.get("text", ""),
                by=member,
                row_version=whole(post.get("row_version", "")),
                mentions=_mentions(post),
            )
        elif action == "delete":
            talking.delete(row, by=member)
        elif action in ("resolve", "reopen"):
            talking.resolve(row, by=member, on=action == "resolve")
        else:
            raise InvalidInput("unknown_action", _("This button does nothing."))
    except FactcheckError as error:
        return _again(request, member, claim, error, f"edit-{row.pk}")
    return _onward(request, member, claim, row.pk)


def _mentions(post: QueryDict) -> list[int]:
    return wholes(post.getlist("mention"))


def _onward(request: HttpRequest, member: Member, claim: Claim, comment_id: int) -> HttpResponse:
    back = request.POST.get("back", "")
    target = back if back in _BACK and (back != "ruling" or may(member, "ruling.write")) else "claim"
    return redirect(f"{reverse(target, args=[member.newsroom.slug, claim.pk])}#comment-{comment_id}")


def _again(request: HttpRequest, member: Member, claim: Claim, error: FactcheckError, target: str) -> HttpResponse:
    """The comments' own page with what was typed, and what is wrong with it."""
    if error.status in (403, 404):
        raise error
    typed = {
        "target": target,
        "text": request.POST.get("text", ""),
        "mentions": _mentions(request.POST),
        "problem": str(error.message),
        "current": error.details.get("current"),
    }
    return _page(request, member, claim, typed=typed, status=error.status)


def _page(
    request: HttpRequest, member: Member, claim: Claim, *, typed: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    found = talk_context(member, claim, back="comments", typed=typed)
    if found["talk"] is None:
        talking.threads(member, claim)  # says why not
    context = found | {"claim": claim, "quote": claims.quote(claim)}
    return render(request, "reviews/talk_page.html", context, status=status)


@page("comment.read")
def mentions(request: HttpRequest, member: Member) -> HttpResponse:
    """Mentions of the member and replies to them; a post puts all aside as read."""
    if request.method == "POST":
        noticing.mark_read(member)
        messages.success(request, _("All are marked as read."))
        return redirect("mentions", member.newsroom.slug)
    rows = noticing.latest(member)
    return render(request, "reviews/mentions.html", {"rows": rows, "unread": sum(row.read_at is None for row in rows)})

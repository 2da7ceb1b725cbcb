"""The reviewer's queue and the claim screen: read it in its article, add sources, judge, submit."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.agreement import queries as agreement
from annotations.claims import queries as claims
from annotations.errors import Conflict, FactcheckError, NotAllowed, StaleVersion
from annotations.lib.differences import by_words
from annotations.models import Claim, Evidence, Member, Review
from annotations.models.claims import ClaimState
from annotations.models.reviews import Stance
from annotations.models.sources import StatementMeans
from annotations.newsrooms.access import may
from annotations.newsrooms.queries import labels
from annotations.reviews import citing, disclosing, operations, queries, rules
from annotations.reviews.operations import Answer
from annotations.sources import hosts
from annotations.sources.describing import describe
from annotations.web import doubling, screen
from annotations.web.articles import text_context
from annotations.web.claims import shown_precedents
from annotations.web.contacts import contacts_context
from annotations.web.guidelines import checklist_context, guideline_context, ticked_in
from annotations.web.pages import back, page, problems, whole
from annotations.web.talk import talk_context

_BLOCK = (
    "url",
    "source",
    "quote",
    "translation",
    "locator",
    "stance",
    "interest",
    "speaker",
    "said_on",
    "means",
    "statement",
)


@page("queue.review")
def queue(request: HttpRequest, member: Member) -> HttpResponse:
    found = queries.queue(member)
    rows = [{"claim": claim, "quote": claims.quote(claim)} for claim in found]
    return render(
        request,
        "reviews/queue.html",
        {"rows": rows, "why": queries.why_empty(member) if not rows else None} | doubling.waiting(member),
    )


@require_POST
@page("review.write")
def take_next(request: HttpRequest, member: Member) -> HttpResponse:
    """Lease the best claim and open it, or say why there is none."""
    claim = operations.take_next(by=member)
    if claim is None:
        return redirect("review_queue", member.newsroom.slug)
    return redirect("claim", member.newsroom.slug, claim.pk)


@page("claim.read")
def claim(request: HttpRequest, member: Member, claim_id: int) -> HttpResponse:
    """One claim: the text around it, one's own review, and others' where blindness allows."""
    found = claims.get(member, claim_id)
    if request.method == "POST":
        return _post(request, member, found)
    if may(member, "review.write") and rules.may_still_review(queries.standing(member, found)):
        try:
            operations.open_claim(found, by=member)
        except (Conflict, NotAllowed) as error:
            messages.info(request, str(error.message))
    review = queries.mine(member, found)
    answer = review.draft if review and review.draft else {}
    return _screen(request, member, found, review, answer, {}, 200)


def _post(request: HttpRequest, member: Member, found: Claim) -> HttpResponse:
    action = request.POST.get("action", "save")
    try:
        if action == "withdraw":
            operations.withdraw(found, by=member)
            return redirect("claim", member.newsroom.slug, found.pk)
        if action == "disclose":
            disclosing.disclose(found, by=member)
            return redirect("claim", member.newsroom.slug, found.pk)
        if action == "release":
            operations.release(found, by=member)
            return redirect("review_queue", member.newsroom.slug)
    except FactcheckError as error:
        return back(request, error, "claim", member.newsroom.slug, found.pk)
    return _save(request, member, found, action)


def _save(request: HttpRequest, member: Member, found: Claim, action: str) -> HttpResponse:
    typed: dict[str, Any] = {}
    row_version = whole(request.POST.get("row_version", ""))
    try:
        typed = _answer(request, member)
        answer = Answer(**{**typed, "evidence": tuple(typed["evidence"])})
        if action in ("submit", "submit_next"):
            operations.submit(found, answer, by=member, row_version=row_version)
            messages.success(request, _("Your review of claim %d is submitted.") % found.number)
            return (
                _onward(member, found) if action == "submit_next" else redirect("claim", member.newsroom.slug, found.pk)
            )
        operations.save_draft(found, answer, by=member, row_version=row_version)
        messages.success(request, _("Draft saved."))
        return redirect("claim", member.newsroom.slug, found.pk)
    except StaleVersion as error:
        review = queries.mine(member, found)
        context = {"conflict": error.details["current"]}
        return _screen(request, member, found, review, typed, problems(error), error.status, context)
    except FactcheckError as error:
        review = queries.mine(member, found)
        return _screen(request, member, found, review, typed, problems(error), error.status)


def _onward(member: Member, found: Claim) -> HttpResponse:
    """The next claim of the article that waits for one's review, else the queue."""
    following = screen.next_unfinished(member, found)
    return redirect(following) if following else redirect("review_queue", member.newsroom.slug)


def _answer(request: HttpRequest, member: Member) -> dict[str, Any]:
    post = request.POST
    confidence = post.get("confidence", "")
    blocks = []
    for place in range(min(whole(post.get("blocks", "")) or 0, citing.MOST_BLOCKS)):
        block: dict[str, Any] = {name: post.get(f"e{place}_{name}", "").strip() for name in _BLOCK}
        block["key"] = post.get(f"e{place}_key") or uuid.uuid4().hex[:12]
        block["is_primary"] = post.get(f"e{place}_is_primary") == "1"
        upload = request.FILES.get(f"e{place}_file")
        if upload is not None:
            stored = citing.upload(
                by=member,
                file_name=upload.name or "",
                body=upload.read(),
                declared_type=upload.content_type or "",
            )
            block["source"] = str(stored.pk)
        if post.get(f"e{place}_remove") != "1" and any(
            block[name] for name in ("url", "source", "quote", "statement", "speaker")
        ):
            blocks.append(block)
    return {
        "label": post.get("label", ""),
        "reason": post.get("reason", ""),
        "confidence": int(confidence) if confidence in ("1", "2", "3") else None,
        "evidence": blocks,
        "checks": post.getlist("check"),
    }


def _screen(
    request: HttpRequest,
    member: Member,
    found: Claim,
    review: Review | None,
    answer: dict[str, Any],
    messages_by_field: dict[str, str],
    status: int,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    standing = queries.standing(member, found)
    article = found.article
    rows = claims.outline(member, article)
    sees = rules.may_see_reviews(standing)
    others = queries.of_claim(member, found) if sees else []
    if sees and any(other.reviewer_id != member.pk for other in others):
        disclosing.note_sight(found, by=member)  # a verdict given after this look is no independent one
    ticked = ticked_in(others)
    way = screen.way(member, rows, found)
    context = text_context(
        article,
        rows,
        queries.shown_states(member, rows),
        listed=[step["claim"] for step in way["steps"]],
        elsewhere=reverse("article", args=[member.newsroom.slug, article.pk]) + "?at=",
    ) | {
        "way": way,
        "claim": found,
        "quote": claims.quote(found),
        "state": rules.shown_state(standing),
        "state_label": ClaimState(rules.shown_state(standing)).label,
        "review": review,
        "may_review": may(member, "review.write") and rules.may_still_review(standing),
        "refusal": operations.refusal_words(rules.refusal_to_review(standing)),
        "may_disclose": rules.may_disclose(standing) and may(member, "ruling.write"),
        "may_rule": may(member, "ruling.write") and sees,
        "labels": labels(found.scale) if found.scale else [],
        "answer": answer,
        "blocks_typed": _blocks(answer, review, messages_by_field),
        "problems": messages_by_field,
        "others": [
            {
                "review": other,
                "evidence": [describe(item) for item in other.evidence.all()],
                "ticked": ticked.get(other.pk, []),
            }
            for other in others
        ],
        "counts": agreement.counts(found) if sees else [],
        "stances": Stance.choices,
        "sure": [(1, _("unsure")), (2, _("fairly sure")), (3, _("sure"))],
        "means": StatementMeans.choices,
        "owner": hosts.shared_owner(item.source for item in review.evidence.all()) if review else "",
        "precedents": shown_precedents(member, found),
        "first": found.same_as,
        "reworded": _rewording(found, review),
        **guideline_context(member),
        **checklist_context(member, answer, messages_by_field),
        **contacts_context(member, found),
        **talk_context(member, found),
        **(extra or {}),
    }
    return render(request, "reviews/claim.html", context, status=status)


def _rewording(found: Claim, review: Review | None) -> list[tuple[str, str]]:
    """The difference between the wording that this member began to judge and the present one."""
    if review is None or found.reworded_at is None or review.created_at >= found.reworded_at:
        return []
    before, now = claims.wordings(found)
    return by_words(before, now) if before and now else []


def _blocks(answer: dict[str, Any], review: Review | None, found: dict[str, str]) -> list[dict[str, Any]]:
    """The form's evidence blocks with their state, and an empty one at the end."""
    rows: dict[str, Evidence] = {item.key: item for item in review.evidence.all()} if review else {}
    typed = [*answer.get("evidence", []), {"key": uuid.uuid4().hex[:12], "stance": ""}]
    return [
        {
            "place": place,
            "block": block,
            "shown": describe(rows[block["key"]]) if block.get("key") in rows else None,
            "problems": {
                name.split("_", 2)[2]: text for name, text in found.items() if name.startswith(f"evidence_{place}_")
            },
            "last": place == len(typed) - 1,
        }
        for place, block in enumerate(typed)
    ]


@page("review.write")
def evidence_state(request: HttpRequest, member: Member, claim_id: int) -> HttpResponse:
    """The states of one's own evidence on a claim, as a fragment: fetched again when an event says so."""
    found = claims.get(member, claim_id)
    review = queries.mine(member, found)
    rows = [describe(item) for item in review.evidence.all()] if review else []
    return render(request, "reviews/evidence_states.html", {"rows": rows})

"""A reviewer's work: take a claim, save a draft, submit, withdraw."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations import events, jobs
from annotations.errors import Conflict, InvalidFields, InvalidInput, NotAllowed, StaleVersion
from annotations.models import Assignment, Claim, Label, Lease, Member, Review
from annotations.models.claims import ClaimState
from annotations.models.events import Audience
from annotations.models.reviews import ReviewState
from annotations.models.rows import move
from annotations.newsrooms import guidelines
from annotations.newsrooms.access import require
from annotations.reviews import citing, queries, rules, ticking

_REFUSALS = {
    "has_seen_others": gettext_lazy(
        "You have seen other reviewers' answers on this claim, so you can no longer review it."
    ),
    "submitted_already": gettext_lazy("You have submitted your review of this claim."),
    "not_asked": gettext_lazy("This claim needs no further review, unless an editor asks you."),
    "not_open": gettext_lazy("This claim is not open for review."),
}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the form holds, valid or not: everything typed is kept."""

    label: str = ""
    reason: str = ""
    confidence: int | None = None
    evidence: tuple[dict[str, Any], ...] = ()
    checks: Sequence[str] | None = None  # keys of the checklist; None: those that the draft holds

    def as_draft(self) -> dict[str, Any]:
        return {
            "label": self.label,
            "reason": self.reason,
            "confidence": self.confidence,
            "evidence": [dict(block) for block in self.evidence],
        }


def take_next(*, by: Member) -> Claim | None:
    """Lease the best claim of the queue; None when there is none (queries.why_empty says why)."""
    require(by, "review.write")
    for claim in queries.candidates(by, timezone.now())[:10]:
        try:
            open_claim(claim, by=by)
        except (Conflict, NotAllowed):  # somebody was faster
            continue
        return claim
    return None


def open_claim(claim: Claim, *, by: Member) -> Lease:
    """Keep the claim for this member for a while; renewing the lease is the same call. Never more holders than verdicts wanted."""
    require(by, "review.write")
    now = timezone.now()
    with transaction.atomic():
        locked = Claim.objects.select_for_update().select_related("newsroom").get(pk=claim.pk)
        _refuse_review(locked, by)
        others = Lease.objects.filter(claim=claim, until__gt=now).exclude(member=by).count()
        given = Review.objects.filter(claim=claim, state=ReviewState.SUBMITTED).count()
        begun = Review.objects.filter(claim=claim, reviewer=by).exists()
        asked = Assignment.objects.filter(claim=claim, member=by).exists()
        if others + given >= locked.newsroom.reviews_wanted and not (begun or asked):
            raise Conflict("enough_reviewers", _("Other reviewers are at work on this claim. Take the next one."))
        lease, _made = Lease.objects.update_or_create(
            claim=claim, member=by, defaults={"until": now + timedelta(minutes=locked.newsroom.lease_minutes)}
        )
    return lease


def release(claim: Claim, *, by: Member) -> None:
    """Give the claim back. The draft is kept."""
    Lease.objects.filter(claim=claim, member=by).delete()


def save_draft(claim: Claim, answer: Answer, *, by: Member, row_version: int | None) -> Review:
    """Keep everything typed. Complete evidence blocks become evidence, so that their sources are fetched while the reviewer writes.

    `row_version` None starts a draft; another number than the row's raises StaleVersion with both texts, unless they are the
    same: what a page saved while it was being left comes once more from the page after it. No log line.
    """
    require(by, "review.write")
    with transaction.atomic():
        Claim.objects.select_for_update().get(pk=claim.pk)
        _refuse_review(claim, by)
        review = _begun(claim, by, row_version, answer)
        label = _label(claim, answer.label)
        checks = ticking.drafted(review, answer.checks)
        Review.objects.filter(pk=review.pk).update(
            draft=answer.as_draft() | {"checks": checks},
            checks=checks,
            label=label,
            reason=answer.reason,
            confidence=answer.confidence if answer.confidence in (1, 2, 3) else None,
            state=ReviewState.DRAFT,
            saved_at=timezone.now(),
            row_version=F("row_version") + 1,
        )
        review.refresh_from_db()
        citing.sync(review, answer.evidence, by=by)
        Lease.objects.filter(claim=claim, member=by).update(
            until=timezone.now() + timedelta(minutes=claim.newsroom.lease_minutes)
        )
    return review


def submit(claim: Claim, answer: Answer, *, by: Member, row_version: int | None) -> Review:
    """Commit to a verdict. All that is missing is said at once (InvalidFields); the draft is saved in any case."""
    review = save_draft(claim, answer, by=by, row_version=row_version)
    checklist = guidelines.checklist(claim.newsroom)
    problems = _problems(claim, review, answer) + ticking.problems(checklist, review.checks)
    if problems:
        raise InvalidFields(problems)
    with transaction.atomic():
        locked = Claim.objects.select_for_update().get(pk=claim.pk)
        standing = queries.standing(by, locked)
        _refuse_review(locked, by)
        submitted = move(
            Review.objects.filter(pk=review.pk, row_version=review.row_version),
            old=ReviewState.DRAFT,
            new=ReviewState.SUBMITTED,
            submitted_at=timezone.now(),
            was_assigned=standing.assigned,
            is_first=rules.is_independent(standing) and review.withdrawn_at is None,
            visible={"others": standing.disclosed, "claim_state": rules.shown_state(standing)},
            checklist=checklist,
            checks=ticking.answered(checklist, review.checks),
            row_version=F("row_version") + 1,
        )
        if not submitted:
            raise StaleVersion("stale", _("This review was changed in another window."), current=_current(review))
        move(Claim.objects.filter(pk=claim.pk), old=ClaimState.OPEN, new=ClaimState.IN_REVIEW)
        Lease.objects.filter(claim=claim, member=by).delete()
        _record(
            review,
            "review.submitted",
            by,
            old={"state": "draft"},
            new={"state": "submitted", "first": rules.is_independent(standing)},
        )
        jobs.owe("agreement.recount", claim.pk, newsroom_id=claim.newsroom_id)
    review.refresh_from_db()
    return review


def withdraw(claim: Claim, *, by: Member) -> Review:
    """Take one's own review back, as long as nobody has ruled. A verdict given afterwards is no first one."""
    require(by, "review.write")
    with transaction.atomic():
        state = Claim.objects.select_for_update().values_list("state", flat=True).get(pk=claim.pk)
        review = Review.objects.filter(claim=claim, reviewer=by).first()
        if review is None or state in rules.SETTLED:
            raise Conflict("cannot_withdraw", _("There is nothing to withdraw, or the claim is ruled."), state=state)
        withdrawn = move(
            Review.objects.filter(pk=review.pk),
            old=ReviewState.SUBMITTED,
            new=ReviewState.WITHDRAWN,
            withdrawn_at=timezone.now(),
            is_first=False,
            row_version=F("row_version") + 1,
        )
        if withdrawn:
            _record(review, "review.withdrawn", by, old={"state": "submitted"}, new={"state": "withdrawn"})
            jobs.owe("agreement.recount", claim.pk, newsroom_id=claim.newsroom_id)
    review.refresh_from_db()
    return review


def _refuse_review(claim: Claim, by: Member) -> None:
    if claim.same_as_id is not None:
        raise NotAllowed(
            "linked", _("This claim is the same as another, and is judged there."), same_as=claim.same_as_id
        )
    code = rules.refusal_to_review(queries.standing(by, claim))
    if code == "submitted_already":
        raise Conflict(code, str(_REFUSALS[code]))
    if code:
        raise NotAllowed(code, str(_REFUSALS[code]))


def _begun(claim: Claim, by: Member, row_version: int | None, answer: Answer) -> Review:
    review = Review.objects.filter(claim=claim, reviewer=by).first()
    if review is None:
        assert claim.scale_id is not None  # an open claim has one: claim_open_has_scale
        try:
            with transaction.atomic():
                return Review.objects.create(
                    newsroom_id=claim.newsroom_id, claim=claim, reviewer=by, scale_id=claim.scale_id
                )
        except IntegrityError:  # the same person's other window
            review = Review.objects.get(claim=claim, reviewer=by)
    if row_version != review.row_version and not _is_kept(review, answer):
        raise StaleVersion("stale", _("This review was saved in another window."), current=_current(review))
    return review


def _is_kept(review: Review, answer: Answer) -> bool:
    """Whether the draft holds this very answer already; where the writer's cursor stood (`settled`) does not matter."""

    def said(draft: dict[str, Any], checks: list[str]) -> dict[str, Any]:
        evidence = [{**block, "settled": None} for block in draft.get("evidence", ())]
        return draft | {"evidence": evidence, "checks": checks}

    mine = said(answer.as_draft(), ticking.drafted(review, answer.checks))
    return review.state == ReviewState.DRAFT and said(review.draft, review.checks) == mine


def _current(review: Review) -> dict[str, Any]:
    review.refresh_from_db()
    return {"row_version": review.row_version, "draft": review.draft, "saved_at": review.saved_at.isoformat()}


def _label(claim: Claim, key: str) -> Label | None:
    return Label.objects.filter(scale=claim.scale, key=key).first() if key else None


def _problems(claim: Claim, review: Review, answer: Answer) -> list[InvalidInput]:
    problems: list[InvalidInput] = []
    if review.label is None:
        problems.append(InvalidInput("required", _("Choose a verdict."), pointer="/label"))
    if not answer.reason.strip():
        problems.append(InvalidInput("required", _("Say why."), pointer="/reason"))
    problems += citing.problems(answer.evidence)
    if review.label is not None and review.label.needs_source and not review.evidence.exists():
        problems.append(InvalidInput("source_needed", _("This verdict needs a source."), pointer="/evidence"))
    return problems


def _record(review: Review, kind: str, by: Member, **values: Any) -> None:
    """Only editors hear of it: to a fellow reviewer even the moment of a submission would tell something."""
    events.record(
        kind,
        newsroom_id=review.newsroom_id,
        by=by,
        subject="review",
        subject_id=review.pk,
        article_id=review.claim.article_id,
        claim_id=review.claim_id,
        audience=Audience.EDITORS,
        **values,
    )


def refusal_words(code: str) -> str:
    """Why this member cannot review the claim, for people."""
    return str(_REFUSALS.get(code, ""))

"""claims/{id}/review (mine), its submission, claims/{id}/reviews, queues/review"""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api import claim_shapes, conventions, shapes
from annotations.api.claims import answer as claim_answer
from annotations.api.claims import claim_out
from annotations.api.views import IF_MATCH, Operation, operation
from annotations.claims import queries as claims
from annotations.errors import NotFound
from annotations.models import Evidence, Member, Review
from annotations.models.claims import ClaimState
from annotations.reviews import disclosing, operations, queries
from annotations.reviews.operations import Answer
from annotations.sources.describing import describe


def evidence_out(evidence: Evidence) -> dict[str, Any]:
    found = describe(evidence)
    same = ("id", "key", "quote", "translation", "locator", "stance", "is_primary", "interest")
    return {name: getattr(evidence, name) for name in same} | {
        "source": evidence.source_id,
        "kind": evidence.source.kind,
        "url": evidence.source.url,
        "title": evidence.source.title if found["state"] == "ready" else "",
        "source_state": found["state"],
        "source_state_label": str(found["state_label"]),
        "problem": found["problem"],
        "quote_state": evidence.quote_state,
        "quote_state_label": str(found["quote_label"]),
        "quote_tone": found["quote_tone"],
        "passage": found.get("matched", ""),
        "page": found.get("page"),
    }


def review_out(review: Review, *, own: bool) -> dict[str, Any]:
    same = ("id", "state", "reason", "confidence", "saved_at", "submitted_at", "row_version")
    shown = {name: getattr(review, name) for name in same} | {
        "claim": review.claim_id,
        "reviewer": str(review.reviewer.user),
        "label": review.label.key if review.label else "",
        "evidence": [evidence_out(item) for item in review.evidence.all()],
        "checks": review.checks,
        "checklist": review.checklist,
        "draft": review.draft if own else {},
        "assigned": review.was_assigned,
        "first": review.is_first,
    }
    return dict(shapes.ReviewOut(shown).data)


def _answer(values: dict[str, Any]) -> Answer:
    blocks = tuple(
        {**block, "key": block.get("key") or str(place), "source": block.get("source") or ""}
        for place, block in enumerate(values.get("evidence", ()))
    )
    return Answer(
        label=values.get("label", ""),
        reason=values.get("reason", ""),
        confidence=values.get("confidence"),
        evidence=blocks,
        checks=values.get("checks"),
    )


def _mine(member: Member, claim_id: int) -> Review:
    review = queries.mine(member, claims.get(member, claim_id))
    if review is None:
        raise NotFound("no_review", _("You have not begun a review of this claim."))
    return review


class MyReview(Operation):
    @operation(shapes.ReviewOut, operation_id="review_read")
    def get(self, request: Request, claim_id: int) -> Response:
        """My own review, with the states of its sources and quotes."""
        review = _mine(self.may(request, "review.write"), claim_id)
        return Response(review_out(review, own=True), headers={"ETag": f'"{review.row_version}"'})

    @operation(shapes.ReviewOut, takes=shapes.ReviewIn, parameters=IF_MATCH, operation_id="review_save")
    def put(self, request: Request, claim_id: int) -> Response:
        """Save the draft; its sources are fetched while the reviewer writes. 412 carries the draft that is there."""
        member = self.may(request, "review.write")
        claim = claims.get(member, claim_id)
        operations.save_draft(
            claim,
            _answer(self.taken(request, shapes.ReviewIn)),
            by=member,
            row_version=conventions.precondition(request),
        )
        review = _mine(member, claim_id)
        return conventions.tagged(review_out(review, own=True), review.row_version)


class Submission(Operation):
    @operation(shapes.ReviewOut, takes=shapes.ReviewIn, parameters=IF_MATCH, operation_id="review_submit")
    def put(self, request: Request, claim_id: int) -> Response:
        """Commit to a verdict; 422 says all that is missing."""
        member = self.may(request, "review.write")
        claim = claims.get(member, claim_id)
        operations.submit(
            claim,
            _answer(self.taken(request, shapes.ReviewIn)),
            by=member,
            row_version=conventions.precondition(request),
        )
        review = _mine(member, claim_id)
        return conventions.tagged(review_out(review, own=True), review.row_version)

    @operation(shapes.ReviewOut, operation_id="review_withdraw")
    def delete(self, request: Request, claim_id: int) -> Response:
        """Take it back, as long as nobody has ruled."""
        member = self.may(request, "review.write")
        operations.withdraw(claims.get(member, claim_id), by=member)
        review = _mine(member, claim_id)
        return conventions.tagged(review_out(review, own=True), review.row_version)


class Reviews(Operation):
    @operation(shapes.ReviewOut, many=True, operation_id="reviews_list")
    def get(self, request: Request, claim_id: int) -> Response:
        """All submitted reviews; 403 to whoever may still give one."""
        member = self.may(request, "review.read")
        claim = claims.get(member, claim_id)
        rows = queries.of_claim(member, claim)
        if any(row.reviewer_id != member.pk for row in rows):
            disclosing.note_sight(claim, by=member)
        return Response({"results": [review_out(row, own=row.reviewer_id == member.pk) for row in rows], "next": None})


class ReviewDisclosure(Operation):
    @operation(claim_shapes.ClaimOut, operation_id="reviews_disclose")
    def put(self, request: Request, claim_id: int) -> Response:
        """An editor looks at the reviews in order to rule, and can no longer review this claim."""
        member = self.may(request, "ruling.write")
        claim = claims.get(member, claim_id)
        disclosing.disclose(claim, by=member)
        return claim_answer(member, claim)


class ReviewQueue(Operation):
    @operation(claim_shapes.ClaimOut, many=True, operation_id="queue_review")
    def get(self, request: Request) -> Response:
        """What the caller may take, best first; empty with the reason why."""
        member = self.may(request, "queue.review")
        rows = queries.queue(member)
        why, until = queries.why_empty(member) if not rows else ("", None)
        results = [claim_out(row, ClaimState.OPEN) for row in rows]
        return Response({"results": results, "next": None, "why_empty": why, "look_again_at": until})


class ReviewQueueNext(Operation):
    @operation(claim_shapes.ClaimOut, operation_id="queue_review_next")
    def post(self, request: Request) -> Response:
        """A lease on the best claim; 404 with the reason when there is none."""
        member = self.may(request, "review.write")
        claim = operations.take_next(by=member)
        if claim is None:
            why, until = queries.why_empty(member)
            raise NotFound(f"queue_{why}", _("The queue holds nothing for you now."), look_again_at=until)
        return claim_answer(member, claims.get(member, claim.pk))

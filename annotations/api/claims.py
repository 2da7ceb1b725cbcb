"""claims/{id} and what an editor does with it"""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api import conventions, shapes
from annotations.api.views import IF_MATCH, Operation, operation
from annotations.claims import facts, operations, queries
from annotations.models import Claim, Member
from annotations.reviews import queries as reviews
from annotations.reviews import rules


def claim_out(claim: Claim, state: str) -> dict[str, Any]:
    """The claim as this caller may see it."""
    spans = getattr(claim, "current_spans", None)
    if spans is None:
        spans = [span for span in claim.spans.all() if span.version_id == claim.article.current_id]
    plain = {name: getattr(claim, name) for name in _SAME}
    shown = plain | {"article_id": claim.article_id, "state": state, "quote": queries.quote(claim), "spans": spans}
    return dict(shapes.ClaimOut(shown).data)


_SAME = """id number restated language attribution claimant claimant_kind claimant_same_as claimant_suggested claimed_on
    appearance_url unknown score reasons row_version""".split()


def answer(member: Member, claim: Claim, request: Request | None = None) -> Response:
    state = rules.shown_state(reviews.standing(member, claim))
    return conventions.tagged(claim_out(claim, state), claim.row_version, request if state == claim.state else None)


class ClaimDetail(Operation):
    @operation(shapes.ClaimOut, operation_id="claims_read")
    def get(self, request: Request, claim_id: int) -> Response:
        member = self.may(request, "claim.read")
        return answer(member, queries.get(member, claim_id), request)

    @operation(shapes.ClaimOut, takes=shapes.ClaimEdit, parameters=IF_MATCH, operation_id="claims_edit")
    def patch(self, request: Request, claim_id: int) -> Response:
        """Restated text, claimant, date, appearance, or that one of them is unknown."""
        member = self.may(request, "claim.edit")
        claim = facts.edit(
            queries.get(member, claim_id),
            by=member,
            row_version=conventions.precondition(request),
            changes=self.taken(request, shapes.ClaimEdit),
        )
        return answer(member, claim)


class ClaimSpan(Operation):
    @operation(shapes.ClaimOut, takes=shapes.ClaimIn, parameters=IF_MATCH, operation_id="claims_adjust")
    def put(self, request: Request, claim_id: int) -> Response:
        """Other borders, as long as nobody was asked to judge it."""
        member = self.may(request, "claim.edit")
        claim = operations.adjust(
            queries.get(member, claim_id),
            by=member,
            row_version=conventions.precondition(request),
            **self.taken(request, shapes.ClaimIn),
        )
        return answer(member, claim)


class ClaimConfirmation(Operation):
    @operation(shapes.ClaimOut, operation_id="claims_confirm")
    def put(self, request: Request, claim_id: int) -> Response:
        """Open it for review."""
        member = self.may(request, "claim.edit")
        return answer(member, operations.confirm(queries.get(member, claim_id), by=member))


class ClaimRemoval(Operation):
    @operation(shapes.ClaimOut, takes=shapes.Reason, operation_id="claims_drop")
    def put(self, request: Request, claim_id: int) -> Response:
        """Drop it, saying why."""
        member = self.may(request, "claim.edit")
        return answer(
            member, operations.drop(queries.get(member, claim_id), by=member, **self.taken(request, shapes.Reason))
        )

    @operation(shapes.ClaimOut, operation_id="claims_restore")
    def delete(self, request: Request, claim_id: int) -> Response:
        """Bring it back."""
        member = self.may(request, "claim.edit")
        return answer(member, operations.restore(queries.get(member, claim_id), by=member))


class ClaimAssignments(Operation):
    @operation(shapes.Members, takes=shapes.Members, operation_id="claims_assign")
    def post(self, request: Request, claim_id: int) -> Response:
        """Ask these members (ids) to review it."""
        member = self.may(request, "claim.assign")
        claim = queries.get(member, claim_id)
        operations.assign(claim, by=member, member_ids=self.taken(request, shapes.Members)["members"])
        return Response({"members": list(claim.assignments.values_list("member_id", flat=True))})

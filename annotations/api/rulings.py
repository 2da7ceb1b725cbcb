"""claims/{id}/ruling, its decision and sign-off; the editors' queues"""

from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api import claim_shapes, conventions, shapes
from annotations.api.claims import claim_out
from annotations.api.publications import publication_out
from annotations.api.views import IF_MATCH, Operation, operation
from annotations.claims import queries as claims
from annotations.errors import NotFound
from annotations.models import Member, Ruling
from annotations.reviews import disclosing
from annotations.rulings import operations, queries, rechecks
from annotations.rulings.operations import Decision


def _ruling(member: Member, claim_id: int) -> Ruling:
    claim = claims.get(member, claim_id)
    disclosing.read_to_rule(claim, by=member)
    ruling = queries.of_claim(member, claim)
    if ruling is None:
        raise NotFound("no_ruling", _("Nobody has ruled on this claim yet."))
    return ruling


class RulingDetail(Operation):
    @operation(shapes.RulingOut, operation_id="ruling_read")
    def get(self, request: Request, claim_id: int) -> Response:
        """403 `review_or_open` to whoever may still review the claim: they `PUT claims/{id}/disclosure` first."""
        ruling = _ruling(self.may(request, "ruling.read"), claim_id)
        return conventions.tagged(shapes.RulingOut(ruling).data, ruling.row_version, request)

    @operation(shapes.RulingOut, takes=shapes.RulingIn, parameters=IF_MATCH, operation_id="ruling_save")
    def put(self, request: Request, claim_id: int) -> Response:
        """Save the draft. Ruling means having seen the reviews: the caller can no longer review this claim."""
        member = self.may(request, "ruling.write")
        ruling = operations.save_draft(
            claims.get(member, claim_id),
            Decision(**self.taken(request, shapes.RulingIn)),
            by=member,
            row_version=conventions.precondition(request),
        )
        return conventions.tagged(shapes.RulingOut(ruling).data, ruling.row_version)


class RulingDecision(Operation):
    @operation(shapes.RulingOut, takes=shapes.RulingIn, parameters=IF_MATCH, operation_id="ruling_decide")
    def put(self, request: Request, claim_id: int) -> Response:
        """Decide; another editor or admin signs it off. 422 says all that is missing."""
        member = self.may(request, "ruling.write")
        ruling = operations.rule(
            claims.get(member, claim_id),
            Decision(**self.taken(request, shapes.RulingIn)),
            by=member,
            row_version=conventions.precondition(request),
        )
        return conventions.tagged(shapes.RulingOut(ruling).data, ruling.row_version)


class RulingSignOff(Operation):
    @operation(dict, parameters=IF_MATCH, operation_id="ruling_sign_off")
    def put(self, request: Request, claim_id: int) -> Response:
        """Agree, as a second person: it is published."""
        member = self.may(request, "ruling.sign_off")
        seen = conventions.precondition(request)
        publication = operations.sign_off(_whole(member, claim_id), by=member, row_version=seen)
        return Response(publication_out(publication))

    @operation(shapes.RulingOut, takes=shapes.Reason, operation_id="ruling_send_back")
    def delete(self, request: Request, claim_id: int) -> Response:
        """Send it back, saying what should change."""
        member = self.may(request, "ruling.sign_off")
        ruling = operations.send_back(_whole(member, claim_id), by=member, **self.taken(request, shapes.Reason))
        return conventions.tagged(shapes.RulingOut(ruling).data, ruling.row_version)


def _whole(member: Member, claim_id: int) -> Ruling:
    return queries.get(member, _ruling(member, claim_id).pk)


class RulingQueue(Operation):
    @operation(claim_shapes.ClaimOut, many=True, operation_id="queue_rulings")
    def get(self, request: Request) -> Response:
        """Disputed claims first, then agreed ones."""
        rows = queries.to_rule(self.may(request, "ruling.read"))
        return Response({"results": [claim_out(row, row.state) for row in rows], "next": None})


class RecheckQueue(Operation):
    @operation(shapes.RecheckOut, many=True, operation_id="queue_recheck")
    def get(self, request: Request) -> Response:
        """Published fact-checks whose source died, or whose quote vanished or changed."""
        rows = rechecks.waiting(self.may(request, "ruling.read"))
        return Response({"results": shapes.RecheckOut(rows, many=True).data, "next": None})


class SignOffQueue(Operation):
    @operation(shapes.RulingOut, many=True, operation_id="queue_sign_off")
    def get(self, request: Request) -> Response:
        rows = queries.to_sign_off(self.may(request, "ruling.read"))
        return Response({"results": shapes.RulingOut(rows, many=True).data, "next": None})

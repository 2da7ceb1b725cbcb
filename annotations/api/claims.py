"""claims/{id} and what an editor does with it"""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api import claim_shapes, conventions, shapes
from annotations.api.views import IF_MATCH, Operation, operation
from annotations.claims import cutting, facts, operations, queries
from annotations.claims.cutting import Piece
from annotations.claims.repeats import linking
from annotations.models import Claim, Member
from annotations.reviews import queries as reviews
from annotations.reviews import rules
from annotations.rulings import precedents


def claim_out(claim: Claim, state: str) -> dict[str, Any]:
    """The claim as this caller may see it."""
    plain = {name: getattr(claim, name) for name in _SAME}
    shown = plain | {
        "article_id": claim.article_id,
        "state": state,
        "quote": queries.quote(claim),
        "spans": queries.current_spans(claim),
        "voice": claim.voice or None,
        "claim_type": claim.claim_type.key if claim.claim_type else "",
        "parts": [{"start": start, "end": end, "restated": restated} for start, end, restated in claim.parts],
    }
    return dict(claim_shapes.ClaimOut(shown).data)


_SAME = """id number restated language attribution claimant claimant_kind claimant_same_as claimant_suggested claimed_on
    appearance_url place topic unknown score rank reasons anchor same_as_id row_version""".split()


def answer(member: Member, claim: Claim, request: Request | None = None) -> Response:
    state = rules.shown_state(reviews.standing(member, claim))
    return conventions.tagged(claim_out(claim, state), claim.row_version, request if state == claim.state else None)


class ClaimDetail(Operation):
    @operation(claim_shapes.ClaimOut, operation_id="claims_read")
    def get(self, request: Request, claim_id: int) -> Response:
        member = self.may(request, "claim.read")
        return answer(member, queries.get(member, claim_id), request)

    @operation(claim_shapes.ClaimOut, takes=claim_shapes.ClaimEdit, parameters=IF_MATCH, operation_id="claims_edit")
    def patch(self, request: Request, claim_id: int) -> Response:
        """Restated text, claimant, date, place, appearance, topic, type, or that one of them is unknown."""
        member = self.may(request, "claim.edit")
        claim = facts.edit(
            queries.get(member, claim_id),
            by=member,
            row_version=conventions.precondition(request),
            changes=self.taken(request, claim_shapes.ClaimEdit),
        )
        return answer(member, claim)


class ClaimSpans(Operation):
    @operation(claim_shapes.ClaimOut, takes=claim_shapes.Spans, parameters=IF_MATCH, operation_id="claims_adjust")
    def put(self, request: Request, claim_id: int) -> Response:
        """Other borders, one span or several, as long as nobody was asked to judge it."""
        member = self.may(request, "claim.edit")
        claim = cutting.adjust(
            queries.get(member, claim_id),
            by=member,
            row_version=conventions.precondition(request),
            pieces=[Piece(**span) for span in self.taken(request, claim_shapes.Spans)["spans"]],
        )
        return answer(member, queries.get(member, claim.pk))


class ClaimPieces(Operation):
    @operation(
        claim_shapes.ClaimOut, many=True, takes=claim_shapes.Pieces, parameters=IF_MATCH, operation_id="claims_split"
    )
    def post(self, request: Request, claim_id: int) -> Response:
        """Split it: the first piece keeps the number, each other becomes a claim. Pieces may be the same words, restated."""
        member = self.may(request, "claim.edit")
        made = cutting.split(
            queries.get(member, claim_id),
            by=member,
            row_version=conventions.precondition(request),
            pieces=[Piece(**piece) for piece in self.taken(request, claim_shapes.Pieces)["pieces"]],
        )
        rows = [queries.get(member, each.pk) for each in made]
        states = reviews.shown_states(member, rows)
        return Response({"results": [claim_out(row, states[row.pk]) for row in rows], "next": None})


class ArticleMerges(Operation):
    @operation(claim_shapes.ClaimOut, takes=claim_shapes.Merge, operation_id="claims_merge")
    def post(self, request: Request, article_id: int) -> Response:
        """Several claims of the article become one: the first in the text keeps its number and gets all their spans."""
        member = self.may(request, "claim.edit")
        ids = self.taken(request, claim_shapes.Merge)["claims"]
        merged = operations.merge([queries.get(member, pk, article_id=article_id) for pk in ids], by=member)
        return answer(member, queries.get(member, merged.pk))


class ClaimPlace(Operation):
    @operation(claim_shapes.ClaimOut, takes=claim_shapes.Spans, operation_id="claims_place")
    def put(self, request: Request, claim_id: int) -> Response:
        """Where an orphaned or reworded claim stands in the current version."""
        member = self.may(request, "claim.edit")
        spans = self.taken(request, claim_shapes.Spans)["spans"]
        claim = cutting.place(queries.get(member, claim_id), by=member, pieces=[Piece(**span) for span in spans])
        return answer(member, queries.get(member, claim.pk))


class ClaimLook(Operation):
    @operation(claim_shapes.ClaimOut, operation_id="claims_keep")
    def put(self, request: Request, claim_id: int) -> Response:
        """An editor has looked at what a new version did to its words, and leaves it so."""
        member = self.may(request, "claim.edit")
        return answer(member, cutting.keep(queries.get(member, claim_id), by=member))


class ChangedClaims(Operation):
    @operation(claim_shapes.ChangedClaim, many=True, operation_id="queues_changed")
    def get(self, request: Request) -> Response:
        """Claims whose words were changed or lost by a new version of their article."""
        member = self.may(request, "claim.edit")
        rows = list(queries.to_look_at(member)[:200])
        states = reviews.shown_states(member, rows)
        results = []
        for row in rows:
            before, now = queries.wordings(row)
            results.append({"claim": claim_out(row, states[row.pk]), "before": before, "now": now})
        return Response({"results": results, "next": None})


class ClaimSimilar(Operation):
    @operation(claim_shapes.PrecedentOut, many=True, operation_id="claims_similar")
    def get(self, request: Request, claim_id: int) -> Response:
        """Similar claims of the newsroom, published rulings and earlier fact-checks, best first, with a score and why."""
        member = self.may(request, "claim.read")
        found = precedents.of_claim(member, queries.get(member, claim_id))
        return Response({"results": [claim_shapes.precedent(each) for each in found], "next": None})


class SimilarText(Operation):
    @operation(claim_shapes.PrecedentOut, many=True, takes=claim_shapes.Wording, operation_id="similar_text")
    def post(self, request: Request) -> Response:
        """The same for any wording: has somebody checked this already?"""
        member = self.may(request, "claim.read")
        found = precedents.of_text(member, self.taken(request, claim_shapes.Wording)["text"])
        return Response({"results": [claim_shapes.precedent(each) for each in found], "next": None})


class ClaimSameAs(Operation):
    @operation(claim_shapes.ClaimOut, takes=claim_shapes.SameAs, operation_id="claims_link")
    def put(self, request: Request, claim_id: int) -> Response:
        """It is the same claim as another: judged there, listed there as an appearance."""
        member = self.may(request, "claim.edit")
        other = queries.get(member, self.taken(request, claim_shapes.SameAs)["claim"])
        return answer(member, linking.link(queries.get(member, claim_id), other, by=member))

    @operation(claim_shapes.ClaimOut, operation_id="claims_unlink")
    def delete(self, request: Request, claim_id: int) -> Response:
        """It is a claim of its own."""
        member = self.may(request, "claim.edit")
        return answer(member, linking.unlink(queries.get(member, claim_id), by=member))


class ClaimConfirmation(Operation):
    @operation(claim_shapes.ClaimOut, operation_id="claims_confirm")
    def put(self, request: Request, claim_id: int) -> Response:
        """Open it for review."""
        member = self.may(request, "claim.edit")
        return answer(member, operations.confirm(queries.get(member, claim_id), by=member))


class ClaimRemoval(Operation):
    @operation(claim_shapes.ClaimOut, takes=shapes.Reason, operation_id="claims_drop")
    def put(self, request: Request, claim_id: int) -> Response:
        """Drop it, saying why."""
        member = self.may(request, "claim.edit")
        return answer(
            member, operations.drop(queries.get(member, claim_id), by=member, **self.taken(request, shapes.Reason))
        )

    @operation(claim_shapes.ClaimOut, operation_id="claims_restore")
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

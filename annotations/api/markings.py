"""articles/{id}/double-marking and articles/{id}/markings: who marks it, one's own list, all lists and their merge"""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api import conventions, marking_shapes
from annotations.api.views import IF_MATCH, Operation, operation
from annotations.articles import queries as articles
from annotations.claims.cutting import Piece
from annotations.claims.markings import merging, operations, queries
from annotations.models import Doubling, Marking, Member, Version
from annotations.models.markings import DoublingState


def _doubling(member: Member, doubling: Doubling) -> dict[str, Any]:
    standing = queries.standing(member, doubling)
    body = {
        "article_id": doubling.article_id,
        "state": doubling.state,
        "version": doubling.version.number if doubling.version else None,
        "places": doubling.places,
        "free": standing.free,
        "own": standing.own,
        "reason": doubling.reason,
    }
    return dict(marking_shapes.DoublingOut(body).data)


def _mark(marking: Marking, version: Version) -> dict[str, Any]:
    spans = [{"start": start, "end": end, "exact": version.text[start:end]} for start, end in marking.spans]
    plain = {name: getattr(marking, name) for name in ("id", "restated", "note", "row_version")}
    return plain | {"spans": spans}


def _answer(doubling: Doubling, marking: Marking, status: int = 200) -> Response:
    doubling.refresh_from_db()
    assert doubling.version is not None
    body = marking_shapes.MarkOut(_mark(marking, doubling.version)).data
    return conventions.tagged(body, marking.row_version, status=status)


class DoubleMarking(Operation):
    @operation(marking_shapes.DoublingOut, operation_id="double_marking_read")
    def get(self, request: Request, article_id: int) -> Response:
        """Whether the article is marked by several people, and one's own place in it."""
        member = self.may(request, "marking.own")
        return Response(_doubling(member, queries.get(articles.get(member, article_id))))

    @operation(
        marking_shapes.DoublingOut, status=201, takes=marking_shapes.DoublingIn, operation_id="double_marking_on"
    )
    def post(self, request: Request, article_id: int) -> Response:
        """Switch it on: people find the article's claims blind to each other."""
        member = self.may(request, "claim.edit")
        asked = self.taken(request, marking_shapes.DoublingIn)
        made = operations.switch_on(
            articles.get(member, article_id), by=member, places=asked["places"], member_ids=asked["members"]
        )
        return Response(_doubling(member, made), status=201)

    @operation(marking_shapes.DoublingOut, operation_id="double_marking_off")
    def delete(self, request: Request, article_id: int) -> Response:
        """Switch it off while it is being marked; the marks stay on record and count nowhere."""
        member = self.may(request, "claim.edit")
        return Response(
            _doubling(member, operations.switch_off(queries.get(articles.get(member, article_id)), by=member))
        )


class DoubleMarkingPlace(Operation):
    @operation(marking_shapes.DoublingOut, operation_id="double_marking_take")
    def put(self, request: Request, article_id: int) -> Response:
        """Take a free place; the article's claims are hidden from then on until one is done."""
        member = self.may(request, "marking.write")
        doubling = queries.get(articles.get(member, article_id))
        operations.take(doubling, by=member)
        return Response(_doubling(member, doubling))


class DoubleMarkingDone(Operation):
    @operation(marking_shapes.DoublingOut, operation_id="double_marking_done")
    def put(self, request: Request, article_id: int) -> Response:
        """One's own list is complete."""
        member = self.may(request, "marking.write")
        operations.done(queries.get(articles.get(member, article_id)), by=member)
        return Response(_doubling(member, queries.get(articles.get(member, article_id))))


class DoubleMarkingEnd(Operation):
    @operation(marking_shapes.DoublingOut, takes=marking_shapes.CloseIn, operation_id="double_marking_close")
    def put(self, request: Request, article_id: int) -> Response:
        """Close it before all are done, saying why."""
        member = self.may(request, "claim.edit")
        asked = self.taken(request, marking_shapes.CloseIn)
        doubling = operations.close(queries.get(articles.get(member, article_id)), by=member, **asked)
        return Response(_doubling(member, doubling))


class DoubleMarkingDisclosure(Operation):
    @operation(marking_shapes.DoublingOut, operation_id="double_marking_look")
    def put(self, request: Request, article_id: int) -> Response:
        """Look before all are done; one can no longer mark the article."""
        member = self.may(request, "claim.edit")
        doubling = queries.get(articles.get(member, article_id))
        operations.disclose(doubling, by=member)
        return Response(_doubling(member, doubling))


class Markings(Operation):
    @operation(marking_shapes.MarkOut, many=True, operation_id="markings_list")
    def get(self, request: Request, article_id: int) -> Response:
        """One's own marks, in the order of the text."""
        member = self.may(request, "marking.own")
        doubling = queries.get(articles.get(member, article_id))
        version = queries.text(doubling)
        rows = [_mark(each, version) for each in queries.mine(member, doubling)] if version else []
        return Response({"results": marking_shapes.MarkOut(rows, many=True).data, "next": None})

    @operation(marking_shapes.MarkOut, status=201, takes=marking_shapes.MarkIn, operation_id="markings_add")
    def post(self, request: Request, article_id: int) -> Response:
        """Mark a claim in the version that is marked."""
        member = self.may(request, "marking.write")
        asked = self.taken(request, marking_shapes.MarkIn)
        doubling = queries.get(articles.get(member, article_id))
        pieces = [Piece(**span) for span in asked.pop("spans")]
        return _answer(doubling, operations.add(doubling, by=member, pieces=pieces, **asked), status=201)


class MarkingDetail(Operation):
    @operation(
        marking_shapes.MarkOut, takes=marking_shapes.MarkChange, parameters=IF_MATCH, operation_id="markings_change"
    )
    def patch(self, request: Request, article_id: int, marking_id: int) -> Response:
        """Other borders, restated words or note."""
        member = self.may(request, "marking.write")
        asked = self.taken(request, marking_shapes.MarkChange)
        doubling = queries.get(articles.get(member, article_id))
        mine = queries.my_marking(member, doubling, marking_id)
        if "spans" in asked:
            asked["pieces"] = [Piece(**span) for span in asked.pop("spans")]
        changed = operations.change(mine, by=member, row_version=conventions.precondition(request), **asked)
        return _answer(doubling, changed)

    @operation(None, status=204, operation_id="markings_remove")
    def delete(self, request: Request, article_id: int, marking_id: int) -> Response:
        """Take a mark back."""
        member = self.may(request, "marking.write")
        doubling = queries.get(articles.get(member, article_id))
        operations.remove(queries.my_marking(member, doubling, marking_id), by=member)
        return Response(status=204)


class MarkingRows(Operation):
    @operation(marking_shapes.RowOut, many=True, operation_id="marking_rows_list")
    def get(self, request: Request, article_id: int) -> Response:
        """All lists side by side, aligned by overlap; for editors once marking is closed, or after a look."""
        member = self.may(request, "claim.edit")
        doubling = queries.get(articles.get(member, article_id))
        _people, lines = queries.side_by_side(member, doubling)
        version = doubling.version
        rows = [
            {
                "marks": [each.pk for each in line.markings],
                "kind": line.row.kind,
                "alike": line.row.alike,
                "iou": line.row.iou,
                "open": line.open,
                "cells": [
                    {
                        "member": cell.marker.member_id,
                        "mark": _mark(cell.marking, version) if cell.marking and version else None,
                        "outcome": cell.marking.outcome if cell.marking else "",
                        "claim": cell.marking.claim_id if cell.marking else None,
                    }
                    for cell in line.cells
                ],
            }
            for line in lines
        ]
        return Response({"results": marking_shapes.RowOut(rows, many=True).data, "next": None})

    @operation(marking_shapes.DecidedOut, takes=marking_shapes.DecisionIn, operation_id="marking_rows_decide")
    def post(self, request: Request, article_id: int) -> Response:
        """Merge a row: take marks of it, other words, or leave it out; or take all that was marked alike."""
        member = self.may(request, "claim.edit")
        asked = self.taken(request, marking_shapes.DecisionIn)
        doubling = queries.get(articles.get(member, article_id))
        row = asked["marks"]
        if asked["alike"]:
            claims = merging.take_alike(doubling, by=member)
        elif asked["take"]:
            claims = merging.take(doubling, by=member, row=row, wanted=asked["take"])
        elif asked["spans"]:
            pieces = [Piece(**span) for span in asked["spans"]]
            claims = [merging.take_adjusted(doubling, by=member, row=row, pieces=pieces, restated=asked["restated"])]
        else:
            merging.leave_out(doubling, by=member, row=row)
            claims = []
        state = Doubling.objects.values_list("state", flat=True).get(pk=doubling.pk)
        body = {"claims": [claim.pk for claim in claims], "state": DoublingState(state)}
        return Response(marking_shapes.DecidedOut(body).data)

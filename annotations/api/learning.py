"""claim-types, rankers: what a newsroom tells apart, and the order that it learned"""

from typing import Any

from rest_framework import serializers as s
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.shapes import ByLanguage
from annotations.api.views import Operation, operation
from annotations.claims import ranking
from annotations.newsrooms import claim_types


class TypeIn(s.Serializer[Any]):
    names = ByLanguage(child=s.CharField(max_length=120))
    key = s.SlugField(required=False, allow_blank=True, max_length=60)


class TypeEdit(s.Serializer[Any]):
    names = ByLanguage(child=s.CharField(max_length=120), required=False)
    is_active = s.BooleanField(required=False)


class TypeOut(s.Serializer[Any]):
    id = s.IntegerField()
    key = s.CharField()
    names = s.JSONField()
    is_active = s.BooleanField()


class RankerEdit(s.Serializer[Any]):
    is_on = s.BooleanField()


class RankerOut(s.Serializer[Any]):
    """`gain`: cross-validated AUC and average precision of the rule score alone and of the model."""

    id = s.IntegerField()
    number = s.IntegerField()
    labels = s.IntegerField()
    positives = s.IntegerField()
    origin = s.CharField()
    gain = s.JSONField()
    is_on = s.BooleanField()
    created_at = s.DateTimeField()


class ClaimTypes(Operation):
    @operation(TypeOut, many=True, operation_id="claim_types_list")
    def get(self, request: Request) -> Response:
        member = self.may(request, "claim.read")
        return Response(
            {"results": TypeOut(claim_types.of(member.newsroom, active=False), many=True).data, "next": None}
        )

    @operation(TypeOut, status=201, takes=TypeIn, operation_id="claim_types_add")
    def post(self, request: Request) -> Response:
        member = self.may(request, "scale.manage")
        return Response(TypeOut(claim_types.add(by=member, **self.taken(request, TypeIn))).data, status=201)


class ClaimTypeDetail(Operation):
    @operation(TypeOut, takes=TypeEdit, operation_id="claim_types_edit")
    def patch(self, request: Request, type_id: int) -> Response:
        """Rename it, or take it out of use."""
        member = self.may(request, "scale.manage")
        return Response(TypeOut(claim_types.edit(type_id, by=member, **self.taken(request, TypeEdit))).data)


class Rankers(Operation):
    @operation(RankerOut, many=True, operation_id="rankers_list")
    def get(self, request: Request) -> Response:
        """Trained rankers with their measured gain, newest first."""
        rows = ranking.of(self.may(request, "newsroom.manage"))
        return Response({"results": RankerOut(rows, many=True).data, "next": None})


class RankerDetail(Operation):
    @operation(RankerOut, takes=RankerEdit, operation_id="rankers_switch")
    def patch(self, request: Request, ranker_id: int) -> Response:
        """Turn it on (the one before goes off) or off."""
        member = self.may(request, "newsroom.manage")
        row = ranking.switch(ranker_id, by=member, on=self.taken(request, RankerEdit)["is_on"])
        return Response(RankerOut(row).data)

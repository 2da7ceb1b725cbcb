"""The one base of all operations: JSON in, one inward call, JSON out, the same errors everywhere."""

from collections.abc import Callable
from typing import Any, TypeVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from annotations.api import shapes
from annotations.api.authentication import acting
from annotations.models import Member

S = TypeVar("S", bound=serializers.Serializer[Any])
F = TypeVar("F", bound=Callable[..., Any])

PROBLEMS = dict.fromkeys((400, 401, 403, 404, 409, 412, 413, 415, 422, 429), shapes.Problem)
PAGED = [OpenApiParameter("cursor", str), OpenApiParameter("limit", int)]
IF_MATCH = [OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, description="the row's ETag")]


def operation(
    answer: Any, *, status: int = 200, takes: Any = None, parameters: Any = (), **more: Any
) -> Callable[[F], F]:
    """The OpenAPI description of one method, with the problem documents that every one can answer."""
    many = {"many": True} if more.pop("many", False) else {}
    shown = answer(**many) if answer is not None and isinstance(answer, type) else answer
    return extend_schema(request=takes, responses={status: shown, **PROBLEMS}, parameters=list(parameters), **more)


class Operation(APIView):
    """A resource. `self.may(request, action)` is who acts, or a refusal."""

    def may(self, request: Request, action: str) -> Member:
        return acting(request, action)

    def taken(self, request: Request, shape: type[S]) -> dict[str, Any]:
        """The validated body."""
        found = shape(data=request.data)
        found.is_valid(raise_exception=True)
        values: dict[str, Any] = found.validated_data
        return values

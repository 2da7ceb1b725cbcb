"""scales, tokens: what the desk knows of itself"""

from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api import desk_shapes, shapes
from annotations.api.views import Operation, operation
from annotations.errors import NotFound
from annotations.newsrooms import operations, queries


class Scales(Operation):
    @operation(shapes.ScaleOut, many=True, operation_id="scales_list")
    def get(self, request: Request) -> Response:
        """All versions of the newsroom's verdict scales."""
        member = self.may(request, "article.read")
        rows = [
            {
                **{name: getattr(scale, name) for name in ("id", "key", "version", "name", "is_current")},
                "labels": queries.labels(scale),
            }
            for scale in member.newsroom.scales.prefetch_related("labels").order_by("-is_current", "-pk")
        ]
        return Response({"results": shapes.ScaleOut(rows, many=True).data, "next": None})


class Tokens(Operation):
    @operation(desk_shapes.TokenOut, many=True, operation_id="tokens_list")
    def get(self, request: Request) -> Response:
        member = self.may(request, "token.own")
        return Response({"results": desk_shapes.TokenOut(queries.tokens_of(member), many=True).data, "next": None})

    @operation(desk_shapes.TokenMade, status=201, takes=desk_shapes.TokenIn, operation_id="tokens_issue")
    def post(self, request: Request) -> Response:
        """A key of one's own; only a signed-in browser can issue one, a token cannot breed tokens."""
        member = self.may(request, "token.own")
        token, key = operations.issue_token(member, by=member, **self.taken(request, desk_shapes.TokenIn))
        return Response({**desk_shapes.TokenOut(token).data, "key": key}, status=201)


class TokenDetail(Operation):
    @operation(None, status=204, operation_id="tokens_revoke")
    def delete(self, request: Request, token_id: int) -> Response:
        member = self.may(request, "token.own")
        token = queries.tokens_of(member).filter(pk=token_id).first()
        if token is None:
            raise NotFound("no_token", _("There is no such token."))
        operations.revoke_token(token, by=member)
        return Response(status=204)

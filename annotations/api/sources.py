"""sources: upload a document, read what is known of one"""

from drf_spectacular.utils import OpenApiParameter
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api import conventions, shapes
from annotations.api.views import PAGED, Operation, operation
from annotations.models.sources import SourceLife, SourceState
from annotations.reviews import citing
from annotations.sources import operations, queries, watching

_FILTERS = [
    OpenApiParameter("state", str, enum=SourceState.values),
    OpenApiParameter("life", str, enum=SourceLife.values),
    OpenApiParameter("host", str, description="a part of the host's name"),
    OpenApiParameter("older", int, description="days since it was kept"),
]


class Sources(Operation):
    parser_classes = [MultiPartParser]

    @operation(shapes.SourceOut, many=True, parameters=[*PAGED, *_FILTERS], operation_id="sources_list")
    def get(self, request: Request) -> Response:
        """Sources that the caller may see: their own, and of claims whose reviews are open to them. Newest first."""
        wanted = {each.name: request.query_params.get(each.name, "") for each in _FILTERS}
        found = queries.filtered(self.may(request, "source.read"), wanted)
        rows, following = conventions.by_id(request, found)
        return conventions.page(request, list(shapes.SourceOut(rows, many=True).data), following)

    @operation(shapes.SourceOut, status=201, takes=shapes.FileIn, operation_id="sources_upload")
    def post(self, request: Request) -> Response:
        """A document as a source; cite it by its id in the review's evidence."""
        member = self.may(request, "review.write")
        upload = self.taken(request, shapes.FileIn)["file"]
        source = citing.upload(
            by=member, file_name=upload.name or "", body=upload.read(), declared_type=upload.content_type or ""
        )
        return Response(shapes.SourceOut(source).data, status=201)


class SourceAttempts(Operation):
    @operation(shapes.SourceOut, status=202, operation_id="sources_retry")
    def post(self, request: Request, source_id: int) -> Response:
        """Ask for the address again, now."""
        member = self.may(request, "review.write")
        source = queries.get(member, source_id)
        operations.retry(source, by=member)
        return Response(shapes.SourceOut(queries.get(member, source_id)).data, status=202)


class SourceLifeSaid(Operation):
    @operation(shapes.SourceOut, takes=shapes.LifeIn, operation_id="sources_say")
    def put(self, request: Request, source_id: int) -> Response:
        """A person has looked: their word stays, whatever the watch finds, until it is taken back."""
        member = self.may(request, "source.manage")
        values = self.taken(request, shapes.LifeIn)
        watching.say(queries.get(member, source_id), by=member, source_life=values["life"], note=values["note"])
        return Response(shapes.SourceOut(queries.get(member, source_id)).data)

    @operation(shapes.SourceOut, operation_id="sources_unsay")
    def delete(self, request: Request, source_id: int) -> Response:
        """Take it back: the watch decides again."""
        member = self.may(request, "source.manage")
        watching.say(queries.get(member, source_id), by=member, source_life="", note="")
        return Response(shapes.SourceOut(queries.get(member, source_id)).data)


class SourceDetail(Operation):
    @operation(shapes.SourceOut, operation_id="sources_read")
    def get(self, request: Request, source_id: int) -> Response:
        """A source that the caller may see: their own, or of claims whose reviews they may see."""
        return Response(shapes.SourceOut(queries.get(self.may(request, "source.read"), source_id)).data)

"""sources: upload a document, read what is known of one"""

from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api import shapes
from annotations.api.views import Operation, operation
from annotations.reviews import citing
from annotations.sources import queries


class Sources(Operation):
    parser_classes = [MultiPartParser]

    @operation(shapes.SourceOut, status=201, takes=shapes.FileIn, operation_id="sources_upload")
    def post(self, request: Request) -> Response:
        """A document as a source; cite it by its id in the review's evidence."""
        member = self.may(request, "review.write")
        upload = self.taken(request, shapes.FileIn)["file"]
        source = citing.upload(
            by=member, file_name=upload.name or "", body=upload.read(), declared_type=upload.content_type or ""
        )
        return Response(shapes.SourceOut(source).data, status=201)


class SourceDetail(Operation):
    @operation(shapes.SourceOut, operation_id="sources_read")
    def get(self, request: Request, source_id: int) -> Response:
        """A source that the caller may see: their own, or of claims whose reviews they may see."""
        return Response(shapes.SourceOut(queries.get(self.may(request, "source.read"), source_id)).data)

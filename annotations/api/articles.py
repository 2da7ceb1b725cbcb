"""articles, articles/{id}, articles/{id}/versions/{number}, articles/{id}/claims"""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers as s
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api import claim_shapes, conventions, shapes
from annotations.api.claims import claim_out
from annotations.api.views import IF_MATCH, PAGED, Operation, operation
from annotations.articles import operations, queries
from annotations.claims import operations as claim_operations
from annotations.claims import queries as claim_queries
from annotations.claims import undoing
from annotations.errors import InvalidInput
from annotations.models import Article, Member
from annotations.reviews import queries as reviews


class Undone(s.Serializer[Any]):
    kind = s.CharField()
    claims = s.ListField(child=s.IntegerField())


class Articles(Operation):
    parser_classes = [conventions.JsonParser, MultiPartParser]

    @operation(shapes.ArticleOut, many=True, parameters=PAGED, operation_id="articles_list")
    def get(self, request: Request) -> Response:
        """All articles, newest first."""
        member = self.may(request, "article.read")
        rows, following = conventions.by_id(request, queries.in_newsroom(member).select_related("current"))
        return conventions.page(request, list(shapes.ArticleOut(rows, many=True).data), following)

    @operation(shapes.ArticleOut, status=201, takes=shapes.ArticleIn, operation_id="articles_add")
    def post(self, request: Request) -> Response:
        """Bring one in: `text`, or `url` (fetched by a worker), or a multipart `file`. 409 names the one that is there."""
        article = _add(request, self.may(request, "article.add"), self.taken(request, shapes.ArticleIn))
        return conventions.tagged(shapes.ArticleOut(article).data, article.row_version, status=201)


def _add(request: Request, member: Member, values: dict[str, Any]) -> Article:
    text, url = values.pop("text", ""), values.pop("url", "")
    details = operations.Details(**values)
    upload = request.FILES.get("file")
    if upload is not None:
        return operations.add_file(
            by=member,
            file_name=upload.name or "",
            body=upload.read(),
            declared_type=upload.content_type or "",
            details=details,
        )
    if url and not text.strip():
        return operations.add_url(by=member, url=url, details=details)
    return operations.add_text(by=member, text=text, url=url, details=details)


class ArticleDetail(Operation):
    @operation(shapes.ArticleOut, operation_id="articles_read")
    def get(self, request: Request, article_id: int) -> Response:
        article = queries.get(self.may(request, "article.read"), article_id)
        return conventions.tagged(shapes.ArticleOut(article).data, article.row_version, request)

    @operation(shapes.ArticleOut, takes=shapes.ArticleDetails, parameters=IF_MATCH, operation_id="articles_edit")
    def patch(self, request: Request, article_id: int) -> Response:
        """Correct what was detected."""
        member = self.may(request, "article.edit")
        article = operations.edit(
            queries.get(member, article_id),
            by=member,
            row_version=conventions.precondition(request),
            changes=self.taken(request, shapes.ArticleDetails),
        )
        return conventions.tagged(shapes.ArticleOut(article).data, article.row_version)


class Versions(Operation):
    @operation(shapes.VersionOut, status=201, takes=shapes.VersionIn, operation_id="versions_add")
    def post(self, request: Request, article_id: int) -> Response:
        """A new text. Claims find their place in it: anchored, moved, reworded (open again) or orphaned."""
        member = self.may(request, "article.edit")
        version = operations.revise(queries.get(member, article_id), by=member, **self.taken(request, shapes.VersionIn))
        return conventions.tagged(shapes.VersionOut(version).data, version.number, status=201)


class ArticleFetch(Operation):
    @operation(shapes.ArticleOut, status=202, operation_id="articles_refetch")
    def post(self, request: Request, article_id: int) -> Response:
        """Fetch its address again: a changed text becomes a new version."""
        member = self.may(request, "article.edit")
        operations.refetch(queries.get(member, article_id), by=member)
        article = queries.get(member, article_id)
        return conventions.tagged(shapes.ArticleOut(article).data, article.row_version, status=202)


class ArticleUndo(Operation):
    @operation(Undone, operation_id="articles_undo")
    def post(self, request: Request, article_id: int) -> Response:
        """Take back one's own last act on this claim list."""
        member = self.may(request, "claim.edit")
        change = undoing.undo(queries.get(member, article_id), by=member)
        return Response({"kind": change.kind, "claims": sorted(int(pk) for pk in change.after)})


class VersionDetail(Operation):
    @operation(shapes.VersionOut, operation_id="versions_read")
    def get(self, request: Request, article_id: int, number: int) -> Response:
        """An immutable text."""
        version = queries.version(self.may(request, "article.read"), article_id, number)
        return conventions.tagged(shapes.VersionOut(version).data, version.number, request)


class ArticleClaims(Operation):
    @operation(claim_shapes.ClaimOut, many=True, operation_id="article_claims_list")
    def get(self, request: Request, article_id: int) -> Response:
        """The article's claims in document order, or `?order=queue`."""
        member = self.may(request, "claim.read")
        article = queries.get(member, article_id)
        order = request.query_params.get("order", "document")
        if order not in ("document", "queue"):
            raise InvalidInput("bad_order", _("order is document or queue."), pointer="/order")
        rows = claim_queries.of_article(member, article, order=order)
        states = reviews.shown_states(member, rows)
        return Response({"results": [claim_out(row, states[row.pk]) for row in rows], "next": None})

    @operation(claim_shapes.ClaimOut, status=201, takes=claim_shapes.ClaimIn, operation_id="article_claims_add")
    def post(self, request: Request, article_id: int) -> Response:
        """Mark a claim in the current version."""
        member = self.may(request, "claim.edit")
        article = queries.get(member, article_id)
        claim = claim_operations.add(article, by=member, **self.taken(request, claim_shapes.ClaimIn))
        return conventions.tagged(claim_out(claim, claim.state), claim.row_version, status=201)

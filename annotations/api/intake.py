"""feeds, imports: articles that come by themselves, and many at once"""

from typing import Any

from rest_framework import serializers as s
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api import conventions
from annotations.api.shapes import FileIn
from annotations.api.views import PAGED, Operation, operation
from annotations.articles import feeds, importing
from annotations.claims.repeats import earlier
from annotations.models.intake import ImportKind, ImportState


class FeedEdit(s.Serializer[Any]):
    topic = s.CharField(required=False, allow_blank=True, max_length=120)
    every_minutes = s.IntegerField(required=False, min_value=5, max_value=10080)
    is_active = s.BooleanField(required=False)


class FeedIn(s.Serializer[Any]):
    url = s.CharField(max_length=2048)
    topic = s.CharField(required=False, allow_blank=True, max_length=120)
    every_minutes = s.IntegerField(required=False, min_value=5, max_value=10080)


class FeedOut(s.Serializer[Any]):
    id = s.IntegerField()
    url = s.CharField()
    title = s.CharField()
    topic = s.CharField()
    every_minutes = s.IntegerField()
    is_active = s.BooleanField()
    problem = s.CharField()
    checked_at = s.DateTimeField(allow_null=True)
    due_at = s.DateTimeField()
    seen = s.IntegerField()
    brought = s.IntegerField()


class ImportIn(FileIn):
    kind = s.ChoiceField(choices=ImportKind.choices, default=ImportKind.ARTICLES)


class ImportOut(s.Serializer[Any]):
    id = s.IntegerField()
    kind = s.ChoiceField(choices=ImportKind.choices)
    state = s.ChoiceField(choices=ImportState.choices)
    file_name = s.CharField()
    total = s.IntegerField()
    position = s.IntegerField()
    added = s.IntegerField()
    duplicates = s.IntegerField()
    refused = s.IntegerField()
    problems = s.JSONField()
    problem = s.CharField()
    created_at = s.DateTimeField()
    finished_at = s.DateTimeField(allow_null=True)


class Feeds(Operation):
    @operation(FeedOut, many=True, operation_id="feeds_list")
    def get(self, request: Request) -> Response:
        """Watched feeds."""
        rows = feeds.of(self.may(request, "feed.manage"))
        return Response({"results": FeedOut(rows, many=True).data, "next": None})

    @operation(FeedOut, status=201, takes=FeedIn, operation_id="feeds_add")
    def post(self, request: Request) -> Response:
        """Watch an RSS or Atom feed: its new entries become articles."""
        member = self.may(request, "feed.manage")
        feed = feeds.add(by=member, **self.taken(request, FeedIn))
        return Response(FeedOut(feeds.get(member, feed.pk)).data, status=201)


class FeedDetail(Operation):
    @operation(FeedOut, operation_id="feeds_read")
    def get(self, request: Request, feed_id: int) -> Response:
        return Response(FeedOut(feeds.get(self.may(request, "feed.manage"), feed_id)).data)

    @operation(FeedOut, takes=FeedEdit, operation_id="feeds_edit")
    def patch(self, request: Request, feed_id: int) -> Response:
        """Topic, pause, or whether it is watched."""
        member = self.may(request, "feed.manage")
        feeds.edit(feeds.get(member, feed_id), by=member, changes=self.taken(request, FeedEdit))
        return Response(FeedOut(feeds.get(member, feed_id)).data)

    @operation(None, status=204, operation_id="feeds_remove")
    def delete(self, request: Request, feed_id: int) -> Response:
        """Forget it; its articles stay."""
        member = self.may(request, "feed.manage")
        feeds.remove(feeds.get(member, feed_id), by=member)
        return Response(status=204)


class Imports(Operation):
    parser_classes = [MultiPartParser]

    @operation(ImportOut, many=True, parameters=PAGED, operation_id="imports_list")
    def get(self, request: Request) -> Response:
        """Newest first."""
        rows, following = conventions.by_id(request, importing.of(self.may(request, "article.add")))
        return conventions.page(request, list(ImportOut(rows, many=True).data), following)

    @operation(ImportOut, status=202, takes=ImportIn, operation_id="imports_add")
    def post(self, request: Request) -> Response:
        """A file of many: articles (JSONL, JSON or CSV with `text` or `url`) or earlier fact-checks (ClaimReview, CSV)."""
        member = self.may(request, "article.add")
        values = self.taken(request, ImportIn)
        upload = values["file"]
        importing.check_size(upload.size)
        made = earlier.begin(by=member, kind=values["kind"], file_name=upload.name or "", body=upload.read())
        return Response(ImportOut(made).data, status=202)


class ImportDetail(Operation):
    @operation(ImportOut, operation_id="imports_read")
    def get(self, request: Request, import_id: int) -> Response:
        """How far it is."""
        return Response(ImportOut(importing.get(self.may(request, "article.add"), import_id)).data)

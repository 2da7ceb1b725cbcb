"""What all operations share: entity tags, preconditions, cursor pages."""

import base64
import json
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.errors import InvalidInput

MOST_PER_PAGE = 200
PER_PAGE = 50


class JsonParser(JSONParser):
    """JSON that is nested beyond what can be read is the sender's mistake, no fault of ours."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError(_("The JSON is nested too deeply.")) from error


def tagged(body: Any, row_version: int, request: Request | None = None, status: int = 200) -> Response:
    """An answer with the row's entity tag; 304 when the client has it."""
    tag = f'"{row_version}"'
    if request is not None and request.method == "GET" and request.headers.get("If-None-Match") == tag:
        return Response(status=304, headers={"ETag": tag})
    return Response(body, status=status, headers={"ETag": tag})


def precondition(request: Request) -> int | None:
    """The row version in If-Match; None without one (the first write of a row)."""
    value = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    if not value or value == "*":
        return None
    if not value.isascii() or not value.isdigit() or len(value) > 18:
        raise InvalidInput("bad_etag", _("If-Match takes the ETag that came with the row."), pointer="")
    return int(value)


def limit(request: Request) -> int:
    value = request.query_params.get("limit", "")
    if not value:
        return PER_PAGE
    if not value.isascii() or not value.isdigit() or len(value) > 3 or not 1 <= int(value) <= MOST_PER_PAGE:
        raise InvalidInput("bad_limit", _("limit is a whole number from 1 to %d.") % MOST_PER_PAGE, pointer="/limit")
    return int(value)


def cursor(request: Request) -> list[Any]:
    """What `next` carried; empty at the beginning."""
    value = request.query_params.get("cursor", "")
    if not value:
        return []
    try:
        found = json.loads(base64.urlsafe_b64decode(value.encode() + b"=="))
        if not isinstance(found, list):
            raise ValueError
    except (ValueError, RecursionError) as error:
        raise InvalidInput(
            "bad_cursor", _("This cursor is not one of ours: start without one."), pointer="/cursor"
        ) from error
    return found


def page(request: Request, results: Sequence[Any], following: list[Any] | None) -> Response:
    """`results` and `next`, which stands in the Link header too; null at the end."""
    link = None
    if following is not None:
        packed = base64.urlsafe_b64encode(json.dumps(following).encode()).decode().rstrip("=")
        query = request.query_params.copy()
        query["cursor"] = packed
        link = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    headers = {"Link": f'<{link}>; rel="next"'} if link else {}
    return Response({"results": results, "next": link}, headers=headers)


def by_id(request: Request, rows: QuerySet[Any]) -> tuple[list[Any], list[Any] | None]:
    """Newest first, cut at the cursor; the rows and the cursor behind them."""
    before = cursor(request)
    if before and not isinstance(before[0], int):
        raise InvalidInput("bad_cursor", _("This cursor is not one of ours: start without one."), pointer="/cursor")
    most = limit(request)
    found = list((rows.filter(pk__lt=before[0]) if before else rows).order_by("-pk")[: most + 1])
    return found[:most], [found[most - 1].pk] if len(found) > most else None

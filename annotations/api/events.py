"""events: the log as a stream (SSE), or as JSON with an ETag when asked for that (the polling fallback)"""

from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from annotations import events
from annotations.api import desk_shapes
from annotations.api.streams import Caller, hub, line
from annotations.api.views import Operation, operation
from annotations.newsrooms import access
from annotations.reviews import hearing

_MOST = 500  # lines an answer


class Events(Operation):
    @operation(desk_shapes.EventOut, many=True, parameters=[OpenApiParameter("after", int)], operation_id="events_read")
    def get(self, request: Request) -> Response:
        """Lines behind `after` that the caller may hear of; ids and kinds, never values. Without `after`: where to start."""
        member = self.may(request, "event.read")
        cursor = _cursor(request.query_params.get("after", ""))
        if cursor is None:
            return Response({"results": [], "last": hearing.latest_id(member)})
        rows = events.after(member, cursor, limit=_MOST)
        withheld = hearing.withheld([member], rows)
        shown = [row for row in rows if (member.pk, row.pk) not in withheld]
        # The place of a line that is kept from the caller would tell that there is one; only a whole page of them is left behind.
        passed = rows if len(rows) == _MOST else shown
        last = passed[-1].pk if passed else cursor
        tag = f'"{member.pk}-{last}"'
        if not shown and request.headers.get("If-None-Match") == tag:
            return Response(status=304, headers={"ETag": tag})
        return Response({"results": [line(row) for row in shown], "last": last}, headers={"ETag": tag})


def _cursor(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None


json_events = Events.as_view()


@login_not_required  # answers 401 itself
async def events_door(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """One address, two answers: `Accept: text/event-stream` gets the stream, everything else JSON."""
    if "text/event-stream" not in request.headers.get("Accept", ""):
        answer: HttpResponse = await sync_to_async(_rendered)(request)
        return answer
    if not hasattr(request, "scope"):  # WSGI: a stream would hold one of the few threads for ever
        return HttpResponse(status=406)
    caller = await sync_to_async(_caller)(request)
    if caller is None:
        return HttpResponse(status=401)
    if hub().full(caller.member):
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    wanted = request.headers.get("Last-Event-ID", "") or request.GET.get("after", "")
    response = StreamingHttpResponse(hub().follow(caller, _cursor(wanted)), content_type="text/event-stream")
    response["Cache-Control"] = "no-cache, no-transform"
    response["X-Accel-Buffering"] = "no"
    return response


def _rendered(request: HttpRequest) -> HttpResponse:
    answer = json_events(request)
    return answer.render() if hasattr(answer, "render") else answer


def _caller(request: HttpRequest) -> Caller | None:
    """A stream is opened by our own pages: the session decides, and is asked again while the stream lives."""
    try:
        user = request.user
        if not user.is_authenticated:
            return None
        slug = request.GET.get("newsroom", "")
        rooms = access.newsrooms_of(user)
        chosen = slug or (rooms[0].slug if len(rooms) == 1 else "")
        if not any(room.slug == chosen for room in rooms):
            return None
        member = access.membership(user, chosen)
        if not access.may(member, "event.read"):
            return None
        return Caller(member, request.session.session_key or "", user.get_session_auth_hash())
    finally:
        connection.close()  # else the request's thread would hold it for as long as the stream is open

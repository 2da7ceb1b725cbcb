"""events: the log as a stream (SSE), or as JSON with an ETag when asked for that (the polling fallback)"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from annotations import events
from annotations.api import desk_shapes
from annotations.api.views import Operation, operation
from annotations.models import Event, Member
from annotations.newsrooms import access

T = TypeVar("T")
RETRY_MS = 3000
COMMENT_SECONDS = 15


class Events(Operation):
    @operation(desk_shapes.EventOut, many=True, parameters=[OpenApiParameter("after", int)], operation_id="events_read")
    def get(self, request: Request) -> Response:
        """Lines behind `after` that the caller may hear of; ids and kinds, never values. Without `after`: where to start."""
        member = self.may(request, "event.read")
        cursor = _cursor(request.query_params.get("after", ""))
        if cursor is None:
            return Response({"results": [], "last": events.latest_id(member.newsroom)})
        rows = events.after(member, cursor)
        last = rows[-1].pk if rows else cursor
        tag = f'"{member.pk}-{last}"'
        if not rows and request.headers.get("If-None-Match") == tag:
            return Response(status=304, headers={"ETag": tag})
        return Response({"results": [line(row) for row in rows], "last": last}, headers={"ETag": tag})


def line(event: Event) -> dict[str, Any]:
    return {
        "id": event.pk,
        "kind": event.kind,
        "subject": event.subject,
        "subject_id": event.subject_id,
        "article_id": event.article_ref,
        "claim_id": event.claim_ref,
        "at": event.at.isoformat(),
    }


def _cursor(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None


json_events = Events.as_view()


@login_not_required  # answers 401 itself
async def events_door(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """One address, two answers: `Accept: text/event-stream` gets the stream, everything else JSON."""
    if "text/event-stream" not in request.headers.get("Accept", ""):
        answer: HttpResponse = await sync_to_async(_rendered)(request)
        return answer
    member = await sync_to_async(_member)(request)
    if member is None:
        return HttpResponse(status=401)
    wanted = request.headers.get("Last-Event-ID", "") or request.GET.get("after", "")
    response = StreamingHttpResponse(_stream(request, member, _cursor(wanted)), content_type="text/event-stream")
    response["Cache-Control"] = "no-cache, no-transform"
    response["X-Accel-Buffering"] = "no"
    return response


def _rendered(request: HttpRequest) -> HttpResponse:
    answer = json_events(request)
    return answer.render() if hasattr(answer, "render") else answer


def _member(request: HttpRequest) -> Member | None:
    """A stream is opened by our own pages: the session decides, and is asked again while the stream lives."""
    user = request.user
    if not user.is_authenticated:
        return None
    slug = request.GET.get("newsroom", "")
    rooms = access.newsrooms_of(user)
    chosen = slug or (rooms[0].slug if len(rooms) == 1 else "")
    if not any(room.slug == chosen for room in rooms):
        return None
    return access.membership(user, chosen)


def _still_in(request: HttpRequest, member: Member) -> bool:
    signed_in = request.session.exists(request.session.session_key or "")
    return signed_in and Member.objects.filter(pk=member.pk, is_active=True, user__is_active=True).exists()


async def _ask(question: Callable[..., T], *given: Any) -> T:
    """A short question to the database; the connection goes back at once, as hundreds of streams share a few."""

    def asked() -> T:
        try:
            return question(*given)
        finally:
            connection.close()

    return await sync_to_async(asked)()


async def _stream(request: HttpRequest, member: Member, cursor: int | None) -> AsyncIterator[bytes]:
    """Polls the log: the table is the truth, so a broken stream resumes without loss from its Last-Event-ID."""
    after = cursor if cursor is not None else await _ask(events.latest_id, member.newsroom)
    yield f"retry: {RETRY_MS}\nid: {after}\n\n".encode()
    quiet = 0.0
    while True:
        rows = await _ask(events.after, member, after)
        for row in rows:
            after = row.pk
            yield f"id: {row.pk}\nevent: change\ndata: {json.dumps(line(row))}\n\n".encode()
        await asyncio.sleep(settings.EVENTS_POLL_SECONDS)
        quiet += settings.EVENTS_POLL_SECONDS
        if quiet >= COMMENT_SECONDS:
            quiet = 0.0
            if not await _ask(_still_in, request, member):
                return
            yield b": here\n\n"

"""Request ids in every log line; pages travel compressed; what a person or a token was shown is no cache's to give away."""

import time
import uuid
from collections.abc import Callable

import structlog
from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.decorators import sync_and_async_middleware
from django.utils.deprecation import MiddlewareMixin

log = structlog.get_logger("factcheck.request")
QUIET = ("/healthz", "/readyz")  # asked every few seconds by probes


@sync_and_async_middleware
def RequestLogMiddleware(get_response: Callable[..., object]) -> Callable[..., object]:
    """Binds a request id, answers it as `X-Request-ID`, logs one line a request (never the body or the query)."""

    def begin(request: HttpRequest) -> float:
        structlog.contextvars.clear_contextvars()
        request.request_id = uuid.uuid4().hex[:16]  # type: ignore[attr-defined]
        structlog.contextvars.bind_contextvars(request_id=request.request_id)  # type: ignore[attr-defined]
        return time.monotonic()

    def end(request: HttpRequest, response: HttpResponse, started: float) -> HttpResponse:
        response["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        if request.path in QUIET:
            return response
        log.info(
            "request",
            method=request.method,
            path=request.path,
            status=response.status_code,
            ms=round((time.monotonic() - started) * 1000),
        )
        return response

    if iscoroutinefunction(get_response):

        async def middleware(request: HttpRequest) -> HttpResponse:
            started = begin(request)
            return end(request, await get_response(request), started)

    else:

        def middleware(request: HttpRequest) -> HttpResponse:  # type: ignore[misc]
            started = begin(request)
            return end(request, get_response(request), started)  # type: ignore[arg-type]

    return middleware


class CompressMiddleware(GZipMiddleware):
    """Pages travel compressed (with Django's random padding against BREACH); a stream is never held back for it."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming:
            return response
        answer: HttpResponseBase = super().process_response(request, response)
        return answer


class NulMiddleware(MiddlewareMixin):
    """No address of ours holds U+0000, and PostgreSQL refuses to look for it."""

    def process_request(self, request: HttpRequest) -> None:
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("U+0000")


class PrivateMiddleware(MiddlewareMixin):
    """Answers to a signed-in browser or a token are theirs alone, and are asked for again. Not `no-store`, which would take
    away from the browser's way back what was typed; a file is stored where its reader puts it, nowhere else."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        known = settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
        if known and not response.has_header("Cache-Control"):
            is_file = response.headers.get("Content-Disposition", "").startswith("attachment")
            response.headers["Cache-Control"] = "private, no-store" if is_file else "private, no-cache"
        return response

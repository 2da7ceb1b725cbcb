"""Request ids in every log line; pages travel compressed."""

import time
import uuid
from collections.abc import Callable

import structlog
from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.decorators import sync_and_async_middleware

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

"""Errors as RFC 9457 problem documents with a stable `code` and JSON pointers."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import defaults
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.serializers import ValidationError

from annotations.errors import FactcheckError, InvalidFields

MEDIA_TYPE = "application/problem+json"
_TITLES = {
    400: gettext_lazy("Bad request"),
    401: gettext_lazy("Sign-in needed"),
    403: gettext_lazy("Not allowed"),
    404: gettext_lazy("Not found"),
    405: gettext_lazy("Method not allowed"),
    406: gettext_lazy("Not acceptable"),
    409: gettext_lazy("Conflict"),
    412: gettext_lazy("Changed in the meantime"),
    413: gettext_lazy("Too large"),
    415: gettext_lazy("Unsupported media type"),
    422: gettext_lazy("Not valid"),
    429: gettext_lazy("Too many requests"),
}


def handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. Anything unforeseen stays a 500 with its trace in the log."""
    request = context["request"]
    if isinstance(error, FactcheckError):
        return _answer(error.status, error.code, str(error.message), request.path, _errors(error), error.details)
    if isinstance(error, Http404):
        return _answer(404, "not_found", _("There is nothing at this address."), request.path)
    if isinstance(error, PermissionDenied):
        return _answer(403, "forbidden", str(error) or _("Not allowed."), request.path)
    if isinstance(error, ValidationError):
        return _answer(422, "invalid", _("Some fields are not valid."), request.path, _walk(error.detail, ""))
    if isinstance(error, exceptions.APIException):
        codes = error.get_codes()
        code = codes if isinstance(codes, str) else "invalid"
        answer = _answer(error.status_code, code, str(error.detail), request.path)
        wait = getattr(error, "wait", None)
        if wait:
            answer["Retry-After"] = str(round(wait))
        header = getattr(error, "auth_header", None)
        if header:
            answer["WWW-Authenticate"] = header
        return answer
    return None


def _answer(
    status: int,
    code: str,
    detail: str,
    path: str,
    errors: list[dict[str, str]] | None = None,
    more: dict[str, Any] | None = None,
) -> Response:
    body = {
        "type": f"urn:factcheck:problem:{code}",
        "title": str(_TITLES.get(status, _("Error"))),
        "status": status,
        "code": code,
        "detail": sent(detail),
        "instance": path,
    }
    if errors:
        body["errors"] = errors
    if more:
        body |= {name: value for name, value in more.items() if name not in body}
    return Response(body, status=status, content_type=MEDIA_TYPE)


def _errors(error: FactcheckError) -> list[dict[str, str]]:
    if isinstance(error, InvalidFields):
        return [{"pointer": item.pointer, "code": item.code, "detail": str(item.message)} for item in error.problems]
    return [{"pointer": error.pointer, "code": error.code, "detail": str(error.message)}] if error.pointer else []


def _walk(detail: Any, pointer: str) -> list[dict[str, str]]:
    if isinstance(detail, dict):
        return [row for name, inner in detail.items() for row in _walk(inner, _join(pointer, name))]
    if isinstance(detail, list):
        return [
            row
            for place, inner in enumerate(detail)
            for row in _walk(inner, f"{pointer}/{place}" if isinstance(inner, dict) else pointer)
        ]
    return [{"pointer": sent(pointer), "code": getattr(detail, "code", "invalid"), "detail": sent(str(detail))}]


def sent(text: str) -> str:
    """As it can be sent: half of a surrogate pair, which JSON can hold and UTF-8 cannot, comes back in what was refused."""
    return text.encode("utf-8", "replace").decode()


def _join(pointer: str, name: str) -> str:
    return pointer if name == "non_field_errors" else f"{pointer}/{name}"


def server_error(request: Any) -> HttpResponse:
    """What nobody foresaw: a problem document under the API, the plain page elsewhere. The trace is in the log."""
    if not request.path.startswith("/api/"):
        return defaults.server_error(request)
    body = {
        "type": "urn:factcheck:problem:server_error",
        "title": _("Error"),
        "status": 500,
        "code": "server_error",
        "detail": _("Something went wrong on our side. Nothing that was saved is lost."),
        "instance": request.path,
    }
    return JsonResponse(body, status=500, content_type=MEDIA_TYPE)


def not_found(request: Any, exception: Exception | None = None) -> JsonResponse:
    """For addresses under the API that no view answers."""
    body = {
        "type": "urn:factcheck:problem:not_found",
        "title": str(_TITLES[404]),
        "status": 404,
        "code": "not_found",
        "detail": _("There is nothing at this address."),
        "instance": request.path,
    }
    return JsonResponse(body, status=404, content_type=MEDIA_TYPE)

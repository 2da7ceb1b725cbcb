"""Who calls: a token's member, or the signed-in browser's; and what the token's scopes leave of the member's role."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from annotations.errors import NotAllowed
from annotations.models import ApiToken, Member, User
from annotations.newsrooms import access
from annotations.newsrooms.queries import member_by_token


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer fct_…`"""

    keyword = "Bearer"

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _space, key = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        found = member_by_token(key.strip())
        if found is None:
            raise AuthenticationFailed(
                _("This token is not valid: it is mistyped, expired or revoked."), code="bad_token"
            )
        member, token = found
        member_of(request, member)
        return member.user, token

    def authenticate_header(self, request: Request) -> str:
        return self.keyword


class BrowserAuthentication(SessionAuthentication):
    """The session of our own pages, with its CSRF token. `X-Newsroom` says which newsroom, where there are several."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        found = super().authenticate(request)
        if found is None:
            return None
        user = found[0]
        slug = request.headers.get("X-Newsroom", "") or request.GET.get("newsroom", "")
        rooms = access.newsrooms_of(user)
        if not slug and len(rooms) == 1:
            slug = rooms[0].slug
        if any(room.slug == slug for room in rooms):
            member_of(request, access.membership(user, slug))
        return user, None


def member_of(request: Request | HttpRequest, member: Member) -> None:
    """Remember on the underlying request who acts."""
    underlying: Any = getattr(request, "_request", request)
    underlying.member = member


class IsMember(BasePermission):
    """Deny by default: no member, no answer."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(getattr(request._request, "member", None), Member)


def acting(request: Request, action: str) -> Member:
    """The member, when role and token scopes both allow `action`; else NotAllowed."""
    member: Member = getattr(request._request, "member")  # noqa: B009  IsMember has seen to it
    if isinstance(request.auth, ApiToken) and not any(
        action in access.SCOPES.get(scope, frozenset()) for scope in request.auth.scopes
    ):
        raise NotAllowed(
            "scope", _("The token's scopes do not allow this. Issue one with the scope that does."), action=action
        )
    return access.require(member, action)


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the OpenAPI document says it."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


class BrowserScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = BrowserAuthentication
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}

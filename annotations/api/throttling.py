"""So many requests a minute for each token or signed-in member."""

from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from annotations.models import ApiToken


class MemberThrottle(SimpleRateThrottle):
    scope = "member"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        member = getattr(request._request, "member", None)
        if member is None:
            return None
        ident = f"token-{request.auth.pk}" if isinstance(request.auth, ApiToken) else f"member-{member.pk}"
        return self.cache_format % {"scope": self.scope, "ident": ident}

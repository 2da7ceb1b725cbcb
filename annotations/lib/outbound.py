"""The one way out of the house: the guarded fetcher, set up from the settings. Workers use it; the web process never."""

from urllib.parse import urlsplit

from django.conf import settings

from annotations.lib.fetching.addresses import parse_allowed
from annotations.lib.fetching.client import GuardedFetcher, Policy


def policy() -> Policy:
    """Own host names are refused, so that we never fetch ourselves in a loop; intranet ranges only when set."""
    own = {urlsplit(settings.PUBLIC_URL).hostname or "", *settings.ALLOWED_HOSTS}
    return Policy(
        user_agent=settings.SOURCES_USER_AGENT,
        allowed=parse_allowed(settings.SOURCES_ALLOWED_RANGES),
        own_hosts=frozenset(host.strip("[]").lstrip(".").lower() for host in own if host and host != "*"),
    )


def fetcher() -> GuardedFetcher:
    return GuardedFetcher(policy())

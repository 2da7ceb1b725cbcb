"""The one way out of the house: the guarded fetcher, set up from the settings. Workers use it; the web process never."""

from functools import lru_cache
from importlib import import_module
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from annotations.lib.fetching.addresses import parse_allowed
from annotations.lib.fetching.client import GuardedFetcher, Policy
from annotations.lib.fetching.proxying import Proxy
from annotations.lib.fetching.urls import own_host, parse_names


def policy() -> Policy:
    """Own host names are refused, so that we never fetch ourselves in a loop; intranet ranges only when set."""
    own = {urlsplit(settings.PUBLIC_URL).hostname or "", *settings.ALLOWED_HOSTS}
    return Policy(
        user_agent=settings.SOURCES_USER_AGENT,
        allowed=parse_allowed(settings.SOURCES_ALLOWED_RANGES),
        allowed_hosts=parse_names(settings.SOURCES_ALLOWED_HOSTS),
        own_hosts=frozenset(own_host(host) for host in own if host and host != "*"),
    )


def fetcher() -> GuardedFetcher:
    return _made(policy(), settings.FETCH_PROXY, settings.SOURCES_TEST_NETWORK)


@lru_cache(maxsize=4)
def _made(given: Policy, proxy: Proxy | None, network: str) -> GuardedFetcher:
    """One for each process: reading the certificates of the system's authorities costs more than a page."""
    if not network:
        return GuardedFetcher(given, proxy=proxy)
    if not settings.SETTINGS_MODULE.startswith("tests."):
        raise ImproperlyConfigured(
            "SOURCES_TEST_NETWORK takes names away from the guard: for the settings of tests alone"
        )
    test = import_module(network)
    return GuardedFetcher(given, proxy=proxy, resolver=test.resolver, dial_map=test.dial)

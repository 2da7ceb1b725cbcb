"""How a host is treated: one request at a time with a pause between, and left alone while it gives no answer."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings

from annotations import lanes
from annotations.lib import outbound
from annotations.lib.backoff import LONGEST_WISH
from annotations.lib.fetching.client import FetchResult
from annotations.lib.fetching.urls import UrlRefused, check_url

_SILENT = frozenset({"dns_failure", "connect_failed", "timeout", "reset"})


def lane(url: str) -> str:
    """The lane (annotations/lanes.py) of an address: its host as it is asked for in the DNS."""
    try:
        return check_url(url, outbound.policy()).host
    except UrlRefused:
        return urlsplit(url).hostname or ""  # it is not going to be asked


def heard(host: str, result: FetchResult) -> datetime | None:
    """Note how the host behaved; until when nobody asks it, None while it answers."""
    busy = result.outcome == "http_error" and (
        result.status == 429 or (result.status == 503 and result.retry_after is not None)
    )
    if not busy and result.outcome not in _SILENT:
        lanes.answered(host)
        return None
    wish = min(result.retry_after or 0.0, LONGEST_WISH.total_seconds())
    return lanes.strike(host, pause=settings.SOURCES_HOST_PAUSE, at_least=wish)

"""What a site asks of robots. It counts for the periodic watch; a reviewer's click is a person's request."""

from urllib.parse import urlsplit

from django.core.cache import cache
from protego import Protego

from annotations.lib import outbound

_DAY = 86_400
_LARGEST = 500_000  # bytes that are read, as RFC 9309 wants at least


def allows(url: str, *, agent: str) -> bool:
    """Whether robots.txt of the address's host lets us. Nobody there, or no such file: it does (RFC 9309, 2.3.1.3)."""
    parts = urlsplit(url)
    key = f"robots:{parts.scheme}://{parts.netloc.lower()}"[:240]
    text = cache.get(key)
    if text is None:
        result = outbound.fetcher().fetch(f"{parts.scheme}://{parts.netloc}/robots.txt")
        text = result.body[:_LARGEST].decode("utf-8", "replace") if result.outcome == "ok" else ""
        cache.set(key, text, _DAY)
    return not text or bool(Protego.parse(text).can_fetch(url, agent))

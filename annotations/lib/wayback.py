"""The Wayback Machine's two doors, as they are written down: which copies there are, and Save Page Now 2. Pure.

What it answers is read strictly: of all that may stand in it only moments, a job's name and error codes are taken over;
addresses of copies are made here.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urldefrag, urlencode, urlsplit

from annotations.lib.fetching.sending import Reply, Secret

MOST_ANSWER = 500_000  # bytes
FRESH = timedelta(hours=24)  # a copy younger than this is enough
# Save Page Now's own words (status_ext, without "error:").
_REFUSED = frozenset({"blocked", "blocked-url", "blocked-client-ip", "no-access", "unauthorized", "method-not-allowed"})
_TOO_MANY = frozenset({"too-many-daily-captures"})
_LATER = frozenset(
    {
        "bad-gateway",
        "bandwidth-limit-exceeded",
        "browsing-timeout",
        "capture-location-error",
        "celery",
        "gateway-timeout",
        "internal-server-error",
        "job-failed",
        "no-browsers-available",
        "proxy-error",
        "read-timeout",
        "service-unavailable",
        "soft-time-limit-exceeded",
        "too-many-requests",
        "user-session-limit",
    }
)


@dataclass(frozen=True, slots=True)
class Archive:
    """Where it stands, and the key it knows us by ("access:secret", "" for none)."""

    base: str
    key: str = field(default="", repr=False)

    @property
    def host(self) -> str:
        return urlsplit(self.base).hostname or ""

    @property
    def secret(self) -> Secret | None:
        """The header for its own origin alone."""
        return Secret(self.base, "Authorization", f"LOW {self.key}") if self.key else None

    def availability(self, url: str, now: datetime) -> str:
        """The address that says which copy is nearest to now. The public one stands on a host of its own."""
        base = "https://archive.org" if self.host == "web.archive.org" else self.base
        return f"{base}/wayback/available?{urlencode({'url': plain(url), 'timestamp': f'{now:%Y%m%d%H%M%S}'})}"

    def save(self) -> str:
        return f"{self.base}/save"

    def status(self, job: str) -> str:
        return f"{self.base}/save/status/{quote(job, safe='')}"

    def timemap(self, url: str) -> str:
        return f"{self.base}/web/timemap/link/{plain(url)}"

    def copy(self, url: str, at: datetime) -> str:
        """Where the copy of this moment is read."""
        return f"{self.base}/web/{at:%Y%m%d%H%M%S}/{plain(url)}"


@dataclass(frozen=True, slots=True)
class Word:
    """What an answer says. `kind`: kept (`at`: the copy's moment), pending (`job`: its name there), again (ask anew later),
    refused, too_many or unavailable; `problem`: the archive's own code."""

    kind: str
    at: datetime | None = None
    job: str = ""
    problem: str = ""


def plain(url: str) -> str:
    """The address without its fragment, which never leaves a browser."""
    return urldefrag(url).url


def form(url: str) -> bytes:
    """The body of a request to keep a copy; none is made when there is a fresh one, so asking twice is harmless."""
    return urlencode({"url": plain(url), "if_not_archived_within": "24h", "skip_first_archive": "1"}).encode()


def closest(reply: Reply, now: datetime) -> datetime | None:
    """The moment of a fresh copy that shows a page, None when there is none or the answer says nothing."""
    found: Any = _json(reply)
    for name in ("archived_snapshots", "closest"):
        found = found.get(name) if isinstance(found, dict) else None
    if (
        not isinstance(found, dict)
        or found.get("available") is not True
        or not str(found.get("status", "")).startswith("2")
    ):
        return None
    at = moment(found.get("timestamp"))
    return at if at is not None and now - at < FRESH else None


def asked(reply: Reply) -> Word:
    """What the answer to a request for a copy says."""
    found = _json(reply)
    if found.get("status_ext") or found.get("status") == "error":
        return _error(found)
    job = found.get("job_id")
    if reply.outcome == "ok" and isinstance(job, str) and re.fullmatch(r"[A-Za-z0-9_.-]{1,100}", job):
        return Word("pending", job=job)
    # Without a job there was a copy a moment ago; the next question finds it.
    return Word("again", problem="no-job") if reply.outcome == "ok" and found else _http(reply)


def progressed(reply: Reply) -> Word:
    """What the answer to a question after a job says."""
    found = _json(reply)
    state = found.get("status")
    if reply.outcome == "ok" and state == "success":
        at = moment(found.get("timestamp"))
        return Word("kept", at=at) if at is not None else Word("unavailable", problem="no-moment")
    if reply.outcome == "ok" and state == "pending":
        return Word("pending")
    return _error(found) if found.get("status_ext") or state == "error" else _http(reply)


def moment(stamp: object) -> datetime | None:
    """`"20240131235959"` in UTC; None for anything else."""
    if not isinstance(stamp, str) or not re.fullmatch(r"[0-9]{14}", stamp):
        return None
    try:
        return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _error(found: dict[str, Any]) -> Word:
    code = str(found.get("status_ext") or "").removeprefix("error:")
    code = code if re.fullmatch(r"[a-z0-9-]{1,50}", code) else "unknown"
    kind = "refused" if code in _REFUSED else "too_many" if code in _TOO_MANY else "again" if code in _LATER else ""
    return Word(kind or "unavailable", problem=code)


def _http(reply: Reply) -> Word:
    if reply.kind == "retry":
        return Word("again", problem=f"http-{reply.status}" if reply.status else reply.outcome)
    if reply.status in (401, 403, 451):
        return Word("refused", problem=f"http-{reply.status}")
    return Word("unavailable", problem=f"http-{reply.status}" if reply.outcome == "http_error" else reply.outcome)


def _json(reply: Reply) -> dict[str, Any]:
    try:
        found = json.loads(reply.body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}

"""How a cited source lives on after it was kept: what one check of it means, and when to look again. Pure.

Dead only after failing checks that lie three days apart, and how many depends on the failure; a wall is no death; the pauses
between checks grow with age. After Wikipedia's InternetArchiveBot, which learned these numbers on millions of links.
"""

import random
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from annotations.lib.folding import fold_text

APART = timedelta(days=3)  # failing checks closer together count once
PAUSES = (timedelta(days=7), timedelta(days=14), timedelta(days=30))  # while it answers, by the number of good checks
DEAD_PAUSE = timedelta(days=30)  # the dead may rise
FARTHEST = timedelta(days=60)  # no look is ever planned farther off
WALL_PAUSE = timedelta(days=30)
FAILURES = {"gone": 2, "missing": 3, "no_name": 3, "unsure": 5}  # counted failures until it is dead
SOFT_404 = 0.2  # likeness to the copy below which an error page in disguise is believed
_GONE = re.compile(r"(?:^|/)(?:404|not[-_]?found|error[-_]?404|page[-_]?not[-_]?found)(?:\.\w+)?/?$", re.IGNORECASE)
_TITLES = re.compile(
    r"\b404\b|page not found|not found$|الصفحة غير موجودة|страница не найдена|página no encontrada|seite nicht gefunden|page introuvable|पृष्ठ नहीं मिला|页面不存在|找不到页面",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known: `life` as in SourceLife, counted `failures`, good checks in a row, the moment of the last counted failure."""

    life: str = "unknown"
    failures: int = 0
    good: int = 0
    failed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """How one check went: `kind` is "alive", "moved", "wall", a failure of FAILURES, or "ours": it was not the host's doing."""

    kind: str


@dataclass(frozen=True, slots=True)
class Outcome:
    standing: Standing
    again_in: timedelta


def after(standing: Standing, check: Check, *, now: datetime) -> Outcome:
    """The standing after this check, and the pause until the next (without jitter)."""
    if check.kind in ("alive", "moved"):
        good = standing.good + 1
        return Outcome(Standing(check.kind, 0, good, None), PAUSES[min(good, len(PAUSES)) - 1])
    if check.kind == "wall":
        return Outcome(Standing("restricted", 0, 0, None), WALL_PAUSE)
    if standing.life == "dead":
        return Outcome(standing, DEAD_PAUSE)
    if standing.failed_at is not None and now - standing.failed_at < APART:
        return Outcome(standing, APART - (now - standing.failed_at))
    failures = standing.failures + 1
    if failures >= FAILURES[check.kind]:
        return Outcome(Standing("dead", failures, 0, now), DEAD_PAUSE)
    return Outcome(Standing("suspect", failures, 0, now), APART)


def jittered(pause: timedelta) -> timedelta:
    """Up to a tenth longer, so that what was cited together is not asked for together for ever."""
    return pause * (1 + random.uniform(0, 0.1))  # noqa: S311  # jitter, not a secret


def judge(outcome: str, status: int | None, *, permanent_redirect: bool) -> Check:
    """The check's kind from how the fetch went (FetchResult.outcome and status). Alike for every caller."""
    if outcome in ("ok", "not_modified"):
        return Check("moved" if permanent_redirect else "alive")
    if status in (401, 402, 403, 407, 429, 440, 449, 451, 999):
        return Check("wall")
    if status == 410:
        return Check("gone")
    if status == 404:
        return Check("missing")
    if outcome == "dns_nxdomain":
        return Check("no_name")
    if outcome.startswith("proxy_"):
        return Check("ours")
    return Check("unsure")


def is_soft_404(*, submitted: str, final_url: str, title: str, likeness: float) -> bool:
    """An error page that answers 200: it stands at the site's root or at a "not found" address, or says so, and is unlike the copy."""
    if likeness >= SOFT_404:
        return False
    path = urlsplit(final_url).path
    led_home = path in ("", "/") and urlsplit(submitted).path not in ("", "/")
    return (
        led_home
        or _GONE.search(path) is not None
        or _TITLES.search(fold_text(title)) is not None
        or _TITLES.search(title) is not None
    )


def brake(failing_hosts: int, hosts: int) -> bool:
    """So many hosts fail at once that the fault is ours: nothing is counted."""
    return hosts >= 5 and failing_hosts > 0.3 * hosts

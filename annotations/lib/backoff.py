"""When to try again after a passing fault (reference: five tries over about sixteen hours)."""

import random
from datetime import timedelta

STEPS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=3),
    timedelta(hours=12),
)
LONGEST_WISH = timedelta(hours=24)  # a server's Retry-After is honoured up to here


def next_try(retries: int, *, retry_after: float | None = None) -> timedelta | None:
    """The pause before try number `retries + 1`, with 20 % jitter; None when the tries are used up.

    `retry_after`: seconds that the server asked for.
    """
    if retries >= len(STEPS):
        return None
    pause = STEPS[retries] * (1 + random.uniform(0, 0.2))  # noqa: S311  jitter, not a secret
    if retry_after is not None:
        pause = max(pause, min(timedelta(seconds=retry_after), LONGEST_WISH))
    return pause

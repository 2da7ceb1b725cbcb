"""A piece of evidence as people see it: states in words, what was found, and where it differs."""

from typing import Any

from annotations.lib.differences import by_words
from annotations.lib.problems import words
from annotations.models import Evidence
from annotations.models.reviews import QuoteState
from annotations.models.sources import SourceState
from annotations.sources.checking import page_of
from annotations.sources.copies import unread
from annotations.sources.queries import STOPPED, last_check

_GOOD = (QuoteState.EXACT, QuoteState.NORMALISED)
_FAIR = (QuoteState.NEAR, QuoteState.LOOSE)
_BAD = (QuoteState.ALTERED, QuoteState.NOT_FOUND, QuoteState.LOST)
_CONTEXT = 120  # characters around a passage


def tone(state: str) -> str:
    """good, fair, bad or quiet: for the colour beside the word."""
    return "good" if state in _GOOD else "fair" if state in _FAIR else "bad" if state in _BAD else "quiet"


def describe(evidence: Evidence) -> dict[str, Any]:
    """The evidence with its source's and its quote's state. Until its own check is in, nothing tells whether the
    source was there before (blindness: "already fetched" is a colleague's trace)."""
    source = evidence.source
    pending = evidence.quote_state == QuoteState.PENDING
    stopped = source.state in STOPPED
    waiting = pending and not stopped
    state = SourceState.FETCHING if waiting else SourceState(source.state)
    found: dict[str, Any] = {
        "evidence": evidence,
        "source": source,
        "state": str(state),
        "state_label": state.label,
        "state_tone": "quiet" if waiting else "good" if source.state == SourceState.READY else "bad",
        "problem": words(source.problem) if source.problem and stopped else "",
        "quote_state": evidence.quote_state,
        "quote_label": QuoteState(evidence.quote_state).label,
        "quote_tone": tone(evidence.quote_state),
        "readable": not pending and source.latest_id is not None,
    }
    if not pending and source.state == SourceState.READY and source.problem and source.latest is not None:
        found["problem"] = unread(source.latest)  # kept, but there is nothing to look a quote up in
    check = None if pending else last_check(evidence)
    if check is not None and check.start is not None and check.end is not None:
        text = check.capture.full_text
        found |= {
            "before": text[max(0, check.start - _CONTEXT) : check.start],
            "matched": check.matched,
            "page": page_of(check),
            "after": text[check.end : check.end + _CONTEXT],
            "diff": by_words(evidence.quote, check.matched) if evidence.quote_state not in _GOOD else [],
        }
    return found

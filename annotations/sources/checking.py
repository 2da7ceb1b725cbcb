"""The job that looks for a cited quote in what was kept of its source."""

from bisect import bisect_right

from django.db import transaction

from annotations import events, jobs
from annotations.articles.text import digest
from annotations.models import Capture, Evidence, QuoteCheck
from annotations.models.reviews import QuoteState
from annotations.models.sources import SourceState
from annotations.sources import quotes

_NEWS = {"looked_at": None, "looked_by": None}
FOUND = (QuoteState.EXACT, QuoteState.NORMALISED, QuoteState.NEAR)
_OVER = (SourceState.NEEDS_COPY, SourceState.BLOCKED, SourceState.FAILED)


def check(evidence_id: int, lease: jobs.Lease) -> None:
    """Check the evidence's quote against the latest capture; nothing to do while the source is still on its way."""
    evidence = Evidence.objects.select_related("source__latest", "review__reviewer").filter(pk=evidence_id).first()
    if evidence is None:
        return
    source = evidence.source
    capture = source.latest
    if source.state in _OVER or (source.state == SourceState.READY and not evidence.quote.strip()):
        _write(evidence, lease, QuoteState.UNVERIFIABLE, None)
    elif source.state == SourceState.READY and capture is not None:
        found = quotes.check_quote(
            evidence.quote,
            full_text=capture.full_text,
            main_text=capture.main_text or None,
            language=capture.language or "und",
        )
        with transaction.atomic():
            jobs.hold(lease)
            QuoteCheck.objects.get_or_create(
                evidence=evidence,
                capture=capture,
                quote_digest=digest(evidence.quote),
                matcher=found.version,
                defaults={
                    "state": found.state,
                    "method": found.method,
                    "score": found.score,
                    "start": found.start,
                    "end": found.end,
                    "matched": found.matched,
                    "note": found.note,
                },
            )
        state = found.state
        if state == QuoteState.NOT_FOUND and _stood_before(evidence, capture):
            state = QuoteState.LOST
        _write(evidence, lease, state, found.score)


def page_of(check: QuoteCheck) -> int | None:
    """The page, from 1, on which the passage begins; None where it was not found or the copy has no pages."""
    starts = check.capture.pages
    return bisect_right(starts, check.start) or 1 if starts and check.start is not None else None


def _stood_before(evidence: Evidence, capture: Capture) -> bool:
    """These words were found in an earlier copy of the source."""
    return (
        QuoteCheck.objects.filter(evidence=evidence, quote_digest=digest(evidence.quote), state__in=FOUND)
        .exclude(capture=capture)
        .exists()
    )


def _write(evidence: Evidence, lease: jobs.Lease, state: str, score: float | None) -> None:
    with transaction.atomic():
        jobs.hold(lease)
        # Only for the words that were looked for: a quote edited meanwhile has a check of its own coming.
        written = Evidence.objects.filter(pk=evidence.pk, quote=evidence.quote).update(
            quote_state=state, quote_score=score, **({} if state == evidence.quote_state else _NEWS)
        )
        if written and state != evidence.quote_state:
            events.record(
                "quote.checked",
                newsroom_id=evidence.review.newsroom_id,
                by=None,
                subject="evidence",
                subject_id=evidence.pk,
                claim_id=evidence.review.claim_id,
                old={"state": evidence.quote_state},
                new={"state": str(state)},
                to=evidence.review.reviewer.user_id,
            )


def bury(evidence_id: int, code: str) -> None:
    """The check could not be made."""
    Evidence.objects.filter(pk=evidence_id, quote_state=QuoteState.PENDING).update(quote_state=QuoteState.UNVERIFIABLE)

"""The watch: cited sources are looked at again, ever less often; what that means is decided in life.py."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from rapidfuzz.distance import Indel

from annotations import events, jobs
from annotations.articles import politeness
from annotations.errors import InvalidInput
from annotations.lib import blobs, outbound, robots
from annotations.lib.fetching.child import shared_parser
from annotations.lib.fetching.client import FetchResult
from annotations.lib.fetching.documents import ParsedDocument, ParseFailure
from annotations.models import Capture, Evidence, FetchAttempt, Member, Source
from annotations.models.events import Audience
from annotations.models.sources import AttemptPurpose, CaptureOrigin, SourceKind, SourceLife
from annotations.newsrooms.access import require
from annotations.sources import life, mementos, renewing
from annotations.sources.operations import columns_of, note_attempt, owe_checks

_A_SWEEP = 200
_COMPARED = 30_000  # words of a text that are compared
_AFTER_BRAKE = timedelta(hours=6)


def owe_due() -> int:
    """Beat's part: promise a look at every cited source whose time has come."""
    now = timezone.now()
    Source.objects.filter(watch_at__gt=now + life.FARTHEST).update(watch_at=now)  # written by a clock that was ahead
    due = Source.objects.filter(watch_at__lte=now).order_by("watch_at", "pk")[:_A_SWEEP]
    owed = 0
    for source in due:
        with transaction.atomic():
            # Pushed on at once, so that beat does not promise it again before it was done.
            moved = Source.objects.filter(pk=source.pk, watch_at=source.watch_at).update(
                watch_at=timezone.now() + life.APART
            )
            if moved:
                jobs.owe("sources.watch", source.pk, newsroom_id=source.newsroom_id, lane=source.host)
                owed += 1
    return owed


def watch(source_id: int, lease: jobs.Lease) -> None:
    """The job: ask for the address again, conditionally while it answers; keep what changed; say how it lives."""
    source = Source.objects.select_related("latest").filter(pk=source_id, kind=SourceKind.URL).first()
    if source is None or source.latest is None:
        return
    damaged = renewing.is_damaged(source.latest)
    if not damaged and not Evidence.objects.filter(source=source).exists():
        Source.objects.filter(pk=source.pk).update(watch_at=None)  # nobody cites it any more
        return
    if not damaged and not robots.allows(source.url, agent=settings.SOURCES_USER_AGENT):
        _postpone(source, lease, life.WALL_PAUSE)
        return
    validators = (
        _validators(source.latest) if not damaged and source.life in (SourceLife.ALIVE, SourceLife.MOVED) else {}
    )
    result = outbound.fetcher().fetch(source.url, **validators)
    politeness.heard(source.host, result)
    attempt = note_attempt(source, result, AttemptPurpose.WATCH)
    check = life.judge(result.outcome, result.status, permanent_redirect=_moved_for_good(result))
    page = _read(source, result) if result.outcome == "ok" else None
    if page is not None and _is_error_page(source, result, page):
        check, page = life.Check("missing"), None
    if check.kind == "ours" or (check.kind in life.FAILURES and _brake()):
        _postpone(source, lease, _AFTER_BRAKE)
        return
    _live_on(source, lease, check, result, attempt, page)


def _live_on(
    source: Source,
    lease: jobs.Lease,
    check: life.Check,
    result: FetchResult,
    attempt: FetchAttempt,
    page: ParsedDocument | None,
) -> None:
    now = timezone.now()
    before = life.Standing(source.life, source.failures, source.good_checks, source.failed_at)
    outcome = life.after(before, check, now=now)
    damaged = renewing.is_damaged(source.latest)
    whole_again = damaged and result.outcome == "ok" and _is_kept(source, result)
    kept = blobs.keep(result.body, anew=damaged) if page is not None or whole_again else ""
    with transaction.atomic():
        jobs.hold(lease)
        if whole_again:  # the very body that was damaged
            renewing.mend(source, {} if page is None else {"extract_problem": "", **columns_of(page)})
            owe_checks(source)
        elif page is not None:
            _keep(source, result, attempt, page, kept)
        _write(source, outcome, now)


def _postpone(source: Source, lease: jobs.Lease, pause: timedelta) -> None:
    """Nothing was learned: only the next look moves."""
    with transaction.atomic():
        jobs.hold(lease)
        Source.objects.filter(pk=source.pk).update(watch_at=timezone.now() + life.jittered(pause))


def _write(source: Source, outcome: life.Outcome, now: Any) -> None:
    standing = outcome.standing
    changes: dict[str, Any] = {
        "failures": standing.failures,
        "good_checks": standing.good,
        "failed_at": standing.failed_at,
        "checked_at": now,
        "watch_at": now + life.jittered(outcome.again_in),
    }
    by_hand = source.life_by_id is not None
    if not by_hand:
        changes["life"] = standing.life
    Source.objects.filter(pk=source.pk).update(**changes)
    if not by_hand and standing.life != source.life:
        _tell(source, standing.life)
        if standing.life == SourceLife.DEAD:
            mementos.owe(source)


def _keep(source: Source, result: FetchResult, attempt: FetchAttempt, page: ParsedDocument, kept: str) -> None:
    """The page says something else now: a further copy, and every quote is looked up in it."""
    capture, _made = Capture.objects.get_or_create(
        source=source,
        body_digest=kept,
        defaults={
            "origin": CaptureOrigin.FETCH,
            "body_bytes": len(result.body),
            "media_type": attempt.declared_type,
            "attempt": attempt,
            "final_url": attempt.final_url,
            "http_status": result.status,
            "request_headers": [list(pair) for pair in result.request_headers],
            "response_headers": [list(pair) for pair in result.response_headers],
            **columns_of(page),
        },
    )
    same_text = source.latest is not None and capture.text_digest == source.latest.text_digest
    Source.objects.filter(pk=source.pk).update(latest=capture)
    if not same_text:
        owe_checks(source)


def _read(source: Source, result: FetchResult) -> ParsedDocument | None:
    """The page's texts where its body is another than the one kept; None when it is the same, or cannot be read."""
    if source.latest is None or (_is_kept(source, result) and not renewing.is_damaged(source.latest)):
        return None
    found = shared_parser().parse(result.body, declared_type=result.header("content-type")[:200])
    return None if isinstance(found, ParseFailure) else found


def _is_kept(source: Source, result: FetchResult) -> bool:
    return source.latest is not None and blobs.digest(result.body) == source.latest.body_digest


def _is_error_page(source: Source, result: FetchResult, page: ParsedDocument) -> bool:
    old = source.latest.main_text or source.latest.full_text if source.latest else ""
    return life.is_soft_404(
        submitted=source.url,
        final_url=result.final_url,
        title=page.title,
        likeness=likeness(old, page.main_text or page.full_text),
    )


def likeness(old: str, new: str) -> float:
    """0..1 by words, of the first thirty thousand."""
    return Indel.normalized_similarity(old.split()[:_COMPARED], new.split()[:_COMPARED])


def _validators(capture: Capture) -> dict[str, str]:
    headers = {str(name).lower(): str(value) for name, value in capture.response_headers}
    return {"etag": headers.get("etag", ""), "last_modified": headers.get("last-modified", "")}


def _moved_for_good(result: FetchResult) -> bool:
    return any(status in (301, 308) for _url, status in result.chain)


def _brake() -> bool:
    """Many hosts failing within the hour: our own line is down, most likely."""
    since = timezone.now() - timedelta(hours=1)
    rows = (
        FetchAttempt.objects.filter(purpose=AttemptPurpose.WATCH, created_at__gte=since)
        .order_by("created_at", "pk")
        .values_list("source__host", "outcome", "http_status")
    )
    last = {host: life.judge(outcome, status, permanent_redirect=False) for host, outcome, status in rows}
    return life.brake(sum(check.kind in ("unsure", "no_name") for check in last.values()), len(last))


def say(source: Source, *, by: Member, source_life: str, note: str) -> Source:
    """A person has looked: their word stays until they take it back ("" for `source_life`)."""
    require(by, "source.manage")
    if source_life and source_life not in (SourceLife.ALIVE, SourceLife.DEAD, SourceLife.RESTRICTED, SourceLife.MOVED):
        raise InvalidInput("unknown_life", _("Choose one of the states in the list."), pointer="/life")
    if source_life and not note.strip():
        raise InvalidInput("required", _("Say what you saw."), pointer="/note")
    with transaction.atomic():
        Source.objects.filter(pk=source.pk).update(
            life=source_life or SourceLife.UNKNOWN,
            life_by=by.user_id if source_life else None,
            life_note=note.strip()[:500] if source_life else "",
            checked_at=timezone.now() if source_life else F("checked_at"),
        )
        source.refresh_from_db()
        _tell(source, source.life, by)
        if source_life == SourceLife.DEAD:
            mementos.owe(source)
    return source


def give_up(source_id: int, code: str) -> None:
    """A look that failed for good; the next one comes in its time (`owe_due` has pushed it on)."""


def _tell(source: Source, new: str, by: Member | None = None) -> None:
    events.record(
        "source.life",
        newsroom_id=source.newsroom_id,
        by=by,
        subject="source",
        subject_id=source.pk,
        old={"life": source.life},
        new={"life": str(new)},
        audience=Audience.EDITORS,
    )

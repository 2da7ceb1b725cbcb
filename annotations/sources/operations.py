"""Sources are fetched, kept and read: the jobs, each safe to run twice."""

from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.utils import timezone

from annotations import events, jobs, lanes
from annotations.articles import politeness
from annotations.articles.text import digest as text_digest
from annotations.errors import RetryLater
from annotations.lib import backoff, blobs, outbound
from annotations.lib.days import detected_day
from annotations.lib.fetching.child import shared_parser
from annotations.lib.fetching.client import FetchResult
from annotations.lib.fetching.documents import ParsedDocument, ParseFailure
from annotations.lib.fetching.sniffing import sniff
from annotations.models import Capture, Evidence, FetchAttempt, Member, Source
from annotations.models.reviews import QuoteState
from annotations.models.rows import move
from annotations.models.sources import AttemptPurpose, CaptureOrigin, SourceKind, SourceLife, SourceState
from annotations.newsrooms.access import require
from annotations.sources import archiving, mementos, renewing
from annotations.sources.life import PAUSES, jittered

_WAITING = [SourceState.QUEUED, SourceState.FETCHING, SourceState.RETRY_WAIT]


def fetch(source_id: int, lease: jobs.Lease) -> None:
    """Get the source's body, however it came, and keep it; reading it is a job of its own, so the bytes are safe first."""
    source = Source.objects.filter(pk=source_id).first()
    if source is None or source.state not in _WAITING:
        return
    if not move(_row(source), old=_WAITING, new=SourceState.FETCHING):
        return
    _tell(source, SourceState.FETCHING)
    if source.kind == SourceKind.STATEMENT:
        body, origin = source.statement.encode(), CaptureOrigin.STATEMENT
        _keep(source, lease, body=body, origin=origin, media_type="text/plain; charset=utf-8")
    elif source.kind == SourceKind.UPLOAD:
        _keep(source, lease, body=blobs.read(source.upload), origin=CaptureOrigin.UPLOAD, media_type="")
    else:
        _settle(source, outbound.fetcher().fetch(source.url), lease)


def _settle(source: Source, result: FetchResult, lease: jobs.Lease) -> None:
    """Write down how the fetch went and where the source stands now."""
    attempt = note_attempt(source, result, AttemptPurpose.FETCH)
    if politeness.heard(source.host, result):
        _hold_back(source.host)
    if result.kind == "ready":
        _keep(
            source,
            lease,
            body=result.body,
            origin=CaptureOrigin.FETCH,
            media_type=attempt.declared_type,
            attempt=attempt,
            final_url=attempt.final_url,
            http_status=result.status,
            request_headers=[list(pair) for pair in result.request_headers],
            response_headers=[list(pair) for pair in result.response_headers],
        )
        return
    if result.kind == "retry":
        pause = backoff.next_try(source.retries, retry_after=result.retry_after)
        if pause is not None:
            with transaction.atomic():
                jobs.hold(lease)
                _end(source, SourceState.RETRY_WAIT, result.outcome, retries=source.retries + 1)
            raise RetryLater(result.outcome, "passing fault", at=timezone.now() + pause)
    state = {"blocked": SourceState.BLOCKED, "needs_copy": SourceState.NEEDS_COPY}.get(result.kind, SourceState.FAILED)
    life = SourceLife.RESTRICTED if state == SourceState.NEEDS_COPY else SourceLife.UNKNOWN
    if result.status in (404, 410):
        life = SourceLife.SUSPECT  # dead takes three failing checks, days apart
    with transaction.atomic():
        jobs.hold(lease)
        _end(source, state, result.outcome, life=life)
        owe_checks(source)
        if result.status in (404, 410):
            mementos.owe(source)


def _hold_back(host: str) -> None:
    """The host gives no answer, so its other links wait as well, and say so."""
    waiting = lanes.waiting("sources.fetch", host)
    for other in Source.objects.filter(pk__in=waiting, state=SourceState.QUEUED):
        if move(_row(other), old=[SourceState.QUEUED], new=SourceState.RETRY_WAIT, problem="host_silent"):
            _tell(other, SourceState.RETRY_WAIT)


def note_attempt(source: Source, result: FetchResult, purpose: str) -> FetchAttempt:
    """One line for each try."""
    return FetchAttempt.objects.create(
        source=source,
        purpose=purpose,
        outcome=result.outcome,
        http_status=result.status,
        chain=[list(hop) for hop in result.chain],
        final_url=result.final_url[:2048],
        declared_type=result.header("content-type")[:200],
        wire_bytes=result.wire_bytes,
        body_bytes=len(result.body),
        elapsed_ms=result.elapsed_ms,
        peer=result.peer or None,
    )


def _keep(source: Source, lease: jobs.Lease, *, body: bytes, origin: str, media_type: str, **columns: Any) -> None:
    """One capture for each content: the same body fetched again adds none."""
    kept, final_url = blobs.keep(body, settled=False), columns.get("final_url", "")  # `extract` settles it
    kind = sniff(body, declared_type=media_type, file_name=named(source, final_url))
    columns |= {"origin": origin, "body_bytes": len(body), "media_type": media_type, "kind": kind}
    with transaction.atomic():
        jobs.hold(lease)
        capture, made = _copy_of(source, kept, columns)
        Source.objects.filter(pk=source.pk).update(latest=capture, final_url=final_url, retries=0)
        jobs.owe("sources.extract", capture.pk, newsroom_id=source.newsroom_id)
        if made:
            archiving.owe(source)


def _copy_of(source: Source, kept: str, columns: dict[str, Any]) -> tuple[Capture, bool]:
    """The copy with this body, and whether it is new. The first copy of a source is not looked for before it is written."""
    if source.latest_id is None:
        try:
            with transaction.atomic():
                return Capture.objects.create(source=source, body_digest=kept, **columns), True
        except IntegrityError:
            pass  # kept by an earlier run of this job that did not come to its end
    return Capture.objects.get_or_create(source=source, body_digest=kept, defaults=columns)


def named(source: Source, final_url: str) -> str:
    """The file's name as it was given or as the address ends."""
    return source.file_name or urlsplit(final_url).path.rsplit("/", 1)[-1]


def extract(capture_id: int, lease: jobs.Lease) -> None:
    """Read both texts out of a kept body in the parse child, then owe the quote checks."""
    capture = Capture.objects.select_related("source").filter(pk=capture_id).first()
    if capture is None:
        return
    source = capture.source
    if capture.extractor or capture.extract_problem:
        with transaction.atomic():
            jobs.hold(lease)
            _ready(source, capture)
        return
    name, columns = named(source, capture.final_url), {"damage": ""}
    try:
        body = blobs.read(capture.body_digest)
    except blobs.DamagedBody as damaged:
        renewing.promise(capture, damaged.code)
        columns = {"damage": damaged.code}
    else:
        blobs.settle(capture.body_digest, body)  # lost before, it is fetched anew; once it is read, people rely on it
        found = shared_parser().parse(body, declared_type=capture.media_type, file_name=name)
        columns |= {"extract_problem": found.code} if isinstance(found, ParseFailure) else columns_of(found)
    for column, value in columns.items():
        setattr(capture, column, value)
    with transaction.atomic():
        jobs.hold(lease)
        capture.save(update_fields=list(columns))
        _ready(source, capture)


def columns_of(found: ParsedDocument) -> dict[str, Any]:
    """A capture's columns that its reading fills."""
    return {
        "title": (found.title or "")[:500],
        "authors": list(found.authors)[:50],
        "published_on": detected_day(found.published),
        "date_source": found.date_source,
        "kind": found.kind,
        "site": (found.site or "")[:300],
        "language": (found.language or "")[:12],
        "canonical_url": (found.canonical_url or "")[:2048],
        "main_text": found.main_text,
        "full_text": found.full_text,
        "pages": list(found.pages),
        "text_digest": text_digest(found.full_text),
        "extractor": found.extractor[:80],
    }


def _ready(source: Source, capture: Capture) -> None:
    """The copy is kept; a body that no text could be read from is still a copy, its quotes are unverifiable."""
    changes: dict[str, Any] = {
        "site": capture.site,
        "life": SourceLife.ALIVE if source.kind == SourceKind.URL and source.life_by_id is None else source.life,
    }
    if source.kind == SourceKind.URL and source.watch_at is None:
        changes["watch_at"] = timezone.now() + jittered(PAUSES[0])
    if capture.title and (source.kind == SourceKind.URL or not source.title):
        changes["title"] = capture.title
    if not _end(source, SourceState.READY, capture.problem, **changes):  # a copy that could not be read at first
        late = Source.objects.filter(pk=source.pk, state=SourceState.READY, latest=capture.pk)
        late.update(problem=capture.problem, site=capture.site)
    owe_checks(source)


def owe_checks(source: Source) -> None:
    """Every quote from this source is looked up again."""
    for evidence_id in Evidence.objects.filter(source=source).values_list("pk", flat=True):
        jobs.owe("sources.check_quote", evidence_id, newsroom_id=source.newsroom_id)


def retry(source: Source, *, by: Member) -> None:
    """A person asks for the link again, now."""
    require(by, "source.manage" if source.created_by_id != by.user_id else "source.read")
    stopped = [SourceState.FAILED, SourceState.NEEDS_COPY, SourceState.BLOCKED, SourceState.RETRY_WAIT]
    with transaction.atomic():
        if move(_row(source), old=stopped, new=SourceState.QUEUED, problem="", retries=0):
            Evidence.objects.filter(source=source).update(quote_state=QuoteState.PENDING, quote_score=None)
            _tell(source, SourceState.QUEUED)
            jobs.owe("sources.fetch", source.pk, newsroom_id=source.newsroom_id, lane=source.host)


def bury(source_id: int, code: str) -> None:
    """Nothing more will come of it by itself."""
    source = Source.objects.filter(pk=source_id).first()
    if source is not None:
        with transaction.atomic():
            _end(source, SourceState.FAILED, code)
            owe_checks(source)


def bury_extract(capture_id: int, code: str) -> None:
    """The reader was ended each time: the copy is kept without a text."""
    capture = Capture.objects.select_related("source").filter(pk=capture_id).first()
    if capture is not None:
        with transaction.atomic():
            Capture.objects.filter(pk=capture_id, extractor="").update(extract_problem=code[:40])
            capture.refresh_from_db()
            _ready(capture.source, capture)


def _end(source: Source, state: str, problem: str, **changes: Any) -> bool:
    moved = move(_row(source), old=_WAITING, new=state, problem=problem[:60], **changes)
    if moved:
        _tell(source, state)
    return moved


def _row(source: Source) -> Any:
    return Source.objects.filter(pk=source.pk)


def _tell(source: Source, state: str) -> None:
    """One line for each member who cites it, so that nobody hears of a source through another's review."""
    citing = (
        Evidence.objects.filter(source=source).values_list("review__reviewer__user_id", "review__claim_id").distinct()
    )
    for user_id, claim_id in citing:
        events.record(
            "source.moved",
            newsroom_id=source.newsroom_id,
            by=None,
            subject="source",
            subject_id=source.pk,
            claim_id=claim_id,
            new={"state": str(state)},
            to=user_id,
        )

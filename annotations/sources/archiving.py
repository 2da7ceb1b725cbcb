"""A public web archive is asked for a copy of each link once it is kept here: only where operator and newsroom both say so.

The archive learns from it which links the desk looks at. What it says is kept in PublicCopy.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from annotations import jobs
from annotations.articles import politeness
from annotations.errors import RetryLater
from annotations.lib import outbound, wayback
from annotations.lib.fetching.client import FetchResult
from annotations.lib.fetching.sending import GuardedSender, Reply
from annotations.lib.wayback import Archive, Word
from annotations.models import Newsroom, PublicCopy, Source
from annotations.models.copies import ArchiveState
from annotations.models.sources import SourceKind
from annotations.sources.telling import tell

GIVE_UP = timedelta(hours=24)  # later it would no longer be the page that was cited
_SHORTEST, _LONGEST = timedelta(minutes=1), timedelta(minutes=30)  # between two questions after the same copy
_JSON = ("Accept", "application/json")
_FORM = ("Content-Type", "application/x-www-form-urlencoded")
_STATES = {
    "kept": ArchiveState.KEPT,
    "refused": ArchiveState.REFUSED,
    "too_many": ArchiveState.TOO_MANY,
    "unavailable": ArchiveState.UNAVAILABLE,
}


def wanted(source: Source) -> Archive | None:
    """The archive, when this source's address may be told to it now."""
    if not settings.ARCHIVE_URL or source.kind != SourceKind.URL:
        return None
    if not Newsroom.objects.filter(pk=source.newsroom_id, asks_archive=True).exists():
        return None
    return Archive(settings.ARCHIVE_URL, settings.ARCHIVE_KEY)


def sender(*, most_body: int) -> GuardedSender:
    """Out through the same guard as every fetch."""
    return GuardedSender(outbound.fetcher(), most_body=most_body, most_wire=most_body + 100_000)


def heard(archive: Archive, reply: Reply) -> datetime | None:
    """Note how the archive behaves, for all that waits for it; until when it is left alone."""
    result = FetchResult(reply.outcome, reply.url, reply.url, status=reply.status, retry_after=reply.retry_after)
    return politeness.heard(archive.host, result)


def pause(since: datetime, reply: Reply, until: datetime | None) -> datetime:
    """When to ask again: ever later, not before the archive's own wish."""
    now = timezone.now()
    step = min(max((now - since) / 4, _SHORTEST), _LONGEST)
    return max(now + max(step, timedelta(seconds=reply.retry_after or 0.0)), until or now)


def owe(source: Source) -> None:
    """A first good copy is kept: promise to ask the archive, once for each source."""
    archive = wanted(source)
    if archive is not None and not PublicCopy.objects.filter(source=source).exclude(state="").exists():
        jobs.owe("sources.archive", source.pk, newsroom_id=source.newsroom_id, lane=archive.host)


def ask(source_id: int, lease: jobs.Lease) -> None:
    """The job: a fresh copy is enough; else ask for one, then ask how far it is until it is there or a day has passed."""
    source = Source.objects.filter(pk=source_id).first()
    archive = wanted(source) if source is not None else None
    if source is None or archive is None:
        return  # switched off meanwhile: nothing leaves the house
    row, _made = PublicCopy.objects.get_or_create(source=source)
    if row.state in _STATES.values():
        return
    since = row.asked_at or timezone.now()
    if timezone.now() - since > GIVE_UP:
        _end(row, lease, Word("unavailable", problem=row.problem or "no-answer"), "")
        return
    if row.state != ArchiveState.ASKED:
        _begin(row, lease, since)
    word, reply = _progress(archive, row) if row.job else _look(archive, source)
    until = heard(archive, reply)
    if word.kind in _STATES:
        _end(row, lease, word, archive.copy(source.url, word.at) if word.at else "")
        return
    with transaction.atomic():
        jobs.hold(lease)
        job = word.job or (row.job if word.kind == "pending" else "")
        PublicCopy.objects.filter(pk=row.pk).update(job=job, problem=word.problem)
    raise RetryLater(f"archive_{word.kind}", word.problem or "the archive is at it", at=pause(since, reply, until))


def _look(archive: Archive, source: Source) -> tuple[Word, Reply]:
    out, now = sender(most_body=wayback.MOST_ANSWER), timezone.now()
    reply = out.send("GET", archive.availability(source.url, now), headers=(_JSON,))
    if reply.kind == "retry":
        return Word("again", problem=reply.outcome), reply
    at = wayback.closest(reply, now)
    if at is not None:
        return Word("kept", at=at), reply
    # Killed between this request and its record it is made again; the archive makes no second copy within the day.
    reply = out.send(
        "POST", archive.save(), headers=(_JSON, _FORM), body=wayback.form(source.url), secret=archive.secret
    )
    return wayback.asked(reply), reply


def _progress(archive: Archive, row: PublicCopy) -> tuple[Word, Reply]:
    out = sender(most_body=wayback.MOST_ANSWER)
    reply = out.send("GET", archive.status(row.job), headers=(_JSON,), secret=archive.secret)
    word = wayback.progressed(reply)
    if word.kind == "again" and reply.kind == "retry":
        return Word("pending", problem=word.problem), reply  # only the question failed, the work goes on
    return word, reply


def _begin(row: PublicCopy, lease: jobs.Lease, since: datetime) -> None:
    """Written before the first request: from here on the archive may know the address."""
    with transaction.atomic():
        jobs.hold(lease)
        PublicCopy.objects.filter(pk=row.pk).update(state=ArchiveState.ASKED, asked_at=since)
        tell(row.source, "source.archived", {"state": str(ArchiveState.ASKED)})


def _end(row: PublicCopy, lease: jobs.Lease, word: Word, url: str) -> None:
    state = _STATES[word.kind]
    with transaction.atomic():
        jobs.hold(lease)
        PublicCopy.objects.filter(pk=row.pk).update(
            state=state, problem=word.problem, job="", copied_at=word.at, url=url[:2200]
        )
        tell(row.source, "source.archived", {"state": str(state)})


def bury(source_id: int, code: str) -> None:
    """Nothing more will come of it by itself."""
    PublicCopy.objects.filter(source=source_id).exclude(state__in=_STATES.values()).update(
        state=ArchiveState.UNAVAILABLE, problem=code[:60], job=""
    )

"""Feeds that are watched: their new entries become articles, each once, fetched like any other address."""

import hashlib
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import events, jobs
from annotations.articles import operations, politeness
from annotations.errors import Duplicate, FactcheckError, InvalidInput, NotFound
from annotations.lib import backoff, outbound
from annotations.lib.days import detected_day
from annotations.lib.fetching.child import shared_parser
from annotations.lib.fetching.client import FetchResult
from annotations.lib.fetching.documents import ParseFailure
from annotations.models import Feed, FeedEntry, Member
from annotations.newsrooms.access import may, require

FIRST_TAKE = 10  # entries of the first look: a new feed is no reason to fetch a whole archive
MOST_A_LOOK = 50
_FARTHEST = timedelta(days=8)  # no look is ever planned farther off


def add(*, by: Member, url: str, topic: str = "", every_minutes: int = 30) -> Feed:
    """Watch this feed from now on."""
    require(by, "feed.manage")
    key = operations.checked_key(url)
    _check_pause(every_minutes)
    try:
        with transaction.atomic():
            feed = Feed.objects.create(
                newsroom_id=by.newsroom_id,
                url=url.strip(),
                url_key=key,
                topic=topic.strip()[:120],
                member=by,
                every_minutes=every_minutes,
            )
            _record(feed, "feed.added", by)
            _owe(feed)
    except IntegrityError as error:
        known = Feed.objects.get(newsroom_id=by.newsroom_id, url_key=key)
        raise Duplicate(
            "duplicate_feed", _("This feed is watched already."), pointer="/url", existing=known.pk
        ) from error
    return feed


def edit(feed: Feed, *, by: Member, changes: dict[str, Any]) -> Feed:
    """Topic, pause, or whether it is watched at all. Watched again, it is looked at at once, for whoever said so."""
    require(by, "feed.manage")
    allowed = {"topic", "every_minutes", "is_active"}
    changes = {name: value for name, value in changes.items() if name in allowed and getattr(feed, name) != value}
    if "every_minutes" in changes:
        _check_pause(changes["every_minutes"])
    if changes:
        with transaction.atomic():
            if changes.get("is_active"):
                changes |= {"member_id": by.pk, "due_at": timezone.now(), "failures": 0, "problem": ""}
                _owe(feed)
            Feed.objects.filter(pk=feed.pk).update(**changes)
            _record(feed, "feed.edited", by)
        feed.refresh_from_db()
    return feed


def remove(feed: Feed, *, by: Member) -> None:
    """Stop watching and forget it; its articles stay."""
    require(by, "feed.manage")
    with transaction.atomic():
        _record(feed, "feed.removed", by)
        feed.delete()


def of(member: Member) -> QuerySet[Feed]:
    """The newsroom's feeds, with how many of their entries became articles."""
    require(member, "feed.manage")
    return (
        Feed.objects.filter(newsroom_id=member.newsroom_id)
        .annotate(brought=Count("entries__article", distinct=True), seen=Count("entries", distinct=True))
        .order_by("pk")
    )


def get(member: Member, feed_id: int) -> Feed:
    found = of(member).filter(pk=feed_id).first()
    if found is None:
        raise NotFound("no_feed", _("There is no such feed in this newsroom."))
    return found


def owe_due() -> int:
    """Beat's part: promise a look at every feed whose time has come."""
    now = timezone.now()
    Feed.objects.filter(due_at__gt=now + _FARTHEST).update(due_at=now)  # written by a clock that was ahead
    due = list(Feed.objects.filter(is_active=True, due_at__lte=now).order_by("due_at", "pk")[:500])
    for feed in due:
        with transaction.atomic():
            # Pushed on at once, so that beat does not promise it again before it was done.
            Feed.objects.filter(pk=feed.pk).update(due_at=timezone.now() + timedelta(minutes=feed.every_minutes))
            _owe(feed)
    return len(due)


def _owe(feed: Feed) -> None:
    jobs.owe("articles.poll_feed", feed.pk, newsroom_id=feed.newsroom_id, lane=politeness.lane(feed.url))


def poll(feed_id: int, lease: jobs.Lease) -> None:
    """The job: look at the feed, and bring in what is new."""
    feed = Feed.objects.select_related("member__newsroom", "member__user").filter(pk=feed_id, is_active=True).first()
    if feed is None:
        return
    if not may(feed.member, "article.add"):
        _settle(feed, lease, problem="member_left", is_active=False)
        return
    result = outbound.fetcher().fetch(feed.url, etag=feed.etag, last_modified=feed.last_modified)
    politeness.heard(politeness.lane(feed.url), result)
    if result.kind != "ready":
        _failed(feed, result, lease)
    elif result.outcome == "not_modified":
        _settle(feed, lease, failures=0)
    else:
        _take(feed, result, lease)


def _take(feed: Feed, result: FetchResult, lease: jobs.Lease) -> None:
    found = shared_parser().parse_feed(result.body, base_url=result.final_url)
    if isinstance(found, ParseFailure):
        _settle(feed, lease, problem=found.code, failures=feed.failures + 1)
        return
    known = set(FeedEntry.objects.filter(feed=feed).values_list("key", flat=True))
    fresh = [entry for entry in found["entries"] if _key(entry) not in known]
    first = feed.checked_at is None
    for place, entry in enumerate(fresh):
        _bring_in(feed, entry, taken=place < (FIRST_TAKE if first else MOST_A_LOOK))
    _settle(
        feed,
        lease,
        title=found["title"] or feed.title,
        etag=result.header("etag")[:300],
        last_modified=result.header("last-modified")[:100],
        failures=0,
    )


def _bring_in(feed: Feed, entry: dict[str, str], *, taken: bool) -> None:
    """One entry, once. What is refused is remembered with the reason."""
    article_id, problem = None, "" if taken else "older"
    try:
        with transaction.atomic():
            if taken:
                details = operations.Details(
                    title=entry["title"], published_on=detected_day(entry["published"]), topic=feed.topic
                )
                try:
                    article_id = operations.add_url(by=feed.member, url=entry["url"], details=details).pk
                except Duplicate as error:
                    article_id, problem = error.details["existing"], "duplicate"
                except FactcheckError as error:
                    problem = error.code
            FeedEntry.objects.create(
                feed=feed, key=_key(entry), url=entry["url"], article_id=article_id, problem=problem[:60]
            )
    except IntegrityError:  # another worker took this entry in between
        return


def _failed(feed: Feed, result: FetchResult, lease: jobs.Lease) -> None:
    if result.status == 410:
        _settle(feed, lease, problem="gone", is_active=False)
        return
    pause = backoff.next_try(min(feed.failures, len(backoff.STEPS) - 1), retry_after=result.retry_after)
    assert pause is not None
    _settle(feed, lease, problem=result.outcome, failures=min(feed.failures + 1, 30_000), pause=pause)


def _settle(
    feed: Feed, lease: jobs.Lease, *, problem: str = "", pause: timedelta | None = None, **columns: Any
) -> None:
    now = timezone.now()
    wait = max(timedelta(minutes=feed.every_minutes), pause or timedelta())
    with transaction.atomic():
        jobs.hold(lease)
        Feed.objects.filter(pk=feed.pk).update(checked_at=now, due_at=now + wait, problem=problem, **columns)


def give_up(feed_id: int, code: str) -> None:
    """A look that failed for good; the next one comes in its time."""
    Feed.objects.filter(pk=feed_id).update(problem=code[:60])


def _key(entry: dict[str, str]) -> str:
    return hashlib.sha256(entry["id"].encode()).hexdigest()


def _check_pause(minutes: int) -> None:
    if not 5 <= minutes <= 10080:
        raise InvalidInput("bad_pause", _("Between 5 minutes and one week (10080)."), pointer="/every_minutes")


def _record(feed: Feed, kind: str, by: Member) -> None:
    events.record(kind, newsroom_id=feed.newsroom_id, by=by, subject="feed", subject_id=feed.pk)

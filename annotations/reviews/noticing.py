"""What is for a member: unread mentions and replies on claims whose reviews they may see; of others nothing is said, not even a number."""

from django.db.models import QuerySet
from django.utils import timezone

from annotations.models import Claim, Member, Notice
from annotations.newsrooms.access import may
from annotations.reviews.seeing import reviews_open_to

MOST_SHOWN = 100


def _of(member: Member) -> QuerySet[Notice]:
    return Notice.objects.filter(reviews_open_to(member, "comment__claim"), member=member, comment__claim__undone=False)


def talk_for(member: Member) -> int:
    """How many unread ones there are: one query over the index of unread notices."""
    return _of(member).filter(read_at=None).count() if may(member, "comment.read") else 0


def latest(member: Member) -> list[Notice]:
    """The newest ones, unread first, each with its comment, author and claim."""
    if not may(member, "comment.read"):
        return []
    rows = _of(member).select_related("comment__author__user", "comment__claim__article", "comment__claim__newsroom")
    unread = rows.filter(read_at=None).order_by("-pk")[:MOST_SHOWN]
    read = rows.exclude(read_at=None).order_by("-pk")[:MOST_SHOWN]
    return [*unread, *read][:MOST_SHOWN]


def mark_read(member: Member, *, claim: Claim | None = None) -> int:
    """The claim's comments were opened (or all of them put aside); returns how many were new."""
    rows = _of(member).filter(read_at=None)
    if claim is not None:
        rows = rows.filter(comment__claim=claim)
    return Notice.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(read_at=timezone.now())

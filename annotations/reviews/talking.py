"""Comments on a claim, among those who may see its reviews: to all others they are not there, nor that there are any."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import events
from annotations.errors import Conflict, InvalidInput, NotAllowed, NotFound, StaleVersion
from annotations.lib.plain_text import names_in
from annotations.models import Claim, Comment, Disclosure, Member, Notice, Review
from annotations.models.reviews import ReviewState
from annotations.models.talk import NoticeKind
from annotations.newsrooms.access import may, require
from annotations.newsrooms.queries import active_members
from annotations.reviews import disclosing, queries, rules

MOST_CHARACTERS = 5_000


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment and its replies, oldest first."""

    first: Comment
    replies: tuple[Comment, ...]


def may_talk(member: Member, claim: Claim) -> bool:
    """May read and write comments on this claim now."""
    return may(member, "comment.write") and rules.may_see_reviews(queries.standing(member, claim))


def threads(member: Member, claim: Claim) -> list[Thread]:
    """The claim's comments; NotAllowed to whoever may not see its reviews. Reading others' words is having seen their answers."""
    _require_sight(member, claim, "comment.read")
    rows = list(_whole().filter(claim=claim).order_by("pk"))
    if any(row.author_id != member.pk for row in rows):
        disclosing.note_sight(claim, by=member)
    replies: dict[int, list[Comment]] = {}
    for row in rows:
        if row.parent_id is not None:
            replies.setdefault(row.parent_id, []).append(row)
    return [Thread(row, tuple(replies.get(row.pk, ()))) for row in rows if row.parent_id is None]


def get(member: Member, comment_id: int) -> Comment:
    """One comment that the member may see; any other is not there."""
    require(member, "comment.read")
    row = (
        _whole()
        .select_related("claim__newsroom", "parent")
        .filter(pk=comment_id, newsroom_id=member.newsroom_id, claim__undone=False)
        .first()
    )
    if row is None or not rules.may_see_reviews(queries.standing(member, row.claim)):
        raise NotFound("no_comment", _("There is no such comment."))
    return row


def say(
    claim: Claim, text: str, *, by: Member, mentions: Sequence[int] = (), reply_to: Comment | None = None
) -> Comment:
    """Write a comment, or a reply to one. Meant members (by number, or as "@name" in the text) and those of the thread are told.

    Whoever may not see the claim's reviews yet is told once they may. A reply opens a resolved thread again.
    """
    _require_sight(by, claim, "comment.write")
    text = _checked(text)
    first = _thread_of(claim, reply_to)
    meant = _meant(by, text, mentions)
    with transaction.atomic():
        row = Comment.objects.create(newsroom_id=claim.newsroom_id, claim=claim, author=by, parent=first, text=text)
        if first is not None:
            Comment.objects.filter(pk=first.pk).update(resolved_at=None, resolved_by=None)
        _notify(row, meant, NoticeKind.MENTION)
        if first is not None:
            _notify(row, _of_thread(first, but=by), NoticeKind.REPLY)
        _tell(row, "comment.added", by)
    return get(by, row.pk)


def edit(row: Comment, text: str, *, by: Member, row_version: int | None, mentions: Sequence[int] = ()) -> Comment:
    """Change one's own comment, which then says that it was edited. Members meant anew are told."""
    _refuse_others(row, by)
    text = _checked(text)
    meant = _meant(by, text, mentions)
    if text == row.text and row_version in (None, row.row_version):
        return row
    with transaction.atomic():
        rows = Comment.objects.filter(pk=row.pk, deleted_at=None)
        if row_version is not None:
            rows = rows.filter(row_version=row_version)
        if not rows.update(text=text, edited_at=timezone.now(), row_version=F("row_version") + 1):
            row.refresh_from_db()
            current = {"row_version": row.row_version, "text": row.text}
            raise StaleVersion("stale", _("This comment was changed in another window."), current=current)
        _notify(row, meant, NoticeKind.MENTION)
        _tell(row, "comment.edited", by)
    return get(by, row.pk)


def delete(row: Comment, *, by: Member) -> None:
    """Take one's own comment back: its text is erased, its place stays; who was meant by it is not any more."""
    _refuse_others(row, by)
    with transaction.atomic():
        rows = Comment.objects.filter(pk=row.pk, deleted_at=None)
        if rows.update(text="", deleted_at=timezone.now(), row_version=F("row_version") + 1):
            Notice.objects.filter(comment=row).delete()
            _tell(row, "comment.deleted", by)


def resolve(row: Comment, *, by: Member, on: bool) -> Comment:
    """Settle a thread, or open it again."""
    _require_sight(by, row.claim, "comment.write")
    if row.parent_id is not None:
        raise Conflict("not_a_thread", _("A thread is resolved at its first comment."), thread=row.parent_id)
    with transaction.atomic():
        rows = Comment.objects.filter(pk=row.pk, resolved_at__isnull=on)
        if rows.update(resolved_at=timezone.now() if on else None, resolved_by=by.user_id if on else None):
            _tell(row, "comment.resolved" if on else "comment.reopened", by)
    return get(by, row.pk)


def _whole() -> QuerySet[Comment]:
    meant = Prefetch("notices", Notice.objects.filter(kind=NoticeKind.MENTION).select_related("member__user"))
    return Comment.objects.select_related("author__user", "resolved_by").prefetch_related(meant)


def _require_sight(member: Member, claim: Claim, action: str) -> None:
    require(member, action)
    if not rules.may_see_reviews(queries.standing(member, claim)):
        raise NotAllowed("blind", _("You see the other reviews once you have submitted yours."))


def _refuse_others(row: Comment, by: Member) -> None:
    _require_sight(by, row.claim, "comment.write")
    if row.author_id != by.pk:
        raise NotAllowed("not_yours", _("Only its author changes a comment."))
    if row.deleted_at is not None:
        raise Conflict("comment_deleted", _("This comment is deleted."))


def _checked(text: str) -> str:
    clean = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd").strip()
    if not clean:
        raise InvalidInput("required", _("Write something first."), pointer="/text")
    if len(clean) > MOST_CHARACTERS:
        raise InvalidInput("too_long", _("At most %d characters.") % MOST_CHARACTERS, pointer="/text")
    return clean


def _thread_of(claim: Claim, reply_to: Comment | None) -> Comment | None:
    """Replies are one level deep: a reply to a reply joins the same thread."""
    if reply_to is None:
        return None
    if reply_to.claim_id != claim.pk:
        raise NotFound("no_comment", _("There is no such comment."))
    return reply_to.parent or reply_to


def _meant(by: Member, text: str, mentions: Sequence[int]) -> list[Member]:
    """Active members of the newsroom; a name that two of them bear means nobody by itself."""
    people = [member for member in active_members(by.newsroom) if member.pk != by.pk]
    known = {member.pk: member for member in people}
    if any(number not in known and number != by.pk for number in mentions):
        raise InvalidInput("no_member", _("Mention members of this newsroom."), pointer="/mentions")
    names = [member.user.name for member in people]
    written = names_in(text, (name for name in names if names.count(name) == 1))
    return [member for member in people if member.pk in mentions or member.user.name in written]


def _of_thread(first: Comment, *, but: Member) -> list[Member]:
    """Who wrote in the thread."""
    rows = Comment.objects.filter(Q(pk=first.pk) | Q(parent=first), deleted_at=None).values("author")
    return list(Member.objects.filter(pk__in=rows, is_active=True, user__is_active=True).exclude(pk=but.pk))


def _notify(row: Comment, members: Iterable[Member], kind: str) -> None:
    """Once a comment and member; who is both meant and of the thread is meant."""
    Notice.objects.bulk_create(
        [Notice(comment=row, member=member, kind=kind) for member in members], ignore_conflicts=True
    )


def _tell(row: Comment, kind: str, by: Member) -> None:
    """A line for each who may hear of it: whoever may still review the claim must not learn that it is talked about.

    Only the author's own line names them: an actor hears of every line of theirs, and would hear of this one many times.
    """
    claim = row.claim
    submitted = Review.objects.filter(claim=claim, state=ReviewState.SUBMITTED).values("reviewer")
    seen = Disclosure.objects.filter(claim=claim).values("member")
    hear = Q(pk__in=submitted) | Q(pk__in=seen)
    if claim.state in rules.SETTLED:
        hear |= Q(pk__in=Notice.objects.filter(comment=row).values("member"), role__in=rules.EDITORS)
    users = Member.objects.filter(hear, newsroom_id=claim.newsroom_id, is_active=True).exclude(pk=by.pk)
    for user in [by.user_id, *users.order_by("pk").values_list("user_id", flat=True)]:
        events.record(
            kind,
            newsroom_id=row.newsroom_id,
            by=by if user == by.user_id else None,
            subject="comment",
            subject_id=row.pk,
            new={"thread": row.parent_id or row.pk},
            article_id=claim.article_id,
            claim_id=claim.pk,
            to=user,
        )

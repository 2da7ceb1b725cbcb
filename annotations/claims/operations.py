"""The editor's work on the claim list: confirm, add, adjust, merge, drop, restore, assign. Its facts: facts.py."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import events
from annotations.errors import Conflict, InvalidInput, StaleVersion, TextDiffers
from annotations.lib.spans import select
from annotations.models import Article, Assignment, Claim, Member, Span, Version
from annotations.models.claims import ClaimState
from annotations.models.events import Audience
from annotations.models.rows import move, save_if_current
from annotations.newsrooms.access import require
from annotations.newsrooms.queries import active_members, current_scale

# Before anybody has been asked to judge it, a claim's span may still change.
_UNJUDGED = [ClaimState.PROPOSED, ClaimState.OPEN]


def confirm(claim: Claim, *, by: Member) -> Claim:
    """The editor wants it checked: it opens for review on the newsroom's current scale."""
    require(by, "claim.edit")
    scale = current_scale(by.newsroom)
    with transaction.atomic():
        opened = move(
            _row(claim),
            old=ClaimState.PROPOSED,
            new=ClaimState.OPEN,
            scale=scale,
            confirmed_at=timezone.now(),
            confirmed_by=by.user_id,
        )
        if opened:
            record(claim, "claim.opened", by, old={"state": "proposed"}, new={"state": "open", "scale": scale.pk})
        else:
            refuse_unless(claim, [ClaimState.OPEN], _("Only a proposed claim can be confirmed."))
    claim.refresh_from_db()
    return claim


def add(article: Article, *, by: Member, start: int, end: int, exact: str, prefix: str = "") -> Claim:
    """A claim that an editor marked in the current version; open at once. Raises TextDiffers (409) when `exact` stands elsewhere."""
    require(by, "claim.edit")
    version = _current(article)
    selector = _selected(version, start, end, exact)
    with transaction.atomic():
        same = Span.objects.filter(
            version=version, start=selector["start"], end=selector["end"], claim__state__in=_LIVE_STATES
        ).first()
        if same is not None:
            raise Conflict("claim_exists", _("This passage is a claim already."), existing=same.claim_id)
        scale = current_scale(by.newsroom)
        claim = Claim.objects.create(
            newsroom_id=article.newsroom_id,
            article=article,
            number=next_number(article),
            state=ClaimState.OPEN,
            language=article.language,
            position=selector["start"],
            scale=scale,
            confirmed_at=timezone.now(),
            confirmed_by_id=by.user_id,
            created_by_id=by.user_id,
        )
        Span.objects.create(claim=claim, version=version, **selector)
        record(claim, "claim.added", by, new={"state": "open", "start": start, "end": end})
    return claim


def adjust(claim: Claim, *, by: Member, start: int, end: int, exact: str, row_version: int | None = None) -> Claim:
    """Give the claim other borders in the current version, as long as nobody was asked to judge it."""
    require(by, "claim.edit")
    version = _current(claim.article)
    selector = _selected(version, start, end, exact)
    with transaction.atomic():
        refuse_unless(claim, _UNJUDGED, _("The span of a claim in review cannot change. Drop it and add another."))
        save(claim, row_version, position=selector["start"])
        old = list(claim.spans.filter(version=version).values_list("start", "end"))
        claim.spans.filter(version=version).delete()
        Span.objects.create(claim=claim, version=version, **selector)
        record(
            claim,
            "claim.adjusted",
            by,
            old={"spans": [list(span) for span in old]},
            new={"start": start, "end": end},
        )
    claim.refresh_from_db()
    return claim


def merge(claims: list[Claim], *, by: Member) -> Claim:
    """Several claims become one: the first in the text keeps its number and gets all their spans."""
    require(by, "claim.edit")
    if len({claim.pk for claim in claims}) < 2:
        raise InvalidInput("too_few", _("Choose two claims or more to merge."), pointer="/claims")
    if len({claim.article_id for claim in claims}) > 1:
        raise InvalidInput("two_articles", _("Only claims of one article can be merged."), pointer="/claims")
    first, *others = sorted(claims, key=lambda claim: (claim.position, claim.pk))
    with transaction.atomic():
        for claim in claims:
            refuse_unless(claim, _UNJUDGED, _("A claim that is in review cannot be merged."))
        for other in others:
            held = set(first.spans.values_list("version_id", "start", "end"))
            for span in other.spans.all():
                if (span.version_id, span.start, span.end) not in held:
                    Span.objects.filter(pk=span.pk).update(claim=first)
            move(
                _row(other),
                old=_UNJUDGED,
                new=ClaimState.DROPPED,
                merged_into=first,
                drop_reason=_("Merged into claim %d") % first.number,
                dropped_at=timezone.now(),
                dropped_by=by.user_id,
            )
            record(
                other,
                "claim.merged",
                by,
                old={"state": other.state},
                new={"state": "dropped", "into": first.pk},
            )
        save(first, None)
    first.refresh_from_db()
    return first


def drop(claim: Claim, *, by: Member, reason: str) -> Claim:
    """It will not be checked; says why. Reviews that exist are kept."""
    require(by, "claim.edit")
    if not reason.strip():
        raise InvalidInput("required", _("Say why the claim is dropped."), pointer="/reason")
    with transaction.atomic():
        dropped = move(
            _row(claim),
            old=[
                *_UNJUDGED,
                ClaimState.IN_REVIEW,
                ClaimState.DISPUTED,
                ClaimState.AGREED,
                ClaimState.ORPHANED,
            ],
            new=ClaimState.DROPPED,
            drop_reason=reason.strip()[:500],
            dropped_at=timezone.now(),
            dropped_by=by.user_id,
        )
        if dropped:
            record(claim, "claim.dropped", by, old={"state": claim.state}, new={"state": "dropped"})
        else:
            refuse_unless(claim, [ClaimState.DROPPED], _("A claim that is ruled or published is not dropped."))
    claim.refresh_from_db()
    return claim


def restore(claim: Claim, *, by: Member) -> Claim:
    """Bring a dropped claim back to where an editor decides on it."""
    require(by, "claim.edit")
    with transaction.atomic():
        if claim.merged_into_id is not None:
            raise Conflict(
                "merged",
                _("This claim was merged; its words belong to another claim now."),
                into=claim.merged_into_id,
            )
        restored = move(
            _row(claim),
            old=ClaimState.DROPPED,
            new=ClaimState.PROPOSED if not claim.verdicts else ClaimState.IN_REVIEW,
            drop_reason="",
            dropped_at=None,
            dropped_by=None,
        )
        if restored:
            record(claim, "claim.restored", by, old={"state": "dropped"}, new={"state": "proposed"})
    claim.refresh_from_db()
    return claim


def assign(claim: Claim, *, by: Member, member_ids: list[int]) -> list[Assignment]:
    """Ask these members, in this round too when the claim is disputed (an independent third)."""
    require(by, "claim.assign")
    members = list(active_members(by.newsroom).filter(pk__in=member_ids))
    if len(members) != len(set(member_ids)):
        raise InvalidInput("unknown_member", _("One of these people is not an active member."), pointer="/members")
    with transaction.atomic():
        refuse_unless(
            claim,
            [ClaimState.OPEN, ClaimState.IN_REVIEW, ClaimState.DISPUTED, ClaimState.AGREED],
            _("Only a claim that is open for review can be assigned."),
        )
        have = set(claim.assignments.values_list("member_id", flat=True))
        made = Assignment.objects.bulk_create(
            Assignment(claim=claim, member=member, created_by_id=by.user_id)
            for member in members
            if member.pk not in have
        )
        for assignment in made:
            record(
                claim,
                "claim.assigned",
                by,
                new={"member": assignment.member_id},
                audience=Audience.EDITORS,
            )
    return made


def next_number(article: Article) -> int:
    """Numbers are never reused. Locks the article, so call inside the transaction."""
    Article.objects.select_for_update().get(pk=article.pk)
    return (Claim.objects.filter(article=article).aggregate(last=Max("number"))["last"] or 0) + 1


_LIVE_STATES = [state for state in ClaimState if state != ClaimState.DROPPED]


def _selected(version: Version, start: int, end: int, exact: str) -> dict[str, Any]:
    """The server slices the text itself; outer white space is trimmed, as it belongs to no claim."""
    text = version.text
    if not 0 <= start < end <= len(text):
        raise InvalidInput("span_outside", _("The span lies outside the text."), pointer="/start", length=len(text))
    if text[start:end] != exact:
        raise TextDiffers(
            "text_differs",
            _("The text there is not the one you marked: reload the article and mark it again."),
            pointer="/exact",
            actual=text[start:end][:2000],
        )
    inner = exact.strip()
    if not inner:
        raise InvalidInput("span_blank", _("Mark some words, not only white space."), pointer="/exact")
    begin = start + exact.index(inner)
    selector = select(text, begin, begin + len(inner))
    return {
        "start": selector.start,
        "end": selector.end,
        "exact": selector.exact,
        "prefix": selector.prefix,
        "suffix": selector.suffix,
    }


def _current(article: Article) -> Version:
    if article.current is None:
        raise Conflict("no_text", _("The article has no text yet."))
    return article.current


def _row(claim: Claim) -> Any:
    return Claim.objects.filter(pk=claim.pk)


def save(claim: Claim, row_version: int | None, **changes: Any) -> None:
    """Write the row; StaleVersion when somebody saved after `row_version`."""
    if not save_if_current(claim, row_version, **changes):
        claim.refresh_from_db()
        raise StaleVersion(
            "stale",
            _("Somebody changed this claim in the meantime."),
            current={name: getattr(claim, name) for name in changes},
        )


def refuse_unless(claim: Claim, states: list[Any], message: str) -> None:
    """Locks the row; Conflict with the message when its state is another."""
    state = _row(claim).select_for_update().values_list("state", flat=True).get()
    if state not in states:
        raise Conflict("wrong_state", message, state=state)


def record(claim: Claim, kind: str, by: Member | None, **values: Any) -> None:
    """One line of the log on this claim."""
    events.record(
        kind,
        newsroom_id=claim.newsroom_id,
        by=by,
        subject="claim",
        subject_id=claim.pk,
        article_id=claim.article_id,
        claim_id=claim.pk,
        **values,
    )

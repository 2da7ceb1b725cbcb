"""The editor's work on the claim list: confirm, add, merge, drop, restore, assign. Its borders: cutting.py; its facts: facts.py."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.claims import ranking, suggesting
from annotations.claims.repeats import index, linking
from annotations.claims.undoing import undoable
from annotations.claims.writing import (
    LIVE,
    UNJUDGED,
    current_version,
    next_number,
    record,
    refuse_unless,
    row,
    save,
    selected,
)
from annotations.errors import Conflict, InvalidInput
from annotations.models import Article, Assignment, Claim, Member, Span
from annotations.models.claims import ClaimState
from annotations.models.events import Audience
from annotations.models.rows import move
from annotations.newsrooms.access import require
from annotations.newsrooms.queries import active_members, current_scale


def confirm(claim: Claim, *, by: Member) -> Claim:
    """The editor wants it checked: it opens for review on the newsroom's current scale."""
    require(by, "claim.edit")
    scale = current_scale(by.newsroom)
    with transaction.atomic(), undoable(claim.article, by=by, kind="confirm", claims=[claim]):
        linking.refuse_linked(claim)
        opened = move(
            row(claim),
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


def confirm_many(article: Article, claims: Sequence[Claim], *, by: Member) -> int:
    """Confirm those of these claims of one article that are proposed and judged nowhere else, in one act; how many they were."""
    require(by, "claim.edit")
    wanted = [claim for claim in claims if claim.state == ClaimState.PROPOSED and claim.same_as_id is None]
    with transaction.atomic(), undoable(article, by=by, kind="confirm", claims=wanted):
        for claim in wanted:
            confirm(claim, by=by)
    return len(wanted)


def add(
    article: Article, *, by: Member, start: int, end: int, exact: str, restated: str = "", prefix: str = ""
) -> Claim:
    """A claim that an editor marked in the current version; open at once. Raises TextDiffers (409) when `exact` stands elsewhere.

    A passage that is a claim already is refused, unless this one restates something else of it.
    """
    require(by, "claim.edit")
    version = current_version(article)
    selector = selected(version, start, end, exact)
    with transaction.atomic(), undoable(article, by=by, kind="add") as made:
        same = Span.objects.filter(
            version=version,
            start=selector["start"],
            end=selector["end"],
            claim__state__in=LIVE,
            claim__restated=restated,
        ).first()
        if same is not None:
            raise Conflict("claim_exists", _("This passage is a claim already."), existing=same.claim_id)
        suggested = suggesting.of_span(version, article.language, selector["start"], selector["end"])
        claim = Claim.objects.create(
            **suggested,
            rank=ranking.rank(article.newsroom_id, restated or selector["exact"], suggested.get("score")),
            newsroom_id=article.newsroom_id,
            article=article,
            number=next_number(article),
            state=ClaimState.OPEN,
            language=article.language,
            restated=restated.strip()[:5000],
            position=selector["start"],
            scale=current_scale(by.newsroom),
            confirmed_at=timezone.now(),
            confirmed_by_id=by.user_id,
            created_by_id=by.user_id,
        )
        Span.objects.create(claim=claim, version=version, **selector)
        made.append(claim)
        record(claim, "claim.added", by, new={"state": "open", "start": start, "end": end})
        index.refresh(claim)
    return claim


def merge(claims: list[Claim], *, by: Member) -> Claim:
    """Several claims become one: the first in the text keeps its number and gets all their spans."""
    require(by, "claim.edit")
    if len({claim.pk for claim in claims}) < 2:
        raise InvalidInput("too_few", _("Choose two claims or more to merge."), pointer="/claims")
    if len({claim.article_id for claim in claims}) > 1:
        raise InvalidInput("two_articles", _("Only claims of one article can be merged."), pointer="/claims")
    first, *others = sorted(claims, key=lambda claim: (claim.position, claim.pk))
    with transaction.atomic(), undoable(first.article, by=by, kind="merge", claims=claims):
        for claim in claims:
            refuse_unless(claim, UNJUDGED, _("A claim that is in review cannot be merged."))
            linking.refuse_linked(claim)
        for other in others:
            _into(other, first, by)
        save(first, None)
        first = Claim.objects.select_related("article__current").get(pk=first.pk)
        index.refresh(first)
    return first


def _into(other: Claim, first: Claim, by: Member) -> None:
    held = set(first.spans.values_list("version_id", "start", "end"))
    for span in other.spans.all():
        if (span.version_id, span.start, span.end) not in held:
            Span.objects.filter(pk=span.pk).update(claim=first)
    move(
        row(other),
        old=UNJUDGED,
        new=ClaimState.DROPPED,
        merged_into=first,
        dropped_at=timezone.now(),
        dropped_by=by.user_id,
    )
    record(other, "claim.merged", by, old={"state": other.state}, new={"state": "dropped", "into": first.pk})


def drop(claim: Claim, *, by: Member, reason: str) -> Claim:
    """It will not be checked; says why. Reviews that exist are kept."""
    require(by, "claim.edit")
    if not reason.strip():
        raise InvalidInput("required", _("Say why the claim is dropped."), pointer="/reason")
    with transaction.atomic(), undoable(claim.article, by=by, kind="drop", claims=[claim]):
        dropped = move(
            row(claim),
            old=[*UNJUDGED, ClaimState.IN_REVIEW, ClaimState.DISPUTED, ClaimState.AGREED, ClaimState.ORPHANED],
            new=ClaimState.DROPPED,
            drop_reason=reason.strip()[:500],
            dropped_at=timezone.now(),
            dropped_by=by.user_id,
            anchor_checked=True,
        )
        if dropped:
            record(claim, "claim.dropped", by, old={"state": claim.state}, new={"state": "dropped"})
            linking.promote(claim)
        else:
            refuse_unless(claim, [ClaimState.DROPPED], _("A claim that is ruled or published is not dropped."))
    claim.refresh_from_db()
    return claim


def drop_many(article: Article, claims: Sequence[Claim], *, by: Member, reason: str) -> int:
    """Drop those of these claims of one article that are not dropped yet, in one act and for one reason; how many they were."""
    require(by, "claim.edit")
    wanted = [claim for claim in claims if claim.state != ClaimState.DROPPED]
    with transaction.atomic(), undoable(article, by=by, kind="drop", claims=wanted):
        for claim in wanted:
            drop(claim, by=by, reason=reason)
    return len(wanted)


def restore(claim: Claim, *, by: Member) -> Claim:
    """Bring a dropped claim back to where an editor decides on it."""
    require(by, "claim.edit")
    with transaction.atomic(), undoable(claim.article, by=by, kind="restore", claims=[claim]):
        if claim.merged_into_id is not None:
            raise Conflict(
                "merged",
                _("This claim was merged; its words belong to another claim now."),
                into=claim.merged_into_id,
            )
        restored = move(
            row(claim),
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
        linking.refuse_linked(claim)
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

"""The editors' queues: what to rule on, what to sign off; and the publications."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.core.cache import cache
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from annotations.agreement import proposals
from annotations.claims import queries as claims
from annotations.claims.markings.queries import hidden_claims
from annotations.errors import NotFound
from annotations.models import Claim, Member, Newsroom, Publication, Ruling
from annotations.models.claims import ClaimState
from annotations.models.rulings import RulingState
from annotations.newsrooms.access import require
from annotations.newsrooms.queries import current_scale
from annotations.reviews import queries as reviews
from annotations.reviews import rules as review_rules

_KEPT_SECONDS = 300  # any change of a claim that waits fits anew
_MOST_ORDERED = 3_000  # claims that wait; beyond, distance alone has chosen


def to_rule(member: Member, *, limit: int = 100) -> list[Claim]:
    """Disputed claims first: the least certain consensus, then distance, then age; then agreed ones.

    Both only order, who is disputed is decided by the verdicts (agreement/disputes.py). Without claims that the editor
    may still review (blindness), or whose article they mark.
    """
    require(member, "ruling.read")
    waiting = claims.in_newsroom(member).filter(
        Q(state__in=[ClaimState.DISPUTED, ClaimState.AGREED])
        | Q(state=ClaimState.RULED, rulings__state=RulingState.DRAFT)
    )
    listed = list(
        waiting.order_by("-state", F("disagreement").desc(nulls_last=True), "updated_at", "pk").values_list(
            "pk", "state", "updated_at"
        )[:_MOST_ORDERED]
    )
    certain = _entropies(member, listed)
    order = sorted(listed, key=lambda row: (_turn(row[1]), -certain.get(row[0], 0.0)))  # stable: distance, then age
    places = {pk: at for at, (pk, _state, _at) in enumerate(order[: limit * 2])}
    found = Claim.objects.filter(pk__in=places).select_related("article", "scale", "claim_type")
    rows = sorted(found.prefetch_related("spans", "rulings"), key=lambda claim: places[claim.pk])
    standings = reviews.standings(member, rows)
    return [claim for claim in rows if not review_rules.may_still_review(standings[claim.pk])][:limit]


def _turn(state: str) -> int:
    return {ClaimState.RULED.value: 0, ClaimState.DISPUTED.value: 1}.get(state, 2)


def _entropies(member: Member, listed: Sequence[tuple[int, str, datetime]]) -> dict[int, float]:
    """In nats, of the disputed claims on the scale in use; nothing is fitted where none waits, and not for every page."""
    if sum(state == ClaimState.DISPUTED for _pk, state, _at in listed) < 2:
        return {}
    stand = hashlib.sha256(repr(listed).encode()).hexdigest()[:32]
    key = f"entropies-{member.pk}-{stand}"
    kept: dict[int, float] | None = cache.get(key)
    if kept is None:
        kept = _fitted(member, listed)
        cache.set(key, kept, _KEPT_SECONDS)
    return kept


def _fitted(member: Member, listed: Sequence[tuple[int, str, datetime]]) -> dict[int, float]:
    found = proposals.over(member, current_scale(member.newsroom), tempered=False)
    each = {pk: found.entropy(pk) for pk, state, _at in listed if state == ClaimState.DISPUTED}
    return {pk: value for pk, value in each.items() if value is not None}


def to_sign_off(member: Member) -> QuerySet[Ruling]:
    """Rulings that wait for a second person; one's own are shown as waiting for somebody else. Without those of an article
    that the member marks."""
    require(member, "ruling.read")
    return (
        Ruling.objects.filter(newsroom_id=member.newsroom_id, state=RulingState.AWAITING_SIGN_OFF)
        .exclude(hidden_claims(member, at="claim__"))
        .select_related("claim__article", "label", "ruled_by")
        .prefetch_related("claim__spans")
        .order_by("ruled_at", "pk")
    )


def of_claim(member: Member, claim: Claim) -> Ruling | None:
    """The claim's ruling, if any. Who may still review the claim does not see it."""
    require(member, "ruling.read")
    return (
        Ruling.objects.filter(claim=claim)
        .exclude(state=RulingState.VOID)
        .select_related("label", "ruled_by", "signed_off_by")
        .first()
    )


def get(member: Member, ruling_id: int) -> Ruling:
    require(member, "ruling.read")
    ruling = (
        Ruling.objects.filter(newsroom_id=member.newsroom_id, pk=ruling_id)
        .exclude(hidden_claims(member, at="claim__"))
        .select_related("claim__article__current", "claim__newsroom", "label", "newsroom")
        .first()
    )
    if ruling is None:
        raise NotFound("no_ruling", _("There is no such ruling in this newsroom."))
    return ruling


def publications(newsroom: Newsroom) -> QuerySet[Publication]:
    """Oldest change first: what a newsroom system follows by cursor."""
    return Publication.objects.filter(newsroom=newsroom).order_by("modified_at", "pk")


def public(slug: str, number: int) -> Publication:
    """One published fact-check, for any reader."""
    found = Publication.objects.select_related("newsroom", "ruling").filter(newsroom__slug=slug, number=number).first()
    if found is None:
        raise NotFound("no_publication", _("There is no such fact-check."))
    return found


def public_list(slug: str) -> QuerySet[Publication]:
    return Publication.objects.select_related("newsroom").filter(newsroom__slug=slug).order_by("-published_at", "-pk")

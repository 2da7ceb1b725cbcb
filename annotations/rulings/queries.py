"""The editors' queues: what to rule on, what to sign off; and the publications."""

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from annotations.errors import NotFound
from annotations.models import Claim, Member, Newsroom, Publication, Ruling
from annotations.models.claims import ClaimState
from annotations.models.rulings import RulingState
from annotations.newsrooms.access import require
from annotations.reviews import queries as reviews
from annotations.reviews import rules as review_rules


def to_rule(member: Member, *, limit: int = 100) -> list[Claim]:
    """Disputed claims first, by distance and age, then agreed ones; without those that the editor may still review (blindness)."""
    require(member, "ruling.read")
    claims = list(
        Claim.objects.filter(newsroom_id=member.newsroom_id)
        .filter(
            Q(state__in=[ClaimState.DISPUTED, ClaimState.AGREED])
            | Q(state=ClaimState.RULED, rulings__state=RulingState.DRAFT)
        )
        .select_related("article", "scale", "claim_type")
        .prefetch_related("spans", "rulings")
        .order_by("-state", F("disagreement").desc(nulls_last=True), "updated_at", "pk")[: limit * 2]
    )
    standings = reviews.standings(member, claims)
    return [claim for claim in claims if not review_rules.may_still_review(standings[claim.pk])][:limit]


def to_sign_off(member: Member) -> QuerySet[Ruling]:
    """Rulings that wait for a second person; one's own are shown as waiting for somebody else."""
    require(member, "ruling.read")
    return (
        Ruling.objects.filter(newsroom_id=member.newsroom_id, state=RulingState.AWAITING_SIGN_OFF)
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

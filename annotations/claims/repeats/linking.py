"""The link "same claim": one ruling for a statement, wherever it appears. A group has one first claim; the others point to it."""

from django.db import transaction
from django.utils.translation import gettext as _

from annotations import jobs
from annotations.claims.undoing import undoable
from annotations.claims.writing import UNJUDGED, record, refuse_unless
from annotations.errors import Conflict, InvalidInput
from annotations.models import Claim, Member
from annotations.models.claims import ClaimState
from annotations.newsrooms.access import require


def link(claim: Claim, other: Claim, *, by: Member) -> Claim:
    """This claim is the same as the other: it is not reviewed again, and its place is listed as an appearance of that one."""
    require(by, "claim.edit")
    with transaction.atomic(), undoable(claim.article, by=by, kind="link", claims=[claim]):
        first = other.same_as or other
        if first.newsroom_id != claim.newsroom_id or first.pk == claim.pk:
            raise InvalidInput("same_claim", _("Choose another claim of this newsroom."), pointer="/claim")
        if first.state == ClaimState.DROPPED:
            raise Conflict("dropped", _("That claim was dropped. Restore it first."))
        refuse_unless(claim, UNJUDGED, _("A claim in review is not linked to another: rule on it, or drop it."))
        Claim.objects.filter(same_as=claim).update(same_as=first)
        if claim.same_as_id != first.pk:
            Claim.objects.filter(pk=claim.pk).update(same_as=first)
            record(claim, "claim.linked", by, old={"same_as": claim.same_as_id}, new={"same_as": first.pk})
            _tell(claim.same_as_id, first.pk, newsroom_id=claim.newsroom_id)
    claim.refresh_from_db()
    return claim


def unlink(claim: Claim, *, by: Member) -> Claim:
    """It is a claim of its own after all."""
    require(by, "claim.edit")
    with transaction.atomic(), undoable(claim.article, by=by, kind="unlink", claims=[claim]):
        if claim.same_as_id is not None:
            Claim.objects.filter(pk=claim.pk).update(same_as=None)
            record(claim, "claim.unlinked", by, old={"same_as": claim.same_as_id}, new={"same_as": None})
            _tell(claim.same_as_id, newsroom_id=claim.newsroom_id)
    claim.refresh_from_db()
    return claim


def _tell(*firsts: int | None, newsroom_id: int) -> None:
    """What is published of these claims lists their appearances."""
    for first in firsts:
        if first is not None:
            jobs.owe("rulings.appearances", first, newsroom_id=newsroom_id)


def refuse_linked(claim: Claim) -> None:
    """A linked claim is judged where its first appearance is judged."""
    first = Claim.objects.filter(pk=claim.pk).values_list("same_as_id", flat=True).get()
    if first is not None:
        raise Conflict(
            "linked",
            _("This claim is linked to another that is judged for both. Take the link away first."),
            same_as=first,
        )


def promote(claim: Claim) -> None:
    """The first of a group goes: the next takes its place. In a transaction."""
    others = list(Claim.objects.filter(same_as=claim).order_by("created_at", "pk"))
    if others:
        Claim.objects.filter(pk=others[0].pk).update(same_as=None)
        Claim.objects.filter(pk__in=[other.pk for other in others[1:]]).update(same_as=others[0])

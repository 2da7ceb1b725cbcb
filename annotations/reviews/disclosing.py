"""Looking at what others wrote in order to rule, which ends one's own reviewing of the claim."""

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.claims.writing import record
from annotations.errors import NotAllowed
from annotations.models import Claim, Disclosure, Lease, Member
from annotations.models.events import Audience
from annotations.newsrooms.access import require
from annotations.reviews import queries, rules


def disclose(claim: Claim, *, by: Member) -> None:
    """An editor looks at the reviews in order to rule; from now on they cannot review this claim."""
    require(by, "ruling.write")
    _open(claim, by, queries.standing(by, claim))


def read_to_rule(claim: Claim, *, by: Member) -> None:
    """As `disclose`, for a mere reading: it takes no review away from somebody who may still give one."""
    require(by, "ruling.read")
    standing = queries.standing(by, claim)
    if rules.may_still_review(standing):
        raise NotAllowed(
            "review_or_open",
            _(
                "You may still review this claim. Open its reviews first, on its page: then you can no longer review it."
            ),
        )
    _open(claim, by, standing)


def _open(claim: Claim, by: Member, standing: rules.Standing) -> None:
    if rules.may_see_reviews(standing):
        return
    if not rules.may_disclose(standing):
        raise NotAllowed("blind", _("You see the other reviews once you have submitted yours."))
    note_sight(claim, by=by)


def note_sight(claim: Claim, *, by: Member) -> None:
    """Remember that this member has been shown others' answers."""
    with transaction.atomic():
        _row, made = Disclosure.objects.get_or_create(claim=claim, member=by)
        if made:
            Lease.objects.filter(claim=claim, member=by).delete()
            record(claim, "reviews.seen", by, audience=Audience.EDITORS)

"""Blindness in the log: lines about a claim that are for editors, withheld from those of them who may still review it."""

from collections.abc import Iterable, Sequence

from annotations import events
from annotations.events import HARMLESS
from annotations.models import Assignment, Claim, Disclosure, Event, Member, Review
from annotations.models.events import Audience
from annotations.reviews import rules

_NEWEST = 50


def latest_id(member: Member) -> int:
    """The id to start following from: of the newest line that this member hears of. What is withheld does not move it."""
    if member.may_edit:
        newest = list(events.visible_to(member).defer("old", "new").order_by("-pk")[:_NEWEST])
        # Beyond the first that is never withheld nothing is asked: most pages ask no more than this.
        sure = next((place for place, line in enumerate(newest) if not _tells(line)), len(newest))
        kept = withheld([member], newest[:sure])
        heard = next((line.pk for line in newest if (member.pk, line.pk) not in kept), None)
        if heard is not None:
            return heard
    return events.latest_id(member)


def withheld(members: Iterable[Member], lines: Sequence[Event]) -> set[tuple[int, int]]:
    """(member, line), by their ids: even the moment of another's submission would tell something.

    Four questions for any number of members and lines, none where no line is of that sort.
    """
    telling = [line for line in lines if _tells(line)]
    editors = {member.pk: member for member in members if member.may_edit}
    if not telling or not editors:
        return set()
    wanted = {line.claim_ref for line in telling if line.claim_ref}
    states = dict(Claim.objects.filter(pk__in=wanted).values_list("pk", "state"))
    of_both = {"claim_id__in": wanted}
    own = {
        (reviewer, claim): state
        for reviewer, claim, state in Review.objects.filter(**of_both, reviewer__in=editors).values_list(
            "reviewer_id", "claim_id", "state"
        )
    }
    assigned, disclosed = (
        set(model.objects.filter(**of_both, member__in=editors).values_list("member_id", "claim_id"))
        for model in (Assignment, Disclosure)
    )
    blind = {
        (member.pk, claim)
        for member in editors.values()
        for claim, state in states.items()
        if rules.may_still_review(
            rules.Standing(
                role=member.role,
                claim_state=state,
                own=own.get((member.pk, claim), ""),
                assigned=(member.pk, claim) in assigned,
                disclosed=(member.pk, claim) in disclosed,
            )
        )
    }
    return {
        (member.pk, line.pk)
        for line in telling
        for member in editors.values()
        if (member.pk, line.claim_ref) in blind and line.actor_id != member.user_id
    }


def _tells(line: Event) -> bool:
    return line.claim_ref is not None and line.audience == Audience.EDITORS and line.kind not in HARMLESS

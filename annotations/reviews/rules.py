"""Blind until you commit: who may review a claim, who may see its reviews, what state they are shown. Pure.

No one who may still review a claim gets another reviewer's verdict, order, count, name, sources or comments on it.
"""

from dataclasses import dataclass

from annotations.models.claims import ClaimState
from annotations.models.newsrooms import Role
from annotations.models.reviews import ReviewState

OPEN_TO_ALL = frozenset({ClaimState.OPEN, ClaimState.IN_REVIEW})
# A further verdict is taken from somebody who was asked: the independent third.
OPEN_TO_ASSIGNED = frozenset({ClaimState.DISPUTED, ClaimState.AGREED})
SETTLED = frozenset({ClaimState.RULED, ClaimState.PUBLISHED})
EDITORS = frozenset({Role.EDITOR, Role.ADMIN})


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What decides about one member and one claim. `own` is the state of the member's own review, "" without one."""

    role: str
    claim_state: str
    own: str = ""
    assigned: bool = False
    disclosed: bool = False  # has seen others' answers


def refusal_to_review(standing: Standing) -> str:
    """Why this member cannot write a review of this claim now; "" when they can."""
    if standing.disclosed:
        return "has_seen_others"
    if standing.own == ReviewState.SUBMITTED:
        return "submitted_already"
    if standing.claim_state in OPEN_TO_ALL:
        return ""
    if standing.claim_state in OPEN_TO_ASSIGNED:
        if standing.assigned or standing.own == ReviewState.DRAFT:
            return ""
        return "not_asked"
    return "not_open"


def may_still_review(standing: Standing) -> bool:
    return refusal_to_review(standing) == ""


def may_see_reviews(standing: Standing) -> bool:
    """Without any further step. Editors who have not committed must first give up reviewing (`may_disclose`)."""
    if standing.disclosed:
        return True
    if may_still_review(standing):
        return False
    if standing.own == ReviewState.SUBMITTED:
        return True
    return standing.role in EDITORS and standing.claim_state in SETTLED


def may_disclose(standing: Standing) -> bool:
    """An editor may look at the reviews in order to rule; from then on they cannot review this claim."""
    return standing.role in EDITORS and not may_see_reviews(standing)


def shown_state(standing: Standing) -> str:
    """Whoever may still review sees one word for every state that would tell of others' work."""
    if may_still_review(standing) and standing.claim_state in OPEN_TO_ALL | OPEN_TO_ASSIGNED:
        return ClaimState.OPEN
    if (
        standing.role not in EDITORS
        and standing.own != ReviewState.SUBMITTED
        and standing.claim_state in OPEN_TO_ASSIGNED
    ):
        return ClaimState.IN_REVIEW
    return standing.claim_state


def is_independent(standing: Standing) -> bool:
    """A verdict counts as a first independent one when its author has seen nobody else's."""
    return not standing.disclosed

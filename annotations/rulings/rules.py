"""Who may rule, sign off and publish, and what a publication needs. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from annotations.models.claims import ClaimState
from annotations.models.rulings import RulingState

RULABLE = frozenset({ClaimState.DISPUTED, ClaimState.AGREED})

# From each state, what may follow (DESIGN: draft → awaiting sign-off → published → corrected | retracted | void).
STEPS: dict[str, frozenset[str]] = {
    RulingState.DRAFT: frozenset({RulingState.AWAITING_SIGN_OFF, RulingState.PUBLISHED, RulingState.VOID}),
    RulingState.AWAITING_SIGN_OFF: frozenset({RulingState.DRAFT, RulingState.PUBLISHED, RulingState.VOID}),
    RulingState.PUBLISHED: frozenset({RulingState.CORRECTED, RulingState.RETRACTED}),
    RulingState.CORRECTED: frozenset({RulingState.CORRECTED, RulingState.RETRACTED}),
    RulingState.RETRACTED: frozenset({RulingState.VOID}),
    RulingState.VOID: frozenset(),
}


def may_follow(old: str, new: str) -> bool:
    return new in STEPS.get(old, frozenset())


@dataclass(frozen=True, kw_only=True)
class Ready:
    """What is known about a claim and its ruling when it is to leave the house."""

    claimant: str
    claimed_on: object
    appearance_url: str
    unknown: Collection[str]
    label: bool
    basis: str
    reason: str
    summary: str
    explanation: str
    language: str


def missing(ready: Ready) -> list[str]:
    """The fields that still need an answer; "unknown" is one for claimant, claim date and appearance."""
    wanting = []
    for name, value in (
        ("claimant", ready.claimant),
        ("claimed_on", ready.claimed_on),
        ("appearance", ready.appearance_url),
    ):
        if not value and name not in ready.unknown:
            wanting.append(name)
    if not ready.label:
        wanting.append("label")
    for name in ("basis", "reason", "summary", "explanation", "language"):
        if not str(getattr(ready, name)).strip():
            wanting.append(name)
    return wanting


def basis_fits(basis: str, label_key: str, verdicts: Collection[str]) -> bool:
    """`verdicts`: the keys of the submitted reviews' labels. Unanimous: all the same and this one; adopted: somebody's; new: any."""
    if basis == "unanimous":
        return bool(verdicts) and set(verdicts) == {label_key}
    if basis == "adopted":
        return label_key in verdicts
    return basis == "new"


def refusal_to_sign_off(*, state: str, ruled_by: int | None, member_user: int) -> str:
    """Why this person cannot sign off; "" when they can. Nobody signs off their own ruling."""
    if state != RulingState.AWAITING_SIGN_OFF:
        return "not_waiting"
    if ruled_by == member_user:
        return "own_ruling"
    return ""

"""The claim list of an article in groups by what its claims wait for."""

from collections import Counter
from typing import Any

from django.utils.translation import gettext_lazy

from annotations.models.claims import ClaimState

GROUPS = {
    "proposed": gettext_lazy("to confirm"),
    "review": gettext_lazy("under review"),
    "disputed": gettext_lazy("disputed"),
    "judged": gettext_lazy("judged"),
    "orphaned": gettext_lazy("orphaned"),
    "dropped": gettext_lazy("dropped"),
}
_GROUP_OF: dict[str, str] = {
    ClaimState.PROPOSED: "proposed",
    ClaimState.DISPUTED: "disputed",
    ClaimState.RULED: "judged",
    ClaimState.PUBLISHED: "judged",
    ClaimState.ORPHANED: "orphaned",
    ClaimState.DROPPED: "dropped",
}


def group_of(state: str) -> str:
    """`state`: the one shown to the member."""
    return _GROUP_OF.get(state, "review")


def sorted_out(cards: list[dict[str, Any]], wanted: str) -> dict[str, Any]:
    """The cards of one group (`wanted`, "" for all) and how many there are of each; how far the article is."""
    counts = Counter(card["group"] for card in cards)
    show = wanted if counts[wanted] else ""
    return {
        "cards": [card for card in cards if card["group"] == show] if show else cards,
        "show": show,
        "groups": [(group, label, counts[group]) for group, label in GROUPS.items() if counts[group]],
        "all_count": len(cards),
        "judged_count": counts["judged"],
        "kept_count": len(cards) - counts["dropped"],
    }

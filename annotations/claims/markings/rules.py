"""Who may mark, look and merge while an article is doubly marked. Pure.

Markers start from the bare text: nobody who marks, or may still take a place, sees another's marks; an unfinished marker
does not see the article's claims either, or the figures would measure the splitter instead of the people.
"""

from dataclasses import dataclass

from annotations.models.markings import DoublingState, MarkerState
from annotations.models.newsrooms import Role

CLOSED = frozenset({DoublingState.MERGING, DoublingState.MERGED})
EDITORS = frozenset({Role.EDITOR, Role.ADMIN})


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What decides about one member and one double marking. `own`: the state of their place, "" without one."""

    role: str
    state: str
    own: str = ""
    disclosed: bool = False  # has looked at the markings
    free: int = 0  # places that nobody has taken


def refusal_to_mark(standing: Standing) -> str:
    """Why this member cannot add to, change or finish a list of their own now; "" when they can."""
    if standing.own == "":
        return "not_a_marker"
    if standing.state != DoublingState.MARKING:
        return "marking_closed"
    return "marking_done" if standing.own == MarkerState.DONE else ""


def refusal_to_take(standing: Standing) -> str:
    """Why this member cannot take a place now; "" when they can."""
    if standing.state != DoublingState.MARKING:
        return "marking_closed"
    if standing.own:
        return "marks_already"
    if standing.disclosed:
        return "has_seen_markings"
    return "" if standing.free > 0 else "no_place"


def may_see_all(standing: Standing) -> bool:
    """Others' marks: editors once marking is closed; before, only those who do not mark and gave up marking by looking."""
    if standing.role not in EDITORS or standing.state == DoublingState.OFF:
        return False
    return standing.state in CLOSED or (standing.disclosed and standing.own == "")


def may_disclose(standing: Standing) -> bool:
    """May look before marking is closed, and so give up marking this article."""
    return (
        standing.role in EDITORS
        and standing.state == DoublingState.MARKING
        and standing.own == ""
        and not standing.disclosed
    )


def may_merge(standing: Standing) -> bool:
    return standing.role in EDITORS and standing.state in CLOSED


def sees_claims(standing: Standing) -> bool:
    """Whether the article's claim list is shown: not to whoever marks it and is not done."""
    return standing.state != DoublingState.MARKING or standing.own != MarkerState.MARKING

"""Where a claim stands in a new version of its article: found by its exact words, or nowhere. Pure.

Words that stand in several places are only taken where their surroundings are the same too: nothing is ever attached
to other words silently.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.lib.spans import CONTEXT, Selector, Span, select


@dataclass(frozen=True, slots=True)
class Anchoring:
    """`place` is None when the words are gone; `anchor`: anchored, moved or orphaned."""

    anchor: str
    place: Selector | None = None


def find(text: str, old: Selector) -> Anchoring:
    """The old span in the new text."""
    places = _occurrences(text, old.exact)
    if len(places) > 1:
        places = [place for place in places if _surroundings_match(text, place, old)]
    if len(places) != 1:
        return Anchoring("orphaned")
    found = select(text, places[0], places[0] + len(old.exact))
    return Anchoring("anchored" if found.start == old.start else "moved", found)


def uncovered(units: Sequence[Span], taken: Sequence[Span]) -> list[Span]:
    """The units of the new text that no claim stands in yet."""
    return [unit for unit in units if not any(unit.start < span.end and span.start < unit.end for span in taken)]


def _occurrences(text: str, exact: str) -> list[int]:
    found, place = [], text.find(exact)
    while place >= 0:
        found.append(place)
        place = text.find(exact, place + 1)
    return found


def _surroundings_match(text: str, place: int, old: Selector) -> bool:
    end = place + len(old.exact)
    return text[max(0, place - CONTEXT) : place] == old.prefix and text[end : end + CONTEXT] == old.suffix

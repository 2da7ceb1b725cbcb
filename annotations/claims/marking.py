"""The article's text cut into blocks and flat segments for showing: nothing is ever put into the text itself. Pure."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim's span; `number` is the one readers see."""

    start: int
    end: int
    claim_id: int
    number: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch covered by the same claims throughout; `begins`: marks whose number stands before it."""

    text: str
    claims: tuple[int, ...]
    begins: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a heading; offsets in it count from `start`, in code points."""

    start: int
    direction: str
    heading: bool
    segments: tuple[Segment, ...]


def blocks(
    text: str,
    paragraphs: Sequence[Sequence[object]],
    headings: Sequence[Sequence[int]],
    marks: Sequence[Mark],
) -> list[Block]:
    """Overlapping marks become flat segments; a mark over several paragraphs is shown in each."""
    titles = {int(start) for start, _end in headings}
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.number))
    found = []
    for start, end, direction in paragraphs:
        first, last = int(str(start)), int(str(end))
        inside = [mark for mark in ordered if mark.start < last and mark.end > first]
        found.append(Block(first, str(direction), first in titles, _segments(text, first, last, inside)))
    return found


def _segments(text: str, start: int, end: int, marks: Sequence[Mark]) -> tuple[Segment, ...]:
    borders = {start, end}
    for mark in marks:
        borders |= {max(start, mark.start), min(end, mark.end)}
    cuts = sorted(borders)
    return tuple(
        Segment(
            text[left:right],
            tuple(mark.claim_id for mark in marks if mark.start <= left and mark.end >= right),
            tuple(mark for mark in marks if mark.start == left),
        )
        for left, right in itertools.pairwise(cuts)
    )

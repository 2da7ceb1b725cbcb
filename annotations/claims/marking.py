"""The article's text cut into blocks and flat segments for showing: nothing is ever put into the text itself. Pure."""

import itertools
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotations.lib import languages

# Joiners, non-joiners and direction marks belong to the word they stand in.
_INSIDE = frozenset("\u200c\u200d\u0640\u00ad\u2060")


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim's span; `number` is the one readers see, `word` says the claim's state to who hears it."""

    start: int
    end: int
    claim_id: int
    number: int
    word: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch covered by the same claims throughout; `begins`: marks whose number stands before it."""

    text: str
    claims: tuple[int, ...]
    begins: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a heading; offsets in it count from `start`, in code points. `language`: "" where it is the article's."""

    start: int
    direction: str
    heading: bool
    segments: tuple[Segment, ...]
    language: str = ""


def blocks(
    text: str,
    paragraphs: Sequence[Sequence[object]],
    headings: Sequence[Sequence[int]],
    marks: Sequence[Mark],
    *,
    language: str = "",
) -> list[Block]:
    """Overlapping marks become flat segments; a mark over several paragraphs is shown in each.

    A number never stands inside a word, where it would break joined letters: it goes before the word.
    """
    titles = {int(start) for start, _end in headings}
    places = [(int(str(start)), int(str(end)), str(direction)) for start, end, direction in paragraphs]
    return [
        Block(
            first,
            direction,
            first in titles,
            _segments(text, first, last, inside),
            _language(text[first:last], direction, language),
        )
        for (first, last, direction), inside in zip(places, _by_block(places, marks), strict=True)
    ]


def touched(paragraphs: Sequence[Sequence[object]], spans: Iterable[tuple[int, int]]) -> list[list[object]]:
    """The paragraphs that one of these spans stands in."""
    wanted = list(spans)
    return [
        list(part)
        for part in paragraphs
        if any(start < int(str(part[1])) and end > int(str(part[0])) for start, end in wanted)
    ]


def _by_block(places: Sequence[tuple[int, int, str]], marks: Sequence[Mark]) -> list[list[Mark]]:
    ends = [last for _first, last, _direction in places]
    found: list[list[Mark]] = [[] for _place in places]
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.number)):
        at = bisect_left(ends, mark.start + 1)
        while at < len(places) and places[at][0] < mark.end:
            found[at].append(mark)
            at += 1
    return found


def _segments(text: str, start: int, end: int, marks: Sequence[Mark]) -> tuple[Segment, ...]:
    """One pass over the borders: the marks that are open are kept, not looked for, so that thousands cost little."""
    numbers: dict[int, list[Mark]] = {}
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, list[Mark]] = {}
    for mark in marks:
        opening.setdefault(max(start, mark.start), []).append(mark)
        closing.setdefault(min(end, mark.end), []).append(mark)
        if mark.start >= start:
            numbers.setdefault(word_start(text, mark.start, start), []).append(mark)
    open_ones: dict[Mark, None] = {}
    found = []
    cuts = sorted({start, end, *opening, *closing, *numbers})
    for left, right in itertools.pairwise(cuts):
        for mark in closing.get(left, ()):
            open_ones.pop(mark, None)
        for mark in opening.get(left, ()):
            open_ones[mark] = None
        claims = tuple(dict.fromkeys(mark.claim_id for mark in open_ones))
        found.append(Segment(text[left:right], claims, tuple(numbers.get(left, ()))))
    return tuple(found)


def word_start(text: str, place: int, floor: int = 0) -> int:
    """`place`, or where the word begins that it stands in the middle of."""
    if not (floor < place < len(text) and _in_word(text[place - 1]) and _in_word(text[place])):
        return place
    while place > floor and _in_word(text[place - 1]):
        place -= 1
    return place


def _in_word(char: str) -> bool:
    return char.isalnum() or char in _INSIDE or unicodedata.category(char) in ("Mn", "Mc", "Me")


def _language(text: str, direction: str, article: str) -> str:
    """The language of a paragraph that runs the other way than its article's language does."""
    if not article or not direction or direction == languages.direction(article):
        return ""
    found = languages.detect(text)
    return "" if found == article else found

"""Where a claim stands in a new version of its article: anchored, moved, reworded or orphaned. Pure.

Exact words first, then similar ones with a floor. Nothing is ever attached to other words silently: what is not letter for
letter the same says so, and words that stood elsewhere in the old text are nobody's new wording.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from annotations.claims.aligning import Alignment, overlapping
from annotations.lib.folding import fold_text
from annotations.lib.spans import Selector, Span, select

FLOOR = 0.75  # similarity of the folded words
FLOOR_SHORT = 0.8  # ... of fewer than SHORT characters
SHORT = 25


@dataclass(frozen=True, slots=True)
class Anchoring:
    """`place` is None when the words are gone; `likeness` in 0..1 of the folded words (1: only spelling changed, if anything)."""

    anchor: str
    place: Selector | None = None
    likeness: float = 0.0


ORPHANED = Anchoring("orphaned")


def find(alignment: Alignment, start: int, end: int) -> Anchoring:
    """The old text's `start..end` in the new text."""
    touched = overlapping(alignment.old_spans, Span(start, end))
    if not touched:
        return ORPHANED
    if all(place in alignment.matches for place in (touched[0], touched[-1])):
        found = _carried(alignment, start, end, touched)
        if found is not None:
            return found
    return _alone(alignment, start, end)


def _carried(alignment: Alignment, start: int, end: int, touched: Sequence[int]) -> Anchoring | None:
    first, last = alignment.matches[touched[0]], alignment.matches[touched[-1]]
    begin = _mapped(alignment, first.old, first.new, start, is_end=False)
    stop = _mapped(alignment, last.old, last.new, end, is_end=True)
    if begin >= stop or stop - begin > 3 * (end - start) + 40:
        return None
    exact = alignment.old[start:end]
    if alignment.new[begin:stop] == exact:
        kept_order = all(place in alignment.in_order for place in touched)
        return Anchoring("anchored" if kept_order else "moved", select(alignment.new, begin, stop), 1.0)
    words_end = end
    while words_end > start and not _in_word(alignment.old[words_end - 1]):
        words_end -= 1
    if (
        start < words_end < end
        and _in_word(alignment.new[stop - 1])
        and alignment.old_spans[touched[-1]].start < words_end
    ):
        # a closing mark that became a word (". The" -> ", and the") is not the claim's
        stop = _mapped(alignment, last.old, last.new, words_end, is_end=True)
    begin, stop = _to_words(alignment, start, end, begin, stop)
    return _reworded(alignment, exact, begin, stop)


def _reworded(alignment: Alignment, exact: str, start: int, end: int) -> Anchoring | None:
    if start >= end:
        return None
    old, new = fold_text(exact), fold_text(alignment.new[start:end])
    likeness = ratio(old, new) / 100
    if not old or not new or likeness < (FLOOR_SHORT if len(old) < SHORT else FLOOR):
        return None
    return Anchoring("reworded", select(alignment.new, start, end), likeness)


def _alone(alignment: Alignment, start: int, end: int) -> Anchoring:
    """Its sentence is gone or cut otherwise: the exact words, if they stand once in each text and long enough to be told."""
    exact = alignment.old[start:end]
    if len(exact) < SHORT or alignment.old.count(exact) != 1 or alignment.new.count(exact) != 1:
        return ORPHANED
    place = alignment.new.index(exact)
    return Anchoring("moved", select(alignment.new, place, place + len(exact)), 1.0)


def _mapped(alignment: Alignment, old_run: range, new_run: range, offset: int, *, is_end: bool) -> int:
    """The offset of the old run of sentences in the new run, by the edits between them."""
    old_start, old_end = alignment.old_spans[old_run[0]].start, alignment.old_spans[old_run[-1]].end
    new_start, new_end = alignment.new_spans[new_run[0]].start, alignment.new_spans[new_run[-1]].end
    if offset <= old_start:
        return new_start
    if offset >= old_end:
        return new_end
    inside = offset - old_start
    for edit in Levenshtein.opcodes(alignment.old[old_start:old_end], alignment.new[new_start:new_end]):
        if edit.src_start <= inside < edit.src_end or (is_end and edit.src_start < inside <= edit.src_end):
            if edit.tag == "equal":
                return new_start + edit.dest_start + inside - edit.src_start
            return new_start + (edit.dest_end if is_end else edit.dest_start)
    return new_end


def _to_words(alignment: Alignment, start: int, end: int, begin: int, stop: int) -> tuple[int, int]:
    """Borders that stood between words stand between words again."""
    old, new = alignment.old, alignment.new
    if not _splits_word(old, start):
        while begin > 0 and _splits_word(new, begin):
            begin -= 1
    if not _splits_word(old, end):
        while stop < len(new) and _splits_word(new, stop):
            stop += 1
    while begin < stop and new[begin].isspace():
        begin += 1
    while stop > begin and new[stop - 1].isspace():
        stop -= 1
    return begin, stop


def _splits_word(text: str, place: int) -> bool:
    return 0 < place < len(text) and _in_word(text[place - 1]) and _in_word(text[place])


def _in_word(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char)[0] == "M"  # vowel signs, tashkeel


def uncovered(units: Sequence[Span], taken: Sequence[Span]) -> list[Span]:
    """The units of the new text that no claim stands in yet."""
    return [unit for unit in units if not any(unit.start < span.end and span.start < unit.end for span in taken)]

"""Pairs of sentences, one of an old text and one of a new, that may be the same one; and what tells them apart. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

FLOOR = 0.7  # similarity of folded sentences below which they are different ones
RIVAL = 0.05  # wordings whose likeness differs by less are told apart by their neighbours alone
_MOST_COMPARED = 200_000  # pairs; beyond, only sentences near each other in the text
_MANY = 1600  # pairs of the same words; beyond, only those whose turn is about the same
_TURNS = 12


@dataclass(frozen=True, slots=True)
class Pair:
    """Runs of one or two sentences; `likeness` is 1 only letter for letter."""

    old: range
    new: range
    likeness: float


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of a text as they stand, and folded."""

    plain: Sequence[str]
    folded: Sequence[str]

    def joined(self, run: range) -> str:
        return " ".join(self.folded[place] for place in run)

    def turns(self) -> tuple[dict[int, tuple[int, int]], dict[str, int]]:
        """Of each sentence the how manieth of its words it is, from the start and from the end; how often each stands."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(self.plain):
            places[words].append(place)
        found = {place: (turn, len(each) - turn) for each in places.values() for turn, place in enumerate(each)}
        return found, {words: len(each) for words, each in places.items()}


def alike(old: Words, new: Words, left: Sequence[int], right: Sequence[int]) -> list[Pair]:
    """Every pair above the floor among what is left of both texts. What stood elsewhere in the old text is nobody's new wording."""
    reach = max(30, _MOST_COMPARED // max(1, len(left))) if len(left) * len(right) > _MOST_COMPARED else None
    old_turns, old_counts = old.turns()
    new_turns, new_counts = new.turns()
    runs_new = [(run, new.joined(run), any(new.plain[place] in old_counts for place in run)) for run in _runs(right)]
    found = []
    for run in _runs(left):
        words = old.joined(run)
        for other, other_words, stood in runs_new:
            if len(run) > 1 and len(other) > 1:
                continue
            if len(run) == len(other) == 1 and old.plain[run.start] == new.plain[other.start]:
                text = old.plain[run.start]
                turns = zip(old_turns[run.start], new_turns[other.start], strict=True)
                if old_counts[text] * new_counts[text] <= _MANY or any(abs(a - b) <= _TURNS for a, b in turns):
                    found.append(Pair(run, other, 1.0))
                continue
            if stood or (reach and abs(run.start - other.start) > reach):
                continue
            likeness = ratio(words, other_words, score_cutoff=FLOOR * 100) / 100
            if likeness:
                found.append(Pair(run, other, min(likeness, 0.99)))
    return found


def rivalled(pairs: Iterable[Pair]) -> set[int]:
    """Old sentences that more than one new sentence is nearly as good a wording of."""
    by_old: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for pair in pairs:
        if len(pair.old) == len(pair.new) == 1:
            by_old[pair.old.start].append((pair.likeness, pair.new.start))
    found = set()
    for old, rivals in by_old.items():
        rivals.sort(reverse=True)
        if len(rivals) > 1 and rivals[1][0] > min(rivals[0][0], 0.99) - RIVAL:
            found.add(old)
    return found


def order(ranked: tuple[float, Pair]) -> tuple[float, int, int, int]:
    score, pair = ranked
    return -score, abs(pair.old.start - pair.new.start), pair.old.start, pair.new.start


def _runs(places: Iterable[int]) -> Iterable[range]:
    """Single sentences, and neighbours in twos (a sentence that was cut in two, or two that were joined)."""
    known = set(places)
    for place in sorted(known):
        yield range(place, place + 1)
        if place + 1 in known:
            yield range(place, place + 2)

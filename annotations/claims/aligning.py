"""Which sentence of a new text is which of the old one. Pure.

Equal sentences first (of those that stand several times, the ones whose neighbours are the same), then similar ones among
what is left on both sides: a sentence that stood in the old text is never taken for another one's new wording.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from annotations.claims import likening
from annotations.claims.likening import Pair
from annotations.claims.segmenters.boundaries import sentences
from annotations.lib.folding import fold_text
from annotations.lib.spans import Span

_NEIGHBOURS = 3
_CONTEXT = 0.35  # what neighbours that agree weigh against likeness
_REACH = 6  # sentences
_CLEAR = 0.015  # a pair must be this much better than its rivals


@dataclass(frozen=True, slots=True)
class Match:
    """`old` and `new` are runs of sentences that stand for each other; `equal`: letter for letter."""

    old: range
    new: range
    equal: bool


class Alignment:
    """Both texts cut into sentences, and which is which."""

    def __init__(self, old: str, new: str, language: str) -> None:
        self.old, self.new = old, new
        self.old_spans = [span for span, _heading in sentences(old, language)]
        self.new_spans = [span for span, _heading in sentences(new, language)]
        self._old_words = [old[span.start : span.end] for span in self.old_spans]
        self._new_words = [new[span.start : span.end] for span in self.new_spans]
        self._old_folded = [fold_text(words) for words in self._old_words]
        self._new_folded = [fold_text(words) for words in self._new_words]
        equal = self._equal()
        self.matches = {old: Match(range(old, old + 1), range(new, new + 1), True) for old, new in equal.items()}
        self._taken = set(equal.values())
        self._match_rest()
        self._keep_vouched()
        self.in_order = _longest_increasing({old: (match.new.start, old) for old, match in self.matches.items()})

    def _equal(self) -> dict[int, int]:
        """Words that stand once in each text. Those that stand several times are told apart later, by what stands around them."""
        where: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for place, words in enumerate(self._old_words):
            where[words][0].append(place)
        for place, words in enumerate(self._new_words):
            where[words][1].append(place)
        once = {olds[0]: news[0] for olds, news in where.values() if len(olds) == len(news) == 1}
        # Without a neighbour beside it, it may be a copy set elsewhere while the sentence itself was edited: likeness and
        # neighbours decide together. Where it still lies between the same others, it is the sentence itself.
        beside = {old: new for old, new in once.items() if once.get(old - 1) == new - 1 or once.get(old + 1) == new + 1}
        runs = {old: range(new, new + 1) for old, new in beside.items()}
        order = sorted(once)
        for at, old in enumerate(order):
            turn = [once[each] for each in order[max(0, at - 1) : at + 2]]
            between = self._between(range(old, old + 1), runs)
            if old not in beside and turn == sorted(turn) and between is not None and once[old] in between[1]:
                beside[old] = once[old]
        return beside

    def _match_rest(self) -> None:
        """Likeness and neighbours together; again and again, as each match tells more about its neighbours'."""
        left = [place for place in range(len(self.old_spans)) if place not in self.matches]
        right = [place for place in range(len(self.new_spans)) if place not in self._taken]
        pairs = likening.alike(
            likening.Words(self._old_words, self._old_folded),
            likening.Words(self._new_words, self._new_folded),
            left,
            right,
        )
        self._rivalled = likening.rivalled(pairs)
        while pairs:
            pairs = [each for each in pairs if self._free(each)]
            ranked = sorted(
                ((each.likeness + _CONTEXT * self._context(each), each) for each in pairs), key=likening.order
            )
            if not self._accept_clear(ranked) and not self._accept_tied(ranked):
                return

    def _free(self, pair: Pair) -> bool:
        return self.matches.keys().isdisjoint(pair.old) and self._taken.isdisjoint(pair.new)

    def _accept_clear(self, ranked: Sequence[tuple[float, Pair]]) -> bool:
        """Every pair that beats all pairs that want the same sentences."""
        accepted = False
        best_old: dict[int, list[float]] = defaultdict(list)
        best_new: dict[int, list[float]] = defaultdict(list)
        for score, pair in ranked:
            for place in pair.old:
                best_old[place].append(score)
            for place in pair.new:
                best_new[place].append(score)
        for score, pair in ranked:
            wanted = [best_old[place] for place in pair.old] + [best_new[place] for place in pair.new]
            if all(each[0] <= score and (len(each) < 2 or each[1] <= score - _CLEAR) for each in wanted):
                self._take(pair)
                accepted = True
        return accepted

    def _accept_tied(self, ranked: Sequence[tuple[float, Pair]]) -> bool:
        """Nothing tells the best ones apart: in the text's order when as many stand on both sides, else none of them."""
        best = ranked[0][1] if ranked else None
        if best is None:
            return False
        words = self._old_words[best.old.start]
        group = [
            pair
            for _score, pair in ranked
            if pair.likeness == best.likeness
            and len(pair.old) == len(pair.new) == 1
            and self._old_words[pair.old.start] == words
        ]
        olds = sorted({pair.old.start for pair in group})
        news = sorted({pair.new.start for pair in group})
        if group and len(olds) == len(news):
            # of those that are as good as the best, the one that keeps its turn
            best_score = ranked[0][0]
            near = [pair for score, pair in ranked if score > best_score - _CLEAR and pair in group]
            self._take(min(near, key=lambda pair: abs(olds.index(pair.old.start) - news.index(pair.new.start))))
            return True
        if len(group) > 1:
            self._taken.update(news)  # nobody's
            return True
        self._take(best)
        return True

    def _keep_vouched(self) -> None:
        """Of words that stand several times a match holds only beside a match that holds: better nobody's than another's."""
        olds, news = Counter(self._old_folded), Counter(self._new_folded)
        doubtful = set()
        for old, match in self.matches.items():
            words = [self._old_folded[old]] if match.equal else [self._new_folded[place] for place in match.new]
            if (
                any(olds[each] > 1 or news[each] > 1 for each in [self._old_folded[old], *words])
                or old in self._rivalled
            ):
                doubtful.add(old)
        held = set(self.matches) - doubtful
        grown = True
        while grown:
            grown = False
            for old in sorted(doubtful - held):
                if self._is_vouched(old, held):
                    held.add(old)
                    grown = True
        self.matches = {old: match for old, match in self.matches.items() if old in held}

    def _is_vouched(self, old: int, held: set[int]) -> bool:
        """One neighbour stands beside it in both texts, and the other one does not stand beside the same words elsewhere."""
        match = self.matches[old]
        before = self.matches.get(match.old.start - 1) if match.old.start - 1 in held else None
        after = self.matches.get(match.old.stop) if match.old.stop in held else None
        beside_before = before is not None and before.new.stop == match.new.start
        beside_after = after is not None and after.new.start == match.new.stop
        if before is not None and not beside_before and self._reads_alike(before.new.stop, match.new.start):
            return False
        if after is not None and not beside_after and self._reads_alike(after.new.start - 1, match.new.stop - 1):
            return False
        if _has_twin_beside(self._new_folded, match.new) and not _has_twin_beside(self._old_folded, match.old):
            return False
        return beside_before or beside_after or self._is_alone_between(match, held)

    def _is_alone_between(self, match: Match, held: set[int]) -> bool:
        """Between the nearest matches that hold the words stand once in both texts."""
        between = self._between(match.old, {old: self.matches[old].new for old in held})
        if between is None or match.new.start not in between[1] or match.new.stop - 1 not in between[1]:
            return False
        words = self._old_folded[match.old.start]
        return (
            sum(self._old_folded[place] == words for place in between[0]) == 1
            and sum(self._reads_alike(place, match.new.start) for place in between[1]) == 1
        )

    def _between(self, old: range, held: dict[int, range]) -> tuple[range, range] | None:
        """What lies between the nearest held sentences, in both texts; an end of both texts holds too. None when it is far."""
        before = next((place for place in range(old.start - 1, old.start - _REACH, -1) if place in held), None)
        after = next((place for place in range(old.stop, old.stop + _REACH) if place in held), None)
        if (before is None and old.start >= _REACH) or (after is None and old.stop + _REACH <= len(self.old_spans)):
            return None
        news = range(
            0 if before is None else held[before].stop, len(self.new_spans) if after is None else held[after].start
        )
        olds = range(0 if before is None else before + 1, len(self.old_spans) if after is None else after)
        return (olds, news) if len(news) <= 2 * _REACH else None

    def _reads_alike(self, place: int, other: int) -> bool:
        if not 0 <= place < len(self._new_folded):
            return False
        return ratio(self._new_folded[place], self._new_folded[other]) / 100 > 1 - likening.RIVAL

    def _take(self, pair: Pair) -> None:
        equal = len(pair.old) == len(pair.new) == 1 and self._old_words[pair.old[0]] == self._new_words[pair.new[0]]
        self._taken.update(pair.new)
        self.matches |= dict.fromkeys(pair.old, Match(pair.old, pair.new, equal))

    def _context(self, pair: Pair) -> float:
        """0..1: how many of the nearest sentences on both sides are each other's too."""
        shared = 0.0
        for step in range(1, _NEIGHBOURS + 1):
            for left, right in (
                (pair.old.start - step, pair.new.start - step),
                (pair.old.stop - 1 + step, pair.new.stop - 1 + step),
            ):
                inside_old, inside_new = 0 <= left < len(self._old_words), 0 <= right < len(self._new_words)
                if not inside_old or not inside_new:
                    shared += 0.5 * (inside_old == inside_new) / step  # both at an end of their text
                elif left in self.matches:
                    shared += (right in self.matches[left].new) / step
                elif right not in self._taken and self._old_folded[left] == self._new_folded[right]:
                    shared += 0.5 / step
        return shared / (2 * sum(1 / step for step in range(1, _NEIGHBOURS + 1)))


def _has_twin_beside(folded: Sequence[str], run: range) -> bool:
    return any(0 <= place < len(folded) and folded[place] == folded[run.start] for place in (run.start - 1, run.stop))


def _longest_increasing(pairs: dict[int, tuple[int, int]]) -> set[int]:
    """The old places of the longest run of matches that kept their order (patience sorting)."""
    piles: list[int] = []  # old place at the top of each pile
    before: dict[int, int | None] = {}
    for old in sorted(pairs):
        low, high = 0, len(piles)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if pairs[piles[middle]] < pairs[old] else (low, middle)
        before[old] = piles[low - 1] if low else None
        piles[low : low + 1] = [old]
    kept: set[int] = set()
    place = piles[-1] if piles else None
    while place is not None:
        kept.add(place)
        place = before[place]
    return kept


def overlapping(spans: Sequence[Span], wanted: Span) -> list[int]:
    """The sentences that the wanted span touches."""
    return [place for place, span in enumerate(spans) if span.start < wanted.end and wanted.start < span.end]

"""Do two reviewers mark the same spans, and cite the same sources? Scores that add up over articles, never averaged over them.

Spans are half-open (start, end) code points of one article version, outer white space trimmed; those of one reviewer do
not overlap (`disjoint` makes them so). A score of nothing against nothing is None; nothing against something is 0.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from annotations.agreement import engine
from annotations.agreement.distances import nominal
from annotations.agreement.engine import Figure
from annotations.agreement.patterns import Table

Spans = Sequence[tuple[int, int]]


class SpansOverlap(ValueError):
    """Two spans of one reviewer overlap, so that matches between reviewers would not be unique."""


@dataclass(frozen=True, slots=True)
class Marked:
    """One article: its length in characters, and the spans of each reviewer who finished it (none marked = empty)."""

    length: int
    spans: Mapping[str, Spans]


@dataclass(frozen=True, slots=True)
class Tally:
    """What two reviewers share, in numbers that add up over articles or claims."""

    one: int = 0
    other: int = 0
    matched: int = 0  # intersection over union above one half
    exact: int = 0
    offset: int = 0  # sum over matched spans of |start gap| + |end gap|
    characters_one: int = 0
    characters_other: int = 0
    characters_both: int = 0

    def __add__(self, more: "Tally") -> "Tally":
        return Tally(*(getattr(self, name) + getattr(more, name) for name in self.__slots__))

    @property
    def iou_f1(self) -> float | None:
        """2 · matched / all spans of both. Equals positive specific agreement (Hripcsak and Rothschild 2005)."""
        return _share(self.matched, self.one + self.other)

    @property
    def exact_f1(self) -> float | None:
        """The same, for spans with equal bounds."""
        return _share(self.exact, self.one + self.other)

    @property
    def dice(self) -> float | None:
        """2 · characters that both marked / characters that each marked."""
        return _share(self.characters_both, self.characters_one + self.characters_other)

    @property
    def mean_offset(self) -> float | None:
        """Characters by which a bound of a matched span lies off, on average; None when none matches."""
        return self.offset / (2 * self.matched) if self.matched else None


def _share(both: int, each: int) -> float | None:
    return 2 * both / each if each else None


def disjoint(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted, empty ones dropped, overlapping ones joined: what a reviewer marked, as characters."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def in_order(spans: Spans) -> list[tuple[int, int]]:
    """Sorted; raises SpansOverlap where two overlap, ValueError for an empty or backward one."""
    found = sorted((start, end) for start, end in spans)
    last = 0
    for start, end in found:
        if start >= end or start < 0:
            raise ValueError(f"span {start}..{end} is empty or runs backwards")
        if start < last:
            raise SpansOverlap(f"span {start}..{end} overlaps another of the same reviewer")
        last = end
    return found


def compare(one: Spans, other: Spans) -> Tally:
    """Two reviewers on one article. Disjoint spans have at most one partner above one half: one sweep finds them all."""
    return _sweep(in_order(one), in_order(other))


def _sweep(left: Spans, right: Spans) -> Tally:
    at = beside = matched = exact = offset = both = 0
    while at < len(left) and beside < len(right):
        start, end = left[at]
        begin, stop = right[beside]
        shared = min(end, stop) - max(start, begin)
        if shared > 0:
            both += shared
            if 3 * shared > end - start + stop - begin:  # shared / union > 1/2
                matched += 1
                offset += abs(start - begin) + abs(end - stop)
                exact += start == begin and end == stop
        if end <= stop:
            at += 1
        if stop <= end:
            beside += 1
    sizes = sum(end - start for start, end in left), sum(end - start for start, end in right)
    return Tally(len(left), len(right), matched, exact, offset, *sizes, both)


def span_pairs(articles: Iterable[Marked]) -> dict[tuple[str, str], Tally]:
    """Every pair of reviewers who finished an article, pooled over all that both finished."""
    found: dict[tuple[str, str], Tally] = {}
    for article in articles:
        ordered = {name: in_order(spans) for name, spans in sorted(article.spans.items())}
        for one, other in combinations(ordered, 2):
            found[one, other] = found.get((one, other), Tally()) + _sweep(ordered[one], ordered[other])
    return found


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of those that are defined; None when none is."""
    defined = [value for value in values if value is not None]
    return sum(defined) / len(defined) if defined else None


def characters(articles: Sequence[Marked]) -> Table:
    """How many characters k of the article's reviewers marked: a histogram like that of verdicts, found by a sweep over bounds."""
    counts, weight, of_article = [], [], []
    for number, article in enumerate(articles):
        people, steps = len(article.spans), {0: 0, article.length: 0}
        for spans in article.spans.values():
            for start, end in in_order(spans):
                if end > article.length:
                    raise ValueError(f"span {start}..{end} lies outside an article of {article.length} characters")
                steps[start] = steps.get(start, 0) + 1
                steps[end] = steps.get(end, 0) - 1
        tally, inside, last = [0] * (people + 1), 0, 0
        for place in sorted(steps):
            tally[inside] += place - last
            inside, last = inside + steps[place], place
        for marked, amount in enumerate(tally):
            if amount:
                counts.append((marked, people - marked))
                weight.append(amount)
                of_article.append(number)
    return Table(
        np.array(counts, dtype=float).reshape(-1, 2), np.array(weight, dtype=float), np.array(of_article, np.intp)
    )


def character_alpha(articles: Sequence[Marked]) -> Figure:
    """Nominal alpha of "marked or not" over characters, additive over articles; nothing marked counts as zeros.

    Characters are not independent, so the interval leaves out articles, and there is none below twenty.
    """
    found = engine.alpha(characters(articles), nominal, by="article")
    shared = sum(len(article.spans) >= 2 for article in articles)
    return replace(found, claims=len(articles), pairable=shared, notes=(), no_interval=found.no_interval)


def compare_sets(one: Collection[str], other: Collection[str]) -> Tally:
    """Two reviewers' sets of normalised source addresses on one claim."""
    left, right = set(one), set(other)
    both = len(left & right)
    return Tally(len(left), len(right), both, both)


def set_pairs(claims: Iterable[Mapping[str, Collection[str]]]) -> dict[tuple[str, str], Tally]:
    """Every pair of reviewers, pooled over the claims that both reviewed. F1, as sources have no closed list to draw by chance."""
    found: dict[tuple[str, str], Tally] = {}
    for claim in claims:
        for one, other in combinations(sorted(claim), 2):
            found[one, other] = found.get((one, other), Tally()) + compare_sets(claim[one], claim[other])
    return found


def pooled_f1(tallies: Iterable[Tally]) -> float | None:
    """One F1 over all pairs together."""
    return sum(tallies, Tally()).iou_f1

"""The one statistic that all scores follow from: how many reviewers chose each label of a claim, as a portable text key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Histogram = Mapping[str, int]  # pattern key -> number of claims with it
Array = NDArray[np.float64]
Indexes = NDArray[np.intp]

_HEAD = 4096  # reviews


@dataclass(frozen=True, slots=True)
class Declared:
    """A scale as agreement sees it: for each label its position on the truth scale, or None off it."""

    positions: tuple[int | None, ...]

    @property
    def size(self) -> int:
        return len(self.positions)

    @property
    def on_scale(self) -> list[int]:
        """Indexes of the labels on the truth scale, falsest first."""
        placed = [index for index, position in enumerate(self.positions) if position is not None]
        return sorted(placed, key=lambda index: self.positions[index] or 0)

    @property
    def off_scale(self) -> list[int]:
        """Indexes of the labels without a place on the truth scale, in declared order."""
        return [index for index, position in enumerate(self.positions) if position is None]


def key(counts: Mapping[int, int]) -> str:
    """{0: 2, 3: 1} → "0:2,3:1"; labels nobody chose are left out. The same on every database."""
    return ",".join(f"{label}:{counts[label]}" for label in sorted(counts) if counts[label] > 0)


def parse(pattern: str) -> dict[int, int]:
    """The counts of a key."""
    return dict(_parts(pattern))


@lru_cache(maxsize=16384)
def _parts(pattern: str) -> tuple[tuple[int, int], ...]:
    if not pattern:
        return ()
    return tuple((int(label), int(count)) for label, count in (part.split(":") for part in pattern.split(",")))


@dataclass(frozen=True, slots=True)
class Table:
    """The histogram as arrays: `counts` (rows x labels), `weight` (claims of each row).

    `article`: the article of each row, counted from 0, where figures shall know which claims belong together.
    """

    counts: Array
    weight: Array
    article: Indexes | None = None

    @property
    def ratings(self) -> Array:
        """Reviews in a claim of each row."""
        total: Array = self.counts.sum(axis=1)
        return total

    def pairable(self) -> "Table":
        """Only claims with two reviews or more."""
        return self._rows(self.ratings >= 2)

    def rated(self) -> "Table":
        """Only claims with a review."""
        return self._rows(self.ratings >= 1)

    def columns(self, labels: Sequence[int]) -> "Table":
        """Only these labels, in this order; the others count as missing."""
        return Table(self.counts[:, list(labels)], self.weight, self.article)

    def _rows(self, kept: NDArray[np.bool_]) -> "Table":
        article = None if self.article is None else self.article[kept]
        return Table(self.counts[kept], self.weight[kept], article)


def table(histogram: Histogram | Table, declared: Declared) -> Table:
    """Patterns in sorted order, so that equal histograms give equal bits. Raises ValueError for a label not declared."""
    if isinstance(histogram, Table):
        return histogram
    keys = [pattern for pattern in sorted(histogram) if pattern and histogram[pattern] > 0]
    counts = np.zeros((len(keys), declared.size))
    for row, pattern in enumerate(keys):
        for label, count in _parts(pattern):
            if not 0 <= label < declared.size:
                raise ValueError(f"pattern {pattern!r} names label {label}, the scale has {declared.size}")
            counts[row, label] = count
    return Table(counts, np.array([float(histogram[pattern]) for pattern in keys]))


def by_article(histograms: Sequence[Histogram], declared: Declared) -> Table:
    """One histogram an article, as one table that remembers which rows belong to which."""
    tables = [table(histogram, declared) for histogram in histograms]
    if not tables:
        return Table(np.zeros((0, declared.size)), np.zeros(0), np.zeros(0, dtype=np.intp))
    article = np.repeat(np.arange(len(tables)), [len(one.weight) for one in tables])
    return Table(
        np.concatenate([one.counts for one in tables]), np.concatenate([one.weight for one in tables]), article
    )


def of_reviews(claim: Indexes, label: Indexes, size: int) -> Table:
    """The histogram of reviews that lie in memory: a pass or two over them, one array of a number a claim, no sorting.

    `claim` and `label` count from 0, one entry a review. Rows come in the order of their pattern number, so equal
    reviews in any order give equal bits.
    """
    if len(claim) == 0:
        return Table(np.zeros((0, size)), np.zeros(0))
    head = claim[:_HEAD]
    if (head[1:] >= head[:-1]).all():  # claim by claim: the first ones tell how many reviews a claim has, most likely
        found = _numbered(claim, label, size, int(np.bincount(head - head[0]).max()) + 1)
        if found is not None:
            return found
    return _numbered(claim, label, size, int(np.bincount(claim).max()) + 1) or _of_wide_reviews(claim, label, size)


def _numbered(claim: Indexes, label: Indexes, size: int, base: int) -> Table | None:
    """Each claim's counts as the digits of one number; None if a count is no digit, or the number is no exact float."""
    if base**size >= 2**53:
        return None
    powers = float(base) ** np.arange(size)
    numbers = np.bincount(claim, weights=powers.take(label)).astype(np.int64)
    if base**size <= max(1 << 16, 2 * len(numbers)) and int(numbers.max()) < base**size:
        tally = np.bincount(numbers)
        found = np.flatnonzero(tally)
        weight = tally[found]
    else:
        found, weight = np.unique(numbers, return_counts=True)
    counts = found[:, None] // base ** np.arange(size)[None, :] % base
    if int(counts.sum(axis=1) @ weight) != len(label):  # a digit ran over: each time their sum falls
        return None
    kept = found > 0  # a claim without a review
    return Table(counts[kept].astype(float), weight[kept].astype(float))


def _of_wide_reviews(claim: Indexes, label: Indexes, size: int) -> Table:
    """The same for many labels and reviews: the full counts, then equal rows together."""
    claims = int(claim.max()) + 1
    counts = np.bincount(claim * size + label, minlength=claims * size).reshape(claims, size)
    rows, weight = np.unique(counts, axis=0, return_counts=True)
    kept = rows.any(axis=1)
    return Table(rows[kept].astype(float), weight[kept].astype(float))


def of_articles(claim: Indexes, label: Indexes, size: int, article_of: Indexes) -> Table:
    """One row a claim and its article; `article_of` tells each claim's article."""
    counts = np.bincount(claim * size + label, minlength=len(article_of) * size).reshape(len(article_of), size)
    rows, weight = np.unique(np.column_stack([article_of, counts]), axis=0, return_counts=True)
    kept = rows[:, 1:].any(axis=1)
    rows, weight = rows[kept], weight[kept]
    _names, article = np.unique(rows[:, 0], return_inverse=True)
    return Table(rows[:, 1:].astype(float), weight.astype(float), article.astype(np.intp))

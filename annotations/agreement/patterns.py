"""The one statistic that all scores follow from: how many reviewers chose each label of a claim, as a portable text key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Histogram = Mapping[str, int]  # pattern key -> number of claims with it


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


def key(counts: Mapping[int, int]) -> str:
    """{0: 2, 3: 1} → "0:2,3:1"; labels nobody chose are left out. The same on every database."""
    return ",".join(f"{label}:{counts[label]}" for label in sorted(counts) if counts[label] > 0)


def parse(pattern: str) -> dict[int, int]:
    """The counts of a key."""
    if not pattern:
        return {}
    return {int(label): int(count) for label, count in (part.split(":") for part in pattern.split(","))}


@dataclass(frozen=True, slots=True)
class Table:
    """The histogram as arrays: `counts` (patterns x labels), `weight` (claims with each pattern)."""

    counts: NDArray[np.float64]
    weight: NDArray[np.float64]

    @property
    def ratings(self) -> NDArray[np.float64]:
        """Reviews in a claim of each pattern."""
        total: NDArray[np.float64] = self.counts.sum(axis=1)
        return total

    def pairable(self) -> "Table":
        """Only claims with two reviews or more."""
        kept = self.ratings >= 2
        return Table(self.counts[kept], self.weight[kept])

    def columns(self, labels: Sequence[int]) -> "Table":
        """Only these labels, in this order; the others count as missing."""
        return Table(self.counts[:, list(labels)], self.weight)


def table(histogram: Histogram, declared: Declared) -> Table:
    """Patterns in sorted order, so that equal histograms give equal bits."""
    keys = [pattern for pattern in sorted(histogram) if pattern and histogram[pattern] > 0]
    counts = np.zeros((len(keys), declared.size))
    for row, pattern in enumerate(keys):
        for label, count in parse(pattern).items():
            if not 0 <= label < declared.size:
                raise ValueError(f"pattern {pattern!r} names label {label}, the scale has {declared.size}")
            counts[row, label] = count
    return Table(counts, np.array([float(histogram[pattern]) for pattern in keys]))

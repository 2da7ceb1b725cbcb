"""Krippendorff's alpha for any distance from count patterns, and its jackknife interval.

Formulas: Krippendorff 2004 ch. 11 and 2011; the interval is the delete-one-claim jackknife of -ln(1 - alpha) with a
t quantile. Undefined is a reason, never a number. Pure: numpy alone.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotations.agreement.patterns import Table

Array = NDArray[np.float64]
Distance = Callable[[Array], Array]  # margins (labels,) -> squared distances (labels x labels)

LEAST_FOR_INTERVAL = 10  # pairable claims
STABLE_FROM = 20


@dataclass(frozen=True, slots=True)
class Figure:
    """A score, or why there is none. `low` and `high`: 95 % interval, None below ten pairable claims."""

    value: float | None
    undefined: str = ""
    low: float | None = None
    high: float | None = None
    claims: int = 0
    pairable: int = 0
    ratings: int = 0
    coverage: float | None = None
    notes: tuple[str, ...] = field(default=())


def nominal(margins: Array) -> Array:
    """0 for equal labels, 1 otherwise."""
    distances: Array = 1.0 - np.eye(len(margins))
    return distances


def ordinal(margins: Array) -> Array:
    """Krippendorff's ordinal distance: (sum of the margins from c to k, less half of both ends) squared."""
    upto = np.cumsum(margins)
    middle = upto - margins / 2
    distances: Array = (middle[:, None] - middle[None, :]) ** 2
    return distances


def interval(margins: Array) -> Array:
    """Equal steps between neighbouring labels."""
    ranks = np.arange(len(margins), dtype=float)
    distances: Array = (ranks[:, None] - ranks[None, :]) ** 2
    return distances


def alpha(table: Table, distance: Distance) -> Figure:
    """1 - observed / expected disagreement over claims with two ratings or more."""
    use = table.pairable()
    base: dict[str, Any] = {
        "claims": int(table.weight[table.ratings > 0].sum()),
        "pairable": int(use.weight.sum()),
        "ratings": int((table.ratings * table.weight).sum()),
    }
    if base["pairable"] == 0:
        return Figure(None, "no_pairs", **base)
    sums = _Sums.of(use)
    if np.count_nonzero(sums.margins) < 2:
        return Figure(None, "no_variation", **base)
    value = sums.alpha(distance)
    notes = ("unstable",) if base["pairable"] < STABLE_FROM else ()
    low, high = _interval(use, sums, distance, value) if base["pairable"] >= LEAST_FOR_INTERVAL else (None, None)
    return Figure(value, "", low, high, notes=notes, **base)


@dataclass(frozen=True, slots=True)
class _Sums:
    """Coincidences o (labels x labels), their margins, and their total n."""

    coincidences: Array
    margins: Array
    total: float

    @classmethod
    def of(cls, table: Table) -> "_Sums":
        scaled = table.weight / (table.ratings - 1)
        pairs = np.einsum("p,pc,pk->ck", scaled, table.counts, table.counts)
        pairs -= np.diag(np.einsum("p,pc->c", scaled, table.counts))
        margins = pairs.sum(axis=1)
        return cls(pairs, margins, float(margins.sum()))

    def alpha(self, distance: Distance) -> float:
        squared = distance(self.margins)
        observed = float((self.coincidences * squared).sum())
        expected = float(self.margins @ squared @ self.margins)
        return 1.0 - (self.total - 1.0) * observed / expected

    def without(self, counts: Array) -> "_Sums":
        """The sums with one claim of these counts left out."""
        ratings = counts.sum()
        pairs = (np.outer(counts, counts) - np.diag(counts)) / (ratings - 1)
        rest = self.coincidences - pairs
        margins = rest.sum(axis=1)
        return _Sums(rest, margins, float(margins.sum()))


def _interval(use: Table, sums: _Sums, distance: Distance, value: float) -> tuple[float | None, float | None]:
    claims = float(use.weight.sum())
    if value >= 1.0 - 1e-12:
        squared = distance(sums.margins)
        spread = float(sums.margins @ squared @ sums.margins) / (sums.total * (sums.total - 1) * float(squared.max()))
        return max(-1.0, 1.0 - (1.0 - 0.025 ** (1.0 / claims)) / spread), 1.0
    left_out = []
    for counts in use.counts:
        rest = sums.without(counts)
        if np.count_nonzero(np.round(rest.margins, 9)) < 2:
            return None, None
        left_out.append(rest.alpha(distance))
    replicates = -np.log(np.maximum(1e-12, 1.0 - np.array(left_out)))
    mean = float((use.weight * replicates).sum() / claims)
    variance = (claims - 1) / claims * float((use.weight * (replicates - mean) ** 2).sum())
    reach = t_quantile(0.975, claims - 1) * math.sqrt(variance)
    centre = -math.log(1.0 - value)
    return max(-1.0, 1.0 - math.exp(-(centre - reach))), min(1.0, 1.0 - math.exp(-(centre + reach)))


def t_quantile(p: float, degrees: float) -> float:
    """Student's t quantile by bisection on its distribution function (regularised incomplete beta, Lentz)."""
    low, high = 0.0, 1000.0
    for _step in range(80):
        middle = (low + high) / 2
        if _t_cdf(middle, degrees) < p:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _t_cdf(t: float, degrees: float) -> float:
    return 1.0 - 0.5 * _beta(degrees / (degrees + t * t), degrees / 2, 0.5)


def _beta(x: float, a: float, b: float) -> float:
    """Regularised incomplete beta function I_x(a, b)."""
    if x <= 0.0 or x >= 1.0:
        return max(0.0, min(1.0, x))
    if x > (a + 1) / (a + b + 2):
        return 1.0 - _beta(1.0 - x, b, a)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)) / a
    tiny, fraction, c, d = 1e-300, 1.0, 1.0, 0.0
    for step in range(300):
        m = step // 2
        if step == 0:
            numerator = 1.0
        elif step % 2 == 0:
            numerator = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        else:
            numerator = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1.0 / _apart(1.0 + numerator * d, tiny)
        c = _apart(1.0 + numerator / c, tiny)
        fraction *= c * d
        if abs(1.0 - c * d) < 1e-14:
            break
    return front * (fraction - 1.0)


def _apart(value: float, tiny: float) -> float:
    return value if abs(value) > tiny else tiny

"""Percentile bootstrap over claims, or over articles where there are enough: drawn as counts of patterns, whatever the number of claims."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from annotations.agreement.distances import Distance
from annotations.agreement.engine import Sums, alphas, per_article
from annotations.agreement.intervals import LEAST_ARTICLES, LEAST_FOR_INTERVAL
from annotations.agreement.patterns import Array, Table

REPLICATES = 1000
# Multiplications of one matrix product. Small, so that it stays on this thread: the waiting threads of a larger one slow the
# drawing between two products to half. Drawing in parts changes no number, and bounds the memory.
_PRODUCT = 1 << 17


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """The 2.5 and 97.5 % points over `replicates` with `seed`; `undefined_replicates` had no variation and are left out."""

    low: float | None
    high: float | None
    replicates: int
    seed: int
    unit: str
    units: int
    undefined_replicates: int = 0
    undefined: str = ""


def bootstrap(table: Table, distance: Distance, *, replicates: int = REPLICATES, seed: int = 1) -> Bootstrap:
    """Of Krippendorff's alpha. Whole units are drawn with replacement and expected disagreement is computed anew each time.

    Equal histograms and seeds give equal intervals (numpy's PCG64; a new numpy may draw otherwise).
    """
    use = table.pairable()
    grouped = use.article is not None and len(np.unique(use.article)) >= LEAST_ARTICLES
    if grouped:
        sums = per_article(use)
        pairs, margins = sums.coincidences, sums.margins
        chances = np.full(len(margins), 1.0 / len(margins))
        units = len(margins)
    else:
        scaled = use.counts / np.sqrt(use.ratings - 1)[:, None]
        pairs = scaled[:, :, None] * scaled[:, None, :]
        each = np.arange(use.counts.shape[1])
        pairs[:, each, each] -= use.counts / (use.ratings - 1)[:, None]
        margins = use.counts
        units = int(use.weight.sum())
        chances = use.weight / max(1, units)
    unit = "article" if grouped else "claim"
    if use.weight.sum() < LEAST_FOR_INTERVAL:
        return Bootstrap(None, None, 0, seed, unit, units, 0, "few_claims")
    values = _values(pairs, margins, chances, units, lambda drawn: alphas(drawn, distance), replicates, seed)
    kept = values[~np.isnan(values)]
    if not len(kept):
        return Bootstrap(None, None, replicates, seed, unit, units, replicates, "no_variation")
    low, high = np.quantile(kept, [0.025, 0.975])
    return Bootstrap(float(low), float(high), replicates, seed, unit, units, len(values) - len(kept))


def _values(
    pairs: Array,
    margins: Array,
    chances: Array,
    units: int,
    score: Callable[[Sums], Array],
    replicates: int,
    seed: int,
) -> Array:
    random = np.random.default_rng(seed)
    size = margins.shape[1]
    flat = pairs.reshape(len(pairs), size * size)
    at_once = max(1, _PRODUCT // max(1, flat.size))
    sums, sides = np.empty((replicates, size * size)), np.empty((replicates, size))
    for start in range(0, replicates, at_once):
        part = slice(start, min(start + at_once, replicates))
        drawn = random.multinomial(units, chances, size=part.stop - start).astype(float)
        sums[part], sides[part] = drawn @ flat, drawn @ margins
    return score(Sums(sums.reshape(-1, size, size), sides))

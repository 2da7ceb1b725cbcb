"""Krippendorff's alpha for any distance from count patterns, with its interval.

Formulas: Krippendorff 2004 ch. 11 and 2011; the interval is the delete-one-claim jackknife of -ln(1 - alpha) with a
t quantile. Undefined is a reason, never a number. Pure: numpy alone. Formulas, sources and limits: docs/method.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from annotations.agreement import intervals
from annotations.agreement.distances import Distance, interval, nominal, ordinal
from annotations.agreement.intervals import LEAST_ARTICLES, LEAST_FOR_INTERVAL, Interval
from annotations.agreement.patterns import Array, Table

__all__ = ["Array", "Distance", "Figure", "Sums", "alpha", "alphas", "base", "interval", "nominal", "ordinal"]

STABLE_FROM = 20  # pairable claims
_ROWS = 2048  # patterns at once: bounds the memory of the jackknife


@dataclass(frozen=True, slots=True)
class Figure:
    """A score, or in `undefined` the code of why there is none. `low` and `high`: 95 % interval, None below ten pairable claims.

    `no_interval` says why there is none; `unit` what was left out or counted as independent; `se_log` is the error of
    -ln(1 - alpha), `se` that of the score itself where it has a formula. `details`: further numbers of the same metric.
    """

    value: float | None
    undefined: str = ""
    low: float | None = None
    high: float | None = None
    claims: int = 0
    pairable: int = 0
    ratings: int = 0
    coverage: float | None = None
    notes: tuple[str, ...] = field(default=())
    se: float | None = None
    se_log: float | None = None
    no_interval: str = ""
    unit: str = "claim"
    units: int = 0
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sums:
    """Coincidences o (..., labels, labels) and their margins; whole arrays of such sums where dimensions lead."""

    coincidences: Array
    margins: Array

    @classmethod
    def of(cls, table: Table) -> "Sums":
        """o_ck = sum over pairable claims of n_c (n_k - [c = k]) / (m - 1). `table` must be pairable."""
        scaled = table.weight / (table.ratings - 1)
        pairs = (table.counts * scaled[:, None]).T @ table.counts
        pairs[np.diag_indices(len(pairs))] -= scaled @ table.counts
        return cls(pairs, table.weight @ table.counts)

    @property
    def total(self) -> Array:
        """All ratings of pairable claims."""
        found: Array = self.margins.sum(axis=-1)
        return found


def alphas(sums: Sums, distance: Distance) -> Array:
    """1 - (n - 1) · sum o d² / sum n n d² for each of the sums; NaN where nothing varies (callers give the reason)."""
    squared = distance(sums.margins)
    observed = np.einsum("...ck,...ck->...", sums.coincidences, squared)
    expected = np.einsum("...c,...c->...", np.einsum("...ck,...k->...c", squared, sums.margins), sums.margins)
    fits = expected > 0  # exactly 0 where one label is left: margins are whole numbers
    found: Array = np.where(fits, 1.0 - (sums.total - 1.0) * observed / np.where(fits, expected, 1.0), np.nan)
    return found


def base(table: Table) -> dict[str, Any]:
    """How much a figure rests on, for every kind of figure."""
    ratings = table.ratings
    return {
        "claims": int(table.weight[ratings >= 1].sum()),
        "pairable": int(table.weight[ratings >= 2].sum()),
        "ratings": int((ratings * table.weight).sum()),
    }


def alpha(table: Table, distance: Distance, *, by: str = "auto", bare: bool = False) -> Figure:
    """1 - observed / expected disagreement over claims with two ratings or more.

    `by`: "claim" or "article", what the interval leaves out; "auto" takes articles from 20 on, if the table knows them.
    `bare`: no interval.
    """
    counted = base(table)
    if counted["pairable"] == 0:
        return Figure(None, "no_pairs", **counted)
    use = table.pairable()
    sums = Sums.of(use)
    if np.count_nonzero(sums.margins) < 2:
        return Figure(None, "no_variation", **counted)
    value = float(alphas(sums, distance))
    if np.isnan(value):  # labels that vary, but not apart from each other in this distance
        return Figure(None, "no_variation", **counted)
    notes = ("unstable",) if counted["pairable"] < STABLE_FROM else ()
    figure = Figure(value, notes=notes, **counted)
    if bare:
        return figure
    if counted["pairable"] < LEAST_FOR_INTERVAL:
        return replace(figure, no_interval="few_claims")
    found = jackknife(use, sums, distance, value, by=by)
    return replace(
        figure,
        low=found.low,
        high=found.high,
        se_log=found.se_log,
        no_interval=found.undefined,
        unit=found.unit,
        units=found.units,
    )


def jackknife(use: Table, sums: Sums, distance: Distance, value: float, *, by: str = "auto") -> Interval:
    """The 95 % interval of a defined alpha over a pairable table."""
    articles = 0 if use.article is None else len(np.unique(use.article))
    if by == "article" and articles < LEAST_ARTICLES:
        return Interval(undefined="few_articles", unit="article", units=articles)
    grouped = articles >= LEAST_ARTICLES and by != "claim"
    weight = np.ones(articles) if grouped else use.weight
    squared = distance(sums.margins)
    disagreeing, left_out = 0.0, []
    for part, of_part in _parts(use, grouped=grouped):
        apart = np.einsum("pck,...ck->p", part.coincidences, squared) > 0
        disagreeing += float(of_part[apart].sum())
        rest = Sums(sums.coincidences - part.coincidences, sums.margins - part.margins)
        left_out.append(alphas(rest, distance))
    units = int(weight.sum())
    if disagreeing <= 1:
        used = np.flatnonzero(sums.margins)
        widest = float(squared[..., used[:, None], used].max())
        expected = float(sums.margins @ squared @ sums.margins) / (float(sums.total) * (float(sums.total) - 1) * widest)
        found = intervals.tail(round(disagreeing), units, expected)
    elif np.isnan(replicates := np.concatenate(left_out)).any():
        return Interval(undefined="no_variation_left", units=units)
    else:
        found = intervals.log_jackknife(value, replicates, weight)
    return replace(found, unit="article" if grouped else "claim")


def _parts(use: Table, *, grouped: bool) -> Iterator[tuple[Sums, Array]]:
    """What each unit adds to the sums, and how many such units there are; some thousand at a time."""
    if grouped and use.article is not None:
        found = per_article(use)
        yield found, np.ones(len(found.margins))
        return
    for start in range(0, len(use.weight), _ROWS):
        counts = use.counts[start : start + _ROWS]
        yield Sums(_coincidences(counts), counts), use.weight[start : start + _ROWS]


def per_article(use: Table) -> Sums:
    """The sums of each article of a pairable table that knows its articles."""
    assert use.article is not None
    _names, article = np.unique(use.article, return_inverse=True)
    size = use.counts.shape[1]
    pairs, margins = np.zeros((int(article.max()) + 1, size, size)), np.zeros((int(article.max()) + 1, size))
    for start in range(0, len(use.weight), _ROWS):
        rows = slice(start, start + _ROWS)
        np.add.at(pairs, article[rows], _coincidences(use.counts[rows]) * use.weight[rows, None, None])
        np.add.at(margins, article[rows], use.counts[rows] * use.weight[rows, None])
    return Sums(pairs, margins)


def _coincidences(counts: Array) -> Array:
    """Of one claim each: n_c (n_k - [c = k]) / (m - 1)."""
    pairs: Array = counts[:, :, None] * counts[:, None, :]
    each = np.arange(counts.shape[1])
    pairs[:, each, each] -= counts
    pairs /= (counts.sum(axis=1) - 1)[:, None, None]
    return pairs

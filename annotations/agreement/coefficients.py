"""Percent agreement and what corrects it by a chance term: Fleiss, Gwet's AC1 and AC2, Brennan and Prediger.

All after Gwet 2014 (unequal numbers of reviews): agreement is a mean over pairable claims, label shares are a mean over
all claims with a review, k counts declared labels. Errors are his linearised ones over claims. Pure: numpy alone.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from annotations.agreement import intervals
from annotations.agreement.engine import STABLE_FROM, Figure, Sums, base
from annotations.agreement.intervals import LEAST_FOR_INTERVAL
from annotations.agreement.patterns import Array, Table


@dataclass(frozen=True, slots=True)
class _Parts:
    """Rows of claims with a review: `agreement` of each (0 where not pairable), `shares` of its labels."""

    table: Table
    pairable: Array  # 1 or 0
    agreement: Array
    shares: Array
    share: Array  # of each label, mean over claims
    claims: float
    pairs: float  # pairable claims
    observed: float

    @classmethod
    def of(cls, table: Table, weights: Array) -> "_Parts":
        rated = table.rated()
        ratings = rated.ratings
        matching = (rated.counts * (rated.counts @ weights - 1)).sum(axis=1)
        pairable = (ratings >= 2).astype(float)
        agreement = matching / np.maximum(2, ratings * (ratings - 1)) * pairable
        shares = rated.counts / ratings[:, None]
        claims, pairs = float(rated.weight.sum()), float(rated.weight @ pairable)
        return cls(
            rated,
            pairable,
            agreement,
            shares,
            rated.weight @ shares / claims,
            claims,
            pairs,
            float(rated.weight @ agreement) / pairs,
        )


def _lacking(table: Table, weights: Array) -> Figure | None:
    counted = base(table)
    if len(weights) < 2:
        return Figure(None, "one_label", **counted)
    if counted["pairable"] == 0:
        return Figure(None, "no_pairs", **counted)
    return None


def percent(table: Table, weights: Array) -> Figure:
    """The share of pairs of reviews on one claim that agree, averaged over pairable claims; each claim weighs the same."""
    lacking = _lacking(table, weights)
    if lacking:
        return lacking
    parts = _Parts.of(table, weights)
    return _figure(table, parts, parts.observed, parts.claims / parts.pairs * parts.agreement, 0.0)


def fleiss(table: Table, weights: Array) -> Figure:
    """Chance: two reviews drawn from the label shares. No interval: the analytic one covers badly (Zapf et al. 2016)."""
    lacking = _lacking(table, weights)
    if lacking:
        return lacking
    parts = _Parts.of(table, weights)
    if np.count_nonzero(parts.share) < 2:
        return Figure(None, "no_variation", **base(table))
    chance = float(parts.share @ weights @ parts.share)
    found = _corrected(table, parts, chance, parts.shares @ (weights @ parts.share))
    return replace(found, low=None, high=None, no_interval=found.no_interval or "not_for_fleiss")


def gwet(table: Table, weights: Array) -> Figure:
    """AC1 (identity weights) and AC2. `details`: its value, were the same reviewers independent of each other."""
    lacking = _lacking(table, weights)
    if lacking:
        return lacking
    parts = _Parts.of(table, weights)
    size = len(weights)
    factor = float(weights.sum()) / (size * (size - 1))
    chance = factor * float(parts.share @ (1 - parts.share))
    found = _corrected(table, parts, chance, factor * (parts.shares @ (1 - parts.share)))
    independent = (float(parts.share @ weights @ parts.share) - chance) / (1 - chance)
    return replace(found, details={"if_independent": independent})


def brennan_prediger(table: Table, weights: Array) -> Figure:
    """Chance: every declared label alike; also known as Randolph's free-marginal kappa."""
    lacking = _lacking(table, weights)
    if lacking:
        return lacking
    parts = _Parts.of(table, weights)
    chance = float(weights.sum()) / len(weights) ** 2
    return _corrected(table, parts, chance, None)


def _corrected(table: Table, parts: _Parts, chance: float, chances: Array | None) -> Figure:
    """(p_a - p_e) / (1 - p_e); `chances`: each claim's own share in p_e, None where p_e is not estimated."""
    value = (parts.observed - chance) / (1 - chance)
    each = parts.claims / parts.pairs * (parts.agreement - chance * parts.pairable) / (1 - chance)
    if chances is not None:
        each = each - 2 * (1 - value) * (chances - chance) / (1 - chance)
    return _figure(table, parts, value, each, chance)


def _figure(table: Table, parts: _Parts, value: float, each: Array, chance: float) -> Figure:
    counted = base(table)
    notes = ("unstable",) if counted["pairable"] < STABLE_FROM else ()
    if parts.claims < 2:
        return Figure(value, notes=notes, no_interval="few_claims", **counted)
    variance = float(parts.table.weight @ np.square(each - value)) / (parts.claims * (parts.claims - 1))
    error = math.sqrt(variance)
    if counted["pairable"] < LEAST_FOR_INTERVAL:
        return Figure(value, notes=notes, se=error, no_interval="few_claims", **counted)
    low, high = intervals.symmetric(value, error, int(parts.claims))
    if (
        parts.observed > 1 - 1e-12
    ):  # the error is 0 there, which says nothing: the share of claims that may yet disagree
        low = max(-1.0, (1 - (1 - intervals.TAIL ** (1 / parts.pairs)) - chance) / (1 - chance))
    return Figure(value, "", low, high, notes=notes, se=error, units=int(parts.claims), **counted)


@dataclass(frozen=True, slots=True)
class Category:
    """One label: its share of the reviews (mean over claims), how often used, and how often a second review of the claim says the same."""

    share: float | None
    ratings: int
    pairable: float
    agreement: float | None
    undefined: str = ""


def categories(table: Table) -> list[Category]:
    """Per label: o_cc / n_c, the chance that another review of the same claim, drawn at random, gives that label too."""
    rated, use = table.rated(), table.pairable()
    claims = float(rated.weight.sum())
    shares = rated.weight @ (rated.counts / rated.ratings[:, None]) / claims if claims else None
    ratings = rated.weight @ rated.counts
    sums = Sums.of(use)
    found = []
    for index in range(table.counts.shape[1]):
        margin = float(sums.margins[index])
        found.append(
            Category(
                None if shares is None else float(shares[index]),
                int(ratings[index]),
                margin,
                float(sums.coincidences[index, index]) / margin if margin else None,
                "" if margin else "not_used",
            )
        )
    return found

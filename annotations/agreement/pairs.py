"""Two reviewers beside each other, one beside the rest, and coefficients that must know who said what. Pure: numpy alone.

All follow from confusion tables: `confusions[a, b][i, j]` = shared claims that a labelled i and b labelled j, with a < b.
Tables add up, so they may come from one join over the reviews as well as from memory.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from annotations.agreement import distances
from annotations.agreement.coefficients import percent
from annotations.agreement.distances import Distance
from annotations.agreement.engine import Figure, Sums, alphas, base
from annotations.agreement.patterns import Array, Declared, Indexes, Table

LEAST_SHARED = 20  # claims; below, only counts are shown
Confusions = Mapping[tuple[int, int], Array]


@dataclass(frozen=True, slots=True)
class Ratings:
    """Reviews in memory, one entry each: indexes of claim, reviewer, label. One review a claim and reviewer."""

    claim: Indexes
    reviewer: Indexes
    label: Indexes


def confusions(ratings: Ratings, size: int) -> dict[tuple[int, int], Array]:
    """The table of every pair that shares a claim, without a reviewers x claims array."""
    if not len(ratings.claim):
        return {}
    order = np.lexsort((ratings.reviewer, ratings.claim))
    claim, reviewer, label = ratings.claim[order], ratings.reviewer[order], ratings.label[order]
    people, cells = int(reviewer.max()) + 1, size * size
    keys: list[Indexes] = []
    for apart in range(1, int(np.bincount(claim).max())):
        same = np.flatnonzero(claim[:-apart] == claim[apart:])
        other = same + apart
        keys.append((reviewer[same] * people + reviewer[other]) * cells + label[same] * size + label[other])
    found: dict[tuple[int, int], Array] = {}
    if not keys:
        return found
    numbers, counts = np.unique(np.concatenate(keys), return_counts=True)
    for pair in np.unique(numbers // cells):
        start, stop = np.searchsorted(numbers, [pair * cells, (pair + 1) * cells])
        grid = np.zeros(cells)
        grid[numbers[start:stop] % cells] = counts[start:stop]
        found[int(pair // people), int(pair % people)] = grid.reshape(size, size)
    return found


def cohen(confusion: Array, weights: Array) -> Figure:
    """(p_o - p_e) / (1 - p_e) with each reviewer's own margins; `se` after Fleiss, Cohen and Everitt 1969."""
    total = float(confusion.sum())
    if total == 0:
        return Figure(None, "no_pairs")
    counted: dict[str, Any] = {"claims": int(total), "pairable": int(total), "ratings": int(2 * total)}
    shares = confusion / total
    one, other = shares.sum(axis=1), shares.sum(axis=0)
    if np.count_nonzero(confusion.sum(axis=1) + confusion.sum(axis=0)) < 2:
        return Figure(None, "no_variation", **counted)
    observed, chance = float((shares * weights).sum()), float(one @ weights @ other)
    value = (observed - chance) / (1 - chance)
    each = weights - ((weights @ other)[:, None] + (weights.T @ one)[None, :]) * (1 - value)
    spread = float((shares * each**2).sum()) - (value - chance * (1 - value)) ** 2
    return Figure(value, se=math.sqrt(max(0.0, spread) / total) / (1 - chance), **counted)


def scott(confusion: Array, weights: Array) -> Figure:
    """Scott's pi: as Cohen's kappa, with the mean of both reviewers' margins."""
    total = float(confusion.sum())
    if total == 0:
        return Figure(None, "no_pairs")
    counted: dict[str, Any] = {"claims": int(total), "pairable": int(total), "ratings": int(2 * total)}
    share = (confusion.sum(axis=1) + confusion.sum(axis=0)) / (2 * total)
    if np.count_nonzero(share) < 2:
        return Figure(None, "no_variation", **counted)
    observed, chance = float((confusion * weights).sum()) / total, float(share @ weights @ share)
    return Figure((observed - chance) / (1 - chance), **counted)


def conger(table: Table, margins: Array, weights: Array) -> Figure:
    """Cohen for many reviewers with missing reviews (Gwet 2014). `margins`: reviewers x labels, all their reviews.

    Chance: two different reviewers, each drawing from their own margins. Not derivable from patterns.
    """
    counted = base(table)
    if counted["pairable"] == 0:
        return Figure(None, "no_pairs", **counted)
    margins = margins[margins.sum(axis=1) > 0]
    if np.count_nonzero(margins.sum(axis=0)) < 2:
        return Figure(None, "no_variation", **counted)
    shares = margins / margins.sum(axis=1, keepdims=True)
    people = len(shares)
    every = shares.sum(axis=0)
    own = float(np.einsum("gk,kl,gl->", shares, weights, shares))
    chance = (float(every @ weights @ every) - own) / (people * (people - 1))
    observed = percent(table, weights).value
    if observed is None or chance >= 1:
        return Figure(None, "no_variation", **counted)
    return Figure((observed - chance) / (1 - chance), **counted)


def pair_alpha(confusion: Array, distance: Distance) -> Figure:
    """Alpha of the claims that two reviewers share."""
    total = int(confusion.sum())
    if total == 0:
        return Figure(None, "no_pairs")
    counted: dict[str, Any] = {"claims": total, "pairable": total, "ratings": 2 * total}
    both = confusion + confusion.T
    value = float(alphas(Sums(both, both.sum(axis=1)), distance))
    return Figure(None, "no_variation", **counted) if np.isnan(value) else Figure(value, **counted)


def shift(confusion: Array, declared: Declared) -> tuple[float | None, int]:
    """Mean rank of the first minus that of the second, over shared claims that both put on the scale; and their number.

    In steps of the scale; above 0: the first stands nearer to its true end.
    """
    on = declared.on_scale
    placed = confusion[np.ix_(on, on)]
    shared = int(placed.sum())
    if not shared:
        return None, 0
    ranks = np.arange(len(on), dtype=float)
    return float((placed * (ranks[:, None] - ranks[None, :])).sum()) / shared, shared


@dataclass(frozen=True, slots=True)
class Pair:
    """What two reviewers' shared claims say. Below `LEAST_SHARED` claims only n and the confusion table."""

    reviewers: tuple[int, int]
    shared: int
    confusion: Array
    figures: Mapping[str, Figure]


def pair(reviewers: tuple[int, int], confusion: Array, declared: Declared, least: int = LEAST_SHARED) -> Pair:
    """Percent agreement, Cohen (plain, linear, quadratic) and alpha over all labels, from `least` shared claims on."""
    shared = int(confusion.sum())
    if shared < least or declared.size < 2:
        return Pair(reviewers, shared, confusion, {})
    shifted, placed = shift(confusion, declared)
    found = {
        "percent_agreement": Figure(float(np.trace(confusion)) / shared, pairable=shared),
        "cohen": cohen(confusion, distances.weights("identity", declared)),
        "cohen_linear": cohen(confusion, distances.weights("linear", declared)),
        "cohen_quadratic": cohen(confusion, distances.weights("quadratic", declared)),
        "rank_shift": Figure(shifted, "" if shifted is not None else "no_pairs", pairable=placed),
    }
    name = "alpha_composite" if declared.off_scale else "alpha_ordinal"
    found[name] = pair_alpha(confusion, distances.composite(declared))
    return Pair(reviewers, shared, confusion, found)


@dataclass(frozen=True, slots=True)
class Reviewer:
    """One reviewer against all others. `pairs`: reviews of others on shared claims; `shared`: those claims at most."""

    reviewer: int
    pairs: int
    vs_rest: Figure
    rank_shift: Figure


def reviewer(
    who: int, tables: Confusions, declared: Declared, table: Table, distance: Distance | None = None, least: int = 1
) -> Reviewer:
    """1 - mean distance to every co-reviewer on shared claims, each pair once, over the newsroom's expected distance.

    `table`: the newsroom's histogram, which gives the expected distance and the margins. Below `least` pairs only n.
    """
    mine = np.zeros((declared.size, declared.size))
    for (one, other), confusion in tables.items():
        if who == one:
            mine += confusion
        elif who == other:
            mine += confusion.T
    pairs = int(mine.sum())
    shifted, placed = shift(mine, declared)
    lean = Figure(shifted, "" if shifted is not None else "no_pairs", pairable=placed)
    if pairs == 0 or pairs < least:
        few = Figure(None, "few_pairs" if pairs else "no_pairs", pairable=pairs)
        return Reviewer(who, pairs, few, few if pairs else lean)
    margins = Sums.of(table.pairable()).margins
    squared = (distance or distances.composite(declared))(margins)
    total = float(margins.sum())
    expected = float(margins @ squared @ margins) / (total * (total - 1))
    if expected <= 0:
        return Reviewer(who, pairs, Figure(None, "no_variation", pairable=pairs), lean)
    return Reviewer(who, pairs, Figure(1.0 - float((mine * squared).sum()) / pairs / expected, pairable=pairs), lean)

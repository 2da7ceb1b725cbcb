"""The same figures in exact fractions, straight from the definitions: pairs of verdicts, one after the other, no histogram.

Distances and weights are whole numbers over one denominator, so that long sums stay whole and only what they come to is a fraction.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import permutations
from math import lcm

Row = list[int | None]


@dataclass(frozen=True)
class Between:
    """A number between any two labels: `rows[one][other]` / `parts`."""

    rows: tuple[tuple[int, ...], ...]
    parts: int

    @classmethod
    def of(cls, size: int, number: Callable[[int, int], Fraction]) -> "Between":
        exact = [[number(one, other) for other in range(size)] for one in range(size)]
        parts = lcm(*(cell.denominator for row in exact for cell in row))
        return cls(tuple(tuple(int(cell * parts) for cell in row) for row in exact), parts)

    def within(self, unit: Sequence[int]) -> int:
        """The sum over all pairs of different verdicts of a unit, in `parts`."""
        return sum(self.rows[one][other] for one, other in permutations(unit, 2))


def given(units: list[Row]) -> list[list[int]]:
    return [[label for label in unit if label is not None] for unit in units]


def pairable(units: list[Row]) -> list[list[int]]:
    return [unit for unit in given(units) if len(unit) > 1]


def margins(units: list[Row], size: int) -> list[int]:
    return [sum(unit.count(label) for unit in pairable(units)) for label in range(size)]


def alpha(units: list[Row], distance: Between) -> Fraction | str:
    """Mean distance within units over mean distance of all verdicts, both over pairs of different verdicts."""
    use = pairable(units)
    if not use:
        return "no_pairs"
    pooled = [label for unit in use for label in unit]
    total = len(pooled)
    shared = lcm(*(len(unit) - 1 for unit in use))
    observed = Fraction(sum(distance.within(unit) * (shared // (len(unit) - 1)) for unit in use), shared)
    counts = {label: pooled.count(label) for label in set(pooled)}
    expected = sum(counts[one] * counts[other] * distance.rows[one][other] for one in counts for other in counts)
    if expected == 0:
        return "no_variation"
    return 1 - (total - 1) * observed / expected


@cache
def nominal(size: int) -> Between:
    return Between.of(size, lambda one, other: Fraction(one != other))


@cache
def rank(size: int) -> Between:
    return Between.of(size, lambda one, other: Fraction((one - other) ** 2))


def _ordinal(used: list[int], one: int, other: int) -> Fraction:
    low, high = sorted((one, other))
    return (sum(used[low : high + 1]) - Fraction(used[one] + used[other], 2)) ** 2


def ordinal(used: list[int]) -> Between:
    return Between.of(len(used), lambda one, other: _ordinal(used, one, other))


def composite(used: list[int], on: int, off: Fraction) -> Between:
    """Labels below `on` stand on the scale."""
    inner = used[:on]
    reach = _ordinal(inner, 0, on - 1) if on > 1 else Fraction(0)

    def distance(one: int, other: int) -> Fraction:
        if one == other:
            return Fraction(0)
        if one >= on or other >= on:
            return off
        return _ordinal(inner, one, other) / reach if reach else Fraction(0)

    return Between.of(len(used), distance)


@cache
def fixed(size: int, on: int) -> Between:
    def distance(one: int, other: int) -> Fraction:
        if one == other:
            return Fraction(0)
        return Fraction(1) if one >= on or other >= on else Fraction(one - other, on - 1) ** 2

    return Between.of(size, distance)


def mean_distance(units: list[Row], distance: Between) -> Fraction | str:
    """Of each pairable unit over its ordered pairs, then over units."""
    use = pairable(units)
    return _mean_within(use, distance) if use else "no_pairs"


def _mean_within(use: list[list[int]], between: Between) -> Fraction:
    pairs = [len(unit) * (len(unit) - 1) for unit in use]
    shared = lcm(*pairs)
    total = sum(between.within(unit) * (shared // many) for unit, many in zip(use, pairs, strict=True))
    return Fraction(total, shared * between.parts * len(use))


@cache
def weight(kind: str, size: int, on: int) -> Between:
    def found(one: int, other: int) -> Fraction:
        if one == other:
            return Fraction(1)
        if kind == "identity" or one >= on or other >= on:
            return Fraction(0)
        gap = abs(one - other)
        if kind == "ordinal":
            return 1 - Fraction((gap + 1) * gap // 2, on * (on - 1) // 2)
        return 1 - Fraction(gap, on - 1) ** (2 if kind == "quadratic" else 1)

    return Between.of(size, found)


def corrected(units: list[Row], size: int, weights: Between, family: str) -> tuple[Fraction, Fraction | None] | str:
    """Value and variance of a coefficient of Gwet's book, unit by unit."""
    rated = [unit for unit in given(units) if unit]
    use = [unit for unit in rated if len(unit) > 1]
    if not use:
        return "no_pairs"
    labels, many = range(size), len(rated)
    ratings = lcm(*(len(unit) for unit in rated))  # of each unit alike: its shares are whole numbers of so many
    shares = [[unit.count(label) * (ratings // len(unit)) for label in labels] for unit in rated]
    share = [sum(row[label] for row in shares) for label in labels]  # of `all_ratings`
    all_ratings = many * ratings
    everything = Fraction(sum(map(sum, weights.rows)), weights.parts)
    observed = _mean_within(use, weights)
    # The chance, and each unit's own part in it as whole numbers of `own_parts`.
    own, own_parts = [0] * many, Fraction(1)
    if family == "percent":
        chance = Fraction(0)
    elif family == "brennan_prediger":
        chance = own_parts = everything / size**2
        own = [1] * many
    elif family == "fleiss":
        if sum(1 for one in share if one) < 2:
            return "no_variation"
        both = [sum(weights.rows[one][other] * share[other] for other in labels) for one in labels]
        chance = Fraction(sum(share[one] * both[one] for one in labels), weights.parts * all_ratings**2)
        own = [sum(row[one] * both[one] for one in labels) for row in shares]
        own_parts = Fraction(1, weights.parts * all_ratings * ratings)
    else:
        factor = everything / (size * (size - 1))
        chance = factor * Fraction(sum(one * (all_ratings - one) for one in share), all_ratings**2)
        own = [sum(row[one] * (all_ratings - share[one]) for one in labels) for row in shares]
        own_parts = factor / (all_ratings * ratings)
    value = (observed - chance) / (1 - chance)
    if many < 2:
        return value, None
    # (N / N₂) (p_u - p_e) / (1 - p_e), 0 for a single verdict, less 2 (1 - x) (e_u - p_e) / (1 - p_e), less x
    per_pair = Fraction(many, len(use)) / (1 - chance)
    per_own = 2 * (1 - value) / (1 - chance)
    spread = _squares(
        [
            (
                (weights.within(unit), per_pair / (weights.parts * len(unit) * (len(unit) - 1)))
                if len(unit) > 1
                else (0, Fraction(0)),
                (one, -per_own * own_parts),
                (1, per_own * chance - value - (per_pair * chance if len(unit) > 1 else 0)),
            )
            for unit, one in zip(rated, own, strict=True)
        ]
    )
    return value, spread / (many * (many - 1))


def _squares(rows: list[tuple[tuple[int, Fraction], ...]]) -> Fraction:
    """The sum of the squares of sums: each number times its unit, over one denominator for all."""
    shared = lcm(*{unit.denominator for row in rows for _number, unit in row})
    whole = [sum(number * (unit.numerator * (shared // unit.denominator)) for number, unit in row) for row in rows]
    return Fraction(sum(number**2 for number in whole), shared**2)


def cohen(units: list[Row], weights: Between, size: int) -> Fraction | str:
    both = [(one, other) for one, other in units if one is not None and other is not None]
    if not both:
        return "no_pairs"
    many = len(both)
    observed = Fraction(sum(weights.rows[one][other] for one, other in both), many * weights.parts)
    left = [sum(one == label for one, _other in both) for label in range(size)]
    right = [sum(other == label for _one, other in both) for label in range(size)]
    chance = Fraction(
        sum(weights.rows[a][b] * left[a] * right[b] for a in range(size) for b in range(size)), many**2 * weights.parts
    )
    return "no_variation" if chance == 1 else (observed - chance) / (1 - chance)


def conger(units: list[Row], weights: Between, size: int) -> Fraction | str:
    use = pairable(units)
    if not use:
        return "no_pairs"
    labels = range(size)
    columns = [[label for label in column if label is not None] for column in zip(*units, strict=True)]
    columns = [one for one in columns if one]
    ratings = lcm(*(len(one) for one in columns))
    people = [[one.count(label) * (ratings // len(one)) for label in labels] for one in columns]
    weighed = [[sum(weights.rows[a][b] * one[b] for b in labels) for a in labels] for one in people]
    many = len(people)
    total = sum(one[a] * other[a] for one, other in zip(people, weighed, strict=True) for a in labels)  # with oneself
    mixed = [sum(column) for column in zip(*weighed, strict=True)]
    chance = Fraction(
        sum(one[a] * mixed[a] for one in people for a in labels) - total,
        ratings**2 * weights.parts * many * (many - 1),
    )
    if chance == 1:
        return "no_variation"
    return (_mean_within(use, weights) - chance) / (1 - chance)

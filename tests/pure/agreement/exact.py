"""The same figures in exact fractions, straight from the definitions: pairs of verdicts, one after the other, no histogram."""

from collections.abc import Callable
from fractions import Fraction
from itertools import permutations

Row = list[int | None]
Distance = Callable[[int, int], Fraction]
Weight = Callable[[int, int], Fraction]


def given(units: list[Row]) -> list[list[int]]:
    return [[label for label in unit if label is not None] for unit in units]


def pairable(units: list[Row]) -> list[list[int]]:
    return [unit for unit in given(units) if len(unit) > 1]


def margins(units: list[Row], size: int) -> list[int]:
    return [sum(unit.count(label) for unit in pairable(units)) for label in range(size)]


def alpha(units: list[Row], distance: Distance) -> Fraction | str:
    """Mean distance within units over mean distance of all verdicts, both over pairs of different verdicts."""
    use = pairable(units)
    if not use:
        return "no_pairs"
    pooled = [label for unit in use for label in unit]
    total = len(pooled)
    observed = sum(
        (
            sum((distance(one, other) for one, other in permutations(unit, 2)), Fraction(0)) / (len(unit) - 1)
            for unit in use
        ),
        Fraction(0),
    )
    counts = {label: pooled.count(label) for label in set(pooled)}
    expected = sum(
        (counts[one] * counts[other] * distance(one, other) for one in counts for other in counts), Fraction(0)
    )
    if expected == 0:
        return "no_variation"
    return 1 - (total - 1) * observed / expected


def nominal(one: int, other: int) -> Fraction:
    return Fraction(one != other)


def rank(one: int, other: int) -> Fraction:
    return Fraction((one - other) ** 2)


def ordinal(used: list[int]) -> Distance:
    def distance(one: int, other: int) -> Fraction:
        low, high = sorted((one, other))
        return (sum(used[low : high + 1]) - Fraction(used[one] + used[other], 2)) ** 2

    return distance


def composite(used: list[int], on: int, off: Fraction) -> Distance:
    """Labels below `on` stand on the scale."""
    inner = ordinal(used[:on])
    reach = inner(0, on - 1) if on > 1 else Fraction(0)

    def distance(one: int, other: int) -> Fraction:
        if one == other:
            return Fraction(0)
        if one >= on or other >= on:
            return off
        return inner(one, other) / reach if reach else Fraction(0)

    return distance


def fixed(on: int) -> Distance:
    def distance(one: int, other: int) -> Fraction:
        if one == other:
            return Fraction(0)
        return Fraction(1) if one >= on or other >= on else Fraction(one - other, on - 1) ** 2

    return distance


def mean_distance(units: list[Row], distance: Distance) -> Fraction | str:
    """Of each pairable unit over its ordered pairs, then over units."""
    use = pairable(units)
    if not use:
        return "no_pairs"
    each = [
        sum((distance(one, other) for one, other in permutations(unit, 2)), Fraction(0)) / (len(unit) * (len(unit) - 1))
        for unit in use
    ]
    return sum(each, Fraction(0)) / len(use)


def weight(kind: str, on: int) -> Weight:
    def found(one: int, other: int) -> Fraction:
        if one == other:
            return Fraction(1)
        if kind == "identity" or one >= on or other >= on:
            return Fraction(0)
        gap = abs(one - other)
        if kind == "ordinal":
            return 1 - Fraction((gap + 1) * gap // 2, on * (on - 1) // 2)
        return 1 - Fraction(gap, on - 1) ** (2 if kind == "quadratic" else 1)

    return found


def corrected(units: list[Row], size: int, weighted: Weight, family: str) -> tuple[Fraction, Fraction | None] | str:
    """Value and variance of a coefficient of Gwet's book, unit by unit."""
    rated = [unit for unit in given(units) if unit]
    use = [unit for unit in rated if len(unit) > 1]
    if not use:
        return "no_pairs"
    shares = [[Fraction(unit.count(label), len(unit)) for label in range(size)] for unit in rated]
    share = [sum(row[label] for row in shares) / len(rated) for label in range(size)]
    everything = sum(weighted(one, other) for one in range(size) for other in range(size))

    def within(unit: list[int]) -> Fraction:
        pairs = list(permutations(unit, 2))
        return sum((weighted(one, other) for one, other in pairs), Fraction(0)) / len(pairs)

    observed = sum((within(unit) for unit in use), Fraction(0)) / len(use)
    if family == "percent":
        chance, each = Fraction(0), [Fraction(0)] * len(rated)
    elif family == "brennan_prediger":
        chance = everything / size**2
        each = [chance] * len(rated)
    elif family == "fleiss":
        if sum(1 for one in share if one) < 2:
            return "no_variation"
        both = [sum(weighted(one, other) * share[other] for other in range(size)) for one in range(size)]
        chance = sum((share[one] * both[one] for one in range(size)), Fraction(0))
        each = [sum((row[one] * both[one] for one in range(size)), Fraction(0)) for row in shares]
    else:
        factor = everything / (size * (size - 1))
        chance = factor * sum(one * (1 - one) for one in share)
        each = [factor * sum(row[one] * (1 - share[one]) for one in range(size)) for row in shares]
    value = (observed - chance) / (1 - chance)
    if len(rated) < 2:
        return value, None
    spread = Fraction(0)
    for unit, own in zip(rated, each, strict=True):
        part = Fraction(len(rated), len(use)) * (within(unit) - chance) / (1 - chance) if len(unit) > 1 else Fraction(0)
        spread += (part - 2 * (1 - value) * (own - chance) / (1 - chance) - value) ** 2
    return value, spread / (len(rated) * (len(rated) - 1))


def cohen(units: list[Row], weighted: Weight, size: int) -> Fraction | str:
    both = [(one, other) for one, other in units if one is not None and other is not None]
    if not both:
        return "no_pairs"
    many = len(both)
    observed = sum((weighted(one, other) for one, other in both), Fraction(0)) / many
    left = [sum(one == label for one, _other in both) for label in range(size)]
    right = [sum(other == label for _one, other in both) for label in range(size)]
    chance = sum(
        (weighted(a, b) * Fraction(left[a] * right[b], many**2) for a in range(size) for b in range(size)), Fraction(0)
    )
    return "no_variation" if chance == 1 else (observed - chance) / (1 - chance)


def conger(units: list[Row], weighted: Weight, size: int) -> Fraction | str:
    use = pairable(units)
    if not use:
        return "no_pairs"
    columns = [[label for label in column if label is not None] for column in zip(*units, strict=True)]
    people = [[Fraction(one.count(label), len(one)) for label in range(size)] for one in columns if one]
    chance = sum(
        (
            weighted(a, b) * one[a] * other[b]
            for one, other in permutations(people, 2)
            for a in range(size)
            for b in range(size)
        ),
        Fraction(0),
    ) / (len(people) * (len(people) - 1))
    if chance == 1:
        return "no_variation"
    observed = sum(
        (
            sum((weighted(a, b) for a, b in permutations(unit, 2)), Fraction(0)) / (len(unit) * (len(unit) - 1))
            for unit in use
        ),
        Fraction(0),
    ) / len(use)
    return (observed - chance) / (1 - chance)

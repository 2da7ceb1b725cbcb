"""A thousand random tables beside exact fractions: missing verdicts, unused labels, labels off the scale."""

import random
from collections import Counter
from fractions import Fraction
from math import sqrt
from typing import Any

import pytest

from annotations.agreement import figures
from annotations.agreement.disputes import disagreement
from annotations.agreement.engine import Figure
from annotations.agreement.patterns import Declared
from annotations.agreement.reading import Options, Votes, matrix
from tests.pure.agreement import exact

TOLERANCE = 1e-9
TABLES, PARTS = 1000, 8


def draw(dice: random.Random) -> tuple[list[exact.Row], int, int]:
    """Units x reviewers, the number of declared labels, and how many of them stand on the scale (two at least)."""
    size = dice.randint(2, 6)
    on = max(2, size - dice.choice([0, 0, 1, 2]))
    used = sorted(dice.sample(range(size), dice.randint(1, size)))
    people, gaps, care = dice.randint(2, 4), dice.choice([0.0, 0.2, 0.5]), dice.choice([0.0, 0.5, 0.9])
    units: list[exact.Row] = []
    for _unit in range(dice.randint(1, 9)):
        truth = dice.choice(used)
        row = [truth if dice.random() < care else dice.choice(used) for _person in range(people)]
        units.append([None if dice.random() < gaps else label for label in row])
    return units, size, on


def same(got: Figure, want: Fraction | str, where: Any) -> None:
    if isinstance(want, str):
        assert (got.value, got.undefined) == (None, want), where
    else:
        assert got.value is not None, where
        assert abs(got.value - float(want)) <= TOLERANCE, where


def read(units: list[exact.Row], size: int, on: int) -> Votes:
    return matrix({"units": units, "on_scale": list(range(on)), "off_scale": list(range(on, size))}, Options())


@pytest.mark.parametrize("part", range(PARTS))
def test_random_tables(part: int) -> None:
    dice = random.Random(part)
    for number in range(TABLES // PARTS):
        units, size, on = draw(dice)
        found = figures.of_votes(read(units, size, on))
        at = (part, number, units, size, on)
        used = exact.margins(units, size)
        same(found["alpha_nominal"], exact.alpha(units, exact.nominal(size)), at)
        for off in (0.25, 0.5, 1.0):
            want = exact.alpha(units, exact.composite(used, on, Fraction(off)))
            same(found[f"alpha_composite_lambda2_{off}"], want, at)
        folded = [[label if label is not None and label < on else None for label in row] for row in units]
        same(found["alpha_on_scale_ordinal"], exact.alpha(folded, exact.ordinal(exact.margins(folded, on))), at)
        same(found["alpha_on_scale_rank"], exact.alpha(folded, exact.rank(on)), at)
        if on < size:
            sides = [[None if label is None else int(label >= on) for label in row] for row in units]
            same(found["alpha_gate"], exact.alpha(sides, exact.nominal(2)), at)
        else:
            same(found["alpha_ordinal"], exact.alpha(units, exact.ordinal(used)), at)
            assert found["alpha_gate"].undefined == "one_side"
        if size - on > 1:
            off_only = [[label if label is not None and label >= on else None for label in row] for row in units]
            same(found["alpha_off_scale"], exact.alpha(off_only, exact.nominal(size)), at)
        same(found["mean_disagreement"], exact.mean_distance(units, exact.fixed(size, on)), at)
        for row in exact.pairable(units):
            declared = Declared(tuple(label if label < on else None for label in range(size)))
            one = disagreement(Counter(row), declared)
            assert one == pytest.approx(float(exact.mean_distance([row], exact.fixed(size, on))), abs=TOLERANCE)  # type: ignore[arg-type]
        compare_corrected(found, units, size, on, at)


def compare_corrected(found: dict[str, Figure], units: list[exact.Row], size: int, on: int, at: Any) -> None:
    named = [("identity", ""), ("linear", "_linear"), ("quadratic", "_quadratic"), ("ordinal", "_ordinal")]
    for kind, tail in named:
        weighted = exact.weight(kind, size, on)
        for family in ("fleiss", "gwet", "brennan_prediger", "percent"):
            name = {"gwet": "gwet_ac2" if tail else "gwet_ac1", "percent": "percent_agreement"}.get(
                family, family
            ) + tail
            if name not in found:
                continue
            want = exact.corrected(units, size, weighted, family)
            same(found[name], want if isinstance(want, str) else want[0], (name, at))
            error = found[f"{name}.se"]
            if not isinstance(want, str) and want[1] is not None:
                assert error.value is not None
                assert abs(error.value - sqrt(want[1])) <= 1e-8, (name, at)  # a root of a rounded 0 doubles the error
            else:
                assert error.value is None, (name, at)
        same(found[f"conger{tail}"], exact.conger(units, weighted, size), at)
        if len(units[0]) == 2:
            same(found[f"cohen{tail}"], exact.cohen(units, weighted, size), at)

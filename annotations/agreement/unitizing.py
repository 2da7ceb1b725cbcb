"""Unitizing alpha in its 1995/2004 form: do observers cut a continuum into the same units? An optional export.

Defined per continuum, quadratic in offsets, unstable with few units: never a headline. Krippendorff 2004, ch. 11.6.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.agreement.engine import Figure


@dataclass(frozen=True, slots=True)
class Unit:
    """A marked stretch of the continuum: first place and length, by whom, of which category."""

    begin: int
    length: int
    observer: str
    category: str


@dataclass(frozen=True, slots=True)
class _Section:
    begin: int
    length: int
    marked: bool


def alpha_u(units: Sequence[Unit], *, begin: int, length: int, observers: Sequence[str] = ()) -> dict[str, Figure]:
    """The figure of each category, and "" for all together. `observers`: also those who marked nothing.

    Raises ValueError for a unit outside the continuum, or two of one observer and category that overlap.
    """
    people = sorted({*observers, *(unit.observer for unit in units)})
    apart = {
        category: _disagreement([unit for unit in units if unit.category == category], people, begin, length)
        for category in sorted({unit.category for unit in units})
    }
    found = {category: _figure(*both, people=len(people), units=len(units)) for category, both in apart.items()}
    whole = sum(one for one, _two in apart.values()), sum(two for _one, two in apart.values())
    return {"": _figure(*whole, people=len(people), units=len(units)), **found}


def _figure(observed: float, expected: float, *, people: int, units: int) -> Figure:
    if people < 2:
        return Figure(None, "no_pairs", ratings=units)
    if expected <= 0:
        return Figure(None, "no_variation", ratings=units)
    return Figure(1.0 - observed / expected, ratings=units)


def _disagreement(units: Sequence[Unit], people: Sequence[str], begin: int, length: int) -> tuple[float, float]:
    """Observed and expected disagreement of one category."""
    cut = {who: _sections([unit for unit in units if unit.observer == who], begin, length) for who in people}
    many = len(people)
    if many < 2:
        return 0.0, 0.0
    observed = sum(
        _distance(one, other)
        for who in people
        for whom in people
        if who != whom
        for one in cut[who]
        for other in cut[whom]
    )
    marked = [section for who in people for section in cut[who] if section.marked]
    gaps = [section.length for who in people for section in cut[who] if not section.marked]
    expected = 0.0
    for section in marked:
        size = section.length
        expected += (len(marked) - 1) / 3 * (2 * size**3 - 3 * size**2 + size)
        expected += size**2 * sum(gap - size + 1 for gap in gaps if gap >= size)
    places = many * length * (many * length - 1) - sum(section.length * (section.length - 1) for section in marked)
    return observed / (many * (many - 1) * length**2), 2 / length * expected / places if places > 0 else 0.0


def _sections(units: Sequence[Unit], begin: int, length: int) -> list[_Section]:
    """One observer's continuum as marked stretches and gaps."""
    found, last = [], begin
    for unit in sorted(units, key=lambda one: one.begin):
        if unit.length <= 0 or unit.begin < begin or unit.begin + unit.length > begin + length:
            raise ValueError(f"unit at {unit.begin}, {unit.length} long, is empty or leaves the continuum")
        if unit.begin < last:
            raise ValueError(f"unit at {unit.begin} overlaps another of the same observer and category")
        if unit.begin > last:
            found.append(_Section(last, unit.begin - last, False))
        found.append(_Section(unit.begin, unit.length, True))
        last = unit.begin + unit.length
    if last < begin + length:
        found.append(_Section(last, begin + length - last, False))
    return found


def _distance(one: _Section, other: _Section) -> float:
    gap = one.begin - other.begin
    if one.marked and other.marked and -one.length < gap < other.length:
        return gap**2 + (gap + one.length - other.length) ** 2
    if one.marked and not other.marked and 0 <= gap <= other.length - one.length:
        return one.length**2
    if other.marked and not one.marked and 0 <= -gap <= one.length - other.length:
        return other.length**2
    return 0.0

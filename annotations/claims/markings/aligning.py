"""Several people's claims side by side, those that overlap most in one row. Pure."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Generic, TypeVar

Bounds = Sequence[tuple[int, int]]
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Stretch(Generic[K]):
    """One claim of one person: a key, who marked it, its spans."""

    key: K
    who: int
    spans: tuple[tuple[int, int], ...]
    restated: str = ""


@dataclass(frozen=True, slots=True)
class Row(Generic[K]):
    """At most one claim of each person. `kind`: same (all marked these very words), overlap, or only (one person).

    `alike`: same, and restated in the same words. `iou`: the least of its pairs.
    """

    stretches: tuple[Stretch[K], ...]
    kind: str
    alike: bool
    iou: float | None

    @property
    def start(self) -> int:
        return min(each.spans[0][0] for each in self.stretches)


def characters(spans: Bounds) -> list[tuple[int, int]]:
    """Sorted and joined where they touch or overlap."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def iou(one: Bounds, other: Bounds) -> float:
    """Shared over united characters, from 0 to 1."""
    left, right = characters(one), characters(other)
    shared = sum(max(0, min(end, stop) - max(start, begin)) for start, end in left for begin, stop in right)
    united = sum(end - start for start, end in (*left, *right)) - shared
    return shared / united if united else 0.0


def align(stretches: Iterable[Stretch[K]], people: Sequence[int]) -> list[Row[K]]:
    """Greatest overlap first; ties by place. Each claim stands in one row, each person at most once in a row."""
    listed = sorted(stretches, key=lambda one: (one.spans, people.index(one.who)))
    pairs = []
    for (i, one), (j, other) in combinations(enumerate(listed), 2):
        if one.who != other.who and (score := iou(one.spans, other.spans)) > 0:
            pairs.append((-score, one.restated != other.restated, i, j))
    row_of = list(range(len(listed)))
    rows: dict[int, list[int]] = {place: [place] for place in row_of}
    for _score, _differs, i, j in sorted(pairs):
        into, of = row_of[i], row_of[j]
        if into == of or {listed[k].who for k in rows[into]} & {listed[k].who for k in rows[of]}:
            continue
        for k in rows.pop(of):
            rows[into].append(k)
            row_of[k] = into
    found = [_row([listed[k] for k in each], people) for each in rows.values()]
    return sorted(found, key=lambda row: (row.start, [each.spans for each in row.stretches]))


def _row(stretches: list[Stretch[K]], people: Sequence[int]) -> Row[K]:
    stretches.sort(key=lambda one: people.index(one.who))
    if len(stretches) == 1:
        return Row(tuple(stretches), "only", False, None)
    equal = len({each.spans for each in stretches}) == 1 and len(stretches) == len(people)
    least = min(iou(one.spans, other.spans) for one, other in combinations(stretches, 2))
    alike = equal and len({each.restated for each in stretches}) == 1
    return Row(tuple(stretches), "same" if equal else "overlap", alike, least)

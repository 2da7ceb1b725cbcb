"""Who sees and does what while an article is doubly marked: every role, state, place and look; and the alignment of lists."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.claims.markings import aligning, rules
from annotations.claims.markings.aligning import Stretch
from annotations.claims.markings.rules import Standing

ROLES = ("reviewer", "editor", "admin")
STATES = ("marking", "merging", "merged", "off")
OWN = ("", "marking", "done")
CASES = list(product(ROLES, STATES, OWN, (False, True), (0, 1)))


@pytest.mark.parametrize(("role", "state", "own", "disclosed", "free"), CASES)
def test_the_whole_table(role: str, state: str, own: str, disclosed: bool, free: int) -> None:
    standing = Standing(role=role, state=state, own=own, disclosed=disclosed, free=free)
    editor, closed = role != "reviewer", state in ("merging", "merged")
    marks = state == "marking" and own == "marking"
    assert (rules.refusal_to_mark(standing) == "") == marks
    assert (rules.refusal_to_take(standing) == "") == (state == "marking" and own == "" and not disclosed and free > 0)
    assert rules.may_see_all(standing) == (editor and (closed or (state == "marking" and own == "" and disclosed)))
    assert rules.may_disclose(standing) == (editor and state == "marking" and own == "" and not disclosed)
    assert rules.may_merge(standing) == (editor and closed)
    assert rules.sees_claims(standing) == (not marks)
    # The law behind the table: nobody who marks, or may still come to mark, sees another's marks.
    if rules.may_see_all(standing):
        assert rules.refusal_to_mark(standing)
        assert rules.refusal_to_take(standing)


def mark(key: int, who: int, *spans: tuple[int, int], restated: str = "") -> Stretch[int]:
    return Stretch(key, who, spans, restated)


def test_rows_by_hand() -> None:
    rows = aligning.align(
        [
            mark(1, 1, (0, 10)),
            mark(2, 2, (0, 10)),  # the same
            mark(3, 1, (20, 40)),
            mark(4, 2, (22, 40)),  # overlaps most with 3: 18 of 20
            mark(5, 2, (20, 22)),  # 2 of 20, and 3 is taken
            mark(6, 1, (50, 60)),
            mark(7, 1, (70, 75), (80, 85)),
            mark(8, 2, (70, 75), (80, 85), restated="in other words"),
        ],
        [1, 2],
    )
    assert [([each.key for each in row.stretches], row.kind, row.alike) for row in rows] == [
        ([1, 2], "same", True),
        ([5], "only", False),
        ([3, 4], "overlap", False),
        ([6], "only", False),
        ([7, 8], "same", False),
    ]
    assert rows[2].iou == 0.9
    assert aligning.iou([(0, 4), (6, 10)], [(2, 8)]) == pytest.approx(4 / 10)


def test_what_a_third_left_out_is_not_marked_alike() -> None:
    [row] = aligning.align([mark(1, 1, (0, 9)), mark(2, 2, (0, 9))], [1, 2, 3])
    assert (row.kind, row.alike) == ("overlap", False)
    rows = aligning.align([mark(1, 1, (0, 9)), mark(2, 2, (0, 9)), mark(3, 3, (1, 9))], [1, 2, 3])
    assert [[each.key for each in row.stretches] for row in rows] == [[1, 2, 3]]


_SPANS = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda each: (each[0], each[0] + each[1]))


@given(st.lists(st.tuples(st.integers(1, 3), _SPANS), max_size=12), st.randoms())
def test_each_mark_stands_once_and_no_person_twice_in_a_row(
    marks: list[tuple[int, tuple[int, int]]], draw: object
) -> None:
    listed = [mark(key, who, span) for key, (who, span) in enumerate(marks)]
    rows = aligning.align(listed, [1, 2, 3])
    keys = [each.key for row in rows for each in row.stretches]
    assert sorted(keys) == list(range(len(listed)))
    for row in rows:
        assert len({each.who for each in row.stretches}) == len(row.stretches)
        if len(row.stretches) > 1:
            assert row.iou is not None
        if row.kind == "same":
            assert row.iou == 1.0
    shuffled = list(listed)
    draw.shuffle(shuffled)  # type: ignore[attr-defined]
    again = aligning.align(shuffled, [1, 2, 3])
    assert sorted(row.kind for row in again) == sorted(row.kind for row in rows)

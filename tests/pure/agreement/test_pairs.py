"""Two reviewers and one against the rest: counts alone below the minimum, the same sums however they are counted."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.agreement import distances, pairs
from annotations.agreement.pairs import Ratings
from annotations.agreement.patterns import Declared, of_reviews

FOUR = Declared((0, 1, 2, None))
Cells = list[list[int | None]]


@st.composite
def cells(draw: st.DrawFn) -> Cells:
    return draw(st.lists(st.lists(st.none() | st.integers(0, 3), min_size=4, max_size=4), min_size=1, max_size=15))


def ratings(found: Cells) -> Ratings:
    rows = [(at, who, label) for at, unit in enumerate(found) for who, label in enumerate(unit) if label is not None]
    flat = np.array(rows, dtype=np.intp).reshape(-1, 3)
    return Ratings(flat[:, 0], flat[:, 1], flat[:, 2])


@settings(deadline=None)
@given(found=cells(), random=st.randoms(use_true_random=False))
def test_confusion_tables_are_counted_right_in_any_order(found: Cells, random) -> None:  # type: ignore[no-untyped-def]
    want: dict[tuple[int, int], np.ndarray] = {}  # type: ignore[type-arg]
    for unit in found:
        for one, other in combinations(range(4), 2):
            left, right = unit[one], unit[other]
            if left is not None and right is not None:
                want.setdefault((one, other), np.zeros((4, 4)))[left, right] += 1
    whole = ratings(found)
    order = list(range(len(whole.claim)))
    random.shuffle(order)
    mixed = Ratings(whole.claim[order], whole.reviewer[order], whole.label[order])
    got = pairs.confusions(mixed, 4)
    assert got.keys() == want.keys()
    assert all(np.array_equal(got[who], want[who]) for who in want)


def test_below_twenty_shared_claims_only_counts() -> None:
    confusion = np.array([[9, 1, 0, 0], [0, 9, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]], float)
    few = pairs.pair((0, 1), confusion, FOUR)
    assert (few.shared, dict(few.figures)) == (19, {})
    enough = pairs.pair((0, 1), confusion + np.diag([1, 0, 0, 0]), FOUR)
    assert enough.figures["percent_agreement"].value == pytest.approx(19 / 20)
    assert set(enough.figures) >= {"cohen", "cohen_linear", "cohen_quadratic", "alpha_composite", "rank_shift"}


def test_leniency_has_a_sign_and_the_scale_as_its_unit() -> None:
    truer = np.zeros((4, 4))
    truer[2, 0], truer[1, 1], truer[3, 0] = 10, 10, 5  # the last pair has no rank
    assert pairs.shift(truer, FOUR) == (1.0, 20)
    assert pairs.shift(truer.T, FOUR) == (-1.0, 20)
    assert pairs.shift(np.diag([0, 0, 0, 4.0]), FOUR) == (None, 0)


@settings(deadline=None)
@given(found=cells())
def test_against_the_rest(found: Cells) -> None:
    """Each pair once, from the definition."""
    whole = ratings(found)
    tables = pairs.confusions(whole, 4)
    table = of_reviews(whole.claim, whole.label, 4)
    distance = distances.composite(FOUR)
    for who in range(4):
        got = pairs.reviewer(who, tables, FOUR, table)
        use = table.pairable()
        margins = use.weight @ use.counts
        squared = distance(margins)
        apart = [
            squared[unit[who], other]  # type: ignore[index]
            for unit in found
            for at, other in enumerate(unit)
            if at != who and unit[who] is not None and other is not None
        ]
        assert got.pairs == len(apart)
        if not apart:
            assert got.vs_rest.undefined == "no_pairs"
            continue
        total = margins.sum()
        expected = margins @ squared @ margins / (total * (total - 1))
        if expected == 0:
            assert got.vs_rest.undefined == "no_variation"
        else:
            assert got.vs_rest.value == pytest.approx(1 - np.mean(apart) / expected, abs=1e-9)
        assert pairs.reviewer(who, tables, FOUR, table, least=len(apart) + 1).vs_rest.undefined == "few_pairs"


def test_undefined_has_a_reason() -> None:
    weights = distances.weights("identity", FOUR)
    empty, constant = np.zeros((4, 4)), np.diag([5.0, 0, 0, 0])
    for score in (pairs.cohen, pairs.scott):
        assert score(empty, weights).undefined == "no_pairs"
        assert score(constant, weights).undefined == "no_variation"
    assert pairs.pair_alpha(empty, distances.nominal).undefined == "no_pairs"
    assert pairs.pair_alpha(constant, distances.nominal).undefined == "no_variation"
    crossed = np.zeros((4, 4))
    crossed[0, 1] = 5  # two people, each constant, never agreeing: Cohen is 0 and alpha below it
    assert pairs.cohen(crossed, weights).value == 0
    assert (pairs.pair_alpha(crossed, distances.nominal).value or 0) < 0


@pytest.mark.parametrize("kind", ["identity", "linear", "quadratic", "ordinal"])
def test_weights_off_the_scale_agree_with_themselves_alone(kind: str) -> None:
    found = distances.weights(kind, FOUR)
    assert np.array_equal(found, found.T)
    assert found[3].tolist() == [0, 0, 0, 1]
    assert found[0, 2] == 0
    assert np.diag(found).tolist() == [1, 1, 1, 1]


def test_wrong_weights_and_distances_are_refused() -> None:
    with pytest.raises(ValueError, match="weights"):
        distances.weights("cubic", FOUR)
    with pytest.raises(ValueError, match="from 0"):
        distances.ratio([-1.0, 2.0])
    for bad in ([[0, 1], [2, 0]], [[0, -1], [-1, 0]], [[1, 1], [1, 0]]):
        with pytest.raises(ValueError, match="symmetric"):
            distances.custom(np.array(bad, float))

"""What must hold for any votes: order says nothing, counts say it all, and the composite figure reduces exactly."""

from collections import Counter
from itertools import chain

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.agreement import coefficients, distances, engine, patterns
from annotations.agreement.engine import Figure
from annotations.agreement.metrics import metrics
from annotations.agreement.patterns import Declared, Table, by_article, key, of_articles, of_reviews, table
from annotations.agreement.reading import Options, matrix

Units = list[list[int | None]]
LABELS = 5


@st.composite
def units(draw: st.DrawFn, *, labels: int = LABELS) -> Units:
    people = draw(st.integers(2, 5))
    cell = st.none() | st.integers(0, labels - 1)
    return draw(st.lists(st.lists(cell, min_size=people, max_size=people), min_size=1, max_size=25))


def histogram(found: Units) -> Counter[str]:
    return Counter(key(Counter(label for label in unit if label is not None)) for unit in found)


def close(one: Figure, other: Figure) -> None:
    assert one.undefined == other.undefined
    assert one.notes == other.notes
    for name in ("value", "low", "high", "se", "se_log", "coverage"):
        left, right = getattr(one, name), getattr(other, name)
        assert (left is None) == (right is None), name
        assert left is None or left == pytest.approx(right, abs=1e-8), name


SCALES = st.sampled_from([Declared((0, 1, 2, 3, 4)), Declared((0, 1, 2, 3, None)), Declared((4, None, 0, 2, None))])


@settings(deadline=None)
@given(found=units(), declared=SCALES, random=st.randoms(use_true_random=False))
def test_order_of_units_and_reviewers_says_nothing(found: Units, declared: Declared, random) -> None:  # type: ignore[no-untyped-def]
    shuffled = [list(unit) for unit in found]
    random.shuffle(shuffled)
    for unit in shuffled:
        random.shuffle(unit)
    for metric in metrics().values():
        assert metric.score(histogram(found), declared) == metric.score(histogram(shuffled), declared)  # to the bit


@settings(deadline=None)
@given(found=units(), declared=SCALES)
def test_a_pattern_twice_is_the_same_as_a_count_of_two(found: Units, declared: Declared) -> None:
    once = table(histogram(found), declared)
    twice = Table(np.concatenate([once.counts, once.counts]), np.concatenate([once.weight, once.weight]))
    doubled = Table(once.counts, 2 * once.weight)
    for metric in metrics().values():
        close(metric.score(twice, declared), metric.score(doubled, declared))


@settings(deadline=None)
@given(found=units())
def test_reviews_in_memory_give_the_same_table(found: Units) -> None:
    flat = [(claim, label) for claim, unit in enumerate(found) for label in unit if label is not None]
    claim, label = (np.array([row[part] for row in flat], dtype=np.intp) for part in (0, 1))
    direct = of_reviews(claim, label, LABELS)
    keyed = table(histogram(found), Declared((0, 1, 2, 3, 4)))
    rows = [sorted(zip(map(tuple, one.counts.tolist()), one.weight.tolist(), strict=True)) for one in (direct, keyed)]
    assert rows[0] == rows[1]
    if flat:
        wide = patterns._of_wide_reviews(claim, label, LABELS)
        assert sorted(zip(map(tuple, wide.counts.tolist()), wide.weight.tolist(), strict=True)) == rows[0]


@settings(deadline=None)
@given(found=units(labels=4), off=st.sampled_from([0.25, 0.5, 1.0]))
def test_without_off_scale_verdicts_the_composite_is_ordinal(found: Units, off: float) -> None:
    whole = table(histogram(found), Declared((0, 1, 2, 3, None)))
    ordinal = engine.alpha(whole.columns([0, 1, 2, 3]), engine.ordinal)
    composite = engine.alpha(whole, distances.composite(Declared((0, 1, 2, 3, None)), off))
    close(composite, ordinal)


@settings(deadline=None)
@given(found=units(labels=3))
def test_with_two_labels_on_the_scale_the_composite_is_nominal(found: Units) -> None:
    declared = Declared((0, 1, None))
    whole = table(histogram(found), declared)
    close(engine.alpha(whole, distances.composite(declared)), engine.alpha(whole, engine.nominal))


@settings(deadline=None)
@given(found=units(labels=2), place=st.integers(0, 4))
def test_with_one_label_used_on_the_scale_the_composite_is_the_gate(found: Units, place: int) -> None:
    declared = Declared((0, 1, 2, 3, 4, None))
    moved = [[None if label is None else (place, 5)[label] for label in unit] for unit in found]
    whole = histogram(moved)
    close(metrics()["alpha_composite"].score(whole, declared), metrics()["alpha_gate"].score(whole, declared))


@settings(deadline=None)
@given(found=units())
def test_declared_and_unused_labels_change_no_alpha(found: Units) -> None:
    narrow, wide = Declared(tuple(range(LABELS))), Declared(tuple(range(LABELS + 2)))
    for distance in (engine.nominal, engine.ordinal, engine.interval):
        close(
            engine.alpha(table(histogram(found), narrow), distance),
            engine.alpha(table(histogram(found), wide), distance),
        )


@settings(max_examples=60, deadline=None)
@given(found=units())
@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval"])
def test_beside_another_implementation(found: Units, level: str) -> None:
    """The krippendorff package fails or gives NaN where a figure is not defined; elsewhere it says the same."""
    distance = {"nominal": engine.nominal, "ordinal": engine.ordinal, "interval": engine.interval}[level]
    got = engine.alpha(table(histogram(found), Declared(tuple(range(LABELS)))), distance)
    if got.value is None:
        return
    cells = np.array([[np.nan if label is None else label for label in unit] for unit in found]).T
    want = krippendorff.alpha(cells, level_of_measurement=level, value_domain=list(range(LABELS)))
    assert got.value == pytest.approx(want, abs=1e-9)


@settings(deadline=None)
@given(found=units())
def test_figures_lie_where_they_can(found: Units) -> None:
    declared = Declared((0, 1, 2, None, None))
    for name, metric in metrics().items():
        figure = metric.score(histogram(found), declared)
        assert (figure.value is None) == bool(figure.undefined), name
        if figure.value is not None:
            assert np.isfinite(figure.value)
            assert figure.value <= 1 + 1e-12
        if figure.low is not None and figure.high is not None:
            assert -1 <= figure.low <= figure.high <= 1, name
            assert figure.pairable >= 10


@settings(deadline=None)
@given(found=units(), parts=st.integers(1, 4))
def test_articles_add_up_to_the_newsroom(found: Units, parts: int) -> None:
    """The same sums, whatever the articles: only the interval may differ."""
    declared = Declared(tuple(range(LABELS)))
    split = [found[part::parts] for part in range(parts)]
    pooled = by_article([histogram(part) for part in split], declared)
    for distance in (engine.nominal, engine.ordinal):
        one, other = (engine.alpha(each, distance, by="claim") for each in (pooled, table(histogram(found), declared)))
        close(one, other)
    article = np.array([claim % parts for claim in range(len(found))], dtype=np.intp)
    flat = [(claim, label) for claim, unit in enumerate(found) for label in unit if label is not None]
    claim, label = (np.array([row[part] for row in flat], dtype=np.intp) for part in (0, 1))
    direct = of_articles(claim, label, LABELS, article)
    assert direct.weight.sum() == sum(any(label is not None for label in unit) for unit in found)
    close(engine.alpha(direct, engine.ordinal), engine.alpha(pooled, engine.ordinal))


@settings(deadline=None)
@given(found=units())
def test_categories_sum_to_the_whole(found: Units) -> None:
    whole = table(histogram(found), Declared(tuple(range(LABELS))))
    rows = coefficients.categories(whole)
    verdicts = [label for label in chain.from_iterable(found) if label is not None]
    assert [row.ratings for row in rows] == [verdicts.count(label) for label in range(LABELS)]
    if verdicts:
        assert sum(row.share or 0 for row in rows) == pytest.approx(1)
    for row in rows:
        assert (row.agreement is None) == (row.pairable == 0)
        assert row.agreement is None or -1e-12 <= row.agreement <= 1 + 1e-12


def test_labels_of_files_keep_their_declared_order() -> None:
    found = matrix({"units": [["b", "a"]], "categories": ["b", "a", "c"], "off_scale": ["c"]}, Options())
    assert found.labels == ["b", "a", "c"]
    assert found.declared.positions[2] is None
    assert found.declared.on_scale == [0, 1]


@pytest.mark.parametrize("most", [1, 3, 40])
def test_a_claim_with_more_reviews_than_the_first_ones(most: int) -> None:
    """The first claims tell the base of the pattern number; a later one that runs over must not be lost."""
    claim = np.concatenate([np.repeat(np.arange(6000), 1), np.full(most, 6000), [6001, 6001]])
    label = np.concatenate([np.arange(6000) % LABELS, np.full(most, 2), [0, 4]])
    found = of_reviews(claim, label, LABELS)
    rows = {tuple(row): weight for row, weight in zip(found.counts.astype(int).tolist(), found.weight, strict=True)}
    assert sum(rows.values()) == 6002
    assert rows[0, 0, most, 0, 0] == (1 if most > 1 else 1201)
    assert rows[1, 0, 0, 0, 1] == 1
    order = np.random.default_rng(1).permutation(len(claim))
    mixed = of_reviews(claim[order], label[order], LABELS)
    assert np.array_equal(mixed.counts, found.counts)
    assert np.array_equal(mixed.weight, found.weight)

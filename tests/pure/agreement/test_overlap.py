"""Spans and sources: unique matches, sums over articles, nothing against nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.agreement import engine, overlap
from annotations.agreement.overlap import Marked, SpansOverlap, Tally, compare
from annotations.agreement.patterns import of_reviews
from annotations.agreement.unitizing import Unit, alpha_u

LENGTH = 60


@st.composite
def spans(draw: st.DrawFn) -> list[tuple[int, int]]:
    bounds = sorted(draw(st.sets(st.integers(0, LENGTH), max_size=12)))
    return list(zip(bounds[::2], bounds[1::2], strict=False))


def slow(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> tuple[int, int, int, int]:
    """Every span against every other: matched, exact, sum of gaps, shared characters."""
    matched = exact = offset = both = 0
    for start, end in one:
        for begin, stop in other:
            shared = len({*range(start, end)} & {*range(begin, stop)})
            whole = len({*range(start, end)} | {*range(begin, stop)})
            both += shared
            if 2 * shared > whole:
                matched, offset = matched + 1, offset + abs(start - begin) + abs(end - stop)
            exact += (start, end) == (begin, stop)
    return matched, exact, offset, both


@settings(deadline=None)
@given(one=spans(), other=spans())
def test_the_sweep_finds_what_trying_all_finds(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    found = compare(one, other)
    assert (found.matched, found.exact, found.offset, found.characters_both) == slow(one, other)
    back = compare(other, one)
    assert (found.iou_f1, found.exact_f1, found.dice) == (back.iou_f1, back.exact_f1, back.dice)
    for score in (found.iou_f1, found.exact_f1, found.dice):
        assert (score is None) == (not one and not other)
        assert score is None or 0 <= score <= 1
    if one:
        assert compare(one, one).iou_f1 == compare(one, one).exact_f1 == compare(one, one).dice == 1.0


def test_half_is_not_above_half() -> None:
    assert compare([(0, 10)], [(0, 5)]).matched == 0
    assert compare([(0, 10)], [(0, 6)]).matched == 1


def test_nothing_and_one_side_empty() -> None:
    assert compare([], []).iou_f1 is None
    assert compare([(0, 4)], []).iou_f1 == 0.0
    assert compare([(0, 4)], []).mean_offset is None
    assert overlap.mean([None, 0.0, 1.0]) == 0.5
    assert overlap.mean([None]) is None


@pytest.mark.parametrize(
    ("bad", "error"), [([(0, 5), (4, 8)], SpansOverlap), ([(3, 3)], ValueError), ([(-1, 2)], ValueError)]
)
def test_spans_that_have_no_unique_match(bad: list[tuple[int, int]], error: type[Exception]) -> None:
    with pytest.raises(error):
        compare(bad, [])


def test_joining_what_overlaps() -> None:
    assert overlap.disjoint([(6, 9), (0, 5), (4, 7), (9, 12), (3, 3)]) == [(0, 9), (9, 12)]


@settings(deadline=None)
@given(marked=st.lists(st.tuples(spans(), spans(), spans()), min_size=1, max_size=4))
def test_characters_by_events_are_characters_one_by_one(marked: list[tuple[list[tuple[int, int]], ...]]) -> None:
    articles = [Marked(LENGTH, {str(who): found for who, found in enumerate(one)}) for one in marked]
    claim, label = [], []
    for at, one in enumerate(marked):
        for found in one:
            inside = {place for start, end in found for place in range(start, end)}
            claim += [at * LENGTH + place for place in range(LENGTH)]
            label += [int(place not in inside) for place in range(LENGTH)]
    want = engine.alpha(of_reviews(np.array(claim), np.array(label), 2), engine.nominal, bare=True)
    got = overlap.character_alpha(articles)
    assert (got.undefined, got.no_interval) == (want.undefined, "" if want.undefined else "few_articles")
    assert got.value == (None if want.value is None else pytest.approx(want.value, abs=1e-12))


def test_who_did_not_finish_is_missing_and_who_marked_nothing_is_not() -> None:
    both = Marked(100, {"a": [(0, 50)], "b": []})
    alone = Marked(100, {"a": [(0, 50)]})
    assert overlap.character_alpha([alone]).undefined == "no_pairs"
    assert overlap.character_alpha([both, alone]).value == overlap.character_alpha([both]).value
    assert overlap.span_pairs([both, alone]) == {("a", "b"): compare([(0, 50)], [])}
    with pytest.raises(ValueError, match="outside"):
        overlap.characters([Marked(10, {"a": [(5, 11)]})])


def test_articles_are_pooled_not_averaged() -> None:
    short = Marked(20, {"a": [(0, 10)], "b": [(0, 10)]})
    long = Marked(500, {"a": [(at, at + 10) for at in range(0, 90, 10)], "b": [(400, 410)]})
    pooled = overlap.span_pairs([short, long])["a", "b"]
    assert pooled.iou_f1 == pytest.approx(2 * 1 / (10 + 2))
    assert pooled == overlap.span_pairs([short])["a", "b"] + overlap.span_pairs([long])["a", "b"]


def test_an_interval_from_twenty_articles_on() -> None:
    random = np.random.default_rng(3)
    articles = []
    for _article in range(25):
        shift = int(random.integers(0, 8))
        articles.append(Marked(100, {"a": [(10, 40)], "b": [(10 + shift, 40 + shift)]}))
    figure = overlap.character_alpha(articles)
    assert (figure.unit, figure.units, figure.pairable) == ("article", 25, 25)
    assert figure.low is not None
    assert figure.high is not None
    assert figure.value is not None
    assert figure.low < figure.value < figure.high


def test_sources_of_two_reviewers() -> None:
    claims = [
        {"a": ["x", "y"], "b": ["y", "z"]},
        {"a": [], "b": []},  # nothing against nothing adds nothing
        {"a": ["x"], "b": []},
        {"a": ["only"]},
    ]
    tallies = overlap.set_pairs(claims)
    assert list(tallies) == [("a", "b")]
    assert tallies["a", "b"].iou_f1 == pytest.approx(2 * 1 / (3 + 2))
    assert overlap.pooled_f1(tallies.values()) == tallies["a", "b"].iou_f1
    assert overlap.pooled_f1([Tally()]) is None


def test_unitizing_knows_who_marked_nothing() -> None:
    units = [Unit(10, 20, "a", "c"), Unit(12, 20, "b", "c")]
    two = alpha_u(units, begin=0, length=100)[""].value
    three = alpha_u(units, begin=0, length=100, observers=["a", "b", "silent"])[""].value
    assert two is not None
    assert three is not None
    assert three < two
    assert alpha_u([], begin=0, length=100, observers=["a", "b"])[""].undefined == "no_variation"
    assert alpha_u(units[:1], begin=0, length=100)[""].undefined == "no_pairs"
    same = [Unit(10, 20, who, "c") for who in "ab"]
    assert alpha_u(same, begin=0, length=100)[""].value == 1.0
    for bad in ([Unit(95, 10, "a", "c")], [Unit(0, 10, "a", "c"), Unit(5, 10, "a", "c")]):
        with pytest.raises(ValueError):
            alpha_u(bad, begin=0, length=100, observers=["a", "b"])


def test_offsets_of_matches_count_both_bounds() -> None:
    found = compare([(0, 10), (20, 30)], [(1, 10), (20, 33)])
    assert (found.matched, found.mean_offset) == (2, (1 + 3) / 4)

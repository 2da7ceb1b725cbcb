"""What the index sees through, and what it does not."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.claims.repeats.folded import grams, likeness, words
from tests.repeats_data import claims_text, variant

SAME = [
    ("كَلَّفَ الجِسْرُ", "كلف الجسر"),
    ("أحمد إبراهيم آمنة", "احمد ابراهيم امنه"),
    ("مستشفى", "مستشفي"),
    ("الجـــسر", "الجسر"),
    ("١٨ مليونا", "18 مليونا"),
    ("والجسر", "الجسر"),
    ("بالمدينة", "المدينة"),
    ("وللمدينة", "للمدينة"),
    ("Straße — ROSE!", "strasse rose"),
    ("the mayor’s “new” bridge", "The Mayor's new bridge"),
    ("1,250 people", "1250 people"),
    ("55\u00a0332 tonnes", "55,332 tonnes"),
    ("1\u202f055\u202f332 tonnes", "1.055.332 tonnes"),
    ("12'500 francs", "12500 francs"),
    ("3,5 percent", "3.5 percent"),
    ("Ёлка", "елка"),
    ("ﷲ ﻻ", "الله لا"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_spelling_is_folded_away(left: str, right: str) -> None:
    assert words(left) == words(right)


@pytest.mark.parametrize(
    ("left", "right"), [("rose by 5", "rose by 6"), ("1.25 million", "125 million"), ("لن يرتفع", "سوف يرتفع")]
)
def test_other_words_and_figures_stay_other(left: str, right: str) -> None:
    assert words(left) != words(right)


def test_figures_lower_the_score_and_are_named() -> None:
    one, other = words("Unemployment rose to 12 percent in 2023"), words("Unemployment rose to 14 percent in 2023")
    found = likeness(one, other)
    assert "other_figures" in found.why
    assert found.score < likeness(one, one).score == 1.0


def test_a_figure_that_only_one_of_them_has_is_no_other_figure() -> None:
    one = words("The plant made 705 tonnes in 2024")
    other = words("The plant made 340 tonnes in 2018 and 705 tonnes in 2024")
    assert "other_figures" not in likeness(one, other).why


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    folded = words(text)
    # Stems may be stemmed again, and figures that stood apart ("1-400") now look like one with a gap.
    again = any("\u0621" <= char <= "\u064a" for char in folded) or re.search(r"\d \d{3}", folded)
    assert words(folded) == folded or again
    assert all(-(2**31) <= gram < 2**31 for gram in grams(folded))
    assert likeness(folded, folded).score in (0.0, 1.0)


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_the_same_both_ways(left: str, right: str) -> None:
    assert likeness(left, right).score == likeness(right, left).score


def test_variants_share_grams_with_their_origin() -> None:
    draw = random.Random(3)
    for text in claims_text(200, draw):
        one, other = grams(words(text)), grams(words(variant(text, draw)))
        assert len(one & other) >= 3

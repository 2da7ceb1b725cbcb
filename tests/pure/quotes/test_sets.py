"""Hundreds of pairs in many scripts: nearly all variants of spelling are found, and nothing that says something else."""

from collections import Counter

import pytest

from annotations.sources.quotes import check_quote
from tests.pure.quotes.pairs import FOUND, Pair, page, pages, pairs

SETS = ("a", "b", "c")
RECALL = 0.97


def test_the_sets_are_many_and_of_many_scripts() -> None:
    every = [pair for name in SETS for pair in pairs(name)]
    assert len(every) >= 500
    assert {"en", "ar", "ru", "hi", "zh", "fa", "ur", "uk", "ja", "ko", "el", "he", "th"} <= {
        pair.language for pair in every
    }
    assert len({(pair.page, pair.quote) for pair in every}) == len(every)


@pytest.mark.parametrize("name", SETS)
def test_variants_that_say_the_same_are_found(name: str) -> None:
    same = [pair for pair in pairs(name) if pair.say == "same"]
    missed = [f"{pair} -> {pair.checked().state}" for pair in same if pair.checked().state not in FOUND]
    assert 1 - len(missed) / len(same) >= RECALL, "\n".join(missed)


@pytest.mark.parametrize("name", SETS)
def test_words_that_say_something_else_are_altered(name: str) -> None:
    missed = [
        f"{pair} -> {pair.checked().state}"
        for pair in pairs(name)
        if pair.say == "altered" and pair.checked().state != "altered"
    ]
    assert not missed, "\n".join(missed)


@pytest.mark.parametrize("name", SETS)
def test_words_that_are_not_there_are_not_found(name: str) -> None:
    assert Counter(pair.checked().state for pair in pairs(name) if pair.say == "absent").keys() == {"not_found"}


def test_quotes_of_one_page_are_not_found_in_another_one() -> None:
    found = [
        f"{pair} in {other}"
        for name in SETS
        for pair in pairs(name)
        for other in pages()
        if other != pair.page and other.split("-")[0] == pair.language and _check(pair, other) != "not_found"
    ]
    assert not found, "\n".join(found)


def _check(pair: Pair, other: str) -> str:
    return Pair(other, pair.say, pair.how, pair.quote).checked().state


@pytest.mark.parametrize("name", SETS)
def test_a_passage_is_given_in_the_page_as_it_came(name: str) -> None:
    for pair in pairs(name):
        found = pair.checked()
        if found.state == "not_found":
            assert found.start is None, pair
            continue
        assert found.start is not None, pair
        assert found.end is not None, pair
        assert 0 <= found.start < found.end <= len(page(pair.page)), pair
        assert found.matched == page(pair.page)[found.start : found.end], pair


def test_the_language_of_the_page_need_not_be_known() -> None:
    every = [pair for name in SETS for pair in pairs(name)]
    states = [(pair, check_quote(pair.quote, full_text=pair.text).state) for pair in every]
    altered = [str(pair) for pair, state in states if pair.say == "altered" and state != "altered"]
    missed = [str(pair) for pair, state in states if pair.say == "same" and state not in FOUND]
    assert not altered, "\n".join(altered)
    assert len(missed) <= (1 - RECALL) * sum(pair.say == "same" for pair in every), "\n".join(missed)

"""Where a quote and its passage differ, marked by words; where words are not set apart, by characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.lib.differences import by_words
from annotations.sources.quotes import check_quote
from tests.pure.quotes.pairs import Pair, pairs

DIFFERENCES = [
    ("did reduce the budget", "did not reduce the budget", [], ["not"]),
    ("大桥花费了3700万克朗", "大桥花费了3100万克朗", ["3700"], ["3100"]),
    ("去年旅客量下降5.4%", "去年旅客量上升5.4%", ["下降"], ["上升"]),
    ("機場承認隱瞞事故", "機場否認隱瞞事故", ["承"], ["否"]),
    ("運賃を値上げする方針", "運賃を値上げしない方針", ["する"], ["しない"]),
    ("จะขึ้นค่าโดยสาร", "จะไม่ขึ้นค่าโดยสาร", [], ["ไม่"]),
    ("यादव ने विरोध किया", "यादव ने समर्थन किया", ["विरोध"], ["समर्थन"]),
    ("سنقطع المياه عن أي حي", "لن نقطع المياه عن أيّ حيّ", ["سنقطع"], ["لن نقطع"]),
    ("Мост стоил 37 миллионов", "Мост стоил 31 миллионов", ["37"], ["31"]),
    ("Er hatte gezahlt", "Er hätte gezahlt", ["hatte"], ["hätte"]),
    ("パリの橋", "バリの橋", ["パ"], ["バ"]),
    ("요금을 인상할 것", "요금을 인상하지 않을 것", ["인상할"], ["인상하지 않을"]),
]


@pytest.mark.parametrize(("quote", "passage", "old", "new"), DIFFERENCES)
def test_the_differing_words_are_marked(quote: str, passage: str, old: list[str], new: list[str]) -> None:
    pieces = by_words(quote, passage)
    assert [text for kind, text in pieces if kind == "old"] == old
    assert [text for kind, text in pieces if kind == "new"] == new


def test_the_difference_is_shown_by_words() -> None:
    assert by_words("did reduce the budget", "did not reduce the budget") == [
        ("same", "did"),
        ("new", "not"),
        ("same", "reduce the budget"),
    ]


@pytest.mark.parametrize("pair", [pair for name in "abc" for pair in pairs(name) if pair.say == "altered"], ids=str)
def test_what_makes_a_quote_altered_can_be_seen(pair: Pair) -> None:
    """An answer of `altered` with nothing marked would be of no use."""
    found = check_quote(pair.quote, full_text=pair.text, language=pair.language)
    pieces = by_words(pair.quote, found.matched)
    assert any(char.isalnum() or char in "-−–$£€%" for kind, text in pieces if kind != "same" for char in text)


@given(st.text(max_size=60), st.text(max_size=60))
def test_both_wordings_can_be_read_from_the_pieces(old: str, new: str) -> None:
    pieces = by_words(old, new)
    assert "".join("".join(text for kind, text in pieces if kind != "old").split()) == "".join(new.split())

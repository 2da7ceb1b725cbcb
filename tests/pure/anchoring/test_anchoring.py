"""Where a claim stands in a new text: exact first, then approximate with a floor, never on other words silently."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.claims.aligning import Alignment
from annotations.claims.anchoring import Anchoring, find
from annotations.lib.differences import by_words
from tests import edits

FIRST = "The bridge cost 18 million. It took three years. Cars pay nothing. The mayor opened it in May."


def where(old: str, new: str, words: str, language: str = "en") -> Anchoring:
    start = old.index(words)
    return find(Alignment(old, new, language), start, start + len(words))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", edits.KINDS)
def test_random_edits_in_five_scripts(kind: str, seed: int) -> None:
    """Untouched claims stand, edited ones are reworded, deleted ones orphaned. Words that stand twice may be orphaned, never crossed."""
    draw = random.Random(f"{kind}{seed}")
    for language in edits.LANGUAGES:
        made = edits.edit(draw, language, kind)
        alignment = Alignment(made.old, made.new, language)
        for (start, end), (truth, words), place, twin in zip(
            made.claims, made.expected, made.places, made.twins, strict=True
        ):
            found = find(alignment, start, end)
            if found.place is None:
                assert truth == "deleted" or twin or truth == "edited", made.old[start:end]
                continue
            if truth == "deleted":
                # a copy that was set elsewhere while it was deleted is the same words, moved
                assert found.place.exact == made.old[start:end] or found.anchor == "reworded"
                continue
            assert found.anchor in {"untouched": ("anchored", "moved"), "edited": ("reworded",)}[truth]
            assert (found.place.start, found.place.exact) == (place, words)


@given(st.text(min_size=1, max_size=80), st.text(max_size=120), st.data())
def test_any_two_texts(old: str, new: str, data: st.DataObject) -> None:
    """Anchored and moved mean letter for letter the same; a place always lies in the new text; never an exception."""
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    found = find(Alignment(old, new, "en"), start, end)
    if found.place is None:
        assert found.anchor == "orphaned"
    else:
        assert new[found.place.start : found.place.end] == found.place.exact
        assert (found.place.exact == old[start:end]) == (found.anchor in ("anchored", "moved"))


@given(st.text(min_size=1, max_size=200), st.data())
def test_the_same_text_leaves_everything_in_place(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if text[start:end].strip() != text[start:end]:
        return  # claims have no outer white space
    found = find(Alignment(text, text, "und"), start, end)
    assert found.place is not None
    assert (found.anchor, found.place.start, found.place.end) == ("anchored", start, end)


def test_a_part_of_a_sentence_follows_its_sentence() -> None:
    found = where(FIRST, "Yesterday: " + FIRST.replace("took three", "took four"), "It took three years")
    assert (found.anchor, found.place.exact if found.place else "") == ("reworded", "It took four years")
    found = where(FIRST, FIRST.replace("in May", "in June"), "The mayor opened it")
    assert (found.anchor, found.place.exact if found.place else "") == ("anchored", "The mayor opened it")


def test_what_stood_elsewhere_is_nobodys_new_wording() -> None:
    old = "Prices rose by 5 percent in May. Prices rose by 5 percent in June."
    found = where(old, "Prices rose by 5 percent in June.", "Prices rose by 5 percent in May.")
    assert found.anchor == "orphaned"


def test_the_same_words_twice() -> None:
    """Told apart by their neighbours; when one of two goes and nothing tells which, neither is attached."""
    old = "He came. Nobody did. A long day passed. He came. Everybody left."
    second = old.rindex("He came.")
    kept = "A long day passed. He came. Everybody left."
    alignment = Alignment(old, kept, "en")
    assert find(alignment, 0, 8).anchor == "orphaned"
    place = find(alignment, second, second + 8).place
    assert place is not None
    assert place.start == kept.index("He came.")


def test_a_sentence_cut_in_two_and_two_joined() -> None:
    old = "The council paid 3 million for the bridge, and the mayor opened it on a Sunday in May."
    new = "The council paid 3 million for the bridge. The mayor opened it on a Sunday in May."
    assert where(old, new, old).anchor == "reworded"
    assert where(new, old, new).anchor == "reworded"


def test_a_moved_paragraph_is_moved_and_the_rest_is_not() -> None:
    old = "First thing here.\n\nSecond thing there.\n\nThird thing everywhere.\n\nFourth thing nowhere."
    new = "Fourth thing nowhere.\n\nFirst thing here.\n\nSecond thing there.\n\nThird thing everywhere."
    assert where(old, new, "Fourth thing nowhere.").anchor == "moved"
    assert {where(old, new, words).anchor for words in ("First thing here.", "Third thing everywhere.")} == {"anchored"}


def test_below_the_floor_is_an_orphan() -> None:
    found = where(FIRST, FIRST.replace("It took three years.", "Nobody counted the costs."), "It took three years.")
    assert found.anchor == "orphaned"


def test_the_difference_is_by_words_and_sees_through_spelling() -> None:
    assert by_words("كلّف الجسر 18 مليونا", "كلف الجسر ١٩ مليونا") == [
        ("same", "كلف الجسر"),
        ("old", "18"),
        ("new", "١٩"),
        ("same", "مليونا"),
    ]


TAXES = "Taxes rose by 5 percent."


@pytest.mark.parametrize(
    ("old", "new", "words", "which", "anchor", "start"),
    [
        # the sentence was edited in its place, its twin moved to the top
        (
            f"Alpha came. {TAXES} Bravo left.\n\nCharlie sat. Delta ran.\n\n{TAXES}",
            f"{TAXES}\n\nAlpha came. Taxes «rose» by 5 percent. Bravo left.\n\nCharlie sat. Delta ran.",
            TAXES,
            0,
            "reworded",
            38,
        ),
        # a copy was set at the top, and the sentence itself got another figure
        (
            f"Alpha came. {TAXES} Bravo left.\n\nCharlie sat. Delta ran.",
            f"{TAXES}\n\nAlpha came. Taxes rose by 6 percent. Bravo left.\n\nCharlie sat. Delta ran.",
            TAXES,
            0,
            "reworded",
            38,
        ),
        # which of the two is left cannot be told
        (f"{TAXES}\n\nAlpha came.\n\n{TAXES}", f"Zulu slept.\n\n{TAXES}\n\nYankee ate.", TAXES, 0, "orphaned", -1),
        # a stretch of a sentence that moved and was edited outside the stretch
        (
            "Taxes rose by 5 percent in the year of the war.\n\nAlpha came.\n\nBravo left.\n\nCharlie sat.",
            "Alpha came.\n\nBravo left.\n\nCharlie sat.\n\nTaxes rose by 5 percent in the year of a war.",
            "Taxes rose by 5 percent",
            0,
            "moved",
            40,
        ),
    ],
)
def test_what_stands_twice(old: str, new: str, words: str, which: int, anchor: str, start: int) -> None:
    place = -1
    for _time in range(which + 1):
        place = old.index(words, place + 1)
    found = find(Alignment(old, new, "en"), place, place + len(words))
    assert (found.anchor, found.place.start if found.place else -1) == (anchor, start)


@pytest.mark.parametrize(
    ("old", "new", "words", "expected"),
    [
        (
            "The union went home after the rain. The mayor stayed in the hall.",
            "The union went home after the rain and the mayor stayed in the hall.",
            "The union went home after the rain.",
            "The union went home after the rain",
        ),
        (
            "عاد السكان إلى بيوتهم بعد المطر. المتحدث باسم الميناء كتب رسالة طويلة.",
            "عاد السكان إلى بيوتهم بعد المطر والمتحدث باسم الميناء كتب رسالة طويلة.",
            "عاد السكان إلى بيوتهم بعد المطر.",
            "عاد السكان إلى بيوتهم بعد المطر",
        ),
    ],
)
def test_a_full_stop_that_became_a_word_is_not_the_claims(old: str, new: str, words: str, expected: str) -> None:
    found = where(old, new, words)
    assert found.place is not None
    assert (found.anchor, found.place.exact) == ("reworded", expected)


def test_many_equal_lines_cost_little() -> None:
    """Comparisons, not seconds: each line is compared with each, once."""
    lines = "\n".join(["(Applause.)"] * 150)
    alignment = Alignment(f"{lines}\nAlpha came.", f"Zulu slept.\n{lines}\nAlpha came.", "en")
    assert find(alignment, len(lines) + 1, len(lines) + 12).anchor == "anchored"

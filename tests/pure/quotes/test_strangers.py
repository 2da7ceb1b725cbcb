"""Pairs of somebody who had not read the rules, most of which they broke: a sentence on a page among others, and a quote of it."""

import json

import pytest

from annotations.lib.differences import by_words
from annotations.sources.quotes import check_quote
from tests.pure.quotes.pairs import DATA, FOUND

ROWS = [json.loads(line) for line in (DATA / "strangers.jsonl").read_text(encoding="utf-8").splitlines()]
OTHERS = (
    "The museum lent four paintings to a gallery in Lyon. Volunteers handed out soup near the station.",
    "Die Brücke bleibt gesperrt. Die Bahn meldete Verspätungen auf der Strecke nach Norden.",
    "Le musée a prêté deux tableaux à Turin. Le théâtre a annoncé sa nouvelle saison.",
    "واستمرت الجلسة حتى ساعة متأخرة من الليل. وأعار المتحف لوحتين إلى متحف في روما.",
    "Музей передал две картины в Вену. Рыбаки вернулись в порт до полудня.",
    "博物馆借出了两幅画。渔民在中午前回到港口。",
    "संग्रहालय ने दो चित्र उधार दिए। पुल का काम धीमा है।",
)


def _state(row: dict[str, str], language: str) -> str:
    text = "\n\n".join([*OTHERS, row["sentence"], *OTHERS, *OTHERS])
    return check_quote(row["quote"], full_text=text, language=language).state


def _rows(say: str) -> list[dict[str, str]]:
    return [row for row in ROWS if row["say"] == say]


def _name(row: dict[str, str]) -> str:
    return f"{row['language']}: {row['how']}"


@pytest.mark.parametrize("row", _rows("same"), ids=_name)
def test_the_same_in_another_spelling_is_found(row: dict[str, str]) -> None:
    """Whether the language of the page is known or not."""
    assert _state(row, row["language"]) in FOUND
    assert _state(row, "und") in FOUND


@pytest.mark.parametrize("row", _rows("altered"), ids=_name)
def test_what_says_something_else_is_altered(row: dict[str, str]) -> None:
    """Never found, whether the language of the page is known or not."""
    assert _state(row, row["language"]) == "altered"
    assert _state(row, "und") == "altered"


def test_a_quote_that_ends_inside_a_decomposed_syllable_is_shown_whole() -> None:
    text = (
        "The page. " + "\u1112\u1161\u11ab\u1100\u116e\u11a8 \u1109\u1161\u1105\u1161\u11b7" + " and more of the page."
    )
    found = check_quote("한국 사람", full_text=text)
    assert (found.state, found.matched) == ("normalised", text[10:22])


@pytest.mark.parametrize("row", _rows("altered"), ids=_name)
def test_what_was_altered_can_be_seen(row: dict[str, str]) -> None:
    text = "\n\n".join([*OTHERS, row["sentence"], *OTHERS])
    pieces = by_words(row["quote"], check_quote(row["quote"], full_text=text, language=row["language"]).matched)
    assert any(kind != "same" for kind, _text in pieces)

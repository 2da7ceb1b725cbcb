"""What holds for any piece of any page, and for any text at all."""

import html
import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from annotations.sources.quotes import check_quote
from annotations.sources.quoting.edges import cut_note, is_clean
from annotations.sources.quoting.spelling import read_text
from tests.pure.quotes.pairs import FOUND, page, pages

_ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_ASCII = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_FIGURE = re.compile(r"\d+(?:[.,٫٬]\d+)*")
_LONG_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]{6,}(?![^\W\d_])")


def _spread(text: str, mark: str) -> str:
    """The mark inside every long word."""
    return _LONG_WORD.sub(lambda match: match.group()[:3] + mark + match.group()[3:], text)


def _bare_of_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if not "\u064b" <= char <= "\u0652")


SAME_MEANING: dict[str, Callable[[str], str]] = {
    "quoted": lambda text: f"“{text}”",
    "typographic": lambda text: text.replace("'", "’").replace('"', "”"),
    "plain quotation marks": lambda text: re.sub("[“”„«»]", '"', text).replace("’", "'"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "narrow spaces": lambda text: text.replace(" ", "\u202f"),
    "line breaks": lambda text: text.replace(" ", "\n  "),
    "soft hyphens": lambda text: _spread(text, "\u00ad"),
    "zero width spaces": lambda text: _spread(text, "\u200b"),
    "hyphens at line ends": lambda text: _spread(text, "-\n"),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "composed": lambda text: unicodedata.normalize("NFC", text),
    "without tashkeel": _bare_of_marks,
    "tatweel": lambda text: re.sub("(?<=[بتثجحسشصضطعفقكلمنهي])(?=[\u0621-\u064a])", "ـ", text),
    "hamza left out": lambda text: text.replace("أ", "ا").replace("إ", "ا").replace("آ", "ا"),
    "Arabic digits": lambda text: text.translate(_ARABIC_INDIC),
    "ASCII digits": lambda text: text.translate(_ASCII),
    "entities": lambda text: html.escape(text).replace("é", "&eacute;").replace("»", "&#187;"),
    "capitals": lambda text: text.upper(),
    "small letters": lambda text: text.lower(),
    "marks left out": lambda text: re.sub(r"[,;](?=\s)", "", text),
    "full width": lambda text: "".join(
        chr(ord(char) + 0xFEE0) if "!" <= char <= "~" and char not in "&;[]-" else char for char in text
    ),
    "dashes": lambda text: text.replace("–", "-").replace("—", "-"),
    "directions": lambda text: f"\u2067{text}\u2069",
    "footnote marks": lambda text: text.replace(". ", ".[12] "),
    "yo": lambda text: text.replace("ё", "е"),
    "dots at the end": lambda text: f"…{text}…",
    "brackets": lambda text: f"[...] {text} [...]",
}


@st.composite
def pieces(draw: st.DrawFn) -> tuple[str, str]:
    """A page's name and some of its words, at least three and at least twelve characters, not cut against the sense."""
    name = draw(st.sampled_from(pages()))
    text = page(name)
    borders = [place for place in range(len(text) + 1) if is_clean(text, place, place)]
    start = draw(st.sampled_from(borders))
    end = draw(st.sampled_from([place for place in borders if start + 12 <= place <= start + 160] or [len(text)]))
    piece = text[start:end].strip()
    assume(len(piece) >= 12 and (len(piece.split()) >= 3 or len(piece.encode()) >= 36))
    assume(
        piece.count("[") == piece.count("]")
        and not piece.endswith("-")
        and piece[0] not in "¹²³'’"
        and piece[-1] not in "'’"
    )
    first = text.find(piece)
    assume(not cut_note(text, first, first + len(piece), language=name.split("-")[0]))
    return name, piece


@settings(max_examples=300, deadline=None)
@given(pieces())
def test_any_words_of_a_page_are_found_where_they_stand(piece: tuple[str, str]) -> None:
    name, words = piece
    found = check_quote(words, full_text=page(name), language=name.split("-")[0])
    assert found.state == "exact"
    assert found.start is not None
    assert page(name)[found.start : found.end] == words == found.matched


@pytest.mark.parametrize("how", sorted(SAME_MEANING))
@settings(max_examples=60, deadline=None)
@given(piece=pieces())
def test_another_spelling_is_found_in_the_same_place(how: str, piece: tuple[str, str]) -> None:
    name, words = piece
    found = check_quote(SAME_MEANING[how](words), full_text=page(name), language=name.split("-")[0])
    assert found.state in FOUND, (how, words)
    assert found.start is not None
    assert found.matched == page(name)[found.start : found.end]
    here, there = _letters(words), _letters(found.matched)
    assert here in there, (here, there)  # a word that the piece cut is shown whole
    assert len(there) <= len(here) + 12, (here, there)


def _letters(text: str) -> str:
    return "".join(char for char in read_text(text) if char.isalnum())


@settings(max_examples=300, deadline=None)
@given(pieces(), st.data())
def test_another_digit_is_another_figure(piece: tuple[str, str], data: st.DataObject) -> None:
    name, words = piece
    places = [at for match in _FIGURE.finditer(words) for at in range(*match.span()) if words[at].isdecimal()]
    assume(places and len(words.split()) >= 5)
    at = data.draw(st.sampled_from(places))
    value = unicodedata.digit(words[at])
    other = data.draw(st.sampled_from([digit for digit in range(1, 10) if digit != value]))
    changed = words[:at] + chr(ord(words[at]) - value + other) + words[at + 1 :]
    assume(read_text(changed) not in read_text(page(name)))
    assert check_quote(changed, full_text=page(name), language=name.split("-")[0]).state == "altered", changed


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=120), st.text(max_size=600), st.sampled_from(["und", "ar", "zh", "de"]))
def test_any_text_can_be_checked(quote: str, text: str, language: str) -> None:
    found = check_quote(quote, full_text=text, main_text=text[:50] or None, language=language)
    if found.start is not None:
        assert found.end is not None
        assert 0 <= found.start < found.end <= len(text)
        assert found.matched == text[found.start : found.end]


@settings(max_examples=200, deadline=None)
@given(pieces(), st.data())
def test_a_page_with_anything_in_it_can_be_checked(piece: tuple[str, str], data: st.DataObject) -> None:
    """Noise of any kind inside a quote or a page: offsets stay inside, whatever the answer."""
    name, words = piece
    at = data.draw(st.integers(0, len(words)))
    noise = data.draw(st.text(max_size=8))
    text = page(name)
    place = data.draw(st.integers(0, len(text)))
    found = check_quote(words[:at] + noise + words[at:], full_text=text[:place] + noise + text[place:])
    if found.start is not None:
        assert found.end is not None
        assert 0 <= found.start < found.end <= len(text) + len(noise)

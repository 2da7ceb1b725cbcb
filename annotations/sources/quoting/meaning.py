"""What a difference between two wordings means: nothing, a slip, or something else. Pure.

Every word counts: a word in another one's place, one that is gone and one that came are a change, unless it is a slip
of the pen or of a scanner, a lost or a stray space, or one of the few small words that change nothing by their absence.
"""

import re
from decimal import Decimal

from annotations.sources.quoting.meaning_words import (
    ARTICLES,
    CALENDAR,
    FAMILY_NAMES,
    HEAVY_CHARACTERS,
    NEGATIONS,
    OPPOSITES,
    QUANTITIES,
)
from annotations.sources.quoting.slips import is_cut, is_slip, same_look
from annotations.sources.quoting.words import Word

SAME, SLIP, SPACING, LIGHTER, LOST = "same", "slip", "spacing", "light", "lost"
CHANGED = "changed"
NOTES = ("figures", "signs", "negation", "quantity", "name", "wording")  # what was changed, the gravest first
_LEAST_CUT = 3  # words: a shorter quote is not cut inside a word
_LEAST_JOINED = 8  # letters: from here, words that ran together may hold a slip too
_CLITICS = frozenset(("و", "ف", "ال", "وال", "ו", "ה"))
_APART = 3  # letters, between words that only lost a space
_SHORTENED = frozenset(map(frozenset, (("'s", "is"), ("'s", "has"), ("'d", "had"), ("'d", "would"))))
_APOSTROPHES = re.compile("['’ʼ]")
_SOLID_NEGATIONS = frozenset("不没未无非莫勿别否")


def pair(quote: list[Word], page: list[Word], at: int, other: int) -> str:
    """What word `at` of the quote is to word `other` of the page: same, slip, light or changed."""
    here, there = quote[at], page[other]
    if here.figure is not None and there.figure is not None and here.figure.same_value(there.figure):
        return SAME
    if here.key == there.key:
        return SAME if here.figure is None else CHANGED
    last = at == len(quote) - 1
    if frozenset((here.text, there.text)) in _SHORTENED or (
        there.is_unit and _cut_unit(here, there, first=at == 0, last=last)
    ):
        return SAME
    if is_slip(here, there) or (there.is_unit and here.text == there.text.replace(" ", "")):
        return SLIP
    if (at == 0 or last) and len(quote) > _LEAST_CUT and is_cut(here, there, first=at == 0):
        return SLIP
    if (here.text in ARTICLES and there.text in ARTICLES) or _clitic(here.text, there.text):
        return LIGHTER
    return CHANGED


def _cut_unit(here: Word, there: Word, *, first: bool, last: bool) -> bool:
    """The quote begins or ends in the middle of "per cent"."""
    return (last and there.text.startswith(f"{here.text} ")) or (first and there.text.endswith(f" {here.text}"))


def _clitic(here: str, there: str) -> bool:
    """The same Arabic or Hebrew word with "and" or "the" written onto it, or without."""
    longer, shorter = (here, there) if len(here) > len(there) else (there, here)
    return len(shorter) >= 3 and longer.removesuffix(shorter) in _CLITICS


def run_together(quote: list[Word], page: list[Word]) -> bool:
    """The same letters with a space lost or put in. Figures keep theirs: 1 25 is not 125."""
    if any(word.solid for word in (*quote, *page)) or all(word.figure for word in (*quote, *page)):
        return False
    if abs(sum(len(word.text) for word in quote) - sum(len(word.text) for word in page)) > _APART:
        return False
    mine, theirs = (_APOSTROPHES.sub("", "".join(word.raw for word in words)) for words in (quote, page))
    if same_look(mine, theirs):
        return True
    if len(quote) == len(page) or any(word.figure for word in (*quote, *page)):
        return False
    one = Word(mine.casefold(), mine, 0, 0, mine)
    other = Word(theirs.casefold(), theirs, 0, 0, theirs)
    return min(len(mine), len(theirs)) >= _LEAST_JOINED and abs(len(mine) - len(theirs)) <= 1 and is_slip(one, other)


def same_amount(quote: list[Word], page: list[Word]) -> bool:
    """31 million and 31,000,000."""
    mine, theirs = (_amounts(words) for words in (quote, page))
    return bool(mine & theirs)


def _amounts(words: list[Word]) -> frozenset[Decimal]:
    first, *rest = words
    if first.figure is None or any(word.scale is None for word in rest):
        return frozenset()
    times = sum(word.scale or 0 for word in rest)
    readings = (reading for reading in first.figure.readings if len(reading) == 2)
    return frozenset(Decimal(f"{whole}.{fraction or 0}").scaleb(times) for whole, fraction in readings)


def adds_nothing(words: list[Word], at: int, light: frozenset[str]) -> bool:
    """A small word, or one that is written twice."""
    word = words[at]
    if word.counts:
        return False
    if word.text not in NEGATIONS and any(
        words[beside].key == word.key for beside in (at - 1, at + 1) if 0 <= beside < len(words)
    ):
        return True
    if word.solid:
        return word.text in light
    return word.text in light and not word.name


def may_be_lost(page: list[Word], at: int) -> bool:
    """One character that a scanner lost where words are not set apart; not of a name, as far as a family name tells."""
    around = "".join(word.text for word in page[max(0, at - 2) : at + 1])
    return (
        page[at].solid
        and not page[at].counts
        and page[at].text not in HEAVY_CHARACTERS
        and not "\u3041" <= page[at].text <= "\u309f"  # のみ, だけ, から: small words
        and not set(around) & FAMILY_NAMES
    )


def is_footnote(page: list[Word], at: int) -> bool:
    word = page[at]
    return word.figure is not None and word.glued and word.text.isdecimal() and len(word.text) <= 3


def change(gone: list[Word], come: list[Word]) -> str:
    """What sort of change: the words that go first."""
    words = [*gone, *come]
    texts = {part for word in words for part in (word.text, word.text[1:] if word.text[:1] in "وفبل" else word.text)}
    if all(word.is_unit for word in words):
        return "signs"
    if any(word.counts for word in words) or texts & CALENDAR:
        return "figures"
    if texts & NEGATIONS or any(word.solid and word.text in _SOLID_NEGATIONS for word in words):
        return "negation"
    if texts & (QUANTITIES | OPPOSITES):
        return "quantity"
    return "name" if any(word.name for word in words) else "wording"

"""What the finders of report cues share: a word, a cue, and the borders between words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from annotations.lib.spans import Span

# A straight mark inside a word is Hebrew gershayim; a hyphen between spaces is a dash.
BORDER = re.compile(r"(?<!\d),|,(?!\d)|[،.;؛:«»“”„()!?؟—–।॥۔]|(?<!\w)\"|\"(?!\w)|(?<=\s)-(?=\s)")
_WORD = re.compile(r"[^\s،,.;؛:«»“”\"„()!?؟—–।॥۔]+")
_WORD_HE = re.compile(r"(?:[^\s.,;:«»“”\"„()!?—–]|(?<=\w)\"(?=\w))+")
_TASHKEEL = re.compile("[\u064b-\u0652\u0670\u0640]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word outside quotation marks, folded for the lists."""

    span: Span
    folded: str


@dataclass(frozen=True, slots=True)
class Cue:
    """Somebody reports; who, where it can be told. `hearsay`: nobody in particular, so nobody before is meant either."""

    claimant: Span | None
    hearsay: bool = False


def words_outside(text: str, span: Span, quotes: Sequence[Span], language: str) -> list[Word]:
    """The words of the sentence that nobody is quoted with."""
    uncased = language == "ar"
    return [
        Word(Span(match.start(), match.end()), _TASHKEEL.sub("", match.group()) if uncased else match.group().lower())
        for match in (_WORD_HE if language == "he" else _WORD).finditer(text, span.start, span.end)
        if match.group() != "-" and not (quotes and quoted(match.start(), quotes))
    ]


def quoted(place: int, quotes: Sequence[Span]) -> bool:
    """Whether this place stands inside quotation marks."""
    return any(quote.start <= place < quote.end for quote in quotes)


def last_border(text: str, start: int, end: int) -> int:
    """Where the clause that ends here begins."""
    return max((match.end() for match in BORDER.finditer(text, start, end)), default=start)


def same_clause(text: str, left: Word, right: Word) -> bool:
    return BORDER.search(text, left.span.end, right.span.start + 1) is None

"""Where two wordings differ. Pure."""

import re
import unicodedata
from difflib import SequenceMatcher
from typing import Self

from annotations.lib.folding import fold_text

_WORD = re.compile(r"\S+")
# Scripts that do not set words apart: each character by itself, with the marks that stand on it.
_SOLID = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    "\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff]"
)


class Piece(tuple[str, str]):
    """("same" | "old" | "new", text); `spaced`: white space stands before it, so a comma stays at its word."""

    spaced: bool

    def __new__(cls, kind: str, text: str, *, spaced: bool) -> Self:
        made = super().__new__(cls, (kind, text))
        made.spaced = spaced
        return made


def by_words(old: str, new: str) -> list[tuple[str, str]]:
    """By words and marks, for showing where two wordings differ; spelling that folds away is the same, unless nothing else differs
    (hätte, hatte).

    Where words are not set apart (Chinese, Japanese, Thai and others) by characters.
    """
    left, right = _tokens(old), _tokens(new)
    pieces: list[tuple[str, str]] = []  # each a Piece
    words = [[text[start:end] for start, end in tokens] for text, tokens in ((old, left), (new, right))]
    folded = [[fold_text(word) for word in side] for side in words]
    compared = words if folded[0] == folded[1] else folded
    matcher = SequenceMatcher(None, compared[0], compared[1], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal" and b > a:
            pieces.append(_piece("old", old, left[a:b]))
        if d > c:
            found = _piece("same" if tag == "equal" else "new", new, right[c:d])
            # What takes another's place is not read as one word with it.
            found.spaced = found.spaced or (tag == "replace" and found[1][0].isalnum())
            pieces.append(found)
    return pieces


def _piece(kind: str, text: str, tokens: list[tuple[int, int]]) -> Piece:
    start, end = tokens[0][0], tokens[-1][1]
    return Piece(kind, " ".join(text[start:end].split()), spaced=start > 0 and text[start - 1].isspace())


def _tokens(text: str) -> list[tuple[int, int]]:
    """Words, and the marks before and behind them each by itself; marks inside a word (18.5, don't) belong to it."""
    found: list[tuple[int, int]] = []
    for match in _WORD.finditer(text):
        start, end = first, last = match.span()
        while first < last and _is_mark(text[first]):
            first += 1
        while last > first and _is_mark(text[last - 1]):
            last -= 1
        found += [(place, place + 1) for place in range(start, first)]
        found += _apart(text, first, last)
        found += [(place, place + 1) for place in range(last, end)]
    return found


def _apart(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A word as it stands, cut at each character of a script that does not set words apart."""
    found: list[tuple[int, int]] = []
    joins = False
    for place in range(start, end):
        solid = _SOLID.match(text[place]) is not None
        if found and (unicodedata.category(text[place])[0] == "M" or (joins and not solid)):
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
            joins = not solid
    return found


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "P"

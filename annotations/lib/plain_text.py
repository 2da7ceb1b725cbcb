"""Plain text that people wrote, cut into paragraphs and pieces: words, line breaks, links, names. Markup is the template's.

Only addresses that say http:// or https:// become links, so nothing that runs can stand in one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

TEXT, LINK, NAME, BREAK = "text", "link", "name", "break"
_ADDRESS = re.compile(r"https?://[^\s<>\"«»“”„‹›\u200e\u200f\u202a-\u202e\u2066-\u2069]+", re.IGNORECASE)
_BEHIND = ".,;:!?'’)]}…،؛؟۔。，、）"
_PAIRS = {")": "(", "]": "[", "}": "{", "）": "（"}


@dataclass(frozen=True, slots=True)
class Piece:
    """`kind`: text, link, name (of somebody who is meant) or break (a new line)."""

    kind: str
    text: str = ""


def paragraphs(text: str, names: Iterable[str] = ()) -> list[list[Piece]]:
    """The text's paragraphs (parted by blank lines); "@" + one of `names` becomes a piece of its own."""
    named = _addressed(names)
    found = [part.strip("\n") for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n"))]
    return [_lines(part, named) for part in found if part.strip()]


def _lines(paragraph: str, named: re.Pattern[str] | None) -> list[Piece]:
    pieces: list[Piece] = []
    for line in paragraph.split("\n"):
        if pieces:
            pieces.append(Piece(BREAK))
        pieces += _linked(line, named)
    return pieces


def _linked(line: str, named: re.Pattern[str] | None) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    for match in _ADDRESS.finditer(line):
        address = _trimmed(match.group())
        if len(address) <= len("https://"):
            continue
        pieces += _named(line[at : match.start()], named)
        pieces.append(Piece(LINK, address))
        at = match.start() + len(address)
    return pieces + _named(line[at:], named)


def _named(words: str, named: re.Pattern[str] | None) -> list[Piece]:
    if not words:
        return []
    if named is None:
        return [Piece(TEXT, words)]
    pieces: list[Piece] = []
    at = 0
    for match in named.finditer(words):
        if match.start() > at:
            pieces.append(Piece(TEXT, words[at : match.start()]))
        pieces.append(Piece(NAME, match.group()))
        at = match.end()
    return [*pieces, Piece(TEXT, words[at:])] if at < len(words) else pieces


def _trimmed(address: str) -> str:
    """Without the marks of the sentence around it; a closing bracket stays when the address opened it."""
    while address and address[-1] in _BEHIND:
        opening = _PAIRS.get(address[-1])
        if opening and address.count(opening) >= address.count(address[-1]):
            break
        address = address[:-1]
    return address


def names_in(text: str, names: Iterable[str]) -> set[str]:
    """Which of `names` the text addresses as "@name"; where one name begins another, the longest that stands there."""
    named = _addressed(names)
    return {match.group()[1:] for match in named.finditer(text)} if named else set()


def _addressed(names: Iterable[str]) -> re.Pattern[str] | None:
    """Neither inside a word or an e-mail address, nor the beginning of a longer word."""
    marks = sorted({name for name in names if name}, key=len, reverse=True)
    return re.compile(r"(?<![\w.])@(?:" + "|".join(map(re.escape, marks)) + r")(?!\w)") if marks else None

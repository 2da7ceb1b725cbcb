"""The quote as somebody typed or pasted it, taken apart at its gaps: `…`, `[…]`, `[what an editor put in]`. Pure."""

import html
import re
import unicodedata
from dataclasses import dataclass

from annotations.sources.quoting.meaning_words import NEGATIONS
from annotations.sources.quoting.spelling import EDITORIAL, Reading, read, read_text
from annotations.sources.quoting.words import is_solid

LEAST_CHARACTERS, LEAST_WORDS = 12, 3  # below, only exact words prove anything
_GAP = re.compile(
    r"(?:\.\.\.|…+|[・·]{3,}|\. \. \.|[\[(<]\s*(?:…|\.\.\.)\s*[\])>]|\[(?!\d{1,3}\]|sic\])[^\]\n]{1,60}\])"
)
_RECASED = re.compile(r"(?<!\w)\[(\w)\](?=\w)")  # "[T]he", where the page goes on in the middle of a sentence
_REMARK = re.compile(r"[(\[](?:(?:my |our )?(?:emphasis|italics)(?: added| mine| in original)?)[)\]]", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>\n]{0,200}>", re.IGNORECASE)
_INSERTED = re.compile(r"\[([^\]\n]{1,60})\]")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the quote as written, and as it is read."""

    written: str
    reading: Reading

    @property
    def text(self) -> str:
        return self.reading.text

    @property
    def short(self) -> bool:
        solid = sum(is_solid(char) for char in self.text)  # each says as much as two or three letters
        few = len(self.text.split()) < LEAST_WORDS and solid < LEAST_WORDS
        return few or len(self.text) + solid * 3 // 2 < LEAST_CHARACTERS


def parts_of(wanted: str) -> list[Part]:
    """The parts of a quote that have words, in their order."""
    wanted = _RECASED.sub(r"\1", _REMARK.sub("", wanted))
    return [part for part in map(_part, _GAP.split(wanted)) if part.text]


def _part(piece: str) -> Part:
    """Without the marks around it: what somebody pasted with it, or the page sets otherwise."""
    piece = EDITORIAL.sub("", html.unescape(_TAG.sub("", piece)))
    start, end = 0, len(piece)
    while start < end and not _counts(piece, start):
        start += 1
    while end > start and not (piece[end - 1].isalnum() or unicodedata.category(piece[end - 1])[0] in "MS"):
        end -= 1
    return Part(piece[start:end], read(piece[start:end]))


def _counts(piece: str, at: int) -> bool:
    """A letter, a figure that is no footnote's, a sign such as %, or a dash before a figure."""
    char, kind = piece[at], unicodedata.category(piece[at])
    if kind == "Pd":
        return piece[at + 1 : at + 2].isdecimal()
    return (char.isalnum() and not (char.isdigit() and not char.isdecimal())) or kind[0] in "SM"


def inserted_negation(wanted: str) -> str:
    """Somebody put a "[not]" into the quote."""
    inserted = {word for piece in _INSERTED.findall(wanted) for word in read_text(piece).split()}
    return "negation" if inserted & NEGATIONS else ""

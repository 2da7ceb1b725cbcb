"""Text as matching sees it: spelling that does not change the words is folded away. Never for the stored text.

Every folded character knows where it came from, so that what is found can be shown in the original.
"""

import html
import re
import unicodedata
from dataclasses import dataclass

_DROPPED = frozenset(
    "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u0640"
)
_QUOTES = dict.fromkeys('"“”„‟«»‹›❝❞＂″', '"') | dict.fromkeys("'‘’‚‛`´′＇", "'")
_DASHES = dict.fromkeys("-‐‑‒–—―−－", "-")
_ARABIC = {
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ئ": "ي",
    "ؤ": "و",
    "ة": "ه",
    "ہ": "ه",
    "ۀ": "ه",
    "ک": "ك",
    "٫": ".",
    "٬": ",",
    "،": ",",
    "؛": ";",
    "؟": "?",
    "٪": "%",
    "۔": ".",
}
_SAME = _QUOTES | _DASHES | _ARABIC | {"…": "...", "。": ".", "，": ",", "！": "!", "？": "?", "：": ":", "；": ";"}
_HYPHENATED = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]\n[ \t]*(?=[^\W\d_])")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Folded:
    """`text[i]` comes from the original's code point `origin[i]`; `length` is the original's."""

    text: str
    origin: tuple[int, ...]
    length: int

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The original's half-open span for the folded `start..end` (not empty)."""
        first, last = self.origin[start], self.origin[end - 1]
        return first, min(self.length, last + 1)


def fold(text: str) -> Folded:
    """NFKC, entities, invisible marks, quotation marks, dashes, line-end hyphens, white space, case, Arabic forms, digits."""
    skipped = _skips(text)
    out: list[str] = []
    origin: list[int] = []
    place, size = 0, len(text)
    while place < size:
        step, piece = skipped.get(place, (1, text[place]))
        for char in _fold_piece(piece):
            if char == " " and (not out or out[-1] == " "):
                continue
            out.append(char)
            origin.append(place)
        place += step
    if out and out[-1] == " ":
        out.pop()
        origin.pop()
    return Folded("".join(out), tuple(origin), size)


def fold_text(text: str) -> str:
    """The folded text alone."""
    return fold(text).text


def _skips(text: str) -> dict[int, tuple[int, str]]:
    """Stretches that stand for something else: (length, replacement) by their start."""
    found = {match.start(): (len(match.group()), "") for match in _HYPHENATED.finditer(text)}
    if "&" in text:
        for match in _ENTITY.finditer(text):
            meant = html.unescape(match.group())
            if meant != match.group():
                found[match.start()] = (len(match.group()), meant)
    return found


_cache: dict[str, str] = {}


def _fold_piece(piece: str) -> str:
    if len(piece) == 1:
        folded = _cache.get(piece)
        if folded is None:
            folded = _cache[piece] = _fold_char(piece)
        return folded
    return "".join(_fold_char(char) for char in piece)


def _fold_char(char: str) -> str:
    if char in _DROPPED:
        return ""
    if char.isspace():
        return " "
    if char in _SAME:
        return _SAME[char]
    out = []
    for part in unicodedata.normalize("NFKD", char).casefold():
        if unicodedata.combining(part) or part in _DROPPED:
            continue  # tashkeel, accents and other marks
        if part.isspace():
            out.append(" ")
        elif part.isdecimal():
            out.append(str(unicodedata.digit(part)))
        else:
            out.append(_SAME.get(part, part))
    return "".join(out)

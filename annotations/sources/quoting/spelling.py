"""A page as the quote check reads it: `lib.folding`'s spelling and some more, quick for whole pages, with offsets.

The page is folded as an array, each different character once: 100,000 characters take some milliseconds.
"""

import html
import re
import unicodedata
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotations.lib.folding import fold_text
from annotations.sources.quoting.han import OLDER

# What `lib.folding` leaves apart because search and anchoring need it so, and a quote does not.
_MORE = {
    **dict.fromkeys("ـءٔ", ""),  # a hamza on the line is left out as often as not
    **{"ھ": "ه", "ە": "ه", "ۃ": "ه", "ے": "ي", "ۓ": "ي", "ێ": "ي", "ڪ": "ك", "ں": "ن", "ۆ": "و", "ۇ": "و"},
    **{"ı": "i", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ø": "o", "Ø": "o", "ħ": "h", "œ": "oe", "Œ": "oe"},
    **{"æ": "ae", "Æ": "ae", "þ": "th", "Þ": "th", "ð": "d", "Ð": "d"},
    **dict.fromkeys("ʼʹʻ׳ꞌ", "'"),
    **dict.fromkeys("״「」『』《》〈〉｢｣", '"'),
    **{"־": "-", "、": ",", "､": ",", "।": ".", "॥": ".", "｡": ".", "ँ": "ं", "्": "्"},
    **OLDER,
    **{"・": " ", "·": " ", "•": " ", "‧": " ", "･": " "},
}
_HYPHENS = "-\u00ad\u2010\u2011"
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_JAMO = re.compile("[\u1100-\u11ff]{2,}")
EDITORIAL = re.compile(r"\[(?:\d{1,3}|[a-z]|sic|note \d{1,3})\]")  # a footnote, and what an editor put into the page
_RAISED = re.compile("[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]{1,3}")
_NOTHING, _SPACE, _NEW_LINE = 0x200B, 0x20, 0x0A

_CODES = 0x110000
_known = np.zeros(_CODES, dtype=bool)
_first = np.zeros(_CODES, dtype=np.uint32)
_sizes = np.zeros(_CODES, dtype=np.uint8)
_longer: dict[int, str] = {}


@dataclass(frozen=True, slots=True)
class Reading:
    """`text[i]` was read from the original's code point `origin[i]`; `length` is the original's."""

    text: str
    origin: NDArray[np.intp]
    length: int

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The original's half-open span for `start..end` of the text (not empty)."""
        return int(self.origin[start]), min(self.length, int(self.origin[end - 1]) + 1)


def read(text: str) -> Reading:
    """The text folded: spelling, marks, case, white space; footnote marks and line-end hyphens are gone."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    stand_ins = _stand_ins(text, codes)
    if stand_ins:
        codes = codes.copy()
        for start, end, meant in stand_ins:
            codes[start:end] = _NOTHING
            codes[start : start + len(meant)] = [ord(char) for char in meant]
    fresh = codes[~_known[codes]]
    for code in np.unique(fresh).tolist():
        _learn(code)
    sizes = _sizes[codes]
    origin = np.repeat(np.arange(len(codes)), sizes)
    out = np.repeat(_first[codes], sizes)
    if _longer and bool((sizes > 1).any()):
        starts = np.cumsum(sizes, dtype=np.intp) - sizes
        for code in np.unique(codes[sizes > 1]).tolist():
            places = starts[codes == code]
            for step, char in enumerate(_longer[code]):
                out[places + step] = ord(char)
    keep = np.ones(len(out), dtype=bool)
    spaces = out == _SPACE
    keep[1:] = ~(spaces[1:] & spaces[:-1])
    if len(out) and spaces[0]:
        keep[0] = False
    out, origin = out[keep], origin[keep]
    if len(out) and out[-1] == _SPACE:
        out, origin = out[:-1], origin[:-1]
    return Reading(out.tobytes().decode("utf-32-le", "surrogatepass"), origin, len(text))


def read_text(text: str) -> str:
    """The folded text alone."""
    return read(text).text


def _stand_ins(text: str, codes: NDArray[np.uint32]) -> list[tuple[int, int, str]]:
    """Stretches that stand for something else, which is never longer: (start, end, what)."""
    found = [(*match.span(), "") for match in EDITORIAL.finditer(text)]
    found += [span for place in np.flatnonzero(codes == _NEW_LINE).tolist() for span in _line_end_hyphen(text, place)]
    if bool(((codes == 0xB9) | (codes == 0xB2) | (codes == 0xB3) | ((codes >= 0x2070) & (codes <= 0x2079))).any()):
        found += [(*match.span(), "") for match in _RAISED.finditer(text) if _is_footnote(text, *match.span())]
    if "&" in text:
        found += [
            (*match.span(), meant)
            for match in _ENTITY.finditer(text)
            if (meant := html.unescape(match.group())) != match.group() and len(meant) <= len(match.group())
        ]
    if bool(((codes >= 0x1100) & (codes <= 0x11FF)).any()):
        found += [(*match.span(), unicodedata.normalize("NFC", match.group())) for match in _JAMO.finditer(text)]
    return found


def _line_end_hyphen(text: str, new_line: int) -> list[tuple[int, int, str]]:
    start = new_line - 1
    if start > 0 and text[start] == "\r":
        start -= 1
    if start < 1 or text[start] not in _HYPHENS or not text[start - 1].isalpha():
        return []
    end = new_line + 1
    while end < len(text) and text[end] in " \t":
        end += 1
    return [(start, end, "")] if end < len(text) and text[end].isalpha() else []


def _is_footnote(text: str, start: int, end: int) -> bool:
    """A raised figure behind a word or a mark; behind a figure or a short unit (10², km²) it is a power."""
    word = start
    while word > 0 and text[word - 1].isalpha():
        word -= 1
    before = text[start - 1] if start else " "
    return (
        not before.isdecimal()
        and not before.isspace()
        and not 0 < start - word < 4
        and not text[end : end + 1].isalnum()
    )


def _learn(code: int) -> None:
    folded = _fold(chr(code))
    _sizes[code] = len(folded)
    if folded:
        _first[code] = ord(folded[0])
    if len(folded) > 1:
        _longer[code] = folded
    _known[code] = True


def _fold(char: str) -> str:
    if char in _MORE:
        return _MORE[char]
    if "\uac00" <= char <= "\ud7a3":
        return char  # a syllable, not its letters: one letter less is another word
    if "\ufc5e" <= char <= "\ufc63" or "\ufe70" <= char <= "\ufe7f":
        return ""  # a vowel mark by itself
    folded = fold_text(f"x{char}x")[1:-1]
    return "".join(_MORE.get(part, part) for part in folded)

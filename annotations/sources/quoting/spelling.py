"""A page as the quote check reads it: `lib.folding`'s spelling and some more, quick for whole pages, with offsets.

The page is folded as an array, each different character once: 100,000 characters take some milliseconds.
"""

import html
import re
import unicodedata
from collections.abc import Callable
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
# A footnote's mark, and what an editor put into the page.
EDITORIAL = re.compile(r"[\[［〔](?:\d{1,3}|[a-z]|sic!?|note \d{1,3})[\]］〕]|\(sic!?\)")
_RAISED = re.compile("[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]{1,3}")
_VOICED = re.compile("[\u3041-\u30fe\uff66-\uff9d][\uff9e\uff9f\u3099\u309a]")
_PAGE_NUMBER = re.compile(r"\n[ \t]*[-–—][ \t]*\d{1,4}[ \t]*[-–—][ \t]*\n")  # "- 14 -" between two pages
# Characters that stand for others, looked for where one of first..last is in the text.
_COMPOSED: tuple[tuple[int, int, re.Pattern[str], Callable[[str], str]], ...] = (
    (
        0x1100,
        0x11FF,
        re.compile("[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?"),
        lambda found: unicodedata.normalize("NFC", found),
    ),
    (0x3099, 0x309A, _VOICED, lambda found: unicodedata.normalize("NFKC", found)),
    (0xFF9E, 0xFF9F, _VOICED, lambda found: unicodedata.normalize("NFKC", found)),
    (0x0E40, 0x0E40, re.compile("เเ"), lambda _found: "แ"),  # drawn alike
    (0x0626, 0x0626, re.compile("ئ(?=و)"), lambda _found: "ؤ"),  # مسئول is مسؤول
    (0x002D, 0x002D, _PAGE_NUMBER, lambda _found: " "),
    (0x2013, 0x2014, _PAGE_NUMBER, lambda _found: " "),
)
_NOTHING, _SPACE, _NEW_LINE = 0x200B, 0x20, 0x0A

_CODES = 0x110000
_known = np.zeros(_CODES, dtype=bool)
_first = np.zeros(_CODES, dtype=np.uint32)
_sizes = np.zeros(_CODES, dtype=np.uint8)
_longer: dict[int, str] = {}


@dataclass(frozen=True, slots=True)
class Reading:
    """`text[i]` was read from the original's code points `origin[i]..ends[i]`; `length` is the original's."""

    text: str
    origin: NDArray[np.intp]
    ends: NDArray[np.intp]
    length: int

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The original's half-open span for `start..end` of the text (not empty)."""
        return int(self.origin[start]), int(self.ends[end - 1])


def read(text: str) -> Reading:
    """The text folded: spelling, marks, case, white space; footnote marks and line-end hyphens are gone."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    stand_ins = _stand_ins(text, codes)
    lasts = np.arange(1, len(codes) + 1)
    if stand_ins:
        codes = codes.copy()
        for start, end, meant in stand_ins:
            codes[start:end] = _NOTHING
            codes[start : start + len(meant)] = [ord(char) for char in meant]
            if meant:
                lasts[start + len(meant) - 1] = end
    fresh = codes[~_known[codes]]
    for code in np.unique(fresh).tolist():
        _learn(code)
    sizes = _sizes[codes]
    origin, ends = np.repeat(np.arange(len(codes)), sizes), np.repeat(lasts, sizes)
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
    keep &= ~(spaces & _beside_solid(out))
    if len(out) and spaces[0]:
        keep[0] = False
    out, origin, ends = out[keep], origin[keep], ends[keep]
    if len(out) and out[-1] == _SPACE:
        out, origin, ends = out[:-1], origin[:-1], ends[:-1]
    return Reading(out.tobytes().decode("utf-32-le", "surrogatepass"), origin, ends, len(text))


def _beside_solid(out: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Next to a Chinese or Japanese character: a space there is the typesetter's, as is the end of a line."""
    solid = ((out >= 0x3040) & (out <= 0x30FF)) | ((out >= 0x3400) & (out <= 0x9FFF))
    beside = np.zeros(len(out), dtype=bool)
    beside[1:] |= solid[:-1]
    beside[:-1] |= solid[1:]
    return beside


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
    for first, last, pattern, composed in _COMPOSED:
        if bool(((codes >= first) & (codes <= last)).any()):
            found += [(*match.span(), composed(match.group())) for match in pattern.finditer(text)]
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
    if "\uac00" <= char <= "\ud7a3" or "\u3041" <= char <= "\u30fa" or "\u0e48" <= char <= "\u0e4b":
        return char  # a syllable, not its letters or marks: パリ is not バリ
    if "\ufc5e" <= char <= "\ufc63" or "\ufe70" <= char <= "\ufe7f":
        return ""  # a vowel mark by itself
    folded = fold_text(f"x{char}x")[1:-1]
    return "".join(_MORE.get(part, part) for part in folded)

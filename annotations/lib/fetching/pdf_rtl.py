"""Pages of a PDF that run from right to left, read by where each letter stands.

The engine turns every such line, taking its letters for what stands on the page from the left. Where a file itself gives the
letters as they are read (ActualText: all that Chromium prints), words come out backwards and marks at the wrong end.
"""

import ctypes
import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

_LETTER = re.compile("[\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# No word goes on behind these marks, an alef apart that carries the first of them.
_WORD_ENDS = re.compile("((?<=ا)\u064b|\u064b[اى]?|[\u064c\u064d])(?=[\u0620-\u064a])")
_MOST_LETTERS = 20_000  # of a page; asking for each letter's place takes microseconds
_SPACE, _WIDE = 0.18, 0.48  # of the letters' size: a wider gap divides words
_LEANS = 0.1  # of the letters' size
_SAME_LINE = 0.3  # of the letters' size
_ALEFS = frozenset("اأإآٱ")
_OPENING, _CLOSING = "([{«‹", ")]}»›"
_TURNED = str.maketrans(_OPENING + _CLOSING, _CLOSING + _OPENING)


@dataclass(frozen=True, slots=True)
class _Glyph:
    """What stands at one place: a letter with its marks, or a ligature's letters."""

    text: str
    x: float
    y: float
    left: float
    right: float
    size: float
    middle: float  # of what is drawn


@dataclass(slots=True)
class _Line:
    """`base`: the height on which most of its letters stand."""

    base: float
    glyphs: list[_Glyph]


def stands_backwards(layer: Any) -> bool:
    """Whether most of its words have each letter further right than the one before it."""
    import pypdfium2.raw as pdfium

    count = min(layer.count_chars(), 2000)
    letters = [chr(pdfium.FPDFText_GetUnicode(layer, place)) for place in range(count)]
    backwards = forwards = 0
    for start, end in _words(letters):
        first, last = layer.get_charbox(start)[0], layer.get_charbox(end - 1)[0]
        backwards += last > first
        forwards += last < first
    return backwards > 2 and backwards * 5 > forwards


def _words(letters: list[str]) -> Iterable[tuple[int, int]]:
    start = -1
    for place, letter in enumerate([*letters, " "]):
        if _LETTER.match(letter):
            start = place if start < 0 else start
        elif start >= 0:
            if place - start > 1:
                yield start, place
            start = -1


def lines(layer: Any) -> list[tuple[str, float]]:
    """The page's lines, in the engine's order, each with the size of its letters."""
    found: list[_Line] = []
    for glyphs in _lines(layer):
        heights: dict[float, list[_Glyph]] = {}
        for glyph in glyphs:
            heights.setdefault(glyph.y, []).append(glyph)
        fresh: list[_Line] = []
        # A mark that stands high makes the engine begin a line, and end it in the midst of the next. Letters are the most.
        for height in sorted(heights, key=lambda each: -len(heights[each])):
            near = _SAME_LINE * heights[height][0].size
            line = next((line for line in [*found[-2:], *fresh] if abs(line.base - height) < near), None)
            if line is None:
                line = _Line(height, [])
                fresh.append(line)
            line.glyphs += heights[height]
        found += sorted(fresh, key=lambda line: -line.base)
    return [(text, line.glyphs[0].size) for line in found if (text := _read(line))]


def heading(read: list[tuple[str, float]]) -> list[str]:
    """The first lines in the largest letters of a page, where they are clearly larger than most."""
    sizes = sorted(size for text, size in read for _letter in text)
    if not sizes or sizes[-1] < 1.25 * sizes[len(sizes) // 2]:
        return []
    large = [size > 0.95 * sizes[-1] for _text, size in read]
    first = large.index(True)
    last = next((place for place in range(first, len(large)) if not large[place]), len(large))
    return [text for text, _size in read[first:last]]


def _lines(layer: Any) -> Iterable[list[_Glyph]]:
    import pypdfium2.raw as pdfium

    x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    line: list[_Glyph] = []
    places: dict[tuple[float, float], list[tuple[float, float, str]]] = {}
    sizes: dict[tuple[float, float], float] = {}
    size, height = 1.0, 0.0

    def ended() -> list[_Glyph]:
        return [_glyph(at, pieces, sizes[at]) for at, pieces in places.items()]

    for place in range(min(layer.count_chars(), _MOST_LETTERS)):
        code = pdfium.FPDFText_GetUnicode(layer, place)
        if code in (10, 13):
            if line := ended():
                yield line
            places = {}
            continue
        pdfium.FPDFText_GetLooseCharBox(layer, place, box)
        if code == 0 or (code == 32 and box.right == box.left):
            continue  # such a space is the engine's own guess, and stands anywhere
        pdfium.FPDFText_GetCharOrigin(layer, place, x, y)
        if not places or abs(y.value - height) > 1:
            height = y.value
            pdfium.FPDFText_GetMatrix(layer, place, matrix)
            size = abs(pdfium.FPDFText_GetFontSize(layer, place) * (matrix.d or 1.0)) or 1.0
        at = (round(x.value, 1), round(y.value, 1))
        sizes[at] = size
        places.setdefault(at, []).append((box.left, box.right, chr(code)))
    if line := ended():
        yield line


def _glyph(at: tuple[float, float], pieces: list[tuple[float, float, str]], size: float) -> _Glyph:
    """The engine divides a glyph's width among its letters; marks follow what they stand on."""
    if len(pieces) == 1:
        left, right, letter = pieces[0]
        return _Glyph(letter, at[0], at[1], min(at[0], left), right, size, (left + right) / 2)
    ordered = sorted(pieces, key=lambda piece: -piece[0])
    letters = [letter for _left, _right, letter in ordered]
    if not any(_LETTER.match(letter) for letter in letters):
        letters = [letter for _left, _right, letter in pieces]
    letters.sort(key=lambda letter: unicodedata.combining(letter) > 0)
    # The ligatures that a page may have: lam and alef (never alef and lam), and that of the name of God.
    if len(letters) > 1 and letters[0] in _ALEFS and letters[1] == "ل":
        letters[:2] = reversed(letters[:2])
    elif letters == list("هلل"):
        letters.reverse()
    left, right = min(piece[0] for piece in pieces), max(piece[1] for piece in pieces)
    return _Glyph("".join(letters), at[0], at[1], min(at[0], left), right, size, (left + right) / 2)


def _read(line: _Line) -> str:
    """A line's glyphs in the order of reading."""
    glyphs = sorted(line.glyphs, key=lambda each: (each.x, each.y))
    # A mark of its own that is said to be the whole of what it stands on is passed over.
    glyphs = [
        glyph
        for before, glyph in itertools.pairwise([None, *glyphs])
        if glyph and not (before and _stands_on(glyph, before))
    ]
    shown: list[str] = []
    right = 0.0
    for place, glyph in enumerate(glyphs):
        before = glyphs[place - 1] if place else None
        if before and " " not in (before.text, glyph.text):
            leans = [_leans(glyphs, place, line.base), -_leans(glyphs, place - 1, line.base)]
            least = _WIDE if _is_off(glyph, line.base) or _is_off(before, line.base) else _SPACE
            if max(leans) > _LEANS or (min(leans) == 0 and glyph.left - right > least * glyph.size):
                shown.append(" ")
        shown.append(glyph.text)
        right = max(right, glyph.right)
    own = sum(bool(_LETTER.match(text)) for text in shown)
    if own * 2 < sum(text[0].isalpha() for text in shown):
        return _from_left(shown)
    return _brackets(_figures(_marked(list(reversed(shown)))))


def _stands_on(glyph: _Glyph, other: _Glyph) -> bool:
    return abs(glyph.x - other.x) < 0.5 and glyph.y != other.y and set(glyph.text) <= set(other.text)


def _is_off(glyph: _Glyph, base: float) -> bool:
    """What stands off the line is a letter of which only the mark's place and width are known (an alef has no width)."""
    return abs(glyph.y - base) > 0.05 * glyph.size and glyph.text[0] not in _ALEFS


def _leans(glyphs: list[_Glyph], place: int, base: float) -> float:
    """How far a letter of which only the mark is known stands right of the middle between its neighbours: away from a space
    on its left. 0 where that says nothing."""
    glyph = glyphs[place]
    if not 0 < place < len(glyphs) - 1 or not _is_off(glyph, base):
        return 0.0
    before, after = glyphs[place - 1], glyphs[place + 1]
    letters = sum(not unicodedata.combining(letter) for letter in glyph.text)
    if letters > 1 or _is_off(before, base) or _is_off(after, base):
        return 0.0
    if _LETTER.match(before.text) and after.left - before.right > glyph.size:
        return 1.0  # the broad form of a word's end
    return (glyph.middle - (before.right + after.left) / 2) / glyph.size


def _marked(shown: list[str]) -> list[str]:
    """A mark that has a place of its own belongs to the letter that it stands over, which may come just after it."""
    for place in range(len(shown) - 1):
        alone = all(unicodedata.combining(each) for each in shown[place])
        if alone and (place == 0 or shown[place - 1] == " ") and _LETTER.match(shown[place + 1]):
            shown[place], shown[place + 1] = shown[place + 1], shown[place]
    return shown


def _from_left(shown: list[str]) -> str:
    """A line of Latin words: only the runs that go the other way are turned."""
    text, run = "", ""
    for piece in [*shown, ""]:
        if piece and (_LETTER.match(piece) or (run and piece == " ")):
            run = piece + run
            continue
        text += (" " + run.strip() + " " if run.strip() else run) + piece
        run = ""
    return " ".join(text.split())


def _figures(shown: list[str]) -> list[str]:
    """Figures and Latin words run from the left even here."""
    out: list[str] = []
    run: list[str] = []
    for place, piece in enumerate(shown):
        after = shown[place + 1] if place + 1 < len(shown) else " "
        latin = piece.isdecimal() or (piece[0].isalpha() and not _LETTER.match(piece))
        if latin or (run and _joins(run[0], piece, after)):
            run.insert(0, piece)
            continue
        out += run
        run = []
        out.append(piece)
    return out + run


def _joins(last: str, mark: str, after: str) -> bool:
    if last.isdecimal() and after.isdecimal():
        return mark in ".,:/٫٬"  # not a hyphen: "2022-2023" stands as two figures
    letters = [each for each in (last, after) if each[:1].isalpha() and not _LETTER.match(each)]
    return (
        bool(letters) and mark in " -_.@/&'’+:" and all(each in letters or each.isdecimal() for each in (last, after))
    )


def _brackets(shown: list[str]) -> str:
    """Some files give brackets as they look, others as they are meant: what a word follows is an opening one."""
    for place, piece in enumerate(shown):
        if piece not in _OPENING + _CLOSING or len(piece) != 1:
            continue
        before = shown[place - 1] if place else " "
        after = shown[place + 1] if place + 1 < len(shown) else " "
        opens = (before in " " + _OPENING) and (after[0].isalnum() or after in _OPENING)
        closes = not opens and before != " " and not after[0].isalnum()
        if (opens and piece in _CLOSING) or (closes and piece in _OPENING):
            shown[place] = piece.translate(_TURNED)
    return " ".join(_WORD_ENDS.sub(r"\1 ", "".join(shown)).split())

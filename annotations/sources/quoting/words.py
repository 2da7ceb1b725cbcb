"""A folded text as words and figures: what the quote check lays side by side. Marks between words are not compared."""

import re
from dataclasses import dataclass

from annotations.sources.quoting import figures
from annotations.sources.quoting.figures import Figure
from annotations.sources.quoting.spelling import Reading

_INDIC = "\u0900-\u0963\u0970-\u0dff"  # letters with the vowel signs that belong to them
_SOLID = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3005\u3007\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff"
_LETTER = rf"(?:(?![{_SOLID}])[^\W\d_]|[{_INDIC}])"
_SOLID_CHARACTER = re.compile(f"[{_SOLID}]")
_TOKEN = re.compile(
    rf"(?P<misread>(?<![^\W_])(?=[lio]*\d)(?=\d*[lio])[\dlio]{{2,}}(?![^\W_]|[.,:/']\d))"
    r"|(?P<figure>(?<![\d.,])\d{1,3}(?: \d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,:/']\d+)*)"
    rf"|(?P<numeral>[{figures.HAN_NUMERALS}]+)"
    rf"|(?P<solid>[{_SOLID}])"
    rf"|(?P<word>{_LETTER}(?:{_LETTER}|\d(?![{_SOLID}]))*(?:'{_LETTER}+)?)"
    rf"|(?P<unit>[{''.join(figures.UNITS)}]+)"
)
_MISREAD = str.maketrans("lio", "110")
_ENDINGS = {"s": "'s", "re": "are", "ve": "have", "ll": "will", "m": "am", "d": "'d"}
_STEMS = {"ca": "can", "wo": "will", "sha": "shall"}
_RUN_TOGETHER = {
    f"{stem}nt": stem for stem in "did does is was were are has have had could would should must do".split()
}
_MONTHS = {
    month[:size]: month
    for month in "january february march april june july august september october november december".split()
    for size in (3, 4)
    if size == 3 or month == "september"
}
_ORDINAL = frozenset(("st", "nd", "rd", "th"))
_APOSTROPHE = re.compile("['’‘‛`´′＇ʼʹʻ׳ꞌ]")
_SENTENCE_ENDS = frozenset(".!?:…。！？|\n")
_LOOK_BACK = 6
_UNIT = "\0"  # no word begins so


@dataclass(slots=True)
class Word:
    """One word, or one character where words are not set apart, or one figure, at `start..end` of the folded text.

    `key`: what is compared; `raw`: as written, with its case; `name`: a capital that no sentence start explains.
    """

    text: str
    key: str
    start: int
    end: int
    raw: str
    solid: bool = False
    figure: Figure | None = None
    scale: int | None = None
    name: bool = False
    capital: bool = False
    glued: bool = False  # a figure right behind a letter or a full stop: it may be a footnote's mark

    @property
    def is_unit(self) -> bool:
        return self.key.startswith(_UNIT)

    @property
    def counts(self) -> bool:
        """A figure, or what makes a figure larger, or what it counts."""
        return self.figure is not None or self.scale is not None or self.is_unit


def split(reading: Reading, original: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words at `start..end` of a folded text."""
    found: list[Word] = []
    text = reading.text
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        kind, piece, (at, upto) = match.lastgroup, match.group(), match.span()
        first, last = reading.back(at, upto)
        while last < len(original) and "\u0300" <= original[last] <= "\u036f":
            last += 1  # the accent of the last letter, written by itself
        raw = original[first:last]
        if kind == "unit":
            found.append(Word(piece, _UNIT + piece, at, upto, raw))
        elif kind == "solid":
            power = figures.HAN_LARGE.get(piece)
            found.append(Word(piece, f"x{power}" if power else piece, at, upto, raw, solid=True, scale=power))
        elif found and found[-1].figure is not None and found[-1].end == at and piece in _ORDINAL:
            continue  # 3rd May is 3 May
        elif piece == "us" and text[upto : upto + 1] == "$":
            continue
        elif kind in ("figure", "misread", "numeral"):
            found.append(_figure(match, raw, text, original, first))
        else:
            found += _words(piece, at, upto, raw, found[-1] if found else None, original, first)
    return _with_units(_compounded(found))


def is_solid(char: str) -> bool:
    """A character of a script that does not set words apart."""
    return _SOLID_CHARACTER.match(char) is not None


def _figure(match: re.Match[str], raw: str, text: str, original: str, first: int) -> Word:
    piece, (start, end) = match.group(), match.span()
    numeral = match.lastgroup == "numeral"
    if numeral:
        values: figures.Readings = frozenset({(str(figures.han_value(piece)), "")})
    else:
        values = figures.readings(piece.translate(_MISREAD).replace(" ", "'"))
    before = text[start - 1 : start]
    # A dash that touches the figure and nothing before it; a long one opens somebody's speech.
    negative = (
        before == "-"
        and text[end : end + 1] != "-"
        and not text[start - 2 : start - 1].strip(' ("')
        and original[first - 1 : first] in "-−–‐‑﹣－"
    )
    glued = before.isalpha() or (
        bool(before) and before in ".,;:!?\"')" and start > 1 and text[start - 2] not in " 0123456789"
    )
    key = "#" + "|".join(sorted(".".join(reading) for reading in values))
    return Word(piece, key, start, end, raw, figure=Figure(values, negative), solid=numeral, glued=glued)


def _words(piece: str, start: int, end: int, raw: str, before: Word | None, original: str, first: int) -> list[Word]:
    """A word, or the words that are written as one: "isn't", "l'usine"."""
    behind_figure = before is not None and before.figure is not None and start - before.end <= 1
    opens = _opens_sentence(original, first)
    found = []
    for part, written, at, upto in _pieces(piece, raw):
        capital = written[:1].isupper()
        word = Word(
            part, part, start + at, start + upto, written, capital=capital, name=capital and not (opens and at == 0)
        )
        value = figures.NUMBER_WORDS.get(part)
        if value is not None:
            word.figure, word.key = Figure(frozenset({(str(value), "")})), f"#{value}."
        else:
            word.scale = figures.scale(part, behind_figure=behind_figure)
            if word.scale is not None:
                word.key = f"x{word.scale}"
            elif capital:
                word.key = _MONTHS.get(part, part)
        found.append(word)
    return found


def _pieces(piece: str, raw: str) -> list[tuple[str, str, int, int]]:
    """(word, as written, start, end) for each."""
    size = len(piece)
    if piece in _RUN_TOGETHER or piece == "cannot":
        head = _RUN_TOGETHER.get(piece, "can")
        return [(head, raw[: len(head)], 0, len(head)), ("not", raw[len(head) :], len(head), size)]
    if "'" not in piece:
        return [(piece, raw, 0, size)]
    head, tail = piece.split("'")
    here, there = _APOSTROPHE.split(raw, maxsplit=1) if _APOSTROPHE.search(raw) else (head, tail)
    if tail == "t" and head.endswith("n"):
        stem = head[:-1]
        return [(_STEMS.get(stem, stem), here[:-1], 0, len(stem)), ("not", "not", len(stem), size)]
    ending = _ENDINGS.get(tail)
    return [(head, here, 0, len(head)), (ending or tail, ending or there, len(head) + 1, size)]


def _opens_sentence(original: str, first: int) -> bool:
    before = original[max(0, first - _LOOK_BACK) : first]
    bare = before.rstrip(" \t\u00a0\u202f\"'“”„«»‘’‹›([—–-¿¡*•")
    return not bare or bare[-1] in _SENTENCE_ENDS or "\n" in before[len(bare) :]


def _compounded(words: list[Word]) -> list[Word]:
    """Twenty-five as one figure."""
    found: list[Word] = []
    for word in words:
        tens = figures.NUMBER_WORDS.get(found[-1].text, 0) if found else 0
        ones = figures.NUMBER_WORDS.get(word.text, 0)
        if tens >= 20 and tens % 10 == 0 and 0 < ones < 10 and word.start - found[-1].end == 1:
            ten = found.pop()
            text, raw, value = f"{ten.text}-{word.text}", f"{ten.raw}-{word.raw}", str(tens + ones)
            figure = Figure(frozenset({(value, "")}))
            word = Word(text, f"#{value}.", ten.start, word.end, raw, figure=figure, capital=ten.capital)
        found.append(word)
    return found


def _with_units(words: list[Word]) -> list[Word]:
    """Percent and money as one word each, however written, right behind a figure that they precede: %46, 百分之46, £4.6."""
    found: list[Word] = []
    place = 0
    while place < len(words):
        word, size = _unit(words, place)
        place += size
        following = words[place] if place < len(words) else None
        bearer = found[-1] if found else None
        borne = bearer is not None and (bearer.figure is not None or bearer.scale is not None)
        if word.is_unit and not borne and following is not None and following.figure is not None:
            found.append(following)
            place += 1
        found.append(word)
    return found


def _unit(words: list[Word], place: int) -> tuple[Word, int]:
    """The unit that begins at this place and how many words it takes; or the word itself."""
    word = words[place]
    pair = tuple(other.text for other in words[place : place + 2])
    if "".join(other.text for other in words[place : place + 3]) == "百分之":
        unit, size = "%", 3
    elif pair in figures.PHRASES:
        unit, size = figures.PHRASES[pair], 2
    else:
        unit, size = figures.UNIT_WORDS.get(word.text, ""), 1
    if not unit:
        return word, 1
    last = words[place + size - 1]
    raw = " ".join(other.raw for other in words[place : place + size])
    return Word(word.text if size == 1 else raw, _UNIT + unit, word.start, last.end, raw, solid=size == 3), size

"""Where sentences end: a line break always does, a strong mark does, a full stop does unless a rule says otherwise."""

import re
from collections.abc import Iterator

from annotations.claims.segmenters.words import abbreviations as abbr
from annotations.claims.segmenters.words.reporting import VERBS
from annotations.lib.spans import Span, trim

LINE = re.compile("[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_STRONG = "!?؟۔।॥。！？｡‼⁇⁈⁉։۔᙮።፧๚๛។៕᠃᠉꓿꘎꘏꛳꛷꡶꡷꣎꣏꤯꧈꧉꩝꩞꩟꫰꫱꯫"
_WIDE = "。！？｡"  # need no white space after them
_CLOSERS = "\"'”’»›)]}）】」』〉》〕″＂"
_MARK = re.compile(rf"[.…{_STRONG}](?:[ \u00a0]?[.…{_STRONG}])*")
# French sets a space before its closing guillemet.
_AFTER = re.compile(rf"(?:[ \u00a0\u202f]»(?=\s|$))?[{re.escape(_CLOSERS)}]*")
_WORD_BEFORE = re.compile(r"[^\s«»“”„\"'(\[{]+$")
_LAST_LETTERS = re.compile(r"[^\W\d_][\w\u0900-\u0903\u093A-\u094F\u0962\u0963\u064B-\u0652]*$")
_NEXT = re.compile(r"\s+([\"'“„«»‹›(\[{—–\-¿¡]*)(\S)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}$|(?:[^\W\d_]\.)+[^\W\d_]$")
_NUMBERED = re.compile(r"\s*[(\[]?\d{1,2}$")
_GERMAN_ORDINAL = re.compile(r"\b(?:im|am|der|des|dem|den|vom|zum|beim|die|das|jedem|ab|bis)\s+\d{1,2}$", re.IGNORECASE)
_ELLIPSIS_GOES_ON = frozenset({"ar", "fa", "ur", "ckb", "ps"})
_HEADING_END = re.compile(rf"[.…{_STRONG}:،؛;,][{re.escape(_CLOSERS)}]*$")
_BULLET = re.compile(r"[-•*·–—▪◦‣]\s|\d+[.)]\s")
_CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_QUOTED_WHOLE = re.compile(r"^[«“„\"‹「『].*[»”“\"›」』]$")
_LONGEST_QUOTE = 600


def sentences(text: str, language: str) -> list[tuple[Span, bool]]:
    """Every sentence with whether it is a heading. Covers all words; deterministic."""
    found: list[tuple[Span, bool]] = []
    lines = [trim(text, line.start(), line.end()) for line in LINE.finditer(text)]
    lines = [line for line in lines if len(line)]
    for place, line in enumerate(lines):
        inside = [trim(text, start, end) for start, end in _cut(text[line.start : line.end], line.start, language)]
        spans = [span for span in inside if len(span)]
        heading = len(spans) == 1 and place + 1 < len(lines) and _is_heading(text[line.start : line.end])
        found += [(span, heading) for span in spans]
    return found


def _is_heading(line: str) -> bool:
    if _HEADING_END.search(line) or _BULLET.match(line) or _QUOTED_WHOLE.match(line):
        return False
    if _CJK.search(line):
        return len(line) <= 30
    return len(line) <= 100 and len(line.split()) <= 14


def _cut(line: str, offset: int, language: str) -> Iterator[tuple[int, int]]:
    start = 0
    shielded = _shielded(line, language)
    for mark in _MARK.finditer(line):
        end = _AFTER.match(line, mark.end()).end()  # type: ignore[union-attr]  # matches the empty string too
        if end >= len(line):
            break
        if any(first < mark.start() < last and end < last for first, last in shielded):
            continue
        # A mark right before a closing mark ends both.
        if _ends(line, start, mark, end, language):
            yield offset + start, offset + end
            start = end
    yield offset + start, offset + len(line)


def _ends(line: str, start: int, mark: re.Match[str], end: int, language: str) -> bool:
    marks, closed = mark.group(), end > mark.end()
    spaced = line[end].isspace()
    if not spaced:
        return marks[-1] in _WIDE and not _is_closing_report(line, end, closed, language)
    following = _NEXT.match(line, end)
    if following is None:
        return False
    opener, letter = following.groups()
    if closed and _is_closing_report(line, end, closed, language):
        return False
    if any(char in _STRONG for char in marks):
        return not (letter.islower() and not opener)
    if "…" in marks or marks.replace(" ", "").startswith(".."):
        return language not in _ELLIPSIS_GOES_ON and not letter.islower()
    return _full_stop_ends(line, start, mark.start(), opener, letter, closed, language)


def _full_stop_ends(line: str, start: int, stop: int, opener: str, letter: str, closed: bool, language: str) -> bool:
    if (letter.islower() and not opener) or letter in ".,;:،؛)%":
        return False
    before = _WORD_BEFORE.search(line, start, stop)
    word = before.group() if before else ""
    if closed and not opener and letter.isdigit():
        return True
    if not closed and word and _is_short_form(line, start, stop, word, language):
        return False
    return not (letter.isdigit() and word.isdigit() and len(word) <= 2 and stop - start <= 3)


def _is_short_form(line: str, start: int, stop: int, word: str, language: str) -> bool:
    """The full stop belongs to the word before it."""
    if word[-1].isdigit():
        if stop - start <= 3 and _NUMBERED.fullmatch(line[start:stop]):
            return True
        following = re.match(r"\.\s+([^\W\d_]+)", line[stop:])
        after = following.group(1).lower() if following else ""
        if language in abbr.ORDINAL_LANGUAGES and (after in abbr.MONTHS or _GERMAN_ORDINAL.search(line[start:stop])):
            return word.isdigit() and len(word) <= 2
        return False
    if _INITIALS.search(word) and "." in word:
        following = re.match(r"\.\s+([^\W\d_]+)", line[stop:])
        after = following.group(1) if following else ""
        known = word.lower() in abbr.ABBREVIATIONS.get(language, abbr.COMMON)
        return not (after.lower() in abbr.STARTERS and after[:1].isupper()) or (known and not after[:1].isupper())
    letters = _LAST_LETTERS.search(word)
    if letters is None:
        return False
    bare = letters.group()
    if len(bare) == 1 and bare != "I" and not (bare.islower() and bare.isascii() and language in ("en",)):
        return bare.isupper() or not bare.islower() or bare.lower() in abbr.ABBREVIATIONS.get(language, ())
    if language in ("hi", "mr", "ne", "bn", "ta", "te") and len(bare) <= 4 and letters.start() == 0 and len(word) <= 4:
        return True
    return word.lower() in abbr.ABBREVIATIONS.get(language, abbr.COMMON) or bare.lower() in abbr.ABBREVIATIONS.get(
        language, abbr.COMMON
    )


def _is_closing_report(line: str, end: int, closed: bool, language: str) -> bool:
    """A closing quote followed by a bare report verb goes on: «…!» قال"""
    if not closed:
        return False
    following = re.match(r"\s*[—–,،-]?\s*([^\W_]+)", line[end:])
    if following is None:
        return False
    word = following.group(1)
    verbs = VERBS.get(language, frozenset())
    return word in verbs and not word[:1].isupper()


_PAIRS = {
    "«": "»",
    "“": "”",
    "„": "“",
    "‹": "›",
    "(": ")",
    "[": "]",
    "（": "）",
    "「": "」",
    "『": "』",
    "《": "》",
}


def _shielded(line: str, language: str) -> list[tuple[int, int]]:
    """Stretches inside quotation marks or brackets, which are not cut."""
    if language == "ja":
        return []
    pairs = dict(_PAIRS)
    first = re.search("[«»]", line)
    if first and first.group() == "»":
        pairs.pop("«")
        pairs["»"] = "«"
    if "„" in line:
        pairs.pop("“")
    found: list[tuple[int, int]] = []
    open_at: list[tuple[str, int]] = []
    for place, char in enumerate(line):
        if open_at and char == open_at[-1][0]:
            _closer, begin = open_at.pop()
            if place - begin <= _LONGEST_QUOTE:
                found.append((begin, place + 1))
        elif char in pairs:
            open_at.append((pairs[char], place))
    return found

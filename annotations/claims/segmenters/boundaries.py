"""Where sentences end: a line break always does, a strong mark does, a full stop does unless a rule says otherwise."""

import re
from collections.abc import Iterator, Sequence

from annotations.claims.segmenters import short_forms
from annotations.claims.segmenters.words.reporting import VERBS
from annotations.lib.spans import Span, trim

LINE = re.compile("[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_STRONG = "!?؟۔।॥。！？｡‼⁇⁈⁉։۔᙮።፧๚๛។៕᠃᠉꓿꘎꘏꛳꛷꡶꡷꣎꣏꤯꧈꧉꩝꩞꩟꫰꫱꯫"
_WIDE = "。！？｡"  # need no white space after them
_CLOSERS = "\"'”’»›)]}）】」』〉》〕″＂"
_MARK = re.compile(rf"[.…{_STRONG}](?:[ \u00a0]?[.…{_STRONG}])*")
# French sets a space before its closing guillemet.
_AFTER = re.compile(rf"(?:[ \u00a0\u202f]»(?=\s|$))?[{re.escape(_CLOSERS)}]*")
_AFTER_GERMAN = re.compile(rf"[{re.escape(_CLOSERS)}“‘«]*")  # „…“ and »…«: what closes there opens elsewhere
_WORD_BEFORE = re.compile(r"[^\s«»“”„\"'(\[{]+$")
_NEXT = re.compile(r"\s+([\"'“„«»‹›(\[{—–\-¿¡]*)(\S)")
# Scripts without case: nothing tells that "..." ended a sentence, or that one ends within straight marks.
_UNCASED = frozenset({"ar", "fa", "ur", "ckb", "ps"})
_HEADING_END = re.compile(rf"[.…{_STRONG}:،؛;,][{re.escape(_CLOSERS)}]*$")
_FINAL = re.compile(rf"[.…{_STRONG}][{re.escape(_CLOSERS)}]*$")
_SHORT_HEADING = 5  # words, in a text whose sentences go unmarked
_BULLET = re.compile(r"[-•*·–—▪◦‣]\s|\d+[.)]\s")
_CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_QUOTED_WHOLE = re.compile(r"^[«“„\"‹「『].*[»”“\"›」』]$")
_LONGEST_QUOTE = 600
# A straight mark opens before a word and closes behind one; an unbalanced one pairs with nothing.
_STRAIGHT = re.compile(rf'(?<![\w.,!?])"(?=[^\s"])[^"]{{1,{_LONGEST_QUOTE}}}(?<=[^\s"])"(?!\w)')
_ZH_REPORT = re.compile(
    rf"(?![^，。]{{1,6}}?[还又])[^，。！？：；“”「」\s]{{1,12}}?(?:{'|'.join(VERBS['zh'])})道?[，。：]"
)  # “…！”她说。
_DASH_ON = re.compile(r"\s*[—–]\s*([^\W\d_])")
# «…» هكذا علق النائب
_AR_THUS = re.compile(r"\s*[،,]?\s*(?:هكذا|بهذه (?:الكلمات|العبارة|العبارات))\s")


def sentences(text: str, language: str) -> list[tuple[Span, bool]]:
    """Every sentence with whether it is a heading. Covers all words; deterministic."""
    found: list[tuple[Span, bool]] = []
    lines = [trim(text, line.start(), line.end()) for line in LINE.finditer(text)]
    lines = [line for line in lines if len(line)]
    unmarked = _is_unmarked(text, lines)
    for place, line in enumerate(lines):
        inside = [trim(text, start, end) for start, end in _cut(text[line.start : line.end], line.start, language)]
        spans = [span for span in inside if len(span)]
        heading = len(spans) == 1 and place + 1 < len(lines) and _is_heading(text[line.start : line.end])
        if heading and unmarked and place:
            heading = len(text[line.start : line.end].split()) <= _SHORT_HEADING
        found += [(span, heading) for span in spans]
    return found


def _is_unmarked(text: str, lines: Sequence[Span]) -> bool:
    """Paragraphs that go without final marks, as in much Arabic web text: there a missing mark is no sign of a heading."""
    long = [line for line in lines[1:] if text.count(" ", line.start, line.end) >= _SHORT_HEADING]
    ended = sum(_FINAL.search(text, max(line.start, line.end - 4), line.end) is not None for line in long)
    return len(long) > 1 and ended * 5 < len(long)


def _is_heading(line: str) -> bool:
    if _HEADING_END.search(line) or _BULLET.match(line) or _QUOTED_WHOLE.match(line):
        return False
    if _CJK.search(line):
        return len(line) <= 30
    return len(line) <= 100 and len(line.split()) <= 14


def _cut(line: str, offset: int, language: str) -> Iterator[tuple[int, int]]:
    start = 0
    shielded = _shielded(line, language)
    after = _AFTER_GERMAN if "„" in line or _faces_in(line) else _AFTER
    for mark in _MARK.finditer(line):
        end = after.match(line, mark.end()).end()  # type: ignore[union-attr]  # matches the empty string too
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
        goes_on = _DASH_ON.match(line, end)
        if goes_on and goes_on.group(1).islower():
            return False  # «Где деньги?» — спросил депутат
        return not (letter.islower() and not opener)
    if "…" in marks or marks.replace(" ", "").startswith(".."):
        return language not in _UNCASED and not letter.islower()
    return _full_stop_ends(line, start, mark.start(), opener, letter, closed, language)


def _full_stop_ends(line: str, start: int, stop: int, opener: str, letter: str, closed: bool, language: str) -> bool:
    if (letter.islower() and opener in ("", "(")) or letter in ".,;:،؛)%":
        return False
    before = _WORD_BEFORE.search(line, start, stop)
    word = before.group() if before else ""
    if closed and not opener and letter.isdigit():
        return True
    if not closed and word and short_forms.belongs(line, start, stop, word, language):
        return False
    return not (letter.isdigit() and word.isdigit() and len(word) <= 2 and stop - start <= 3)


def _is_closing_report(line: str, end: int, closed: bool, language: str) -> bool:
    """A closing quote followed by a bare report verb goes on: «…!» قال"""
    if not closed:
        return False
    if language == "zh":
        return _ZH_REPORT.match(line, end) is not None
    if language == "ar" and _AR_THUS.match(line, end):
        return True
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


def _faces_in(line: str) -> bool:
    """»…«, as in German and older Arabic print: the first one in the paragraph tells."""
    first = re.search("[«»]", line)
    return first is not None and first.group() == "»"


_NEVER_NESTED = "«»“„‹"


def _shielded(line: str, language: str) -> list[tuple[int, int]]:
    """Stretches inside quotation marks or brackets, which are not cut."""
    if language == "ja":
        return []
    pairs = dict(_PAIRS)
    if _faces_in(line):
        pairs.pop("«")
        pairs["»"] = "«"
    if "„" in line:
        pairs.pop("“")
    if line.find(")") < line.find("(") and line.find(")") >= 0 and line.count("(") == line.count(")"):
        pairs.pop("(")
        pairs[")"] = "("  # written the way they face in right-to-left text
    found = [match.span() for match in _STRAIGHT.finditer(line)] if '"' in line and language in _UNCASED else []
    open_at: list[tuple[str, int]] = []
    for place, char in enumerate(line):
        if open_at and char == open_at[-1][0]:
            _closer, begin = open_at.pop()
            if place - begin <= _LONGEST_QUOTE:
                found.append((begin, place + 1))
        elif char in pairs:
            if open_at and char in _NEVER_NESTED and open_at[-1][0] == pairs[char]:
                open_at.pop()  # the one before was never closed
            open_at.append((pairs[char], place))
    return found

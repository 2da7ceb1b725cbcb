"""Where a quote is cut out of a page: a cut may turn the sense round ("(did not) raise", "(il)legal", "(1)18 million")."""

import re
import unicodedata

from annotations.sources.quoting.endings import goes_on
from annotations.sources.quoting.figures import UNITS
from annotations.sources.quoting.hedges import hedge_before
from annotations.sources.quoting.meaning_words import (
    GOVERNING,
    KNOWN,
    NEGATING_PREFIXES,
    NEGATING_SUFFIXES,
    NEGATIONS,
    SHORT,
    TRAILING,
)
from annotations.sources.quoting.spelling import read_text

_LOOK = 40  # characters beside the quote
_SEPARATORS = frozenset(".,:٫٬\u00a0\u202f")
_FIGURE_BEFORE = re.compile(r"\d[.,:٫٬\u00a0\u202f]?\Z")
_FIGURE_AFTER = re.compile(r"^[.,:٫٬\u00a0\u202f]?\d")
_GROUPS_BEFORE = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})* \Z")
_GROUPS_AFTER = re.compile(r"^(?: \d{3})+(?!\d)")
_GROUP_FIRST = re.compile(r"\d{3}(?!\d)")
_GROUP_LAST = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})*\Z")
_SIGN_BEFORE = re.compile(r"(?:^|[\s([\"'“”«„‘])[-−‐‑﹣－]\Z")  # a long dash opens somebody's speech
_FIGURE_THEN = re.compile(r"\d(?:[\d.,٫٬]*\d)?[ \u00a0\u202f]?\Z")  # "40| %"
_THEN_FIGURE = re.compile(r"^[ \u00a0\u202f]?\d(?:[\d.,٫٬]*\d)?")  # "£|31.7"
_WORD_BEFORE = re.compile(r"([\w'’\u0900-\u0963]+)[^\S\n]*\n?[^\S\n]*\Z(?<=\s)")
_WORD_AFTER = re.compile(r"^\s+([\w\u0900-\u0963]+)")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]+\Z")
_LETTERS_AFTER = re.compile(r"^[^\W\d_]+(?:['’]t\b)?|^['’]t\b")
_WORD_LETTERS = re.compile(r"[^\W\d_]['’][^\W\d_]")
_SOLID = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_SOLID_BEFORE = re.compile("(?:[不没沒未]|[不没沒未][有会會能是再曾]|[並并從从]不|無法|无法|ไม่)\n?\\Z")
_SOLID_AFTER = re.compile("^(?:ない|なかった|ませ|ず|ぬ|かも|とは限|わけで|つもりはな|だろう)")
_ARABIC_PERSON = re.compile("[ولف]?(?:س?[يتن]|س)")
_CASED = re.compile("[a-z\u00df-\u024f\u0370-\u03ff\u0400-\u04ff]", re.IGNORECASE)
_NUMERAL = frozenset("〇零一二两兩三四五六七八九十百千")


def cut_note(text: str, start: int, end: int, *, language: str = "und", floor: int = 0) -> str:
    """What cutting `start..end` out of the text changes: a note of `meaning`, or "". Nothing before `floor` counts."""
    while start + 1 < end and text[start] in _SEPARATORS:
        start += 1
    while end - 1 > start and text[end - 1] in _SEPARATORS:
        end -= 1
    before, after = text[max(floor, start - _LOOK) : start], text[end : end + _LOOK]
    first, last = text[start], text[end - 1]
    if (first.isdecimal() and _FIGURE_BEFORE.search(before)) or (last.isdecimal() and _FIGURE_AFTER.search(after)):
        return "figures"
    if _figure_before(text, start, before) or _figure_after(text, end, after):
        return "figures"
    if _groups_before(text, start, before) or _groups_after(text, end, after) or _sign_before(text, start, before):
        return "figures"
    if (first in _NUMERAL and before[-1:] in _NUMERAL) or (last in _NUMERAL and after[:1] in _NUMERAL):
        return "figures"
    if _SOLID.match(first) and _SOLID_BEFORE.search(before):
        return "negation"
    if _SOLID.match(last) and _SOLID_AFTER.search(after):
        return "negation"
    if _cuts_word(text, start, end, before, after) or _is_governed(before, after, language):
        return "negation"
    if hedge_before(text, start, before, language):
        return "quantity"
    return "wording" if _is_part_word(text, start, end, before, after) else ""


def widened(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with what it was cut from: whole words and figures, and the word that turns it round."""
    first, last = max(0, start - _LOOK), min(len(text), end + _LOOK)
    while start > first and (_inside(text, start) or _in_figure(text, start, text[max(0, start - 2) : start], "")):
        start -= 1
    while end < last and (_inside(text, end) or _in_figure(text, end, "", text[end : end + 2])):
        end += 1
    start -= _figure_before(text, start, text[first:start])
    end += _figure_after(text, end, text[end:last])
    start -= _groups_before(text, start, text[first:start])
    end += _groups_after(text, end, text[end:last])
    start -= _sign_before(text, start, text[first:start])
    before, after = text[max(0, start - _LOOK) : start], text[end : end + _LOOK]
    solid = _SOLID_BEFORE.search(before) or _WORD_BEFORE.search(before)
    turns = solid is not None and _turns(solid.group().strip())
    start -= len(solid.group()) if solid and turns else hedge_before(text, start, before)
    follows = _SOLID_AFTER.search(after) or _WORD_AFTER.search(after)
    if follows and (_SOLID_AFTER.search(after) or read_text(follows.group()) in TRAILING):
        end += len(follows.group())
    return start, end


def _figure_before(text: str, start: int, before: str) -> int:
    """The length of the figure that the unit at `start` belongs to; 0 where it has one of its own behind it."""
    found = _FIGURE_THEN.search(before) if text[start : start + 1] in UNITS else None
    return len(found.group()) if found and not _THEN_FIGURE.match(text[start + 1 : start + 3]) else 0


def _figure_after(text: str, end: int, after: str) -> int:
    found = _THEN_FIGURE.match(after) if text[end - 1 : end] in UNITS else None
    return len(found.group()) if found and not _FIGURE_THEN.search(text[max(0, end - 4) : end - 1]) else 0


def _groups_before(text: str, start: int, before: str) -> int:
    """How many characters of the figure stand before its group at `start`: "1 " of "1 234"."""
    found = _GROUPS_BEFORE.search(before) if _GROUP_FIRST.match(text, start) else None
    return len(found.group()) if found else 0


def _groups_after(text: str, end: int, after: str) -> int:
    found = _GROUPS_AFTER.match(after)
    return len(found.group()) if found and _GROUP_LAST.search(text, max(0, end - _LOOK), end) else 0


def _sign_before(text: str, start: int, before: str) -> bool:
    return text[start : start + 1].isdecimal() and _SIGN_BEFORE.search(before) is not None


def _in_figure(text: str, place: int, before: str, after: str) -> bool:
    numeral = text[place - 1 : place] in _NUMERAL and text[place : place + 1] in _NUMERAL
    return numeral or bool(_FIGURE_BEFORE.search(before) or _FIGURE_AFTER.search(after))


def _turns(word: str) -> bool:
    folded = read_text(word)
    return folded in GOVERNING or folded.endswith("n't") or _SOLID_BEFORE.search(word) is not None


def is_clean(text: str, start: int, end: int) -> bool:
    """Both ends stand between words."""
    return not (_inside(text, start) or _inside(text, end))


def _inside(text: str, place: int) -> bool:
    if 0 < place < len(text) and unicodedata.category(text[place])[0] == "M":
        return True
    if not 0 < place < len(text) or _SOLID.match(text[place]) or _SOLID.match(text[place - 1]):
        return False
    if text[place] in "'’" and _WORD_LETTERS.match(text, place - 1):  # "it|’s"
        return True
    if text[place - 1] in "'’" and place > 1 and _WORD_LETTERS.match(text, place - 2):  # "it’|s"
        return True
    return _belongs(text[place]) and _belongs(text[place - 1])


def _belongs(char: str) -> bool:
    """A letter, a figure, or a sign that stands on one."""
    return char.isalnum() or unicodedata.category(char)[0] == "M"


def _cuts_word(text: str, start: int, end: int, before: str, after: str) -> bool:
    head, tail = _LETTERS_BEFORE.search(before), _LETTERS_AFTER.search(after)
    if head and text[start].isalpha() and not _SOLID.match(text[start]):
        own = _LETTERS_AFTER.search(text[start : min(end, start + _LOOK)])
        whole = read_text(head.group() + (own.group() if own else ""))
        if whole in NEGATIONS or read_text(head.group()) in NEGATING_PREFIXES:
            return True
    if tail and text[end - 1].isalpha() and not _SOLID.match(text[end - 1]):
        own = _LETTERS_BEFORE.search(text[max(start, end - _LOOK) : end])
        whole = read_text((own.group() if own else "") + tail.group())
        return whole in NEGATIONS or whole.endswith("n't") or read_text(tail.group()) in NEGATING_SUFFIXES
    return False


def _is_part_word(text: str, start: int, end: int, before: str, after: str) -> bool:
    """A known word cut out of a longer one, or a word cut before its ending: "(s)he", "(fe)male", "hostage(s)"."""
    head, tail = _LETTERS_BEFORE.search(before), _LETTERS_AFTER.search(after)
    if head and text[start].isalpha() and not _SOLID.match(text[start]):
        own = _LETTERS_AFTER.search(text[start : min(end, start + _LOOK)])
        word = read_text(own.group() if own else "")
        if _CASED.match(head.group()) and (word in KNOWN or word in SHORT):
            return True
        if _ARABIC_PERSON.fullmatch(head.group()) and len(word) > 2:  # (ي)وقع, (س)يوقع: will he, does he, or did he?
            return True
    if tail and text[end - 1].isalpha() and not _SOLID.match(text[end - 1]):
        own = _LETTERS_BEFORE.search(text[max(start, end - _LOOK) : end])
        return goes_on(read_text(own.group() if own else ""), read_text(tail.group()))
    return False


def _is_governed(before: str, after: str, language: str) -> bool:
    """A word that negates stands right before the quote, or behind it where the language puts it there."""
    found = _WORD_BEFORE.search(before)
    word = read_text(found.group(1)) if found else ""
    bare = word[1:] if word[:1] in ("و", "ف") else word
    if (word in GOVERNING or bare in GOVERNING) and not (word == "no" and language[:2] in ("pt", "gl")):
        return True
    if word.endswith("n't"):
        return True
    follows = _WORD_AFTER.search(after)
    return bool(follows) and read_text(follows.group(1) if follows else "") in TRAILING

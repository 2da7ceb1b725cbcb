"""Whether a full stop belongs to the word before it: initials, abbreviations, ordinals, eras. Pure."""

import re

from annotations.claims.segmenters.words import abbreviations as abbr

_LAST_LETTERS = re.compile(r"[^\W\d_][\w\u0900-\u0903\u093A-\u094F\u0962\u0963\u064B-\u0652]*$")
# U.S., J.R.R; Indic letters carry their vowel signs: जी.डी.पी
_CHAIN = re.compile(r"(?:[^\W\d_][\u0900-\u0dff]{0,3}\.-?)+[^\W\d_][\u0900-\u0dff]{0,3}$")
_NUMBERED = re.compile(r"\s*[(\[]?\d{1,2}$")
_ROMAN = re.compile(r"(?<!\w)(?=[IVX]{2})X{0,3}(?:IX|IV|V?I{0,3})$")
_DEGREE = re.compile(r"[\d°º]\s?[CFK]$")
_DOUBLED = re.compile(r"(?<!\w)([A-ZÁ])\1$")  # Spanish plurals: EE. UU.
_NEXT_DOUBLED = re.compile(r"\.\s*([A-ZÁ])\1\b")
_NEXT_WORD = re.compile(r"\.\s+[«“„\"'(\[—–-]*([^\W_]+)")
_FIGURE_BEFORE = re.compile(r"\d\s*$")
_AR_UNIT = re.compile(r"\d(?:م|هـ|كم|كلم|سم|مم|كغ|كجم)$")
_ERA = re.compile(abbr.ERA)
_GERMAN_ORDINAL = re.compile(r"\b(?:im|am|der|des|dem|den|vom|zum|beim|die|das|jedem|ab|bis)\s+\d{1,2}$", re.IGNORECASE)
_OPENING_DATE = 4  # words
_INDIC = ("hi", "mr", "ne", "bn", "ta", "te")


def belongs(line: str, start: int, stop: int, word: str, language: str) -> bool:
    """`word` stands right before the full stop at `stop`, in a sentence that began at `start`."""
    match = _NEXT_WORD.match(line, stop)
    following = match.group(1) if match else ""
    if word[-1].isdigit():
        return _ordinal(line, start, stop, word, following, language)
    before = line[max(start, stop - 12) : stop]
    if _DEGREE.search(before):
        return False
    if _ERA.search(before) and language != "de":
        return not following[:1].isupper()
    if language in abbr.ORDINAL_LANGUAGES and _ROMAN.search(word):
        return True  # II. Ramses
    if _CHAIN.search(word):
        return not _begins(following)
    if _AR_UNIT.search(word):
        return False  # سنة 1946م.
    letters = _LAST_LETTERS.search(word)
    return letters is not None and _abbreviation(line, start, stop, word, letters, following, language)


def _begins(following: str) -> bool:
    """A word that usually begins a sentence, written as one."""
    return following[:1].isupper() and following.lower() in abbr.STARTERS


def _ordinal(line: str, start: int, stop: int, word: str, following: str, language: str) -> bool:
    """1. at a line's start; 3. Mai, im 6. Jahrhundert, 2. Ramses."""
    if stop - start <= 3 and _NUMBERED.fullmatch(line[start:stop]):
        return True
    if language not in abbr.ORDINAL_LANGUAGES or not word.isdigit() or len(word) > 2:
        return False
    after = following.lower()
    if after in abbr.MONTHS or after in abbr.COUNTED:
        return True
    if language == "tr":
        return following[:1].isupper() and after not in abbr.STARTERS
    return _GERMAN_ORDINAL.search(line[start:stop]) is not None


def _abbreviation(
    line: str, start: int, stop: int, word: str, letters: re.Match[str], following: str, language: str
) -> bool:
    bare = letters.group()
    listed = abbr.ABBREVIATIONS.get(language, abbr.COMMON)
    known = {word.lower(), bare.lower()} & listed
    if language == "es" and _DOUBLED.search(word):
        return _NEXT_DOUBLED.match(line, stop) is not None or not _begins(following)
    if known & abbr.BEFORE_FIGURES:
        return following[:1].isdigit() or _is_roman(following)
    if bare in ("a", "d") and following == "C":
        return True  # 1600 a. C.
    if known & abbr.LISTS_END and language != "de":
        return not following[:1].isupper()
    if known & abbr.UNITS_AFTER_FIGURES and _FIGURE_BEFORE.search(line[start : stop - len(word)]):
        if line[start:stop].count(" ") < _OPENING_DATE:
            return True  # "В январе 2024 г. НДС вырос": no sentence yet
        return not following[:1].isupper()
    if len(bare) == 1 and bare != "I" and not (bare.islower() and bare.isascii() and language == "en"):
        return bare.isupper() or not bare.islower() or bare.lower() in listed
    if language in _INDIC and len(word) <= 4 and letters.start() == 0:
        return True
    return bool(known) and not _begins(following)


def _is_roman(word: str) -> bool:
    return bool(word) and not word.strip("IVXLC")

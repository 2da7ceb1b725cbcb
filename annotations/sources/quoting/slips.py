"""Is it the same word, mistyped or misread by a machine? Never for two words that are both known."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA, Levenshtein

from annotations.sources.quoting.endings import goes_on, is_other_word
from annotations.sources.quoting.english import one_english
from annotations.sources.quoting.han import CONFUSED
from annotations.sources.quoting.meaning_words import (
    ARTICLES,
    KNOWN,
    NEGATING_PREFIXES,
    NEGATING_SUFFIXES,
    NEGATIONS,
    SHORT,
)
from annotations.sources.quoting.spelling import read_text
from annotations.sources.quoting.words import Word

# Drawn alike in print: told apart by nobody. "I" is told from "i" by the case it was written in.
_SAME_LOOK = str.maketrans(
    {
        **dict.fromkeys("I1|!", "l"),
        **dict.fromkeys("0О", "o"),
        "5": "s",
        **dict(zip("аеорсухіјѕԁһвкмнтзб", "aeopcyxijsdhbkmht36", strict=True)),
        **dict(zip("οανρτυικ", "oavptuik", strict=True)),
    }
)
_DIGRAPHS = (("rn", "m"), ("vv", "w"))
# Often taken for each other by a scanner, one letter standing for its group. In names they are another name.
_LIKE_LOOK = str.maketrans(
    {
        letter: group[0]
        for group in (
            *("ceo", "hb", "nu", "vy", "ft", "il1j", "gq9", "s5", "z2"),
            *("ин", "плд", "шщ", "ьъы", "гт", "зэ", "цч"),
            *("بتثنيپ", "جحخچ", "دذ", "رزژ", "سش", "صض", "طظ", "عغ", "فق", "كگ", "هة"),
            *("िी", "ुू", "ेै", "ोौ", "वब", "घध", "भम", "षप", "डङ"),
            *("דר", "החת", "וןז", "בכ", "סם", "גנ"),
        )
        for letter in group
    }
)
_LIKE_DIGRAPHS = (
    ("rn", "m"),
    ("ni", "m"),
    ("in", "m"),
    ("nn", "m"),
    ("cl", "d"),
    ("li", "h"),
    ("ii", "u"),
    ("tl", "d"),
    ("ri", "n"),
)
_NASALS = re.compile("[ङञणनम]्(?=[क-ह])")
_GLIDE = re.compile("य([ीे])")
_TURKISH_NO = re.compile("m([iu])yor")
_KOREAN_NO = frozenset("안못않없불비미무")
_VOWEL_SIGNS = re.compile("[\u0901-\u0903\u093e-\u094c]")
_UMLAUTS = (("ae", "a"), ("oe", "o"), ("ue", "u"))
_CASELESS = re.compile("[\u0590-\u06ff\u0900-\u0dff\uac00-\ud7a3]")
_LEAST = 4  # letters; in a shorter word another letter is another word
_LONG = 9  # letters: from here, two slips are still the same word
_VERY_LONG = 12  # letters: from here, whatever the slips are
_KNOWN_LONG = 7  # letters: from here, a known word with another letter inside is hardly a word that is not known
_PERSONS = frozenset("يتنا")  # he, you or she, we, I: the first letter of an Arabic verb
_APART = 3  # letters: words whose lengths differ by more are other words
_KEPT = 4096  # readings of words
_NAME_LOOK = str.maketrans("ehtuyjql", "cbfnvigi")  # by the eye alone: Hansen and Hanson are two people


def is_slip(here: Word, there: Word) -> bool:
    """`here` (of the quote) is `there` (of the page) with a slip of the pen or of the scanner."""
    if here.solid or there.solid:
        return here.solid and there.solid and frozenset((here.text, there.text)) in CONFUSED
    if here.figure is not None and there.figure is not None:
        return False
    if abs(len(here.text) - len(there.text)) > _APART:
        return False
    if same_look(here.raw, there.raw) or same_look(here.text, there.text) or _without_footnote(here, there):
        return True
    if (here.counts and there.counts) or is_other_word(here.text, there.text):
        return False
    if here.counts or here.text in KNOWN:
        return here.figure is None and here.is_unit == there.is_unit and _misprint(here.text, there.text)
    if there.text in NEGATIONS:
        return _misprint(there.text, here.text)
    if _same_consonants(here.text, there.text):
        return True
    shorter, longer = sorted((here.text, there.text), key=len)
    if len(shorter) < _LEAST:
        scanned = (shorter.isascii() and len(shorter) > 1) or (
            len(shorter) == len(longer) == 3 and _CASELESS.match(shorter)
        )
        unknown = here.text not in SHORT or (
            here.text in ARTICLES and there.text not in SHORT and there.text not in KNOWN
        )
        return unknown and bool(scanned) and _is_group(here.text, there.text)
    if here.name or there.name:
        return _slipped_name(here.text, there.text)
    if len(longer) - len(shorter) <= 1 and here.text[0].translate(_LIKE_LOOK) == there.text[0].translate(_LIKE_LOOK):
        return _is_group(here.text, there.text) or _slipped(here.text, there.text)
    return _is_group(here.text, there.text)


def _misprint(known: str, other: str) -> bool:
    """Is the other word, which no list knows, this one misread or mistyped? Only where few words are that alike."""
    longer, shorter = max(len(known), len(other)), min(len(known), len(other))
    if other in KNOWN or shorter <= _LEAST or _CASELESS.match(known) or known[0] != other[0]:
        return False
    if _is_group(known, other) or _is_doubling(known, other):
        return True
    inside = known[-1] == other[-1] and OSA.distance(known, other) == 1
    if known in NEGATIONS:
        return inside and longer == shorter >= _KNOWN_LONG and sorted(known) == sorted(other)
    return inside and longer >= _KNOWN_LONG


def is_cut(here: Word, there: Word, *, first: bool) -> bool:
    """The quote begins or ends inside this word of the page; not where the rest of it is a word that counts, or a name."""
    if here.name or there.name or here.counts or there.counts or here.text in KNOWN or here.text in SHORT:
        return False
    if len(here.text) < 2 or here.solid or _CASELESS.search(there.text) or there.text in NEGATIONS:
        return False
    if first:
        return there.text.endswith(here.text) and there.text.removesuffix(here.text) not in NEGATING_PREFIXES
    rest = there.text.removeprefix(here.text)
    return there.text.startswith(here.text) and rest not in NEGATING_SUFFIXES and not goes_on(here.text, rest)


def same_look(one: str, other: str) -> bool:
    """The same but for what looks the same in print, or for two ways to write one sound of one language."""
    if _look(one) == _look(other):
        return True
    if "\u0900" <= one[:1] <= "\u097f":
        return _indic(one) == _indic(other)
    return _umlauts(one) == _umlauts(other) or one_english(read_text(one)) == one_english(read_text(other))


@lru_cache(maxsize=_KEPT)
def _look(text: str) -> str:
    shown = text if len(text) == 1 or any(char.islower() for char in text) else text.lower()
    shown = read_text(shown.translate(_SAME_LOOK)).translate(_SAME_LOOK)
    for pair, single in _DIGRAPHS:
        shown = shown.replace(pair, single)
    return shown


@lru_cache(maxsize=_KEPT)
def _umlauts(text: str) -> str:
    folded = read_text(text)
    for pair, single in _UMLAUTS:
        folded = folded.replace(pair, single)
    return folded


@lru_cache(maxsize=_KEPT)
def _indic(text: str) -> str:
    folded = _NASALS.sub("ं", read_text(text))
    return _GLIDE.sub(lambda match: "ई" if match[1] == "ी" else "ए", folded)


def _without_footnote(here: Word, there: Word) -> bool:
    bare = there.text.rstrip("0123456789")
    return bare != there.text and len(bare) >= _LEAST and here.text == bare


def _slipped_name(here: str, there: str) -> bool:
    """Another name is often one letter away: only what the eye confuses, a doubled letter, or a slip inside a long one."""
    if min(len(here), len(there)) >= _LEAST + 2 and here.translate(_NAME_LOOK) == there.translate(_NAME_LOOK):
        return Levenshtein.distance(here, there) == 1
    if len(there) >= _LEAST and _is_doubling(here, there):
        return True
    inside = here[0] == there[0] and here[-1:] == there[-1:] and OSA.distance(here, there) == 1
    swapped = len(here) == len(there) and Levenshtein.distance(here, there) == 2
    return inside and len(there) >= (_LEAST + 1 if swapped else _LONG)


def _slipped(here: str, there: str) -> bool:
    """One letter too many, too few or another one, inside a word that is long enough; two that changed places."""
    shorter, longer = min(len(here), len(there)), max(len(here), len(there))
    distance = Levenshtein.distance(here, there)
    caseless = _CASELESS.search(there) is not None
    if longer == shorter:
        if distance == 2 and OSA.distance(here, there) == 1:
            return not caseless or longer > _LEAST
        inside = here[-1] == there[-1]
        if distance == 1:
            return inside and longer >= (7 if caseless else 6)
        return longer >= _LONG and _two_slips(here, there)
    if distance == 1 and _negates(here, there):
        return False
    if distance == 1:
        ends = {here[-1], there[-1]}
        inner = not caseless or len(ends) == 1 or "ا" in ends or ends == {"ه", "ي"}  # خانه‌ی is خانهٔ
        return longer > _LEAST and inner
    return shorter >= _LONG and _two_slips(here, there)


def _two_slips(here: str, there: str) -> bool:
    """Two letters, of which a scanner confuses one: of any two, words of nine letters may come (convicted, convinced)."""
    return (
        Levenshtein.distance(here, there) == 2
        and Levenshtein.distance(here.translate(_LIKE_LOOK), there.translate(_LIKE_LOOK)) < 2
    ) or (OSA.distance(here, there) == 2 and min(len(here), len(there)) >= _VERY_LONG)


def _same_consonants(here: str, there: str) -> bool:
    """Indic words that differ by one vowel sign; in a short word, by that of its end."""
    bare = _VOWEL_SIGNS.sub("", here)
    if bare != _VOWEL_SIGNS.sub("", there) or Levenshtein.distance(here, there) != 1 or there in NEGATIONS:
        return False
    ending = here[: len(there) - 1] == there[:-1] or here[:-1] == there[: len(here) - 1]
    return len(bare) > 2 or (len(bare) == 2 and ending and max(len(here), len(there)) >= _LEAST)


def _negates(here: str, there: str) -> bool:
    """The one letter more is what negates a Turkish or a Korean verb: biliyor, bilmiyor."""
    longer, shorter = (here, there) if len(here) > len(there) else (there, here)
    if _TURKISH_NO.sub(r"\1yor", longer) == _TURKISH_NO.sub(r"\1yor", shorter) != longer:
        return True
    at = next((at for at, char in enumerate(shorter) if char != longer[at]), len(shorter))
    return longer[at] in _KOREAN_NO


def _is_group(here: str, there: str) -> bool:
    """The same but for a few letters that a scanner confuses; not another person of an Arabic verb."""
    if here[0] != there[0] and {here[0], there[0]} <= _PERSONS:
        return False
    if here.translate(_LIKE_LOOK) == there.translate(_LIKE_LOOK):
        return Levenshtein.distance(here, there) <= 3
    longer, shorter = (here, there) if len(here) > len(there) else (there, here)
    wanted = shorter.translate(_LIKE_LOOK)
    return len(shorter) > 2 and any(
        (longer[:at] + single + longer[at + 2 :]).translate(_LIKE_LOOK) == wanted
        for pair, single in _LIKE_DIGRAPHS
        for at in range(len(longer) - 1)
        if longer.startswith(pair, at)
    )


def _is_doubling(here: str, there: str) -> bool:
    """One letter written twice, or once instead of twice."""
    longer, shorter = (here, there) if len(here) > len(there) else (there, here)
    return len(longer) - len(shorter) == 1 and any(
        longer[at] == longer[at - 1] and longer[:at] + longer[at + 1 :] == shorter for at in range(1, len(longer))
    )

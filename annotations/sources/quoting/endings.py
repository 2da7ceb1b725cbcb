"""Two forms of one word, or two words spelt alike: each is a word, so neither is a slip of the pen for the other.

"minister" is not a mistyped "ministers", сказал is not сказала: another number, tense, sex or case says something else.
"""

import re

from annotations.sources.quoting.alike import are_alike

_LEAST_STEM = 3
_PLURAL = 5  # letters of an Arabic plural; in a shorter word one alif more makes the doer, or the deed
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_HEBREW = re.compile("[\u0590-\u05ff]")
_INDIC = re.compile("[\u0900-\u0dff]")
_INDIC_ENDINGS = frozenset("ाीेोैौू")
_ARABIC_ENDINGS = frozenset("ه ات ون ين ان ت وا نا هم ها ند".split())
_LATIN_ENDINGS = frozenset(
    "s es ed ing ly a ia i as os am im om an ian it nt ont aient ait st ste ten ra ria ran rian ar ir dir di".split()
)
_AFTER = {"d": "e", "r": "e", "n": "e", "e": "te"}  # an ending only there: close-d, large-r, broke-n; sagt-e, né-e
_SWAPPED = frozenset(map(frozenset, ("ae", "ao", "ai", "ei", "mn", "ds", "sn", "dr", "rs", "rn")))
_CYRILLIC_ENDINGS = frozenset(
    """
а я о е у ю ы и і є ем ом ам ям ах ях ов ев ми ами ями го ого его му ому ему м ым им ую юю ее ая яя ое ые ие их ых л ла ло
ли т ть ся сь ет ит ют ут ат ят ст ви ові
""".split()
)
_LATIN_PREFIXES = """
over under inter intra hyper hypo macro micro pre post pro per anti ante re de im em ex in un out sub super ab an auf aus
ein ver vor er ent zer be ge um zu sur sous
""".split()
_CYRILLIC_PREFIXES = "в вы за от об под над пере пре недо при про по раз рас рос со с у из ис на до о воз вос".split()
_PREFIXES = (*_LATIN_PREFIXES, *_CYRILLIC_PREFIXES)


def is_other_word(here: str, there: str) -> bool:
    """Both are words, as far as their endings, their beginnings or the list can tell."""
    if are_alike(here, there):
        return True
    if _ARABIC.match(here):
        return _other_arabic(here, there)
    if _HEBREW.match(here):
        return here[1:] == there or there[1:] == here
    if _INDIC.match(here):
        return here[:-1] == there[:-1] and here != there and {here[-1], there[-1]} <= _INDIC_ENDINGS
    stem = _shared(here, there)
    if stem >= _LEAST_STEM and _both_end(here[:stem], here[stem:], there[stem:]):
        return True
    return _other_prefix(here, there)


def goes_on(word: str, rest: str) -> bool:
    """The word as it stands is a word, and with this written behind it another form of it."""
    if _ARABIC.match(word):
        return len(word) >= _LEAST_STEM and rest in _ARABIC_ENDINGS
    return len(word) >= _LEAST_STEM and _both_end(word, "", rest)


def _shared(here: str, there: str) -> int:
    pairs = zip(here, there, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(here), len(there)))


def _both_end(stem: str, one: str, other: str) -> bool:
    """What follows the stem, in both, is an ending of the language's script."""
    if one == other:
        return False
    if _CYRILLIC.match(stem):
        return all(not rest or rest in _CYRILLIC_ENDINGS for rest in (one, other))
    if len(one) == len(other) == 1:
        return frozenset((one, other)) in _SWAPPED
    return all(not rest or rest in _LATIN_ENDINGS or stem.endswith(_AFTER.get(rest, "\0")) for rest in (one, other))


def _other_prefix(here: str, there: str) -> bool:
    """inter-state and intra-state, ввозит and вывозит."""
    size = next((at for at in range(min(len(here), len(there))) if here[-1 - at] != there[-1 - at]), 0)
    return size >= _LEAST_STEM and any(
        here[:-rest] in _PREFIXES and there[:-rest] in _PREFIXES for rest in range(size, _LEAST_STEM - 1, -1)
    )


def _other_arabic(here: str, there: str) -> bool:
    """A letter more at the beginning (who does it, when, or not), one of the sexes' endings, or a vowel inside a short word."""
    longer, shorter = (here, there) if len(here) > len(there) else (there, here)
    if len(longer) - len(shorter) != 1:
        return False
    at = _shared(longer, shorter)
    if longer[at + 1 :] != shorter[at:]:
        return False
    if at == 0:
        return True
    if at == len(shorter):
        return longer[-1] != "ا" and longer[-2:] != "هي"  # خانه‌ی
    bare = longer.removeprefix("ال")
    plural = len(bare) == _PLURAL and at - (len(longer) - len(bare)) == 2 and bare[-1] != "ه"  # مسجد, مساجد
    return longer[at] == "ا" and (plural or len(bare) < _PLURAL)

"""How worth checking a sentence is: a hand-weighted sum of nameable features through a logistic function.

Weights: measured against a fitted regression over the same features, the hand weights lose nothing, and every feature
can be said in words beside the score.
"""

import itertools
import math
import re
from collections.abc import Collection

from annotations.claims.segmenters import Reason
from annotations.claims.segmenters.words import worth
from annotations.claims.segmenters.words.reporting import VERBS

_NUMBER = re.compile(r"\d+(?:[.,٫٬:/]\d+)*")
_PERCENT = re.compile(r"[%٪]|\bper ?cent\b|بالمئة|في المئة|بالمائة|في المائة")
_MONEY = re.compile(r"[$€£¥₽₺₹₪]")
# Not of an amount: 1,800 or 1800万元.
_YEAR = re.compile(r"(?<![\d.,])(?:1[6-9]|20)\d\d(?![\d万亿億元]|[.,]\d)|(?<![\d٫٬])[١٢][٠-٩]{3}(?![\d٫٬])")
# Letters with their marks: Indic vowel signs, Arabic tashkeel and combining accents are no borders.
_WORD = re.compile(
    r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u064b-\u065f\u0670\u0900-\u0963\u0970-\u0dff\u200c]|['’-](?=[^\W\d_]))*"
)
_TASHKEEL = re.compile("[\u064b-\u065f\u0670\u0640]")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_QUOTE = re.compile(r"[«“„\"「]")
_VERBS = frozenset(verb for verbs in VERBS.values() for verb in verbs)
_CLITICS = "وفلبك"
BIAS = 3.2


def score(sentence: str, *, reported: bool) -> tuple[float, tuple[Reason, ...]]:
    """A number in 0..1 and its reasons, heaviest first. `reported`: somebody is quoted as saying it."""
    words = _WORD.findall(_TASHKEEL.sub("", sentence))
    lower = ["" if word == "May" else word.lower() for word in words]
    wide = len(_WIDE.findall(sentence))
    counted = {
        "figures": min(4, len(_NUMBER.findall(sentence))),
        "percent": min(1, len(_PERCENT.findall(sentence))),
        "money": min(
            2, len(_MONEY.findall(sentence)) + _count(lower, worth.LARGE) + _inside(sentence, wide, worth.WIDE_LARGE)
        ),
        "year": min(1, len(_YEAR.findall(sentence))),
        "comparison": min(3, _count(lower, worth.COMPARING) + _inside(sentence, wide, worth.WIDE_COMPARING)),
        "report": min(2, _count(lower, _VERBS) + _inside(sentence, wide, VERBS["zh"])),
        "names": min(
            4,
            sum(
                word[:1].isupper() and not before.isupper() and word.lower() not in worth.CALENDAR
                for before, word in itertools.pairwise(words)
            ),
        ),
        "quote": min(1, len(_QUOTE.findall(sentence))),
        "attributed": int(reported and bool(_QUOTE.search(sentence))),
        "first_person": min(1, _count(lower, worth.FIRST_PERSON) + _inside(sentence, wide, worth.WIDE_FIRST_PERSON)),
        "hedge": min(2, _count(lower, worth.HEDGES) + _inside(sentence, wide, worth.WIDE_HEDGES)),
        "question": int(sentence.rstrip("»”\"') ").endswith(("?", "؟", "？"))),
        "exclamation": int(sentence.rstrip("»”\"') ").endswith(("!", "！"))),
    }
    total = (
        0.75 * math.log1p(min(40, len(words) + wide // 2))
        - BIAS
        + sum(WEIGHTS[code] * count for code, count in counted.items())
    )
    said = sorted(
        (code for code, count in counted.items() if count),
        key=lambda code: -abs(WEIGHTS[code] * counted[code]),
    )
    return round(1 / (1 + math.exp(-total)), 4), tuple(Reason(code, counted[code]) for code in said)


WEIGHTS = {
    "figures": 0.55,
    "percent": 0.5,
    "money": 0.45,
    "year": 0.25,
    "comparison": 0.3,
    "report": 0.3,
    "names": 0.25,
    "quote": 0.05,
    "attributed": 0.4,
    "first_person": -0.45,
    "hedge": -0.35,
    "question": -1.1,
    "exclamation": -0.25,
}


def _inside(sentence: str, wide: int, known: Collection[str]) -> int:
    """How many of these stand in a text that sets no spaces between words."""
    return sum(word in sentence for word in known) if wide else 0


def _count(words: list[str], known: frozenset[str]) -> int:
    return sum(word in known or (len(word) > 3 and word[0] in _CLITICS and word[1:] in known) for word in words)

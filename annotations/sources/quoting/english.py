"""One English for both sides of the Atlantic: colour is color, organised is organized, centre is center. Pure."""

import re
from functools import lru_cache

_LEAST = 5  # letters: four is not for
_KEPT = 4096
_RULES = tuple(
    (re.compile(pattern), meant)
    for pattern, meant in (
        (r"(?<=[a-z]{3})is(e|ed|es|er|ers|ing|ation|ations|ational)$", r"iz\1"),
        (r"(?<=l)ys(e|ed|es|ing)$", r"yz\1"),
        (r"(?<=[a-z]{2})our(?!$|ce|se|t|n|g|th|s$)|(?<=[a-z]{3})our$|(?<=[a-z]{3})our(?=s$)", "or"),
        (r"(?<=[a-z])tre(s?)$", r"ter\1"),
        (r"(?<=[ai])bre(s?)$", r"ber\1"),
        (r"(?<=[a-z]{2})ogue(s?)$", r"og\1"),
        (r"(?<=[a-z]{3})ence(s?)$", r"ense\1"),
        (r"(?<=progra)mme(s?)$", r"m\1"),
        (r"(?<=[aeiou])ll(?=(?:ed|ing|er|ers|ation|or|ors|ery)$)", "l"),
        (r"(?<=g)rey", "ray"),
        (r"(?<=j)udgement", "udgment"),
        (r"(?<=[a-z])(?:ae|oe)(?=[a-z]{3})", "e"),
    )
)


@lru_cache(maxsize=_KEPT)
def one_english(word: str) -> str:
    """The word as an American spells it, whatever the language: it is only compared, never shown."""
    if len(word) < _LEAST or not word.isascii():
        return word
    for pattern, meant in _RULES:
        word = pattern.sub(meant, word)
    return word

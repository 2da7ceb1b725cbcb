"""Claims as the index sees them: folded tokens, the grams they are found by, and how alike two are. Pure.

Folding sees through tashkeel, alef and ya forms, tatweel, digits of any script, case and punctuation (lib/folding.py), and
here through Arabic clitics and the English possessive.
"""

import re
import zlib
from collections import Counter
from dataclasses import dataclass

from annotations.lib.folding import fold_text

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*")
_WIDE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_ARABIC = re.compile("[\u0621-\u064a]")
_THOUSANDS = re.compile(r",(?=\d{3}(?:\D|$))")
_SPACED = re.compile(r"(?<![\d.,])([1-9]\d{0,2})((?:[ ']\d{3})+)(?![\d.,]?\d)")  # 12 500, 12'500
_DOTTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")  # 12.500; 2.125 is read so too: both sides alike
_PREFIXES = ("وبال", "وكال", "ولل", "وال", "فال", "بال", "كال", "لل", "ال")
_SUFFIXES = ("هما", "ها", "هم", "هن", "كم", "نا")
_LEAST_STEM = 3
# Char grams are kept when their hash falls below this share of the range: the index stays small, and both sides agree.
_SAMPLED = 0xFFFFFFFF // 8
_SIZE = 4
_PAIRED = 12  # figures, and words, that pairs are made of
_SHINGLE = 3


def tokens(text: str) -> list[str]:
    """Folded words and figures; of scripts written without spaces each character is one."""
    found: list[str] = []
    whole = _SPACED.sub(lambda match: match[1] + re.sub("[ ']", "", match[2]), fold_text(text))
    for match in _TOKEN.finditer(whole):
        word = match.group()
        if word[0].isdigit():
            found.append(_figure(word))
        elif _WIDE.search(word):
            found += list(word)
        elif _ARABIC.search(word):
            found.append(_stem(word))
        else:
            found.append(word.removesuffix("'s").replace("'", ""))
    return found


def words(text: str) -> str:
    """The folded tokens as one string: what a fingerprint keeps."""
    return " ".join(tokens(text))


def _figure(word: str) -> str:
    """1,250, 1.250, 1 250 and 1250 are one figure; 2.50 and 2,5 are another."""
    whole = _THOUSANDS.sub("", word).replace(",", ".")
    if _DOTTED.fullmatch(whole):
        return whole.replace(".", "")
    return whole.rstrip("0").rstrip(".") if "." in whole else whole


def _stem(word: str) -> str:
    """Without one clitic before and one behind."""
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= _LEAST_STEM:
            word = word[len(prefix) :]
            break
    else:
        if word[0] in "وفبكل" and len(word) > _LEAST_STEM:
            word = word[1:]
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST_STEM:
            return word[: -len(suffix)]
    return word


def grams(folded: str) -> set[int]:
    """What the index keeps of a fingerprint: longer words and figures, figures in pairs and with words, runs of three words,
    sampled runs of four characters, the whole. Pairs tell claims apart that differ in one common figure or name.
    """
    parts = folded.split()
    if not parts:
        return set()
    found = {_hash("=" + folded)}
    found |= {_hash("w" + part) for part in parts if len(part) > 3 or part[0].isdigit()}
    found |= {_hash(f"s{' '.join(parts[at : at + _SHINGLE])}") for at in range(len(parts) - _SHINGLE + 1)}
    figures = [part for part in dict.fromkeys(parts) if part[0].isdigit()][:_PAIRED]
    longer = [part for part in dict.fromkeys(parts) if len(part) > 3 and not part[0].isdigit()][:_PAIRED]
    for at, figure in enumerate(figures):
        found |= {_hash(f"p{' '.join(sorted((figure, other)))}") for other in figures[at + 1 :]}
        found |= {_hash(f"p{figure} {word}") for word in longer}
    for run in _runs(folded):
        hashed = zlib.crc32(run.encode())
        if (hashed * 2654435761) & 0xFFFFFFFF < _SAMPLED:
            found.add(hashed - 0x80000000)
    return found


def _hash(text: str) -> int:
    """A signed 32-bit number, the same on every machine."""
    return zlib.crc32(text.encode()) - 0x80000000


def _runs(folded: str) -> set[str]:
    padded = f" {folded} "
    return {padded[at : at + _SIZE] for at in range(max(1, len(padded) - _SIZE + 1))}


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` in 0..1; `why`: codes that the interface words (same_words, most_words, other_figures, part)."""

    score: float
    why: tuple[str, ...]


def likeness(left: str, right: str) -> Likeness:
    """How alike two folded texts are: runs of characters and words, lowered where the figures differ."""
    if left == right:
        return Likeness(1.0, ("same_words",))
    a, b = Counter(left.split()), Counter(right.split())
    shared = (a & b).total()
    least, most = min(a.total(), b.total()), max(a.total(), b.total())
    if not least:
        return Likeness(0.0, ())
    runs_a, runs_b = _runs(left), _runs(right)
    dice = 2 * len(runs_a & runs_b) / (len(runs_a) + len(runs_b))
    contained = max(shared / least if least >= 4 else 0.0, len(runs_a & runs_b) / min(len(runs_a), len(runs_b)))
    score = 0.7 * dice + 0.2 * 2 * shared / (least + most) + 0.1 * contained
    why = []
    if shared == least == most:
        why.append("same_words")
    elif contained > 0.95 and least * 3 < most * 2:
        why.append("part")
        score = max(score, 0.6)
    elif score > 0.5:
        why.append("most_words")
    figures_a, figures_b = ({part for part in each if part[0].isdigit()} for each in (a, b))
    if not (figures_a <= figures_b or figures_b <= figures_a):
        why.append("other_figures")
        score *= 0.9
    return Likeness(round(min(score, 0.999), 4), tuple(why))

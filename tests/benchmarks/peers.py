"""Ours and other packages on the same texts in one process: exact-span F1 and speed. Run by test_segmentation.py.

Reads one JSON document from standard input, {"folder": [{"lang", "text", "spans"}]}, and prints one: for each package and
folder the F1 of each language, and megabytes a second. Needs no Django.
"""

import json
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

Pairs = Iterable[tuple[int, int]]


def ours() -> Callable[[str, str], Pairs]:
    from annotations.claims.segmenters.boundaries import sentences

    return lambda text, lang: ((span.start, span.end) for span, _heading in sentences(text, lang))


def icu() -> Callable[[str, str], Pairs]:
    from icu import BreakIterator, Locale

    def split(text: str, lang: str) -> Pairs:
        breaker = BreakIterator.createSentenceInstance(Locale(lang))
        breaker.setText(text)
        places = [0]
        for char in text:  # ICU counts UTF-16 units
            places.append(places[-1] + (2 if ord(char) > 0xFFFF else 1))
        points = {units: place for place, units in enumerate(places)}
        start = 0
        for end in breaker:
            yield points[start], points[end]
            start = end

    return split


def pysbd() -> Callable[[str, str], Pairs]:
    import pysbd as package

    known = set(package.languages.LANGUAGE_CODES)
    made: dict[str, Any] = {}

    def split(text: str, lang: str) -> Pairs:
        code = lang if lang in known else "en"
        if code not in made:
            made[code] = package.Segmenter(language=code, clean=False, char_span=True)
        return [(span.start, span.end) for span in made[code].segment(text)]

    return split


def sentencex() -> Callable[[str, str], Pairs]:
    from sentencex import get_sentence_boundaries

    def split(text: str, lang: str) -> Pairs:
        return [(found["start_index"], found["end_index"]) for found in get_sentence_boundaries(lang, text)]

    return split


def spacy() -> Callable[[str, str], Pairs]:
    import spacy as package

    made: dict[str, Any] = {}

    def split(text: str, lang: str) -> Pairs:
        if lang not in made:
            try:
                made[lang] = package.blank(lang)
            except (ImportError, OSError, ValueError):
                made[lang] = package.blank("xx")
            made[lang].add_pipe("sentencizer")
        return [(sent.start_char, sent.end_char) for sent in made[lang](text).sents]

    return split


PACKAGES = {"ours": ours, "ICU": icu, "pysbd": pysbd, "sentencex": sentencex, "spaCy sentencizer": spacy}


def trimmed(text: str, pairs: Pairs) -> set[tuple[int, int]]:
    """Without outer white space, as gold is compared."""
    found = set()
    for start, end in pairs:
        words = text[start:end]
        left = start + len(words) - len(words.lstrip())
        right = left + len(words.strip())
        if right > left:
            found.add((left, right))
    return found


def measured(split: Callable[[str, str], Pairs], documents: list[dict[str, Any]]) -> dict[str, float]:
    """F1 by language; files of one language are averaged, as the macro mean wants."""
    by_file: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for document in documents:
        counts = by_file[document["lang"], document["file"]]
        gold = trimmed(document["text"], [tuple(pair) for pair in document["spans"]])
        found = trimmed(document["text"], split(document["text"], document["lang"]))
        counts[0] += len(gold & found)
        counts[1] += len(found)
        counts[2] += len(gold)
    scores: dict[str, list[float]] = defaultdict(list)
    for (lang, _file), (right, found, gold) in by_file.items():
        scores[lang].append(2 * right / (found + gold) if found + gold else 0.0)
    return {lang: statistics.mean(values) for lang, values in scores.items()}


def speeds(split: Callable[[str, str], Pairs], documents: list[dict[str, Any]]) -> dict[str, float]:
    """MB/s of each language: the median of five passes, of one where a pass takes more than two seconds."""
    by_lang: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        by_lang[document["lang"]].append(document["text"])
    found = {}
    for lang, texts in by_lang.items():
        passes: list[float] = []
        while len(passes) < (5 if not passes or passes[0] < 2 else 1):
            started = time.perf_counter()
            for text in texts:
                list(split(text, lang))
            passes.append(time.perf_counter() - started)
        found[lang] = sum(len(text.encode()) for text in texts) / 1e6 / statistics.median(passes)
    return found


def main() -> None:
    folders = json.load(sys.stdin)
    answer: dict[str, Any] = {}
    for name, make in PACKAGES.items():
        try:
            split = make()
        except ImportError:
            continue
        answer[name] = {
            "f1": {folder: measured(split, documents) for folder, documents in folders.items()},
            "speed": speeds(split, folders["segmentation"]),
        }
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()

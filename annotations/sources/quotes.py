"""Does the quote stand in the text? Exact, then folded, then word by word. Pure; offsets are code points of the full text.

A score alone is unsafe: a dropped "not" still scores 96, a changed digit 99. So the score only names how much noise there
is; whether the quote is `altered` is said by the words that differ (`meaning`).
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from annotations.sources.quoting import edges, meaning
from annotations.sources.quoting.accents import changes_word
from annotations.sources.quoting.comparing import Comparison, compare
from annotations.sources.quoting.meaning_words import NEGATIONS, TITLES
from annotations.sources.quoting.parts import Part, inserted_negation, parts_of
from annotations.sources.quoting.passages import candidates
from annotations.sources.quoting.spelling import Reading, read, read_text
from annotations.sources.quoting.words import Word, split

VERSION = "quotes 4"
NEAR = 95.0  # from here, or with one slip in six words, a quote is near; below, somebody must look
NOISE = 75.0  # below, so many slips are no longer the same words
FLOOR = 0.5  # of the quote's letters, in words: with less in one place, the quote is not there
LEAST_TEXT = 20  # a source with less text cannot be checked against
PLACES = 50  # of the same words, looked at for one that is not cut out of longer ones
GERMAN_NOUN = 6  # letters: from here, a capital in German is rather a noun's than a name's
GAP = 2  # words left out at an ellipsis among which a "not" is not left out in good faith


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteResult:
    """`state`: exact, normalised, near, loose, altered, not_found or unverifiable; `score` 0 to 100.

    `note`: for altered what differs (figures, signs, negation, quantity, name, wording, order, part); else why a state is
    weaker than it looks (outside_main_text, too_short_to_prove, no_text, no_quote).
    """

    state: str
    method: str
    score: float | None = None
    start: int | None = None
    end: int | None = None
    matched: str = ""
    in_main: bool = False
    note: str = ""
    version: str = VERSION


@dataclass(frozen=True, slots=True)
class _Place:
    """One part of the quote at `start..end` of the folded page."""

    start: int
    end: int
    note: str = ""
    score: float = 100.0
    share: float = 1.0
    slips: int = 0
    words: int = 0
    cut: bool = False


@dataclass(frozen=True, slots=True)
class _Page:
    """The page as it came and as it is read."""

    written: str
    reading: Reading
    language: str


def check_quote(quote: str, *, full_text: str, main_text: str | None = None, language: str = "und") -> QuoteResult:
    """Look the quote up. An ellipsis or a bracketed insertion separates parts that must stand in this order."""
    wanted = quote.strip()
    if not wanted or len(full_text.strip()) < LEAST_TEXT:
        return QuoteResult(state="unverifiable", method="none", note="no_quote" if not wanted else "no_text")
    whole = _whole(wanted, full_text, language)
    if whole is not None:
        note = edges.cut_note(full_text, *whole, language=language)
        span = edges.widened(full_text, *whole) if note else whole
        return _found("altered" if note else "exact", "exact", 100.0, full_text, span, main_text, note)
    page = _Page(full_text, read(full_text), language)
    parts = parts_of(wanted)
    if not parts:
        return QuoteResult(state="unverifiable", method="none", note="no_quote")
    note = inserted_negation(wanted)
    spans = _in_order(parts, page)
    if spans:
        note = note or _other_accents(parts, spans, page) or _left_out(spans, page)
        method = "folded" if len(parts) == 1 else "parts"
        span = page.reading.back(spans[0][0], spans[-1][1])
        return _found("altered" if note else "normalised", method, 100.0, full_text, span, main_text, note)
    if all(part.short for part in parts):
        return QuoteResult(state="not_found", method="exact_only", note="too_short_to_prove")
    return _by_words(parts, wanted, page, main_text, note)


def _by_words(parts: list[Part], wanted: str, page: _Page, main_text: str | None, note: str) -> QuoteResult:
    places: list[_Place] = []
    missing = cursor = 0
    shouted = not any(char.islower() for char in wanted)
    for part in parts:
        place = _place(part, page, cursor, shouted=shouted)
        if place is None:
            missing += len(part.text)
            continue
        note = note or place.note or ("order" if place.start < cursor else "")
        places.append(place)
        cursor = max(cursor, place.end)
    if not places or missing > sum(len(part.text) for part in parts) / 2:
        return QuoteResult(state="not_found", method="words")
    spans = sorted((place.start, place.end) for place in places)
    note = note or ("part" if missing else "") or _left_out(spans, page)
    score = min(place.score for place in places)
    slips, words = sum(place.slips for place in places), sum(place.words for place in places)
    if score < NOISE:
        note = note or "wording"
    state = "altered" if note else "normalised" if not slips else "loose"
    if state == "loose" and (score >= NEAR or slips <= max(1, words // 6)):
        state = "near"
    span = page.reading.back(spans[0][0], max(end for _start, end in spans))
    if any(place.cut for place in places):
        span = edges.widened(page.written, *span)
    return _found(state, "words", score, page.written, span, main_text, note)


def _place(part: Part, page: _Page, cursor: int, *, shouted: bool) -> _Place | None:
    """The best place of one part: first where nothing was changed, then where most of it stands, at or behind `cursor`."""
    for start, end in _occurrences(part.text, page.reading.text, cursor):
        if not _cut_note(page, start, end, cursor) and not _other_accents([part], [(start, end)], page):
            return _Place(start, end)
    if part.short:
        return None
    words = split(part.reading, part.written)
    best: tuple[tuple[bool, bool, float], _Place] | None = None
    for start, end in candidates(part.text, page.reading.text) if words else ():
        stretch = split(page.reading, page.written, start, end)
        _weigh_capitals(words, stretch, page.language, shouted=shouted)
        found = compare(words, stretch, language=page.language)
        if found.share < FLOOR or found.end <= found.start:
            continue
        place = _measured(found, words, stretch, page, cursor)
        rank = (bool(place.note), place.start < cursor, -place.share)
        if best is None or rank < best[0]:
            best = rank, place
        if not place.note and place.start >= cursor:
            break
    return best[1] if best else None


def _weigh_capitals(words: list[Word], stretch: list[Word], language: str, *, shouted: bool) -> None:
    """Capitals tell no name where all is written in capitals, nor in German in a longer word that follows no other one."""
    told = not shouted, any(word.raw != word.raw.upper() for word in stretch)
    german = language[:2] == "de"
    for group, tells in zip((words, stretch), told, strict=True):
        titled = [bool(at) and (group[at - 1].name or group[at - 1].text in TITLES) for at in range(len(group))]
        for word, follows in zip(group, titled, strict=True):
            word.name = word.name and tells and not (german and len(word.text) >= GERMAN_NOUN and not follows)


def _measured(found: Comparison, words: list[Word], stretch: list[Word], page: _Page, cursor: int) -> _Place:
    passage = stretch[found.start : found.end]
    start, end = min(word.start for word in passage), max(word.end for word in passage)
    light, lost = found.count(meaning.LIGHTER), found.count(meaning.LOST)
    many = light > max(1, len(words) // 6) or lost > max(1, len(words) // 12)
    cut = _cut_note(page, start, end, cursor if cursor <= start else 0)
    same = [step for step in found.steps if step.kind == meaning.SAME]
    accents = changes_word([words[step.here[0]] for step in same], [stretch[step.there[0]] for step in same])
    note = found.note or ("wording" if many or accents else "") or cut
    keys = " ".join(word.key for word in words), " ".join(word.key for word in passage)
    slips = found.count(meaning.SLIP, meaning.SPACING) + light + lost
    return _Place(start, end, note, ratio(*keys), found.share, slips, len(words), cut=bool(cut))


def _whole(wanted: str, text: str, language: str) -> tuple[int, int] | None:
    """Where the very words stand, rather not cut out of longer ones."""
    found = list(_occurrences(wanted, text, 0))
    clean = (
        place for place in found if edges.is_clean(text, *place) and not edges.cut_note(text, *place, language=language)
    )
    return next(clean, found[0] if found else None)


def _occurrences(wanted: str, text: str, cursor: int) -> Iterator[tuple[int, int]]:
    place = text.find(wanted, cursor)
    for _number in range(PLACES):
        if place < 0:
            return
        yield place, place + len(wanted)
        place = text.find(wanted, place + 1)


def _in_order(parts: list[Part], page: _Page) -> list[tuple[int, int]]:
    """All parts one behind the other, letter for letter, each as near as can be to the one behind it; [] otherwise."""
    spans: list[tuple[int, int]] = []
    cursor = 0
    for part in parts:
        clean = (at for at in _occurrences(part.text, page.reading.text, cursor) if not _cut_note(page, *at, cursor))
        place = next(clean, None)
        if place is None:
            return []
        spans.append(place)
        cursor = place[1]
    for number in range(len(spans) - 2, -1, -1):
        size, limit = len(parts[number].text), spans[number + 1][0]
        nearer = page.reading.text.rfind(parts[number].text, spans[number][0], limit)
        floor = spans[number - 1][1] if number else 0
        if nearer >= 0 and not _cut_note(page, nearer, nearer + size, floor):
            spans[number] = nearer, nearer + size
    return spans


def _other_accents(parts: list[Part], spans: list[tuple[int, int]], page: _Page) -> str:
    """The letters are the same; the accents may not be."""
    for part, span in zip(parts, spans, strict=True):
        words, passage = split(part.reading, part.written), split(page.reading, page.written, *span)
        if [word.text for word in words] == [word.text for word in passage] and changes_word(words, passage):
            return "wording"
    return ""


def _cut_note(page: _Page, start: int, end: int, floor: int = 0) -> str:
    """What stands before `floor` belongs to the part before, and is quoted with it."""
    first = page.reading.back(floor - 1, floor)[1] if floor else 0
    return edges.cut_note(page.written, *page.reading.back(start, end), language=page.language, floor=first)


def _left_out(spans: list[tuple[int, int]], page: _Page) -> str:
    """An ellipsis that swallows hardly more than a "not"."""
    for (_start, end), (start, _end) in itertools.pairwise(spans):
        words = split(page.reading, page.written, end, start) if end < start else []
        if len(words) <= GAP and any(word.text in NEGATIONS for word in words):
            return "negation"
    return ""


def _found(
    state: str, method: str, score: float, text: str, span: tuple[int, int], main_text: str | None, note: str
) -> QuoteResult:
    matched = text[span[0] : span[1]]
    in_main = bool(main_text) and (matched in (main_text or "") or read_text(matched) in read_text(main_text or ""))
    if state in ("exact", "normalised") and main_text and not in_main:
        note = note or "outside_main_text"
    return QuoteResult(
        state=state,
        method=method,
        score=score,
        start=span[0],
        end=span[1],
        matched=matched,
        in_main=in_main,
        note=note,
    )

"""Does the quote stand in the text? Exact, then folded, then approximate with a gate on what changes the meaning.

A score alone is unsafe: a dropped "not" still scores 96, a changed digit 99. Pure; offsets are code points of the full text.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz.fuzz import partial_ratio_alignment

from annotations.lib.folding import Folded, fold, fold_text
from annotations.sources.meaning import weighty_change

VERSION = "quotes 1"
CUTOFF = 85.0  # always passed: without it an absent long quote costs twenty times as much
NEAR = 95.0
LEAST_CHARACTERS, LEAST_WORDS = 12, 3  # below, only exact words prove anything
BESIDE = 40  # characters beside an approximate passage that a word may have slipped into
LEAST_TEXT = 20  # a source with less text cannot be checked against
_GAP = re.compile(r"\s*(?:\.\.\.|…|\[\s*(?:…|\.\.\.)\s*\]|\[sic\]|\[[^\]\n]{1,60}\])\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteResult:
    """`state`: exact, normalised, near, loose, altered, not_found or unverifiable; `score` 0 to 100."""

    state: str
    method: str
    score: float | None = None
    start: int | None = None
    end: int | None = None
    matched: str = ""
    in_main: bool = False
    note: str = ""
    version: str = VERSION


def check_quote(quote: str, *, full_text: str, main_text: str | None = None, language: str = "und") -> QuoteResult:
    """Look the quote up. An ellipsis or a bracketed insertion separates parts that must stand in this order."""
    wanted = quote.strip()
    if not wanted or len(full_text.strip()) < LEAST_TEXT:
        return QuoteResult(state="unverifiable", method="none", note="no_quote" if not wanted else "no_text")
    place = full_text.find(wanted)
    if place >= 0:
        return _found("exact", "exact", 100.0, full_text, place, place + len(wanted), wanted, main_text)
    page = fold(full_text)
    parts = [part for part in (fold_text(piece) for piece in _GAP.split(_bare(wanted))) if part.strip(" .,;:!?\"'-")]
    if not parts:
        return QuoteResult(state="unverifiable", method="none", note="no_quote")
    spans = _in_order(parts, page.text)
    if spans:
        start, end = page.back(spans[0][0], spans[-1][1])
        method = "folded" if len(parts) == 1 else "parts"
        return _found("normalised", method, 100.0, full_text, start, end, wanted, main_text)
    if any(
        len(part) < LEAST_CHARACTERS or (len(part.split()) < LEAST_WORDS and not _has_no_spaces(part)) for part in parts
    ):
        return QuoteResult(state="not_found", method="exact_only", note="too_short_to_prove")
    return _approximate(parts, page, full_text, wanted, main_text, language)


def _approximate(
    parts: list[str], page: Folded, full_text: str, wanted: str, main_text: str | None, language: str
) -> QuoteResult:
    spans, scores, altered, cursor = [], [], "", 0
    for part in parts:
        found = partial_ratio_alignment(part, page.text[cursor:], score_cutoff=CUTOFF)
        if found is None or found.dest_end <= found.dest_start:
            return QuoteResult(state="not_found", method="approximate")
        start, end = _whole_words(page.text, cursor + found.dest_start, cursor + found.dest_end)
        around = page.text[max(0, start - BESIDE) : end + BESIDE]
        altered = altered or weighty_change(part, page.text[start:end], around=around)
        spans.append((start, end))
        scores.append(found.score)
        cursor = end
    score = min(scores)
    start, end = page.back(spans[0][0], spans[-1][1])
    state = "altered" if altered else "near" if score >= NEAR else "loose"
    return _found(state, "approximate", score, full_text, start, end, wanted, main_text, note=altered)


def _in_order(parts: list[str], text: str) -> list[tuple[int, int]]:
    spans, cursor = [], 0
    for part in parts:
        place = text.find(part, cursor)
        if place < 0:
            return []
        spans.append((place, place + len(part)))
        cursor = place + len(part)
    return spans


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Grown to word borders, so that a cut-off "not" or digit is not overlooked."""
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum() and not _has_no_spaces(text[start]):
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum() and not _has_no_spaces(text[end]):
        end += 1
    while end < len(text) and text[end] == "%":
        end += 1
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    return start, end


def _has_no_spaces(text: str) -> bool:
    """Scripts that write words without spaces between them."""
    return any(
        "\u3040" <= char <= "\u30ff" or "\u4e00" <= char <= "\u9fff" or "\u0e00" <= char <= "\u0e7f" for char in text
    )


def _bare(quote: str) -> str:
    """Without the quotation marks that somebody pasted around it."""
    pairs = {"«": "»", "“": "”", '"': '"', "„": "“", "”": "”", "'": "'", "「": "」"}
    return quote[1:-1].strip() if len(quote) > 2 and pairs.get(quote[0]) == quote[-1] else quote


def _found(
    state: str,
    method: str,
    score: float,
    full_text: str,
    start: int,
    end: int,
    wanted: str,
    main_text: str | None,
    note: str = "",
) -> QuoteResult:
    matched = full_text[start:end]
    in_main = bool(main_text) and fold_text(matched) in fold_text(main_text or "")
    if state in ("exact", "normalised") and main_text and not in_main:
        note = note or "outside_main_text"
    return QuoteResult(
        state=state,
        method=method,
        score=score,
        start=start,
        end=end,
        matched=matched,
        in_main=in_main,
        note=note,
    )


def diff(quote: str, matched: str) -> list[tuple[str, str]]:
    """By words: ("same" | "quote" | "source", text), for showing where the two differ."""
    left, right = quote.split(), matched.split()
    pieces: list[tuple[str, str]] = []
    matcher = SequenceMatcher(
        None, [fold_text(word) for word in left], [fold_text(word) for word in right], autojunk=False
    )
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(("same", " ".join(right[c:d])))
            continue
        if b > a:
            pieces.append(("quote", " ".join(left[a:b])))
        if d > c:
            pieces.append(("source", " ".join(right[c:d])))
    return pieces

"""Who says it: report verbs, "according to", quotation marks; inherited by quoted sentences of the same paragraph."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from annotations.claims.segmenters import Kind
from annotations.claims.segmenters.cues import find_cue
from annotations.claims.segmenters.words.reporting import PRONOUNS
from annotations.lib.spans import Span

_QUOTES = re.compile(
    '«[^«»]{1,600}»|“[^“”]{1,600}”|„[^„“”]{1,600}[“”]|"[^"\n]{2,600}"|``[^`\n]{2,600}\'\'|「[^「」]{1,600}」'
)
_CLAUSE = 3  # words of a quotation that is a statement, not a term


@dataclass(frozen=True, slots=True)
class Voice:
    """How a sentence speaks."""

    kind: Kind = "narrator"
    claimant: Span | None = None
    inherited: bool = False
    quotes: tuple[Span, ...] = ()


def attribute(text: str, spans: Sequence[Span], language: str) -> dict[Span, Voice]:
    """The voice of every sentence; a quoted one without a cue takes the claimant of the one before in its paragraph."""
    found: dict[Span, Voice] = {}
    last: Voice | None = None
    for place, span in enumerate(spans):
        if place and "\n" in text[spans[place - 1].end : span.start]:
            last = None
        voice = _voice(text, span, last, language)
        found[span] = voice
        if voice.kind != "narrator":
            last = voice
    return found


def _voice(text: str, span: Span, last: Voice | None, language: str) -> Voice:
    quotes = tuple(Span(match.start(), match.end()) for match in _QUOTES.finditer(text, span.start, span.end))
    quoted = sum(len(quote) for quote in quotes)
    cue = find_cue(text, span, quotes, language)
    if cue is None:
        if last and last.claimant and quoted * 2 > len(span):
            return Voice("direct", last.claimant, True, quotes)
        return Voice("narrator", None, False, quotes)
    kind: Kind = "indirect" if not quotes else "direct" if _is_direct(text, span, quotes) else "mixed"
    named = cue.claimant and text[cue.claimant.start : cue.claimant.end].lower() not in PRONOUNS
    if not named and last and last.claimant:
        return Voice(kind, last.claimant, True, quotes)
    return Voice(kind, cue.claimant, False, quotes)


def _is_direct(text: str, span: Span, quotes: Sequence[Span]) -> bool:
    """Whole words of somebody: they open the sentence, follow a colon or a comma, or are most of it. Else words woven in."""
    if sum(len(quote) for quote in quotes) * 2 > len(span):
        return True
    first = quotes[0]
    before = text[span.start : first.start].rstrip()
    return len(text[first.start : first.end].split()) >= _CLAUSE and (not before or before[-1] in ":،,：，")

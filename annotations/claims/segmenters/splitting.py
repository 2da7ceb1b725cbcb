"""Suggested split points of a compound sentence. A suggestion only: a cut clause often lacks its subject."""

import re
from collections.abc import Sequence

from annotations.claims.segmenters import Part
from annotations.claims.segmenters.words.reporting import VERBS
from annotations.lib.spans import Span, trim

_CUES = {
    "ar": re.compile(
        r"[،؛]\s+(?=(?:بينما|في حين|كما|حيث|فيما|لكن|ولكن|بسبب|رغم أن|مع أن|غير أن|إلا أن|علما أن|وي[\u0621-\u064a]{3,}|و[\u0621-\u064a]{2,}[^ا]ت)\b)"
        r"|[؛]\s+|\s+(?=في حين\b|بينما\b)"
    ),
    "en": re.compile(r"[,;]\s+(?=(?:while|whereas|and|but|because|although|after|before)\b)|;\s+"),
    "fr": re.compile(r"[,;]\s+(?=(?:tandis|alors|et|mais|parce|car)\b)|;\s+"),
    "es": re.compile(r"[,;]\s+(?=(?:mientras|y|pero|porque|aunque)\b)|;\s+"),
    "de": re.compile(r"[,;]\s+(?=(?:während|und|aber|weil|obwohl|nachdem)\b)|;\s+"),
    "ru": re.compile(r"[,;]\s+(?=(?:а|но|и|потому|хотя|тогда)\b)|;\s+"),
}
# A clause about the words before it. Where the main clause goes on behind it, it is suggested beside the whole sentence.
_RELATIVES = {
    "ar": re.compile(r"،\s+(?=(?:وهو|وهي|وهم|و?الذي|و?التي|و?الذين)\b)"),
    "en": re.compile(r",\s+(?=(?:which|who)\b)"),
    "fr": re.compile(r",\s+(?=(?:qui|que|dont)\b)"),
    "es": re.compile(r",\s+(?=(?:que|quien)\b)"),
    "de": re.compile(r",\s+(?=(?:der|die|das)\b)"),
    "ru": re.compile(r",\s+(?=(?:который|которая|которые|которое)\b)"),
}
_COMMA = re.compile(r"[,،;؛]\s")
_AR_VERB = re.compile(rf"\s+(?=و(?:{'|'.join(sorted(VERBS['ar'], key=len, reverse=True))})\b)")
# A clause that begins with one of these reads better without it; its end reads better without the comma.
_JOINERS = re.compile(r"(?:and|but|et|mais|y|e|pero|und|aber|а|но|и)\s+", re.IGNORECASE)
_ENDS = ",;،؛: "
LEAST = 20  # characters of a part
LEAST_INNER = 12


def parts(text: str, span: Span, language: str) -> tuple[Part, ...]:
    """Two parts or more, or none. A clause inside the sentence comes after the whole of it."""
    cue = _CUES.get(language)
    if cue is None:
        return ()
    cuts = {match.end() for match in cue.finditer(text, span.start, span.end)}
    if language == "ar":
        cuts |= {match.end() for match in _AR_VERB.finditer(text, span.start + 1, span.end)}
    inner: list[Span] = []
    for match in _RELATIVES[language].finditer(text, span.start, span.end):
        closing = _COMMA.search(text, match.end(), span.end)
        if closing is None or closing.end() in cuts:
            cuts.add(match.end())
        elif closing.start() - match.end() >= LEAST_INNER:
            inner.append(_bare(text, match.end(), closing.start()))
    found = _cut(text, span, sorted(cuts))
    if not found and inner:
        found = [span]
    return tuple(Part(part) for part in [*found, *inner] if len(part))


def _cut(text: str, span: Span, cuts: Sequence[int]) -> list[Span]:
    found, start = [], span.start
    for cut in cuts:
        if cut - start >= LEAST and span.end - cut >= LEAST:
            found.append(_bare(text, start, cut))
            start = cut
    return [*found, _bare(text, start, span.end)] if found else []


def _bare(text: str, start: int, end: int) -> Span:
    joiner = _JOINERS.match(text, start, end)
    part = trim(text, joiner.end() if joiner else start, end)
    stop = part.end
    while stop > part.start and text[stop - 1] in _ENDS:
        stop -= 1
    return Span(part.start, stop)

"""Suggested split points of a compound sentence. A suggestion only: a cut clause often lacks its subject."""

import re

from annotations.claims.segmenters import Part
from annotations.claims.segmenters.words.reporting import VERBS
from annotations.lib.spans import Span, trim

_CUES = {
    "ar": re.compile(
        r"[،؛]\s+(?=(?:وهو|وهي|وهم|الذي|التي|الذين|بينما|في حين|كما|حيث|فيما|لكن|ولكن|لنشره|بسبب)\b)|[؛]\s+|\s+(?=في حين\b|بينما\b)"
    ),
    "en": re.compile(r"[,;]\s+(?=(?:which|who|while|whereas|and|but|because|although|after|before)\b)|;\s+"),
    "fr": re.compile(r"[,;]\s+(?=(?:qui|que|dont|tandis|alors|et|mais|parce|car)\b)|;\s+"),
    "es": re.compile(r"[,;]\s+(?=(?:que|quien|mientras|y|pero|porque|aunque)\b)|;\s+"),
    "de": re.compile(r"[,;]\s+(?=(?:der|die|das|während|und|aber|weil|obwohl|nachdem)\b)|;\s+"),
    "ru": re.compile(r"[,;]\s+(?=(?:который|которая|которые|которое|а|но|и|потому|хотя|тогда)\b)|;\s+"),
}
_AR_VERB = re.compile(rf"\s+(?=و(?:{'|'.join(sorted(VERBS['ar'], key=len, reverse=True))})\b)")
LEAST = 20  # characters of a part


def parts(text: str, span: Span, language: str) -> tuple[Part, ...]:
    """Two parts or more, or none."""
    cue = _CUES.get(language)
    if cue is None:
        return ()
    cuts = [match.end() for match in cue.finditer(text, span.start, span.end)]
    if language == "ar":
        cuts += [match.end() for match in _AR_VERB.finditer(text, span.start + 1, span.end)]
    found, start = [], span.start
    for cut in sorted(set(cuts)):
        if cut - start >= LEAST and span.end - cut >= LEAST:
            found.append(trim(text, start, cut))
            start = cut
    if not found:
        return ()
    found.append(trim(text, start, span.end))
    return tuple(Part(part) for part in found if len(part))

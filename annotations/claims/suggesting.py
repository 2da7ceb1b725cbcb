"""What the rules suggest of a claim: who says it and how, how worth checking and why. Suggestions; an editor's words win."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from annotations.claims import ranking
from annotations.claims.segmenters import Unit
from annotations.claims.segmenters.scoring import score
from annotations.claims.segmenters.sentences import PLUGIN as RULES
from annotations.lib.spans import Span
from annotations.models import Claim, Version


def columns(version: Version, unit: Unit) -> dict[str, Any]:
    """The claim's columns that a unit of this version fills; `voice` counts code points of its text."""
    text = version.text
    return {
        "attribution": unit.kind,
        "claimant_suggested": (text[unit.claimant.start : unit.claimant.end] if unit.claimant else "")[:300],
        "voice": {
            "version": version.number,
            "kind": unit.kind,
            "claimant": [unit.claimant.start, unit.claimant.end] if unit.claimant else None,
            "inherited": unit.inherited,
            "quotes": [[quote.start, quote.end] for quote in unit.quotes],
        },
        "score": unit.score,
        "reasons": [[reason.code, reason.count] for reason in unit.reasons],
    }


def of_span(version: Version, language: str, start: int, end: int) -> dict[str, Any]:
    """The same for words that a person marked: the voice of the sentence they stand in, the score of the words themselves."""
    text = version.text
    begin = text.rfind("\n", 0, start) + 1  # the paragraph: speakers are inherited within it
    stop = text.find("\n", end)
    paragraph = text[begin : stop if stop >= 0 else len(text)]
    units = [_shifted(unit, begin) for unit in RULES.split(paragraph, language)]
    unit = max(units, key=lambda unit: min(end, unit.span.end) - max(start, unit.span.start), default=None)
    if unit is None:
        return {}
    worth, reasons = score(text[start:end], reported=unit.kind != "narrator")
    inside = tuple(quote for quote in unit.quotes if quote.start < end and start < quote.end)
    return columns(version, replace(unit, score=worth, reasons=reasons, quotes=inside))


def anew(claim: Claim, version: Version, spans: Sequence[Span]) -> dict[str, Any]:
    """The columns that differ now that the claim stands on these words; how the article says it stays where an editor set it."""
    whole = " ".join(version.text[span.start : span.end] for span in spans)
    found = of_span(version, claim.language, spans[0].start, spans[0].end)
    if not found:
        return {}
    if len(spans) > 1:
        worth, reasons = score(whole, reported=found["attribution"] != "narrator")
        found |= {"score": worth, "reasons": [[reason.code, reason.count] for reason in reasons]}
    if claim.attribution != claim.voice.get("kind", claim.attribution):
        del found["attribution"]
    model = ranking.rank(claim.newsroom_id, claim.restated or whole, found["score"])
    return {name: value for name, value in (found | {"rank": model}).items() if getattr(claim, name) != value}


def _shifted(unit: Unit, by: int) -> Unit:
    def moved(span: Span) -> Span:
        return Span(span.start + by, span.end + by)

    return replace(
        unit,
        span=moved(unit.span),
        claimant=moved(unit.claimant) if unit.claimant else None,
        quotes=tuple(moved(quote) for quote in unit.quotes),
    )

"""The default segmenter: sentences, headings, who says it, how worth checking, where it could be split. Rules alone."""

from collections.abc import Sequence

from annotations.claims.segmenters import Unit
from annotations.claims.segmenters.attribution import attribute
from annotations.claims.segmenters.boundaries import sentences
from annotations.claims.segmenters.scoring import score
from annotations.claims.segmenters.splitting import parts


class Sentences:
    name = "sentences"
    version = "4"

    def split(self, text: str, language: str) -> Sequence[Unit]:
        """One unit a sentence and one a heading line."""
        found = sentences(text, language)
        voices = attribute(text, [span for span, heading in found if not heading], language)
        units = []
        for span, heading in found:
            if heading:
                units.append(Unit(span=span, heading=True))
                continue
            voice = voices[span]
            worth, reasons = score(text[span.start : span.end], reported=voice.kind != "narrator")
            units.append(
                Unit(
                    span=span,
                    score=worth,
                    reasons=reasons,
                    kind=voice.kind,
                    claimant=voice.claimant,
                    inherited=voice.inherited,
                    quotes=voice.quotes,
                    parts=parts(text, span, language),
                )
            )
        return units


PLUGIN = Sentences()


def spans_and_headings(text: str, lang: str = "und") -> list[dict[str, object]]:
    """For measuring: spans with their heading flag."""
    return [{"start": span.start, "end": span.end, "heading": heading} for span, heading in sentences(text, lang)]

"""One unit a paragraph: for texts whose sentences make no sense alone."""

import re
from collections.abc import Sequence

from annotations.claims.segmenters import Unit
from annotations.claims.segmenters.scoring import score
from annotations.lib.spans import trim

_LINE = re.compile("[^\n\x0b\x0c\x85\u2028\u2029]+")


class Paragraphs:
    name = "paragraphs"
    version = "1"

    def split(self, text: str, language: str) -> Sequence[Unit]:
        """Every line with words in it."""
        units = []
        for line in _LINE.finditer(text):
            span = trim(text, line.start(), line.end())
            if len(span):
                worth, reasons = score(text[span.start : span.end], reported=False)
                units.append(Unit(span=span, score=worth, reasons=reasons))
        return units


PLUGIN = Paragraphs()

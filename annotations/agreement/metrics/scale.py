"""alpha_scale: Krippendorff's ordinal alpha among verdicts on the truth scale; verdicts off it count as missing."""

from dataclasses import replace

from annotations.agreement import engine
from annotations.agreement.engine import Figure
from annotations.agreement.patterns import Declared, Histogram, Table, table

CONDITIONAL_BELOW = 0.6


class AlphaScale:
    name = "alpha_scale"
    version = "2"
    headline = True

    def score(self, histogram: Histogram | Table, declared: Declared) -> Figure:
        """With coverage: on-scale ratings in claims with two of them or more, of all pairable ratings."""
        on = declared.on_scale
        if len(on) < 2:
            return Figure(None, "no_scale")
        whole = table(histogram, declared)
        kept = whole.columns(on)
        figure = engine.alpha(kept, engine.ordinal)
        placed, every = _pairable_ratings(kept), _pairable_ratings(whole)
        coverage = placed / every if every else None
        notes = figure.notes
        if coverage is not None and coverage < CONDITIONAL_BELOW:
            notes = (*notes, "conditional")
        return replace(
            figure, coverage=coverage, notes=notes, details={"on_scale_pairable": placed, "pairable_ratings": every}
        )


def _pairable_ratings(whole: Table) -> int:
    use = whole.pairable()
    return int((use.ratings * use.weight).sum())


PLUGIN = AlphaScale()

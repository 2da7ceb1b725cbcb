"""alpha_composite: one alpha over all labels; ordinal on the truth scale, a fixed distance to every label off it."""

from dataclasses import replace

from annotations.agreement import distances, engine
from annotations.agreement.engine import Figure
from annotations.agreement.patterns import Declared, Histogram, Table, table


class AlphaComposite:
    name = "alpha_composite"
    version = "2"
    headline = True

    def score(self, histogram: Histogram | Table, declared: Declared) -> Figure:
        """Off-scale against anything else counts as far as the two ends of the truth scale.

        `details`: the band, its value for the smallest distance that makes sense (0.25), for 0.5 and for 1.
        """
        if declared.size < 2:
            return Figure(None, "one_label")
        whole = table(histogram, declared)
        found = engine.alpha(whole, distances.composite(declared))
        if found.value is None:
            return found
        sums = engine.Sums.of(whole.pairable())
        band = {str(off): float(engine.alphas(sums, distances.composite(declared, off))) for off in distances.BAND}
        return replace(found, details={"band": band})


PLUGIN = AlphaComposite()

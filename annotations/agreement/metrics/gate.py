"""alpha_gate: do reviewers agree whether the claim can be placed on the truth scale at all? Nominal, on or off."""

import numpy as np

from annotations.agreement import engine
from annotations.agreement.engine import Figure
from annotations.agreement.patterns import Declared, Histogram, Table, table


class AlphaGate:
    name = "alpha_gate"
    version = "2"
    headline = True

    def score(self, histogram: Histogram | Table, declared: Declared) -> Figure:
        """All labels off the scale are one class here."""
        on, off = declared.on_scale, declared.off_scale
        if not on or not off:
            return Figure(None, "one_side" if declared.size > 1 else "one_label")
        whole = table(histogram, declared)
        folded = np.stack([whole.counts[:, on].sum(axis=1), whole.counts[:, off].sum(axis=1)], axis=1)
        return engine.alpha(Table(folded, whole.weight, whole.article), engine.nominal)


PLUGIN = AlphaGate()

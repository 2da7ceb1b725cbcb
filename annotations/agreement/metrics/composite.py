"""alpha_composite: one alpha over all labels; ordinal on the truth scale, a fixed distance to every label off it."""

import numpy as np

from annotations.agreement import engine
from annotations.agreement.engine import Array, Distance, Figure
from annotations.agreement.patterns import Declared, Histogram, table

OFF_SCALE_DISTANCE = 1.0  # squared, relative to the two ends of the scale; >= 0.25 by the triangle inequality


def distance(declared: Declared, off: float = OFF_SCALE_DISTANCE) -> Distance:
    """Without labels off the scale exactly the ordinal distance, with two labels on it exactly the nominal one."""
    on = declared.on_scale

    def squared(margins: Array) -> Array:
        found = np.full((declared.size, declared.size), off)
        if on:
            placed = margins[on]
            upto = np.cumsum(placed)
            middle = upto - placed / 2
            reach = (middle[-1] - middle[0]) if len(on) > 1 else 1.0
            if reach > 0:
                found[np.ix_(on, on)] = ((middle[:, None] - middle[None, :]) / reach) ** 2
            else:
                found[np.ix_(on, on)] = 0.0
        np.fill_diagonal(found, 0.0)
        return found

    return squared


class AlphaComposite:
    name = "alpha_composite"
    version = "1"
    headline = True

    def score(self, histogram: Histogram, declared: Declared) -> Figure:
        """Off-scale against anything else counts as far as the two ends of the truth scale."""
        if declared.size < 2:
            return Figure(None, "one_label")
        return engine.alpha(table(histogram, declared), distance(declared))


PLUGIN = AlphaComposite()

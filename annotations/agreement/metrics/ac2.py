"""Gwet's AC2 with linear weights: AC1 that counts neighbouring labels as nearly agreed. Quadratic weights are no headline."""

from annotations.agreement import coefficients, distances
from annotations.agreement.engine import Figure
from annotations.agreement.patterns import Declared, Histogram, Table, table


class GwetAC2Linear:
    name = "gwet_ac2_linear"
    version = "1"
    headline = False

    def score(self, histogram: Histogram | Table, declared: Declared) -> Figure:
        """A label off the truth scale agrees with itself alone."""
        return coefficients.gwet(table(histogram, declared), distances.weights("linear", declared))


PLUGIN = GwetAC2Linear()

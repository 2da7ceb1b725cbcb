"""Fleiss' kappa for unequal numbers of reviews (Gwet 2014): beside alpha, for those who compare with older studies."""

from annotations.agreement import coefficients, distances
from annotations.agreement.engine import Figure
from annotations.agreement.patterns import Declared, Histogram, Table, table


class Fleiss:
    name = "fleiss"
    version = "1"
    headline = False

    def score(self, histogram: Histogram | Table, declared: Declared) -> Figure:
        """Nominal; without an interval, as its analytic one covers badly."""
        return coefficients.fleiss(table(histogram, declared), distances.weights("identity", declared))


PLUGIN = Fleiss()

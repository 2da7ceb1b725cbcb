"""Brennan and Prediger's kappa, Randolph's free-marginal one: chance is 1 / declared labels."""

from annotations.agreement import coefficients, distances
from annotations.agreement.engine import Figure
from annotations.agreement.patterns import Declared, Histogram, Table, table


class BrennanPrediger:
    name = "brennan_prediger"
    version = "1"
    headline = False

    def score(self, histogram: Histogram | Table, declared: Declared) -> Figure:
        """Labels that are declared and never used count too."""
        return coefficients.brennan_prediger(table(histogram, declared), distances.weights("identity", declared))


PLUGIN = BrennanPrediger()

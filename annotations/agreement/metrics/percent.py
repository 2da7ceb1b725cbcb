"""Percent agreement: the share of pairs of verdicts on one claim that are the same, averaged over pairable claims."""

from annotations.agreement import coefficients, distances
from annotations.agreement.engine import Figure
from annotations.agreement.patterns import Declared, Histogram, Table, table


class PercentAgreement:
    name = "percent_agreement"
    version = "2"
    headline = False

    def score(self, histogram: Histogram | Table, declared: Declared) -> Figure:
        """Gwet 2014: for unequal numbers of ratings, each claim weighs the same."""
        return coefficients.percent(table(histogram, declared), distances.weights("identity", declared))


PLUGIN = PercentAgreement()

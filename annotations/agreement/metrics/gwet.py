"""Gwet's AC1: never shown alone, as it is not 0 for reviewers who answer independently."""

from dataclasses import replace

from annotations.agreement import coefficients, distances, engine
from annotations.agreement.engine import Figure
from annotations.agreement.patterns import Declared, Histogram, Table, table

DOMINANT_FROM = 0.25  # AC1 above nominal alpha by so much: one verdict dominates


class GwetAC1:
    name = "gwet_ac1"
    version = "2"
    headline = False

    def score(self, histogram: Histogram | Table, declared: Declared) -> Figure:
        """Gwet 2014. `details`: its value for independent reviewers (`if_independent`), and nominal alpha beside it."""
        whole = table(histogram, declared)
        found = coefficients.gwet(whole, distances.weights("identity", declared))
        if found.value is None:
            return found
        alpha = engine.alpha(whole, engine.nominal, bare=True).value
        dominant = alpha is not None and found.value - alpha > DOMINANT_FROM
        return replace(
            found,
            notes=(*found.notes, "dominant_verdict") if dominant else found.notes,
            details={**found.details, "alpha_nominal": alpha},
        )


PLUGIN = GwetAC1()

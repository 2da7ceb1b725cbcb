"""Percent agreement: the share of pairs of verdicts on one claim that are the same, averaged over pairable claims."""

from typing import Any

import numpy as np

from annotations.agreement.engine import Figure
from annotations.agreement.patterns import Declared, Histogram, table


class PercentAgreement:
    name = "percent_agreement"
    version = "1"
    headline = False

    def score(self, histogram: Histogram, declared: Declared) -> Figure:
        """Gwet 2014: for unequal numbers of ratings, each claim weighs the same."""
        whole = table(histogram, declared)
        use = whole.pairable()
        base: dict[str, Any] = {
            "claims": int(whole.weight[whole.ratings > 0].sum()),
            "pairable": int(use.weight.sum()),
            "ratings": int((whole.ratings * whole.weight).sum()),
        }
        if declared.size < 2:
            return Figure(None, "one_label", **base)
        if base["pairable"] == 0:
            return Figure(None, "no_pairs", **base)
        same = (use.counts * (use.counts - 1)).sum(axis=1) / (use.ratings * (use.ratings - 1))
        return Figure(float(np.dot(same, use.weight) / use.weight.sum()), **base)


PLUGIN = PercentAgreement()

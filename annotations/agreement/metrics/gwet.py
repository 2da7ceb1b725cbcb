"""Gwet's AC1: never shown alone, as it is not 0 for reviewers who answer independently."""

from typing import Any

import numpy as np

from annotations.agreement.engine import Figure
from annotations.agreement.patterns import Declared, Histogram, table


class GwetAC1:
    name = "gwet_ac1"
    version = "1"
    headline = False

    def score(self, histogram: Histogram, declared: Declared) -> Figure:
        """Gwet 2014: label shares over all claims with a rating, agreement over pairable ones; k counts declared labels."""
        whole = table(histogram, declared)
        use = whole.pairable()
        base: dict[str, Any] = {
            "claims": int(whole.weight[whole.ratings > 0].sum()),
            "pairable": int(use.weight.sum()),
            "ratings": int((whole.ratings * whole.weight).sum()),
        }
        size = declared.size
        if size < 2:
            return Figure(None, "one_label", **base)
        if base["pairable"] == 0:
            return Figure(None, "no_pairs", **base)
        same = (use.counts * (use.counts - 1)).sum(axis=1) / (use.ratings * (use.ratings - 1))
        observed = float(np.dot(same, use.weight) / use.weight.sum())
        rated = whole.ratings > 0
        shares = whole.counts[rated] / whole.ratings[rated][:, None]
        share = np.average(shares, axis=0, weights=whole.weight[rated])
        expected = float((share * (1 - share)).sum() / (size - 1))
        return Figure((observed - expected) / (1 - expected), **base)


PLUGIN = GwetAC1()

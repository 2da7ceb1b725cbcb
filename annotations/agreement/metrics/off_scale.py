"""alpha_off_scale: among verdicts off the truth scale (unproven, satire, opinion), do reviewers mean the same one? Nominal."""

from annotations.agreement import engine
from annotations.agreement.engine import Figure
from annotations.agreement.patterns import Declared, Histogram, Table, table


class AlphaOffScale:
    name = "alpha_off_scale"
    version = "1"
    headline = False

    def score(self, histogram: Histogram | Table, declared: Declared) -> Figure:
        """Verdicts on the scale count as missing; defined once two labels off it are declared."""
        off = declared.off_scale
        if len(off) < 2:
            return Figure(None, "no_off_scale")
        return engine.alpha(table(histogram, declared).columns(off), engine.nominal)


PLUGIN = AlphaOffScale()

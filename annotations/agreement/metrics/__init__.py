"""Metrics of agreement: drop in a file that holds a PLUGIN, and every screen, API and table has it.

A metric turns a histogram of count patterns into one figure. Pure: no Django, no database.
"""

import sys
from collections.abc import Mapping
from functools import cache
from typing import Protocol, runtime_checkable

from annotations.agreement.engine import Figure
from annotations.agreement.patterns import Declared, Histogram, Table
from annotations.lib import plugins

CODE_VERSION = "2"  # counted up when any figure changes for the same input, and when a metric is added


@runtime_checkable
class Metric(Protocol):
    name: str
    version: str
    headline: bool  # one of the three that stand first

    def score(self, histogram: Histogram | Table, declared: Declared) -> Figure:
        """The figure, or the reason why there is none.

        A table read once (`patterns.table`) saves reading the keys for each metric; one that knows its articles
        (`patterns.by_article`) lets intervals leave out articles instead of claims.
        """
        ...


@cache
def metrics() -> Mapping[str, Metric]:
    """All metrics by name; a broken file raises BrokenPlugin at start."""
    return plugins.load(sys.modules[__name__], Metric)  # type: ignore[type-abstract]

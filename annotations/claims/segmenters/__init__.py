"""Segmenters: drop in a file that holds a PLUGIN. Each turns a text into units with exact spans. Pure: no Django, no database."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, Protocol, runtime_checkable

from annotations.lib import plugins
from annotations.lib.spans import Span, breaches

Kind = Literal["narrator", "indirect", "mixed", "direct"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a unit is worth checking: a code that the interface words, and how often."""

    code: str
    count: int


@dataclass(frozen=True, slots=True)
class Part:
    """A suggested atomic claim inside a unit; `restated` "" means: as quoted."""

    span: Span
    restated: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A stretch of the text: a sentence or a heading. `score` in 0..1, None for headings."""

    span: Span
    heading: bool = False
    score: float | None = None
    reasons: tuple[Reason, ...] = ()
    kind: Kind = "narrator"
    claimant: Span | None = None
    inherited: bool = False
    quotes: tuple[Span, ...] = ()
    parts: tuple[Part, ...] = ()


class Units(list[Unit]):
    """Units, and what the segmenter says of its run (a model's name, what was dropped); kept with the version."""

    def __init__(self, units: Sequence[Unit], run: dict[str, Any]) -> None:
        super().__init__(units)
        self.run = run


@runtime_checkable
class Splitter(Protocol):
    """`name` and `version` are saved with every result, so that a run can be repeated."""

    name: str
    version: str

    def split(self, text: str, language: str) -> Sequence[Unit]:
        """Units in the order of the text; offsets are code points."""
        ...


class BadUnits(Exception):
    """A segmenter broke the invariants; its output is not stored."""


@cache
def _all() -> Mapping[str, Splitter]:
    return plugins.load(sys.modules[__name__], Splitter)  # type: ignore[type-abstract]


def names() -> list[str]:
    """The segmenters that can be chosen; one that says it is not `available` is left out."""
    return [name for name, plugin in _all().items() if getattr(plugin, "available", True)]


def get(name: str) -> Splitter:
    """The segmenter of this name, else the default one."""
    return _all()[name if name in names() else "sentences"]


def check_units(text: str, units: Sequence[Unit]) -> None:
    """Sorted, half-open, inside the text, no overlap, only white space between: whatever a plug-in returns. Raises BadUnits."""
    found = breaches(text, [unit.span for unit in units])
    for unit in units:
        inner = [
            *unit.quotes,
            *(part.span for part in unit.parts),
            *([unit.claimant] if unit.claimant else []),
        ]
        if any(not 0 <= span.start < span.end <= len(text) for span in inner):
            found.append(f"{unit.span.start}..{unit.span.end} names a span outside the text")
    if found:
        raise BadUnits("; ".join(found[:5]))

"""Geometry of the charts that templates draw as SVG on the server. All numbers are text: a template would localise them."""

from collections.abc import Sequence
from typing import Any

from annotations.models import Score

WIDE, HIGH = 640, 220  # of the chart over time
LEFT, TOP, BOTTOM, RIGHT = 44, 10, 26, 10
CELL_WIDE, CELL_HIGH, GUTTER, HEAD = 58, 36, 210, 30  # of the heat map
_SERIES = ("alpha_gate", "alpha_scale", "alpha_composite")


def bar(value: float, low: float | None, high: float | None, marks: Sequence[float] = ()) -> dict[str, Any]:
    """From -1 to 1 over 200 units; `marks` are further values on it (a band, the value of independent reviewers)."""
    return {
        "x": along(value),
        "low": along(low) if low is not None else None,
        "width": f"{(high - low) * 100:.1f}" if low is not None and high is not None else None,
        "marks": [along(mark) for mark in marks],
    }


def along(value: float) -> str:
    return f"{(max(-1.0, min(1.0, value)) + 1) * 100:.1f}"


def trend(scores: Sequence[Score]) -> dict[str, Any] | None:
    """Lines of the three headline figures over their moments; None below two moments with a value."""
    moments = sorted({score.computed_at for score in scores})
    defined = [score for score in scores if score.value is not None]
    if len({score.computed_at for score in defined}) < 2:
        return None
    begin, reach = moments[0], (moments[-1] - moments[0]).total_seconds() or 1.0
    bottom = min(0.0, *(max(-1.0, score.value or 0.0) for score in defined))

    def x(score: Score) -> str:
        part = (score.computed_at - begin).total_seconds() / reach
        return f"{LEFT + part * (WIDE - LEFT - RIGHT):.1f}"

    def y(value: float) -> str:
        return f"{TOP + (1 - max(bottom, value)) / (1 - bottom) * (HIGH - TOP - BOTTOM):.1f}"

    lines = []
    for name in _SERIES:
        points = [(x(score), y(score.value)) for score in defined if score.metric == name and score.value is not None]
        if points:
            lines.append({"name": name, "points": points, "path": " ".join(",".join(point) for point in points)})
    ticks = [tick for tick in (-1.0, -0.5, 0.0, 0.4, 0.6, 0.8, 1.0) if tick >= bottom]
    return {
        "view": f"0 0 {WIDE} {HIGH}",
        "left": str(LEFT),
        "right": str(WIDE - RIGHT),
        "lines": lines,
        "ticks": [{"y": y(tick), "text": f"{tick:.1f}"} for tick in ticks],
        "begin": f"{begin:%Y-%m-%d}",
        "end": f"{moments[-1]:%Y-%m-%d}",
        "foot": str(HIGH - 8),
        "x_begin": str(LEFT),
        "x_end": str(WIDE - RIGHT),
    }


def heat_map(names: Sequence[str], pairs: Sequence[Sequence[float]]) -> dict[str, Any]:
    """Cells of label by label; the fuller, the more pairs of verdicts. Agreement and disagreement have a scale of their own."""
    size = len(names)
    apart = max((pairs[i][j] for i in range(size) for j in range(size) if i != j), default=0.0) or 1.0
    alike = max((pairs[i][i] for i in range(size)), default=0.0) or 1.0
    cells = [
        {
            "x": str(GUTTER + j * CELL_WIDE),
            "y": str(HEAD + i * CELL_HIGH),
            "text_x": str(GUTTER + j * CELL_WIDE + CELL_WIDE // 2),
            "text_y": str(HEAD + i * CELL_HIGH + CELL_HIGH // 2 + 5),
            "fill": f"{0.6 * (pairs[i][j] / (alike if i == j else apart)) ** 0.5:.2f}",
            "same": i == j,
            "text": amount(pairs[i][j]) if pairs[i][j] else "",
        }
        for i in range(size)
        for j in range(size)
    ]
    heads = [
        {
            "name": name,
            "number": str(place + 1),
            "y": str(HEAD + place * CELL_HIGH + CELL_HIGH // 2 + 5),
            "x": str(GUTTER + place * CELL_WIDE + CELL_WIDE // 2),
        }
        for place, name in enumerate(names)
    ]
    return {
        "view": f"0 0 {GUTTER + size * CELL_WIDE + 2} {HEAD + size * CELL_HIGH + 2}",
        "cells": cells,
        "heads": heads,
        "name_x": str(GUTTER - 34),
        "number_x": str(GUTTER - 18),
        "width": str(CELL_WIDE - 2),
        "height": str(CELL_HIGH - 2),
        "rows": [
            {"name": name, "cells": [amount(value) for value in row]} for name, row in zip(names, pairs, strict=True)
        ],
    }


def amount(value: float) -> str:
    """A count of pairs, which may be a fraction where a claim has three verdicts or more."""
    return f"{value:.0f}" if abs(value - round(value)) < 0.005 else f"{value:.2f}"

"""A table's figures as rows of scores: what the job keeps, and what a page computes when it is read."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from annotations.agreement.engine import Figure
from annotations.agreement.metrics import CODE_VERSION, metrics
from annotations.agreement.patterns import Table
from annotations.agreement.tallies import Axis
from annotations.models import Scale, Score

READ_FIRST = ("alpha_gate", "alpha_scale", "alpha_composite", "percent_agreement", "gwet_ac1")


def figures(table: Table, axis: Axis) -> dict[str, Figure]:
    """Every metric by name, in the order of reading."""
    found = metrics()
    return {name: found[name].score(table, axis.declared) for name in sorted(found, key=rank)}


def rank(name: str) -> tuple[int, bool, str]:
    """Where a metric stands among others: the order in which people read them, then the rest by name."""
    place = READ_FIRST.index(name) if name in READ_FIRST else len(READ_FIRST)
    found = metrics().get(name)
    return place, found is None or not found.headline, name


def rows(
    table: Table,
    axis: Axis,
    *,
    newsroom_id: int,
    article_id: int | None,
    scale: Scale,
    reviewers: int,
    digest: str,
    moment: datetime | None = None,
) -> list[Score]:
    """Unsaved scores, one for each metric. What has no column (`details`) hangs on the object."""
    found, moment = [], moment or timezone.now()  # one moment for all: a chart lines them up by it
    for name, figure in figures(table, axis).items():
        score = Score(
            newsroom_id=newsroom_id,
            article_id=article_id,
            scale=scale,
            reviewers=reviewers,
            inputs_digest=digest,
            code_version=CODE_VERSION,
            computed_at=moment,
            **_columns(name, figure),
        )
        score.details = dict(figure.details)  # type: ignore[attr-defined]
        found.append(score)
    return found


def _columns(name: str, figure: Figure) -> dict[str, Any]:
    return {
        "metric": name,
        "value": figure.value,
        "undefined": figure.undefined,
        "low": figure.low,
        "high": figure.high,
        "claims": figure.claims,
        "pairable": figure.pairable,
        "verdicts": figure.ratings,
        "coverage": figure.coverage,
        "notes": [*figure.notes, *(["by_article"] if figure.low is not None and figure.unit == "article" else [])],
    }

"""The newsroom's agreement: figures with n and interval, or in words why there are none."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from annotations.agreement import queries
from annotations.agreement.metrics import metrics
from annotations.articles import queries as articles
from annotations.models import Member, Score
from annotations.web.pages import page


@page("agreement.read")
def report(request: HttpRequest, member: Member, article_id: int | None = None) -> HttpResponse:
    article = articles.get(member, article_id) if article_id else None
    rows = [_row(score) for score in queries.latest(member, article)]
    return render(
        request,
        "agreement/report.html",
        {"article": article, "rows": rows, "newest": rows[0]["score"] if rows else None},
    )


def _row(score: Score) -> dict[str, object]:
    shown = score.value is not None and not queries.too_few(score)
    low, high = (score.low, score.high) if shown else (None, None)
    return {
        "score": score,
        "name": queries.NAMES.get(score.metric, score.metric),
        "headline": score.metric in metrics() and metrics()[score.metric].headline,
        "words": queries.words(score),
        "notes": [queries.NOTES.get(note, note) for note in score.notes] if shown else [],
        # The bar runs from -1 to 1 over 200 units; drawn on the server, no script needed.
        "x": _units(max(-1.0, score.value or 0)) if shown else None,
        "x_low": _units(low) if low is not None else None,
        "x_width": f"{(high - low) * 100:.1f}" if low is not None and high is not None else None,
        "coverage": f"{score.coverage:.2f}" if score.coverage is not None else "",
    }


def _units(value: float) -> str:
    """Along the bar; as text, since a template would write the number in the reader's way."""
    return f"{(value + 1) * 100:.1f}"

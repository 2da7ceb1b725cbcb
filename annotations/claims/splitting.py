"""The job that finds an article version's claims: units of the registered segmenter become proposed claims."""

from collections.abc import Sequence

from django.db import transaction

from annotations import events, jobs
from annotations.claims import ranking, segmenters, suggesting
from annotations.claims.anchoring import uncovered
from annotations.claims.carrying import carry_over, span_row
from annotations.claims.segmenters import Unit
from annotations.claims.writing import next_number
from annotations.lib.spans import select
from annotations.models import Article, Claim, Span, Version
from annotations.models.articles import ArticleState
from annotations.models.claims import Anchor
from annotations.models.rows import move


def split(version_id: int, lease: jobs.Lease) -> None:
    """Run the article's segmenter over the version and store what it found, once."""
    version = Version.objects.select_related("article").filter(pk=version_id, segmenter="").first()
    if version is None:
        return
    article = version.article
    splitter = segmenters.get(article.segmenter)
    units = splitter.split(version.text, article.language)
    segmenters.check_units(version.text, units)
    with transaction.atomic():
        jobs.hold(lease)
        _store(article, version, units, f"{splitter.name} {splitter.version}")
        jobs.owe("claims.index", article.newsroom_id, newsroom_id=article.newsroom_id)
        move(Article.objects.filter(pk=article.pk), old=ArticleState.SPLITTING, new=ArticleState.READY)
        events.record(
            "article.split",
            newsroom_id=article.newsroom_id,
            by=None,
            subject="article",
            subject_id=article.pk,
            article_id=article.pk,
            old={"state": "splitting"},
            new={"state": "ready", "claims": sum(not unit.heading for unit in units)},
        )


def _store(article: Article, version: Version, units: Sequence[Unit], segmenter: str) -> None:
    """Claims of the earlier version keep their number and find their place; what is new is proposed."""
    number = next_number(article)
    taken = carry_over(article, version) if version.number > 1 else []
    fresh = set(uncovered([unit.span for unit in units if not unit.heading], taken))
    proposed = [unit for unit in units if not unit.heading and unit.span in fresh]
    model = ranking.model_of(ranking.current(article.newsroom_id))
    claims = [
        Claim(
            newsroom_id=article.newsroom_id,
            article=article,
            number=number + offset,
            language=article.language,
            **suggesting.columns(version, unit),
            rank=model.rank(version.text[unit.span.start : unit.span.end], unit.score or 0.0) if model else None,
            parts=[
                [part.span.start - unit.span.start, part.span.end - unit.span.start, part.restated]
                for part in unit.parts
            ],
            position=unit.span.start,
        )
        for offset, unit in enumerate(proposed)
    ]
    Claim.objects.bulk_create(claims)
    Span.objects.bulk_create(
        span_row(claim, version, select(version.text, unit.span.start, unit.span.end), Anchor.ANCHORED)
        for claim, unit in zip(claims, proposed, strict=True)
    )
    headings = [[unit.span.start, unit.span.end] for unit in units if unit.heading]
    Version.objects.filter(pk=version.pk).update(headings=headings, segmenter=segmenter, run=getattr(units, "run", {}))


def bury(version_id: int, code: str) -> None:
    """The segmenter failed for good: the article says so, its text is there and claims can be added by hand."""
    version = Version.objects.select_related("article").get(pk=version_id)
    with transaction.atomic():
        move(
            Article.objects.filter(pk=version.article_id),
            old=ArticleState.SPLITTING,
            new=ArticleState.FAILED,
            problem=code,
        )

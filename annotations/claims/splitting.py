"""The job that finds an article version's claims: units of the registered segmenter become proposed claims."""

from collections.abc import Sequence

from django.db import transaction

from annotations import events, jobs
from annotations.claims import segmenters
from annotations.claims.operations import next_number
from annotations.claims.segmenters import Unit
from annotations.lib.spans import select
from annotations.models import Article, Claim, Span, Version
from annotations.models.articles import ArticleState
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
    number = next_number(article)
    claims = [
        Claim(
            newsroom_id=article.newsroom_id,
            article=article,
            number=number + offset,
            language=article.language,
            attribution=unit.kind,
            claimant_suggested=_words(version.text, unit)[:300],
            score=unit.score,
            reasons=[[reason.code, reason.count] for reason in unit.reasons],
            position=unit.span.start,
        )
        for offset, unit in enumerate(unit for unit in units if not unit.heading)
    ]
    Claim.objects.bulk_create(claims)
    spans = []
    for claim, unit in zip(claims, (unit for unit in units if not unit.heading), strict=True):
        found = select(version.text, unit.span.start, unit.span.end)
        spans.append(
            Span(
                claim=claim,
                version=version,
                start=found.start,
                end=found.end,
                exact=found.exact,
                prefix=found.prefix,
                suffix=found.suffix,
            )
        )
    Span.objects.bulk_create(spans)
    headings = [[unit.span.start, unit.span.end] for unit in units if unit.heading]
    Version.objects.filter(pk=version.pk).update(headings=headings, segmenter=segmenter)


def _words(text: str, unit: Unit) -> str:
    return text[unit.claimant.start : unit.claimant.end] if unit.claimant else ""


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

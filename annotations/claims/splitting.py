"""The job that finds an article version's claims: units of the registered segmenter become proposed claims."""

from collections.abc import Sequence

from django.db import transaction

from annotations import events, jobs
from annotations.claims import segmenters
from annotations.claims.anchoring import find, uncovered
from annotations.claims.operations import next_number
from annotations.claims.segmenters import Unit
from annotations.lib.spans import Selector, select
from annotations.lib.spans import Span as TextSpan
from annotations.models import Article, Claim, Span, Version
from annotations.models.articles import ArticleState
from annotations.models.claims import Anchor, ClaimState
from annotations.models.rows import move

_UNSETTLED = [ClaimState.PROPOSED, ClaimState.OPEN, ClaimState.IN_REVIEW, ClaimState.DISPUTED, ClaimState.AGREED]


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
    """Claims of the earlier version keep their number and find their place; what is new is proposed."""
    number = next_number(article)
    taken = _carry_over(article, version) if version.number > 1 else []
    fresh = set(uncovered([unit.span for unit in units if not unit.heading], taken))
    proposed = [unit for unit in units if not unit.heading and unit.span in fresh]
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
        for offset, unit in enumerate(proposed)
    ]
    Claim.objects.bulk_create(claims)
    Span.objects.bulk_create(
        _span(claim, version, select(version.text, unit.span.start, unit.span.end), Anchor.ANCHORED)
        for claim, unit in zip(claims, proposed, strict=True)
    )
    headings = [[unit.span.start, unit.span.end] for unit in units if unit.heading]
    Version.objects.filter(pk=version.pk).update(headings=headings, segmenter=segmenter)


def _carry_over(article: Article, version: Version) -> list[TextSpan]:
    """Every live claim of the version before, found in this one; the places they take."""
    before = article.versions.filter(number__lt=version.number).order_by("-number").first()
    taken: list[TextSpan] = []
    live = Claim.objects.filter(article=article).exclude(state=ClaimState.DROPPED).order_by("pk")
    for claim in live.prefetch_related("spans"):
        old = [span for span in claim.spans.all() if before and span.version_id == before.pk]
        found = [
            find(version.text, Selector(span.start, span.end, span.exact, span.prefix, span.suffix)) for span in old
        ]
        places = [anchoring.place for anchoring in found if anchoring.place is not None]
        Span.objects.bulk_create(
            _span(claim, version, anchoring.place, anchoring.anchor)
            for anchoring in found
            if anchoring.place is not None
        )
        taken += [TextSpan(place.start, place.end) for place in places]
        if places:
            Claim.objects.filter(pk=claim.pk).update(position=places[0].start)
        elif old:
            _orphan(claim)
    return taken


def _orphan(claim: Claim) -> None:
    """The words are gone: an editor decides. What is ruled or published stands on the version that was judged."""
    if move(Claim.objects.filter(pk=claim.pk), old=_UNSETTLED, new=ClaimState.ORPHANED):
        events.record(
            "claim.orphaned",
            newsroom_id=claim.newsroom_id,
            by=None,
            subject="claim",
            subject_id=claim.pk,
            article_id=claim.article_id,
            claim_id=claim.pk,
            old={"state": "open"},  # not which of the states that tell of reviews
            new={"state": "orphaned"},
        )


def _span(claim: Claim, version: Version, place: Selector, anchor: str) -> Span:
    return Span(
        claim=claim,
        version=version,
        start=place.start,
        end=place.end,
        exact=place.exact,
        prefix=place.prefix,
        suffix=place.suffix,
        anchor=anchor,
    )


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

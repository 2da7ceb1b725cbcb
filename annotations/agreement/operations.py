"""The jobs that keep agreement: recount a claim's first verdicts, rebuild the figures of article and newsroom.

Recounted, never ±1: retries, duplicates and out-of-order delivery are harmless.
"""

import hashlib
import json
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from annotations import events, jobs
from annotations.agreement import disputes, patterns
from annotations.agreement.metrics import CODE_VERSION, metrics
from annotations.agreement.patterns import Declared
from annotations.models import Claim, Newsroom, Review, Scale, Score
from annotations.models.claims import ClaimState
from annotations.models.events import Audience
from annotations.models.reviews import ReviewState
from annotations.models.rows import move

DEBOUNCE = timedelta(seconds=2)  # a burst of reviews rebuilds the newsroom once


def recount(claim_id: int, lease: jobs.Lease) -> None:
    """Count the claim's first independent verdicts anew; move it on when enough are in."""
    with transaction.atomic():
        jobs.hold(lease)
        claim = (
            Claim.objects.select_for_update(of=("self",))
            .select_related("newsroom", "scale")
            .filter(pk=claim_id)
            .first()
        )
        if claim is None or claim.scale is None:
            return
        declared, index = declare(claim.scale)
        labels = Review.objects.filter(
            claim=claim, state=ReviewState.SUBMITTED, is_first=True, scale=claim.scale
        ).values_list("label_id", flat=True)
        counts: dict[int, int] = {}
        for label in labels:
            counts[index[label]] = counts.get(index[label], 0) + 1
        given = Review.objects.filter(claim=claim, state=ReviewState.SUBMITTED).count()
        pattern = patterns.key(counts)
        Claim.objects.filter(pk=claim.pk).update(
            pattern=pattern,
            verdicts=sum(counts.values()),
            disagreement=disputes.disagreement(counts, declared),
        )
        _move_on(claim, counts, declared, given)
        if pattern != claim.pattern:
            jobs.owe(
                "agreement.rebuild",
                claim.newsroom_id,
                newsroom_id=claim.newsroom_id,
                due_at=timezone.now() + DEBOUNCE,
            )


def _move_on(claim: Claim, counts: dict[int, int], declared: Declared, given: int) -> None:
    judged = [ClaimState.OPEN, ClaimState.IN_REVIEW, ClaimState.DISPUTED, ClaimState.AGREED]
    if claim.state not in judged:
        return
    wanted = claim.newsroom.reviews_wanted
    found = disputes.outcome(counts, declared)
    if given < wanted:
        new = ClaimState.IN_REVIEW if given else ClaimState.OPEN
    else:
        new = ClaimState.DISPUTED if found == "disputed" else ClaimState.AGREED
    if new != claim.state and move(Claim.objects.filter(pk=claim.pk), old=claim.state, new=new):
        events.record(
            "claim.judged",
            newsroom_id=claim.newsroom_id,
            by=None,
            subject="claim",
            subject_id=claim.pk,
            article_id=claim.article_id,
            claim_id=claim.pk,
            old={"state": claim.state},
            new={"state": str(new), "outcome": found, "verdicts": sum(counts.values())},
            audience=Audience.EDITORS,
        )


def rebuild(newsroom_id: int, lease: jobs.Lease) -> None:
    """The figures of the newsroom and of each of its articles, from the claims' patterns; unchanged inputs add no row."""
    newsroom = Newsroom.objects.filter(pk=newsroom_id).first()
    if newsroom is None:
        return
    for scale in newsroom.scales.prefetch_related("labels").order_by("pk"):
        judged = Claim.objects.filter(newsroom=newsroom, scale=scale).exclude(pattern="")
        grouped = list(
            judged.values_list("article_id", "pattern").annotate(claims=Count("pk")).order_by("article_id", "pattern")
        )
        if not grouped:
            continue
        people = dict(
            Review.objects.filter(claim__in=judged, state=ReviewState.SUBMITTED, is_first=True)
            .values_list("claim__article_id")
            .annotate(people=Count("reviewer_id", distinct=True))
        )
        whole: dict[str, int] = {}
        by_article: dict[int, dict[str, int]] = {}
        for article_id, pattern, claims in grouped:
            by_article.setdefault(article_id, {})[pattern] = claims
            whole[pattern] = whole.get(pattern, 0) + claims
        everyone = (
            Review.objects.filter(claim__in=judged, state=ReviewState.SUBMITTED, is_first=True)
            .values("reviewer_id")
            .distinct()
            .count()
        )
        with transaction.atomic():
            jobs.hold(lease)
            _store(newsroom, None, scale, whole, everyone)
            for article_id, histogram in by_article.items():
                _store(newsroom, article_id, scale, histogram, people.get(article_id, 0))


def _store(newsroom: Newsroom, article_id: int | None, scale: Scale, histogram: dict[str, int], reviewers: int) -> None:
    declared, _index = declare(scale)
    inputs = json.dumps([sorted(histogram.items()), list(declared.positions), reviewers]).encode()
    digest = hashlib.sha256(inputs).hexdigest()
    latest = Score.objects.filter(newsroom=newsroom, article=article_id, scale=scale).order_by("-pk").first()
    if latest is not None and latest.inputs_digest == digest and latest.code_version == CODE_VERSION:
        return
    rows = [_row(name, metric.score(histogram, declared)) for name, metric in metrics().items()]
    moment = timezone.now()
    Score.objects.bulk_create(
        Score(
            newsroom=newsroom,
            article_id=article_id,
            scale=scale,
            reviewers=reviewers,
            inputs_digest=digest,
            code_version=CODE_VERSION,
            computed_at=moment,
            **row,
        )
        for row in rows
    )
    subject = "article" if article_id else "newsroom"
    events.record(
        "agreement.computed",
        newsroom_id=newsroom.pk,
        by=None,
        subject=subject,
        subject_id=article_id or newsroom.pk,
        article_id=article_id,
        new={"inputs": digest[:16]},
        audience=Audience.EDITORS,
    )


def _row(name: str, figure: Any) -> dict[str, Any]:
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
        "notes": list(figure.notes),
    }


def declare(scale: Scale) -> tuple[Declared, dict[int | None, int]]:
    """The scale as agreement sees it, and each label's index by its id."""
    labels = sorted(scale.labels.all(), key=lambda label: label.order)
    return Declared(tuple(label.position for label in labels)), {label.pk: order for order, label in enumerate(labels)}


def bury(subject_id: int, code: str) -> None:
    """The figures stay as they were; the dead job is in the admins' queue and can be asked for again."""

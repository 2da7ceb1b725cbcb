"""The jobs that keep agreement: recount a claim's first verdicts, rebuild the figures of article and newsroom.

Recounted, never ±1: retries, duplicates and out-of-order delivery are harmless. A change costs its claim, its article
and one GROUP BY over the newsroom's patterns; reviews are never scanned. Claims share no row that each of them writes:
the rebuild is promised once for all that changes until it begins.
"""

import hashlib
import json
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from annotations import events, jobs
from annotations.agreement import disputes, patterns, scoring, tallies
from annotations.agreement.metrics import CODE_VERSION
from annotations.agreement.patterns import Declared
from annotations.claims.writing import record
from annotations.models import Article, Claim, Newsroom, Review, Scale, Score
from annotations.models.claims import ClaimState
from annotations.models.events import Audience
from annotations.models.reviews import ReviewState
from annotations.models.rows import move

DEBOUNCE = timedelta(seconds=2)  # a stream of reviews rebuilds the newsroom so often


def recount(claim_id: int, lease: jobs.Lease) -> None:
    """Count the claim's first independent verdicts anew; move it on when enough are in."""
    with transaction.atomic():
        claim = (
            Claim.objects.select_for_update(of=("self",))
            .select_related("newsroom", "scale")
            .filter(pk=claim_id)
            .first()
        )
        jobs.hold(lease)  # after the claim: a submission locks the claim, and then promises this very work
        if claim is None or claim.scale is None:
            return
        declared, index = declare(claim.scale)
        reviews = Review.objects.filter(claim=claim, state=ReviewState.SUBMITTED)
        given = list(reviews.values_list("label_id", "is_first", "scale_id"))
        counts: dict[int, int] = {}
        for label, is_first, scale_id in given:
            if is_first and scale_id == claim.scale_id:
                counts[index[label]] = counts.get(index[label], 0) + 1
        facts = {
            "pattern": patterns.key(counts),
            "verdicts": sum(counts.values()),
            "disagreement": disputes.disagreement(counts, declared),
        }
        moved = _move_on(claim, counts, declared, len(given), facts)
        if not moved and any(getattr(claim, name) != value for name, value in facts.items()):
            Claim.objects.filter(pk=claim.pk).update(**facts)
    # After the commit, so that a rebuild which is not begun yet sees this claim. Also when nothing changed: a run that
    # died here had written its claim, and promised nothing.
    due = timezone.now() + DEBOUNCE
    with transaction.atomic():
        jobs.owe_once("agreement.rebuild", claim.newsroom_id, newsroom_id=claim.newsroom_id, due_at=due)
        jobs.owe_once("agreement.rebuild_article", claim.article_id, newsroom_id=claim.newsroom_id, due_at=due)


def _move_on(claim: Claim, counts: dict[int, int], declared: Declared, given: int, facts: dict[str, Any]) -> bool:
    """Write `facts` and the new state at once, where the claim has one."""
    judged = [ClaimState.OPEN, ClaimState.IN_REVIEW, ClaimState.DISPUTED, ClaimState.AGREED]
    if claim.state not in judged:
        return False
    wanted = claim.newsroom.reviews_wanted
    found = disputes.outcome(counts, declared)
    if given < wanted:
        new = ClaimState.IN_REVIEW if given else ClaimState.OPEN
    else:
        new = ClaimState.DISPUTED if found == "disputed" else ClaimState.AGREED
    if new == claim.state or not move(Claim.objects.filter(pk=claim.pk), old=claim.state, new=new, **facts):
        return False
    record(
        claim,
        "claim.judged",
        None,
        old={"state": claim.state},
        new={"state": str(new), "outcome": found, "verdicts": sum(counts.values())},
        audience=Audience.EDITORS,
    )
    return True


def rebuild(newsroom_id: int, lease: jobs.Lease) -> None:
    """The newsroom's figures for each of its scales; unchanged inputs add no row."""
    newsroom = Newsroom.objects.filter(pk=newsroom_id).first()
    if newsroom is not None:
        _rebuild(newsroom, None, lease)


def rebuild_article(article_id: int, lease: jobs.Lease) -> None:
    """The same of one article."""
    article = Article.objects.select_related("newsroom").filter(pk=article_id).first()
    if article is not None:
        _rebuild(article.newsroom, article, lease)


def _rebuild(newsroom: Newsroom, article: Article | None, lease: jobs.Lease) -> None:
    for scale in newsroom.scales.prefetch_related("labels").order_by("pk"):
        claims = tallies.counted(newsroom.pk, scale, article)
        whole = tallies.histogram(claims)
        kept = Score.objects.filter(newsroom=newsroom, article=article, scale=scale)
        if not whole and not kept.exists():  # a figure that was once told must not outlive its last verdict
            continue
        axis = tallies.Axis.of(scale)
        table = tallies.table(claims, axis, whole)
        people = tallies.reviewers(claims, scale, whole)
        digest = fingerprint(whole, scale, people, by_article=table.article is not None)
        with transaction.atomic():
            jobs.hold(lease)
            # Any one metric: the index score_latest then ends in its newest row, however long the history.
            latest = kept.filter(metric=scoring.READ_FIRST[0]).order_by("-pk").first()
            if latest is not None and latest.inputs_digest == digest and latest.code_version == CODE_VERSION:
                continue
            Score.objects.bulk_create(
                scoring.rows(
                    table,
                    axis,
                    newsroom_id=newsroom.pk,
                    article_id=article.pk if article else None,
                    scale=scale,
                    reviewers=people,
                    digest=digest,
                )
            )
            events.record(
                "agreement.computed",
                newsroom_id=newsroom.pk,
                by=None,
                subject="article" if article else "newsroom",
                subject_id=article.pk if article else newsroom.pk,
                article_id=article.pk if article else None,
                new={"inputs": digest[:16]},
                audience=Audience.EDITORS,
            )


def fingerprint(whole: dict[str, int], scale: Scale, people: int, *, by_article: bool) -> str:
    """SHA-256 of all that the figures follow from."""
    declared, _index = declare(scale)
    inputs = json.dumps([sorted(whole.items()), list(declared.positions), people, by_article]).encode()
    return hashlib.sha256(inputs).hexdigest()


def declare(scale: Scale) -> tuple[Declared, dict[int | None, int]]:
    """The scale as agreement sees it, and each label's index by its id."""
    labels = sorted(scale.labels.all(), key=lambda label: label.order)
    return Declared(tuple(label.position for label in labels)), {label.pk: order for order, label in enumerate(labels)}


def bury(subject_id: int, code: str) -> None:
    """The figures stay as they were; the dead job is in the admins' queue and can be asked for again."""

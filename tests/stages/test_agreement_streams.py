"""Whatever order reviews, withdrawals and jobs come in, and however often: the figures are those of a recompute from the reviews."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from celery import current_app
from django.utils import timezone

from annotations.agreement import disputes, patterns, scoring
from annotations.agreement.operations import declare
from annotations.agreement.tallies import COUNTED, Axis
from annotations.errors import FactcheckError
from annotations.models import Claim, Review, Score, Work
from annotations.newsrooms.queries import current_scale
from annotations.reviews import operations
from tests import agreement_data, factories

pytestmark = pytest.mark.django_db
JOBS = ("agreement.recount", "agreement.rebuild", "agreement.rebuild_article")


def act(desk: factories.Desk, claim: Claim, draw: random.Random) -> None:
    """One person submits, sends the same again, or takes their review back; what the rules refuse is refused."""
    who, label = draw.choice(desk.reviewers), draw.choice(agreement_data.LABELS)
    try:
        if draw.random() < 0.3:
            operations.withdraw(claim, by=who)
        else:
            held = Review.objects.filter(claim=claim, reviewer=who).values_list("row_version", flat=True).first()
            answer = factories.answer(label, url="https://source.example.com/page")
            operations.submit(claim, answer, by=who, row_version=held)
            if draw.random() < 0.3:
                operations.submit(claim, answer, by=who, row_version=held)
    except FactcheckError:
        return


def deliver(draw: random.Random, *, share: float) -> None:
    """Some messages, in any order, some of them twice, and some for work that nobody owes."""
    rows = list(Work.objects.filter(kind__in=JOBS).order_by("kind", "subject_id").values_list("kind", "subject_id"))
    messages = [row for row in rows if draw.random() < share] + [row for row in rows if draw.random() < 0.3]
    draw.shuffle(messages)
    Work.objects.filter(kind__in=JOBS, state="queued").update(due_at=timezone.now() - timedelta(seconds=1))
    for kind, subject_id in messages:
        current_app.tasks[kind].run(subject_id)


def settle(draw: random.Random) -> None:
    while Work.objects.filter(kind__in=JOBS, state="queued").exists():
        deliver(draw, share=1.0)


def truth(claim: Claim) -> dict[int, int]:
    _declared, index = declare(claim.scale)
    given = Review.objects.filter(claim=claim, state="submitted", is_first=True)
    return dict(Counter(index[label] for label in given.values_list("label_id", flat=True)))


def check(desk: factories.Desk) -> int:
    """Every kept number beside the same from the reviews themselves; returns how many claims count."""
    scale = current_scale(desk.newsroom)
    declared, _index = declare(scale)
    axis = Axis.of(scale)
    found: dict[int | None, Counter[str]] = {None: Counter()}
    for claim in Claim.objects.select_related("scale"):
        counts = truth(claim)
        assert claim.pattern == patterns.key(counts)
        assert claim.verdicts == sum(counts.values())
        assert claim.disagreement == disputes.disagreement(counts, declared)
        given = Review.objects.filter(claim=claim, state="submitted").count()
        assert (claim.state in COUNTED) == (given >= desk.newsroom.reviews_wanted)
        if claim.state in COUNTED and claim.pattern:
            for place in (None, claim.article_id):
                found.setdefault(place, Counter())[claim.pattern] += 1
    for place, histogram in found.items():
        table = patterns.table(dict(histogram), declared).columns(axis.order)
        kept = Score.objects.filter(newsroom=desk.newsroom, article=place)
        assert kept.exists() or not histogram
        for name, figure in scoring.figures(table, axis).items():
            score = kept.filter(metric=name).order_by("-pk").first()
            if score is not None:
                assert (score.value, score.undefined) == (figure.value, figure.undefined), (place, name)
                assert (score.claims, score.pairable) == (figure.claims, figure.pairable), (place, name)
                assert (score.low, score.high) == (figure.low, figure.high), (place, name)
    return sum(found[None].values())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_stream_ends_as_a_full_recompute(seed: int) -> None:
    draw = random.Random(seed)
    desk = factories.desk()
    current_app.loader.import_default_modules()
    facts = {"state": "open", "pattern": "", "verdicts": 0, "disagreement": None}
    places = [agreement_data.plain_article(desk, number) for number in range(2)]
    claims = [agreement_data.judged(desk, places[number % 2], {}, **facts) for number in range(8)]
    counted = []
    for _checkpoint in range(4):
        for _step in range(14):
            act(desk, Claim.objects.select_related("newsroom", "scale").get(pk=draw.choice(claims).pk), draw)
            if draw.random() < 0.4:
                deliver(draw, share=0.4)
        settle(draw)
        counted.append(check(desk))
        rows = Score.objects.count()
        for claim in claims:
            operations.jobs.owe("agreement.recount", claim.pk, newsroom_id=desk.newsroom.pk)
        settle(draw)
        assert Score.objects.count() == rows, "counting again what has not changed adds nothing"
    assert max(counted) >= 2

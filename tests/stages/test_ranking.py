"""The order that a newsroom learned: from 500 choices on, off until an admin turns it on, its gain measured."""

import io
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from annotations.claims import queries as claims
from annotations.claims import ranker, ranking
from annotations.claims.ranker import Example, Model
from annotations.errors import NotAllowed, NotFound
from annotations.models import Claim, Ranker, Span
from tests import factories

LIKED = ["hospital beds", "school budget", "vaccine doses", "road deaths"]
LEFT = ["football match", "weather today", "concert tickets", "celebrity gossip"]


def made_up(count: int, seed: int = 1) -> list[Example]:
    """Half worth checking, told by the topic and not by the rule score."""
    draw = random.Random(seed)
    found = []
    for number in range(count):
        worth = draw.random() < 0.4
        topic = draw.choice(LIKED if worth else LEFT)
        found.append(
            Example(f"The {topic} story number {draw.randint(1, 90)} of the day", worth, draw.random(), number // 5)
        )
    return found


def test_it_learns_what_the_rule_does_not_know() -> None:
    found = made_up(600)
    gain = ranker.measure(found)
    assert gain.model_auc > 0.95 > 0.6 > gain.rule_auc
    model = ranker.train(found)
    assert model.rank("The hospital beds story", 0.5) > 0.5 > model.rank("The football match story", 0.5)
    again = Model.unpack(model.pack())
    assert again.rank("The hospital beds story", 0.5) == pytest.approx(
        model.rank("The hospital beds story", 0.5), abs=1e-4
    )
    assert len(model.pack()) < 300_000
    assert np.array_equal(ranker.train(found).weights, model.weights)  # the same labels, the same model


def test_without_anything_to_learn_it_orders_as_the_rule() -> None:
    draw = random.Random(4)
    found = [
        Example("always the same words", draw.random() < rule, rule, n) for n in range(600) for rule in [draw.random()]
    ]
    gain = ranker.measure(found)
    assert gain.model_auc == pytest.approx(gain.rule_auc, abs=0.02)


def test_figures_of_order() -> None:
    """AUC by counting pairs; average precision by its definition; nDCG of a known order."""
    draw = np.random.default_rng(3)
    worth, scores = (draw.random(80) < 0.3).astype(float), draw.integers(0, 10, 80).astype(float)
    pairs = [(a > b) + 0.5 * (a == b) for a in scores[worth > 0] for b in scores[worth == 0]]
    assert ranker.auc(worth, scores) == pytest.approx(sum(pairs) / len(pairs))
    assert ranker.auc(np.ones(3), np.arange(3)) == 0.5
    assert ranker.average_precision(np.array([1.0, 0, 1]), np.array([3.0, 2, 1])) == pytest.approx((1 + 2 / 3) / 2)
    assert ranker.ndcg([3, 2, 1]) == 1.0
    assert ranker.ndcg([1, 2, 3]) < 1.0


def choices(desk: factories.Desk, run_jobs: Callable[[], int], count: int) -> None:
    """A newsroom's history: claims confirmed or dropped by its editors."""
    article = factories.article(desk)
    run_jobs()
    article.refresh_from_db()
    version = article.current
    assert version is not None
    scale = desk.newsroom.scales.get(is_current=True)
    for number, example in enumerate(made_up(count), start=100):
        state = (
            {"state": "open", "scale": scale, "confirmed_at": timezone.now()}
            if example.worth
            else {"state": "dropped", "dropped_at": timezone.now(), "drop_reason": "no claim"}
        )
        row = Claim.objects.create(
            newsroom=desk.newsroom, article=article, number=number, restated=example.text, score=example.rule, **state
        )
        Span.objects.create(claim=row, version=version, start=0, end=5, exact=version.text[:5])


@pytest.mark.django_db
def test_learned_from_the_newsrooms_choices(run_jobs: Callable[[], int]) -> None:
    desk = factories.desk()
    choices(desk, run_jobs, 450)
    assert ranking.owe_due() == 0
    ranking.owe(desk.newsroom.pk, by=desk.admin)
    run_jobs()
    assert Ranker.objects.count() == 0  # too few
    choices_more = factories.desk("orlen")
    choices(choices_more, run_jobs, 520)
    assert ranking.owe_due() == 1
    run_jobs()
    row = ranking.of(choices_more.admin).get()
    assert (row.labels >= 500, row.is_on, row.origin) == (True, False, "choices")
    assert row.gain["model_auc"] > row.gain["rule_auc"]
    assert not Claim.objects.exclude(rank=None).exists()
    assert ranking.owe_due() == 0  # not again before further choices

    ranking.switch(row.pk, by=choices_more.admin, on=True)
    run_jobs()
    waiting = list(claims.in_newsroom(choices_more.editor).filter(state="open"))
    assert all(claim.rank is not None for claim in waiting)
    fresh = factories.article(choices_more, "The hospital beds story is told. The football match story is told too.")
    run_jobs()
    best, rest = claims.of_article(choices_more.editor, fresh, order="queue")
    assert "hospital" in claims.quote(best)
    assert best.rank is not None
    assert rest.rank is not None
    assert best.rank > rest.rank
    with pytest.raises(NotAllowed):
        ranking.switch(row.pk, by=choices_more.editor, on=False)
    with pytest.raises(NotFound):
        ranking.switch(row.pk, by=desk.admin, on=False)
    ranking.switch(row.pk, by=choices_more.admin, on=False)
    run_jobs()
    assert not Claim.objects.exclude(rank=None).exists()


@pytest.mark.django_db
def test_the_command(tmp_path: Path) -> None:
    factories.desk()
    path = tmp_path / "labels.tsv"
    path.write_text(
        "text\tlabel\n" + "".join(f"{each.text}\t{int(each.worth)}\n" for each in made_up(600)), encoding="utf-8"
    )
    out = io.StringIO()
    call_command("train_ranker", str(path), stdout=out)
    assert "600 labels" in out.getvalue()
    assert "AUC" in out.getvalue()
    assert Ranker.objects.get().is_on is False
    call_command("train_ranker", str(path), dry_run=True, stdout=out)
    assert Ranker.objects.count() == 1
    path.write_text("one\t1\nbroken line\n", encoding="utf-8")
    with pytest.raises(CommandError, match="Line 2"):
        call_command("train_ranker", str(path))
    path.write_text("one\t1\n", encoding="utf-8")
    with pytest.raises(CommandError, match="at least 500"):
        call_command("train_ranker", str(path))

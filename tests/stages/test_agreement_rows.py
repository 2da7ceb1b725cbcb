"""What one changed review costs: its own claim's reviews, the newsroom's patterns from their index, and nobody else's reviews."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.db import connection
from django.utils import timezone

from annotations import jobs
from annotations.agreement import tallies
from annotations.models import Claim, Review, Score, Work
from annotations.newsrooms.queries import current_scale
from tests import agreement_data, agreement_rows, factories

pytestmark = pytest.mark.django_db
POSTGRESQL = connection.vendor == "postgresql"
Statement = tuple[str, Any]


@contextmanager
def listening() -> Iterator[list[Statement]]:
    """Every statement with its parameters, as sent: a plan may depend on what is a parameter."""
    heard: list[Statement] = []

    def hear(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        heard.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(hear):
        yield heard


def plan(statement: Statement) -> str:
    sql, params = statement
    with connection.cursor() as cursor:
        cursor.execute(("EXPLAIN " if POSTGRESQL else "EXPLAIN QUERY PLAN ") + sql, params)
        return "\n".join(str(row[0] if POSTGRESQL else row[3]) for row in cursor.fetchall())


def of_index(statement: Statement) -> str:
    """The plan with an index if there is one that fits: PostgreSQL trusts it only once the table was vacuumed."""
    if not POSTGRESQL:
        return plan(statement)
    ways = [f"SET LOCAL enable_{way} = " for way in ("seqscan", "bitmapscan", "hashagg", "sort")]
    with connection.cursor() as cursor:
        cursor.execute("off; ".join([*ways, ""]))
        found = plan(statement)
        cursor.execute("on; ".join([*ways, ""]))
    return found


def run(kind: str, subject_id: int) -> list[Statement]:
    """The job as a worker does it; what it asked of the database."""
    current_app.loader.import_default_modules()
    soon = timezone.now() - timedelta(seconds=1)
    assert Work.objects.filter(kind=kind, subject_id=subject_id, state="queued").update(due_at=soon)
    with listening() as heard:
        current_app.tasks[kind].run(subject_id)
    assert Work.objects.filter(kind=kind, subject_id=subject_id, state="done").exists()
    return heard


def of(table: str, heard: list[Statement]) -> list[Statement]:
    return [one for one in heard if f'"annotations_{table}"' in one[0]]


def change(claim: Claim) -> None:
    """Somebody's verdict turns round."""
    review = Review.objects.filter(claim=claim).order_by("pk").first()
    assert review is not None
    other = review.scale.labels.exclude(pk=review.label_id).order_by("pk").first()
    Review.objects.filter(pk=review.pk).update(label=other)
    jobs.owe("agreement.recount", claim.pk, newsroom_id=claim.newsroom_id)


def reads_little(claim: Claim) -> None:
    """The three jobs after one change, each statement and its plan."""
    change(claim)
    recount = of("review", run("agreement.recount", claim.pk))
    assert len(recount) == 1
    sql, params = recount[0]
    assert '"annotations_review"."claim_id" = %s' in sql
    assert claim.pk in params
    whole = run("agreement.rebuild", claim.newsroom_id)
    counting = of_index(next(one for one in of("claim", whole) if "GROUP BY" in one[0]))
    assert ("Index Only Scan using" if POSTGRESQL else "COVERING INDEX") + " claim_patterns" in counting, counting
    assert "TEMP B-TREE" not in counting, counting
    assert "Sort" not in counting, counting
    asked = of("review", whole)
    assert ["LIMIT 1" in sql for sql, _params in asked] == [True], "one look at each member's first review"
    assert "review_firsts" in plan(asked[0]), plan(asked[0])
    article = of("review", run("agreement.rebuild_article", claim.article_id))
    assert all('"annotations_review"."claim_id" IN' in sql for sql, _params in article)
    for one in (*recount, *asked, *article):
        assert "Seq Scan on annotations_review" not in plan(one)
        assert "SCAN annotations_review" not in plan(one)


def test_one_change_reads_few_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    if POSTGRESQL:  # a plan says something only about tables that are worth an index
        size = agreement_rows.Size(closed=4_000, lacking=20, fresh=20, articles=80, people=12)
        agreement_rows.fill(size)
        agreement_rows.analyse()
    else:
        monkeypatch.setattr(tallies, "SOME", 40)
        agreement_data.fill(factories.desk())
    claim = Claim.objects.filter(state__in=tallies.COUNTED).order_by("pk").first()
    assert claim is not None
    reads_little(claim)
    score = Score.objects.filter(article=None, metric="percent_agreement").order_by("-pk").first()
    assert score is not None
    truth = Review.objects.filter(state="submitted", is_first=True, claim__state__in=tallies.COUNTED)
    assert score.reviewers == truth.values("reviewer").distinct().count() > 2


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_reviewers_are_those_of_the_reviews(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """By each way of looking: first reviews that do not count, many of them, people who judged nothing that counts."""
    draw = random.Random(seed)
    desk = factories.desk(reviews_wanted=1)
    articles = [agreement_data.plain_article(desk, number) for number in range(2)]
    states = ["agreed", "disputed", "published", "open", "in_review", "dropped"]
    for _number in range(24):
        votes = {name: draw.choice(agreement_data.LABELS) for name in ("rana", "rolf", "rita", "edith")}
        votes = {name: votes[name] for name in draw.sample(sorted(votes), draw.choice((1, 2)))}
        state = draw.choice(states if "edith" not in votes or seed == 1 else states[3:5])
        facts = {"dropped_at": timezone.now()} if state == "dropped" else {}
        agreement_data.judged(desk, draw.choice(articles), votes, state=state, topic=draw.choice("ab"), **facts)
    scale = current_scale(desk.newsroom)
    for some, at_once in ((2_000, 500), (2_000, 3), (0, 500), (0, 3), (0, 1)):
        monkeypatch.setattr(tallies, "SOME", some)
        monkeypatch.setattr(tallies, "AT_ONCE", at_once)
        for place in (None, *articles):
            whole = tallies.counted(desk.newsroom.pk, scale, place)
            for claims in (whole, whole.filter(topic="a")):
                given = Review.objects.filter(claim__in=claims, state="submitted", is_first=True)
                truth = len(set(given.values_list("reviewer_id", flat=True)))
                assert tallies.reviewers(claims, scale, tallies.histogram(claims)) == truth, (some, at_once, place)


def test_a_stream_of_changes_does_not_put_the_rebuild_off() -> None:
    desk = factories.desk()
    claims = agreement_data.fill(desk, articles=1, claims=5)
    work = Work.objects.filter(kind="agreement.rebuild", subject_id=desk.newsroom.pk)
    for claim in claims:
        change(claim)
    run("agreement.recount", claims[0].pk)
    first = work.get()
    for claim in claims[1:]:
        heard = run("agreement.recount", claim.pk)
        written = [sql for sql, _params in of("work", heard) if sql.startswith(("UPDATE", "INSERT"))]
        assert len(written) == 3, "taken, held, finished: no row that all claims write"
    assert (work.get().due_at, work.get().serial) == (first.due_at, first.serial)


def test_a_recount_locks_in_the_order_of_a_submission() -> None:
    """The claim, then the work: the other way round both would wait for each other, and one of them fail."""
    desk = factories.desk()
    claim = agreement_data.judged(desk, agreement_data.plain_article(desk), {"rana": "false"}, state="in_review")

    def order(heard: list[Statement]) -> list[str]:
        locks = ('FROM "annotations_claim"', 'SET "lease_until"', 'SET "serial"', 'INSERT INTO "annotations_work"')
        found = [next((lock for lock in locks if lock in sql), "") for sql, _params in heard]
        return [lock for lock in found if lock]

    with listening() as heard:
        factories.submit(claim, desk.reviewers[1])
    assert order([one for one in heard if claim.pk in (one[1] or ())])[-1] == 'INSERT INTO "annotations_work"'
    first, second = order(run("agreement.recount", claim.pk))[:2]
    assert (first, second) == ('FROM "annotations_claim"', 'SET "lease_until"')


def test_a_change_during_the_rebuild_is_rebuilt_later() -> None:
    desk = factories.desk()
    claims = agreement_data.fill(desk, articles=1, claims=6)
    change(claims[0])
    run("agreement.recount", claims[0].pk)
    work = Work.objects.filter(kind="agreement.rebuild", subject_id=desk.newsroom.pk)
    work.update(due_at=timezone.now() - timedelta(seconds=1))

    def meanwhile(newsroom_id: int, lease: jobs.Lease) -> None:
        change(claims[1])
        run("agreement.recount", claims[1].pk)

    jobs.perform("agreement.rebuild", desk.newsroom.pk, meanwhile, lambda subject_id, code: None)
    again = work.get()
    assert again.state == "queued"
    assert again.due_at > timezone.now() + timedelta(seconds=1), (
        "not at once: rebuilds would follow each other without end"
    )


def test_a_recount_that_dies_before_its_promise_makes_it_in_the_next_run(
    monkeypatch: pytest.MonkeyPatch, run_jobs: Callable[[], int]
) -> None:
    desk = factories.desk()
    claim = agreement_data.fill(desk, articles=1, claims=6)[0]
    change(claim)
    current_app.loader.import_default_modules()

    def dies(*_args: Any, **_facts: Any) -> None:
        raise RuntimeError("the worker is killed here")

    with monkeypatch.context() as patch:
        patch.setattr(jobs, "owe_once", dies)
        current_app.tasks["agreement.recount"].run(claim.pk)
    written = Claim.objects.get(pk=claim.pk).pattern
    assert written != claim.pattern
    assert not Work.objects.filter(kind="agreement.rebuild").exists()
    Work.objects.filter(kind="agreement.recount").update(due_at=timezone.now())
    run_jobs()
    assert Claim.objects.get(pk=claim.pk).pattern == written
    assert Score.objects.filter(article=None).exists()
    assert Score.objects.filter(article=claim.article_id).exists()

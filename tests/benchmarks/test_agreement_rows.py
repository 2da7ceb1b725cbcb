"""One review changed in a newsroom of 100,000 claims, measured on PostgreSQL: `make bench ARGS="-k agreement_rows"`.

Needs DATABASE_URL. The figures depend on the machine's load; trust the shares and ratios within one run.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from celery import current_app
from django.db import connection
from django.utils import timezone

from annotations.agreement import patterns, scoring
from annotations.models import Claim, Member, Review, Score, Work
from annotations.reviews import operations
from tests import agreement_rows, factories
from tests.benchmarks.test_agreement import say
from tests.processes import ROOT

pytestmark = [
    pytest.mark.django_db(transaction=True),  # the writers' connections must see what is written
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="measured on PostgreSQL alone: set DATABASE_URL to a server's"
    ),
]
SIZE = agreement_rows.Size(closed=100_000, lacking=2_000, fresh=2_000, articles=2_000, people=24)
CHANGES, UNCOUNTED = 60, 5
PROCESSES, EACH_PROCESS = 4, 4
ROUNDS = (False, True, True, False)  # with agreement or without; there and back, so that a slower machine hits both
ROUND, SECONDS = (
    150,
    8.0,
)  # claims of a round, all three reviews of each: the claims close, and there is something to keep


class Watch:
    """Seconds within the database (what was asked, and the answer read) and within the arithmetic; the statements."""

    def __init__(self) -> None:
        self.database, self.arithmetic, self.whole = 0.0, 0.0, 0.0
        self.asked: list[tuple[str, Any]] = []

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.database += time.perf_counter() - began
            self.asked.append((sql, params))

    def computing(self, score: Callable[..., Any]) -> Callable[..., Any]:
        def found(*values: Any, **facts: Any) -> Any:
            began = time.perf_counter()
            try:
                return score(*values, **facts)
            finally:
                self.arithmetic += time.perf_counter() - began

        return found


def perform(kind: str, subject_id: int) -> Watch:
    """The whole job, as a worker does it, with the queue's bookkeeping."""
    Work.objects.filter(kind=kind, subject_id=subject_id).update(due_at=timezone.now() - timedelta(seconds=1))
    with pytest.MonkeyPatch.context() as patch, connection.execute_wrapper(watch := Watch()):
        patch.setattr(scoring, "rows", watch.computing(scoring.rows))
        patch.setattr(patterns, "table", watch.computing(patterns.table))
        began = time.perf_counter()
        current_app.tasks[kind].run(subject_id)
        watch.whole = time.perf_counter() - began
    assert Work.objects.filter(kind=kind, subject_id=subject_id, state="done").exists()
    return watch


def submitted(claim: Claim, desk: factories.Desk) -> None:
    """The last verdict that the claim lacks."""
    gave = set(Review.objects.filter(claim=claim).values_list("reviewer_id", flat=True))
    who = next(member for member in desk.reviewers if member.pk not in gave)
    answer = factories.answer("half_true", url=f"https://source.example.com/{claim.pk}")
    operations.submit(claim, answer, by=who, row_version=None)


def spread(found: list[float]) -> str:
    return f"{statistics.median(found) * 1e3:6.1f} / {statistics.quantiles(found, n=20)[-1] * 1e3:.1f} ms"


def one_review_changed(desk: factories.Desk) -> None:
    current_app.loader.import_default_modules()
    found: list[tuple[Watch, Watch, Watch]] = []
    lacking = Claim.objects.filter(state="in_review").select_related("newsroom", "scale").order_by("pk")
    for claim in list(lacking[: CHANGES + UNCOUNTED]):
        submitted(claim, desk)
        recount = perform("agreement.recount", claim.pk)
        rebuild = perform("agreement.rebuild", claim.newsroom_id)
        found.append((recount, rebuild, perform("agreement.rebuild_article", claim.article_id)))
    del found[:UNCOUNTED]
    both = [one.database + one.arithmetic + two.database + two.arithmetic for one, two, _article in found]
    say("one review changed, claim and newsroom: database and arithmetic", spread(both), "<= 50 ms")
    say("... of them arithmetic: all metrics with intervals", spread([two.arithmetic for _one, two, _a in found]), "-")
    say(
        "... both jobs whole, with Django and the queue", spread([one.whole + two.whole for one, two, _a in found]), "-"
    )
    say("... ... the claim's recount", spread([one.whole for one, _two, _a in found]), "-")
    say("... ... the newsroom's rebuild", spread([two.whole for _one, two, _a in found]), "-")
    say("... beside them, its article's rebuild", spread([article.whole for _one, _two, article in found]), "-")
    check_reads(recount, rebuild)
    newest = Score.objects.filter(article=None, metric="percent_agreement").order_by("-pk").first()
    assert newest is not None
    assert newest.claims == Claim.objects.filter(state__in=["agreed", "disputed"]).count()
    assert newest.reviewers == SIZE.people


def check_reads(recount: Watch, rebuild: Watch) -> None:
    """No scan of reviews, by the plans of all that was asked."""
    reviews = rows = 0
    for sql, params in (*recount.asked, *rebuild.asked):
        if '"annotations_review"' in sql or "GROUP BY" in sql:
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + sql, params)
                for node in nodes(cursor.fetchone()[0][0]["Plan"]):
                    assert (node["Node Type"], node.get("Relation Name")) != ("Seq Scan", "annotations_review"), sql
                    if node.get("Relation Name") == "annotations_review":
                        reviews += node["Actual Rows"] * node["Actual Loops"]
                    elif node.get("Index Name") == "claim_patterns":
                        rows += node["Actual Rows"] * node["Actual Loops"]
    say("... reviews read, of all", f"{reviews:8,} of {Review.objects.count():,}", "no scan")
    say("... entries read of the index of patterns", f"{rows:8,}", "-")


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


class Child:
    def __init__(self, *arguments: str) -> None:
        settings = connection.settings_dict
        url = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{settings['NAME']}"))
        env = {name: value for name, value in os.environ.items() if name not in ("REDIS_URL", "FACTCHECK_DATA")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.agreement_writers", *arguments],
            cwd=ROOT,
            env=env | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tell(self, **words: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()

    def hear(self) -> dict[str, int]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("{"):
                found: dict[str, int] = json.loads(line)
                return found
        raise AssertionError("a process of the benchmark ended early")

    def stop(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()


def owed() -> int:
    return Work.objects.filter(kind__startswith="agreement.").exclude(state="done").count()


def sixteen_writers() -> None:
    """Everyone judges claims that two others judge too, in an order of their own."""
    people = list(Member.objects.filter(role="reviewer").order_by("pk").values_list("pk", flat=True))[:16]
    fresh = list(Claim.objects.filter(state="open").order_by("pk").values_list("pk", flat=True))
    claims = [(pk, [people[(number * 3 + step) % 16] for step in range(3)]) for number, pk in enumerate(fresh)]
    children = [Child("writers", str(EACH_PROCESS * each), str(EACH_PROCESS)) for each in range(PROCESSES)]
    children.append(Child("worker"))
    try:
        for child in children:
            child.hear()
        rates, drained, left = rounds(claims, children[:PROCESSES])
    finally:
        for child in children:
            child.stop()
    assert not Work.objects.filter(kind__startswith="agreement.", state="dead").exists()
    plain, kept = statistics.mean(rates[False]), statistics.mean(rates[True])
    say("16 writers at once, reviews submitted without / with agreement", f"{plain:.1f} / {kept:.1f} a second", "-")
    say("... with agreement, of the throughput without", f"{kept / plain:8.2f}", ">= 0.75")
    say("... one worker beside them: owed at their end / done after", f"{max(left)} / {max(drained):.1f} s", "-")


def rounds(
    claims: list[tuple[int, list[int]]], writers: list[Child]
) -> tuple[dict[bool, list[float]], list[float], list[int]]:
    """Reviews a second of each round, by whether agreement was kept; then how long the worker had to go on, and for how much."""
    rates: dict[bool, list[float]] = {False: [], True: []}
    drained, left = [], []
    for number, agreement in enumerate(ROUNDS):
        own = claims[number * ROUND : (number + 1) * ROUND]
        began = time.monotonic()
        for writer in writers:
            writer.tell(claims=own, seconds=SECONDS, agreement=agreement)
        many = sum(writer.hear()["submitted"] for writer in writers)
        rates[agreement].append(many / (time.monotonic() - began))
        ended = time.monotonic()
        left.append(owed())
        while owed():
            assert time.monotonic() - ended < 60
            time.sleep(0.05)
        drained.append(time.monotonic() - ended)
    return rates, drained, left


def test_a_large_newsroom() -> None:
    """One test, because filling it takes longest."""
    began = time.perf_counter()
    desk = agreement_rows.fill(SIZE)
    agreement_rows.analyse()
    say(f"{SIZE.closed:,} claims x {agreement_rows.EACH} written", f"{time.perf_counter() - began:8.1f} s", "-")
    one_review_changed(desk)
    sixteen_writers()

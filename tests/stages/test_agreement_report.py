"""What the agreement page reads: which claims count, what is cut, what is kept over time, and that a file gives the same."""

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from annotations import jobs
from annotations.agreement import diagnosis, operations, queries, tallies, wording
from annotations.agreement.tallies import Cut
from annotations.errors import InvalidInput
from annotations.models import Assignment, Claim, ClaimType, Disclosure, Member, Review, Score, Work
from annotations.newsrooms.queries import current_scale
from annotations.reviews import queries as reviews
from annotations.reviews import rules
from tests import agreement_data, factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> factories.Desk:
    return factories.desk()


def command(tmp_path: Path, text: str, *options: str) -> Any:
    path = tmp_path / "diagnosis.json"
    path.write_text(text, encoding="utf-8")
    out = io.StringIO()
    call_command("agreement", str(path), "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def same(shown: Any, told: Any) -> None:
    if isinstance(shown, dict):
        assert told == shown
    else:
        assert told == pytest.approx(shown, abs=1e-12)


@pytest.mark.parametrize(("articles", "unit"), [(6, "claim"), (24, "article")])
@pytest.mark.parametrize("role", ["editor", "admin"])
def test_every_figure_shown_follows_from_the_downloaded_file(
    desk: factories.Desk, tmp_path: Path, articles: int, unit: str, role: str
) -> None:
    agreement_data.fill(desk, articles=articles, claims=6)
    member: Member = getattr(desk, role)
    found = queries.report(member)
    text, media_type = diagnosis.diagnosis(member, None, Cut())
    answer = command(tmp_path, text)
    assert media_type == "application/json"
    for name, score in found.scores.items():
        same(score.value if score.value is not None else {"undefined": score.undefined}, answer["figures"][name])
    for name, expected in json.loads(text)["expected"].items():
        same(expected["value"], answer["figures"][name])
    assert "alpha_composite_lambda2_0.25" in json.loads(text)["expected"]
    assert "gwet_ac1_if_independent" in json.loads(text)["expected"]
    intervals = {row["metric"]: row for row in answer["intervals"]}
    for name in ("alpha_gate", "alpha_composite", "alpha_on_scale_ordinal", "gwet_ac1", "percent_agreement"):
        score = found.scores["alpha_scale" if name == "alpha_on_scale_ordinal" else name]
        assert score.low is not None
        assert (intervals[name]["low"], intervals[name]["high"]) == pytest.approx((score.low, score.high), abs=1e-9)
    assert intervals["alpha_composite"]["unit"] == unit
    assert ("by_article" in found.scores["alpha_composite"].notes) == (unit == "article")
    assert answer["n"]["pairable_units"] == found.first.pairable == articles * 6
    assert answer["n"]["reviewers"] == found.first.reviewers == 3
    for told, shown in zip(answer["coincidences"], found.pairs, strict=True):
        assert told == pytest.approx(shown, abs=1e-9)


def test_a_cut_report_and_its_file_hold_the_same_claims(desk: factories.Desk, tmp_path: Path) -> None:
    agreement_data.fill(desk)
    kind = ClaimType.objects.filter(newsroom=desk.newsroom).first()
    assert kind is not None
    some = list(Claim.objects.order_by("pk").values_list("pk", flat=True)[10:34])
    Claim.objects.filter(pk__in=some).update(claim_type=kind, topic="water", language="en")
    week_ago = timezone.now() - timedelta(days=9)
    Claim.objects.filter(pk__in=some[:4]).update(confirmed_at=week_ago)
    for wanted, many in (
        (Cut(claim_type=kind.key), 24),
        (Cut(topic="water", language="en"), 24),
        (Cut(language="ar"), 36),
        (Cut(until=(week_ago + timedelta(days=1)).date()), 4),
        (Cut(topic="water", since=(week_ago + timedelta(days=2)).date()), 20),
        (Cut(topic="air"), 0),
    ):
        found = queries.report(desk.editor, None, wanted)
        assert found.first.claims == many
        assert found.trend == []
        answer = command(tmp_path, diagnosis.diagnosis(desk.editor, None, wanted)[0]) if many else {}
        if many:
            same(found.scores["percent_agreement"].value, answer["figures"]["percent_agreement"])
        else:
            assert found.first.undefined == "no_pairs"
        assert Cut.parse(wanted.parameters()) == wanted
    for bad in ({"since": "soon"}, {"until": "2026-13-01"}, {"until": "0001-01-01"}, {"how": "by chance"}):
        with pytest.raises(InvalidInput):
            Cut.parse(bad)


def test_asked_and_chosen_claims_are_told_apart(desk: factories.Desk) -> None:
    article = agreement_data.plain_article(desk)
    for asked in [("rana", "rolf")] * 6 + [()] * 5 + [("rana",)] * 2:
        label = "false" if asked else "true"
        agreement_data.judged(desk, article, {"rana": "false", "rolf": label}, asked=asked)
    found = queries.report(desk.editor)
    assert (found.asked, found.chosen) == (14, 12)
    parts = {origin.how: origin.scores["percent_agreement"] for origin in found.origins}
    assert {how: (score.pairable, score.value) for how, score in parts.items()} == {
        "asked": (6, 1.0),
        "chosen": (5, 0.0),
        "both": (2, 1.0),
    }
    assert queries.report(desk.editor, None, Cut(how="both")).first.claims == 2


def test_claims_count_once_enough_verdicts_are_in(desk: factories.Desk) -> None:
    article = agreement_data.plain_article(desk)
    agreement_data.judged(desk, article, {"rana": "false", "rolf": "false"})
    agreement_data.judged(desk, article, {"rana": "true", "rolf": "false"}, state="in_review")
    agreement_data.judged(desk, article, {"rana": "true"}, state="open")
    late = agreement_data.judged(desk, article, {"rana": "true", "rolf": "true", "rita": "false"})
    Review.objects.filter(claim=late, reviewer=desk.reviewers[2]).update(is_first=False)  # stands in no pattern
    Claim.objects.filter(pk=late.pk).update(pattern="0:2", verdicts=2)
    found = queries.report(desk.editor)
    assert (found.first.claims, found.first.verdicts, found.asked + found.chosen) == (2, 4, 4)
    assert found.first.reviewers == 2


def test_who_was_asked_for_a_further_verdict_reads_without_the_claim(
    desk: factories.Desk, run_jobs: Callable[[], int]
) -> None:
    claims = agreement_data.fill(desk, articles=2, claims=6)
    _rebuild(desk, run_jobs)
    before = Score.objects.count()
    Score.objects.update(computed_at=timezone.now() - timedelta(days=1))
    new = agreement_data.judged(desk, claims[0].article, {"rana": "false", "rolf": "true"})
    _rebuild(desk, run_jobs)
    assert Score.objects.count() > before
    Assignment.objects.create(claim=new, member=desk.editor, created_by=desk.admin.user)

    blind, other = queries.report(desk.editor), queries.report(desk.second)
    assert (blind.left_out, blind.first.claims) == (1, 12)
    assert (other.left_out, other.first.claims) == (0, 13)
    assert len(blind.trend) == 3
    assert len(other.trend) == 6
    assert max(score.claims for score in queries.latest(desk.editor)) == 12
    assert len(json.loads(diagnosis.diagnosis(desk.editor, None, Cut())[0])["units"]) == 12
    assert len(json.loads(diagnosis.scores_json(desk.editor, None, Cut())[0])["scores"]) == before

    Disclosure.objects.create(claim=new, member=desk.editor)  # looked at the reviews: can no longer review it
    assert queries.report(desk.editor).first.claims == 13


def _rebuild(desk: factories.Desk, run_jobs: Callable[[], int]) -> None:
    jobs.owe("agreement.rebuild", desk.newsroom.pk, newsroom_id=desk.newsroom.pk)
    run_jobs()


def test_history_keeps_every_change_and_nothing_twice(desk: factories.Desk, run_jobs: Callable[[], int]) -> None:
    agreement_data.fill(desk, articles=1, claims=12)
    _rebuild(desk, run_jobs)
    _rebuild(desk, run_jobs)
    kept = Score.objects.filter(article=None)
    assert len(set(kept.values_list("inputs_digest", flat=True))) == 1
    assert len(set(kept.values_list("computed_at", flat=True))) == 1
    shown = queries.report(desk.editor)
    assert kept.get(metric="alpha_composite").value == shown.scores["alpha_composite"].value
    assert kept.earliest("pk").inputs_digest == shown.first.inputs_digest
    rows = list(csv.DictReader(io.StringIO(diagnosis.scores_csv(desk.editor, None, Cut())[0])))
    assert {row["metric"] for row in rows} == set(shown.scores)
    assert {row["claims"] for row in rows if row["metric"] == "percent_agreement"} == {"12"}
    document = json.loads(diagnosis.scores_json(desk.editor, None, Cut())[0])["scores"]
    assert [score["value"] for score in document] == [score.value for score in kept.order_by("pk")]

    Claim.objects.update(state="dropped", dropped_at=timezone.now())  # no figure outlives its last verdict
    _rebuild(desk, run_jobs)
    assert {score.undefined for score in queries.latest(desk.editor)} == {"no_pairs"}


def test_a_change_rebuilds_its_article_and_the_newsroom(desk: factories.Desk, run_jobs: Callable[[], int]) -> None:
    claims = agreement_data.fill(desk, articles=3, claims=4)
    Review.objects.filter(claim=claims[0]).update(label=claims[0].scale.labels.get(key="satire"))  # type: ignore[union-attr]
    jobs.owe("agreement.recount", claims[0].pk, newsroom_id=desk.newsroom.pk)
    run_jobs()
    assert set(Work.objects.filter(kind="agreement.rebuild_article").values_list("subject_id", flat=True)) == {
        claims[0].article_id
    }
    assert set(Score.objects.values_list("article_id", flat=True)) == {None, claims[0].article_id}


def test_stored_patterns_equal_a_recount_from_the_reviews(desk: factories.Desk, run_jobs: Callable[[], int]) -> None:
    claims = agreement_data.fill(desk, articles=2, claims=5)
    before = {claim.pk: (claim.pattern, claim.state, claim.verdicts) for claim in Claim.objects.all()}
    for claim in claims:
        jobs.owe("agreement.recount", claim.pk, newsroom_id=desk.newsroom.pk)
    run_jobs()
    assert {claim.pk: (claim.pattern, claim.state, claim.verdicts) for claim in Claim.objects.all()} == before


def test_few_claims_are_said_in_words(desk: factories.Desk) -> None:
    article = agreement_data.plain_article(desk)
    for _number in range(3):
        agreement_data.judged(desk, article, {"rana": "false", "rolf": "true"})
    score = queries.report(desk.editor).scores["alpha_composite"]
    assert wording.words(score) == "2 reviewers, 3 claims: not enough to say."
    assert wording.notes(score) == []
    assert wording.words(queries.report(desk.editor, article).scores["percent_agreement"]) == wording.words(score)
    for _number in range(3):
        agreement_data.judged(desk, article, {"rana": "false", "rolf": "false"})
    assert wording.words(queries.report(desk.editor).scores["percent_agreement"]) == "0.50"
    assert "not enough" in wording.words(queries.report(desk.editor, article).scores["alpha_composite"])


def test_the_fingerprint_tells_inputs_apart(desk: factories.Desk) -> None:
    scale = current_scale(desk.newsroom)
    one = operations.fingerprint({"0:2": 1}, scale, 2, by_article=False)
    assert one == operations.fingerprint({"0:2": 1}, scale, 2, by_article=False)
    assert one != operations.fingerprint({"0:2": 2}, scale, 2, by_article=False)
    assert tallies.blind_since([]) is None


def test_hidden_claims_are_those_that_the_rules_leave_open(desk: factories.Desk) -> None:
    """The query against the pure rule, over every state and standing."""
    article = agreement_data.plain_article(desk)
    member = desk.editor
    for state in ("in_review", "disputed", "agreed", "ruled", "published"):
        for own in ("", "draft", "submitted", "withdrawn"):
            for asked in (True, False):
                for seen in (True, False):
                    claim = agreement_data.judged(desk, article, {"rana": "false", "rolf": "false"}, state=state)
                    if own:
                        Review.objects.create(
                            newsroom=desk.newsroom,
                            claim=claim,
                            reviewer=member,
                            state=own,
                            scale=claim.scale,
                            label=Review.objects.filter(claim=claim).earliest("pk").label,
                            submitted_at=timezone.now() if own == "submitted" else None,
                            withdrawn_at=timezone.now() if own == "withdrawn" else None,
                        )
                    if asked:
                        Assignment.objects.create(claim=claim, member=member, created_by=desk.admin.user)
                    if seen:
                        Disclosure.objects.create(claim=claim, member=member)
    counted = list(Claim.objects.filter(state__in=tallies.COUNTED))
    standings = reviews.standings(member, counted)
    open_ones = {claim.pk for claim in counted if rules.may_still_review(standings[claim.pk])}
    assert len(open_ones) == 2 * 4
    assert set(tallies.hidden(member)) == open_ones

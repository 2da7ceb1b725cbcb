"""Reviewers, pairs and proposals from the database: equal to the pure engine over the same votes, and blind where they must be."""

import json
from typing import Any

import numpy as np
import pytest
from django.utils import timezone

from annotations.agreement import diagnosis, layouts, people, proposals
from annotations.agreement.reading import Options
from annotations.agreement.tallies import Cut
from annotations.errors import NotAllowed
from annotations.models import Assignment, Claim, Disclosure, Review, Ruling
from tests import agreement_data, factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> factories.Desk:
    return factories.desk()


def named(desk: factories.Desk) -> Any:
    """The engine's answer over the same votes, reviewers by their ids."""
    given = Review.objects.order_by("claim_id", "reviewer_id").values_list("claim_id", "reviewer_id", "label__key")
    units: dict[int, dict[str, str]] = {}
    for claim, reviewer, key in given:
        units.setdefault(claim, {})[str(reviewer)] = key
    document = json.loads(diagnosis.diagnosis(desk.admin, None, Cut())[0]) | {"units": list(units.values())}
    document.pop("articles", None)
    document.pop("unit_ids")
    return layouts.answer(json.dumps(document).encode(), Options(each_unit=True))


def test_everyone_as_the_engine_has_it(desk: factories.Desk) -> None:
    agreement_data.fill(desk, articles=8, claims=12)
    found, told = people.everyone(desk.admin), named(desk)
    assert len(found.persons) == 3
    by_person = {row["reviewer"]: row for row in told["reviewers"]}
    for person in found.persons:
        row = by_person[str(person.member.pk)] if str(person.member.pk) in by_person else by_person[person.member.pk]
        assert person.found.pairs == row["co_reviewed_pairs"]
        assert person.enough
        assert person.vs_rest is not None
        assert person.leniency is not None
        assert person.vs_rest.value == pytest.approx(row["vs_rest"], abs=1e-12)
        assert person.leniency.value == pytest.approx(row["rank_shift"], abs=1e-12)
    pairs = {frozenset(map(str, row["pair"])): row for row in told["pairs"]}
    assert len(found.couples) == len(pairs) == 3
    for couple in found.couples:
        row = pairs[frozenset((str(couple.one.pk), str(couple.other.pk)))]
        flipped = str(row["pair"][0]) != str(couple.one.pk)
        told_cells = np.array(row["confusion"])
        assert couple.found.shared == row["n"]
        assert couple.found.confusion.tolist() == (told_cells.T if flipped else told_cells).tolist()
        for name in ("cohen", "cohen_quadratic", "alpha_composite", "percent_agreement"):
            assert couple.found.figures[name].value == pytest.approx(row[name], abs=1e-12)


def test_below_the_minimum_only_counts(desk: factories.Desk) -> None:
    agreement_data.fill(desk, articles=1, claims=19, names=("rana", "rolf"))
    found = people.everyone(desk.admin)
    assert [(person.reviewed, person.shared, person.vs_rest, person.leniency) for person in found.persons] == [
        (19, 19, None, None)
    ] * 2
    assert [(couple.found.shared, dict(couple.found.figures)) for couple in found.couples] == [(19, {})]
    agreement_data.judged(desk, Claim.objects.earliest("pk").article, {"rana": "true", "rolf": "true"})
    assert set(people.everyone(desk.admin).couples[0].found.figures) >= {"cohen", "cohen_quadratic", "rank_shift"}


def test_ones_own_figures_rest_on_claims_that_one_has_judged(desk: factories.Desk) -> None:
    agreement_data.fill(desk, articles=6, claims=10, names=("rana", "rolf"))
    agreement_data.fill(desk, articles=3, claims=10, seed=9, names=("rita", "rolf"))
    rana, _rolf, rita = desk.reviewers
    before = people.own(rana)
    assert (before.person.reviewed, before.person.shared) == (60, 60)
    assert [couple.found.shared for couple in before.couples] == [60]
    assert before.person.vs_rest is not None
    assert people.own(rita).person.vs_rest is None  # 30 claims: counts alone
    # Whatever happens on claims that she has not judged changes nothing that she sees.
    Review.objects.filter(reviewer=rita).update(label=Review.objects.filter(reviewer=rana).earliest("pk").label)
    agreement_data.fill(desk, articles=1, claims=10, seed=3, names=("rita", "rolf"))
    after = people.own(rana)
    assert after.person.vs_rest == before.person.vs_rest
    assert after.person.leniency == before.person.leniency
    mine = [couple for couple in people.everyone(desk.admin).couples if rana in (couple.one, couple.other)]
    assert [couple.found.confusion.tolist() for couple in mine] == [
        couple.found.confusion.tolist() for couple in after.couples
    ]


def test_later_verdicts_and_withdrawn_ones_never_enter(desk: factories.Desk) -> None:
    agreement_data.fill(desk, articles=1, claims=21, names=("rana", "rolf"))
    first = Review.objects.filter(reviewer=desk.reviewers[0]).order_by("pk")
    Review.objects.filter(pk=first[0].pk).update(is_first=False)
    Review.objects.filter(pk=first[1].pk).update(state="withdrawn", withdrawn_at=timezone.now())
    assert people.everyone(desk.admin).couples[0].found.shared == 19
    assert people.own(desk.reviewers[1]).couples[0].found.shared == 19


def test_only_admins_see_everyone(desk: factories.Desk) -> None:
    for member in (desk.editor, desk.reviewers[0]):
        with pytest.raises(NotAllowed):
            people.everyone(member)
    agreement_data.fill(desk, articles=1, claims=3, names=("rana", "rolf"))
    hidden = Claim.objects.earliest("pk")
    Assignment.objects.create(claim=hidden, member=desk.admin, created_by=desk.editor.user)
    assert people.everyone(desk.admin).couples[0].found.shared == 2


def test_a_file_for_an_editor_leads_to_no_person_or_claim(desk: factories.Desk) -> None:
    agreement_data.fill(desk, articles=2, claims=8)
    text = diagnosis.diagnosis(desk.editor, None, Cut())[0]
    document = json.loads(text)
    assert "unit_ids" not in document
    assert {name for unit in document["units"] for name in unit} == {"r1", "r2", "r3"}
    for member in desk.reviewers:
        assert member.user.name not in text
        assert member.user.email not in text
    seen = {json.dumps(json.loads(diagnosis.diagnosis(desk.editor, None, Cut())[0])["units"]) for _time in range(6)}
    assert len(seen) > 1  # neither order nor pseudonym is the same in the next file
    assert len(json.loads(diagnosis.diagnosis(desk.admin, None, Cut())[0])["unit_ids"]) == 16


def test_a_proposal_beside_the_votes(desk: factories.Desk) -> None:
    agreement_data.fill(desk, articles=9, claims=10)
    claim = agreement_data.judged(desk, Claim.objects.earliest("pk").article, {"rana": "false", "rolf": "mostly_true"})
    assert proposals.of_claim(desk.editor, claim) is None  # has not looked at the reviews
    Disclosure.objects.create(claim=claim, member=desk.editor)
    found = proposals.of_claim(desk.editor, claim)
    assert found is not None
    assert (found.method, found.converged, found.temperature, found.ruled) == ("dawid_skene_map", True, None, 0)
    assert found.claims == 91
    assert found.shares[0][0] == found.label
    assert sum(share for _label, share in found.shares) == pytest.approx(1, abs=0.05)
    assert found.label.key in ("false", "mostly_true", "half_true", "mostly_false")
    assert found.label in found.credible
    told = named(desk)["claims"][-1]
    assert told["map_label"] == found.label.key
    assert found.shares[0][1] == pytest.approx(max(told["posterior"]), abs=1e-9)


def test_few_data_fall_back_to_votes_and_prevalence(desk: factories.Desk) -> None:
    article = agreement_data.plain_article(desk)
    for _number in range(3):
        agreement_data.judged(desk, article, {"rana": "true", "rolf": "true"})
    claim = agreement_data.judged(desk, article, {"rana": "true", "rolf": "false"})
    Disclosure.objects.create(claim=claim, member=desk.editor)
    found = proposals.of_claim(desk.editor, claim)
    assert found is not None
    assert found.is_plain
    assert (found.label.key, found.tied) == ("true", False)
    assert found.shares[0][1] == pytest.approx((1 + (3 + 0.5) / 4) / 3)


def test_fifty_rulings_calibrate(desk: factories.Desk) -> None:
    claims = agreement_data.fill(desk, articles=9, claims=10)
    for claim in claims[:60]:
        label = Review.objects.filter(claim=claim).order_by("pk").earliest("pk").label
        Ruling.objects.create(
            newsroom=desk.newsroom, claim=claim, state="published", label=label, basis="adopted",
            ruled_at=timezone.now(), ruled_by=desk.editor.user,
        )  # fmt: skip
    claim = claims[-1]
    Disclosure.objects.create(claim=claim, member=desk.editor)
    found = proposals.of_claim(desk.editor, claim)
    assert found is not None
    assert found.ruled == 60
    assert found.temperature is not None
    assert found.temperature > 0

"""The rules as truth tables: who may review, see, disclose; what is disputed; which step follows which."""

import itertools

import pytest

from annotations.agreement.disputes import disagreement, outcome
from annotations.agreement.patterns import Declared, key, parse
from annotations.models.claims import ClaimState
from annotations.models.newsrooms import Role
from annotations.models.rulings import RulingState
from annotations.reviews import rules
from annotations.reviews.rules import Standing
from annotations.rulings import rules as ruling_rules

JUDGED = (ClaimState.DISPUTED, ClaimState.AGREED)
EVERY = [
    Standing(role=role, claim_state=state, own=own, assigned=assigned, disclosed=disclosed)
    for role, state, own, assigned, disclosed in itertools.product(
        Role.values, ClaimState.values, ("", "draft", "submitted", "withdrawn"), (False, True), (False, True)
    )
]


@pytest.mark.parametrize("standing", EVERY)
def test_nobody_sees_reviews_while_they_may_still_give_one(standing: Standing) -> None:
    if rules.may_still_review(standing):
        assert not rules.may_see_reviews(standing)
        assert rules.shown_state(standing) == ClaimState.OPEN
    if rules.may_see_reviews(standing):
        assert not rules.may_still_review(standing)
    if standing.role == Role.REVIEWER and standing.own != "submitted" and not standing.disclosed:
        assert not rules.may_see_reviews(standing)
        assert not rules.may_disclose(standing)
        assert rules.shown_state(standing) not in JUDGED


def expected(standing: Standing) -> str:
    if standing.disclosed:
        return "has_seen_others"
    if standing.own == "submitted":
        return "submitted_already"
    if standing.claim_state in ("open", "in_review"):
        return ""
    if standing.claim_state in JUDGED:
        return "" if standing.assigned or standing.own == "draft" else "not_asked"
    return "not_open"


@pytest.mark.parametrize("standing", EVERY)
def test_who_may_review(standing: Standing) -> None:
    assert rules.refusal_to_review(standing) == expected(standing)


SIX = Declared((5, 4, 3, 2, 1, 0, None, None))  # true … absurd, unproven, satire


@pytest.mark.parametrize(
    ("counts", "word"),
    [
        ({}, "undefined"),
        ({0: 1}, "undefined"),
        ({0: 2}, "agreed"),
        ({0: 1, 1: 1}, "near"),
        ({0: 1, 2: 1}, "disputed"),
        ({0: 5, 3: 1}, "disputed"),
        ({0: 1, 5: 1}, "disputed"),
        ({4: 3, 5: 1}, "near"),
        ({0: 1, 6: 1}, "disputed"),
        ({6: 2}, "agreed"),
        ({6: 1, 7: 1}, "disputed"),
        ({0: 1, 1: 1, 2: 1}, "disputed"),
    ],
)
def test_what_is_disputed(counts: dict[int, int], word: str) -> None:
    assert outcome(counts, SIX) == word


def test_scales_that_define_no_agreement() -> None:
    assert outcome({0: 2}, Declared((None,))) == "undefined"
    assert disagreement({0: 2}, Declared((None,))) is None


@pytest.mark.parametrize(
    ("counts", "value"),
    [({0: 2}, 0.0), ({3: 1, 5: 1}, 0.16), ({0: 3, 3: 1}, 0.18), ({0: 1, 6: 1}, 1.0), ({0: 1}, None)],
)
def test_distance_of_one_claim(counts: dict[int, int], value: float | None) -> None:
    """.16 and .18 are the worked examples of the fixed distance on six steps."""
    assert disagreement(counts, SIX) == (None if value is None else pytest.approx(value))


@pytest.mark.parametrize("counts", [{}, {0: 1}, {3: 2, 1: 1}, {10: 12}])
def test_pattern_keys_come_back(counts: dict[int, int]) -> None:
    assert parse(key(counts)) == counts


STEPS = {
    ("draft", "awaiting_sign_off"),
    ("draft", "published"),
    ("draft", "void"),
    ("awaiting_sign_off", "draft"),
    ("awaiting_sign_off", "published"),
    ("awaiting_sign_off", "void"),
    ("published", "corrected"),
    ("published", "retracted"),
    ("corrected", "corrected"),
    ("corrected", "retracted"),
    ("retracted", "void"),
}


@pytest.mark.parametrize(("old", "new"), itertools.product(RulingState.values, RulingState.values))
def test_steps_of_a_ruling(old: str, new: str) -> None:
    assert ruling_rules.may_follow(old, new) == ((old, new) in STEPS)


@pytest.mark.parametrize(
    ("basis", "label", "verdicts", "fits"),
    [
        ("unanimous", "false", ["false", "false"], True),
        ("unanimous", "false", ["false", "true"], False),
        ("unanimous", "true", ["false", "false"], False),
        ("unanimous", "false", [], False),
        ("adopted", "false", ["false", "true"], True),
        ("adopted", "half", ["false", "true"], False),
        ("new", "half", ["false", "true"], True),
        ("", "false", ["false"], False),
    ],
)
def test_what_a_ruling_rests_on(basis: str, label: str, verdicts: list[str], fits: bool) -> None:
    assert ruling_rules.basis_fits(basis, label, verdicts) is fits

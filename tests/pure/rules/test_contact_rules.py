"""The log of contacts over every role, state and standing: whom the desk asked is everybody's, a reviewer's own asking is not."""

import itertools

import pytest

from annotations.models.claims import ClaimState
from annotations.models.newsrooms import Role
from annotations.reviews import contact_rules, rules
from annotations.reviews.rules import Standing

EVERY = [
    Standing(role=role, claim_state=state, own=own, assigned=assigned, disclosed=disclosed)
    for role, state, own, assigned, disclosed in itertools.product(
        Role.values, ClaimState.values, ("", "draft", "submitted", "withdrawn"), (False, True), (False, True)
    )
]


@pytest.mark.parametrize("reader", EVERY)
def test_who_reads(reader: Standing) -> None:
    assert contact_rules.may_read_entry(reader, within_review=False, is_own=False)
    assert contact_rules.may_read_entry(reader, within_review=True, is_own=True)
    if rules.may_still_review(reader):
        assert not contact_rules.may_read_entry(reader, within_review=True, is_own=False)
    assert contact_rules.may_read_entry(reader, within_review=True, is_own=False) == rules.may_see_reviews(reader)


@pytest.mark.parametrize("author", EVERY)
def test_whose_entries_belong_to_a_review(author: Standing) -> None:
    """Whoever reviews it, was asked to, or has: their name on an entry would name a reviewer."""
    desk = author.role in (Role.EDITOR, Role.ADMIN) and author.own == "" and not author.assigned
    assert contact_rules.is_within_review(author) == (not desk)


@pytest.mark.parametrize("author", EVERY)
def test_who_enters(author: Standing) -> None:
    allowed = contact_rules.may_enter(author)
    if author.role != Role.REVIEWER:
        assert allowed
    elif not rules.may_still_review(author) and not rules.may_see_reviews(author):
        assert not allowed
    else:
        assert allowed

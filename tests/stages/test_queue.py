"""The reviewer's queue: leases, assignment, and why there is nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from annotations.claims import cutting, facts
from annotations.claims import operations as claims
from annotations.claims import queries as claim_queries
from annotations.claims.cutting import Piece
from annotations.errors import Conflict, InvalidInput, NotAllowed
from annotations.models import Article, Claim, Lease, Review
from annotations.reviews import operations, queries
from tests import factories


@pytest.fixture
def desk(db: None) -> factories.Desk:
    return factories.desk()


@pytest.fixture
def article(desk: factories.Desk, run_jobs: Callable[[], int]) -> Article:
    article = factories.article(desk)
    run_jobs()
    article.refresh_from_db()
    return article


def test_never_more_holders_than_verdicts_wanted(desk: factories.Desk, article: Article) -> None:
    claim = factories.open_claim(desk, article)
    one, two, three = desk.reviewers
    assert operations.take_next(by=one) == claim
    assert operations.take_next(by=two) == claim
    assert operations.take_next(by=three) is None
    assert queries.why_empty(three)[0] == "leased"
    Lease.objects.filter(member=one).update(until=timezone.now() - timedelta(minutes=1))
    assert operations.take_next(by=three) == claim
    with pytest.raises(Conflict):
        operations.open_claim(claim, by=one)


def test_a_draft_keeps_its_author_in(desk: factories.Desk, article: Article) -> None:
    claim = factories.open_claim(desk, article)
    one, two, three = desk.reviewers
    operations.open_claim(claim, by=one)
    operations.save_draft(claim, factories.Answer(reason="begun"), by=one, row_version=None)
    operations.release(claim, by=one)
    factories.submit(claim, two)
    factories.submit(claim, three)
    assert operations.open_claim(claim, by=one).member_id == one.pk


def test_assigned_claims_come_first_and_are_told_apart(desk: factories.Desk, article: Article) -> None:
    first, second = factories.open_claim(desk, article, 0), factories.open_claim(desk, article, 1)
    low = min((first, second), key=lambda claim: claim.score or 0)
    rana, rolf, _rita = desk.reviewers
    claims.assign(low, by=desk.editor, member_ids=[rana.pk])
    assert operations.take_next(by=rana) == low
    factories.submit(low, rana)
    factories.submit(low, rolf)
    assert dict(Review.objects.values_list("reviewer_id", "was_assigned")) == {rana.pk: True, rolf.pk: False}


@pytest.mark.parametrize("why", ["nothing_confirmed", "all_done", "yours_done"])
def test_why_there_is_nothing(desk: factories.Desk, article: Article, why: str) -> None:
    rana = desk.reviewers[0]
    if why == "all_done":
        for claim in claim_queries.of_article(desk.editor, article):
            claims.drop(claim, by=desk.editor, reason="not worth it")
    if why == "yours_done":
        factories.submit(factories.open_claim(desk, article), rana)
    assert operations.take_next(by=rana) is None
    assert queries.why_empty(rana)[0] == why


def test_a_disputed_claim_takes_a_third_verdict_only_from_who_was_asked(
    desk: factories.Desk, article: Article, run_jobs: Callable[[], int]
) -> None:
    claim = factories.open_claim(desk, article)
    one, two, three = desk.reviewers
    factories.submit(claim, one, "true")
    factories.submit(claim, two, "false")
    run_jobs()
    claim = claim_queries.get(desk.editor, claim.pk)
    assert claim.state == "disputed"
    with pytest.raises(NotAllowed) as caught:
        operations.open_claim(claim, by=three)
    assert caught.value.code == "not_asked"
    claims.assign(claim, by=desk.editor, member_ids=[three.pk])
    factories.submit(claim, three, "false")
    run_jobs()
    assert Claim.objects.get(pk=claim.pk).verdicts == 3


def test_claim_list_work(desk: factories.Desk, article: Article) -> None:
    """Confirm, add, adjust, merge, drop, restore: each once, each undone or refused where it must be."""
    editor = desk.editor
    assert article.current is not None
    text = article.current.text
    words = "كلّف 18 مليون دينار"
    start = text.index(words)
    added = claims.add(article, by=editor, start=start - 1, end=start + len(words), exact=" " + words)
    assert added.spans.get().exact == words
    with pytest.raises(Conflict):
        claims.add(article, by=editor, start=start, end=start + len(words), exact=words)
    piece = Piece(start=start, end=start + 4, exact=text[start : start + 4])
    moved = cutting.adjust(added, by=editor, pieces=[piece])
    assert moved.spans.get().exact == text[start : start + 4]
    one, two, *_rest = claim_queries.of_article(editor, article)
    merged = claims.merge([two, one], by=editor)
    assert merged == one
    assert merged.spans.count() == 2
    with pytest.raises(Conflict):
        claims.restore(Claim.objects.get(pk=two.pk), by=editor)
    with pytest.raises(InvalidInput):
        claims.drop(one, by=editor, reason=" ")
    dropped = claims.drop(one, by=editor, reason="opinion")
    assert dropped.state == "dropped"
    assert claims.restore(dropped, by=editor).state == "proposed"
    confirmed = claims.confirm(dropped, by=editor)
    factories.submit(claim_queries.get(editor, confirmed.pk), desk.reviewers[0])
    with pytest.raises(Conflict):
        cutting.adjust(
            claim_queries.get(editor, confirmed.pk), by=editor, pieces=[Piece(start=0, end=7, exact=text[:7])]
        )


def test_nothing_is_filled_in_and_unknown_at_once(desk: factories.Desk, article: Article) -> None:
    claim = factories.open_claim(desk, article)
    claim = facts.edit(
        claim, by=desk.editor, row_version=None, changes={"unknown": ["claimant", "claimed_on", "nonsense"]}
    )
    assert claim.unknown == ["claimant", "claimed_on"]
    claim = facts.edit(claim, by=desk.editor, row_version=None, changes={"claimant": "سالم"})
    assert claim.unknown == ["claimed_on"]

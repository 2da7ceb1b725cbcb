"""An article gets a new text: claims are anchored, moved, reworded (and open again) or orphaned (and wait for an editor)."""

from collections.abc import Callable

import pytest

from annotations.articles import operations
from annotations.claims import cutting
from annotations.claims import operations as claim_operations
from annotations.claims import queries as claims
from annotations.claims.cutting import Piece
from annotations.errors import Conflict
from annotations.models import Article, Claim, Event, Review, Span
from annotations.reviews import queries as reviews
from tests import factories

FIRST = "The bridge cost 18 million. It took three years. Cars pay nothing."

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None) -> factories.Desk:
    return factories.desk()


@pytest.fixture
def article(desk: factories.Desk, run_jobs: Callable[[], int]) -> Article:
    made = factories.article(desk, FIRST)
    run_jobs()
    made.refresh_from_db()
    return made


def piece(article: Article, words: str) -> Piece:
    assert article.current is not None
    start = article.current.text.index(words)
    return Piece(start=start, end=start + len(words), exact=words)


def test_a_new_text(desk: factories.Desk, article: Article, run_jobs: Callable[[], int]) -> None:
    opened = factories.open_claim(desk, article, 1)
    article.refresh_from_db()
    text = "Yesterday it opened. The bridge cost 18 million. Cars pay nothing."
    version = operations.revise(article, by=desk.editor, text=text)
    article.refresh_from_db()
    with pytest.raises(Conflict):
        operations.revise(article, by=desk.editor, text="Another text.")
    run_jobs()
    article.refresh_from_db()
    assert article.current == version
    states = {claim.number: claim.state for claim in Claim.objects.filter(article=article)}
    assert states == {1: "proposed", 2: "orphaned", 3: "proposed", 4: "proposed"}
    words = [claims.quote(claim) for claim in claims.of_article(desk.editor, article) if claim.state != "orphaned"]
    assert words == ["Yesterday it opened.", "The bridge cost 18 million.", "Cars pay nothing."]
    assert set(Span.objects.filter(version=version).values_list("anchor", flat=True)) == {"anchored"}
    assert operations.revise(article, by=desk.editor, text=version.text) == version
    assert [claim.pk for claim in claims.to_look_at(desk.editor)] == [opened.pk]
    assert claims.wordings(claims.to_look_at(desk.editor)[0]) == ("It took three years.", "")


def test_reworded_claims_are_open_again(desk: factories.Desk, article: Article, run_jobs: Callable[[], int]) -> None:
    """Verdicts on the old words go back to their authors as drafts, with everything typed; blindness holds."""
    claim = factories.open_claim(desk, article, 1)
    one, two, _three = desk.reviewers
    factories.submit(claim, one, "false")
    factories.submit(claim, two, "true")
    run_jobs()
    assert Claim.objects.get(pk=claim.pk).state == "disputed"
    factories.revised(desk, article, FIRST.replace("three", "four"), run_jobs)
    claim = claims.get(desk.editor, claim.pk)
    assert (claim.state, claim.anchor, claim.anchor_checked, claim.verdicts) == ("open", "reworded", False, 0)
    assert claims.wordings(claim) == ("It took three years.", "It took four years.")
    drafts = Review.objects.filter(claim=claim)
    assert {review.state for review in drafts} == {"draft"}
    assert all(review.reason and review.draft["evidence"] for review in drafts)
    assert Event.objects.filter(kind="review.reopened", audience="one").count() == 2
    assert reviews.mine(one, claim) is not None
    cutting.keep(claim, by=desk.editor)
    assert not claims.to_look_at(desk.editor)
    mine = reviews.mine(one, claim)
    assert mine is not None
    from annotations.reviews import operations as review_operations

    review_operations.submit(
        claim, factories.answer("false", url="https://s.example.com/p"), by=one, row_version=mine.row_version
    )
    run_jobs()
    assert Claim.objects.get(pk=claim.pk).verdicts == 1  # a first verdict on the new words


def test_spelling_alone_asks_nobody_again(desk: factories.Desk, article: Article, run_jobs: Callable[[], int]) -> None:
    claim = factories.open_claim(desk, article, 0)
    factories.submit(claim, desk.reviewers[0], "false")
    run_jobs()
    factories.revised(desk, article, FIRST.replace("18 million", "١٨ million"), run_jobs)
    claim = claims.get(desk.editor, claim.pk)
    assert (claim.state, claim.anchor, claim.reworded_at) == ("in_review", "reworded", None)
    assert Review.objects.get(claim=claim).state == "submitted"


def test_an_orphan_is_placed_by_an_editor(desk: factories.Desk, article: Article, run_jobs: Callable[[], int]) -> None:
    claim = factories.open_claim(desk, article, 1)
    factories.submit(claim, desk.reviewers[0], "false")
    run_jobs()
    article = factories.revised(
        desk, article, "The bridge cost 18 million. Building went on and on. Cars pay nothing.", run_jobs
    )
    claim = claims.get(desk.editor, claim.pk)
    assert claim.state == "orphaned"
    placed = cutting.place(claim, by=desk.editor, pieces=[piece(article, "Building went on and on.")])
    run_jobs()
    assert (Claim.objects.get(pk=placed.pk).state, placed.anchor) == ("open", "reworded")
    assert Review.objects.get(claim=claim).state == "draft"
    with pytest.raises(Conflict, match="stands where it stood"):
        cutting.place(claims.get(desk.editor, claim.pk), by=desk.editor, pieces=[piece(article, "Cars pay nothing.")])


def test_words_that_come_back_bring_their_claim_back(
    desk: factories.Desk, article: Article, run_jobs: Callable[[], int]
) -> None:
    claim = factories.open_claim(desk, article, 1)
    article = factories.revised(desk, article, "The bridge cost 18 million. Cars pay nothing.", run_jobs)
    assert Claim.objects.get(pk=claim.pk).state == "orphaned"
    article = factories.revised(desk, article, FIRST, run_jobs)
    assert article.current is not None
    assert article.current.number == 3
    assert (Claim.objects.get(pk=claim.pk).state, Claim.objects.get(pk=claim.pk).anchor_checked) == ("open", True)
    assert Claim.objects.filter(article=article).count() == 3


def test_a_claim_of_two_spans_that_loses_one(
    desk: factories.Desk, article: Article, run_jobs: Callable[[], int]
) -> None:
    claim = factories.open_claim(desk, article, 0)
    article.refresh_from_db()
    both = [piece(article, "The bridge cost 18 million."), piece(article, "Cars pay nothing.")]
    cutting.adjust(claim, by=desk.editor, pieces=both)
    factories.revised(desk, article, "The bridge cost 18 million. It took three years.", run_jobs)
    claim = claims.get(desk.editor, claim.pk)
    assert (claim.state, claim.anchor, claims.quote(claim)) == ("open", "reworded", "The bridge cost 18 million.")


def test_what_is_dropped_stays_where_it_was(
    desk: factories.Desk, article: Article, run_jobs: Callable[[], int]
) -> None:
    dropped = claim_operations.drop(claims.of_article(desk.editor, article)[1], by=desk.editor, reason="opinion")
    factories.revised(desk, article, "It took three years, nobody knows why.", run_jobs)
    assert Claim.objects.get(pk=dropped.pk).spans.count() == 1


def test_every_number_stays_its_own(desk: factories.Desk, article: Article, run_jobs: Callable[[], int]) -> None:
    factories.revised(desk, article, FIRST + " A new sentence of 40 words.", run_jobs)
    assert sorted(Claim.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert set(Claim.objects.values_list("state", flat=True)) == {"proposed"}

"""The claim list in an editor's hands: split, several spans, types, undo. Every act in the log, every act undone or refused."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from annotations.claims import cutting, facts, undoing
from annotations.claims import operations as claims
from annotations.claims import queries as claim_queries
from annotations.claims.cutting import Piece
from annotations.claims.repeats import index
from annotations.errors import Conflict, InvalidInput, NotAllowed, TextDiffers
from annotations.models import Article, Change, Claim, Event
from annotations.newsrooms import claim_types
from tests import factories

TEXT = (
    "The council paid 3 million for the bridge, and the mayor opened it on a Sunday in May. Cars pay nothing.\n\n"
    "Critics 🙂 say it cost twice that."
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None) -> factories.Desk:
    return factories.desk()


@pytest.fixture
def article(desk: factories.Desk, run_jobs: Callable[[], int]) -> Article:
    made = factories.article(desk, TEXT)
    run_jobs()
    return Article.objects.select_related("current").get(pk=made.pk)


def piece(words: str, restated: str = "") -> Piece:
    start = TEXT.index(words)
    return Piece(start=start, end=start + len(words), exact=words, restated=restated)


def listed(desk: factories.Desk, article: Article) -> list[Claim]:
    return claim_queries.of_article(desk.editor, article)


def test_split_where_the_segmenter_suggests(desk: factories.Desk, article: Article) -> None:
    first = listed(desk, article)[0]
    assert [TEXT[start:end] for start, end, _restated in first.parts] == [
        "The council paid 3 million for the bridge",
        "the mayor opened it on a Sunday in May.",
    ]
    made = cutting.split(
        first,
        by=desk.editor,
        pieces=[
            piece("The council paid 3 million for the bridge"),
            piece("the mayor opened it on a Sunday in May", "The mayor opened the bridge on a Sunday in May."),
        ],
    )
    assert [(claim.number, claim.state) for claim in made] == [(1, "proposed"), (4, "proposed")]
    assert claim_queries.wording(made[1]) == "The mayor opened the bridge on a Sunday in May."
    assert claim_queries.quote(made[1]) == "the mayor opened it on a Sunday in May"
    assert Event.objects.filter(kind="claim.split").count() == 1
    assert made[0].score is not None


def test_atomic_claims_over_the_same_words(desk: factories.Desk, article: Article) -> None:
    """The span never changes; the restated texts tell the claims apart."""
    first = listed(desk, article)[0]
    whole = claim_queries.quote(first)
    made = cutting.split(
        first, by=desk.editor, pieces=[piece(whole, "The bridge cost 3 million."), piece(whole, "The mayor opened it.")]
    )
    assert {claim_queries.quote(claim) for claim in made} == {whole}
    with pytest.raises(InvalidInput, match="same"):
        cutting.split(made[0], by=desk.editor, pieces=[piece(whole, "x"), piece(whole, "x ")])
    with pytest.raises(InvalidInput):
        cutting.split(made[0], by=desk.editor, pieces=[piece(whole)])


def test_one_claim_of_several_spans(desk: factories.Desk, article: Article) -> None:
    first = listed(desk, article)[0]
    both = [piece("Critics 🙂 say it cost twice that."), piece("The council paid 3 million for the bridge")]
    claim = claim_queries.get(desk.editor, cutting.adjust(first, by=desk.editor, pieces=both).pk)
    assert (
        claim_queries.quote(claim) == "The council paid 3 million for the bridge … Critics 🙂 say it cost twice that."
    )
    assert claim.position == 0
    with pytest.raises(InvalidInput, match="overlap"):
        cutting.adjust(claim, by=desk.editor, pieces=[piece("paid 3 million"), piece("3 million for")])
    with pytest.raises(TextDiffers):
        cutting.adjust(claim, by=desk.editor, pieces=[Piece(start=0, end=3, exact="the")])
    with pytest.raises(InvalidInput):
        cutting.adjust(claim, by=desk.editor, pieces=[])


def test_facts_of_a_claim(desk: factories.Desk, article: Article) -> None:
    claim = listed(desk, article)[0]
    given = {"place": " Orlen ", "topic": "transport", "claim_type": "numerical"}
    edited = facts.edit(claim, by=desk.editor, row_version=None, changes=given)
    assert (edited.place, edited.topic, edited.claim_type and edited.claim_type.key) == (
        "Orlen",
        "transport",
        "numerical",
    )
    with pytest.raises(InvalidInput):
        facts.edit(claim, by=desk.editor, row_version=None, changes={"claim_type": "cosmic"})
    assert facts.edit(claim, by=desk.editor, row_version=None, changes={"claim_type": ""}).claim_type is None


def test_the_newsrooms_own_types(desk: factories.Desk) -> None:
    assert len(claim_types.of(desk.newsroom)) == 9
    made = claim_types.add(by=desk.admin, names={"en": "Weather", "ar": "طقس"})
    assert made.key == "weather"
    claim_types.edit(made.pk, by=desk.admin, names={"en": "Weather and climate"}, is_active=False)
    assert made.key not in [kind.key for kind in claim_types.of(desk.newsroom)]
    with pytest.raises(NotAllowed):
        claim_types.add(by=desk.editor, names={"en": "Other"})
    with pytest.raises(InvalidInput):
        claim_types.add(by=desk.admin, names={"en": "  "})
    assert len(claim_types.of(factories.desk("orlen").newsroom)) == 9


def snapshot(article: Article) -> list[tuple[object, ...]]:
    rows = Claim.objects.filter(article=article).exclude(undone=True).order_by("number")
    columns = (
        "number",
        "state",
        "restated",
        "topic",
        "position",
        "merged_into",
        "drop_reason",
        "same_as",
        "confirmed_by",
    )
    return [
        (*(getattr(claim, name) for name in columns), *claim.spans.order_by("start").values_list("start", "end"))
        for claim in rows
    ]


def test_every_act_can_be_undone(desk: factories.Desk, article: Article) -> None:
    editor = desk.editor

    def acts() -> list[tuple[str, Callable[[], object]]]:
        one, two, three = [claim for claim in listed(desk, article) if claim.state != "dropped"][:3]
        whole = claim_queries.quote(one)
        return [
            ("confirm", lambda: claims.confirm(one, by=editor)),
            ("drop", lambda: claims.drop(two, by=editor, reason="opinion")),
            ("merge", lambda: claims.merge([one, three], by=editor)),
            ("split", lambda: cutting.split(one, by=editor, pieces=[piece(whole, "a"), piece(whole, "b")])),
            ("adjust", lambda: cutting.adjust(two, by=editor, pieces=[piece("Cars pay")])),
            ("edit", lambda: facts.edit(one, by=editor, row_version=None, changes={"restated": "R", "topic": "T"})),
            ("confirm", lambda: claims.confirm_many(article, [one, two, three], by=editor)),
            ("add", lambda: claims.add(article, by=editor, start=0, end=11, exact="The council")),
        ]

    for place in range(len(acts())):
        kind, act = acts()[place]
        before = snapshot(article)
        act()
        assert snapshot(article) != before, kind
        assert undoing.undo(article, by=editor).kind == kind
        assert snapshot(article) == before, kind
    assert undoing.last(article, by=editor) is None
    with pytest.raises(Conflict, match="nothing of yours"):
        undoing.undo(article, by=editor)
    assert Event.objects.filter(kind="claim.undone").exists()
    assert Change.objects.filter(undone_at=None).count() == 0


def test_what_cannot_be_undone_any_more(desk: factories.Desk, article: Article) -> None:
    claim = listed(desk, article)[0]
    claims.confirm(claim, by=desk.editor)
    with pytest.raises(Conflict, match="nothing of yours"):
        undoing.undo(article, by=desk.second)
    facts.edit(claim, by=desk.second, row_version=None, changes={"topic": "transport"})
    with pytest.raises(Conflict, match="changed since"):
        undoing.undo(article, by=desk.editor)
    undoing.undo(article, by=desk.second)
    factories.submit(claim_queries.get(desk.editor, claim.pk), desk.reviewers[0])
    with pytest.raises(Conflict, match="changed since"):
        undoing.undo(article, by=desk.editor)
    with pytest.raises(NotAllowed):
        undoing.undo(article, by=desk.reviewers[0])


def test_moments_come_back_to_the_microsecond(desk: factories.Desk, article: Article) -> None:
    claim = listed(desk, article)[0]
    moment = datetime(2026, 3, 1, 12, 0, 0, 7, tzinfo=UTC)
    claims.confirm(claim, by=desk.editor)
    Claim.objects.filter(pk=claim.pk).update(confirmed_at=moment)
    facts.edit(claim, by=desk.editor, row_version=None, changes={"topic": "transport"})
    undoing.undo(article, by=desk.editor)
    assert Claim.objects.get(pk=claim.pk).confirmed_at == moment


def test_a_claim_marked_by_hand_is_weighed_and_gets_a_suggestion(desk: factories.Desk, article: Article) -> None:
    words = "it cost twice that"
    at = TEXT.index(words)
    claim = claims.add(article, by=desk.editor, start=at, end=at + len(words), exact=words)
    assert (claim.attribution, claim.claimant_suggested) == ("indirect", "Critics 🙂")
    start, end = claim.voice["claimant"]
    assert TEXT[start:end] == "Critics 🙂"
    assert claim.score is not None
    taken = facts.edit(
        claim,
        by=desk.editor,
        row_version=claim.row_version,
        changes={"claimant": claim.claimant_suggested, "attribution": "direct"},
    )
    assert (taken.claimant, taken.attribution) == ("Critics 🙂", "direct")
    undoing.undo(article, by=desk.editor)
    claim.refresh_from_db()
    assert (claim.claimant, claim.attribution) == ("", "indirect")
    with pytest.raises(InvalidInput):
        facts.edit(claim, by=desk.editor, row_version=None, changes={"attribution": "shouted"})


def test_an_act_that_is_overtaken_does_not_bar_the_way_to_those_before(desk: factories.Desk, article: Article) -> None:
    first, second, *_rest = listed(desk, article)
    claims.drop(second, by=desk.editor, reason="twice")
    claims.confirm(first, by=desk.editor)
    facts.edit(first, by=desk.second, row_version=None, changes={"topic": "transport"})
    left = undoing.last(article, by=desk.editor)
    assert left is not None
    assert left.kind == "drop"
    with pytest.raises(Conflict, match="changed since"):
        undoing.undo(article, by=desk.editor, change_id=left.pk + 1)
    undoing.undo(article, by=desk.editor, change_id=left.pk)
    assert Claim.objects.get(pk=second.pk).state == "proposed"


def test_an_undone_split_leaves_nothing_behind(desk: factories.Desk, article: Article) -> None:
    first = listed(desk, article)[0]
    before, parts = len(listed(desk, article)), first.parts
    assert parts
    cutting.split(
        first, by=desk.editor, pieces=[piece("The council paid 3 million for the bridge"), piece("the mayor opened it")]
    )
    assert len(listed(desk, article)) == before + 1
    undoing.undo(article, by=desk.editor)
    assert len(listed(desk, article)) == before
    assert Claim.objects.get(pk=first.pk).parts == parts
    assert not index.similar(article.newsroom_id, "the mayor opened it", limit=5, but=first)


def test_other_words_are_weighed_anew(desk: factories.Desk, article: Article) -> None:
    first = listed(desk, article)[0]
    assert any(code == "figures" for code, _count in first.reasons)
    before = first.score or 0
    adjusted = cutting.adjust(first, by=desk.editor, pieces=[piece("the mayor opened it on a Sunday in May")])
    assert not any(code == "figures" for code, _count in adjusted.reasons)
    assert adjusted.score is not None
    assert adjusted.score < before


def test_a_passage_is_one_claim_only(desk: factories.Desk, article: Article) -> None:
    first, second, *_rest = listed(desk, article)
    claims.confirm(first, by=desk.editor)
    words = claim_queries.quote(first)
    with pytest.raises(Conflict, match="claim already"):
        cutting.adjust(second, by=desk.editor, pieces=[piece(words)])


def test_no_claim_was_made_tomorrow(desk: factories.Desk, article: Article) -> None:
    with pytest.raises(InvalidInput, match="future"):
        facts.edit(listed(desk, article)[0], by=desk.editor, row_version=None, changes={"claimed_on": "2999-01-01"})

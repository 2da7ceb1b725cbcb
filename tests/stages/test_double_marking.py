"""Double marking: places, own lists, done, the merge and its undo; offsets in several scripts."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.articles import operations as articles
from annotations.claims import operations as claims
from annotations.claims import queries as claim_queries
from annotations.claims import undoing
from annotations.claims.cutting import Piece
from annotations.claims.markings import merging, operations, queries
from annotations.errors import Conflict, InvalidInput, NotAllowed, StaleVersion, TextDiffers
from annotations.models import Article, Claim, Doubling, Event, Marking
from tests import factories, marking_data

pytestmark = pytest.mark.django_db
BRIDGE = "الجسر الجديد كلّف 18 مليون دينار"
TAXES = "لم نرفع الضرائب في عام 2023"
CARS = "يعبره 12 ألف سيارة يوميا"
GIFTS = "40 في المئة منها جاءت من التبرعات"


@pytest.fixture
def desk() -> factories.Desk:
    return factories.desk()


@pytest.fixture
def article(desk: factories.Desk, run_jobs: Callable[[], int]) -> Article:
    made = factories.article(desk)
    run_jobs()
    made.refresh_from_db()
    return made


def merged(desk: factories.Desk, article: Article) -> Doubling:
    rana, rolf, _rita = desk.reviewers
    doubling = marking_data.doubled(desk, article, rana, rolf)
    return marking_data.lists(doubling, {rana: [BRIDGE, TAXES, CARS], rolf: [BRIDGE, TAXES + "»", GIFTS]})


def test_places_are_named_or_taken(desk: factories.Desk, article: Article) -> None:
    rana, rolf, rita = desk.reviewers
    doubling = marking_data.doubled(desk, article, rana)
    assert [each.pk for each in queries.waiting(rana)] == [doubling.pk]
    assert [each.pk for each in queries.waiting(rolf)] == [doubling.pk]  # a free place
    operations.take(doubling, by=rolf)
    assert queries.waiting(rita) == []
    with pytest.raises(Conflict, match="found already"):
        operations.take(doubling, by=rita)
    with pytest.raises(Conflict):
        operations.switch_on(article, by=desk.editor)
    with pytest.raises(NotAllowed):
        operations.switch_on(article, by=rana)
    with pytest.raises(InvalidInput):
        operations.switch_on(article, by=desk.second, places=1)
    stranger = factories.desk("orlen").reviewers[0]
    with pytest.raises(InvalidInput):
        operations.switch_on(factories.article(desk, "Another text."), by=desk.editor, member_ids=[stranger.pk])


def test_one_s_own_list(desk: factories.Desk, article: Article) -> None:
    rana, rolf, rita = desk.reviewers
    doubling = marking_data.doubled(desk, article, rana, rolf)
    made = marking_data.mark(doubling, rana, BRIDGE)
    with pytest.raises(Conflict):
        marking_data.mark(doubling, rana, BRIDGE)
    text = article.current.text if article.current else ""
    with pytest.raises(TextDiffers):
        operations.add(doubling, by=rana, pieces=[Piece(start=0, end=5, exact="other")])
    with pytest.raises(NotAllowed):
        marking_data.mark(doubling, rita, CARS)
    start = text.index(CARS)
    piece = Piece(start=start, end=start + len(CARS), exact=CARS)
    first = Piece(start=text.index(BRIDGE), end=text.index(BRIDGE) + len(BRIDGE), exact=BRIDGE)
    changed = operations.change(made, by=rana, pieces=[piece, first], note="two places", row_version=1)
    assert [text[a:b] for a, b in changed.spans] == [BRIDGE, CARS]
    with pytest.raises(StaleVersion):
        operations.change(made, by=rana, note="late", row_version=1)
    with pytest.raises(NotAllowed):
        operations.remove(changed, by=rolf)
    operations.remove(changed, by=rana)
    assert queries.mine(rana, doubling) == []
    operations.done(doubling, by=rana)
    with pytest.raises(Conflict, match="you are done"):
        marking_data.mark(doubling, rana, CARS)


def test_the_last_done_opens_the_merge(desk: factories.Desk, article: Article) -> None:
    doubling = merged(desk, article)
    assert doubling.state == "merging"
    people, lines = queries.side_by_side(desk.editor, doubling)
    assert [line.row.kind for line in lines] == ["same", "only", "overlap", "only"]
    assert [each.member_id for each in people] == [desk.reviewers[0].pk, desk.reviewers[1].pk]

    [alike] = merging.take_alike(doubling, by=desk.editor)
    assert (claim_queries.quote(claim_queries.get(desk.editor, alike.pk)), alike.state) == (BRIDGE, "open")
    both = [each.pk for each in lines[2].markings]
    made = merging.take(doubling, by=desk.editor, row=both, wanted=both)
    assert len(made) == 2
    with pytest.raises(Conflict, match="decided already"):
        merging.leave_out(doubling, by=desk.editor, row=both)
    merging.leave_out(doubling, by=desk.editor, row=[lines[1].markings[0].pk])
    text = article.current.text if article.current else ""
    start = text.index(CARS)
    by_hand = merging.take_adjusted(
        doubling,
        by=desk.editor,
        row=[lines[3].markings[0].pk],
        pieces=[Piece(start=start, end=start + len(CARS), exact=CARS)],
        restated="12 ألف سيارة",
    )
    assert by_hand.restated == "12 ألف سيارة"
    doubling.refresh_from_db()
    assert doubling.state == "merged"
    assert [each.outcome for each in Marking.objects.order_by("marker_id", "position")] == [
        *("taken", "taken", "adjusted", "taken", "left", "taken")
    ]

    undoing.undo(article, by=desk.editor)  # the claim set by hand
    _people, lines = queries.side_by_side(desk.editor, doubling)
    assert [line.open for line in lines] == [False, False, False, True]
    merging.decide_again(doubling, by=desk.editor, row=[lines[1].markings[0].pk])
    doubling.refresh_from_db()
    assert doubling.state == "merging"


def test_what_the_program_proposed_is_opened_not_doubled(desk: factories.Desk, run_jobs: Callable[[], int]) -> None:
    article = factories.article(desk, "The bridge cost 18 million. The fare rose by 3 percent.")
    run_jobs()
    article.refresh_from_db()
    rana, rolf, _rita = desk.reviewers
    words = "The fare rose by 3 percent."
    doubling = marking_data.lists(marking_data.doubled(desk, article, rana, rolf), {rana: [words], rolf: [words]})
    before = Claim.objects.filter(article=article).count()
    [claim] = merging.take_alike(doubling, by=desk.editor)
    assert Claim.objects.filter(article=article).count() == before
    assert claim.state == "open"
    undoing.undo(article, by=desk.editor)
    claim.refresh_from_db()
    assert claim.state == "proposed"
    assert [line.open for line in queries.side_by_side(desk.editor, doubling)[1]] == [True]


def test_closed_early_switched_off_and_looked_at(desk: factories.Desk, article: Article) -> None:
    rana, rolf, _rita = desk.reviewers
    doubling = marking_data.doubled(desk, article, rana, rolf)
    marking_data.mark(doubling, rana, BRIDGE)
    with pytest.raises(NotAllowed):
        queries.side_by_side(desk.editor, doubling)
    operations.disclose(doubling, by=desk.editor)
    assert len(queries.side_by_side(desk.editor, doubling)[1]) == 1
    with pytest.raises(Conflict):
        merging.take_alike(doubling, by=desk.editor)
    with pytest.raises(InvalidInput):
        operations.close(doubling, by=desk.editor, reason=" ")
    operations.close(doubling, by=desk.editor, reason="Rolf is ill")
    doubling.refresh_from_db()
    assert (doubling.state, doubling.reason) == ("merging", "Rolf is ill")
    with pytest.raises(Conflict):
        marking_data.mark(doubling, rolf, BRIDGE)
    other = marking_data.doubled(desk, factories.article(desk, "Another text."), rana)
    operations.disclose(other, by=desk.second)
    with pytest.raises(NotAllowed):
        operations.take(other, by=desk.second)
    operations.switch_off(other, by=desk.editor)
    assert queries.of_article(other.article) is None


def test_claims_of_a_new_text_are_not_taken_from_old_marks(
    desk: factories.Desk, article: Article, run_jobs: Callable[[], int]
) -> None:
    doubling = merged(desk, article)
    articles.revise(article, by=desk.editor, text="An altogether other text.")
    run_jobs()
    with pytest.raises(Conflict, match="new text"):
        merging.take_alike(doubling, by=desk.editor)


def test_the_log_tells_marks_to_their_marker_alone(desk: factories.Desk, article: Article) -> None:
    merged(desk, article)
    assert set(Event.objects.filter(kind="marking.added").values_list("audience", flat=True)) == {"one"}
    assert Event.objects.filter(kind="doubling.closed").count() == 1


def test_an_unfinished_marker_sees_no_claims(desk: factories.Desk, article: Article) -> None:
    rana, rolf, rita = desk.reviewers
    opened = factories.open_claim(desk, article)
    doubling = marking_data.doubled(desk, article, rana)
    assert claim_queries.of_article(rana, article) == []
    assert [each.pk for each in claim_queries.of_article(rita, article)] == [opened.pk]  # may still take the place
    assert len(claim_queries.of_article(desk.editor, article)) > 1
    operations.take(doubling, by=rolf)
    assert len(claim_queries.of_article(rita, article)) > 1  # no place is left: as without double marking
    operations.done(doubling, by=rana)
    assert len(claim_queries.of_article(rana, article)) > 1
    assert claim_queries.of_article(rolf, article) == []
    claims.drop(claim_queries.get(desk.editor, opened.pk), by=desk.editor, reason="x")


_ALPHABET = "اكتبحمد ـًّ٣٤\u200c\u200d\u200fabc é🙂👩\u200d👩\u200d👧🇪🇬.\n"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_offsets_are_code_points_in_every_script(desk: factories.Desk, data: st.DataObject) -> None:
    drawn = data.draw(st.text(_ALPHABET, min_size=6, max_size=60).filter(lambda each: len(each.strip()) > 3))
    Article.objects.filter(newsroom=desk.newsroom).delete()
    article = factories.article(desk, drawn)
    article.refresh_from_db()
    assert article.current is not None
    text = article.current.text
    rana, rolf, _rita = desk.reviewers
    doubling = marking_data.doubled(desk, article, rana, rolf)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    piece = Piece(start=start, end=end, exact=text[start:end])
    if not piece.exact.strip():
        with pytest.raises(InvalidInput):
            operations.add(doubling, by=rana, pieces=[piece])
        return
    made = operations.add(doubling, by=rana, pieces=[piece])
    assert queries.quotes(made, article.current) == [piece.exact.strip()]
    operations.add(doubling, by=rolf, pieces=[piece])
    for member in (rana, rolf):
        operations.done(doubling, by=member)
    [claim] = merging.take_alike(queries.get(article), by=desk.editor)
    assert claim_queries.quote(claim_queries.get(desk.editor, claim.pk)) == piece.exact.strip()

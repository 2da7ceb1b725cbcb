"""Comments among those who may see a claim's reviews; whoever may still review is told nothing, and told later."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.errors import Conflict, InvalidInput, NotAllowed, NotFound, StaleVersion
from annotations.models import Assignment, Claim, Comment, Disclosure, Event, Member, Notice, Review
from annotations.models.claims import ClaimState
from annotations.models.newsrooms import Role
from annotations.reviews import disclosing, noticing, queries, rules, talking
from annotations.reviews import operations as reviews
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> factories.Desk:
    return factories.desk()


@pytest.fixture
def claim(desk: factories.Desk, run_jobs: Callable[[], int]) -> Claim:
    """Rana has judged it; Rolf, Rita and the editors may still."""
    article = factories.article(desk)
    run_jobs()
    found = factories.open_claim(desk, article)
    factories.submit(found, desk.reviewers[0])
    return Claim.objects.select_related("newsroom", "article").get(pk=found.pk)


def fresh(claim: Claim) -> Claim:
    return Claim.objects.select_related("newsroom", "article").get(pk=claim.pk)


@pytest.mark.parametrize("role", Role.values)
def test_the_truth_table_of_sight(desk: factories.Desk, claim: Claim, role: str) -> None:
    """Every state and standing: the database's condition, the list and the count say what the pure rule says."""
    author = desk.reviewers[0]
    member = desk.reviewers[1]
    Member.objects.filter(pk=member.pk).update(role=role)
    member = Member.objects.select_related("user", "newsroom").get(pk=member.pk)
    talking.say(claim, "one for you", by=author, mentions=[member.pk])
    label = claim.scale.labels.first() if claim.scale else None
    for state, own, assigned, disclosed in itertools.product(
        ClaimState.values, ("", "draft", "submitted", "withdrawn"), (False, True), (False, True)
    ):
        Claim.objects.filter(pk=claim.pk).update(
            state=state, dropped_at=claim.created_at if state == ClaimState.DROPPED else None
        )
        Review.objects.filter(reviewer=member).delete()
        if own:
            Review.objects.create(
                newsroom=desk.newsroom,
                claim=claim,
                reviewer=member,
                scale=claim.scale,
                label=label,
                state=own,
                submitted_at=claim.created_at,
                withdrawn_at=claim.created_at if own == "withdrawn" else None,
            )
        Assignment.objects.filter(member=member).delete()
        if assigned:
            Assignment.objects.create(claim=claim, member=member)
        Disclosure.objects.filter(member=member).delete()
        if disclosed:
            Disclosure.objects.create(claim=claim, member=member)
        now = fresh(claim)
        standing = queries.standing(member, now)
        case = (role, state, own, assigned, disclosed)
        may_see = rules.may_see_reviews(standing)
        assert noticing.talk_for(member) == (1 if may_see else 0), case
        assert len(noticing.latest(member)) == (1 if may_see else 0), case
        assert talking.may_talk(member, now) == may_see, case
        if rules.may_still_review(standing):
            assert not may_see, case
        if not may_see:
            with pytest.raises(NotAllowed):
                talking.threads(member, now)
            with pytest.raises(NotAllowed):
                talking.say(now, "me too", by=member)
            with pytest.raises(NotFound):
                talking.get(member, Comment.objects.get().pk)
            assert noticing.mark_read(member) == 0, case
    assert Notice.objects.get().read_at is None


def test_who_is_meant_hears_of_it_only_after_committing(desk: factories.Desk, claim: Claim) -> None:
    rana, rolf, _rita = desk.reviewers
    talking.say(claim, "رأيك يا @Rolf؟", by=rana)
    assert noticing.talk_for(rolf) == 0
    factories.submit(fresh(claim), rolf, "true")
    assert noticing.talk_for(rolf) == 1
    assert [notice.kind for notice in noticing.latest(rolf)] == ["mention"]
    reviews.withdraw(fresh(claim), by=rolf)  # he has read nothing yet, and may give another one
    assert noticing.talk_for(rolf) == 0


def test_reading_others_words_is_having_seen_their_answers(desk: factories.Desk, claim: Claim) -> None:
    rana, rolf, _rita = desk.reviewers
    factories.submit(claim, rolf, "true")
    talking.say(fresh(claim), "my own", by=rolf)
    talking.threads(rolf, fresh(claim))
    assert not Disclosure.objects.filter(member=rolf).exists()
    talking.say(fresh(claim), "hers", by=rana)
    talking.threads(rolf, fresh(claim))
    assert Disclosure.objects.filter(member=rolf).exists()


def test_threads_are_one_level_deep(desk: factories.Desk, claim: Claim) -> None:
    rana, rolf, _rita = desk.reviewers
    factories.submit(claim, rolf, "true")
    first = talking.say(fresh(claim), "first", by=rana)
    second = talking.say(fresh(claim), "reply", by=rolf, reply_to=first)
    third = talking.say(fresh(claim), "reply to the reply", by=rana, reply_to=second)
    assert third.parent_id == first.pk
    (thread,) = talking.threads(rana, fresh(claim))
    assert [row.pk for row in thread.replies] == [second.pk, third.pk]
    assert [(row.member_id, row.kind) for row in Notice.objects.order_by("pk")] == [
        (rana.pk, "reply"),
        (rolf.pk, "reply"),
    ]
    other = factories.desk("orlen")
    with pytest.raises(NotFound):
        talking.get(other.admin, first.pk)


def test_a_mention_counts_once_and_nobody_mentions_oneself(desk: factories.Desk, claim: Claim) -> None:
    rana, rolf, _rita = desk.reviewers
    factories.submit(claim, rolf, "true")
    first = talking.say(fresh(claim), "@Rana @Rolf", by=rana, mentions=[rolf.pk, rana.pk])
    talking.say(fresh(claim), "again @Rana", by=rolf, reply_to=first)
    assert [(row.member_id, row.kind) for row in Notice.objects.order_by("pk")] == [
        (rolf.pk, "mention"),
        (rana.pk, "mention"),
    ]
    outside = factories.desk("orlen").admin
    with pytest.raises(InvalidInput):
        talking.say(fresh(claim), "hello", by=rana, mentions=[outside.pk])
    Member.objects.filter(pk=rolf.pk).update(is_active=False)
    with pytest.raises(InvalidInput):
        talking.say(fresh(claim), "hello", by=rana, mentions=[rolf.pk])


def test_a_name_that_two_bear_means_nobody(desk: factories.Desk, claim: Claim) -> None:
    rana, rolf, rita = desk.reviewers
    for member in (rolf, rita):
        member.user.name = "سامي"
        member.user.save(update_fields=["name"])
    talking.say(claim, "@سامي", by=rana)
    assert not Notice.objects.exists()
    talking.say(claim, "@سامي", by=rana, mentions=[rita.pk])
    assert Notice.objects.get().member_id == rita.pk


def test_edit_delete_resolve(desk: factories.Desk, claim: Claim) -> None:
    rana, rolf, _rita = desk.reviewers
    factories.submit(claim, rolf, "true")
    row = talking.say(fresh(claim), "first @Rolf", by=rana)
    with pytest.raises(NotAllowed):
        talking.edit(row, "mine now", by=rolf, row_version=None)
    with pytest.raises(NotAllowed):
        talking.delete(row, by=rolf)
    edited = talking.edit(row, "second", by=rana, row_version=1)
    assert (edited.text, edited.row_version) == ("second", 2)
    assert edited.edited_at is not None
    with pytest.raises(StaleVersion) as stale:
        talking.edit(row, "third", by=rana, row_version=1)
    assert stale.value.details["current"]["text"] == "second"
    assert talking.resolve(edited, by=rolf, on=True).resolved_at is not None
    reply = talking.say(fresh(claim), "not yet", by=rolf, reply_to=edited)
    assert talking.get(rana, row.pk).resolved_at is None
    with pytest.raises(Conflict):
        talking.resolve(reply, by=rolf, on=True)
    talking.delete(talking.get(rana, row.pk), by=rana)
    gone = talking.get(rolf, row.pk)
    assert gone.text == ""
    assert gone.deleted_at is not None
    assert not Notice.objects.filter(comment=row).exists()
    with pytest.raises(Conflict):
        talking.edit(talking.get(rana, row.pk), "back", by=rana, row_version=None)
    assert [thread.first.pk for thread in talking.threads(rolf, fresh(claim))] == [row.pk]


@pytest.mark.parametrize("text", ["", "   \n\t ", "x" * 5001])
def test_what_is_no_comment(desk: factories.Desk, claim: Claim, text: str) -> None:
    with pytest.raises(InvalidInput):
        talking.say(claim, text, by=desk.reviewers[0])


def test_the_log_tells_those_alone_who_may_see(desk: factories.Desk, claim: Claim) -> None:
    from annotations import events

    rana, rolf, rita = desk.reviewers
    factories.submit(claim, rolf, "true")
    disclosing.disclose(fresh(claim), by=desk.editor)
    start = Event.objects.latest("pk").pk
    row = talking.say(fresh(claim), "secret @Rita", by=rana)
    talking.edit(row, "secret again", by=rana, row_version=None)
    talking.resolve(row, by=rolf, on=True)
    talking.delete(row, by=rana)

    def heard(member: Member) -> list[str]:
        return [event.kind for event in events.after(member, start)]

    kinds = ["comment.added", "comment.edited", "comment.resolved", "comment.deleted"]
    assert heard(rana) == heard(rolf) == heard(desk.editor) == kinds
    for blind in (rita, desk.second, desk.admin):
        assert heard(blind) == []
    assert "secret" not in str(list(Event.objects.filter(subject="comment").values()))


def test_an_editor_who_is_meant_hears_of_it_once_it_is_ruled(desk: factories.Desk, claim: Claim) -> None:
    rana = desk.reviewers[0]
    Claim.objects.filter(pk=claim.pk).update(state=ClaimState.RULED)
    talking.say(fresh(claim), "@Amal look", by=rana)
    told = Event.objects.filter(kind="comment.added").values_list("recipient_ref", flat=True)
    assert set(told) == {rana.user_id, desk.admin.user_id}
    assert noticing.talk_for(desk.admin) == 1


def test_the_count_is_one_query_over_an_index(desk: factories.Desk, claim: Claim) -> None:
    rana, rolf, _rita = desk.reviewers
    factories.submit(claim, rolf, "true")
    for number in range(3):
        talking.say(fresh(claim), f"{number} @Rolf", by=rana)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert noticing.talk_for(rolf) == 3
    assert len(asked) == 1
    plan = _plan(asked.captured_queries[0]["sql"])
    assert "notice_unread" in plan or connection.vendor != "sqlite", plan
    with CaptureQueriesContext(connection) as asked:
        talking.threads(rolf, fresh(claim))
    few = len(asked)
    for number in range(6):
        talking.say(fresh(claim), f"{number} @Rolf", by=rana)
    with CaptureQueriesContext(connection) as asked:
        talking.threads(rolf, fresh(claim))
    assert len(asked) <= few


def _plan(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}" if connection.vendor == "sqlite" else f"EXPLAIN {sql}")
        rows: list[Any] = cursor.fetchall()
    return str(rows)


def test_a_person_who_goes_leaves_the_talk(desk: factories.Desk, claim: Claim) -> None:
    """An editor who only spoke is no reviewer, so their account can go; the words stay without a name."""
    disclosing.disclose(claim, by=desk.second)
    row = talking.say(fresh(claim), "from the desk", by=desk.second)
    desk.second.user.delete()
    assert Comment.objects.get(pk=row.pk).author is None
    assert talking.threads(desk.reviewers[0], fresh(claim))[0].first.text == "from the desk"

"""Whom the desk asked: append-only, blind where an entry belongs to a review, and told to readers when an editor says so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from annotations import events
from annotations.errors import Conflict, InvalidFields, NotAllowed, NotFound
from annotations.exports import queries as exports
from annotations.models import Claim, Contact, Event, Member, Newsroom, Publication
from annotations.models.claims import ClaimState
from annotations.reviews import contacting, disclosing
from annotations.reviews import operations as reviews
from annotations.reviews.contacting import Entry
from annotations.rulings import correcting
from annotations.rulings import operations as rulings
from annotations.rulings.operations import Decision
from annotations.rulings.records import PublishedRecord
from tests import factories

pytestmark = pytest.mark.django_db

ENTRY = Entry(
    whom="سالم الحداد", contacted_on=date(2024, 3, 4), means="mail", asked="من أين الرقم؟", deadline=date(2024, 3, 6)
)


@pytest.fixture
def desk() -> factories.Desk:
    return factories.desk()


@pytest.fixture
def claim(desk: factories.Desk, run_jobs: Callable[[], int]) -> Claim:
    article = factories.article(desk)
    run_jobs()
    return fresh(factories.open_claim(desk, article))


def fresh(claim: Claim) -> Claim:
    return Claim.objects.select_related("newsroom", "article", "scale").get(pk=claim.pk)


def seen(member: Member, claim: Claim) -> list[str]:
    return [shown.entry.asked for shown in contacting.of_claim(member, fresh(claim))]


def test_the_desk_s_question_is_everybody_s(desk: factories.Desk, claim: Claim) -> None:
    contacting.enter(claim, ENTRY, by=desk.editor)
    for member in (desk.admin, desk.second, *desk.reviewers):
        assert seen(member, claim) == [ENTRY.asked]
        (shown,) = contacting.of_claim(member, claim)
        assert shown.names is False  # nobody's name stands on a claim that one may still review
    kinds = [event.kind for event in events.after(desk.reviewers[0], 0)]
    assert "contact.entered" in kinds
    assert ENTRY.whom not in str(list(Event.objects.values()))


def test_a_reviewer_s_question_belongs_to_the_review(desk: factories.Desk, claim: Claim) -> None:
    rana, rolf, rita = desk.reviewers
    contacting.enter(claim, ENTRY, by=rana)
    assert seen(rana, claim) == [ENTRY.asked]
    for blind in (rolf, rita, desk.editor, desk.second, desk.admin):
        assert seen(blind, claim) == []
        assert "contact.entered" not in {event.kind for event in events.after(blind, 0)}
    row = Contact.objects.get()
    with pytest.raises(NotFound):
        contacting.get(desk.editor, row.pk)
    factories.submit(fresh(claim), rana)
    assert seen(rita, claim) == []
    disclosing.disclose(fresh(claim), by=desk.editor)
    assert seen(desk.editor, claim) == [ENTRY.asked]
    factories.submit(fresh(claim), rolf, "true")
    (shown,) = contacting.of_claim(rolf, fresh(claim))
    assert shown.names
    assert not shown.may_correct  # hers, and he is no editor
    # What an editor adds to it stays with it.
    contacting.correct(row, replace(ENTRY, status="no_answer"), by=desk.editor)
    assert seen(rita, claim) == []


def test_an_editor_who_reviews_asks_as_a_reviewer(desk: factories.Desk, claim: Claim) -> None:
    reviews.save_draft(claim, factories.answer(), by=desk.second, row_version=None)
    contacting.enter(claim, ENTRY, by=desk.second)
    assert seen(desk.editor, claim) == []


def test_who_has_no_part_in_the_claim_enters_nothing(desk: factories.Desk, claim: Claim) -> None:
    Claim.objects.filter(pk=claim.pk).update(state=ClaimState.RULED)
    with pytest.raises(NotAllowed):
        contacting.enter(fresh(claim), ENTRY, by=desk.reviewers[0])
    assert not contacting.may_enter(desk.reviewers[0], fresh(claim))
    contacting.enter(fresh(claim), ENTRY, by=desk.editor)
    assert seen(desk.reviewers[0], claim) == [ENTRY.asked]


def test_a_correction_leaves_its_trace(desk: factories.Desk, claim: Claim) -> None:
    row = contacting.enter(claim, ENTRY, by=desk.editor)
    assert contacting.correct(row, ENTRY, by=desk.editor) == row
    answered = contacting.correct(row, replace(ENTRY, status="answered", answer="تقدير أولي"), by=desk.second)
    with pytest.raises(InvalidFields) as error:  # another fact needs a reason
        contacting.correct(answered, replace(contacting.of(answered), whom="ليلى نعمان"), by=desk.editor)
    assert [problem.pointer for problem in error.value.problems] == ["/why"]
    last = contacting.correct(
        answered, replace(contacting.of(answered), whom="ليلى نعمان"), by=desk.editor, why="the wrong name"
    )
    (shown,) = contacting.of_claim(desk.editor, claim)
    assert shown.entry == last
    assert [old.pk for old in shown.before] == [answered.pk, row.pk]
    assert Contact.objects.get(pk=row.pk).status == "waiting"  # as it was written
    with pytest.raises(Conflict):
        contacting.correct(row, replace(ENTRY, status="declined"), by=desk.editor)
    with pytest.raises(NotFound):
        contacting.get(desk.editor, row.pk)
    with pytest.raises(IntegrityError), transaction.atomic():  # the database keeps one line of corrections
        Contact.objects.create(
            newsroom=desk.newsroom,
            claim=claim,
            replaces=row,
            whom="x",
            contacted_on=date(2024, 1, 1),
            means="mail",
            asked="x",
        )


@pytest.mark.parametrize(
    ("change", "pointers"),
    [
        ({"whom": "  "}, ["/whom"]),
        ({"contacted_on": None}, ["/contacted_on"]),
        ({"means": "pigeon"}, ["/means"]),
        ({"asked": ""}, ["/asked"]),
        ({"status": "answered"}, ["/answer"]),
        ({"status": "perhaps"}, ["/status"]),
        ({"deadline": date(2024, 3, 3)}, ["/deadline"]),
        ({"whom": "x" * 301}, ["/whom"]),
        ({"contacted_on": date.today() + timedelta(days=3), "deadline": None}, ["/contacted_on"]),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    desk: factories.Desk, claim: Claim, change: dict[str, object], pointers: list[str]
) -> None:
    with pytest.raises(InvalidFields) as error:
        contacting.enter(claim, replace(ENTRY, **change), by=desk.editor)  # type: ignore[arg-type]
    assert [problem.pointer for problem in error.value.problems] == pointers


def test_an_answer_without_the_word_for_it_is_left_out(desk: factories.Desk, claim: Claim) -> None:
    row = contacting.enter(claim, replace(ENTRY, status="declined", answer="typed before"), by=desk.editor)
    assert row.answer == ""


def test_a_deadline_that_passed_is_late(desk: factories.Desk, claim: Claim) -> None:
    today = timezone.localdate()
    contacting.enter(claim, replace(ENTRY, contacted_on=today, deadline=today), by=desk.editor)
    contacting.enter(claim, ENTRY, by=desk.editor)
    contacting.enter(claim, replace(ENTRY, status="no_answer"), by=desk.editor)
    assert [shown.is_late for shown in contacting.of_claim(desk.editor, claim)] == [False, True, False]


def published(desk: factories.Desk, claim: Claim) -> Publication:
    Newsroom.objects.filter(pk=desk.newsroom.pk).update(sign_off_required=False)
    desk.editor.newsroom.refresh_from_db()
    Claim.objects.filter(pk=claim.pk).update(state=ClaimState.AGREED, unknown=["claimant", "claimed_on", "appearance"])
    decision = Decision(label="false", basis="new", reason="r", summary="s", explanation="e", language="ar")
    ruling = rulings.rule(fresh(claim), decision, by=desk.editor, row_version=None)
    return Publication.objects.get(ruling=ruling)


def test_readers_are_told_what_an_editor_ticked(desk: factories.Desk, claim: Claim) -> None:
    waiting = contacting.enter(claim, ENTRY, by=desk.editor)
    answered = contacting.enter(claim, replace(ENTRY, status="answered", answer="تقدير أولي"), by=desk.editor)
    silent = contacting.enter(claim, replace(ENTRY, whom="Ida Marsh", status="no_answer"), by=desk.editor)
    with pytest.raises(NotAllowed):  # what readers are told is decided with the ruling
        contacting.publish(answered, by=desk.editor, on=True)
    disclosing.disclose(claim, by=desk.editor)
    with pytest.raises(Conflict):
        contacting.publish(waiting, by=desk.editor, on=True)
    with pytest.raises(NotAllowed):
        contacting.publish(answered, by=desk.reviewers[0], on=True)
    contacting.publish(answered, by=desk.editor, on=True)
    publication = published(desk, claim)
    record = exports.record(publication)
    assert [(row.whom, row.asked_on, row.status, row.answer) for row in record.asked_for_comment] == [
        ("سالم الحداد", date(2024, 3, 4), "answered", "تقدير أولي")
    ]
    assert ENTRY.asked not in str(publication.record)  # the question itself stays in the house
    contacting.publish(silent, by=desk.editor, on=True)
    publication.refresh_from_db()
    assert len(exports.record(publication).asked_for_comment) == 1  # frozen until a correction
    correcting.correct(publication, Decision(summary="s2"), by=desk.editor, text="more was learnt")
    publication.refresh_from_db()
    assert [row.status for row in exports.record(publication).asked_for_comment] == ["answered", "no_answer"]


def test_a_tick_holds_for_the_words_that_were_there(desk: factories.Desk, claim: Claim) -> None:
    disclosing.disclose(claim, by=desk.editor)
    row = contacting.enter(claim, replace(ENTRY, status="no_answer"), by=desk.editor)
    contacting.publish(row, by=desk.editor, on=True)
    assert contacting.published(claim) == [row]
    fresh_row = contacting.correct(row, replace(ENTRY, status="answered", answer="late"), by=desk.editor)
    assert contacting.published(claim) == []
    with pytest.raises(Conflict):
        contacting.publish(row, by=desk.editor, on=False)
    contacting.publish(fresh_row, by=desk.editor, on=True)
    contacting.publish(fresh_row, by=desk.editor, on=True)  # again: nothing more
    contacting.publish(fresh_row, by=desk.editor, on=False)
    kinds = Event.objects.filter(subject="contact").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == [
        "contact.entered",
        "contact.published",
        "contact.corrected",
        "contact.published",
        "contact.unpublished",
    ]


def test_a_record_from_before_reads_as_ever(desk: factories.Desk, claim: Claim) -> None:
    publication = published(desk, claim)
    old = {name: value for name, value in publication.record.items() if name != "asked_for_comment"}
    assert PublishedRecord.from_dict(old).asked_for_comment == ()
    assert PublishedRecord.from_dict(PublishedRecord.from_dict(old).to_dict()) == PublishedRecord.from_dict(old)

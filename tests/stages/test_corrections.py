"""What is public changes openly or not at all."""

from collections.abc import Callable

import pytest
from django.test import Client

from annotations.claims import facts
from annotations.errors import Conflict, InvalidFields, InvalidInput, NotAllowed
from annotations.exports import queries as exports
from annotations.models import Claim, Newsroom, Publication, Ruling
from annotations.rulings import correcting, operations, queries
from annotations.rulings.operations import Decision
from tests import factories

WHOLE = Decision(
    label="false",
    basis="unanimous",
    reason="both agree",
    summary="Not so.",
    explanation="The report says so.",
    language="en",
)


@pytest.fixture
def desk(db: None) -> factories.Desk:
    return factories.desk()


@pytest.fixture
def claim(desk: factories.Desk, run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch) -> Claim:
    from annotations.lib import outbound
    from annotations.lib.fetching.client import GuardedFetcher, Policy

    monkeypatch.setattr(outbound, "fetcher", lambda: GuardedFetcher(Policy(), resolver=lambda host, port: []))
    article = factories.article(desk)
    run_jobs()
    claim = factories.open_claim(desk, article)
    facts.edit(claim, by=desk.editor, row_version=None, changes={"unknown": ["claimant", "claimed_on", "appearance"]})
    for reviewer in desk.reviewers[:2]:
        factories.submit(claim, reviewer, "false")
    run_jobs()
    return Claim.objects.get(pk=claim.pk)


@pytest.fixture
def published(desk: factories.Desk, claim: Claim) -> Publication:
    ruling = operations.rule(claim, WHOLE, by=desk.editor, row_version=None)
    return operations.sign_off(queries.get(desk.second, ruling.pk), by=desk.second)


def test_a_correction_keeps_the_old_verdict_in_the_open(desk: factories.Desk, published: Publication) -> None:
    changed = Decision(label="mostly_false", summary="Mostly not so.")
    fresh = correcting.correct(published, changed, by=desk.editor, text="We overlooked a table.")
    record = exports.record(fresh)
    assert (record.state, record.verdict.key, record.summary, record.explanation) == (
        "corrected",
        "mostly_false",
        "Mostly not so.",
        "The report says so.",
    )
    assert [(line.kind, line.text, line.old_verdict["en"]) for line in record.corrections] == [
        ("corrected", "We overlooked a table.", "False")
    ]
    page = Client().get("/facts/marjan/1/").content.decode()
    assert "We overlooked a table." in page
    assert '"alternateName":"Mostly false"' in page


def test_a_retraction_stays_on_its_page_without_markup(desk: factories.Desk, published: Publication) -> None:
    correcting.retract(published, by=desk.editor, text="We mixed up two bridges.")
    page = Client().get("/facts/marjan/1/").content.decode()
    assert "We mixed up two bridges." in page
    assert "ClaimReview" not in page
    pulled = Client()
    pulled.force_login(desk.admin.user)
    assert pulled.get("/api/v1/publications?as=claimreview").json()["results"] == []
    assert pulled.get("/api/v1/publications").json()["results"][0]["state"] == "retracted"
    with pytest.raises(Conflict):
        correcting.correct(published, WHOLE, by=desk.editor, text="again")


def test_nothing_changes_silently(desk: factories.Desk, published: Publication, claim: Claim) -> None:
    with pytest.raises(InvalidInput):
        correcting.correct(published, WHOLE, by=desk.editor, text="  ")
    with pytest.raises(Conflict):
        facts.edit(claim, by=desk.editor, row_version=None, changes={"claimant": "Somebody"})
    with pytest.raises(NotAllowed):
        correcting.retract(published, by=desk.reviewers[0], text="no")
    with pytest.raises(Conflict):
        operations.save_draft(claim, WHOLE, by=desk.editor, row_version=None)


def test_two_people(desk: factories.Desk, claim: Claim) -> None:
    ruling = operations.rule(claim, WHOLE, by=desk.editor, row_version=None)
    with pytest.raises(NotAllowed) as caught:
        operations.sign_off(queries.get(desk.editor, ruling.pk), by=desk.editor)
    assert caught.value.code == "own_ruling"
    sent = operations.send_back(queries.get(desk.second, ruling.pk), by=desk.second, reason="Name the report.")
    assert (sent.state, sent.sent_back_reason) == ("draft", "Name the report.")
    again = operations.rule(claim, WHOLE, by=desk.editor, row_version=sent.row_version)
    assert operations.sign_off(queries.get(desk.admin, again.pk), by=desk.admin).number == 1


def test_a_newsroom_may_switch_sign_off_off(desk: factories.Desk, claim: Claim) -> None:
    Newsroom.objects.update(sign_off_required=False)
    desk.editor.newsroom.refresh_from_db()
    assert operations.rule(claim, WHOLE, by=desk.editor, row_version=None).state == "published"


def test_all_that_is_missing_is_said_at_once(desk: factories.Desk, claim: Claim) -> None:
    facts.edit(claim, by=desk.editor, row_version=None, changes={"unknown": []})
    with pytest.raises(InvalidFields) as caught:
        operations.rule(claim, Decision(label="true", basis="unanimous"), by=desk.editor, row_version=None)
    pointers = {problem.pointer for problem in caught.value.problems}
    assert pointers == {
        "/claimant",
        "/claimed_on",
        "/appearance",
        "/reason",
        "/summary",
        "/explanation",
        "/language",
        "/basis",
    }
    assert Ruling.objects.get().label is not None  # the draft is kept


def test_two_corrections_at_once(desk: factories.Desk, published: Publication) -> None:
    """The second sees what the first made public before it puts its own in that place; retracting has a form of its own."""
    page = f"/n/marjan/published/{published.number}/correction/"
    first, second = factories.signed_in(desk.editor), factories.signed_in(desk.second)
    seen = {"row_version": Ruling.objects.get().row_version, "action": "correct", "label": "false"}
    done = first.post(
        page,
        {
            **seen,
            "label": "mostly_false",
            "text": "A table was overlooked.",
            "summary": "Of the first.",
            "explanation": "One.",
        },
    )
    assert done.status_code == 302
    typed = {**seen, "text": "The date was wrong.", "summary": "Of the second.", "explanation": "Two."}
    answer = second.post(page, typed)
    shown = answer.content.decode()
    assert answer.status_code == 412
    for words in ("Of the first.", "One.", "Of the second.", "Two.", "The date was wrong."):
        assert words in shown, words
    told = shown.split('role="alert"')[1].split("<form")[0]
    assert "Mostly false" in told  # what the first made of it, beside the words
    now = {"row_version": Ruling.objects.get().row_version}
    assert f'name="row_version" value="{now["row_version"]}"' in shown
    assert second.post(page, {**typed, **now}).status_code == 302
    assert [line.text for line in exports.record(Publication.objects.get()).corrections] == [
        "A table was overlooked.",
        "The date was wrong.",
    ]
    silent = second.post(page, {"action": "retract", "why": " "})
    assert silent.status_code == 422
    assert 'aria-describedby="w-why"' in silent.content.decode()
    assert "Of the second." in silent.content.decode()  # the form beside it still holds what is public
    assert second.post(page, {"action": "retract", "why": "Another bridge."}).status_code == 302
    assert Publication.objects.get().state == "retracted"
    late = first.post(page, {**typed, "text": "It was the other table."})
    assert late.status_code == 409
    assert "It was the other table.</textarea>" in late.content.decode()

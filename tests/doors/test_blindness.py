"""Blind until you commit, at every door: pages, API, sources, events, admin."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from annotations import events
from annotations.models import Claim, Event, Review, Source, User
from annotations.reviews import queries as reviews
from tests import factories
from tests.factories import signed_in

SECRET = "a reason of her own which nobody may read yet"
SECRET_URL = "https://secret-source.example.com/only-rana"


@pytest.fixture
def desk(db: None) -> factories.Desk:
    return factories.desk()


@pytest.fixture
def claim(desk: factories.Desk, run_jobs: Callable[[], int]) -> Claim:
    """One review is in; two people may still give one."""
    article = factories.article(desk)
    run_jobs()
    claim = factories.open_claim(desk, article)
    rana = desk.reviewers[0]
    factories.reviews.open_claim(claim, by=rana)
    answer = factories.Answer(
        label="absurd",
        reason=SECRET,
        evidence=({"key": "a", "url": SECRET_URL, "quote": "hidden words", "stance": "refutes"},),
    )
    factories.reviews.submit(claim, answer, by=rana, row_version=None)
    return Claim.objects.get(pk=claim.pk)


def all_that_is_shown(client: Client, claim: Claim) -> str:
    paths = [
        "",
        "articles/",
        f"articles/{claim.article_id}/",
        f"articles/{claim.article_id}/?order=queue",
        f"claims/{claim.pk}/",
        f"claims/{claim.pk}/evidence/",
        "review/",
        "rulings/",
        "sources/",
        "agreement/",
        "published/",
    ]
    api = [
        "articles",
        f"articles/{claim.article_id}/claims",
        f"claims/{claim.pk}",
        f"claims/{claim.pk}/review",
        f"claims/{claim.pk}/reviews",
        "queues/review",
        "queues/rulings",
        "queues/sign-off",
        "publications",
        "events?after=0",
        f"sources/{Source.objects.earliest('pk').pk}",
    ]
    answers = [client.get(f"/n/marjan/{path}") for path in paths] + [client.get(f"/api/v1/{path}") for path in api]
    assert all(answer.status_code in (200, 403, 404) for answer in answers)
    return "\n".join(answer.content.decode() for answer in answers)


@pytest.mark.parametrize("who", ["rolf", "edith", "sami", "amal"])
def test_who_may_still_review_learns_nothing(desk: factories.Desk, claim: Claim, who: str) -> None:
    user = User.objects.get(email=f"{who}@marjan.example.org")
    shown = all_that_is_shown(signed_in(user), claim)
    assert SECRET not in shown
    assert SECRET_URL not in shown
    assert "secret-source" not in shown
    assert '"state":"in_review"' not in shown
    assert "state-in_review" not in shown


def test_the_author_sees_their_own(desk: factories.Desk, claim: Claim) -> None:
    shown = all_that_is_shown(signed_in(desk.reviewers[0].user), claim)
    assert SECRET in shown


def test_after_committing_one_sees_the_others(desk: factories.Desk, claim: Claim) -> None:
    factories.submit(claim, desk.reviewers[1], "true")
    shown = all_that_is_shown(signed_in(desk.reviewers[1].user), claim)
    assert SECRET in shown


def test_a_source_cited_before_looks_new(desk: factories.Desk, claim: Claim, run_jobs: Callable[[], int]) -> None:
    """ "Already fetched" would be a colleague's trace: until one's own quote check is in, it is being fetched."""
    Source.objects.update(state="ready", title="A title that only Rana's fetch knows")
    client = signed_in(desk.reviewers[1].user)
    body = {
        "reason": "",
        "evidence": [{"key": "x", "url": SECRET_URL, "quote": "my own words from it", "stance": "context"}],
    }
    answer = client.put(f"/api/v1/claims/{claim.pk}/review", data=json.dumps(body), content_type="application/json")
    evidence = answer.json()["evidence"][0]
    assert (evidence["source_state"], evidence["title"], evidence["quote_state"]) == ("fetching", "", "pending")


def test_an_editor_who_looks_gives_up_reviewing(desk: factories.Desk, claim: Claim) -> None:
    client = signed_in(desk.editor.user)
    assert client.get(f"/api/v1/claims/{claim.pk}/reviews").json()["code"] == "blind"
    assert client.put(f"/api/v1/claims/{claim.pk}/disclosure").status_code == 200
    assert SECRET in client.get(f"/n/marjan/claims/{claim.pk}/").content.decode()
    refused = client.put(f"/api/v1/claims/{claim.pk}/review", data="{}", content_type="application/json")
    assert refused.json()["code"] == "has_seen_others"
    assert Event.objects.filter(kind="reviews.seen", claim_ref=claim.pk).count() == 1


def test_a_reviewer_cannot_disclose(desk: factories.Desk, claim: Claim) -> None:
    client = signed_in(desk.reviewers[1].user)
    assert client.put(f"/api/v1/claims/{claim.pk}/disclosure").status_code == 403
    client.post(f"/n/marjan/claims/{claim.pk}/", {"action": "disclose"})
    assert SECRET not in client.get(f"/n/marjan/claims/{claim.pk}/").content.decode()


def test_an_address_takes_no_review_away(desk: factories.Desk, claim: Claim) -> None:
    """Following a link to the ruling shows an editor who may still review nothing; the button does, and is the end of it."""
    client, page = signed_in(desk.editor), f"/n/marjan/claims/{claim.pk}/"
    shown = client.get(f"{page}ruling/", follow=True)
    assert shown.redirect_chain == [(page, 302)]
    assert "You may still review this claim." in shown.content.decode()
    assert SECRET not in shown.content.decode()
    refused = client.get(f"/api/v1/claims/{claim.pk}/ruling")
    assert (refused.status_code, refused.json()["code"]) == (403, "review_or_open")
    assert reviews.standing(desk.editor, claim).disclosed is False
    client.post(page, {"action": "disclose"})
    assert SECRET in client.get(f"{page}ruling/").content.decode()
    assert client.get(f"/api/v1/claims/{claim.pk}/ruling").json()["code"] == "no_ruling"


@pytest.mark.django_db(transaction=True)  # a line is told once its transaction is over
def test_the_event_stream_is_blind(desk: factories.Desk, claim: Claim) -> None:
    kinds = {event.kind for event in events.after(desk.reviewers[1], 0)}
    assert "claim.opened" in kinds
    assert not kinds & {
        "review.submitted",
        "source.added",
        "source.moved",
        "quote.checked",
        "claim.judged",
        "reviews.seen",
    }
    own = {event.kind for event in events.after(desk.reviewers[0], 0)}
    assert {"review.submitted", "source.added"} <= own


def test_the_admin_is_blind(desk: factories.Desk, claim: Claim) -> None:
    User.objects.filter(pk=desk.admin.user_id).update(is_staff=True)
    client = signed_in(User.objects.get(pk=desk.admin.user_id))
    review = Review.objects.get()
    source = Source.objects.get()
    pages: list[Any] = [
        client.get(f"/admin/annotations/{name}/")
        for name in (
            "claim",
            "review",
            "source",
            "ruling",
            "event",
            "work",
            "article",
            "publication",
            "member",
            "scale",
            "newsroom",
            "apitoken",
        )
    ]
    pages += [
        client.get(f"/admin/annotations/review/{review.pk}/change/"),
        client.get(f"/admin/annotations/source/{source.pk}/change/"),
        client.get(f"/admin/annotations/claim/{claim.pk}/change/"),
    ]
    shown = "\n".join(page.content.decode() for page in pages)
    assert all(page.status_code in (200, 302) for page in pages)
    assert SECRET not in shown
    assert "secret-source" not in shown
    assert (
        "In review" not in client.get("/admin/annotations/claim/").content.decode().split('id="changelist-filter"')[0]
    )


def test_withdrawn_and_written_anew_is_no_first_verdict(
    desk: factories.Desk, claim: Claim, run_jobs: Callable[[], int]
) -> None:
    rana = desk.reviewers[0]
    factories.reviews.withdraw(claim, by=rana)
    review = reviews.mine(rana, claim)
    assert review is not None
    factories.reviews.submit(
        claim, factories.answer("true", url="https://a.example.com/x"), by=rana, row_version=review.row_version
    )
    again = Review.objects.get(reviewer=rana)
    assert (again.state, again.is_first) == ("submitted", False)
    run_jobs()
    assert Claim.objects.get(pk=claim.pk).verdicts == 0


def test_others_at_work_are_not_told_by_the_lease(desk: factories.Desk, claim: Claim) -> None:
    """With one review given and one person at work, a third gets neither a count nor a name."""
    factories.reviews.open_claim(claim, by=desk.reviewers[1])
    client = signed_in(desk.reviewers[2].user)
    page = client.get(f"/n/marjan/claims/{claim.pk}/").content.decode()
    assert "Rana" not in page
    assert "Rolf" not in page

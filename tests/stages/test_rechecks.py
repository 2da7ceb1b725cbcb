"""A published fact-check whose source changed or died comes back to the editors, with the passage then and now."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from annotations.claims import facts
from annotations.errors import NotAllowed, NotFound
from annotations.models import Publication, Source
from annotations.reviews import operations as reviews
from annotations.reviews.operations import Answer
from annotations.rulings import operations, queries, rechecks
from annotations.sources import hosts, watching
from tests import factories
from tests.servers import Pages
from tests.stages.test_corrections import WHOLE
from tests.stages.test_sources import HTML, claim, desk, wired
from tests.stages.test_watch import QUOTE, look

__all__ = ["claim", "desk", "wired"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def published(desk: factories.Desk, claim: Any, wired: Pages, run_jobs: Callable[[], int]) -> Publication:
    cache.clear()
    wired.add("/audit", HTML)
    block = {"key": "a", "stance": "refutes", "url": "http://audit.example.com/audit", "quote": QUOTE}
    for who in desk.reviewers[:2]:
        reviews.open_claim(claim, by=who)
        reviews.submit(claim, Answer(label="false", reason="So it says.", evidence=(block,)), by=who, row_version=None)
    run_jobs()
    claim.refresh_from_db()
    facts.edit(
        claim,
        by=desk.editor,
        row_version=None,
        changes={"unknown": ["claimant", "claimed_on", "appearance"]},
    )
    ruling = operations.rule(claim, WHOLE, by=desk.editor, row_version=None)
    return operations.sign_off(queries.get(desk.second, ruling.pk), by=desk.second)


def test_a_vanished_quote_comes_to_the_editors_with_then_and_now(
    desk: factories.Desk, published: Publication, wired: Pages, run_jobs: Callable[[], int]
) -> None:
    assert rechecks.waiting(desk.editor) == []
    wired.add("/audit", HTML.replace("31 million", "13 million"))
    look(run_jobs)
    (row,) = rechecks.waiting(desk.editor)  # cited by two reviewers, told once
    assert rechecks.count(desk.editor) == 1
    assert (row.publication, row.evidence.quote_state) == (published, "altered")
    assert ("old", "31") in row.difference
    assert ("new", "13") in row.difference
    with pytest.raises(NotAllowed):
        rechecks.waiting(desk.reviewers[0])
    with pytest.raises(NotFound):
        rechecks.leave(row.evidence.pk + 99, by=desk.editor)
    client = Client()
    client.force_login(desk.editor.user)
    desk_page = client.get("/n/marjan/").content.decode()
    assert "/n/marjan/rechecks/" in desk_page
    page = client.get("/n/marjan/rechecks/").content.decode()
    assert "<del>31</del>" in page
    answer = client.get("/api/v1/queues/recheck").json()["results"]
    assert [(each["publication"], each["quote_state"]) for each in answer] == [(published.number, "altered")]
    assert client.post(f"/n/marjan/rechecks/{row.evidence.pk}/").status_code == 302
    assert rechecks.waiting(desk.editor) == []
    assert rechecks.count(desk.editor) == 0
    wired.add("/audit", HTML.replace(QUOTE, "Nothing at all"))  # what changes after that comes back
    look(run_jobs)
    assert [each.evidence.quote_state for each in rechecks.waiting(desk.editor)] == ["lost"]


def test_a_dead_source_comes_too_and_a_retraction_ends_it(desk: factories.Desk, published: Publication) -> None:
    watching.say(Source.objects.get(), by=desk.editor, source_life="dead", note="taken down")
    assert len(rechecks.waiting(desk.editor)) == 1
    Publication.objects.update(state="retracted")
    assert rechecks.waiting(desk.editor) == []


def test_pages_of_sources(desk: factories.Desk, published: Publication) -> None:
    source = Source.objects.get()
    client = Client()
    client.force_login(desk.editor.user)
    room = "/n/marjan/sources/"
    for query, shown in (
        ("?life=dead", 0),
        ("?host=audit", 1),
        ("?host=other", 0),
        ("?state=ready&older=7", 0),
        ("", 1),
    ):
        page = client.get(room + query).content.decode()
        assert page.count(f"{room}{source.pk}/") == shown, query
    listed = client.get("/api/v1/sources?host=audit&life=alive").json()
    assert [row["id"] for row in listed["results"]] == [source.pk]
    assert client.get("/api/v1/sources?life=dead").json()["results"] == []
    said = client.put(
        f"/api/v1/sources/{source.pk}/life", {"life": "dead", "note": "gone"}, content_type="application/json"
    )
    assert said.json()["life"] == "dead"
    assert client.delete(f"/api/v1/sources/{source.pk}/life").json()["life"] == "unknown"
    assert client.post(f"/api/v1/sources/{source.pk}/attempts").status_code == 202
    Source.objects.update(life="suspect", checked_at=timezone.now())
    answer = client.post(f"{room}{source.pk}/life/", {"life": "dead", "note": ""}, follow=True)
    assert "Say what you saw." in answer.content.decode()
    client.post(f"{room}{source.pk}/life/", {"life": "dead", "note": "The page is gone."})
    client.post(f"{room}{source.pk}/host/", {"owner": "Orlen Media", "note": "bought in 2020"})
    page = client.get(f"{room}{source.pk}/").content.decode()
    assert "The page is gone." in page
    assert "Orlen Media" in page
    client.force_login(desk.reviewers[0].user)
    page = client.get(f"{room}{source.pk}/").content.decode()
    assert "Orlen Media" in page
    assert 'name="owner"' not in page


def test_the_form_says_when_all_sources_share_one_owner(desk: factories.Desk, claim: Any) -> None:
    blocks = [
        {"key": key, "stance": "refutes", "url": f"http://{key}.example.com/", "quote": "x"}
        for key in ("first", "second")
    ]
    reviews.save_draft(claim, Answer(evidence=tuple(blocks)), by=desk.reviewers[0], row_version=None)
    client = Client()
    client.force_login(desk.reviewers[0].user)
    assert "share one owner" not in client.get(f"/n/marjan/claims/{claim.pk}/").content.decode()
    for key in ("first", "second"):
        hosts.write(f"{key}.example.com", by=desk.editor, owner="Orlen Media", note="")
    assert "All sources share one owner: Orlen Media." in client.get(f"/n/marjan/claims/{claim.pk}/").content.decode()


def test_all_sources_share_one_owner(desk: factories.Desk, published: Publication) -> None:
    first = Source.objects.get()
    second = Source.objects.create(
        newsroom=desk.newsroom, kind="url", url="http://b.example.com/", url_key="b", host="b.example.com"
    )
    assert hosts.shared_owner([first, second]) == ""
    hosts.write(first.host, by=desk.editor, owner="Orlen Media", note="")
    assert hosts.shared_owner([first, second]) == ""
    hosts.write(second.host, by=desk.editor, owner="orlen media", note="")
    assert hosts.shared_owner([first, second]).casefold() == "orlen media"
    hosts.write(second.host, by=desk.editor, owner="Another", note="")
    assert hosts.shared_owner([first, second]) == ""
    assert hosts.shared_owner([first]) == ""

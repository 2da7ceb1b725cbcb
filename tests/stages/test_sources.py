"""Sources of every kind: kept, read, their quotes checked; one row and one fetch however many cite it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from annotations.claims import queries as claim_queries
from annotations.lib import blobs, outbound
from annotations.lib.fetching.client import GuardedFetcher, Policy
from annotations.models import Capture, Claim, Evidence, FetchAttempt, QuoteCheck, Review, Source, Work
from annotations.reviews import citing, operations
from annotations.reviews.operations import Answer
from tests import factories
from tests.servers import Pages

TEXT = "The council met in May. The bridge cost 31 million and not 18 million, the auditor wrote in her report."
HTML = f"<html><title>Audit</title><body><p>{TEXT}</p></body></html>"


@pytest.fixture
def desk(db: None) -> factories.Desk:
    return factories.desk()


@pytest.fixture
def claim(desk: factories.Desk, run_jobs: Callable[[], int]) -> Claim:
    article = factories.article(desk)
    run_jobs()
    return claim_queries.get(desk.editor, factories.open_claim(desk, article).pk)


@pytest.fixture
def wired(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> Pages:
    monkeypatch.setattr(
        outbound, "fetcher", lambda: GuardedFetcher(Policy(), resolver=pages.resolver, dial_map=pages.dial)
    )
    return pages


def save(claim: Claim, desk: factories.Desk, who: int = 0, **block: Any) -> Evidence:
    block = {"key": "a", "stance": "refutes", **block}
    review = Review.objects.filter(claim=claim, reviewer=desk.reviewers[who]).first()
    operations.save_draft(
        claim, Answer(evidence=(block,)), by=desk.reviewers[who], row_version=review.row_version if review else None
    )
    return Evidence.objects.get(review__reviewer=desk.reviewers[who])


def test_the_same_link_cited_twice_is_fetched_once(
    desk: factories.Desk, claim: Claim, wired: Pages, run_jobs: Callable[[], int]
) -> None:
    wired.add("/audit", HTML)
    save(claim, desk, 0, url="http://audit.example.com/audit", quote="The bridge cost 31 million")
    save(
        claim, desk, 1, url="http://AUDIT.example.com/audit#part", quote="the bridge cost 37 million and not 18 million"
    )
    run_jobs()
    assert (Source.objects.count(), Capture.objects.count(), wired.asked) == (1, 1, ["/audit"])
    capture = Capture.objects.get()
    assert blobs.read(capture.body_digest).decode() == HTML
    assert (capture.title, capture.http_status, capture.origin) == ("Audit", 200, "fetch")
    assert capture.response_headers
    states = dict(Evidence.objects.values_list("quote", "quote_state"))
    assert states == {"The bridge cost 31 million": "exact", "the bridge cost 37 million and not 18 million": "altered"}


def test_an_edited_quote_is_checked_anew(
    desk: factories.Desk, claim: Claim, wired: Pages, run_jobs: Callable[[], int]
) -> None:
    wired.add("/audit", HTML)
    save(claim, desk, url="http://audit.example.com/audit", quote="nothing of the kind stands in it")
    run_jobs()
    assert Evidence.objects.get().quote_state == "not_found"
    assert (
        save(claim, desk, url="http://audit.example.com/audit", quote="the COUNCIL met in May").quote_state == "pending"
    )
    run_jobs()
    assert Evidence.objects.get().quote_state == "normalised"
    assert QuoteCheck.objects.count() == 2
    assert wired.asked == ["/audit"]


def test_an_uploaded_document(desk: factories.Desk, claim: Claim, run_jobs: Callable[[], int]) -> None:
    rana = desk.reviewers[0]
    source = citing.upload(by=rana, file_name="audit.html", body=HTML.encode())
    assert citing.upload(by=rana, file_name="again.html", body=HTML.encode()) == source
    save(claim, desk, source=source.pk, quote="The bridge cost 31 million")
    run_jobs()
    source.refresh_from_db()
    assert (source.state, source.life, Evidence.objects.get().quote_state) == ("ready", "unknown", "exact")


def test_somebody_elses_upload_cannot_be_cited(desk: factories.Desk, claim: Claim) -> None:
    source = citing.upload(by=desk.reviewers[1], file_name="audit.html", body=HTML.encode())
    block = {"key": "a", "source": source.pk, "quote": "x", "stance": "refutes"}
    operations.save_draft(claim, Answer(evidence=(block,)), by=desk.reviewers[0], row_version=None)
    assert Evidence.objects.count() == 0


def test_a_recorded_statement(desk: factories.Desk, claim: Claim, run_jobs: Callable[[], int]) -> None:
    said = "I never said that the bridge cost 18 million."
    save(
        claim,
        desk,
        statement=said,
        speaker="Ida Marsh",
        said_on="2024-05-02",
        means="interview",
        quote="never said that",
    )
    run_jobs()
    source = Source.objects.get()
    assert (source.kind, source.state, source.speaker) == ("statement", "ready", "Ida Marsh")
    assert Evidence.objects.get().quote_state == "exact"
    save(claim, desk, statement=said + " Never.", speaker="Ida Marsh", means="interview", quote="never said that")
    run_jobs()
    assert (Source.objects.count(), Capture.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    ("status", "state", "life"),
    [
        (404, "failed", "suspect"),
        (410, "failed", "suspect"),
        (403, "needs_copy", "restricted"),
        (402, "needs_copy", "restricted"),
        (503, "retry_wait", "unknown"),
    ],
)
def test_links_that_give_nothing(
    desk: factories.Desk, claim: Claim, wired: Pages, run_jobs: Callable[[], int], status: int, state: str, life: str
) -> None:
    wired.add("/x", "no", status=status)
    save(claim, desk, url="http://x.example.com/x", quote="some words that are there")
    run_jobs()
    source = Source.objects.get()
    assert (source.state, source.life) == (state, life)
    attempt = FetchAttempt.objects.get()
    assert (attempt.outcome, attempt.http_status) == ("http_error", status)
    if state != "retry_wait":
        assert Evidence.objects.get().quote_state == "unverifiable"


def test_an_address_that_leads_inside_is_blocked(
    desk: factories.Desk, claim: Claim, pages: Pages, run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = GuardedFetcher(Policy(), resolver=lambda host, port: ["10.0.0.7"], dial_map=pages.dial)
    monkeypatch.setattr(outbound, "fetcher", lambda: inside)
    save(claim, desk, url="http://looks-harmless.example.com/", quote="some words that are there")
    run_jobs()
    source = Source.objects.get()
    assert (source.state, source.problem, pages.asked) == ("blocked", "blocked_address", [])


def test_links_of_a_silent_host_wait_together(
    desk: factories.Desk, claim: Claim, pages: Pages, run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = GuardedFetcher(Policy(), resolver=pages.resolver, dial_map=lambda _address, _port: ("127.0.0.1", 1))
    monkeypatch.setattr(outbound, "fetcher", lambda: silent)
    for number in range(3):
        citing.cite_url(f"http://silent.example.com/{number}", by=desk.reviewers[0])
    run_jobs()
    assert dict(Source.objects.values_list("url", "problem")) == {
        "http://silent.example.com/0": "connect_failed",
        "http://silent.example.com/1": "host_silent",
        "http://silent.example.com/2": "host_silent",
    }
    assert set(Source.objects.values_list("state", flat=True)) == {"retry_wait"}
    assert FetchAttempt.objects.count() == 1
    assert Work.objects.filter(due_at__gt=timezone.now(), state="queued").count() == 3


def test_nothing_half_typed_is_fetched(desk: factories.Desk, claim: Claim) -> None:
    block = {"key": "a", "url": "http://audit.exam", "settled": False, "quote": "typed so far"}
    operations.save_draft(claim, Answer(evidence=(block,)), by=desk.reviewers[0], row_version=None)
    assert Source.objects.count() == 0
    assert Review.objects.get().draft["evidence"][0]["url"] == "http://audit.exam"

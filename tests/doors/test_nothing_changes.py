"""Whoever may still review reads, byte for byte, the same before and after a colleague's work; who marks blind counts nothing."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from annotations.claims import queries as claims
from annotations.lib import blobs
from annotations.models import Capture, Claim, Event, Evidence, Newsroom, Source
from annotations.models.sources import SourceLife, SourceState
from annotations.reviews import contacting, disclosing, operations, talking
from annotations.reviews.contacting import Entry
from annotations.rulings import operations as rulings
from annotations.rulings.operations import Decision
from tests import factories
from tests.factories import signed_in
from tests.marking_data import doubled

PAGES = """articles/ articles/{article}/ counts/ review/ review/news/?seen={claim} rulings/ rulings/news/ sources/ mentions/ agreement/mine/
    articles/{article}/states/?claims={claim} claims/{claim}/ claims/{claim}/comments/ claims/{claim}/contacts/
    claims/{claim}/edit/ claims/{claim}/sources.warc.gz articles/{article}/sources.warc.gz changed/""".split()
API = """articles/{article} articles/{article}/claims?order=queue claims/{claim}
    claims/{claim}/review claims/{claim}/reviews claims/{claim}/comments claims/{claim}/contacts claims/{claim}/similar
    queues/review queues/rulings queues/sign-off queues/changed sources mentions publications agreement/consensus
    agreement/mine events events?after=0""".split()
LINK = "https://quiet.example.com/audit"


@pytest.fixture
def desk(db: None) -> factories.Desk:
    made = factories.desk()
    Newsroom.objects.filter(pk=made.newsroom.pk).update(reviews_wanted=5)
    return made


@pytest.fixture
def claim(desk: factories.Desk, run_jobs: Callable[[], int]) -> Claim:
    article = factories.article(desk)
    run_jobs()
    return factories.open_claim(desk, article)


def read(client: Client, claim: Claim) -> dict[str, tuple[int, str, str]]:
    """Every answer with its ETag; without what differs at each asking."""
    paths = [f"/n/marjan/{path}" for path in PAGES] + [f"/api/v1/{path}" for path in API]
    found = {}
    for path in paths:
        answer = client.get(path.format(claim=claim.pk, article=claim.article_id))
        body = b"".join(answer) if answer.streaming else answer.content
        text = re.sub(r"[0-9a-f]{12}|[A-Za-z0-9]{64}", "", body.decode())
        found[path] = (answer.status_code, answer.headers.get("ETag", ""), text)
    return found


@pytest.mark.parametrize("who", ["reviewer", "editor"])
def test_a_colleagues_review_changes_nothing_that_is_read(
    desk: factories.Desk, claim: Claim, run_jobs: Callable[[], int], who: str
) -> None:
    """A submission, its source, a mention of the reader, an asked claimant: nor does the log's last number tell of them."""
    reader, colleague = (desk.reviewers[2] if who == "reviewer" else desk.second), desk.reviewers[0]
    client = signed_in(reader)
    client.get("/n/marjan/counts/")  # from here on the navigation has its numbers
    before = read(client, claim)
    factories.submit(claim, colleague, "true", url=LINK)
    run_jobs()
    talking.say(claim, "look", by=colleague, mentions=[reader.pk])
    asked = Entry(
        whom="W", contacted_on=date(2026, 1, 1), means="mail", asked="A", deadline=None, status="waiting", answer=""
    )
    contacting.enter(claim, asked, by=colleague)
    after = read(client, claim)
    shown = {path for path in before if before[path] != after[path]}
    contacted = {"/n/marjan/claims/{claim}/contacts/", "/api/v1/claims/{claim}/contacts"}
    assert shown <= contacted, shown
    assert LINK not in "".join(text for _status, _tag, text in after.values())


def test_a_poller_is_led_past_no_line_that_is_kept_from_it(
    desk: factories.Desk, claim: Claim, run_jobs: Callable[[], int]
) -> None:
    """The cursor of a blind editor stands still while a colleague submits; of one who looked, it moves."""
    disclosing.disclose(claim, by=desk.second)
    blind, seeing = signed_in(desk.editor), signed_in(desk.second)
    start = blind.get("/api/v1/events").json()["last"]
    factories.submit(claim, desk.reviewers[0])
    run_jobs()
    answer = blind.get(f"/api/v1/events?after={start}").json()
    assert answer == {"results": [], "last": start}
    assert seeing.get(f"/api/v1/events?after={start}").json()["results"] != []
    assert blind.get("/api/v1/events").json()["last"] == start


def test_a_source_cited_before_tells_nothing_at_any_door(
    desk: factories.Desk, claim: Claim, run_jobs: Callable[[], int]
) -> None:
    """Not its copy while one's own quote waits, never how long it is kept, whether it was looked at since, or that it died."""
    factories.submit(claim, desk.reviewers[0], "true", url=LINK)
    run_jobs()
    source, old = Source.objects.get(), timezone.now() - timedelta(days=40)
    copy = Capture.objects.create(
        source=source, body_digest=blobs.keep(b"the body"), body_bytes=8, origin="fetch", full_text="the body"
    )
    Capture.objects.filter(pk=copy.pk).update(captured_at=old)
    kept = {"state": SourceState.READY, "life": SourceLife.DEAD, "checked_at": old, "latest": copy, "problem": ""}
    Source.objects.update(title="A title", **kept)
    reader = desk.reviewers[2]
    operations.open_claim(claim, by=reader)
    operations.save_draft(claim, factories.answer(url=LINK), by=reader, row_version=None)
    client = signed_in(reader)

    def listed(query: str) -> bool:
        rows = client.get(f"/api/v1/sources?{query}").json()["results"]
        return bool(rows)

    for quote, state, title in (("pending", "fetching", ""), ("not_found", "ready", "A title")):
        Evidence.objects.filter(review__reviewer=reader).update(quote_state=quote)
        row = client.get(f"/api/v1/sources/{source.pk}").json()
        assert (row["state"], row["title"], row["life"], row["checked_at"]) == (state, title, "unknown", None)
        assert [listed(f"state={each}") for each in ("ready", "fetching")] == [state == "ready", state == "fetching"]
        assert [listed(each) for each in ("life=dead", "older=7", "life=unknown", "host=quiet")] == [0, 0, 1, 1]
        codes = [client.get(f"/n/marjan/sources/{source.pk}/{each}").status_code for each in ("copy/", "text/")]
        assert codes == ([404, 200] if quote == "pending" else [200, 200])
        page = client.get(f"/n/marjan/sources/{source.pk}/").content.decode()
        assert ("the body" in page, old.date().isoformat() in page) == (quote != "pending", False)
    author = signed_in(desk.reviewers[0]).get(f"/api/v1/sources/{source.pk}").json()
    assert (author["state"], author["life"]) == ("ready", "dead")


def test_who_marks_blind_learns_no_number_of_claims(desk: factories.Desk, run_jobs: Callable[[], int]) -> None:
    """How many claims the splitter found would guide the hand."""
    article = factories.article(desk)
    run_jobs()
    doubled(desk, article, desk.reviewers[0], desk.second)
    for member, count in ((desk.reviewers[0], "0"), (desk.second, "0"), (desk.admin, "3")):
        client = signed_in(member)
        for path in ("articles/", f"articles/states/?articles={article.pk}"):
            found = re.findall(r">\s*(\d+)\s*<", client.get(f"/n/marjan/{path}").content.decode())
            assert ("3" in found) == (count == "3"), (member, path, found)


def test_who_marks_blind_signs_nothing_off(desk: factories.Desk, claim: Claim, run_jobs: Callable[[], int]) -> None:
    """A ruling shows a claim of the article that they are to read bare."""
    Newsroom.objects.update(reviews_wanted=2)
    for member in desk.reviewers[:2]:
        factories.submit(claim, member)
    run_jobs()
    Claim.objects.filter(pk=claim.pk).update(unknown=["claimant", "claimed_on", "appearance"])
    decision = Decision(
        label="false", basis="unanimous", reason="r", summary="s", explanation="A long one.", language="en"
    )
    ruling = rulings.rule(claims.get(desk.editor, claim.pk), decision, by=desk.editor, row_version=None)
    doubled(desk, claim.article, desk.second)
    client = signed_in(desk.second)
    assert client.get("/api/v1/queues/sign-off").json()["results"] == []
    assert client.post(f"/n/marjan/rulings/{ruling.pk}/sign-off/").status_code == 404
    assert signed_in(desk.admin).get("/api/v1/queues/sign-off").json()["results"] != []


def test_a_ruling_follows_the_log_from_what_it_shows(
    desk: factories.Desk, claim: Claim, run_jobs: Callable[[], int]
) -> None:
    """Opening it discloses the reviews: told of them afterwards, the page would load itself anew under the editor's hands."""
    Newsroom.objects.filter(pk=desk.newsroom.pk).update(reviews_wanted=2)
    for reviewer in desk.reviewers[:2]:
        factories.submit(claim, reviewer, "true", url=LINK)
    run_jobs()  # the claim is judged: no editor may review it unasked
    client = signed_in(desk.editor)
    before = Event.objects.latest("pk").pk
    shown = follows_from(client, f"/n/marjan/claims/{claim.pk}/ruling/")
    assert before < Event.objects.get(kind="reviews.seen").pk <= shown


def follows_from(client: Client, path: str) -> int:
    found = re.search(r'data-events-after="(\d+)"', client.get(path).content.decode())
    assert found is not None
    return int(found.group(1))

"""Bad input gets a clear answer in the user's language, loses nothing, and is never a 500."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from annotations.lib import outbound
from annotations.lib.fetching.client import GuardedFetcher, Policy
from annotations.models import Article, Claim, Review
from tests import factories
from tests.servers import Pages


@pytest.fixture
def desk(db: None) -> factories.Desk:
    return factories.desk()


@pytest.fixture
def editor(desk: factories.Desk) -> Client:
    client = Client()
    client.force_login(desk.editor.user)
    return client


def post(client: Client, path: str, body: Any, method: str = "post") -> Any:
    return getattr(client, method)(f"/api/v1/{path}", data=json.dumps(body), content_type="application/json")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 422, "text_empty"),
        ({"text": "   \n\t "}, 422, "text_empty"),
        ({"text": "كلمة " * 600_000}, 413, "text_too_long"),
        ({"text": "A fair text.", "language": "klingon"}, 422, "unknown_language"),
        ({"text": "A fair text.", "direction": "up"}, 422, "invalid"),
        ({"text": "A fair text.", "published_on": "yesterday"}, 422, "invalid"),
        ({"url": "http://127.0.0.1/"}, 422, "bad_url"),
        ({"url": "file:///etc/passwd"}, 422, "bad_url"),
        ({"url": "http://user:secret@news.example.com/"}, 422, "bad_url"),
    ],
)
def test_articles_over_the_api(editor: Client, body: dict[str, Any], status: int, code: str) -> None:
    answer = post(editor, "articles", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer["Content-Type"] == "application/problem+json"
    assert Article.objects.count() == 0


def test_five_megabytes_in_the_browser_keep_what_was_typed(editor: Client) -> None:
    answer = editor.post("/n/marjan/articles/new/", {"text": "x" * 5_000_000, "title": "My long day"})
    assert answer.status_code == 413
    assert "My long day" in answer.content.decode()


def test_messages_are_in_the_users_language(editor: Client) -> None:
    answer = editor.post("/n/marjan/articles/new/", {"text": " "}, headers={"accept-language": "ar"})
    assert answer.status_code == 422
    assert "الصق" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "body", "problem"),
    [
        ("notes.txt", b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)) * 20, "binary"),
        ("report.pdf", b"%PDF-1.7 and then nothing that makes sense", "broken"),
        ("table.docx", b"PK\x03\x04 word/ but no archive", "broken"),
        ("archive.zip", b"PK\x03\x04" + b"\x00" * 400, "unsupported_type"),
        ("blank.txt", b"   \n  ", "empty"),
    ],
)
def test_files_that_cannot_be_read(
    editor: Client, run_jobs: Callable[[], int], name: str, body: bytes, problem: str
) -> None:
    answer = editor.post("/n/marjan/articles/new/", {"file": SimpleUploadedFile(name, body)})
    assert answer.status_code == 302
    run_jobs()
    article = Article.objects.get()
    assert (article.state, article.problem) == ("failed", problem)
    assert editor.get(answer["Location"]).status_code == 200


def test_an_address_that_times_out_is_tried_again(
    editor: Client, run_jobs: Callable[[], int], pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages.add("/slow", "late", delay=2.0)
    policy = Policy(total_seconds=0.3, read_seconds=0.2)
    monkeypatch.setattr(
        outbound, "fetcher", lambda: GuardedFetcher(policy, resolver=pages.resolver, dial_map=pages.dial)
    )
    assert post(editor, "articles", {"url": "http://news.example.com/slow"}).status_code == 201
    run_jobs()
    article = Article.objects.get()
    assert (article.state, article.problem, article.retries) == ("retry_wait", "timeout", 1)
    assert "tried again" in editor.get(f"/n/marjan/articles/{article.pk}/").content.decode()


def test_the_same_text_or_address_points_to_the_article_that_is_there(desk: factories.Desk, editor: Client) -> None:
    article = factories.article(desk)
    answer = post(editor, "articles", {"text": factories.ARABIC})
    assert (answer.status_code, answer.json()["code"], answer.json()["existing"]) == (409, "duplicate_text", article.pk)
    page = editor.post("/n/marjan/articles/new/", {"text": factories.ARABIC})
    assert page.status_code == 409
    assert f"/n/marjan/articles/{article.pk}/" in page.content.decode()
    first = post(editor, "articles", {"url": "https://news.example.com/a?utm_source=x"})
    again = post(editor, "articles", {"url": "https://NEWS.example.com:443/a#top"})
    assert again.json()["existing"] == first.json()["id"]


@pytest.mark.parametrize(
    ("span", "status", "code"),
    [
        ({"start": 5, "end": 5, "exact": "x"}, 422, "span_outside"),
        ({"start": 0, "end": 10_000, "exact": "x"}, 422, "span_outside"),
        ({"start": 0, "end": 7, "exact": "another"}, 409, "text_differs"),
        ({"start": -1, "end": 7, "exact": "x"}, 422, "invalid"),
        ({"start": "a", "end": 7, "exact": "x"}, 422, "invalid"),
    ],
)
def test_spans(
    desk: factories.Desk, editor: Client, run_jobs: Callable[[], int], span: dict[str, Any], status: int, code: str
) -> None:
    article = factories.article(desk)
    run_jobs()
    before = Claim.objects.count()
    answer = post(editor, f"articles/{article.pk}/claims", span)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert Claim.objects.count() == before


def test_no_token_a_wrong_token_and_broken_json(desk: factories.Desk, editor: Client) -> None:
    assert Client().get("/api/v1/articles").status_code == 401
    for key in ("fct_short", "fct_" + "a" * 36, "nonsense"):
        answer = Client().get("/api/v1/articles", headers={"authorization": f"Bearer {key}"})
        assert (answer.status_code, answer.json()["code"]) == (401, "bad_token")
    assert editor.post("/api/v1/articles", data="{", content_type="application/json").json()["code"] == "parse_error"
    assert editor.post("/api/v1/articles", data="<a/>", content_type="text/xml").status_code == 415
    assert editor.get("/api/v1/nowhere").json()["code"] == "not_found"
    assert editor.get("/api/v1/articles?cursor=%%%").json()["code"] == "bad_cursor"


@pytest.mark.parametrize("number", [2**63, -(2**70), 0, "x", None])
def test_numbers_that_no_row_can_have(
    desk: factories.Desk, editor: Client, run_jobs: Callable[[], int], number: Any
) -> None:
    article = factories.article(desk)
    run_jobs()
    claim = factories.open_claim(desk, article)
    for path, body, method in (
        (f"claims/{claim.pk}/assignments", {"members": [number]}, "post"),
        (f"claims/{claim.pk}/spans", {"spans": [{"start": 0, "end": number, "exact": "x"}]}, "put"),
        (f"claims/{claim.pk}/review", {"evidence": [{"source": number or -1, "quote": "q"}]}, "put"),
    ):
        assert post(editor, path, body, method).status_code == 422
    assert editor.get(f"/api/v1/claims/{2**70}").status_code == 404
    assert editor.get(f"/n/marjan/articles/{2**70}/").status_code == 404


def test_what_nobody_foresaw_is_a_problem_document_too(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from annotations.articles import queries

    def broken(*_given: object) -> None:
        raise RuntimeError("unforeseen")

    monkeypatch.setattr(queries, "in_newsroom", broken)
    editor.raise_request_exception = False
    answer = editor.get("/api/v1/articles")
    assert (answer.status_code, answer.json()["code"]) == (500, "server_error")
    assert "unforeseen" not in answer.content.decode()
    assert editor.get("/n/marjan/articles/").status_code == 500


def test_an_incomplete_review_says_all_that_is_missing_and_keeps_the_draft(
    desk: factories.Desk, run_jobs: Callable[[], int]
) -> None:
    article = factories.article(desk)
    run_jobs()
    claim = factories.open_claim(desk, article)
    client = Client()
    client.force_login(desk.reviewers[0].user)
    body = {"label": "", "reason": "", "evidence": [{"key": "a", "url": "http://localhost/x", "quote": "typed words"}]}
    answer = post(client, f"claims/{claim.pk}/review/submission", body, "put")
    assert answer.status_code == 422
    pointers = {error["pointer"] for error in answer.json()["errors"]}
    assert {"/label", "/reason", "/evidence/0/url", "/evidence/0/stance"} <= pointers
    assert Review.objects.get().draft["evidence"][0]["quote"] == "typed words"


def test_a_stale_draft_answers_412_with_both_texts(desk: factories.Desk, run_jobs: Callable[[], int]) -> None:
    article = factories.article(desk)
    run_jobs()
    claim = factories.open_claim(desk, article)
    client = Client()
    client.force_login(desk.reviewers[0].user)
    first = post(client, f"claims/{claim.pk}/review", {"reason": "one"}, "put")
    second = client.put(
        f"/api/v1/claims/{claim.pk}/review",
        data=json.dumps({"reason": "two"}),
        content_type="application/json",
        headers={"if-match": first["ETag"]},
    )
    assert second.status_code == 200
    stale = client.put(
        f"/api/v1/claims/{claim.pk}/review",
        data=json.dumps({"reason": "from the other window"}),
        content_type="application/json",
        headers={"if-match": first["ETag"]},
    )
    assert stale.status_code == 412
    assert stale.json()["current"]["draft"]["reason"] == "two"
    again = client.put(  # saved by the page that was left, and by the one after it
        f"/api/v1/claims/{claim.pk}/review",
        data=json.dumps({"reason": "two"}),
        content_type="application/json",
        headers={"if-match": first["ETag"]},
    )
    assert again.status_code == 200
    page = client.post(f"/n/marjan/claims/{claim.pk}/", {"reason": "typed here", "row_version": "1", "blocks": "0"})
    assert page.status_code == 412
    assert "typed here" in page.content.decode()
    assert "two" in page.content.decode()


def test_a_page_that_refuses_shows_what_was_typed(desk: factories.Desk, editor: Client) -> None:
    """The claim is gone, or the role changed meanwhile: nobody writes twice what the server had in hand."""
    typed = {
        "reason": "عدد الناخبين في التقرير آخر",
        "explanation": "<b>two words</b>",
        "label": "false",
        "row_version": "3",
    }
    answer = editor.post("/n/marjan/claims/999999/ruling/", typed)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert page.count("<textarea") == 2
    assert typed["reason"] in page
    assert "&lt;b&gt;two words&lt;/b&gt;</textarea>" in page
    secret = editor.post("/n/marjan/people/", {"email": "x@desk.example.org", "password": "walnut harbour nine"})
    assert secret.status_code == 403
    assert "walnut" not in secret.content.decode()

"""The whole job through the API alone: an Arabic article to a published ClaimReview, each person with a token."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from annotations.lib import outbound
from annotations.lib.fetching.client import GuardedFetcher, Policy
from annotations.models import Member
from annotations.newsrooms.operations import issue_token
from tests import factories, measure
from tests.servers import Pages


class Caller:
    def __init__(self, member: Member, scopes: list[str] | None = None) -> None:
        _row, key = issue_token(member, by=member, name="journey", scopes=scopes or ["read", "write"])
        self.headers = {"authorization": f"Bearer {key}"}
        self.client = Client()

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        answer = getattr(self.client, method)(
            f"/api/v1/{path}",
            data=json.dumps(body) if body is not None else None,
            content_type="application/json",
            headers={**self.headers, **headers},
        )
        assert answer.status_code < 500
        return answer


@pytest.fixture
def wired(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> Pages:
    pages.add(
        "/report",
        "<html lang=ar><title>التقرير</title><body><p>بلغ عدد المشاركين أكثر من ثمانمئة ألف في تلك الليلة.</p></body></html>",
    )
    monkeypatch.setattr(
        outbound, "fetcher", lambda: GuardedFetcher(Policy(), resolver=pages.resolver, dial_map=pages.dial)
    )
    return pages


def through_the_job(desk: factories.Desk, text: str, run_jobs: Callable[[], int], quote: str) -> dict[str, Any]:
    editor, second = Caller(desk.editor), Caller(desk.second)
    added = editor("post", "articles", {"text": text, "publisher": "صحيفة"})
    assert added.status_code == 201
    article = added.json()["id"]
    run_jobs()
    assert editor("get", f"articles/{article}").json()["state"] == "ready"
    rows = editor("get", f"articles/{article}/claims?order=queue").json()["results"]
    claim = rows[0]["id"]
    version = editor("get", f"articles/{article}/versions/1").json()
    span = rows[0]["spans"][0]
    assert version["text"][span["start"] : span["end"]] == span["exact"]

    assert editor("put", f"claims/{claim}/confirmation").json()["state"] == "open"
    row = editor("get", f"claims/{claim}")
    facts = {
        "claimant": "كاتب المقال",
        "claimant_kind": "person",
        "claimed_on": "2024-08-13",
        "unknown": ["appearance"],
    }
    assert editor("patch", f"claims/{claim}", facts, **{"if-match": row["ETag"]}).status_code == 200

    for reviewer, label in zip(desk.reviewers[:2], ("false", "false"), strict=True):
        call = Caller(reviewer)
        assert call("post", "queues/review/next").json()["id"] == claim
        draft = {
            "label": label,
            "reason": "المصدر يقول غير ذلك.",
            "evidence": [
                {
                    "key": "a",
                    "url": "http://report.example.com/report",
                    "quote": quote,
                    "stance": "refutes",
                    "is_primary": True,
                }
            ],
        }
        saved = call("put", f"claims/{claim}/review", draft)
        assert saved.status_code == 200
        assert call("put", f"claims/{claim}/review/submission", draft, **{"if-match": saved["ETag"]}).status_code == 200
    run_jobs()
    mine = Caller(desk.reviewers[0])("get", f"claims/{claim}/review").json()
    assert (mine["evidence"][0]["source_state"], mine["evidence"][0]["quote_state"]) == ("ready", "exact")

    assert [row["id"] for row in second("get", "queues/rulings").json()["results"]] == [claim]
    assert editor("put", f"claims/{claim}/disclosure").status_code == 200
    decision = {
        "label": "false",
        "basis": "unanimous",
        "reason": "متفق عليه.",
        "summary": "زائف.",
        "explanation": "يقول التقرير غير ذلك.",
        "language": "ar",
    }
    assert editor("put", f"claims/{claim}/ruling/decision", decision).json()["state"] == "awaiting_sign_off"
    assert editor("put", f"claims/{claim}/ruling/sign-off").json()["code"] == "own_ruling"
    assert second("put", f"claims/{claim}/ruling/sign-off").status_code == 200

    puller = Caller(desk.admin, ["publications"])
    pulled = puller("get", "publications?as=claimreview").json()["results"]
    assert puller("get", "articles").json()["code"] == "scope"
    assert Client().get("/facts/marjan/1/").status_code == 200
    return dict(pulled[0])


def check_markup(markup: dict[str, Any]) -> None:
    assert markup["@type"] == "ClaimReview"
    assert markup["url"].endswith("/facts/marjan/1/")
    assert markup["reviewRating"] | {"ratingExplanation": ""} == {
        "@type": "Rating",
        "alternateName": "زائف",
        "ratingValue": 2,
        "worstRating": 1,
        "bestRating": 6,
        "ratingExplanation": "",
    }
    assert markup["itemReviewed"]["datePublished"] == "2024-08-13"
    assert markup["datePublished"] != markup["itemReviewed"]["datePublished"]
    assert json.dumps(markup["reviewRating"]["ratingValue"]).isascii()


@pytest.mark.django_db
def test_from_text_to_claimreview(wired: Pages, run_jobs: Callable[[], int]) -> None:
    quote = "بلغ عدد المشاركين أكثر من ثمانمئة ألف"
    check_markup(through_the_job(factories.desk(), factories.ARABIC, run_jobs, quote))


@pytest.mark.django_db
def test_the_sample_article(wired: Pages, run_jobs: Callable[[], int]) -> None:
    text = (measure.folder() / "claims" / "arabic-article.txt").read_text(encoding="utf-8")
    quote = "بلغ عدد المشاركين أكثر من ثمانمئة ألف"
    check_markup(through_the_job(factories.desk(), text, run_jobs, quote))

"""What an editor's program does to claims: spans, pieces, places, repeats, types, feeds, imports; each answer and each refusal."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from annotations.claims import ranking
from annotations.claims.ranker import measure, train
from annotations.models import Article, Claim, ClaimType, Feed
from tests import factories
from tests.doors.test_api_journey import Caller
from tests.stages.test_ranking import made_up

pytestmark = pytest.mark.django_db

TEXT = (
    "The council paid 3 million for the bridge, and the mayor opened it on a Sunday in May. Cars pay nothing 🙂 here."
)


@pytest.fixture
def desk(db: None) -> factories.Desk:
    return factories.desk()


@pytest.fixture
def editor(desk: factories.Desk) -> Caller:
    return Caller(desk.editor)


@pytest.fixture
def article(desk: factories.Desk, run_jobs: Callable[[], int]) -> Article:
    made = factories.article(desk, TEXT)
    run_jobs()
    return Article.objects.get(pk=made.pk)


def span(words: str, **more: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "exact": words, **more}


def rows(editor: Caller, article: Article) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = editor("get", f"articles/{article.pk}/claims").json()["results"]
    return found


def test_spans_and_pieces(editor: Caller, article: Article) -> None:
    first = rows(editor, article)[0]
    assert [TEXT[part["start"] : part["end"]] for part in first["parts"]] == [
        "The council paid 3 million for the bridge",
        "the mayor opened it on a Sunday in May.",
    ]
    path = f"claims/{first['id']}"
    tag = editor("get", path)["ETag"]
    answer = editor(
        "put", f"{path}/spans", {"spans": [span("Cars pay nothing 🙂"), span("3 million")]}, **{"if-match": tag}
    )
    assert answer.status_code == 200
    assert answer.json()["quote"] == "3 million … Cars pay nothing 🙂"
    stale = editor("put", f"{path}/spans", {"spans": [span("3 million")]}, **{"if-match": tag})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")
    differs = editor("put", f"{path}/spans", {"spans": [{"start": 0, "end": 3, "exact": "Tho"}]})
    assert (differs.status_code, differs.json()["code"]) == (409, "text_differs")
    assert editor("put", f"{path}/spans", {"spans": []}).status_code == 422

    pieces = [span("3 million", restated="The bridge cost 3 million."), span("Cars pay nothing 🙂")]
    made = editor("post", f"{path}/pieces", {"pieces": pieces}).json()["results"]
    assert [(row["number"], row["restated"]) for row in made] == [(1, "The bridge cost 3 million."), (3, "")]
    assert editor("post", f"{path}/pieces", {"pieces": pieces[:1]}).json()["code"] == "too_few"
    undone = editor("post", f"articles/{article.pk}/undo").json()
    assert (undone["kind"], len(undone["claims"])) == ("split", 2)
    assert editor("post", f"articles/{article.pk}/undo").json()["kind"] == "adjust"
    assert editor("post", f"articles/{article.pk}/undo").json()["code"] == "nothing_to_undo"
    editor("put", f"{path}/confirmation")
    added = editor("post", f"articles/{article.pk}/claims", span("the bridge", restated="There is a bridge."))
    assert (added.status_code, added.json()["restated"]) == (201, "There is a bridge.")


def test_merging(editor: Caller, desk: factories.Desk, article: Article) -> None:
    first, second = (row["id"] for row in rows(editor, article)[:2])
    merged = editor("post", f"articles/{article.pk}/merges", {"claims": [second, first]})
    assert (merged.status_code, merged.json()["id"], len(merged.json()["spans"])) == (200, first, 2)
    assert editor("post", f"articles/{article.pk}/merges", {"claims": [first]}).status_code == 422
    other = factories.article(desk, "Another text stands here, with one claim.")
    assert editor("post", f"articles/{other.pk}/merges", {"claims": [first, second]}).status_code == 404


def test_the_voice_is_a_suggestion(editor: Caller, article: Article) -> None:
    first = rows(editor, article)[0]
    assert set(first["voice"]) == {"version", "kind", "claimant", "inherited", "quotes"}
    answer = editor("patch", f"claims/{first['id']}", {"attribution": "mixed", "claimant": "The council"}).json()
    assert (answer["attribution"], answer["voice"]["kind"]) == ("mixed", "narrator")


def test_facts_and_types(editor: Caller, desk: factories.Desk, article: Article) -> None:
    admin = Caller(desk.admin)
    made = admin("post", "claim-types", {"names": {"en": "Weather", "ar": "طقس"}})
    assert (made.status_code, made.json()["key"]) == (201, "weather")
    assert admin("post", "claim-types", {"names": {"en": "Weather"}}).status_code == 409
    assert editor("post", "claim-types", {"names": {"en": "Other"}}).status_code == 403
    assert len(editor("get", "claim-types").json()["results"]) == 10
    path = f"claims/{rows(editor, article)[0]['id']}"
    answer = editor("patch", path, {"claim_type": "weather", "place": "Orlen", "topic": "bridges"}).json()
    assert (answer["claim_type"], answer["place"], answer["topic"]) == ("weather", "Orlen", "bridges")
    assert editor("patch", path, {"claim_type": "cosmic"}).json()["code"] == "unknown_type"
    pk = ClaimType.objects.get(newsroom=desk.newsroom, key="weather").pk
    assert admin("patch", f"claim-types/{pk}", {"is_active": False}).json()["is_active"] is False
    assert editor("get", path).json()["claim_type"] == "weather"


def test_after_a_new_version(
    editor: Caller, desk: factories.Desk, article: Article, run_jobs: Callable[[], int]
) -> None:
    ids = [row["id"] for row in rows(editor, article)]
    for pk in ids:
        editor("put", f"claims/{pk}/confirmation")
    new = TEXT.replace("3 million", "4 million").replace(
        "Cars pay nothing 🙂 here.", "Wholly other words stand in this place."
    )
    assert editor("post", f"articles/{article.pk}/versions", {"text": new}).status_code == 201
    run_jobs()
    changed = editor("get", "queues/changed").json()["results"]
    assert [(row["claim"]["anchor"], row["claim"]["state"]) for row in changed] == [
        ("reworded", "open"),
        ("orphaned", "orphaned"),
    ]
    assert "3 million" in changed[0]["before"]
    assert "4 million" in changed[0]["now"]
    assert changed[1]["now"] == ""
    assert editor("put", f"claims/{ids[0]}/look").status_code == 200
    words = "Wholly other words stand in this place."
    start = new.index(words)
    placed = editor(
        "put", f"claims/{ids[1]}/place", {"spans": [{"start": start, "end": start + len(words), "exact": words}]}
    )
    assert (placed.json()["state"], placed.json()["anchor"]) == ("open", "reworded")
    assert editor("get", "queues/changed").json()["results"] == []
    again = editor(
        "put", f"claims/{ids[1]}/place", {"spans": [{"start": start, "end": start + len(words), "exact": words}]}
    )
    assert (again.status_code, again.json()["code"]) == (409, "not_lost")


def test_repeats(editor: Caller, desk: factories.Desk, article: Article, run_jobs: Callable[[], int]) -> None:
    second = factories.article(desk, "Elsewhere.\n\n" + TEXT.upper())
    run_jobs()
    mine = next(row for row in rows(editor, second) if "BRIDGE" in row["quote"])
    first = rows(editor, article)[0]
    found = editor("get", f"claims/{mine['id']}/similar").json()["results"][0]
    assert (found["claim"]["id"], found["claim"]["state"], found["why"]) == (first["id"], "proposed", ["same_words"])
    assert found["score"] > 0.95
    reviewer = Caller(desk.reviewers[0])
    by_text = reviewer(
        "post",
        "similar",
        {"text": "the council PAID 3 million for the bridge and the mayor opened it on a sunday in may"},
    )
    assert {each["claim"]["id"] for each in by_text.json()["results"]} == {first["id"], mine["id"]}
    linked = editor("put", f"claims/{mine['id']}/same-as", {"claim": first["id"]})
    assert linked.json()["same_as"] == first["id"]
    assert editor("put", f"claims/{mine['id']}/confirmation").json()["code"] == "linked"
    assert editor("put", f"claims/{first['id']}/same-as", {"claim": mine["id"]}).status_code == 422
    assert editor("delete", f"claims/{mine['id']}/same-as").json()["same_as"] is None
    other = Caller(factories.desk("orlen").editor)
    assert other("post", "similar", {"text": TEXT}).json()["results"] == []
    assert other("put", f"claims/{mine['id']}/same-as", {"claim": first["id"]}).status_code == 404


def test_blindness_of_repeats(desk: factories.Desk, article: Article, run_jobs: Callable[[], int]) -> None:
    """A similar claim that is being judged shows the state that its blindness allows, and no verdict."""
    claim = factories.open_claim(desk, article)
    factories.submit(claim, desk.reviewers[0], "false")
    factories.submit(claim, desk.reviewers[1], "true")
    run_jobs()
    assert Claim.objects.get(pk=claim.pk).state == "disputed"
    found = Caller(desk.reviewers[2])(
        "post",
        "similar",
        {"text": "The council paid 3 million for the bridge, and the mayor opened it on a Sunday in May."},
    )
    row = found.json()["results"][0]
    assert (row["claim"]["state"], row["publication"]) == ("in_review", None)
    assert "disputed" not in found.content.decode()


def test_feeds(editor: Caller, desk: factories.Desk) -> None:
    made = editor(
        "post", "feeds", {"url": "https://news.example.com/feed.xml", "topic": "harbour", "every_minutes": 60}
    )
    assert (made.status_code, made.json()["every_minutes"]) == (201, 60)
    path = f"feeds/{made.json()['id']}"
    assert editor("post", "feeds", {"url": "https://news.example.com/feed.xml"}).json()["code"] == "duplicate_feed"
    assert editor("post", "feeds", {"url": "ftp://news.example.com/feed.xml"}).json()["code"] == "bad_url"
    assert editor("patch", path, {"is_active": False}).json()["is_active"] is False
    assert editor("patch", path, {"every_minutes": 1}).status_code == 422
    assert Caller(factories.desk("orlen").editor)("get", path).status_code == 404
    assert editor("delete", path).status_code == 204
    assert Feed.objects.count() == 0


def test_imports(desk: factories.Desk, run_jobs: Callable[[], int]) -> None:
    client = Client()
    client.force_login(desk.editor.user)
    upload = SimpleUploadedFile("many.jsonl", b'{"text": "One text with words."}\n{"text": ""}\n')
    made = client.post("/api/v1/imports", {"file": upload})
    assert (made.status_code, made.json()["total"], made.json()["state"]) == (202, 2, "running")
    run_jobs()
    row = client.get(f"/api/v1/imports/{made.json()['id']}").json()
    assert (row["state"], row["added"], row["refused"], row["problems"][0][0]) == ("done", 1, 1, 2)
    assert client.get("/api/v1/imports").json()["results"][0]["id"] == row["id"]
    checks = SimpleUploadedFile(
        "checks.json", json.dumps([{"claim": "Cars pay nothing here", "verdict": "False"}]).encode()
    )
    made = client.post("/api/v1/imports", {"file": checks, "kind": "earlier_checks"})
    run_jobs()
    assert client.get(f"/api/v1/imports/{made.json()['id']}").json()["added"] == 1
    found = client.post("/api/v1/similar", {"text": "Cars pay nothing here!"}, content_type="application/json").json()
    assert found["results"][0]["earlier"]["verdict"] == "False"
    bad = client.post("/api/v1/imports", {"file": SimpleUploadedFile("x.json", b"{"), "kind": "earlier_checks"})
    assert (bad.status_code, bad.json()["code"]) == (422, "bad_json")
    assert client.post("/api/v1/imports", {}).status_code == 422


def test_rankers(desk: factories.Desk, run_jobs: Callable[[], int]) -> None:
    found = made_up(520)
    ranking.keep(desk.newsroom, train(found), measure(found), origin="file", by=None)
    admin = Caller(desk.admin)
    row = admin("get", "rankers").json()["results"][0]
    assert (row["is_on"], row["gain"]["model_auc"] > 0.9) == (False, True)
    assert admin("patch", f"rankers/{row['id']}", {"is_on": True}).json()["is_on"] is True
    assert Caller(desk.editor)("get", "rankers").status_code == 403
    run_jobs()


def test_the_pages(desk: factories.Desk, article: Article, run_jobs: Callable[[], int]) -> None:
    """Without JavaScript: feeds, imports, types, ranker, borders, undo; what is wrong is said on the page."""
    client = Client()
    client.force_login(desk.admin.user)
    room = "/n/marjan/"
    assert (
        client.post(room + "intake/", {"url": "https://news.example.com/f.xml", "every_minutes": "30"}).status_code
        == 302
    )
    wrong = client.post(room + "intake/", {"url": "nonsense", "every_minutes": "x", "topic": "kept"})
    assert wrong.status_code == 422
    assert 'value="kept"' in wrong.content.decode()
    feed = Feed.objects.get()
    for action, active in (("pause", False), ("resume", True)):
        client.post(f"{room}intake/feeds/{feed.pk}/", {"action": action})
        assert Feed.objects.get().is_active is active
    client.post(f"{room}intake/feeds/{feed.pk}/", {"action": "remove"})
    assert not Feed.objects.exists()
    assert (
        "اختر ملفا"
        in client.post(room + "intake/imports/", {}, follow=True, headers={"accept-language": "ar"}).content.decode()
    )
    upload = SimpleUploadedFile("many.jsonl", b'{"text": "Another text with words."}\n{}\n')
    page = client.post(room + "intake/imports/", {"file": upload, "kind": "articles"}, follow=True)
    assert page["Refresh"] == "3"
    run_jobs()
    page = client.get(page.redirect_chain[-1][0])
    assert "neither a text nor a url" in page.content.decode()
    assert "Refresh" not in page

    client.post(room + "settings/claim-types/", {"name_en": "Weather", "name_ar": "طقس"})
    kind = ClaimType.objects.get(newsroom=desk.newsroom, key="weather")
    client.post(room + "settings/claim-types/", {"type": kind.pk, "name_en": "Climate", "name_ar": ""})
    kind.refresh_from_db()
    assert (kind.names, kind.is_active) == ({"en": "Climate", "ar": "طقس"}, False)
    assert client.post(room + "settings/rankers/").status_code == 302
    assert "of 0 choices" not in client.get(room + "settings/").content.decode()

    claim = Claim.objects.filter(article=article).earliest("pk")
    answer = client.post(f"{room}claims/{claim.pk}/borders/", {"exact": ["3 million", "Cars pay", ""]})
    assert answer.status_code == 302
    assert list(claim.spans.order_by("start").values_list("exact", flat=True)) == ["3 million", "Cars pay"]
    assert client.post(f"{room}articles/{article.pk}/undo/", follow=True).status_code == 200
    assert claim.spans.count() == 1
    lost = client.post(f"{room}claims/{claim.pk}/borders/", {"exact": ["nowhere at all"]})
    assert lost.status_code == 422
    assert "nowhere at all" in lost.content.decode()

"""Double marking at the doors: blindness on pages, API and events for every role and state; the pages by plain forms."""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from annotations.claims.markings import operations, queries
from annotations.models import Article, Claim, Doubling, Marking, Member
from tests import factories, marking_data
from tests.factories import signed_in

pytestmark = pytest.mark.django_db
SECRET = "كلّف 18 مليون دينار، وإن 40 في المئة"
NOTE = "a note of hers that nobody may read yet"
TAXES = "لم نرفع الضرائب في عام 2023"


@pytest.fixture
def desk() -> factories.Desk:
    return factories.desk()


@pytest.fixture
def article(desk: factories.Desk, run_jobs: Callable[[], int]) -> Article:
    made = factories.article(desk)
    run_jobs()
    return Article.objects.get(pk=made.pk)


def everything(client: Client, article: Article) -> str:
    pages = ["", "review/", "articles/", f"articles/{article.pk}/", "agreement/"]
    pages += [f"articles/{article.pk}/marking/", f"articles/{article.pk}/markings/"]
    api = [f"articles/{article.pk}/{name}" for name in ("markings", "markings/rows", "double-marking", "claims")]
    api += ["events?after=0", "agreement"]
    answers = [client.get(f"/n/marjan/{path}") for path in pages] + [client.get(f"/api/v1/{path}") for path in api]
    assert all(answer.status_code in (200, 403, 404) for answer in answers), [each.status_code for each in answers]
    return "\n".join(answer.content.decode() for answer in answers)


# Who learns of Rana's marks in which state. rana: herself; rolf: marks too; rita: no place; edith: editor with no place;
# sami: an editor who marks; amal: an admin who has looked.
_SEES = {
    "marking": {"rana", "amal"},
    "one done": {"rana", "amal"},
    "merging": {"rana", "amal", "edith", "sami"},
    "off": set(),
}


@pytest.mark.parametrize("state", sorted(_SEES))
def test_who_learns_of_marks(desk: factories.Desk, article: Article, state: str) -> None:
    rana, rolf, rita = desk.reviewers
    doubling = marking_data.doubled(desk, article, rana, rolf, desk.second, places=3)
    made = marking_data.mark(doubling, rana, SECRET)
    operations.change(made, by=rana, note=NOTE)
    operations.disclose(doubling, by=desk.admin)
    if state == "off":
        operations.switch_off(doubling, by=desk.editor)
    elif state != "marking":
        for member in (rana, rolf, desk.second)[: 1 if state == "one done" else 3]:
            operations.done(doubling, by=member)
    people = {"rana": rana, "rolf": rolf, "rita": rita, "edith": desk.editor, "sami": desk.second, "amal": desk.admin}
    for name, member in people.items():
        shown = everything(signed_in(member), article)
        assert (NOTE in shown) == (name in _SEES[state]), name
        assert ("marking.added" in shown) == (name == "rana"), name


def test_no_count_of_others_marks_and_no_claims_for_markers(desk: factories.Desk, article: Article) -> None:
    rana, rolf, _rita = desk.reviewers
    marking_data.doubled(desk, article, rana, rolf)
    before = {each.pk: everything(signed_in(each), article) for each in (rolf, desk.editor)}
    doubling = queries.get(article)
    for words in (SECRET, TAXES):
        marking_data.mark(doubling, rana, words)
    client = signed_in(rolf)
    assert client.get(f"/api/v1/articles/{article.pk}/claims").json()["results"] == []
    claim = Claim.objects.filter(article=article).earliest("pk")
    assert client.get(f"/api/v1/claims/{claim.pk}").status_code == 404
    assert client.get(f"/n/marjan/claims/{claim.pk}/").status_code == 404
    page = client.get(f"/n/marjan/articles/{article.pk}/marking/").content.decode()
    assert "<mark" not in page
    assert 'id="claim-' not in page
    assert set(before) == {rolf.pk, desk.editor.pk}
    factories.claims.drop(claim, by=desk.editor, reason="no claim")
    kinds = [row["kind"] for row in client.get("/api/v1/events?after=0").json()["results"]]
    assert "claim.dropped" not in kinds
    other = signed_in(desk.editor).get("/api/v1/events?after=0").json()["results"]
    assert "claim.dropped" in [row["kind"] for row in other]


def test_the_marker_s_page_without_script(desk: factories.Desk, article: Article) -> None:
    rana, rolf, _rita = desk.reviewers
    marking_data.doubled(desk, article, rana)
    assert "1 article waits for your marking" in signed_in(rolf).get("/n/marjan/review/").content.decode()
    client, path = signed_in(rolf), f"/n/marjan/articles/{article.pk}/marking/"
    assert TAXES not in client.get(path).content.decode()  # no text before a place is taken
    assert client.post(path, {"action": "take"}).status_code == 302
    shown = client.post(path, {"action": "add", "exact": "no such words"})
    assert shown.status_code == 422
    assert "no such words" in shown.content.decode()
    assert client.post(path, {"action": "add", "exact": TAXES, "restated": "r"}).status_code == 302
    text = article.current.text if article.current else ""
    start = text.index("12 ألف")
    body = {"action": "add", "start": start, "end": start + 6, "exact": "12 ألف", "to": Marking.objects.get().pk}
    assert client.post(path, body).status_code == 302
    made = Marking.objects.get()
    assert queries.quotes(made, article.current) == [TAXES, "12 ألف"]  # type: ignore[arg-type]
    wrong = client.post(path, {"action": "add", "start": start, "end": start + 6, "exact": "13 ألف"})
    assert wrong.status_code == 409
    change = {"action": "change", "marking": made.pk, "row_version": made.row_version, "note": "n", "restated": ""}
    assert client.post(path, change | {"exact": [TAXES, ""]}).status_code == 302
    assert client.post(path, change | {"exact": [TAXES], "note": "late"}).status_code == 412
    made.refresh_from_db()
    assert (len(made.spans), made.note) == (1, "n")
    assert client.post(path, {"action": "remove", "marking": made.pk}).status_code == 302
    assert client.post(path, {"action": "done"}).status_code == 302
    assert client.post(path, {"action": "add", "exact": TAXES}).status_code == 409


def test_the_editor_s_page_without_script(desk: factories.Desk, article: Article) -> None:
    rana, rolf, _rita = desk.reviewers
    client, path = signed_in(desk.editor), f"/n/marjan/articles/{article.pk}/markings/"
    assert "Set to double marking" in client.get(f"/n/marjan/articles/{article.pk}/").content.decode()
    assert client.post(path, {"action": "on", "places": "2", "members": [rana.pk, rolf.pk]}).status_code == 302
    marking_data.lists(queries.get(article), {rana: [TAXES, "12 ألف"], rolf: [TAXES, "12 ألف سيارة"]})
    page = client.get(path).content.decode()
    assert "Take the 1 claim that all marked alike" in page
    assert "<ins>" in page
    assert client.post(path, {"action": "alike"}).status_code == 302
    _people, lines = queries.side_by_side(desk.editor, queries.get(article))
    row = next(line.key for line in lines if line.open)
    refused = client.post(path, {"action": "adjust", "row": row, "exact": ["words that are not there"]})
    assert refused.status_code == 422
    assert "words that are not there" in refused.content.decode()
    assert client.post(path, {"action": "leave", "row": row}).status_code == 302
    assert Doubling.objects.get().state == "merged"
    assert client.post(path, {"action": "again", "row": row}).status_code == 302
    assert client.post(path, {"action": "adjust", "row": row, "exact": ["12 ألف سيارة يوميا"]}).status_code == 302
    assert Doubling.objects.get().state == "merged"


def test_it_is_switched_on_with_a_new_article(desk: factories.Desk) -> None:
    body = {"text": "The bridge cost 18 million.", "double_marking": "on", "places": "2"}
    answer = signed_in(desk.editor).post("/n/marjan/articles/new/", body | {"members": [desk.reviewers[0].pk]})
    assert answer.status_code == 302
    assert Doubling.objects.get().markers.get().member_id == desk.reviewers[0].pk


def test_the_whole_way_by_the_api(desk: factories.Desk, article: Article) -> None:
    def send(member: Member, method: str, path: str, body: object = None) -> tuple[int, object]:
        more = {} if method == "get" else {"data": json.dumps(body or {}), "content_type": "application/json"}
        answer = getattr(signed_in(member), method)(f"/api/v1/articles/{article.pk}/{path}", **more)
        return answer.status_code, answer.json() if answer.content else None

    rana, rolf, _rita = desk.reviewers
    assert send(desk.editor, "post", "double-marking", {"members": [rana.pk]})[0] == 201
    assert send(rolf, "put", "double-marking/place")[0] == 200
    start = (article.current.text if article.current else "").index(TAXES)
    span = {"start": start, "end": start + len(TAXES), "exact": TAXES}
    for member in (rana, rolf):
        status, made = send(member, "post", "markings", {"spans": [span]})
        assert status == 201
        assert made["spans"] == [span]  # type: ignore[index]
    assert send(rolf, "post", "markings", {"spans": [span | {"exact": "x"}]})[0] == 409
    assert send(rolf, "patch", f"markings/{made['id']}", {"note": "mine"})[0] == 200  # type: ignore[index]
    assert send(rana, "patch", f"markings/{made['id']}", {"note": "hers"})[0] == 404  # type: ignore[index]
    assert send(desk.editor, "get", "markings/rows")[0] == 403
    for member in (rana, rolf):
        assert send(member, "put", "double-marking/done")[0] == 200
    status, rows = send(desk.editor, "get", "markings/rows")
    assert [row["kind"] for row in rows["results"]] == ["same"]  # type: ignore[index]
    status, decided = send(desk.editor, "post", "markings/rows", {"alike": True})
    assert (status, decided["state"]) == (200, "merged")  # type: ignore[index]
    assert Claim.objects.get(pk=decided["claims"][0]).created_by_id == desk.editor.user_id  # type: ignore[index]

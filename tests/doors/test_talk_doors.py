"""Comments, mentions, contacts, guideline and checklist as pages and in the API: blind, without JavaScript, nothing typed lost."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from annotations.models import Claim, Comment, Contact, Event, Notice, Publication, Review, User
from annotations.newsrooms import guidelines
from annotations.newsrooms.guidelines import Item
from annotations.reviews import disclosing, talking
from annotations.web.guidelines import checklist_context, guideline_context
from tests import factories
from tests.factories import signed_in

pytestmark = pytest.mark.django_db

SECRET = "words that only those who have judged may read"
CONTACT = {
    "whom": "سالم الحداد",
    "contacted_on": "2024-03-04",
    "means": "mail",
    "asked": "من أين الرقم؟",
    "status": "waiting",
}


@pytest.fixture
def desk() -> factories.Desk:
    return factories.desk()


@pytest.fixture
def claim(desk: factories.Desk, run_jobs: Callable[[], int]) -> Claim:
    """Rana and Rolf have judged; the editors and Rita may still."""
    article = factories.article(desk)
    run_jobs()
    found = factories.open_claim(desk, article)
    for reviewer, label in zip(desk.reviewers[:2], ("false", "true"), strict=True):
        factories.submit(found, reviewer, label)
    return Claim.objects.get(pk=found.pk)


def sent(client: Client, method: str, path: str, body: Any = None, **more: Any) -> Any:
    return getattr(client, method)(
        f"/api/v1/{path}", data=json.dumps(body or {}), content_type="application/json", **more
    )


@pytest.mark.parametrize("who", ["rita", "edith", "sami", "amal"])
def test_who_may_still_review_finds_nothing(desk: factories.Desk, claim: Claim, who: str) -> None:
    """Neither words nor names nor a number; and what they may ask answers the same with and without comments."""
    member = next(m for m in (*desk.reviewers, desk.editor, desk.second, desk.admin) if m.user.name.lower() == who)
    client = signed_in(member.user)
    paths = [
        f"/n/marjan/claims/{claim.pk}/",
        f"/n/marjan/claims/{claim.pk}/comments/",
        "/n/marjan/mentions/",
        "/n/marjan/",
        f"/n/marjan/claims/{claim.pk}/contacts/",
        f"/api/v1/claims/{claim.pk}/comments",
        "/api/v1/mentions",
        f"/api/v1/claims/{claim.pk}/contacts",
        "/api/v1/events?after=0",
    ]

    def asked() -> list[tuple[int, str]]:
        answers = [client.get(path) for path in paths]
        return [(answer.status_code, _plain(answer.content.decode())) for answer in answers]

    asked()  # the first look takes the claim
    before = asked()
    row = talking.say(claim, f"{SECRET} @{member.user.name}", by=desk.reviewers[0], mentions=[member.pk])
    factories_contact = {**CONTACT, "asked": SECRET}
    signed_in(desk.reviewers[1].user).post(f"/n/marjan/claims/{claim.pk}/contacts/", factories_contact)
    assert Contact.objects.get().within_review
    assert asked() == before
    assert SECRET not in client.get(f"/n/marjan/claims/{claim.pk}/").content.decode()
    for method, path, number in (
        ("patch", "comments/{}", row.pk),
        ("delete", "comments/{}", row.pk),
        ("put", "comments/{}/resolution", row.pk),
        ("post", "contacts/{}/corrections", Contact.objects.get().pk),
    ):
        there, not_there = (sent(client, method, path.format(pk), {"text": "x"}) for pk in (number, 999_999))
        assert there.status_code == 404, path
        assert {**there.json(), "instance": ""} == {**not_there.json(), "instance": ""}
    assert sent(client, "post", f"claims/{claim.pk}/comments", {"text": "x"}).status_code == 403
    assert client.post(f"/n/marjan/claims/{claim.pk}/comments/", {"text": "x"}).status_code == 403
    assert Notice.objects.get().read_at is None


def _plain(html: str) -> str:
    """Without what differs between any two requests; the form's empty block has a new key each time."""
    return re.sub(
        r'\b[0-9a-f]{12}\b|csrfmiddlewaretoken" value="[^"]*"|data-events-after="\d+"|"last":\s*\d+', "", html
    )


def test_a_talk_without_javascript(desk: factories.Desk, claim: Claim) -> None:
    rana, rolf = signed_in(desk.reviewers[0].user), signed_in(desk.reviewers[1].user)
    base = f"/n/marjan/claims/{claim.pk}/comments/"
    said = rana.post(
        base,
        {"text": "سؤال: https://a.example/x؟\n\n<b>no</b>", "mention": [str(desk.reviewers[1].pk)], "back": "comments"},
    )
    row = Comment.objects.get()
    assert said["Location"] == f"{base}#comment-{row.pk}"
    desk_page = rolf.get("/n/marjan/").content.decode()
    assert re.search(r'href="/n/marjan/mentions/">.*?<span class="for-you num">1<', desk_page)
    listed = rolf.get("/n/marjan/mentions/").content.decode()
    assert f"/n/marjan/claims/{claim.pk}/#comment-{row.pk}" in listed
    assert "سؤال" not in listed
    page = rolf.get(base).content.decode()
    assert '<a class="ltr" href="https://a.example/x" rel="nofollow noreferrer noopener">' in page
    assert "&lt;b&gt;no&lt;/b&gt;" in page
    assert '<bdi class="mention">@Rolf</bdi>' in page
    assert "comment-new" in page
    assert 'class="for-you' not in rolf.get("/n/marjan/").content.decode()  # read on opening
    rolf.post(base, {"text": "نعم @Rana", "reply_to": str(row.pk)})
    reply = Comment.objects.latest("pk")
    assert reply.parent_id == row.pk
    rolf.post(f"{base}{reply.pk}/", {"action": "edit", "text": "نعم، @Rana", "row_version": "1"})
    rana.post(f"{base}{row.pk}/", {"action": "resolve"})
    page = rana.get(base).content.decode()
    assert "edited" in page
    assert "resolved" in page
    rolf.post(f"{base}{reply.pk}/", {"action": "delete"})
    assert "نعم" not in rana.get(base).content.decode()
    assert Comment.objects.get(pk=reply.pk).text == ""
    assert rana.get(f"{base}{row.pk}/").status_code == 302  # a link to the form's address leads to the page


def test_what_was_typed_comes_back_with_what_is_wrong(desk: factories.Desk, claim: Claim) -> None:
    client = signed_in(desk.reviewers[0].user)
    base = f"/n/marjan/claims/{claim.pk}/comments/"
    long = "كلمة " * 1001
    refused = client.post(base, {"text": long, "mention": [str(desk.editor.pk)]})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert long in page
    assert 'aria-describedby="comment-help comment-new-wrong"' in page
    assert re.search(rf'value="{desk.editor.pk}"[^>]* checked', page)
    row = talking.say(claim, "first", by=desk.reviewers[0])
    talking.edit(row, "elsewhere", by=desk.reviewers[0], row_version=None)
    stale = client.post(f"{base}{row.pk}/", {"action": "edit", "text": "here", "row_version": "1"})
    assert stale.status_code == 412
    assert ">here</textarea>" in stale.content.decode()
    assert "elsewhere" in stale.content.decode()
    empty = client.post(base, {"text": " ", "reply_to": str(row.pk)})
    assert empty.status_code == 422
    assert client.post(f"{base}{row.pk}/", {"action": "nonsense"}).status_code == 422


def test_the_api_of_comments(desk: factories.Desk, claim: Claim) -> None:
    rana, rolf = signed_in(desk.reviewers[0].user), signed_in(desk.reviewers[1].user)
    made = sent(rana, "post", f"claims/{claim.pk}/comments", {"text": "أول", "mentions": [desk.reviewers[1].pk]})
    assert made.status_code == 201
    body = made.json()
    assert (body["thread"], body["mentions"][0]["name"], body["deleted"]) == (body["id"], "Rolf", False)
    reply = sent(rolf, "post", f"claims/{claim.pk}/comments", {"text": "two", "reply_to": body["id"]}).json()
    assert reply["thread"] == body["id"]
    mentions = rolf.get("/api/v1/mentions").json()
    assert (mentions["unread"], mentions["results"][0]["kind"], mentions["results"][0]["comment"]) == (
        1,
        "mention",
        body["id"],
    )
    assert rolf.put("/api/v1/mentions").status_code == 204
    assert rolf.get("/api/v1/mentions").json()["unread"] == 0
    edited = sent(rana, "patch", f"comments/{body['id']}", {"text": "ثان"}, headers={"If-Match": made["ETag"]})
    assert edited.json()["edited_at"] is not None
    stale = sent(rana, "patch", f"comments/{body['id']}", {"text": "third"}, headers={"If-Match": made["ETag"]})
    assert (stale.status_code, stale.json()["current"]["text"]) == (412, "ثان")
    assert sent(rolf, "patch", f"comments/{body['id']}", {"text": "mine"}).json()["code"] == "not_yours"
    assert rolf.put(f"/api/v1/comments/{body['id']}/resolution").json()["resolved_at"] is not None
    assert rolf.delete(f"/api/v1/comments/{body['id']}/resolution").json()["resolved_at"] is None
    assert rana.delete(f"/api/v1/comments/{body['id']}").status_code == 204
    rows = rolf.get(f"/api/v1/claims/{claim.pk}/comments").json()["results"]
    assert [(row["id"], row["text"], row["deleted"]) for row in rows] == [
        (body["id"], "", True),
        (reply["id"], "two", False),
    ]
    assert sent(rana, "post", f"claims/{claim.pk}/comments", {"text": "x", "mentions": [999999]}).status_code == 422


def test_the_log_of_contacts_on_pages(desk: factories.Desk, claim: Claim) -> None:
    edith, rita = signed_in(desk.editor.user), signed_in(desk.reviewers[2].user)
    base = f"/n/marjan/claims/{claim.pk}/contacts/"
    refused = edith.post(base, {**CONTACT, "means": "", "contacted_on": "someday", "asked": "kept"})
    assert refused.status_code == 422
    assert 'value="someday"' in refused.content.decode()
    assert ">kept</textarea>" in refused.content.decode()
    entered = edith.post(base, {**CONTACT, "back": "contacts"})
    row = Contact.objects.get()
    assert entered["Location"] == f"{base}#contact-{row.pk}"
    seen = rita.get(base).content.decode()
    assert CONTACT["asked"] in seen
    assert "Edith" not in seen
    assert "Publish this" not in seen
    edith.post(f"{base}{row.pk}/", {**CONTACT, "action": "correct", "status": "answered", "answer": "تقدير أولي"})
    last = Contact.objects.latest("pk")
    assert (last.status, last.replaces_id) == ("answered", row.pk)
    assert edith.post(f"{base}{last.pk}/", {"action": "publish"}).status_code == 403  # she has not opened the reviews
    disclosing.disclose(claim, by=desk.editor)
    assert "Publish this" in edith.get(base).content.decode()
    edith.post(f"{base}{last.pk}/", {"action": "publish", "back": "ruling"})
    assert Contact.objects.get(pk=last.pk).published_by == desk.editor.user
    assert rita.post(f"{base}{last.pk}/", {**CONTACT, "action": "correct"}).status_code == 403
    assert rita.post(f"{base}{last.pk}/", {"action": "publish"}).status_code == 403
    assert edith.post(f"{base}{row.pk}/", {**CONTACT, "action": "correct"}).status_code == 404  # it was replaced
    no_such = edith.post(f"{base}{last.pk}/", {"action": "nonsense"})
    assert no_such.status_code == 422


def test_the_api_of_contacts(desk: factories.Desk, claim: Claim) -> None:
    edith = signed_in(desk.editor.user)
    made = sent(edith, "post", f"claims/{claim.pk}/contacts", {**CONTACT, "deadline": "2024-03-06"})
    assert made.status_code == 201
    assert made.json()["is_late"] is True
    contact = made.json()["id"]
    answered = sent(edith, "post", f"contacts/{contact}/corrections", {"status": "answered", "answer": "yes"})
    assert answered.json()["before"][0]["id"] == contact
    fault = sent(edith, "post", f"contacts/{answered.json()['id']}/corrections", {"whom": "other"}).json()
    assert fault["errors"][0]["pointer"] == "/why"
    ticked = sent(edith, "put", f"contacts/{answered.json()['id']}/publication", {"to_publish": True})
    assert ticked.json()["code"] == "blind"
    disclosing.disclose(claim, by=desk.editor)
    ticked = sent(edith, "put", f"contacts/{answered.json()['id']}/publication", {"to_publish": True})
    assert ticked.json()["to_publish"] is True
    rita = signed_in(desk.reviewers[2].user)  # that something is to be published tells that an editor looked
    assert "contact.published" not in rita.get("/api/v1/events?after=0").content.decode()
    row = rita.get(f"/api/v1/claims/{claim.pk}/contacts").json()["results"][0]
    assert row["to_publish"] is False
    assert (row["whom"], row["entered_by"], row["before"][0]["entered_by"]) == (CONTACT["whom"], "", "")
    assert sent(edith, "post", f"claims/{claim.pk}/contacts", {"whom": "x"}).status_code == 422


def test_the_ruling_screen_has_it_all(desk: factories.Desk, claim: Claim, run_jobs: Callable[[], int]) -> None:
    guidelines.write_guideline({"en": "# How\n\n- read"}, by=desk.admin)
    guidelines.write_checklist([Item({"en": "Read it"}, False, "read")], by=desk.admin)
    Review.objects.filter(reviewer=desk.reviewers[0]).update(
        checks=["read"], checklist=guidelines.checklist(desk.newsroom)
    )
    run_jobs()
    talking.say(claim, SECRET, by=desk.reviewers[0])
    client = signed_in(desk.editor.user)
    client.post(f"/n/marjan/claims/{claim.pk}/contacts/", CONTACT)
    page = client.get(f"/n/marjan/claims/{claim.pk}/ruling/").content.decode()
    assert SECRET in page
    assert CONTACT["asked"] in page
    assert '<h3 dir="auto">How</h3>' in page
    assert "ticked:" in page
    back = client.post(f"/n/marjan/claims/{claim.pk}/comments/", {"text": "seen", "back": "ruling"})
    assert back["Location"].startswith(f"/n/marjan/claims/{claim.pk}/ruling/#comment-")


def test_readers_are_told(desk: factories.Desk, claim: Claim) -> None:
    from tests.stages.test_contacts import fresh, published

    disclosing.disclose(claim, by=desk.editor)
    client = signed_in(desk.editor.user)
    client.post(
        f"/n/marjan/claims/{claim.pk}/contacts/", {**CONTACT, "status": "answered", "answer": "تقدير <b>أولي</b>"}
    )
    client.post(f"/n/marjan/claims/{claim.pk}/contacts/{Contact.objects.get().pk}/", {"action": "publish"})
    publication: Publication = published(desk, fresh(claim))
    page = Client().get(f"/facts/marjan/{publication.number}/").content.decode()
    assert "طلبنا من" in page or "We asked" in page  # in the language of the fact-check
    assert "تقدير &lt;b&gt;أولي&lt;/b&gt;" in page
    assert CONTACT["asked"] not in page
    record = client.get(f"/api/v1/publications/{publication.number}").json()
    assert record["asked_for_comment"] == [
        {"whom": CONTACT["whom"], "asked_on": "2024-03-04", "status": "answered", "answer": "تقدير <b>أولي</b>"}
    ]


def test_the_settings_page(desk: factories.Desk) -> None:
    admin = signed_in(desk.admin.user)
    assert admin.post("/n/marjan/settings/guideline/", {"text_en": "# How", "text_ar": "# كيف"}).status_code == 302
    lines = {
        "key": ["", "", ""],
        "number": ["2", "1", "3"],
        "item_en": ["Second", "First", ""],
        "item_ar": ["", "الأول", ""],
        "required": ["1"],
        "version": "0",
    }
    assert admin.post("/n/marjan/settings/checklist/", lines).status_code == 302
    found = guidelines.items(guidelines.checklist(desk.newsroom))
    assert [(item.key, item.is_required) for item in found] == [("first", True), ("second", False)]
    page = admin.get("/n/marjan/settings/").content.decode()
    assert "كيف" in page
    assert 'value="First"' in page
    stale = admin.post("/n/marjan/settings/checklist/", {**lines, "item_en": ["kept", "", ""]})
    assert stale.status_code == 409
    assert 'value="kept"' in stale.content.decode()
    long = "x" * 50_001
    refused = admin.post("/n/marjan/settings/guideline/", {"text_en": long, "text_ar": "# كيف"})
    assert refused.status_code == 422
    assert long in refused.content.decode()
    assert signed_in(desk.editor.user).post("/n/marjan/settings/checklist/", lines).status_code == 403


def test_the_claim_screen_asks_for_what_is_needed(desk: factories.Desk, claim: Claim) -> None:
    guidelines.write_checklist(
        [Item({"ar": "قرأت المصدر"}, True, "read"), Item({"en": "Other"}, False, "other")], by=desk.admin
    )
    client = signed_in(desk.reviewers[2].user)
    path = f"/n/marjan/claims/{claim.pk}/"
    assert 'name="check" value="read"' in client.get(path).content.decode()
    form = {
        "action": "submit",
        "row_version": "",
        "label": "false",
        "reason": "because",
        "blocks": "1",
        "e0_key": "a",
        "e0_url": "https://a.example.com/x",
        "e0_quote": "words",
        "e0_stance": "refutes",
        "check": ["other"],
    }
    refused = client.post(path, form)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert 'aria-describedby="check-read-wrong"' in page
    assert 'value="other" checked' in page
    review = Review.objects.get(reviewer=desk.reviewers[2])
    assert (review.state, review.draft["checks"]) == ("draft", ["other"])
    done = client.post(path, {**form, "row_version": str(review.row_version), "check": ["read", "other"]})
    assert done.status_code == 302
    review.refresh_from_db()
    assert (review.state, review.checks) == ("submitted", ["read", "other"])


def test_the_checklist_in_the_review_s_form(desk: factories.Desk) -> None:
    assert render_to_string("reviews/checklist.html", checklist_context(desk.reviewers[0], {}, {})).strip() == ""
    assert render_to_string("reviews/guideline.html", guideline_context(desk.reviewers[0])).strip() == ""
    lines = [Item({"ar": "قرأت <المصدر>"}, True, "read"), Item({"en": "Looked elsewhere"}, False, "other")]
    guidelines.write_checklist(lines, by=desk.admin)
    guidelines.write_guideline({"ar": "# كيف"}, by=desk.admin)
    found = {"checks_read": "Still to be ticked"}
    html = render_to_string(
        "reviews/checklist.html", checklist_context(desk.reviewers[0], {"checks": ["other"]}, found)
    )
    assert "<bdi>قرأت &lt;المصدر&gt;</bdi>" in html
    assert 'value="read" aria-invalid="true" aria-describedby="check-read-wrong"' in html
    assert 'id="check-read-wrong">Still to be ticked' in html
    assert 'value="other" checked' in html
    shown = render_to_string("reviews/guideline.html", guideline_context(desk.reviewers[0]))
    assert '<div class="marked" lang="ar" dir="rtl"><h3 dir="auto">كيف</h3>' in shown


def test_the_api_of_guideline_and_checklist(desk: factories.Desk, claim: Claim) -> None:
    admin, rita = signed_in(desk.admin.user), signed_in(desk.reviewers[2].user)
    assert rita.get("/api/v1/checklist").json() == {"version": 0, "items": []}
    rows = [{"key": "read", "texts": {"en": "Read it", "ar": "اقرأه"}, "is_required": True}]
    assert sent(admin, "put", "checklist", {"items": rows}, headers={"If-Match": '"0"'}).json()["version"] == 1
    assert sent(admin, "put", "checklist", {"items": []}, headers={"If-Match": '"0"'}).status_code == 409
    assert sent(rita, "put", "checklist", {"items": []}).status_code == 403
    wrote = sent(admin, "put", "guideline", {"texts": {"en": "# How\n\n<script>"}}).json()["results"]
    assert wrote[0]["html"] == '<h3 dir="auto">How</h3>\n<p dir="auto">&lt;script&gt;</p>\n'
    assert sent(rita, "put", "guideline", {"texts": {}}).status_code == 403
    assert rita.get("/api/v1/guideline").json()["results"][0]["version"] == 1
    path = f"claims/{claim.pk}/review"
    body = {
        "label": "false",
        "reason": "because",
        "evidence": [{"url": "https://a.example.com/x", "quote": "words", "stance": "refutes"}],
    }
    refused = sent(rita, "put", f"{path}/submission", body)
    assert [(error["pointer"], error["code"]) for error in refused.json()["errors"]] == [("/checks/read", "not_ticked")]
    tag = rita.get(f"/api/v1/{path}")["ETag"]
    done = sent(rita, "put", f"{path}/submission", {**body, "checks": ["read"]}, headers={"If-Match": tag}).json()
    assert (done["state"], done["checks"], done["checklist"]) == ("submitted", ["read"], 1)


def test_the_admin_has_no_door_to_it(desk: factories.Desk, claim: Claim) -> None:
    User.objects.filter(pk=desk.admin.user_id).update(is_staff=True, is_superuser=True)
    client = signed_in(User.objects.get(pk=desk.admin.user_id))
    before = client.get("/admin/annotations/event/").content.decode().count("<tr")
    row = talking.say(claim, SECRET, by=desk.reviewers[0])
    for name in ("comment", "notice", "contact"):
        assert client.get(f"/admin/annotations/{name}/").status_code == 404
    listed = client.get("/admin/annotations/event/").content.decode()
    assert "comment.added" not in listed
    assert listed.count("<tr") == before
    assert Event.objects.filter(subject="comment", subject_id=row.pk).exists()

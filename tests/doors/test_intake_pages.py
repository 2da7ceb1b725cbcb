"""Intake and settings without JavaScript: imported fact-checks, a file of the other kind, the list of claim types."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from annotations.claims.repeats import earlier
from annotations.models import ClaimType, EarlierCheck, Event, Fingerprint, Import, Newsroom, Posting
from tests import factories
from tests.doors.test_claim_pages import ROOM, client, desk

__all__ = ["client", "desk"]
pytestmark = pytest.mark.django_db


def test_earlier_fact_checks_are_listed_and_removed(client: Client, desk: factories.Desk) -> None:
    for claim in ("كلّف الجسر الجديد 18 مليون دينار", "The moon is made of cheese"):
        earlier.take(desk.editor, {"claim": claim, "verdict": "False", "publisher": "Elsewhere"})
    page = client.get(ROOM + "earlier/").content.decode()
    assert page.index("The moon") < page.index("كلّف الجسر")  # newest first
    page = client.get(ROOM + "earlier/", {"q": "جسر كلف"}).content.decode()
    assert "كلّف الجسر" in page
    assert "The moon" not in page
    check = EarlierCheck.objects.get(claim__startswith="The moon")
    mark = Fingerprint.objects.get(earlier=check).pk
    assert client.post(f"{ROOM}earlier/{check.pk}/removal/").status_code == 302
    assert not EarlierCheck.objects.filter(pk=check.pk).exists()
    assert not Posting.objects.filter(fingerprint_id=mark).exists()
    assert Event.objects.filter(kind="earlier_check.removed").count() == 1
    assert client.post(f"{ROOM}earlier/{check.pk}/removal/").status_code == 404


@pytest.mark.parametrize(
    ("name", "body", "chosen", "said"),
    [
        ("r.json", b'{"@type": "ClaimReview", "claimReviewed": "x", "url": "https://a.example/1"}', "articles", "Earl"),
        ("c.csv", b"claim,verdict,url\nx,False,\n", "articles", "Choose \u201cEarlier fact-checks\u201d"),
        ("a.csv", b"title,text,url\nA,Some text.,\n", "earlier_checks", "Choose \u201cArticles\u201d"),
        ("a.jsonl", b'{"text": "Some text."}\n', "earlier_checks", "Choose \u201cArticles\u201d"),
    ],
)
def test_a_file_of_the_other_kind(client: Client, name: str, body: bytes, chosen: str, said: str) -> None:
    answer = client.post(ROOM + "intake/imports/", {"kind": chosen, "file": SimpleUploadedFile(name, body)})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert f'<option value="{chosen}" selected>' in page
    by_api = client.post("/api/v1/imports", {"kind": chosen, "file": SimpleUploadedFile(name, body)})
    assert (by_api.status_code, by_api.json()["code"]) == (422, "other_kind")
    assert not Import.objects.exists()


def test_all_claim_types_are_saved_at_once(client: Client, desk: factories.Desk) -> None:
    client.force_login(desk.admin.user)
    kinds = list(ClaimType.objects.filter(newsroom=desk.newsroom).order_by("order"))
    typed = {
        "type": [*(kind.pk for kind in kinds), ""],
        "name_en": [*(kind.names["en"] for kind in kinds), "Weather"],
        "name_ar": [*(kind.names["ar"] for kind in kinds), "طقس"],
        "is_active": [kind.pk for kind in kinds[1:]],
    }
    typed["name_en"][2] = ""
    typed["name_ar"][3] = "تحقق من قول"
    path = ROOM + "settings/claim-types/"
    refused = client.post(path, typed)
    assert refused.status_code == 422
    assert "own language" in refused.content.decode()
    assert "تحقق من قول" in refused.content.decode()
    assert ClaimType.objects.filter(newsroom=desk.newsroom).count() == len(kinds)
    typed["name_en"][2] = "Cause"
    assert client.post(path, typed).status_code == 302
    names = {kind.names["en"]: kind.is_active for kind in ClaimType.objects.filter(newsroom=desk.newsroom)}
    assert names["Cause"] is True
    assert names["Weather"] is True
    assert names[kinds[0].names["en"]] is False
    Newsroom.objects.filter(pk=desk.newsroom.pk).update(language="ar")
    assert client.post(path, {"name_en": "Only English", "name_ar": ""}).status_code == 422

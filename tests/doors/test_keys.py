"""A person's own keys through the page that keeps them."""

import pytest
from django.test import Client

from annotations.newsrooms import keys
from tests import factories

pytestmark = pytest.mark.django_db


def test_keys_are_kept_refused_and_reset(client: Client) -> None:
    member = factories.desk().editor
    client.force_login(member.user)
    assert "sentence_next" in client.get("/preferences/keys/?dialog=1").content.decode()
    answer = client.post("/preferences/keys/", {"on": "1", "sentence_next": "c", "dialog": "1"})
    assert answer.status_code == 422
    assert 'class="wrong"' in answer.content.decode()
    answer = client.post("/preferences/keys/", {"sentence_next": "X ", "search": "", "verdict_offered": "1"})
    assert answer.status_code == 302
    member.user.refresh_from_db()
    assert member.user.keys == {"keys": {"sentence_next": "x", "search": "", "verdict": ""}, "off": True}
    assert keys.of(member.user)["add"] == "c"
    assert client.post("/preferences/keys/", {"source": "not a key"}).status_code == 422
    client.post("/preferences/keys/", {"action": "reset"})
    member.user.refresh_from_db()
    assert member.user.keys == {}


def test_marked_words_become_a_claim_and_move(client: Client) -> None:
    desk = factories.desk()
    editor = desk.editor
    article = factories.article(desk, "The pier cost 3 crowns. Nobody saw it.\n\nThe end came in 2023.")
    client.force_login(editor.user)
    address = f"/n/{editor.newsroom.slug}/articles/{article.pk}/claims/marked/"
    answer = client.post(address, {"start": ["4", "40"], "end": ["8", "47"], "exact": ["pier", "The end"]})
    body = answer.content.decode()
    assert answer.status_code == 200, body
    assert body.count("data-start=") == 2
    assert "pier … The end" in body
    assert client.post(address, {"start": "4", "end": "8", "exact": "peer"}).status_code == 409
    claim = article.claims.get()
    answer = client.post(address, {"start": "24", "end": "30", "exact": "Nobody", "fit": str(claim.pk)})
    assert answer.status_code == 200
    assert [span.exact for span in claim.spans.all()] == ["Nobody"]
    assert client.post(address, {"start": "24", "end": "30", "exact": "Nobody"}).json()["existing"] == claim.pk
    stale = {"start": "4", "end": "8", "exact": "pier", "fit": str(claim.pk), "row_version": "1"}
    refused = client.post(address, stale)  # somebody changed it after this page was shown
    assert (refused.status_code, refused.json()["code"]) == (412, "stale")
    claim.refresh_from_db()
    assert client.post(address, stale | {"row_version": str(claim.row_version)}).status_code == 200
    assert client.get(address).status_code == 302

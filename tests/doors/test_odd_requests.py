"""Requests that no page of ours sends: each gets a refusal that says why, none a 500, and none does what was not asked for."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from annotations.claims import facts
from annotations.claims import queries as claims
from annotations.exports.formats.table import safe
from annotations.models import ApiToken, Claim, ClaimType, Disclosure, Member, Ruling, User, Work
from annotations.newsrooms.operations import issue_token
from annotations.rulings import operations as rulings
from annotations.rulings.operations import Decision
from tests import factories
from tests.factories import signed_in

SQUARED, LONG = "²", "9" * 5000  # a digit that is no number; more digits than Python reads


@pytest.fixture
def desk(db: None) -> factories.Desk:
    return factories.desk()


@pytest.fixture
def claim(desk: factories.Desk, run_jobs: Callable[[], int]) -> Claim:
    article = factories.article(desk)
    run_jobs()
    return factories.open_claim(desk, article)


def with_token(member: Member, scope: str) -> Client:
    _row, key = issue_token(member, by=member, name="a program", scopes=[scope])
    return Client(headers={"Authorization": f"Bearer {key}"})


@pytest.mark.parametrize("odd", [SQUARED, LONG, "-1", "1e3"])
def test_numbers_in_forms(desk: factories.Desk, claim: Claim, odd: str) -> None:
    """Whatever a field of ours holds instead of a number (the test client raises what nobody foresaw)."""
    client = signed_in(desk.admin)
    article, one = f"articles/{claim.article_id}/", f"claims/{claim.pk}/"
    names = """row_version blocks other members claims start end exact occurrence change type number version days reply_to mention
        fit to marking places every_minutes""".split()
    for path, action in (
        (f"{article}edit/", ""),
        (f"{article}claims/", ""),
        (f"{article}claims/marked/", ""),
        (f"{article}claims/merge/", ""),
        (f"{article}undo/", ""),
        (f"{article}marking/", "add"),
        (f"{one}action/", "link"),
        (f"{one}action/", "assign"),
        (f"{one}comments/", ""),
        (f"{one}edit/", ""),
        (f"{one}ruling/", "save"),
        (one, "save"),
        (f"changed/articles/{claim.article_id}/", ""),
        ("tokens/", ""),
        ("intake/", ""),
        ("settings/claim-types/", ""),
        ("settings/checklist/", ""),
    ):
        typed = dict.fromkeys(names, odd) | {"action": action, "name": "n", "scopes": "read", "name_en": "A type"}
        assert client.post(f"/n/marjan/{path}", typed).status_code < 500, path
    assert not ApiToken.objects.exists(), "no number of days must not mean for ever"
    for path in (
        f"sources/?older={odd}",
        f"sources/states/?sources={odd}",
        f"agreement/files/scores.csv?article={odd}",
    ):
        assert client.get(f"/n/marjan/{path}").status_code < 500, path


def packed(value: str) -> str:
    return base64.urlsafe_b64encode(value.encode()).decode().rstrip("=")


BEYOND = '["2024-01-01T00:00", 1e999]'


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"articles?limit={LONG}", 422),
        (f"sources?older={LONG}", 200),
        ("sources?host=a%00b", 400),
        ("agreement?topic=a%00b", 400),
        (f"articles?cursor={packed('[' * 9000)}", 422),
        (f"publications?cursor={packed('[' * 9000)}", 422),
        (f"publications?cursor={packed(BEYOND)}", 422),
        (f"publications?cursor={packed('{}')}", 422),
    ],
)
def test_addresses_over_the_api(desk: factories.Desk, path: str, status: int) -> None:
    assert signed_in(desk.admin).get(f"/api/v1/{path}").status_code == status


@pytest.mark.parametrize("body", ["[" * 50_000 + "]" * 50_000, '{"text":' * 50_000 + "1" + "}" * 50_000])
def test_json_without_a_floor(desk: factories.Desk, body: str) -> None:
    answer = signed_in(desk.editor).post("/api/v1/articles", body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "parse_error")


def test_halves_of_characters(desk: factories.Desk, claim: Claim) -> None:
    """JSON can hold half of a surrogate pair; an answer in UTF-8, and a row, cannot. As a key it would spoil every later answer."""
    client = signed_in(desk.admin)

    def put(method: str, path: str, body: str) -> Any:
        return client.generic(method, f"/api/v1/{path}", body, content_type="application/json")

    half = r"\ud800"
    assert put("PATCH", f"claims/{claim.pk}", f'{{"attribution": "{half}"}}').status_code == 422
    assert put("PATCH", f"claims/{claim.pk}", f'{{"unknown": ["{half}"]}}').status_code == 422
    for key in (half, r"a\u0000"):
        assert put("POST", "claim-types", f'{{"names": {{"en": "A type", "{key}": "x"}}}}').status_code == 422
        assert put("PUT", "guideline", f'{{"texts": {{"{key}": "x"}}}}').status_code == 422
    assert client.get("/api/v1/claim-types").status_code == 200


def test_odd_entity_tags(desk: factories.Desk, claim: Claim) -> None:
    body = json.dumps({"topic": "roads"})
    answer = signed_in(desk.editor).patch(
        f"/api/v1/claims/{claim.pk}", body, content_type="application/json", headers={"If-Match": LONG}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_etag")


@pytest.mark.parametrize("method", ["options", "put", "delete", "patch"])
def test_other_methods_do_not_what_get_does(desk: factories.Desk, claim: Claim, method: str) -> None:
    """Opening a ruling ends one's own right to review the claim."""
    answer = getattr(signed_in(desk.editor), method)(f"/n/marjan/claims/{claim.pk}/ruling/")
    assert answer.status_code == 405
    assert not Disclosure.objects.exists()


def test_a_reading_token_asks_for_nothing(desk: factories.Desk, claim: Claim) -> None:
    factories.submit(claim, desk.reviewers[0])
    source = claim.reviews.get().evidence.get().source
    owed = Work.objects.count()
    client = with_token(desk.reviewers[0], "read")
    assert client.get(f"/api/v1/sources/{source.pk}").status_code == 200
    assert client.post(f"/api/v1/sources/{source.pk}/attempts").status_code == 403
    assert client.put("/api/v1/mentions").status_code == 403
    assert Work.objects.count() == owed


def test_what_one_person_reads_is_no_caches(desk: factories.Desk, claim: Claim) -> None:
    client = signed_in(desk.admin)
    for path in ("/n/marjan/", f"/n/marjan/claims/{claim.pk}/", "/api/v1/articles", "/n/marjan/none/", "/preferences/"):
        assert client.get(path)["Cache-Control"] == "private, no-cache", path
    assert client.get("/n/marjan/agreement/files/scores.csv")["Cache-Control"] == "private, no-store"
    for path in ("/n/marjan/tokens/", "/n/marjan/people/", "/n/marjan/counts/"):
        assert "no-store" in client.get(path)["Cache-Control"], path
    assert with_token(desk.admin, "read").get("/api/v1/articles")["Cache-Control"] == "private, no-cache"
    assert "Cache-Control" not in Client().get("/facts/marjan/")


def test_the_admin_has_no_door_of_its_own(desk: factories.Desk) -> None:
    """Where wrong passwords are not counted, anybody's could be tried out."""
    cache.clear()
    User.objects.filter(pk=desk.admin.user_id).update(is_staff=True)
    typed = {"username": desk.admin.user.email, "password": "walnut-harbour-9"}
    answer = Client().post("/admin/login/?next=/admin/", typed)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/admin/")
    assert signed_in(desk.admin).get("/admin/").status_code == 200
    assert signed_in(desk.editor).get("/admin/", follow=True).status_code == 403
    client = Client()
    for _time in range(6):
        client.post("/accounts/login/", {"login": desk.admin.user.email, "password": "wrong"})
    client.post("/accounts/login/", {"login": desk.admin.user.email, "password": "walnut-harbour-9"})
    assert "_auth_user_id" not in client.session
    cache.clear()


def test_what_is_signed_off_is_what_was_read(desk: factories.Desk, claim: Claim, run_jobs: Callable[[], int]) -> None:
    """Sent back, rewritten and ruled anew while the second person read: their click is for the other text."""
    for member in desk.reviewers[:2]:
        factories.submit(claim, member)
    run_jobs()
    Claim.objects.filter(pk=claim.pk).update(unknown=["claimant", "claimed_on", "appearance"])
    values = {
        "label": "false",
        "basis": "unanimous",
        "reason": "r",
        "summary": "s",
        "explanation": "e",
        "language": "en",
    }
    ruling = rulings.rule(claims.get(desk.editor, claim.pk), Decision(**values), by=desk.editor, row_version=None)
    seen = ruling.row_version
    again = rulings.send_back(ruling, by=desk.editor, reason="wait")
    values["summary"] = "the contrary"
    rulings.rule(claims.get(desk.editor, claim.pk), Decision(**values), by=desk.editor, row_version=again.row_version)
    client = signed_in(desk.second)
    path = f"/api/v1/claims/{claim.pk}/ruling/sign-off"
    assert client.put(path, headers={"If-Match": f'"{seen}"'}).status_code == 412
    client.post(f"/n/marjan/rulings/{ruling.pk}/sign-off/", {"row_version": seen})
    ruling = Ruling.objects.get()
    assert ruling.state == "awaiting_sign_off"
    read = {"row_version": ruling.row_version, "claim_version": claims.get(desk.second, claim.pk).row_version}
    facts.edit(claims.get(desk.admin, claim.pk), by=desk.admin, row_version=None, changes={"restated": "Another one."})
    told = client.post(f"/n/marjan/rulings/{ruling.pk}/sign-off/", read, follow=True).content.decode()
    assert "Somebody changed the claim in the meantime." in told
    now = f'name="claim_version" value="{claims.get(desk.second, claim.pk).row_version}"'
    assert now in told
    assert Ruling.objects.get().state == "awaiting_sign_off"
    client.post(
        f"/n/marjan/rulings/{ruling.pk}/sign-off/",
        read | {"claim_version": claims.get(desk.second, claim.pk).row_version},
    )
    assert Ruling.objects.get().state == "published"


@pytest.mark.parametrize("lead", ["", " ", "\n", "\t", "\u00a0", "\ufeff", "\u200b"])
def test_cells_that_a_spreadsheet_would_run(lead: str) -> None:
    for sign in "=+-@＝＋－＠":
        assert safe(f"{lead}{sign}1+1").startswith("'")
    assert safe("نص =") == "نص ="


def test_no_form_holds_what_postgresql_cannot_keep(desk: factories.Desk, claim: Claim) -> None:
    signed_in(desk.editor).post(f"/n/marjan/claims/{claim.pk}/action/", {"action": "drop", "reason": "not\x00ours"})
    assert Claim.objects.get(pk=claim.pk).drop_reason == "not\ufffdours"


def test_a_long_name_makes_a_key_that_its_column_holds(desk: factories.Desk) -> None:
    typed = {"type": "", "name_en": "word " * 24, "name_ar": "\u0643\u0644\u0645\u0629"}
    assert signed_in(desk.admin).post("/n/marjan/settings/claim-types/", typed).status_code == 302
    assert len(ClaimType.objects.latest("pk").key) <= 60

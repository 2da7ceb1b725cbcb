"""Agreement at its doors: what pages say, who gets which file, the same figures from the API, votes from elsewhere."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.agreement import queries, submitted
from annotations.models import Claim, Disclosure
from tests import agreement_data, factories
from tests.factories import signed_in

pytestmark = pytest.mark.django_db
FILES = ("diagnosis.json", "coincidences.csv", "scores.csv", "scores.json")


@pytest.fixture
def desk() -> factories.Desk:
    return factories.desk()


def page(member: Any, path: str) -> str:
    answer = signed_in(member).get(f"/n/marjan/{path}")
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_page_shows_each_figure_with_its_n(desk: factories.Desk) -> None:
    agreement_data.fill(desk)
    found = queries.report(desk.editor)
    shown = page(desk.editor, "agreement/")
    for name in ("alpha_gate", "alpha_scale", "alpha_composite", "gwet_ac1", "percent_agreement"):
        score = found.scores[name]
        words = f"{score.value:.2f} (95 % interval {score.low:.2f} to {score.high:.2f})"
        assert words.replace("-", "\u200e\u2212") in shown  # the minus stands on the left in Arabic too
    assert shown.count('class="figure-bar"') >= 5
    assert "60 claims with a verdict, 60 of them with two or more" in shown
    assert "were the reviewers independent of each other" in shown
    assert '<svg class="heat"' in shown
    assert "coverage" in shown
    assert "Reviewers and pairs" not in shown
    assert "Reviewers and pairs" in page(desk.admin, "agreement/")
    narrow = page(desk.editor, f"articles/{Claim.objects.earliest('pk').article_id}/agreement/")
    assert "3 reviewers, 10 claims: not enough to say." in narrow
    assert "All claims" in page(desk.editor, "agreement/?topic=water&since=2026-01-01")
    assert signed_in(desk.editor).get("/n/marjan/agreement/?since=x").status_code == 422


def test_an_empty_newsroom_and_a_dominant_verdict_say_so(desk: factories.Desk) -> None:
    assert "0 reviewers, 0 claims: not enough to say." in page(desk.editor, "agreement/")
    article = agreement_data.plain_article(desk)
    for number in range(24):
        votes = {"rana": "false", "rolf": "true" if number < 2 else "false"}
        agreement_data.judged(desk, article, votes)
    assert "One verdict dominates" in page(desk.editor, "agreement/")


def test_people_are_shown_to_themselves_and_to_admins(desk: factories.Desk) -> None:
    agreement_data.fill(desk, articles=6, claims=10, names=("rana", "rolf"))
    rana, rolf, rita = desk.reviewers
    assert "Rolf" in page(rana, "agreement/mine/")
    assert "Rana" not in page(rita, "agreement/mine/")
    assert "No two reviewers share a claim yet." in page(rita, "agreement/mine/")
    assert "Rana" in page(desk.admin, "agreement/people/")
    for member in (rolf, desk.editor, desk.second):
        assert signed_in(member).get("/n/marjan/agreement/people/").status_code == 403
        assert signed_in(member).get("/api/v1/agreement/people").status_code == 403
    assert signed_in(rolf).get("/n/marjan/agreement/").status_code == 403
    assert "My agreement" in page(rolf, "")

    body = signed_in(rana).get("/api/v1/agreement/mine").json()
    assert [person["member"] for person in body["persons"]] == [rana.pk]
    assert [sorted(couple["members"]) for couple in body["couples"]] == [sorted((rana.pk, rolf.pk))]
    assert body["persons"][0]["vs_rest"]["value"] is not None
    assert len(signed_in(desk.admin).get("/api/v1/agreement/people").json()["persons"]) == 2


def test_files_come_as_downloads_to_those_who_read_the_page(desk: factories.Desk) -> None:
    agreement_data.fill(desk, articles=2)
    for name in FILES:
        answer = signed_in(desk.editor).get(f"/n/marjan/agreement/files/{name}")
        assert answer.status_code == 200
        assert answer["Content-Disposition"] == f'attachment; filename="agreement-{name}"'
        assert signed_in(desk.reviewers[0]).get(f"/n/marjan/agreement/files/{name}").status_code == 403
    assert signed_in(desk.editor).get("/n/marjan/agreement/files/passwords.txt").status_code == 404
    one = Claim.objects.earliest("pk").article_id
    path = f"/n/marjan/agreement/files/diagnosis.json?article={one}"
    assert len(signed_in(desk.editor).get(path).json()["units"]) == 10
    other = factories.desk("orlen")
    assert signed_in(other.editor).get(f"/n/orlen/agreement/files/diagnosis.json?article={one}").status_code == 404
    assert signed_in(desk.editor).get("/n/marjan/agreement/files/scores.csv?article=1x").status_code == 422


def test_the_api_tells_the_same(desk: factories.Desk) -> None:
    agreement_data.fill(desk)
    Claim.objects.filter(pk__in=list(Claim.objects.values_list("pk", flat=True)[:20])).update(topic="water")
    client = signed_in(desk.editor)
    for query, many in (("", 60), ("?topic=water", 20)):
        rows = client.get(f"/api/v1/agreement{query}").json()["results"]
        assert [row["metric"] for row in rows[:3]] == ["alpha_gate", "alpha_scale", "alpha_composite"]
        assert {row["pairable"] for row in rows if row["metric"] == "percent_agreement"} == {many}
        assert set(rows[2]["details"]["band"]) == {"0.25", "0.5", "1.0"}
        pairs = client.get(f"/api/v1/agreement/coincidences{query}").json()
        assert pairs["claims"] == many
        assert sum(map(sum, pairs["pairs"])) == pytest.approx(pairs["verdicts"])
        assert pairs["inputs_digest"] == rows[0]["inputs_digest"]
    assert client.get("/api/v1/agreement?how=x").status_code == 422


def test_votes_from_elsewhere_are_scored_as_the_command_does(desk: factories.Desk, tmp_path: Path) -> None:
    agreement_data.fill(desk)
    client = signed_in(desk.editor)
    text = client.get("/n/marjan/agreement/files/diagnosis.json").content.decode()
    path = tmp_path / "votes.json"
    path.write_text(text, encoding="utf-8")
    out = io.StringIO()
    call_command("agreement", str(path), "--json", stdout=out)
    answer = client.post("/api/v1/agreement", text, content_type="application/json")
    assert answer.status_code == 200
    assert answer.json() == json.loads(out.getvalue())
    rows = "unit,reviewer,value\n" + "".join(f"u{n},{who},{n % 2}\n" for n in range(9) for who in "ab")
    assert client.post("/api/v1/agreement", rows, content_type="text/csv").json()["figures"]["alpha_nominal"] == 1.0
    assert signed_in(desk.reviewers[0]).post("/api/v1/agreement", text, "application/json").status_code == 403


BAD = {
    "not json": ('{"units": [', 422),
    "nothing in it": ("{}", 422),
    "another form": ('{"spans": 1, "length": 3, "annotations": {}}', 422),
    "units of the wrong kind": ('{"units": 7}', 422),
    "a label twice": ('{"categories": ["a", "a"], "units": [["a", "a"]]}', 422),
    "an endless number": ('{"categories": ["a", "b"], "histogram": [[[1' + "0" * 400 + ", 1], 2]]}", 413),
    "more units than there are": (json.dumps({"categories": ["a", "b"], "histogram": [[[2, 1], 10**200]]}), 413),
    "an article for each unit": (
        json.dumps({"units": [["x", "y"]] * 3000, "articles": [str(n) for n in range(3000)]}),
        413,
    ),
    "a distance that is none": (
        json.dumps({"units": [["x", "y"]], "expected": {"alpha_composite_lambda2_nan": 1}}),
        422,
    ),
    "a number that is none": ('{"units": [[NaN, 1]]}', 422),
    "too many labels": (json.dumps({"units": [[f"l{n}", "x"] for n in range(200)]}), 413),
    "too many reviewers": (json.dumps({"units": [["x"] * 500]}), 413),
    "too many asked for": (
        json.dumps({"units": [["x", "y"]], "expected": {f"alpha_composite_lambda2_{n}": 1 for n in range(2000)}}),
        413,
    ),
    "too long": (json.dumps({"units": [["x", "y"]] * 100_000}), 413),
    "an empty body": ("", 422),
}


@pytest.mark.parametrize("case", sorted(BAD))
def test_what_cannot_be_scored_says_why(desk: factories.Desk, case: str) -> None:
    body, status = BAD[case]
    answer = signed_in(desk.editor).post("/api/v1/agreement", body, content_type="application/json")
    assert answer.status_code == status, answer.content[:300]
    assert answer.json()["code"] in ("bad_votes", "votes_too_large")


def test_a_wide_sheet_is_measured_too(desk: factories.Desk) -> None:
    client = signed_in(desk.editor)
    wide = "unit;a;b\n" + "".join(f"u{n};x{n};x{n}\n" for n in range(submitted.MOST_LABELS + 1))
    assert client.post("/api/v1/agreement", wide, content_type="text/csv").status_code == 413
    many = "unit,article,a,b\n" + "".join(f"u{n},t{n},x,y\n" for n in range(submitted.MOST_ARTICLES + 1))
    assert client.post("/api/v1/agreement", many, content_type="text/csv").status_code == 413
    good = "unit;a;b\n" + "".join(f"u{n};x{n % 3};x{n % 2}\n" for n in range(60))
    assert client.post("/api/v1/agreement", good, content_type="text/csv").json()["n"]["units"] == 60


def test_a_proposal_stands_on_the_ruling_page(desk: factories.Desk) -> None:
    article = factories.article(desk)
    few = agreement_data.judged(desk, article, {"rana": "false", "rolf": "true"})
    assert "too few verdicts to be weighed" in page(desk.editor, f"claims/{few.pk}/ruling/")
    agreement_data.fill(desk, articles=9)
    claim = agreement_data.judged(desk, article, {"rana": "false", "rolf": "true"})
    shown = page(desk.editor, f"claims/{claim.pk}/ruling/")
    assert Disclosure.objects.filter(claim=claim, member=desk.editor).exists()
    assert "It proposes; people rule." in shown
    assert "Not calibrated: it needs 50 ruled claims, there are 0." in shown
    assert "With 90 % probability it is one of:" in shown


@pytest.mark.usefixtures("steady")
def test_pages_ask_a_fixed_number_of_questions(desk: factories.Desk) -> None:
    """The claims doubled, the count unchanged."""
    agreement_data.fill(desk, articles=2)
    counted = []
    for _time in range(2):
        row = {}
        for name, member in (("", desk.editor), ("mine/", desk.reviewers[0]), ("people/", desk.admin)):
            client = signed_in(member)
            client.get(f"/n/marjan/agreement/{name}")
            with CaptureQueriesContext(connection) as asked:
                client.get(f"/n/marjan/agreement/{name}")
            row[name] = len(asked)
        counted.append(row)
        agreement_data.fill(desk, articles=2, seed=7)
    assert counted[0] == counted[1]
    assert max(counted[0].values()) < 40

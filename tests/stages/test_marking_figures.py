"""Figures of doubly marked articles and of cited sources, against a count by hand; and recomputed by the command."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from annotations.agreement import marked, proposals
from annotations.claims.markings import operations
from annotations.models import Evidence, Review, Source
from annotations.rulings import queries as rulings
from tests import agreement_data, factories, marking_data

pytestmark = pytest.mark.django_db
TEXT = "0123456789" * 10  # one hundred characters, no white space


@pytest.fixture
def desk() -> factories.Desk:
    return factories.desk()


def by_hand(desk: factories.Desk, text: str, one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    from annotations.claims.cutting import Piece

    article = factories.article(desk, text)
    rana, rolf, _rita = desk.reviewers
    doubling = marking_data.doubled(desk, article, rana, rolf)
    for member, spans in ((rana, one), (rolf, other)):
        for start, end in spans:
            operations.add(doubling, by=member, pieces=[Piece(start=start, end=end, exact=text[start:end])])
        operations.done(doubling, by=member)


def test_span_figures_by_hand(desk: factories.Desk, tmp_path: Path) -> None:
    assert marked.spans(desk.editor).figures["span_f1"].undefined == "no_double_marking"
    # First article: three marks and two; one pair alike, one shares 8 of 10 characters, one stands alone.
    by_hand(desk, TEXT, [(0, 10), (20, 30), (50, 60)], [(0, 10), (22, 30)])
    # Second: nobody marked anything; it adds characters that both left out, and no span.
    by_hand(desk, TEXT[::-1], [], [])
    found = marked.spans(desk.editor)
    assert (len(found.articles), found.spans, found.markers) == (2, 5, 2)
    assert found.figures["span_f1"].value == pytest.approx(2 * 2 / 5)
    assert found.figures["exact_f1"].value == pytest.approx(2 * 1 / 5)
    assert found.figures["span_f1"].no_interval == "no_interval_of_f1"
    # 200 characters, two people each: 18 marked by both, 12 by one alone, 170 by none.
    both, apart = 18, 12
    ones = 2 * both + apart
    zeros = 400 - ones
    alpha = 1 - 399 * (2 * apart) / (2 * ones * zeros)
    assert found.figures["char_alpha"].value == pytest.approx(alpha, abs=1e-12)
    assert found.figures["char_alpha"].no_interval == "few_articles"
    document = _recomputed(desk, tmp_path)["spans"]["figures"]
    assert document["pooled_iou_f1"] == pytest.approx(0.8)
    assert document["pooled_exact_f1"] == pytest.approx(0.4)
    assert document["char_alpha"] == pytest.approx(alpha, abs=1e-12)


def test_unfinished_and_open_markings_count_nowhere(desk: factories.Desk) -> None:
    rana, rolf, rita = desk.reviewers
    doubling = marking_data.doubled(desk, factories.article(desk, TEXT), rana, rolf, rita, places=3)
    for member in (rana, rolf, rita):
        marking_data.mark(doubling, member, "345")
    operations.done(doubling, by=rana)
    operations.done(doubling, by=rolf)
    assert marked.spans(desk.editor).articles == []  # Rita may still mark
    operations.close(doubling, by=desk.editor, reason="late")
    found = marked.spans(desk.editor)
    assert (found.markers, found.figures["exact_f1"].value) == (2, 1.0)


def test_sources_and_stances_by_hand(desk: factories.Desk, tmp_path: Path) -> None:
    article = agreement_data.plain_article(desk)
    first = agreement_data.judged(desk, article, {"rana": "false", "rolf": "false"})
    second = agreement_data.judged(desk, article, {"rana": "true", "rolf": "true"})
    sources = [
        Source.objects.create(
            kind="url", newsroom=desk.newsroom, url=f"https://s{n}.example/", url_key=f"https://s{n}.example/"
        )
        for n in range(4)
    ]
    rana, rolf, _rita = desk.reviewers

    def cite(claim: object, member: object, place: int, stance: str) -> None:
        review = Review.objects.get(claim=claim, reviewer=member)
        Evidence.objects.create(
            review=review,
            source=sources[place],
            key=f"k{place}{stance}",
            stance=stance,
            quote="q",
        )

    # First claim: both cite 0 and agree, both cite 1 and differ, Rana alone 2. Second: both cite 3 and agree.
    for member, place, stance in [(rana, 0, "refutes"), (rolf, 0, "refutes"), (rana, 1, "supports")]:
        cite(first, member, place, stance)
    cite(first, rolf, 1, "refutes")
    cite(first, rana, 2, "context")
    cite(second, rana, 3, "supports")
    cite(second, rolf, 3, "supports")
    found = marked.citations(desk.editor)
    assert (len(found.claims), found.reviewers, found.shared) == (2, 2, 3)
    assert found.figures["source_f1"].value == pytest.approx(2 * 3 / 7)
    # Pairs: refutes-refutes, supports-refutes, supports-supports; n = 6, three of each.
    assert found.figures["stance_alpha"].value == pytest.approx(1 - 5 * 2 / (2 * 3 * 3))
    document = _recomputed(desk, tmp_path)["citations"]["figures"]
    assert document["source_f1"] == pytest.approx(6 / 7)
    assert document["stance_alpha"] == pytest.approx(found.figures["stance_alpha"].value)


def _recomputed(desk: factories.Desk, folder: Path) -> dict[str, dict[str, dict[str, float]]]:
    """The command on the diagnosis file; what it finds is what the file says was shown."""
    client = Client()
    client.force_login(desk.editor.user)
    raw = client.get("/n/marjan/agreement/files/diagnosis.json").content
    path = folder / "diagnosis.json"
    path.write_bytes(raw)
    out = io.StringIO()
    call_command("agreement", str(path), "--json", stdout=out)
    answer = json.loads(out.getvalue())
    for part in ("spans", "citations"):
        for name, value in json.loads(raw).get(part, {}).get("expected", {}).items():
            assert answer[part]["figures"][name] == (
                pytest.approx(value["value"]) if isinstance(value["value"], float) else value["value"]
            )
    sent = client.post("/api/v1/agreement", data=raw, content_type="application/json")
    assert sent.status_code == 200, sent.content
    shown = client.get("/api/v1/agreement").json()
    assert set(shown["spans"]["figures"]) == {"span_f1", "exact_f1", "char_alpha"}
    assert set(shown["citations"]["figures"]) == {"source_f1", "stance_alpha"}
    page = client.get("/n/marjan/agreement/").content.decode()
    assert "The same sources cited" in page
    assert "Not enough: 0 of 50 ruled claims." in page
    return answer  # type: ignore[no-any-return]


def test_the_least_certain_dispute_stands_first(desk: factories.Desk, run_jobs: Callable[[], int]) -> None:
    article = agreement_data.plain_article(desk)
    # Equal distance each: two against one is surer than one against one.
    even = agreement_data.judged(desk, article, {"rana": "false", "rolf": "true"})
    sure = agreement_data.judged(desk, article, {"rana": "false", "rolf": "true", "rita": "false"})
    agreed = agreement_data.judged(desk, article, {"rana": "false", "rolf": "false"})
    order = [claim.pk for claim in rulings.to_rule(desk.second)]
    assert order == [even.pk, sure.pk, agreed.pk]
    found = proposals.over(desk.second, even.scale)  # type: ignore[arg-type]
    assert (found.entropy(even.pk) or 0) > (found.entropy(sure.pk) or 0)


def test_consensus_of_claims_is_told_to_who_has_seen_them(desk: factories.Desk) -> None:
    article = agreement_data.plain_article(desk)
    claim = agreement_data.judged(desk, article, {"rana": "false", "rolf": "true"})
    client = Client()
    client.force_login(desk.second.user)
    assert client.get("/api/v1/agreement/consensus").json()["results"] == []
    assert client.put(f"/api/v1/claims/{claim.pk}/disclosure").status_code == 200
    [row] = client.get("/api/v1/agreement/consensus").json()["results"]
    assert (row["claim"], row["votes"]) == (claim.pk, {"false": 1, "true": 1})
    assert row["entropy"] > 0
    assert sum(row["posterior"].values()) == pytest.approx(1, abs=0.05)
    for name in ("consensus.json", "consensus.csv"):
        assert str(claim.pk) in client.get(f"/n/marjan/agreement/files/{name}").content.decode()

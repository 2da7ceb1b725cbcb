"""Claims that come again are recognised, linked, judged once and listed with all their places."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from annotations.articles import importing
from annotations.claims import facts, undoing
from annotations.claims import operations as claims
from annotations.claims import queries as claim_queries
from annotations.claims.repeats import earlier, index, linking
from annotations.errors import Conflict, InvalidInput, NotAllowed
from annotations.models import Article, Claim, EarlierCheck, Fingerprint, Posting, Publication
from annotations.reviews import operations as reviews
from annotations.reviews import queries as review_queries
from annotations.rulings import precedents
from tests import factories
from tests.stages.test_corrections import claim, desk, published

__all__ = ["claim", "desk", "published"]

pytestmark = pytest.mark.django_db

SAID = "قال رئيس البلدية إن الجسر الجديد كلّف 18 مليون دينار في العام الماضي"
AGAIN = "وقال رئيسُ البلدية: «إنّ الجسر الجديد كلف ١٨ مليون دينار في العام الماضي»!"


def brought(desk: factories.Desk, text: str, run_jobs: Callable[[], int], **details: Any) -> Article:
    article = factories.article(desk, text, **details)
    run_jobs()
    return Article.objects.get(pk=article.pk)


def only(desk: factories.Desk, article: Article) -> Claim:
    return claim_queries.of_article(desk.editor, article)[0]


def test_the_same_claim_spelled_otherwise(run_jobs: Callable[[], int]) -> None:
    room = factories.desk("orlen")
    first = only(room, brought(room, SAID + ".", run_jobs))
    second = only(room, brought(room, "خبر آخر عن الطقس في الصحراء.\n\n" + AGAIN, run_jobs))
    second = next(c for c in claim_queries.of_article(room.editor, second.article) if "الجسر" in claim_queries.quote(c))
    found = precedents.of_claim(room.editor, second)
    assert [each.claim for each in found] == [first]
    assert found[0].score > 0.9
    assert "same_words" in found[0].why
    other = factories.desk("selby")
    assert precedents.of_text(other.editor, SAID) == []  # another newsroom's claims are not there


def test_linked_claims_are_judged_once(run_jobs: Callable[[], int]) -> None:
    room = factories.desk("orlen")
    first = only(room, brought(room, SAID + ".", run_jobs))
    second = only(room, brought(room, AGAIN, run_jobs))
    third = only(room, brought(room, SAID + " أيضا.", run_jobs))
    claims.confirm(first, by=room.editor)
    linking.link(third, second, by=room.editor)
    linking.link(second, first, by=room.editor)
    assert set(Claim.objects.filter(same_as=first)) == {second, third}  # a group, no chain
    assert [each.pk for each in precedents.group(room.editor, Claim.objects.get(pk=third.pk))] == [
        first.pk,
        second.pk,
        third.pk,
    ]
    with pytest.raises(Conflict, match="linked"):
        claims.confirm(Claim.objects.get(pk=second.pk), by=room.editor)
    with pytest.raises(InvalidInput):
        linking.link(first, second, by=room.editor)
    assert [claim.pk for claim in claim_queries.undecided(room.editor)] == []
    Claim.objects.filter(pk=second.pk).update(state="open", scale=Claim.objects.get(pk=first.pk).scale)
    assert second.pk not in [claim.pk for claim in review_queries.queue(room.reviewers[0])]
    with pytest.raises(NotAllowed, match="judged there"):
        reviews.open_claim(claim_queries.get(room.editor, second.pk), by=room.reviewers[0])
    claims.drop(Claim.objects.get(pk=first.pk), by=room.editor, reason="moved")  # the next one is the first then
    assert Claim.objects.get(pk=second.pk).same_as is None
    assert Claim.objects.get(pk=third.pk).same_as == second


def test_a_publication_lists_every_appearance(
    published: Publication, desk: factories.Desk, run_jobs: Callable[[], int], client: Any
) -> None:
    said = claim_queries.wording(published.ruling.claim)
    article = factories.article(desk, f"Somewhere else, too.\n\n{said}")
    Article.objects.filter(pk=article.pk).update(url="https://other.example.org/2024/again", publisher="The Other")
    run_jobs()
    again = next(each for each in claim_queries.of_article(desk.editor, article) if claim_queries.quote(each) in said)
    found = precedents.of_claim(desk.editor, again)
    assert (found[0].claim, found[0].publication) == (published.ruling.claim, published)
    modified = published.modified_at
    linking.link(again, published.ruling.claim, by=desk.editor)
    run_jobs()
    published.refresh_from_db()
    assert published.modified_at > modified
    assert [each["url"] for each in published.record["appearances"]][-1] == "https://other.example.org/2024/again"
    page = client.get(f"/facts/{desk.newsroom.slug}/{published.number}/").content.decode()
    assert "The Other" in page
    assert "https://other.example.org/2024/again" in page
    assert undoing.undo(again.article, by=desk.editor).kind == "link"
    run_jobs()
    published.refresh_from_db()
    assert "https://other.example.org/2024/again" not in [each["url"] for each in published.record["appearances"]]


def test_the_index_follows_the_wording(run_jobs: Callable[[], int]) -> None:
    room = factories.desk("orlen")
    claim = only(room, brought(room, SAID + ".", run_jobs))
    facts.edit(claim, by=room.editor, row_version=None, changes={"restated": "The new bridge cost 18 million dinars."})
    assert precedents.of_text(room.editor, SAID) == []
    assert precedents.of_text(room.editor, "the NEW bridge cost 18 million dinars!")[0].claim == claim
    assert Fingerprint.objects.count() == 1
    entry = Fingerprint.objects.get()
    assert set(Posting.objects.values_list("gram", flat=True)) == index.grams(entry.words)


CLAIMREVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://desk.example.org/checks/17",
    "claimReviewed": SAID,
    "datePublished": "2023-05-04T10:00:00Z",
    "inLanguage": "ar",
    "author": {"@type": "Organization", "name": "Harbour Desk"},
    "itemReviewed": {"@type": "Claim", "author": [{"name": "سالم الحداد"}], "datePublished": "2023-05-01"},
    "reviewRating": {"@type": "Rating", "alternateName": "زائف", "ratingValue": 1},
}
SEARCH = {
    "claims": [
        {
            "text": SAID,
            "claimant": "سالم الحداد",
            "claimDate": "2023-05-01T00:00:00Z",
            "claimReview": [
                {
                    "publisher": {"name": "Harbour Desk", "site": "desk.example.org"},
                    "url": "https://desk.example.org/checks/17",
                    "reviewDate": "2023-05-04T10:00:00Z",
                    "textualRating": "زائف",
                    "languageCode": "ar",
                }
            ],
        }
    ]
}
TABLE = f"claim,verdict,url,publisher,claimant,claimed_on,published_on,language\n{SAID},زائف,https://desk.example.org/checks/17,Harbour Desk,سالم الحداد,2023-05-01,2023-05-04,ar\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("one.json", json.dumps(CLAIMREVIEW)),
        ("list.json", json.dumps([CLAIMREVIEW])),
        ("graph.jsonld", json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, CLAIMREVIEW]})),
        ("feed.json", json.dumps({"@type": "DataFeed", "dataFeedElement": [{"item": [CLAIMREVIEW]}]})),
        ("search.json", json.dumps(SEARCH)),
        ("lines.jsonl", json.dumps(CLAIMREVIEW) + "\n\n" + json.dumps(CLAIMREVIEW | {"url": ""}) + "\n"),
        ("table.csv", TABLE),
        ("bom.csv", "\ufeff" + TABLE),
    ],
)
def test_earlier_fact_checks_are_found(run_jobs: Callable[[], int], name: str, text: str) -> None:
    room = factories.desk("orlen")
    for _twice in range(2):
        row = earlier.start(by=room.editor, file_name=name, body=text.encode())
        run_jobs()
        row.refresh_from_db()
        assert (row.state, row.position, row.refused) == ("done", row.total, 0)
    assert row.duplicates == row.total
    found = precedents.of_text(room.reviewers[0], AGAIN)[0]
    check = found.earlier
    assert check is not None
    assert (check.verdict, check.claimant, str(check.claimed_on), check.publisher, check.language) == (
        "زائف",
        "سالم الحداد",
        "2023-05-01",
        "Harbour Desk",
        "ar",
    )
    assert str(check.published_on) == "2023-05-04"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"@type": "Person"}', "a,b\n1,2\n"])
def test_files_without_fact_checks(text: str, run_jobs: Callable[[], int]) -> None:
    room = factories.desk("orlen")
    with pytest.raises(InvalidInput):
        earlier.start(by=room.editor, file_name="x.json", body=text.encode())
    assert EarlierCheck.objects.count() == 0
    assert importing.of(room.editor).count() == 0


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    factories.desk("orlen")
    path = tmp_path / "checks.json"
    path.write_text(json.dumps([CLAIMREVIEW, CLAIMREVIEW | {"claimReviewed": ""}]), encoding="utf-8")
    call_command("import_fact_checks", str(path))
    out = capsys.readouterr()
    assert "1 added, 0 there already, 1 refused" in out.out
    assert "record 2" in out.err
    with pytest.raises(CommandError, match="Cannot read"):
        call_command("import_fact_checks", str(tmp_path / "none.json"))


def test_a_spreadsheet_of_another_country_and_what_cannot_be_read_of_it(run_jobs: Callable[[], int]) -> None:
    room = factories.desk("orlen")
    table = "Claim;Claim date;Verdict;Link\nThe crane cost 7 million crowns;31.12.2024;False;https://faktum.example/7\n"
    table += "The port has 90 cranes;12/31/2024;False;not-a-url\n"
    row = earlier.start(by=room.editor, file_name="t.csv", body=table.encode())
    run_jobs()
    row.refresh_from_db()
    assert (row.added, row.refused) == (2, 0)
    first, second = EarlierCheck.objects.filter(newsroom=room.newsroom).order_by("pk")
    assert (str(first.claimed_on), first.url, first.verdict) == ("2024-12-31", "https://faktum.example/7", "False")
    assert (second.claimed_on, second.url) == (None, "")
    assert [place for place, _sentence in row.problems] == [2]
    assert "not-a-url" in row.problems[0][1]
    assert "12/31/2024" in row.problems[0][1]


def test_what_was_judged_is_shown_among_many_open_claims_that_say_the_same(run_jobs: Callable[[], int]) -> None:
    room = factories.desk("orlen")
    body = json.dumps({"claim": "The crane of the harbour cost 7 million crowns", "verdict": "False"}).encode()
    earlier.start(by=room.editor, file_name="checks.jsonl", body=body)
    for name in ("East", "West", "North", "South", "Old", "New", "Upper"):
        factories.article(room, f"The crane of the harbour of {name} Orlen cost 7 million crowns in all.")
    run_jobs()
    found = precedents.of_text(room.editor, "The crane of the harbour of Lower Orlen cost 7 million crowns in all.")
    assert len(found) == 5
    assert [each.earlier.verdict for each in found if each.earlier] == ["False"]
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)

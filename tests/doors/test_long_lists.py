"""The claim list of a very long article comes in pages; its text is whole, and every claim can be reached from it."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from annotations.claims import queries as claims
from annotations.models import Article, Claim, Review
from annotations.web import card_groups, screen
from tests import factories

TEXT = "\n\n".join(
    f"Harbour number {number} took in {number}50 ships in {1990 + number}. المرفأ رقم {number} استقبل {number} سفينة."
    for number in range(1, 9)
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None, monkeypatch: pytest.MonkeyPatch) -> factories.Desk:
    monkeypatch.setattr(card_groups, "PER_PAGE", 5)
    monkeypatch.setattr(card_groups, "TAIL", 2)
    return factories.desk()


@pytest.fixture
def article(desk: factories.Desk, run_jobs: Callable[[], int]) -> Article:
    made = factories.article(desk, TEXT)
    run_jobs()
    made.refresh_from_db()
    return made


@pytest.fixture
def client(desk: factories.Desk) -> Client:
    client = Client()
    client.force_login(desk.editor.user)
    return client


def all_of(desk: factories.Desk, article: Article) -> list[Claim]:
    return claims.of_article(desk.editor, article)


def page(client: Client, article: Article, query: str = "") -> str:
    return client.get(f"/n/marjan/articles/{article.pk}/{query}").content.decode()


def cards(html: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'data-card="(\d+)"', html)]


def ticked(html: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'name="claims" value="(\d+)"[^>]* checked>', html)]


def test_each_claim_stands_on_one_page(desk: factories.Desk, article: Article, client: Client) -> None:
    ids = [claim.pk for claim in all_of(desk, article)]
    assert len(ids) == 16
    pages = [page(client, article, f"?page={number}") for number in (1, 2, 3)]
    assert [cards(html) for html in pages] == [ids[:5], ids[5:10], ids[10:]]  # the last keeps one more
    assert "claims 6 to 10 of 16" in pages[1]
    assert 'rel="next"' not in pages[2]
    for html in pages:  # the filter without a reload works on all cards only
        assert "data-claim-filter" not in html
        assert html.count('class="at"') == 16
    queue = [claim.pk for claim in claims.of_article(desk.editor, article, order="queue")]
    assert cards(page(client, article, "?order=queue&page=2")) == queue[5:10]


def test_numbers_in_the_text_lead_to_the_page_of_the_card(
    desk: factories.Desk, article: Article, client: Client
) -> None:
    ids = [claim.pk for claim in all_of(desk, article)]
    html = page(client, article)
    found = {int(pk): address for address, pk in re.findall(r'href="([^"]*)#claim-(\d+)" data-number', html)}
    assert [found[pk] for pk in ids[:6]] == ["", "", "", "", "", f"?at={ids[5]}"]
    for pk in ids:
        assert pk in cards(page(client, article, f"?at={pk}"))
    assert f"?order=queue&amp;at={ids[-1]}#claim-{ids[-1]}" in page(client, article, "?order=queue") or ids[
        -1
    ] in cards(page(client, article, "?order=queue"))
    assert cards(page(client, article, "?at=junk&page=99")) == ids[10:]


def test_an_act_ends_on_the_page_of_its_claim(desk: factories.Desk, article: Article, client: Client) -> None:
    late = all_of(desk, article)[12]
    answer = client.post(f"/n/marjan/claims/{late.pk}/action/", {"action": "confirm"})
    assert answer["Location"] == f"/n/marjan/articles/{article.pk}/?at={late.pk}#claim-{late.pk}"
    html = client.get(answer["Location"]).content.decode()
    assert late.pk in cards(html)
    refused = client.post(f"/n/marjan/claims/{late.pk}/action/", {"action": "drop", "reason": ""})
    assert refused.status_code == 422
    assert late.pk in cards(refused.content.decode())


def test_a_group_has_pages_of_its_own(desk: factories.Desk, article: Article, client: Client) -> None:
    rows = all_of(desk, article)
    for claim in rows[:3]:
        client.post(f"/n/marjan/claims/{claim.pk}/action/", {"action": "confirm"})
    assert cards(page(client, article, "?show=review")) == [claim.pk for claim in rows[:3]]
    assert cards(page(client, article, "?show=proposed&page=2")) == [claim.pk for claim in rows[8:13]]
    assert "show=proposed&amp;page=1" in page(client, article, "?show=proposed&page=2")


def test_marked_words_know_their_neighbours(desk: factories.Desk, article: Article, client: Client) -> None:
    rows = all_of(desk, article)
    assert article.current is not None
    start = article.current.text.index("Harbour number 4")
    piece = {"start": start, "end": start + 16, "exact": "Harbour number 4"}
    html = client.post(f"/n/marjan/articles/{article.pk}/claims/marked/", piece).content.decode()
    assert f'data-before="{rows[7].pk}"' in html or f'data-before="{rows[6].pk}"' in html
    assert re.search(r'data-after="\d+"', html)
    assert 'data-count="17"' in html


def test_the_way_through_many_claims_shows_those_around(
    desk: factories.Desk, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "STEPS", 2)
    ids = [factories.open_claim(desk, article, place).pk for place in range(9)]
    client = Client()
    client.force_login(desk.reviewers[0].user)
    html = client.get(f"/n/marjan/claims/{ids[4]}/").content.decode()
    assert cards(html) == ids[2:7]
    assert "2 claims before these" in html
    assert "2 claims behind these" in html
    assert f'href="/n/marjan/articles/{article.pk}/?at={ids[0]}#claim-{ids[0]}" data-number' in html
    assert f'href="#claim-{ids[4]}" data-number' in html
    first = client.get(f"/n/marjan/claims/{ids[0]}/").content.decode()
    assert (cards(first), "before these" in first) == (ids[:3], False)
    assert Review.objects.count() == 0


def test_claims_of_several_pages_are_merged(desk: factories.Desk, article: Article, client: Client) -> None:
    rows = all_of(desk, article)
    html = page(client, article, "?page=2&chosen=1+3,4+15+999")
    assert ticked(html) == []
    assert 'name="also" type="text" dir="ltr"' in html
    assert 'value="1, 3-4, 15"' in html
    html = page(client, article, "?page=3&chosen=1 15")
    assert ticked(html) == [rows[14].pk]
    assert 'value="1"' in html
    posted = {"claims": [rows[14].pk], "also": "١، 7–8", "page": "3"}
    answer = client.post(f"/n/marjan/articles/{article.pk}/claims/merge/", posted)
    assert answer["Location"] == f"/n/marjan/articles/{article.pk}/?at={rows[0].pk}#claim-{rows[0].pk}"
    gone = Claim.objects.filter(merged_into=rows[0]).order_by("number")
    assert [claim.number for claim in gone] == [7, 8, 15]
    client.post(f"/n/marjan/articles/{article.pk}/undo/")
    assert not Claim.objects.exclude(merged_into=None).exists()


@pytest.mark.parametrize("typed", ["17", "1, second", "3-", "20-30", "-"])
def test_a_number_that_is_none_comes_back(desk: factories.Desk, article: Article, client: Client, typed: str) -> None:
    rows = all_of(desk, article)
    posted = {"claims": [rows[6].pk], "also": typed, "page": "2"}
    answer = client.post(f"/n/marjan/articles/{article.pk}/claims/merge/", posted)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert cards(html) == [claim.pk for claim in rows[5:10]]  # the page where one stood
    assert ticked(html) == [rows[6].pk]
    assert f'value="{typed}" aria-invalid="true"' in html
    assert not Claim.objects.exclude(merged_into=None).exists()


def test_a_refused_act_keeps_what_was_chosen_on_all_pages(
    desk: factories.Desk, article: Article, client: Client
) -> None:
    rows = all_of(desk, article)
    posted = {"claims": [rows[6].pk], "also": "2", "page": "2", "reason": " "}
    html = client.post(f"/n/marjan/articles/{article.pk}/claims/drop/", posted).content.decode()
    assert ticked(html) == [rows[6].pk]
    assert 'placeholder="3, 17-20" value="2"' in html
    there = client.get(f"/n/marjan/articles/{article.pk}/claims/drop/?page=3&chosen=2")  # its links lead on
    assert there["Location"] == f"/n/marjan/articles/{article.pk}/?page=3&chosen=2"
    there = client.get(f"/n/marjan/claims/{rows[6].pk}/action/?page=3")
    assert there["Location"] == f"/n/marjan/articles/{article.pk}/?page=3"


def test_a_list_of_one_page_asks_for_no_numbers(
    desk: factories.Desk, run_jobs: Callable[[], int], client: Client
) -> None:
    made = factories.article(desk, TEXT[:150])
    run_jobs()
    assert 'name="also"' not in page(client, made)

"""The pages of a claim without JavaScript: what was typed comes back, what is wrong is said beside its field."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from annotations.articles import operations as articles
from annotations.claims import facts
from annotations.claims import operations as claims
from annotations.claims import queries as claim_queries
from annotations.claims.placing import places_for
from annotations.claims.repeats import earlier
from annotations.lib.differences import by_words
from annotations.models import Article, Claim
from tests import factories

TEXT = "The bridge cost 18 million crowns. It took the city three years. Cars pay nothing. The mayor opened it in May."
ROOM = "/n/marjan/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None) -> factories.Desk:
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


def shown(claim: Claim, **more: object) -> dict[str, object]:
    """The edit page's form as a browser sends it: the facts, then the pieces' fields, then the borders'."""
    return {
        "row_version": claim.row_version,
        "claimant": claim.claimant,
        "claimant_kind": "",
        "attribution": claim.attribution,
        "claimant_same_as": "",
        "claimed_on": "",
        "appearance_url": "",
        "place": "",
        "topic": "",
        "claim_type": "",
        "restated": [claim.restated, "", "", ""],
        "exact": [claim_queries.quote(claim), "", "", claim_queries.quote(claim), ""],
    } | more


def test_marks_are_told_apart_from_words() -> None:
    assert by_words("the last election by votes", "the last election, by votes") == [
        ("same", "the last election"),
        ("new", ","),
        ("same", "by votes"),
    ]
    pieces = by_words("Cost (18) now.", "Cost (19) now.")
    said = "".join((" " if piece.spaced else "") + piece[1] for piece in pieces)  # type: ignore[attr-defined]
    assert said == "Cost (18 19) now."


def test_words_decide_the_direction_of_a_difference(
    client: Client, desk: factories.Desk, run_jobs: Callable[[], int]
) -> None:
    arabic = factories.article(desk)
    run_jobs()
    factories.open_claim(desk, arabic, 0)
    factories.revised(desk, arabic, factories.ARABIC.replace("18 مليون", "19 مليون"), run_jobs)
    page = client.get(ROOM + "changed/").content.decode()
    words = re.search(r'<p class="passage" dir="auto" lang="ar">(.*?)</p>', page, re.DOTALL)
    assert words is not None
    assert "visually-hidden" not in words[1]
    assert "<del>18</del> <ins>19</ins>" in words[1]


def test_facts_are_saved_with_a_split(client: Client, desk: factories.Desk, article: Article) -> None:
    claim = claim_queries.get(desk.editor, Claim.objects.filter(article=article).earliest("pk").pk)
    path = f"{ROOM}claims/{claim.pk}/split/"
    pieces = ["The bridge cost", "18 million crowns.", ""]
    typed = shown(claim, place="Orlen", topic="bridges", exact=[*pieces, claim_queries.quote(claim), ""])
    wrong = client.post(path, typed | {"exact": ["The bridge cost", "nowhere at all", "", "kept borders", ""]})
    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert re.search(r'<textarea id="x-2"[^>]*aria-invalid="true"[^>]*>nowhere at all', page)
    assert not re.search(r'<textarea id="x-1"[^>]*aria-invalid', page)
    assert 'value="Orlen"' in page
    assert "kept borders</textarea>" in page
    assert re.search(r'id="split" open', page)
    assert not re.search(r'id="borders" open', page)
    assert Claim.objects.get(pk=claim.pk).place == ""
    assert client.post(path, typed | {"claimed_on": "31 May"}).status_code == 422
    assert client.post(path, typed).status_code == 302
    made = Claim.objects.filter(article=article, place="Orlen", topic="bridges")
    assert sorted(claim_queries.quote(each) for each in made) == ["18 million crowns.", "The bridge cost"]
    client.post(f"{ROOM}articles/{article.pk}/undo/")
    assert Claim.objects.get(pk=claim.pk).place == ""
    assert not Claim.objects.filter(article=article, place="Orlen").exclude(state="dropped").exists()


def test_a_wording_of_the_whole_is_not_lost_in_a_split(client: Client, desk: factories.Desk, article: Article) -> None:
    claim = claim_queries.get(desk.editor, Claim.objects.filter(article=article).earliest("pk").pk)
    typed = shown(
        claim, restated=["A wording of all", "", "", ""], exact=["The bridge", "18 million crowns.", "", "", ""]
    )
    refused = client.post(f"{ROOM}claims/{claim.pk}/split/", typed)
    assert refused.status_code == 422
    assert "A wording of all</textarea>" in refused.content.decode()
    assert re.search(r'id="f-restated"[^>]*aria-invalid', refused.content.decode())


def test_facts_are_saved_with_the_borders_and_pieces_wait(
    client: Client, desk: factories.Desk, article: Article
) -> None:
    claim = claim_queries.get(desk.editor, Claim.objects.filter(article=article).earliest("pk").pk)
    typed = shown(claim, place="Orlen", exact=[claim_queries.quote(claim), "", "", "18 million", ""])
    answer = client.post(f"{ROOM}claims/{claim.pk}/borders/", typed)
    assert answer.status_code == 302
    claim = claim_queries.get(desk.editor, claim.pk)
    assert (claim_queries.quote(claim), claim.place) == ("18 million", "Orlen")
    typed = shown(claim, topic="roads", exact=["18", "million", "", "18 million", ""])
    answer = client.post(f"{ROOM}claims/{claim.pk}/edit/", typed)
    assert answer.status_code == 200  # saved, and the pieces stay on the page
    assert 'name="exact" dir="auto" lang="en">million</textarea>' in answer.content.decode()
    assert Claim.objects.get(pk=claim.pk).topic == "roads"


def test_what_the_article_knows_is_taken_with_one_press(
    client: Client, desk: factories.Desk, run_jobs: Callable[[], int]
) -> None:
    made = articles.add_text(by=desk.editor, text=TEXT, url="https://news.example.com/bridge")
    run_jobs()
    Article.objects.filter(pk=made.pk).update(published_on="2024-05-01")
    claim = claim_queries.get(desk.editor, Claim.objects.filter(article=made).earliest("pk").pk)
    path = f"{ROOM}claims/{claim.pk}/edit/"
    client.post(path, shown(claim, take="claimed_on", topic="typed too"))
    claim.refresh_from_db()
    client.post(path, shown(claim, take="appearance_url", claimed_on="2024-05-01", topic="typed too"))
    claim.refresh_from_db()
    assert (str(claim.claimed_on), claim.appearance_url, claim.topic) == (
        "2024-05-01",
        "https://news.example.com/bridge",
        "typed too",
    )
    assert "Use the article" not in client.get(path).content.decode()


def test_a_conflict_speaks_in_the_pages_words(client: Client, desk: factories.Desk, article: Article) -> None:
    claim = claim_queries.get(desk.editor, Claim.objects.filter(article=article).earliest("pk").pk)
    typed = shown(claim, claimant_kind="person", attribution="direct", claim_type="numerical", unknown=["claimant"])
    changes = {"claimant_kind": "organization", "attribution": "mixed", "claim_type": "causal", "unknown": []}
    facts.edit(claim, by=desk.second, row_version=None, changes=changes)
    answer = client.post(f"{ROOM}claims/{claim.pk}/edit/", typed)
    page = answer.content.decode()
    note = page[page.index('role="alert"') : page.index('id="repeats"')]
    assert answer.status_code == 412
    assert "claim_type_id" not in note
    for words in ("The claimant is", "Organisation", "Partly quoted", "Causal", "Said to be unknown", "nothing"):
        assert words in note
    claim.refresh_from_db()
    assert client.post(f"{ROOM}claims/{claim.pk}/edit/", typed | {"row_version": claim.row_version}).status_code == 302


def test_a_reworded_claim_is_answered(
    client: Client, desk: factories.Desk, article: Article, run_jobs: Callable[[], int]
) -> None:
    claim = factories.open_claim(desk, article, 0)
    other = factories.open_claim(desk, article, 1)
    facts.edit(claim, by=desk.editor, row_version=None, changes={"restated": "The bridge cost 18 million."})
    factories.revised(desk, article, TEXT.replace("18", "19").replace("three years", "four years"), run_jobs)
    page = client.get(ROOM + "changed/").content.decode()
    assert "The bridge cost 18 million.</textarea>" in page
    assert "written for the words before" in page
    claim.refresh_from_db()
    path = f"{ROOM}changed/{claim.pk}/"
    wrong = client.post(path, {"action": "place", "exact": "nowhere at all", "restated": "typed"})
    assert wrong.status_code == 422
    assert re.search(r'name="exact"[^>]*aria-invalid="true"[^>]*>nowhere at all<', wrong.content.decode())
    assert ">typed</textarea>" in wrong.content.decode()
    stale = client.post(path, {"action": "keep", "restated": "mine", "row_version": claim.row_version - 1})
    assert stale.status_code == 412
    assert client.post(path, {"action": "keep", "restated": "It cost 19 million."}).status_code == 302
    claim.refresh_from_db()
    assert (claim.restated, claim.anchor_checked) == ("It cost 19 million.", True)
    client.post(f"{ROOM}changed/articles/{article.pk}/", {"claims": [claim.pk, other.pk]})
    assert not claim_queries.to_look_at(desk.editor).exists()


def test_leaving_all_leaves_what_must_be_read(
    client: Client, desk: factories.Desk, article: Article, run_jobs: Callable[[], int]
) -> None:
    """Not an orphan, not one with a restated wording, and nothing that was not on the page."""
    opened = [factories.open_claim(desk, article, place) for place in range(4)]
    facts.edit(opened[0], by=desk.editor, row_version=None, changes={"restated": "Restated"})
    text = TEXT.replace("18", "19").replace("three years", "four years").replace("Cars pay nothing. ", "")
    factories.revised(desk, article, text.replace("in May", "in June"), run_jobs)
    ids = [claim.pk for claim in opened[:3]]
    page = client.post(f"{ROOM}changed/articles/{article.pk}/", {"claims": ids}, follow=True).content.decode()
    assert "1 claim stays as it is." in page
    left = set(claim_queries.to_look_at(desk.editor).values_list("pk", flat=True))
    assert left == {opened[0].pk, opened[2].pk, opened[3].pk}


def test_similar_claims_and_checks_are_shown_in_their_language(
    client: Client, desk: factories.Desk, article: Article, run_jobs: Callable[[], int]
) -> None:
    earlier.take(desk.editor, {"claim": "The bridge cost 18 million crowns", "language": "en", "verdict": "True"})
    factories.article(desk, TEXT + " Nobody knows why.")
    run_jobs()
    claim = Claim.objects.filter(article=article).earliest("pk")
    page = client.get(f"{ROOM}claims/{claim.pk}/edit/").content.decode()
    assert page.count('<p class="quote small" lang="en" dir="auto">The bridge cost 18 million crowns') == 2


def test_an_orphan_is_offered_its_place(
    client: Client, desk: factories.Desk, article: Article, run_jobs: Callable[[], int]
) -> None:
    claim = factories.open_claim(desk, article, 1)
    text = TEXT.replace("It took the city three years. ", "") + " Building took the whole city all of three long years."
    factories.revised(desk, article, text, run_jobs)
    found = claim_queries.to_look_at(desk.editor).get()
    assert found.state == "orphaned"
    best = places_for([found])[found.pk][0]
    assert best.exact == "Building took the whole city all of three long years."
    assert best.proposal is not None
    page = client.get(ROOM + "changed/").content.decode()
    assert f'value="{best.key}"' in page
    assert client.post(f"{ROOM}changed/{claim.pk}/", {"at": f"{best.start}:{best.end}:other words"}).status_code == 409
    assert client.post(f"{ROOM}changed/{claim.pk}/", {"at": best.key}).status_code == 302
    claim = claim_queries.get(desk.editor, claim.pk)
    assert (claim_queries.quote(claim), claim.state) == (best.exact, "open")
    twin = Claim.objects.get(article=article, number=best.proposal)
    assert (twin.state, twin.merged_into_id) == ("dropped", claim.pk)


def test_a_confirmed_claims_sentence_is_not_offered(
    desk: factories.Desk, article: Article, run_jobs: Callable[[], int]
) -> None:
    factories.open_claim(desk, article, 1)
    last = " Building took the whole city all of three long years."
    factories.revised(desk, article, TEXT.replace("It took the city three years. ", "") + last, run_jobs)
    twin = next(c for c in claim_queries.of_article(desk.editor, article) if claim_queries.quote(c) == last.strip())
    claims.confirm(twin, by=desk.editor)
    found = claim_queries.to_look_at(desk.editor).get()
    assert last.strip() not in [place.exact for place in places_for([found])[found.pk]]


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("claims/{claim}/split/", "claims/{claim}/edit/"),
        ("claims/{claim}/borders/", "claims/{claim}/edit/"),
        ("articles/{article}/text/", "articles/{article}/edit/"),
        ("articles/{article}/retry/", "articles/{article}/"),
        ("intake/imports/", "intake/"),
        ("settings/claim-types/", "settings/"),
        ("changed/{claim}/", "changed/"),
        ("review/next/", "review/"),
    ],
)
def test_a_forms_address_leads_to_its_page(client: Client, article: Article, path: str, target: str) -> None:
    """A reload, a bookmark, or the language switch on a refusal: never a bare 405."""
    ids = {"claim": Claim.objects.filter(article=article).earliest("pk").pk, "article": article.pk}
    here, there = ROOM + path.format(**ids), ROOM + target.format(**ids)
    answer = client.get(here)
    assert (answer.status_code, answer["Location"]) == (302, there)
    switched = client.post("/language/", {"language": "ar", "next": here})
    assert switched["Location"] == here


def test_the_desk_shows_the_words_of_now(
    client: Client, desk: factories.Desk, article: Article, run_jobs: Callable[[], int]
) -> None:
    factories.open_claim(desk, article, 0)
    factories.revised(desk, article, TEXT.replace("18", "19").replace("in May", "in June"), run_jobs)
    page = client.get(ROOM).content.decode().split("Newest articles")[0]  # an article's title stays as it came
    assert "The bridge cost 19 million crowns." in page
    assert "The mayor opened it in June." in page
    assert "18 million" not in page
    assert "opened it in May" not in page

"""The claim list by plain forms: its order, what is typed, several claims at once, what was checked before."""

from collections.abc import Callable

import pytest
from django.test import Client

from annotations.claims import operations as claims
from annotations.claims import queries as claim_queries
from annotations.claims.repeats import index, linking
from annotations.models import Article, Change, Claim, EarlierCheck
from tests import factories

pytestmark = pytest.mark.django_db
TEXT = "Bridge opens\n\nThe council paid 3 million crowns for the bridge. Nobody asked the fishermen. Nobody paid 2 crowns."


@pytest.fixture
def desk(db: None) -> factories.Desk:
    return factories.desk()


@pytest.fixture
def article(desk: factories.Desk, run_jobs: Callable[[], int]) -> Article:
    made = factories.article(desk, TEXT, title="Bridge opens")
    run_jobs()
    return Article.objects.get(pk=made.pk)


@pytest.fixture
def editor(desk: factories.Desk) -> Client:
    client = Client()
    client.force_login(desk.editor.user)
    return client


def listed(desk: factories.Desk, article: Article) -> list[Claim]:
    return claim_queries.of_article(desk.editor, article)


def path(article: Article, end: str = "") -> str:
    return f"/n/marjan/articles/{article.pk}/{end}"


@pytest.mark.parametrize(
    ("code", "reader", "words"),
    [
        ("en", "ar", "الإنجليزيّة"),
        ("ru", "en", "Russian"),
        ("ckb", "en", "Central Kurdish (Sorani)"),
        ("ee", "en", "ee"),
    ],
)
def test_an_articles_language_has_its_name(
    article: Article, editor: Client, code: str, reader: str, words: str
) -> None:
    Article.objects.filter(pk=article.pk).update(language=code)
    text = editor.get(path(article), headers={"accept-language": reader}).content.decode()
    assert f"<bdi>{words}</bdi>" in text


@pytest.mark.parametrize("order", ["queue", "document"])
def test_acts_come_back_to_their_order(desk: factories.Desk, article: Article, editor: Client, order: str) -> None:
    first, second = listed(desk, article)[:2]
    query = "?order=queue" if order == "queue" else ""
    for action, more in (("confirm", {}), ("drop", {"reason": "x"}), ("restore", {})):
        answer = editor.post(f"/n/marjan/claims/{first.pk}/action/", {"action": action, "order": order, **more})
        assert answer["Location"] == f"{path(article)}{query}#claim-{first.pk}"
    answer = editor.post(path(article, "claims/"), {"exact": "3 million crowns", "order": order})
    assert answer["Location"] == f"{path(article)}{query}#claim-{Claim.objects.latest('pk').pk}"
    answer = editor.post(path(article, "undo/"), {"order": order})
    assert answer["Location"].startswith(f"{path(article)}{query}#claim-")
    for end in ("confirm", "merge", "drop"):
        fields = {"claims": [first.pk, second.pk], "order": order, "reason": "x"}
        answer = editor.post(path(article, f"claims/{end}/"), fields)
        assert answer["Location"] == f"{path(article)}{query}#claim-{first.pk}", end
    page = editor.get(f"{path(article)}{query}").content.decode()
    assert ('name="order" value="queue"' in page) == (order == "queue")


@pytest.mark.parametrize(("typed", "said"), [("words of nobody", "do not stand"), ("Nobody", "stand 2 times")])
def test_words_that_cannot_be_placed_come_back(article: Article, editor: Client, typed: str, said: str) -> None:
    answer = editor.post(path(article, "claims/"), {"exact": typed, "order": "queue"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f">{typed}</textarea>" in page
    assert said in page
    assert 'id="add" open' in page
    assert 'name="order" value="queue"' in page
    assert editor.get(path(article, "claims/"))["Location"] == path(article)  # a reload or another language there


def test_a_passage_that_is_a_claim_already_names_it(desk: factories.Desk, article: Article, editor: Client) -> None:
    first = listed(desk, article)[0]
    answer = editor.post(path(article, "claims/"), {"exact": claim_queries.quote(first)})
    assert answer.status_code == 409
    assert f'href="#claim-{first.pk}">Show that claim' in answer.content.decode()


def test_dropping_without_a_reason_opens_the_form_again(desk: factories.Desk, article: Article, editor: Client) -> None:
    claim = listed(desk, article)[0]
    answer = editor.post(f"/n/marjan/claims/{claim.pk}/action/", {"action": "drop", "reason": "  "})
    assert answer.status_code == 422
    assert f'aria-describedby="w-{claim.pk}"' in answer.content.decode()
    assert editor.get(f"/n/marjan/claims/{claim.pk}/action/").status_code == 302


def test_several_at_once_say_what_was_done(desk: factories.Desk, article: Article, editor: Client) -> None:
    rows = listed(desk, article)
    for end in ("confirm", "merge", "drop"):
        answer = editor.post(path(article, f"claims/{end}/"), {"reason": "typed"})
        assert answer.status_code == 422
        assert "Choose at least one claim." in answer.content.decode()
    claims.confirm(rows[0], by=desk.editor)
    chosen = {"claims": [rows[0].pk, rows[1].pk]}
    page = editor.post(path(article, "claims/confirm/"), chosen, follow=True).content.decode()
    assert "1 claim opened for review." in page
    page = editor.post(path(article, "claims/confirm/"), chosen, follow=True).content.decode()
    assert "None of the chosen claims waits to be confirmed." in page
    answer = editor.post(path(article, "claims/drop/"), chosen | {"reason": " "})
    assert answer.status_code == 422
    assert answer.content.decode().count(" checked") == 2
    before = Change.objects.count()
    page = editor.post(path(article, "claims/drop/"), chosen | {"reason": "not ours"}, follow=True).content.decode()
    assert "2 claims dropped." in page
    assert "Undo: dropping (2 claims)" in page
    assert Change.objects.count() == before + 1
    assert set(Claim.objects.filter(state="dropped").values_list("drop_reason", flat=True)) == {"not ours"}
    editor.post(path(article, "undo/"))
    assert not Claim.objects.filter(state="dropped").exists()


def test_a_refused_bulk_act_changes_nothing(desk: factories.Desk, article: Article, editor: Client) -> None:
    first, second = listed(desk, article)[:2]
    scale = claims.confirm(second, by=desk.editor).scale
    Claim.objects.filter(pk=second.pk).update(state="ruled", scale=scale)
    answer = editor.post(path(article, "claims/drop/"), {"claims": [first.pk, second.pk], "reason": "x"})
    assert answer.status_code == 409
    assert "ruled or published is not dropped" in answer.content.decode()
    assert Claim.objects.get(pk=first.pk).state == "proposed"


def test_a_linked_claim_names_where_it_is_judged(desk: factories.Desk, article: Article, editor: Client) -> None:
    first, second = listed(desk, article)[:2]
    linking.link(second, first, by=desk.editor)
    page = editor.get(path(article)).content.decode()
    card = page.split(f'id="claim-{second.pk}"')[1].split("</li>")[0]
    assert "The same as claim 1 of <bdi>Bridge opens</bdi>: it is judged there." in card
    assert 'value="confirm"' not in card
    assert "data-proposed" not in card


def test_the_title_is_seen_once(article: Article, editor: Client) -> None:
    page = editor.get(path(article)).content.decode()
    assert '<h1 class="visually-hidden"' in page
    assert '<script src="/catalogue.js">' in page  # what the scripts say is translated here too
    Article.objects.filter(pk=article.pk).update(title="Another title")
    assert '<h1 class="visually-hidden"' not in editor.get(path(article)).content.decode()


def test_what_was_checked_before_is_told_in_one_line(
    desk: factories.Desk, article: Article, editor: Client, run_jobs: Callable[[], int]
) -> None:
    claim = listed(desk, article)[0]
    ask = f"/n/marjan/claims/repeats/?claims={claim.pk},{claim.pk + 9000},x"
    assert editor.get(ask).status_code == 204
    again = factories.article(desk, "The council paid 3 million crowns for the bridge. It rained.")
    run_jobs()
    line = editor.get(ask).content.decode()
    assert line.startswith(f'<div data-repeats-of="{claim.pk}">')
    assert "Like another claim:" in line
    assert f"/n/marjan/claims/{claim.pk}/edit/#repeats" in line
    check = EarlierCheck.objects.create(
        newsroom=desk.newsroom,
        claim="The council paid 3 million for the bridge",
        verdict="False",
        url="https://e.example/1",
    )
    index.put(desk.newsroom.pk, [(check, check.claim)])
    line = editor.get(ask).content.decode()
    assert "Checked before:" in line  # a judged one goes before a nearer one that is not
    assert "<bdi>False</bdi>" in line
    claims.confirm(claim, by=desk.editor)
    assert '<details class="sheet" open>' in editor.get(f"/n/marjan/claims/{claim.pk}/").content.decode()
    reviewer = Client()
    reviewer.force_login(desk.reviewers[0].user)
    assert f'href="/n/marjan/claims/{claim.pk}/"' in reviewer.get(ask).content.decode()
    claims.drop(listed(desk, again)[0], by=desk.editor, reason="x")
    EarlierCheck.objects.all().delete()
    assert editor.get(ask).status_code == 204

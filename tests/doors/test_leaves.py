"""The fragments that pages fetch anew: the same as the page shows, for whoever asks."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from annotations.models import Member
from tests import factories

pytestmark = pytest.mark.django_db


def page(member: Member, path: str) -> str:
    client = Client()
    client.force_login(member.user)
    return client.get(f"/n/marjan/{path}").content.decode()


def numbers(member: Member) -> dict[str, int]:
    found = re.findall(r'id="nav-(\w+)"[^>]*>([^<]*)<', page(member, "counts/"))
    return {name: int(text or 0) for name, text in found}


def test_the_numbers_are_those_of_the_members_own_queues(run_jobs: Callable[[], int]) -> None:
    desk = factories.desk()
    article = factories.article(desk)
    run_jobs()
    claim = factories.open_claim(desk, article, 0)
    factories.open_claim(desk, article, 1)
    assert numbers(desk.reviewers[0]) == {"review": 2}
    factories.submit(claim, desk.reviewers[0], "true")
    assert numbers(desk.reviewers[0]) == {"review": 1}
    assert numbers(desk.reviewers[1])["review"] == 2
    assert numbers(desk.editor)["rulings"] == 0
    factories.submit(claim, desk.reviewers[1], "false", url="https://other.example.com/page")
    run_jobs()
    assert numbers(desk.editor)["rulings"] == 1
    assert "rulings" not in numbers(desk.reviewers[2])


def test_the_frame_shows_them_without_counting(run_jobs: Callable[[], int]) -> None:
    desk = factories.desk()
    article = factories.article(desk)
    run_jobs()
    factories.open_claim(desk, article, 0)
    rana = desk.reviewers[0]
    assert re.search(r'id="nav-review"[^>]*data-leaf-now', page(rana, "articles/"))
    page(rana, "counts/")
    shown = page(rana, "articles/")
    assert re.search(r'id="nav-review"[^>]*>1<', shown)
    assert "data-leaf-now" not in shown
    factories.open_claim(desk, article, 1)
    assert "data-leaf-now" in page(rana, "articles/")


def test_states_are_those_that_blindness_shows(run_jobs: Callable[[], int]) -> None:
    desk = factories.desk()
    article = factories.article(desk)
    run_jobs()
    claim = factories.open_claim(desk, article, 0)
    factories.submit(claim, desk.reviewers[0], "true")
    run_jobs()
    path = f"articles/{article.pk}/states/?claims={claim.pk},{claim.pk + 1},x,,99999999999999999999"
    states = {
        member.pk: re.findall(r'state-(\w+)" id="state-(\d+)"', page(member, path))
        for member in (desk.reviewers[0], desk.reviewers[1], desk.editor)
    }
    assert {number: state for state, number in states[desk.reviewers[0].pk]}[str(claim.pk)] == "in_review"
    assert {number: state for state, number in states[desk.reviewers[1].pk]}[str(claim.pk)] == "open"
    assert {number: state for state, number in states[desk.editor.pk]}[str(claim.pk)] == "open"


def test_what_came_and_what_went(run_jobs: Callable[[], int]) -> None:
    desk = factories.desk()
    article = factories.article(desk)
    run_jobs()
    claim = factories.open_claim(desk, article, 0)
    rana = desk.reviewers[0]
    assert "href" not in page(rana, f"review/news/?seen={claim.pk}")
    assert "1 new" in page(rana, "review/news/?seen=")
    assert "1 no longer here" in page(rana, f"review/news/?seen={claim.pk},999999")


def test_articles_and_sources(run_jobs: Callable[[], int]) -> None:
    desk = factories.desk()
    article = factories.article(desk)
    run_jobs()
    claim = factories.open_claim(desk, article, 0)
    found = page(desk.reviewers[0], f"articles/states/?articles={article.pk},424242")
    assert f'id="article-state-{article.pk}"' in found
    assert "424242" not in found
    factories.submit(claim, desk.reviewers[0], "true")
    source = claim.reviews.get().evidence.get().source
    assert f'id="source-state-{source.pk}"' in page(desk.reviewers[0], f"sources/states/?sources={source.pk}")
    assert f'id="source-state-{source.pk}"' not in page(desk.reviewers[1], f"sources/states/?sources={source.pk}")

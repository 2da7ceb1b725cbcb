"""Lists ask the database a fixed number of questions: the rows doubled, the count unchanged."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.models import Article, Claim
from annotations.reviews import disclosing
from tests import factories

PATHS = {
    "desk": "/n/marjan/",
    "articles": "/n/marjan/articles/",
    "article": "/n/marjan/articles/{article}/",
    "review queue": "/n/marjan/review/",
    "rulings": "/n/marjan/rulings/",
    "changed": "/n/marjan/changed/",
    "intake": "/n/marjan/intake/",
    "api changed": "/api/v1/queues/changed",
    "sources": "/n/marjan/sources/",
    "published": "/n/marjan/published/",
    "api articles": "/api/v1/articles",
    "api claims": "/api/v1/articles/{article}/claims",
    "api review queue": "/api/v1/queues/review",
    "api rulings": "/api/v1/queues/rulings",
    "api events": "/api/v1/events?after=0",
}


def fill(desk: factories.Desk, run_jobs: Callable[[], int], start: int) -> None:
    for number in range(start, start + 2):
        article = factories.article(desk, f"{factories.ARABIC} رقم {number}.")
        run_jobs()
        factories.open_claim(desk, article, 0)
        claim = factories.open_claim(desk, article, 1)
        for reviewer, label in zip(desk.reviewers, ("true", "false"), strict=False):
            factories.submit(claim, reviewer, label, url=f"http://s{number}.example.com/x")
        disclosing.disclose(Claim.objects.get(pk=claim.pk), by=desk.editor)
    run_jobs()


@pytest.mark.usefixtures("steady")
def test_counts_do_not_grow_with_the_rows(
    run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    from annotations.lib import outbound
    from annotations.lib.fetching.client import GuardedFetcher, Policy

    nothing = GuardedFetcher(Policy(), resolver=lambda host, port: [])
    monkeypatch.setattr(outbound, "fetcher", lambda: nothing)
    desk = factories.desk()
    client = Client()
    client.force_login(desk.editor.user)
    fill(desk, run_jobs, 0)
    article = Article.objects.earliest("pk")

    def counts() -> dict[str, int]:
        found = {}
        for name, path in PATHS.items():
            client.get(path.format(article=article.pk))  # warm: caches of content types, sessions
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(path.format(article=article.pk)).status_code == 200
            found[name] = len(queries)
        return found

    before = counts()
    fill(desk, run_jobs, 2)
    assert counts() == before
    assert max(before.values()) <= 27, before

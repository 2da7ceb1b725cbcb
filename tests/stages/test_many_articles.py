"""Articles that come by themselves, and many at once: each once, nothing lost, progress told."""

import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from annotations import jobs
from annotations.articles import feeds, importing
from annotations.articles import operations as articles
from annotations.errors import Conflict, Duplicate, InvalidInput, NotAllowed
from annotations.lib import outbound
from annotations.lib.fetching.client import GuardedFetcher, Policy
from annotations.models import Article, Feed, FeedEntry, Import, Member, Version, Work
from tests import factories
from tests.servers import Pages

pytestmark = pytest.mark.django_db

RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>أخبار المرفأ</title>{items}</channel></rss>"""
ITEM = "<item><title>{title}</title><link>http://news.example.com/{slug}</link><guid isPermaLink='false'>{slug}</guid><pubDate>Mon, 02 Jun 2025 23:30:00 -0200</pubDate></item>"


@pytest.fixture
def desk(db: None) -> factories.Desk:
    return factories.desk()


@pytest.fixture
def web(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> Pages:
    guarded = GuardedFetcher(Policy(), resolver=pages.resolver, dial_map=pages.dial)
    monkeypatch.setattr(outbound, "fetcher", lambda: guarded)
    return pages


def published(web: Pages, *slugs: str) -> None:
    items = "".join(ITEM.format(title=f"Title {slug}", slug=slug) for slug in slugs)
    web.add("/feed.xml", RSS.format(items=items), media_type="application/rss+xml")
    for slug in slugs:
        web.add(
            f"/{slug}",
            f"<html><body><article><p>The story of {slug}: the bridge cost 18 million in 2023.</p></article></body></html>",
        )


def later(feed: Feed) -> None:
    Feed.objects.filter(pk=feed.pk).update(due_at=timezone.now() - timedelta(seconds=1))
    assert feeds.owe_due() == 1


def test_new_entries_become_articles_once(desk: factories.Desk, web: Pages, run_jobs: Callable[[], int]) -> None:
    published(web, "one", "two")
    feed = feeds.add(by=desk.editor, url="http://news.example.com/feed.xml", topic="harbour")
    run_jobs()
    rows = Article.objects.order_by("pk")
    assert [(row.state, row.topic, str(row.published_on), row.title) for row in rows] == [
        ("ready", "harbour", "2025-06-03", "Title one"),
        ("ready", "harbour", "2025-06-03", "Title two"),
    ]
    published(web, "three", "one", "two")
    later(feed)
    run_jobs()
    later(feed)
    run_jobs()
    found = feeds.get(desk.editor, feed.pk)
    assert (Article.objects.count(), found.title, found.seen, found.brought) == (3, "أخبار المرفأ", 3, 3)
    assert web.asked.count("/three") == 1
    with pytest.raises(Duplicate):
        feeds.add(by=desk.editor, url="http://news.example.com/feed.xml")


def test_a_new_feed_brings_its_newest_alone(desk: factories.Desk, web: Pages, run_jobs: Callable[[], int]) -> None:
    published(web, *(f"s{number}" for number in range(25)))
    feeds.add(by=desk.editor, url="http://news.example.com/feed.xml")
    run_jobs()
    assert Article.objects.count() == feeds.FIRST_TAKE
    assert FeedEntry.objects.filter(problem="older").count() == 15


def test_entries_that_are_there_or_may_not_be_fetched(
    desk: factories.Desk, web: Pages, run_jobs: Callable[[], int]
) -> None:
    published(web, "one")
    articles.add_url(by=desk.editor, url="http://news.example.com/one")
    bad = ITEM.format(title="x", slug="x").replace("http://news.example.com/x", "http://127.0.0.1/admin")
    web.add("/feed.xml", RSS.format(items=ITEM.format(title="One", slug="one") + bad))
    feeds.add(by=desk.editor, url="http://news.example.com/feed.xml")
    run_jobs()
    assert dict(FeedEntry.objects.values_list("url", "problem")) == {
        "http://news.example.com/one": "duplicate",
        "http://127.0.0.1/admin": "bad_url",
    }
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("status", "body", "problem", "active"),
    [
        (200, "<html><body>no feed</body></html>", "not_a_feed", True),
        (200, "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss>&x;", "", True),
        (410, "gone", "gone", False),
        (503, "busy", "http_error", True),
        (404, "nothing", "http_error", True),
    ],
)
def test_feeds_in_trouble(
    desk: factories.Desk, web: Pages, run_jobs: Callable[[], int], status: int, body: str, problem: str, active: bool
) -> None:
    web.add("/feed.xml", body, status=status)
    feed = feeds.add(by=desk.editor, url="http://news.example.com/feed.xml")
    run_jobs()
    feed.refresh_from_db()
    assert (feed.problem, feed.is_active) == (problem, active)
    assert feed.due_at > timezone.now() + timedelta(minutes=25)
    assert Article.objects.count() == 0


def test_a_feed_acts_for_somebody_who_may(desk: factories.Desk, web: Pages, run_jobs: Callable[[], int]) -> None:
    published(web, "one")
    feed = feeds.add(by=desk.editor, url="http://news.example.com/feed.xml")
    Member.objects.filter(pk=desk.editor.pk).update(role="reviewer")
    run_jobs()
    feed.refresh_from_db()
    assert (feed.problem, feed.is_active, Article.objects.count()) == ("member_left", False, 0)
    feeds.edit(feed, by=desk.second, changes={"is_active": True})
    run_jobs()
    assert Article.objects.count() == 1
    with pytest.raises(NotAllowed):
        feeds.add(by=desk.reviewers[0], url="http://news.example.com/other.xml")
    with pytest.raises(InvalidInput):
        feeds.add(by=desk.second, url="http://localhost/feed.xml")
    with pytest.raises(InvalidInput):
        feeds.add(by=desk.second, url="http://news.example.com/b.xml", every_minutes=1)


def test_fetched_again(desk: factories.Desk, web: Pages, run_jobs: Callable[[], int]) -> None:
    """The same text is no version; another is; a fetch in vain leaves the text there."""
    published(web, "one")
    article = articles.add_url(by=desk.editor, url="http://news.example.com/one")
    run_jobs()
    for body, versions, problem in (
        (None, 1, ""),
        (
            "<html><body><article><p>The story of one: the bridge cost 19 million in 2023.</p></article></body></html>",
            2,
            "",
        ),
        ("", 2, "http_error"),
    ):
        if body is not None:
            web.add("/one", body, status=200 if body else 404)
        article.refresh_from_db()
        articles.refetch(article, by=desk.editor)
        with pytest.raises(Conflict):
            articles.refetch(article, by=desk.editor)
        run_jobs()
        article.refresh_from_db()
        assert (article.state, article.problem) == ("ready", problem)
        assert Version.objects.filter(article=article).count() == versions


LINES = [
    {"text": "The first text, with words enough.", "title": "One", "topic": "a"},
    {"text": "نص ثان فيه كلمات كافية.", "language": "ar", "published_on": "2024-05-01"},
    {"text": "The first text, with words enough."},
    {"title": "nothing in it"},
    {"text": 5},
    {"text": "Third.", "published_on": "yesterday"},
    {"url": "http://127.0.0.1/x"},
]


def jsonl(rows: list[Any]) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode() + b"\nnot json\n\n[1]\n"


def test_an_import_tells_how_far_it_is(desk: factories.Desk, run_jobs: Callable[[], int]) -> None:
    row = importing.start_articles(by=desk.editor, file_name="many.jsonl", body=jsonl(LINES))
    assert (row.total, row.position) == (9, 0)
    run_jobs()
    row.refresh_from_db()
    assert (row.state, row.position, row.added, row.duplicates, row.refused) == ("done", 9, 2, 1, 6)
    assert [place for place, _why in row.problems] == [4, 5, 6, 7, 8, 9]
    assert all(why for _place, why in row.problems)
    assert set(Article.objects.values_list("title", "language", "state")) >= {("One", "en", "ready")}


def test_an_import_that_stops_goes_on_where_it_was(
    desk: factories.Desk, run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between two records: nothing is doubled, nothing is left out."""
    rows = [{"text": f"Text number {number}, with words enough."} for number in range(7)]
    row = importing.start_articles(by=desk.editor, file_name="many.jsonl", body=json.dumps(rows).encode())
    count = importing._count
    calls = []

    def dies(*given: Any) -> None:
        calls.append(given)
        if len(calls) == 4:
            raise RuntimeError("killed")
        count(*given)

    monkeypatch.setattr(importing, "_count", dies)
    jobs.perform("articles.import", row.pk, importing.run_articles, importing.bury)
    assert Article.objects.count() == 3  # the fourth was rolled back with its count
    monkeypatch.setattr(importing, "_count", count)
    Work.objects.filter(kind="articles.import").update(due_at=timezone.now(), lease_until=None)
    run_jobs()
    row.refresh_from_db()
    assert (row.state, row.added, row.duplicates, Article.objects.count()) == ("done", 7, 0, 7)


def test_tables_and_lists(desk: factories.Desk, run_jobs: Callable[[], int]) -> None:
    importing.start_articles(
        by=desk.editor, file_name="a.csv", body=b'Title,Text\n"Uno","Primera frase, con ""comillas""."\n'
    )
    importing.start_articles(by=desk.editor, file_name="a.json", body=b'[{"text": "From a list."}]')
    run_jobs()
    assert set(Article.objects.values_list("title", flat=True)) == {"Uno", "From a list."}
    for body in (b"", b"\xff\xfe", b"[1, 2", b"[]"):
        with pytest.raises(InvalidInput):
            importing.start_articles(by=desk.editor, file_name="x.json", body=body)
    assert Import.objects.count() == 2


def test_the_command(desk: factories.Desk, tmp_path: Path, run_jobs: Callable[[], int]) -> None:
    """A folder, then a file of records; repeated, nothing comes twice."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "one.txt").write_text("Plain text of one.", encoding="utf-8")
    (tmp_path / "deep" / "two.html").write_text("<p>The second page says more than the first.</p>", encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    out = io.StringIO()
    call_command("import_articles", str(tmp_path), stdout=out)
    assert "2 of 2: 2 added" in out.getvalue()
    call_command("import_articles", str(tmp_path / "one.txt").replace("one.txt", ""), stdout=out)
    assert "1 there already" in out.getvalue()
    run_jobs()
    path = tmp_path / "many.jsonl"
    path.write_bytes(jsonl(LINES))
    with pytest.raises(CommandError, match="6 of 9 were refused"):
        call_command("import_articles", str(path), stdout=out, stderr=out, by=desk.second.user.email)
    assert "record 4" in out.getvalue()
    with pytest.raises(CommandError, match="no such editor"):
        call_command("import_articles", str(path), by="nobody@example.org")
    with pytest.raises(CommandError, match="There is no"):
        call_command("import_articles", str(tmp_path / "nowhere"))

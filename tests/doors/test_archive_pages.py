"""What a public archive holds is shown where the source is, to those who may see it; the switch says what it gives away."""

import gzip
import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from fastwarc.warc import ArchiveIterator, WarcRecordType

from annotations.models import Claim, Newsroom, PublicCopy, Source
from annotations.models.sources import SourceLife
from tests import factories
from tests.factories import signed_in
from tests.servers import Pages
from tests.stages.test_rechecks import published
from tests.stages.test_sources import HTML, claim, desk, save, wired

__all__ = ["claim", "desk", "published", "wired"]
pytestmark = pytest.mark.django_db
DAY = datetime(2024, 2, 29, 12, tzinfo=UTC)
COPY = "https://archive.example.org/web/20240229120000/http://audit.example.com/audit"


@pytest.fixture
def source(published: Any) -> Source:
    found = Source.objects.get()
    PublicCopy.objects.create(
        source=found, state="kept", url=COPY, copied_at=DAY, listed_at=DAY, copies=12, nearest_at=DAY, nearest_url=COPY
    )
    Source.objects.update(life=SourceLife.DEAD)
    return found


def test_on_the_sources_page_and_among_the_rechecks(source: Source, desk: factories.Desk) -> None:
    client = signed_in(desk.editor)
    for path in (f"sources/{source.pk}/", "rechecks/"):
        page = client.get(f"/n/marjan/{path}").content.decode()
        assert f'href="{COPY}" rel="noreferrer noopener nofollow">2024-02-29</a>' in page, path
        assert "The public archive has 12 copies; the nearest to the citation is of" in page
        assert "The public archive keeps a copy of" in page


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"state": "asked", "asked_at": DAY}, "was asked for a copy on"),
        ({"state": "refused", "problem": "blocked-url"}, "does not make a copy of this address."),
        ({"state": "too_many"}, "asked for this address too often today"),
        ({"state": "unavailable", "problem": "http-404"}, "could not make a copy."),
        ({"copies": 0, "listed_at": DAY}, "has no copy of it."),
        ({"copies": None, "more": True, "listed_at": DAY}, "more copies than can be listed"),
        ({"copies": 1, "nearest_at": DAY, "nearest_url": COPY}, "has 1 copy; it is of"),
        ({"copies": 9, "more": True, "nearest_at": DAY, "nearest_url": COPY}, "There are more than were counted."),
    ],
)
def test_in_words(columns: dict[str, Any], words: str, published: Any, desk: factories.Desk) -> None:
    source = Source.objects.get()
    PublicCopy.objects.create(source=source, **columns)
    page = signed_in(desk.editor).get(f"/n/marjan/sources/{source.pk}/").content.decode()
    assert words in " ".join(page.split())


def test_by_api(source: Source, desk: factories.Desk) -> None:
    client = signed_in(desk.editor)
    copy = client.get(f"/api/v1/sources/{source.pk}").json()["public_copy"]
    assert (copy["state"], copy["url"], copy["copies"], copy["nearest_url"]) == ("kept", COPY, 12, COPY)
    assert copy["nearest_at"] == "2024-02-29T12:00:00Z"
    assert client.get("/api/v1/queues/recheck").json()["results"][0]["public_copy"]["copies"] == 12
    with CaptureQueriesContext(connection) as before:
        rows = client.get("/api/v1/sources").json()["results"]
    assert rows[0]["public_copy"]["state"] == "kept"
    for number in range(3):
        other = Source.objects.create(
            newsroom=source.newsroom,
            kind="url",
            url=f"http://h{number}.example.com/",
            url_key=f"k{number}",
            created_by=desk.editor.user,
        )
        if number:
            PublicCopy.objects.create(source=other, state="asked")
    with CaptureQueriesContext(connection) as after:
        rows = client.get("/api/v1/sources").json()["results"]
    assert [row["public_copy"] is None for row in rows] == [False, False, True, False]
    assert len(after) == len(before)


def test_in_the_archive_file(source: Source, desk: factories.Desk) -> None:
    raw = b"".join(signed_in(desk.editor).get(f"/n/marjan/sources/{source.pk}/copies.warc.gz"))  # type: ignore[arg-type]
    notes = [
        record.reader.read()
        for record in ArchiveIterator(io.BytesIO(raw))
        if record.record_type == WarcRecordType.metadata
    ]
    assert len(notes) == 1
    assert f"archived-at: {COPY}\r\n".encode() in notes[0]


def test_who_may_not_see_the_source_sees_nothing_of_it(source: Source, desk: factories.Desk) -> None:
    client = signed_in(desk.reviewers[2])  # has not reviewed the claim
    assert client.get(f"/n/marjan/sources/{source.pk}/").status_code == 404
    assert client.get(f"/api/v1/sources/{source.pk}").status_code == 404
    assert COPY not in client.get("/api/v1/sources").content.decode()


def test_blind_reviewers_learn_no_dates(
    desk: factories.Desk, claim: Claim, wired: Pages, run_jobs: Callable[[], int]
) -> None:
    """The copy was asked for when a colleague cited the link: to who cites it later that would tell of them."""
    wired.add("/audit", HTML)
    save(claim, desk, 0, url="http://audit.example.com/audit", quote="The bridge cost 31 million")
    run_jobs()
    save(claim, desk, 1, url="http://audit.example.com/audit", quote="The bridge cost 31 million")
    run_jobs()
    source = Source.objects.get()
    PublicCopy.objects.create(source=source, state="kept", url=COPY, copied_at=DAY, asked_at=DAY)
    for who, seen in ((0, True), (1, False)):
        client = signed_in(desk.reviewers[who])
        shown = [
            client.get(path)
            for path in (
                f"/n/marjan/sources/{source.pk}/",
                f"/n/marjan/sources/{source.pk}/copies.warc.gz",
                f"/api/v1/sources/{source.pk}",
                "/api/v1/sources",
            )
        ]
        assert [answer.status_code for answer in shown] == [200] * 4
        bodies = [b"".join(answer) for answer in shown]  # type: ignore[arg-type]
        bodies[1] = gzip.decompress(bodies[1])
        assert [COPY.encode() in body for body in bodies] == [seen] * 4


def test_the_switch_is_there_only_where_there_is_an_archive(desk: factories.Desk, settings: Any) -> None:
    client = signed_in(desk.admin)
    settings.ARCHIVE_URL = ""
    assert "archive" not in client.get("/n/marjan/settings/").content.decode().lower()
    refused = client.post("/n/marjan/settings/archive/", {"on": "1"}, follow=True).content.decode()
    assert "has no public web archive set up" in refused
    assert not Newsroom.objects.get().asks_archive


def test_the_switch(desk: factories.Desk, settings: Any) -> None:
    settings.ARCHIVE_URL = "https://archive.example.org"
    client = signed_in(desk.admin)
    page = client.get("/n/marjan/settings/").content.decode()
    assert "Ask the public web archive for a copy of each cited link" in page
    assert "The archive then learns which links this desk looks at" in page
    assert client.post("/n/marjan/settings/archive/", {"on": "1"}).status_code == 302
    assert Newsroom.objects.get().asks_archive
    assert "Stop asking it" in client.get("/n/marjan/settings/").content.decode()
    client.post("/n/marjan/settings/archive/", {"on": "0"})
    assert not Newsroom.objects.get().asks_archive
    assert signed_in(desk.editor).post("/n/marjan/settings/archive/", {"on": "1"}).status_code == 403
    assert not Newsroom.objects.get().asks_archive


def test_the_admin_site_shows_the_switch_and_does_not_turn_it(desk: factories.Desk) -> None:
    from annotations.models import User

    User.objects.filter(pk=desk.admin.user_id).update(is_staff=True)
    page = signed_in(desk.admin).get(f"/admin/annotations/newsroom/{desk.newsroom.pk}/change/")
    assert page.status_code == 200
    assert 'name="asks_archive"' not in page.content.decode()


def test_a_page_asks_the_archive_nothing(
    source: Source, desk: factories.Desk, monkeypatch: pytest.MonkeyPatch, settings: Any, run_jobs: Callable[[], int]
) -> None:
    from annotations.lib.fetching.sending import GuardedSender

    def never(*given: Any, **more: Any) -> None:
        raise AssertionError("a request left from a page")

    settings.ARCHIVE_URL = "https://archive.example.org"
    Newsroom.objects.update(asks_archive=True)
    monkeypatch.setattr(GuardedSender, "send", never)
    client = signed_in(desk.editor)
    for path in (f"sources/{source.pk}/", "sources/", "rechecks/", "settings/"):
        assert client.get(f"/n/marjan/{path}").status_code in (200, 403)
    answer = client.post(f"/n/marjan/sources/{source.pk}/life/", {"life": "dead", "note": "It is gone."})
    assert answer.status_code == 302

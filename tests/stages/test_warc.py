"""Kept sources as a WARC file: read back by another library, word for word, and only by those who may see them."""

import gzip
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from fastwarc.warc import ArchiveIterator, WarcRecordType

from annotations.lib import warc
from annotations.models import Capture, Source
from annotations.reviews import citing
from annotations.sources import watching
from tests import factories
from tests.servers import Pages
from tests.stages.test_rechecks import published
from tests.stages.test_sources import HTML, claim, desk, save, wired

__all__ = ["claim", "desk", "published", "wired"]
pytestmark = pytest.mark.django_db


def records(raw: bytes) -> list[tuple[Any, str, bytes]]:
    return [
        (record.record_type, record.headers.get("WARC-Target-URI", ""), record.reader.read())
        for record in ArchiveIterator(io.BytesIO(raw), parse_http=True)
    ]


def got(client: Client, path: str) -> bytes:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/warc"
    return b"".join(answer)  # type: ignore[arg-type]  # a file response streams bytes


def test_a_claims_sources(desk: factories.Desk, published: Any, wired: Pages) -> None:
    source = Source.objects.get()
    client = Client()
    client.force_login(desk.editor.user)
    raw = got(client, f"/n/marjan/claims/{published.ruling.claim_id}/sources.warc.gz")
    found = records(raw)
    assert [kind for kind, _uri, _body in found] == [
        WarcRecordType.warcinfo,
        WarcRecordType.response,
        WarcRecordType.request,
    ]
    _kind, uri, body = found[1]
    assert (uri, body.decode()) == (source.url, HTML)
    plain = gzip.decompress(raw).decode("utf-8", "replace")
    assert "HTTP/1.1 200 OK" in plain
    assert "GET /audit HTTP/1.1" in plain
    assert f"WARC-IP-Address: {Capture.objects.get().attempt.peer}" in plain  # type: ignore[union-attr]
    assert records(got(client, f"/n/marjan/sources/{source.pk}/copies.warc.gz"))[1][2].decode() == HTML
    of_article = f"/n/marjan/articles/{published.ruling.claim.article_id}/sources.warc.gz"
    assert records(got(client, of_article))[1][2].decode() == HTML
    client.force_login(desk.reviewers[2].user)  # may still have reviewed it: sees nothing of it
    assert client.get(f"/n/marjan/sources/{source.pk}/copies.warc.gz").status_code == 404
    assert client.get(of_article).status_code == 404


def test_who_may_still_review_gets_the_latest_copy_alone(
    desk: factories.Desk, claim: Any, wired: Pages, run_jobs: Callable[[], int]
) -> None:
    """An older copy would tell that a colleague had cited the same link before."""
    wired.add("/audit", HTML)
    save(claim, desk, 0, url="http://audit.example.com/audit", quote="some words of it")
    run_jobs()
    wired.add("/audit", HTML.replace("31", "32"))
    Source.objects.update(watch_at=timezone.now())
    watching.owe_due()
    run_jobs()
    assert Capture.objects.count() == 2
    save(claim, desk, 1, url="http://audit.example.com/audit", quote="some words of it")
    run_jobs()  # until their own quote was looked up nothing tells that the page is kept already
    client = Client()
    for reviewer, copies in ((0, 2), (1, 1)):
        client.force_login(desk.reviewers[reviewer].user)
        found = records(got(client, f"/n/marjan/sources/{Source.objects.get().pk}/copies.warc.gz"))
        bodies = [body.decode() for kind, _uri, body in found if kind == WarcRecordType.response]
        assert (len(bodies), bodies[-1]) == (copies, HTML.replace("31", "32"))


def test_a_document_is_a_resource(desk: factories.Desk, run_jobs: Callable[[], int]) -> None:
    source = citing.upload(by=desk.editor, file_name="note.txt", body="نص الوثيقة".encode(), declared_type="text/plain")
    run_jobs()
    client = Client()
    client.force_login(desk.editor.user)
    kinds = records(got(client, f"/n/marjan/sources/{source.pk}/copies.warc.gz"))
    assert kinds[1][:2] == (WarcRecordType.resource, f"urn:factcheck:source:{source.pk}")
    assert kinds[1][2].decode() == "نص الوثيقة"


def test_blind_reviewers_get_no_file(desk: factories.Desk, claim: Any) -> None:
    factories.submit(claim, desk.reviewers[0])
    client = Client()
    client.force_login(desk.reviewers[1].user)
    assert client.get(f"/n/marjan/claims/{claim.pk}/sources.warc.gz").status_code == 403


def test_what_is_not_ascii_is_written_and_read_back() -> None:
    copy = warc.Copy(
        "http://ar.example.com/خبر?ص=1",
        "<html>نص عربي</html>".encode(),
        timezone.now(),
        media_type="text/html",
        status=200,
        request_headers=[["User-Agent", "x"]],
        response_headers=[["Content-Type", "text/html; charset=utf-8"], ["X-Title", "caf\xe9"]],
        redirects=[["http://ar.example.com/قديم", 301], ["http://ar.example.com/خبر?ص=1", 200]],
    )
    out = io.BytesIO()
    assert warc.write(out, [copy], name="t.warc.gz", software="t") == 1
    found = records(out.getvalue())
    assert found[1][1:] == ("http://ar.example.com/%D8%AE%D8%A8%D8%B1?%D8%B5=1", copy.body)
    assert b"GET /%D8%AE%D8%A8%D8%B1?%D8%B5=1 HTTP/1.1" in gzip.decompress(out.getvalue())

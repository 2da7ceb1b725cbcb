"""Kept bodies in an S3-compatible store, spoken to by the real SDK: from the link to the WARC file, in sickness and health."""

import io
import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.storage import storages
from django.test import Client
from django.utils import timezone
from fastwarc.warc import ArchiveIterator, WarcRecordType

from annotations.errors import RetryLater
from annotations.lib import blobs
from annotations.lib.blobs import DamagedBody
from annotations.models import Capture, Evidence, Source, WaitingBody, Work
from annotations.sources import waiting
from factcheck import env, stores
from tests import s3_server
from tests.servers import Pages
from tests.stages.test_sources import HTML, claim, desk, save, wired

pytest.importorskip("boto3")
pytest.importorskip("storages")
__all__ = ["claim", "desk", "wired"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def store(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[s3_server.Store]:
    """The settings that STORAGE_URL makes, with the waits of the client shortened."""
    from factcheck import s3

    monkeypatch.setattr(s3, "READ_SECONDS", 0.5)
    for running in s3_server.running():
        monkeypatch.setenv("STORAGE_URL", running.variable)
        settings.STORAGES = {**settings.STORAGES, **stores.entries(env.read())}
        yield running


def test_from_the_link_to_the_archive_file(
    store: s3_server.Store, desk: Any, claim: Any, wired: Pages, run_jobs: Callable[[], int]
) -> None:
    wired.add("/audit", HTML)
    save(claim, desk, url="http://audit.example.com/audit", quote="The bridge cost 31 million")
    run_jobs()
    assert Evidence.objects.get().quote_state == "exact"
    sha = Capture.objects.get().body_digest
    assert list(store.objects) == [f"/{s3_server.BUCKET}/desk/{blobs.name_of(sha)}"]
    assert blobs.read(sha).decode() == HTML
    client = Client()
    client.force_login(desk.reviewers[0].user)
    raw = b"".join(client.get(f"/n/marjan/sources/{Source.objects.get().pk}/copies.warc.gz"))  # type: ignore[arg-type]
    found = [
        record.reader.read()
        for record in ArchiveIterator(io.BytesIO(raw), parse_http=True)
        if record.record_type == WarcRecordType.response
    ]
    assert [body.decode() for body in found] == [HTML]
    assert WaitingBody.objects.count() == 0


def test_what_is_asked_of_the_store(store: s3_server.Store) -> None:
    """One HEAD and one PUT for a new body, one HEAD for a known one, one GET to read; never an access list."""
    sha = blobs.keep(b"a body of its own")
    assert [method for method, _path in store.asked] == ["HEAD", "PUT"]
    blobs.keep(b"a body of its own")
    blobs.read(sha)
    assert [method for method, _path in store.asked] == ["HEAD", "PUT", "HEAD", "GET"]
    for headers in store.headers:
        assert headers["authorization"].startswith("AWS4-HMAC-SHA256 Credential=")
        assert not {name for name in headers if "acl" in name or "grant" in name}
    assert "aws-chunked" not in store.headers[1].get("content-encoding", "")
    with pytest.raises(ValueError):
        storages["captures"].url(blobs.name_of(sha))


def test_a_wrong_secret_is_refused_and_nothing_is_lost(
    store: s3_server.Store, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORAGE_URL", store.variable.replace("%20desk@", "%20dusk@"))
    settings.STORAGES = {**settings.STORAGES, **stores.entries(env.read())}
    sha = blobs.keep(b"signed with another secret")
    assert ("PUT", f"/{s3_server.BUCKET}/desk/{blobs.name_of(sha)}") in store.asked
    assert store.objects == {}
    assert blobs.read(sha) == b"signed with another secret"
    assert WaitingBody.objects.get().digest == sha


@pytest.mark.parametrize("illness", ["503", "reset", "hang"])
def test_a_store_that_is_away_loses_nothing(store: s3_server.Store, illness: str, run_jobs: Callable[[], int]) -> None:
    body = os.urandom(30_000)
    store.illness = illness
    started = time.monotonic()
    sha = blobs.keep(body)
    assert time.monotonic() - started < 5
    assert store.objects == {}
    assert blobs.read(sha) == body
    row, work = WaitingBody.objects.get(), Work.objects.get(kind="sources.store")
    Work.objects.update(due_at=timezone.now())
    run_jobs()
    work.refresh_from_db()
    assert (work.state, work.problem, work.attempts) == ("queued", "store_away", 0)
    assert work.due_at > timezone.now()
    assert WaitingBody.objects.get() == row
    store.illness = ""
    Work.objects.update(due_at=timezone.now())
    run_jobs()
    assert list(store.bodies()) == [f"{sha}.zst"]
    assert WaitingBody.objects.count() == 0
    assert blobs.read(sha) == body
    waiting.store(row.pk, work)  # type: ignore[arg-type]  # the message comes twice
    assert len(store.objects) == 1


def test_a_source_is_read_and_checked_while_the_store_is_away(
    store: s3_server.Store, desk: Any, claim: Any, wired: Pages, run_jobs: Callable[[], int]
) -> None:
    store.illness = "503"
    wired.add("/audit", HTML)
    evidence = save(claim, desk, url="http://audit.example.com/audit", quote="The bridge cost 31 million")
    run_jobs()
    evidence.refresh_from_db()
    assert (evidence.quote_state, wired.asked) == ("exact", ["/audit"])
    wired.add("/audit", "something else by now")
    store.illness = ""
    Work.objects.filter(kind="sources.store").update(due_at=timezone.now())
    run_jobs()
    assert blobs.read(Capture.objects.get().body_digest).decode() == HTML
    assert len(store.objects) == 1


def test_reading_from_a_store_that_is_away_is_a_matter_of_time(store: s3_server.Store) -> None:
    sha = blobs.keep(b"kept before" * 1000)
    for illness in ("503", "reset", "cut"):
        store.illness = illness
        with pytest.raises(RetryLater) as told:
            blobs.read(sha)
        assert told.value.code == "store_away"
    store.illness = ""
    assert blobs.read(sha) == b"kept before" * 1000


def test_an_upload_that_fails_halfway_leaves_nothing(store: s3_server.Store) -> None:
    store.illness, store.ill_for = "reset", {"PUT"}
    sha = blobs.keep(os.urandom(200_000))
    assert store.objects == {}
    assert WaitingBody.objects.filter(digest=sha).exists()


def test_damage_in_the_store_is_said_and_mended(store: s3_server.Store) -> None:
    body = os.urandom(9000)
    sha = blobs.keep(body)
    name = next(iter(store.objects))
    store.objects[name] = store.objects[name][:4000]
    with pytest.raises(DamagedBody) as told:
        blobs.read(sha)
    assert told.value.code == "body_damaged"
    blobs.keep(body)
    assert blobs.read(sha) == body
    store.objects.clear()
    with pytest.raises(DamagedBody) as told:
        blobs.read(sha)
    assert told.value.code == "body_missing"


def test_a_body_moved_between_two_looks_is_found(store: s3_server.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.illness, store.ill_for = "503", {"PUT"}
    sha = blobs.keep(b"on its way")
    store.illness = ""
    look = waiting.Room._open

    def moved(self: Any, name: str, mode: str = "rb") -> Any:
        row = WaitingBody.objects.get()
        blobs.put(row.digest, bytes(row.packed))
        row.delete()
        return look(self, name, mode)

    monkeypatch.setattr(waiting.Room, "_open", moved)
    assert blobs.read(sha) == b"on its way"


def test_a_move_that_was_given_up_is_promised_again(store: s3_server.Store) -> None:
    store.illness = "503"
    blobs.keep(b"left behind")
    Work.objects.update(state="dead")
    waiting.promise_again(WaitingBody.objects.get().pk, "error")
    assert Work.objects.get().state == "queued"

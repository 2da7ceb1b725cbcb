"""Kept bodies as files: whole under their name or not at all, verified when read, also when the writer is killed."""

import gc
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard
from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.test import Client, override_settings
from hypothesis import given
from hypothesis import strategies as st

from annotations import jobs
from annotations.errors import RetryLater
from annotations.exports import evidence
from annotations.lib import blobs
from annotations.lib.blobs import DamagedBody
from annotations.lib.whole_files import WholeFiles
from annotations.models import Capture, Work
from annotations.reviews import citing
from annotations.sources import operations as sources
from tests import factories

WRITER = """
import sys, time
import django
from django.conf import settings
settings.configure()
django.setup()
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from annotations.lib.whole_files import WholeFiles
class Slow(ContentFile):
    def chunks(self, chunk_size=None):
        for piece in range(0, len(self.file.getvalue()), 1000):
            yield self.file.getvalue()[piece : piece + 1000]
            print("wrote", flush=True)
            time.sleep(0.05)
WholeFiles(location=sys.argv[1]).save("ab/cd/body.zst", Slow(b"x" * 100_000))
"""


def stores(folder: Path | str) -> dict[str, Any]:
    entry = {"BACKEND": "annotations.lib.whole_files.WholeFiles", "OPTIONS": {"location": str(folder)}}
    return {**settings.STORAGES, "captures": entry}


@pytest.fixture
def kept(tmp_path: Path, settings: Any) -> Path:
    settings.STORAGES = stores(tmp_path)
    return tmp_path


def test_a_body_comes_back_and_is_written_once(kept: Path) -> None:
    body = "متن الصفحة ".encode() * 500
    sha = blobs.keep(body)
    file = kept / blobs.name_of(sha)
    written = file.stat().st_mtime_ns
    assert blobs.keep(body) == sha
    assert file.stat().st_mtime_ns == written
    assert blobs.read(sha) == body
    assert [path for path in kept.rglob("*") if path.is_file()] == [file]


def test_a_body_under_its_older_name_is_found(kept: Path) -> None:
    body = "متن الصفحة ".encode() * 500
    sha = blobs.keep(body)
    older = kept / sha[:2] / sha[2:4] / f"{sha}.zst"
    older.parent.mkdir()
    (kept / blobs.name_of(sha)).rename(older)
    blobs.settle(sha, body)
    assert blobs.read(sha) == body


def test_a_writer_killed_in_the_middle_leaves_no_half_body(tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    for _piece in range(3):
        assert child.stdout.readline() == "wrote\n"
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert child.returncode == -signal.SIGKILL
    halves = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [half.parent.name for half in halves] == ["parts"]
    storage = WholeFiles(location=str(tmp_path))
    assert not storage.exists("ab/cd/body.zst")
    os.utime(halves[0], (time.time() - 7200,) * 2)
    storage.save("ab/cd/body.zst", ContentFile(b"x" * 100_000))
    assert storage.size("ab/cd/body.zst") == 100_000
    assert not halves[0].exists(), "what a killed writer left is removed by the next"


def test_what_lies_torn_under_the_name_is_not_taken_for_the_body(kept: Path) -> None:
    body = os.urandom(5000)
    file = kept / blobs.name_of(blobs.digest(body))
    file.parent.mkdir(parents=True)
    for torn in (b"", zstandard.compress(body)[:2000], zstandard.compress(b"something else")):
        file.write_bytes(torn)
        with pytest.raises(DamagedBody):
            blobs.read(blobs.digest(body))
        blobs.keep(body)
        assert blobs.read(blobs.digest(body)) == body


@pytest.mark.parametrize("harm", ["flip", "cut", "swap", "empty", "gone"])
def test_damage_is_an_error_of_its_own(kept: Path, harm: str) -> None:
    sha = blobs.keep(os.urandom(4000))
    file = kept / blobs.name_of(sha)
    packed = file.read_bytes()
    harmed = {
        "flip": packed[:2000] + bytes([packed[2000] ^ 1]) + packed[2001:],
        "cut": packed[:-10],
        "swap": zstandard.compress(b"another body"),
        "empty": b"",
    }
    file.unlink() if harm == "gone" else file.write_bytes(harmed[harm])
    with pytest.raises(DamagedBody) as told:
        blobs.read(sha)
    assert told.value.code == ("body_missing" if harm == "gone" else "body_damaged")
    assert "backup" in str(told.value.message)


def test_a_bomb_is_not_unpacked(kept: Path) -> None:
    sha = blobs.keep(b"\0" * 3_000_000)
    with pytest.raises(ValueError):
        blobs.read(sha, limit=1_000_000)
    assert len(blobs.read(sha, limit=3_000_000)) == 3_000_000


def test_a_disk_that_takes_nothing_is_a_matter_of_time(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*given: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RetryLater) as told:
        blobs.keep(b"a body")
    assert told.value.code == "store_away"
    assert [path for path in kept.rglob("*") if path.is_file()] == []
    monkeypatch.undo()
    assert blobs.read(blobs.keep(b"a body")) == b"a body"


def names_synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where the files and folders are that the disk was waited for, in turn."""
    found: list[str] = []
    fsync = os.fsync

    def noted(opened: int) -> None:
        found.append(os.readlink(f"/proc/self/fd/{opened}"))
        fsync(opened)

    monkeypatch.setattr(os, "fsync", noted)
    return found


@pytest.mark.skipif(not os.path.exists("/proc/self/fd"), reason="no /proc tells what is open")
def test_a_body_lasts_before_anybody_relies_on_it(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = names_synced(monkeypatch)
    sha = blobs.keep(b"uploaded: it cannot come again")
    at = kept / blobs.name_of(sha)
    assert [os.path.dirname(synced[0]), *synced[1:]] == [str(kept / "parts"), str(at.parent)], "the file, then its name"

    synced.clear()
    sha = blobs.keep(b"fetched: it can", settled=False)
    at = kept / blobs.name_of(sha)
    assert synced == []
    blobs.settle(sha, b"fetched: it can")
    assert [os.path.dirname(synced[0]), *synced[1:]] == [str(kept / "parts"), str(at.parent)]
    synced.clear()
    blobs.settle(sha, b"fetched: it can")
    assert synced == [str(at), str(at.parent)], (
        "a killed job's second run: it is packed, and may not have reached the disk"
    )

    synced.clear()
    sha = blobs.keep(b"fetched here, uploaded there", settled=False)
    blobs.keep(b"fetched here, uploaded there")
    assert synced[-1] == str(kept / sha[:2]), "who must rely on it waits for it, though another wrote it"


@given(
    body=st.binary(max_size=300)
    | st.builds(lambda size, byte: byte * size, st.integers(131_000, 263_000), st.binary(min_size=1, max_size=1))
)
def test_a_body_as_it_came_is_read_like_a_packed_one(body: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder, override_settings(STORAGES=stores(folder)):
        sha = blobs.keep(body, settled=False)
        file = Path(folder) / blobs.name_of(sha)
        assert len(body) < file.stat().st_size <= len(body) + 22
        assert blobs.read(sha) == zstandard.decompress(file.read_bytes()) == body
        blobs.settle(sha, body)
        assert blobs.read(sha) == body
        assert file.read_bytes() == zstandard.compress(body, level=blobs.LEVEL)


@pytest.mark.parametrize("name", ["../x.zst", "ab/../../x.zst", "/etc/passwd", "ab//../../x.zst"])
def test_no_name_leads_out_of_the_folder(kept: Path, name: str) -> None:
    with pytest.raises(SuspiciousFileOperation):
        storages["captures"].save(name, ContentFile(b"x"))


def test_bodies_have_no_address(kept: Path) -> None:
    with pytest.raises(ValueError):
        storages["captures"].url("ab/cd/x.zst")


@pytest.mark.django_db
@pytest.mark.parametrize("harm", ["damaged", "missing"])
def test_a_copy_that_is_not_there_any_more_is_said_in_words(
    harm: str, kept: Path, run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = factories.desk()
    source = citing.upload(by=desk.editor, file_name="note.txt", body="نص الوثيقة".encode(), declared_type="text/plain")
    Work.objects.filter(kind="sources.extract").delete()
    jobs.perform("sources.fetch", source.pk, sources.fetch, sources.bury)
    file = kept / blobs.name_of(Capture.objects.get().body_digest)
    file.write_bytes(b"rubbish") if harm == "damaged" else file.unlink()
    run_jobs()
    capture = Capture.objects.get()
    assert (capture.damage, capture.extract_problem, capture.full_text) == (f"body_{harm}", "", "")
    client = Client()
    client.force_login(desk.editor.user)
    assert "Restore it from a backup" in client.get(f"/n/marjan/sources/{source.pk}/").content.decode()
    for path in ("copy/", "copies.warc.gz"):
        answer = client.get(f"/n/marjan/sources/{source.pk}/{path}")
        assert (answer.status_code, "Restore it from a backup" in answer.content.decode()) == (500, True), path


@pytest.mark.django_db
def test_evidence_that_breaks_off_leaves_nothing_behind_in_the_database(
    kept: Path, run_jobs: Callable[[], int]
) -> None:
    """A server-side cursor that nobody closed would end somebody else's transaction when it is swept up."""
    desk = factories.desk()
    source = citing.upload(by=desk.editor, file_name="note.txt", body="نص الوثيقة".encode(), declared_type="text/plain")
    run_jobs()
    (kept / blobs.name_of(Capture.objects.get().body_digest)).unlink()
    with pytest.raises(DamagedBody) as told, transaction.atomic():
        evidence.of_source(desk.editor, source.pk)
    del told
    gc.collect()
    assert Capture.objects.count() == 1

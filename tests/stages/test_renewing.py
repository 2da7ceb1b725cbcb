"""A kept copy that is found damaged: it says so, its page is asked for once more, and nothing goes on for ever."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.storage import storages

from annotations import jobs
from annotations.lib import blobs
from annotations.models import Capture, Evidence, Source, Work
from annotations.reviews import citing
from annotations.sources import operations, renewing
from tests.pure.documents.test_kinds import BODIES
from tests.servers import Pages
from tests.stages.test_sources import HTML, claim, desk, save, wired

__all__ = ["claim", "desk", "wired"]
pytestmark = pytest.mark.django_db
QUOTE = "The bridge cost 31 million and not 18 million"


@pytest.fixture
def copy(desk: Any, claim: Any, wired: Pages, run_jobs: Callable[[], int]) -> Capture:
    cache.clear()
    wired.add("/audit", HTML)
    save(claim, desk, 0, url="http://audit.example.com/audit", quote=QUOTE)
    run_jobs()
    return Capture.objects.select_related("source").get()


def harm(copy: Capture, how: str) -> None:
    file = Path(storages["captures"].path(blobs.name_of(copy.body_digest)))
    if how == "gone":
        file.unlink()
    else:  # one bit, so that its size says nothing
        packed = file.read_bytes()
        file.write_bytes(packed[:40] + bytes([packed[40] ^ 1]) + packed[41:])


def read_badly(copy: Capture) -> None:
    with pytest.raises(blobs.DamagedBody):
        renewing.read(Capture.objects.select_related("source").get(pk=copy.pk))


@pytest.mark.parametrize("how", ["flip", "gone"])
def test_the_same_page_makes_the_copy_whole_again(
    copy: Capture, wired: Pages, run_jobs: Callable[[], int], how: str
) -> None:
    harm(copy, how)
    read_badly(copy)
    marked = Capture.objects.get()
    assert (marked.damage, marked.extract_problem) == ("body_missing" if how == "gone" else "body_damaged", "")
    assert marked.main_text == copy.main_text, "the text that was read stays"
    run_jobs()
    whole = Capture.objects.get()
    assert (whole.damage, whole.extract_problem) == ("", "")
    assert blobs.digest(renewing.read(whole)) == copy.body_digest
    assert Evidence.objects.get().quote_state == "exact"


def test_another_page_stands_beside_the_damaged_copy(copy: Capture, wired: Pages, run_jobs: Callable[[], int]) -> None:
    harm(copy, "flip")
    wired.add("/audit", HTML.replace("</body>", "<p>Corrected on Monday.</p></body>") + "<!-- anew -->")
    read_badly(copy)
    run_jobs()
    source = Source.objects.select_related("latest").get()
    assert source.latest_id != copy.pk
    assert source.latest is not None
    assert renewing.read(source.latest)
    assert renewing.is_damaged(Capture.objects.get(pk=copy.pk))


def test_a_page_that_is_gone_is_asked_for_once(copy: Capture, wired: Pages, run_jobs: Callable[[], int]) -> None:
    harm(copy, "gone")
    wired.add("/audit", "gone", status=404)
    before = len(wired.asked)
    for _time in range(3):
        read_badly(copy)
        run_jobs()
    assert len(wired.asked) == before + 1
    assert Source.objects.get().state == "ready", "what was read of it is still there"
    assert Evidence.objects.get().quote_state == "exact"
    assert not Work.objects.filter(kind="sources.watch", state="queued").exists()


def test_a_picture_that_is_damaged_stays_one_that_is_not_read(
    desk: Any, claim: Any, wired: Pages, run_jobs: Callable[[], int]
) -> None:
    """Why there is no text, and what happened to the body later, are two things."""
    wired.add("/chart.png", BODIES["png"], media_type="image/png")
    save(claim, desk, 0, url="http://audit.example.com/chart.png", quote=QUOTE)
    run_jobs()
    copy = Capture.objects.select_related("source").get()
    harm(copy, "gone")
    read_badly(copy)
    marked = Capture.objects.get()
    assert (marked.damage, marked.extract_problem, marked.kind) == ("body_missing", "unsupported_type", "png")
    run_jobs()
    whole = Capture.objects.select_related("source").get()
    assert (whole.damage, whole.extract_problem) == ("", "unsupported_type")
    assert renewing.read(whole) == BODIES["png"]


def test_a_body_from_the_backup_takes_the_mark_away(copy: Capture, run_jobs: Callable[[], int]) -> None:
    Source.objects.update(kind="upload")
    file = Path(storages["captures"].path(blobs.name_of(copy.body_digest)))
    packed = file.read_bytes()
    harm(copy, "flip")
    read_badly(copy)
    file.write_bytes(packed)
    assert renewing.read(Capture.objects.select_related("source").get())
    assert Capture.objects.get().damage == ""
    assert not Work.objects.filter(kind="sources.extract", state="queued").exists(), "its text was read before"


def test_what_was_damaged_before_it_was_read_is_read_when_it_is_back(
    desk: Any, run_jobs: Callable[[], int], settings: Any
) -> None:
    source = citing.upload(by=desk.editor, file_name="note.txt", body=b"The bridge cost 31 million.")
    Work.objects.filter(kind="sources.extract").delete()
    jobs.perform("sources.fetch", source.pk, operations.fetch, operations.bury)
    copy = Capture.objects.get()
    file = Path(storages["captures"].path(blobs.name_of(copy.body_digest)))
    packed = file.read_bytes()
    file.unlink()
    run_jobs()
    source.refresh_from_db()
    assert (source.state, source.problem, Capture.objects.get().problem) == ("ready", "body_missing", "body_missing")
    file.write_bytes(packed)
    renewing.read(Capture.objects.select_related("source").get())
    run_jobs()
    source.refresh_from_db()
    assert (source.problem, Capture.objects.get().full_text) == ("", "The bridge cost 31 million.")


@pytest.mark.parametrize("how", ["empty", "gone"])
def test_a_power_cut_before_the_copy_was_read_takes_nothing_for_good(
    desk: Any, claim: Any, wired: Pages, run_jobs: Callable[[], int], how: str
) -> None:
    """A fetched body is synced by the job that reads it; until then the disk may lose it, and the page is asked for again."""
    wired.add("/audit", HTML)
    save(claim, desk, 0, url="http://audit.example.com/audit", quote=QUOTE)
    source = Source.objects.get()
    jobs.perform("sources.fetch", source.pk, operations.fetch, operations.bury)
    file = Path(storages["captures"].path(blobs.name_of(Capture.objects.get().body_digest)))
    file.write_bytes(b"") if how == "empty" else file.unlink()
    run_jobs()
    copy = Capture.objects.select_related("source").get()
    assert (copy.source.state, copy.source.problem, copy.damage, copy.title) == ("ready", "", "", "Audit")
    assert blobs.read(copy.body_digest).decode() == HTML
    assert Evidence.objects.get().quote_state == "exact"


def test_a_copy_lasts_before_it_counts_as_read(
    desk: Any, claim: Any, wired: Pages, run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    settled: list[tuple[str, str]] = []
    settle = blobs.settle

    def noted(sha256: str, body: bytes) -> None:
        settled.append((sha256, Capture.objects.get().extractor))
        settle(sha256, body)

    monkeypatch.setattr(blobs, "settle", noted)
    wired.add("/audit", HTML)
    save(claim, desk, 0, url="http://audit.example.com/audit", quote=QUOTE)
    run_jobs()
    copy = Capture.objects.get()
    assert copy.extractor
    assert settled == [(copy.body_digest, "")]


def test_what_did_not_come_from_the_web_is_only_marked(copy: Capture) -> None:
    Source.objects.update(kind="upload")
    harm(copy, "gone")
    read_badly(copy)
    assert renewing.is_damaged(Capture.objects.get())
    assert not Work.objects.filter(kind="sources.watch").exists()

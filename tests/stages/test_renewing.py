"""A kept copy that is found damaged: it says so, its page is asked for once more, and nothing goes on for ever."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.storage import storages

from annotations.lib import blobs
from annotations.models import Capture, Evidence, Source, Work
from annotations.sources import renewing
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
    assert marked.extract_problem == ("body_missing" if how == "gone" else "body_damaged")
    assert marked.main_text == copy.main_text, "the text that was read stays"
    run_jobs()
    whole = Capture.objects.get()
    assert whole.extract_problem == ""
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


def test_what_did_not_come_from_the_web_is_only_marked(copy: Capture) -> None:
    Source.objects.update(kind="upload")
    harm(copy, "gone")
    read_badly(copy)
    assert renewing.is_damaged(Capture.objects.get())
    assert not Work.objects.filter(kind="sources.watch").exists()

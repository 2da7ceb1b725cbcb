"""Who hears of the public archive's copies, what is never told to it, and who may switch it on."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from annotations.errors import InvalidInput, NotAllowed
from annotations.models import Event, PublicCopy, Source, Work
from annotations.newsrooms import operations as newsrooms
from annotations.reviews import citing
from tests import archive_server
from tests.archive_server import Archive, saved
from tests.servers import Pages
from tests.stages.test_public_archive import archive, asking, cite, cited, later, wired
from tests.stages.test_sources import HTML, claim, desk

__all__ = ["archive", "asking", "cited", "claim", "desk", "wired"]
pytestmark = pytest.mark.django_db


def test_who_hears_of_it(cited: Source, desk: Any, archive: Archive, run_jobs: Callable[[], int]) -> None:
    archive.answers["status"] = [saved(timezone.now())]
    later(run_jobs)
    lines = Event.objects.filter(kind="source.archived").order_by("pk")
    assert [(line.new["state"], line.recipient_ref) for line in lines] == [
        ("asked", desk.reviewers[0].user_id),
        ("kept", desk.reviewers[0].user_id),
    ]


def test_a_document_is_told_to_nobody(
    desk: Any, wired: Pages, asking: None, archive: Archive, run_jobs: Callable[[], int]
) -> None:
    citing.upload(by=desk.reviewers[0], file_name="audit.html", body=HTML.encode())
    run_jobs()
    assert (archive.asked, Work.objects.filter(kind="sources.archive").count()) == ([], 0)


def test_an_archive_in_a_private_place_is_not_asked(
    claim: Any, desk: Any, wired: Pages, asking: None, archive: Archive, run_jobs: Callable[[], int], settings: Any
) -> None:
    settings.ARCHIVE_URL = "http://10.0.0.7"
    cite(claim, desk, run_jobs)
    assert archive.asked == []
    assert (PublicCopy.objects.get().state, PublicCopy.objects.get().problem) == ("unavailable", "blocked_address")


def test_the_switch(desk: Any, settings: Any) -> None:
    settings.ARCHIVE_URL = ""
    with pytest.raises(InvalidInput):
        newsrooms.change_newsroom(by=desk.admin, asks_archive=True)
    settings.ARCHIVE_URL = archive_server.BASE
    with pytest.raises(NotAllowed):
        newsrooms.change_newsroom(by=desk.editor, asks_archive=True)
    for _twice in range(2):
        assert newsrooms.change_newsroom(by=desk.admin, asks_archive=True).asks_archive
    settings.ARCHIVE_URL = ""
    assert not newsrooms.change_newsroom(by=desk.admin, asks_archive=False).asks_archive
    lines = Event.objects.filter(kind="newsroom.changed").order_by("pk")
    assert [(line.actor_id, line.old, line.new) for line in lines] == [
        (desk.admin.user_id, {"asks_archive": False}, {"asks_archive": True}),
        (desk.admin.user_id, {"asks_archive": True}, {"asks_archive": False}),
    ]

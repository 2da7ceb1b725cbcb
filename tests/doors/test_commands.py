"""The commands an operator types: what they make, and one clear line when they cannot."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from annotations import events
from annotations.models import Event, Member, Newsroom, Publication
from annotations.rulings import correcting
from tests import factories
from tests.stages.test_corrections import claim, desk, published

__all__ = ["claim", "desk", "published"]  # fixtures: a claim that was judged, and its publication


def said(*arguments: str, **options: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out, stderr=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_create_newsroom() -> None:
    given = (
        "--url",
        "https://desk.example.org",
        "--corrections",
        "x@desk.example.org",
        "--admin-email",
        "a@desk.example.org",
    )
    text = said(
        "create_newsroom", "مكتب مرجان", "--slug", "marjan", "--language", "ar", "--scale", "arabic_eight", *given
    )
    assert "Newsroom marjan is ready." in text
    assert "Sign in as a@desk.example.org with the password" in text
    room = Newsroom.objects.get()
    assert (room.language, room.scales.get().key) == ("ar", "arabic_eight")
    member = Member.objects.select_related("user").get()
    assert (member.role, member.user.is_staff) == ("admin", True)
    assert member.user.check_password(text.split()[-1])
    with pytest.raises(CommandError, match="short name"):
        said("create_newsroom", "Another", "--slug", "marjan", *given)
    assert Newsroom.objects.count() == 1


@pytest.mark.parametrize("name", ["claimreview", "csv", "jsonl"])
def test_export_publications(published: Publication, tmp_path: Path, name: str) -> None:
    path = tmp_path / "out"
    assert "1 fact-checks exported" in said("export_publications", "--format", name, "--output", str(path))
    text = path.read_text(encoding="utf-8")
    assert "https://checks.example.org/facts/marjan/1/" in text
    if name == "claimreview":
        assert json.loads(text)[0]["reviewRating"]["alternateName"] == "False"


def test_a_retracted_check_leaves_no_claimreview(published: Publication, desk: factories.Desk, tmp_path: Path) -> None:
    correcting.retract(published, by=desk.editor, text="It was another bridge.")
    path = tmp_path / "out"
    assert "0 fact-checks" in said("export_publications", "--output", str(path))
    assert json.loads(path.read_text()) == []


@pytest.mark.django_db
def test_an_export_that_cannot_be_made_says_why(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no such newsroom"):
        said("export_publications")
    factories.desk()
    factories.desk("orlen")
    with pytest.raises(CommandError, match="Name the newsroom"):
        said("export_publications")
    with pytest.raises(CommandError, match="Cannot write"):
        said("export_publications", "--newsroom", "orlen", "--output", str(tmp_path / "no" / "folder"))


@pytest.mark.django_db(transaction=True)  # a line is told once its transaction is over
def test_verify_log(run_jobs: Callable[[], int]) -> None:
    desk = factories.desk()
    events.seal(desk.newsroom)
    assert "marjan: whole" in said("verify_log")
    Event.objects.filter(kind="member.added").delete()
    with pytest.raises(CommandError, match="changed or removed"):
        said("verify_log")


@pytest.mark.django_db
def test_demo_logins_without_a_demonstration() -> None:
    with pytest.raises(CommandError, match="no demonstration"):
        said("demo_logins")

"""What every answer carries, and what our own scripts are not."""

import re
from pathlib import Path

import pytest
from django.test import Client

from tests import factories

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db
def test_security_headers() -> None:
    desk = factories.desk()
    client = Client()
    client.force_login(desk.editor.user)
    for path in (
        "/accounts/login/",
        "/n/marjan/",
        "/n/marjan/articles/new/",
        "/facts/marjan/",
        "/api/v1/articles",
        "/n/other/",
    ):
        answer = client.get(path)
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Request-ID"]
    assert "style-src 'self' 'unsafe-inline'" in client.get("/api/v1/docs")["Content-Security-Policy"]


@pytest.mark.django_db
def test_what_came_in_never_comes_back_as_markup() -> None:
    desk = factories.desk()
    client = Client()
    client.force_login(desk.editor.user)
    evil = "<script>alert(1)</script> The bridge cost 18 million, <img src=x onerror=alert(1)> he said."
    article = factories.article(desk, evil, title='"><script>alert(2)</script>')
    for path in (
        "/n/marjan/",
        "/n/marjan/articles/",
        f"/n/marjan/articles/{article.pk}/",
        f"/n/marjan/articles/{article.pk}/edit/",
    ):
        shown = client.get(path).content.decode()
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown


@pytest.mark.parametrize("path", sorted((ROOT / "frontend" / "static").rglob("*.*")), ids=lambda path: path.name)
def test_no_file_of_somebody_else(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"copyright|@license|\(c\)|sourceMappingURL", text, re.IGNORECASE)
    assert max(len(line) for line in text.splitlines()) < 500


@pytest.mark.django_db
def test_the_first_admin_needs_the_code() -> None:
    from annotations.newsrooms.first import setup_code

    typed = {
        "code": "guessed",
        "newsroom": "مكتب مرجان",
        "url": "https://marjan.example.org",
        "contact": "x@marjan.example.org",
        "name": "Amal",
        "email": "amal@marjan.example.org",
        "password": "walnut-harbour-9",
        "language": "ar",
    }
    client = Client()
    assert client.get("/").headers["Location"] == "/setup/"
    refused = client.post("/setup/", typed)
    assert refused.status_code == 422
    assert "amal@marjan.example.org" in refused.content.decode()
    assert client.post("/setup/", {**typed, "code": setup_code(), "password": "12345"}).status_code == 422
    done = client.post("/setup/", {**typed, "code": setup_code()})
    assert done.status_code == 302
    assert client.get(done["Location"]).status_code == 200
    assert client.get("/setup/").status_code == 404

"""STORAGE_URL: what it means, and what is refused with the remedy and without the secret."""

from typing import Any

import pytest

from factcheck import env, stores
from factcheck.env import BadEnvironment


def options(monkeypatch: pytest.MonkeyPatch, url: str) -> dict[str, Any]:
    monkeypatch.setenv("STORAGE_URL", url)
    found: dict[str, Any] = stores.entries(env.read())["captures"]["OPTIONS"]
    return found


def test_empty_means_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STORAGE_URL", raising=False)
    entries = stores.entries(env.read())
    assert set(entries) == {"captures"}
    assert entries["captures"]["BACKEND"] == "annotations.lib.whole_files.WholeFiles"


def test_everything_said(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "s3://AK%2FIA:s%40cr%2Fet%3A@copies/desk/one?endpoint=https://minio.example.org&region=eu-central-1"
    assert options(monkeypatch, url) == {
        "bucket_name": "copies",
        "location": "desk/one",
        "access_key": "AK/IA",
        "secret_key": "s@cr/et:",
        "endpoint_url": "https://minio.example.org",
        "region_name": "eu-central-1",
        "addressing_style": "path",
    }


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("s3://copies", {"access_key": None, "secret_key": None, "location": "", "addressing_style": "auto"}),
        ("s3://copies/", {"location": ""}),
        ("s3://Copies.of.desk", {"bucket_name": "Copies.of.desk"}),
        ("s3://copies?endpoint=http://127.0.0.1:9000", {"endpoint_url": "http://127.0.0.1:9000"}),
        ("s3://copies?endpoint=https://s.example.org&addressing=virtual", {"addressing_style": "virtual"}),
    ],
)
def test_parts_left_out(monkeypatch: pytest.MonkeyPatch, url: str, expected: dict[str, Any]) -> None:
    assert options(monkeypatch, url).items() >= expected.items()


@pytest.mark.parametrize(
    "url",
    [
        "copies",
        "s3:copies",
        "https://copies.s3.example.org",
        "s3://",
        "s3://KEY:hunter2@",
        "s3://KEY:hunter2@/prefix",
        "s3://KEY@copies",
        "s3://:hunter2@copies",
        "s3://KEY:hun/ter2@copies/desk",
        "s3://KEY:hun#ter2@copies",
        "s3://a",
        "s3://copies/../up",
        "s3://copies/desk//twice",
        "s3://copies?endpoint=minio.example.org",
        "s3://copies?endpoint=ftp://minio.example.org",
        "s3://copies?endpoint=https://a:hunter2@minio.example.org",
        "s3://copies?endpoint=https://minio.example.org/path",
        "s3://copies?endpoint=https://[::1",
        "s3://copies?region=eu central",
        "s3://copies?acl=public-read",
        "s3://copies?region=a&region=b",
        "s3://copies?addressing=both",
    ],
)
def test_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    with pytest.raises(BadEnvironment) as told:
        options(monkeypatch, url)
    assert "STORAGE_URL" in str(told.value)
    assert "ter2" not in str(told.value)


def test_without_its_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "find_spec", lambda name: None)
    with pytest.raises(BadEnvironment, match=r"pip install 'django-storages\[s3\]'"):
        options(monkeypatch, "s3://copies")


@pytest.mark.parametrize(
    ("url", "key", "said"),
    [
        ("https://web.archive.org/", "a:b", ""),
        ("", "", ""),
        ("http://archive.example.org", "", ""),
        ("web.archive.org", "", "FACTCHECK_ARCHIVE_URL"),
        ("https://u:p@web.archive.org", "", "FACTCHECK_ARCHIVE_URL"),
        ("https://web.archive.org?x=1", "", "FACTCHECK_ARCHIVE_URL"),
        ("https://web.archive.org", "no-colon", "FACTCHECK_ARCHIVE_KEY"),
        ("https://web.archive.org", "a:b\nX-Evil: 1", "FACTCHECK_ARCHIVE_KEY"),
        ("http://archive.example.org", "a:b", "must be an https address"),
        ("", "a:b", "must be an https address"),
    ],
)
def test_the_public_archive(monkeypatch: pytest.MonkeyPatch, url: str, key: str, said: str) -> None:
    monkeypatch.setenv("FACTCHECK_ARCHIVE_URL", url)
    monkeypatch.setenv("FACTCHECK_ARCHIVE_KEY", key)
    if not said:
        found = env.read()
        assert (found.archive_url, found.archive_key) == (url.rstrip("/"), key)
        return
    with pytest.raises(BadEnvironment, match=said):
        env.read()

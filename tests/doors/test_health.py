"""What /readyz says of the store of copies."""

from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.test import Client

from factcheck import health

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_store_said", (float("-inf"), ""))


def test_a_store_that_takes_objects_is_well(client: Client) -> None:
    assert client.get("/readyz").json()["copies"] == "ok"
    assert Path(storages["captures"].path(health.MARKER)).read_bytes() == b"ready"


def test_a_store_that_takes_nothing_is_said(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*given: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json()["copies"] == "failing: OSError"
    assert client.get("/readyz").json()["copies"] == "failing: OSError", "believed for a minute"
    at, said = health._store_said
    monkeypatch.setattr(health, "_store_said", (at - health.STORE_SECONDS - 1, said))
    assert client.get("/readyz").json()["copies"] == "ok"

"""Real processes against a store that is ill and workers that are killed: every body ends in the store, once, and whole."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard

from tests import s3_server
from tests.faults import own
from tests.faults.test_killed_workers import LINKS, SETUP, kill_when_there, slow, state
from tests.processes import Up

__all__ = ["slow"]
pytest.importorskip("boto3")
NOW = """
from django.utils import timezone
from annotations.models import Work
Work.objects.filter(kind="sources.store").update(due_at=timezone.now(), sent_at=None)
"""
KEPT = """
import json
from annotations.lib import blobs
from annotations.models import Capture, WaitingBody
digests = list(Capture.objects.values_list("body_digest", flat=True))
print(json.dumps({"waiting": WaitingBody.objects.count(), "digests": digests, "read": [len(blobs.read(each)) for each in digests]}))
"""


@pytest.fixture
def store() -> Iterator[s3_server.Store]:
    yield from s3_server.running()


@pytest.fixture
def up(tmp_path: Path, slow: int, store: s3_server.Store) -> Iterator[Up]:
    own.empty_database()
    variables = {
        "SOURCES_ALLOWED_RANGES": f"127.0.0.1/32:{slow}",
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "STORAGE_URL": store.variable,
    }
    running = Up(tmp_path / "data", "--no-demo", **variables)
    try:
        running.wait_ready(120)
        yield running
    finally:
        running.stop()


def wait_until(up: Up, seconds: float, **wanted: object) -> None:
    deadline = time.monotonic() + seconds
    found: dict[str, object] = {}
    while time.monotonic() < deadline:
        found = state(up)
        if all(found[name] == value for name, value in wanted.items()):
            return
        time.sleep(1.0)
    raise AssertionError(f"{found}\n{up.output()[-4000:]}")


def copies(store: s3_server.Store) -> dict[str, bytes]:
    """What lies there but for the mark that /readyz leaves."""
    return {name: body for name, body in store.objects.items() if not name.endswith("/ready/marker")}


def test_an_ill_store_and_killed_workers(up: Up, slow: int, store: s3_server.Store) -> None:
    store.illness = "503"
    up.shell(SETUP.format(links=LINKS, port=slow))
    kill_when_there(up, r"celery.*fetch@")
    store.illness, store.ill_for = "reset", {"PUT"}
    kill_when_there(up, r"celery.*fetch@")
    wait_until(up, 120, states={"ready": LINKS}, extracted=LINKS, captures=LINKS)
    assert copies(store) == {}, "all was fetched and read while the store took nothing"
    store.illness = ""
    deadline = time.monotonic() + 120
    kills = 2  # each makes the supervisor wait longer
    while time.monotonic() < deadline and len(copies(store)) < LINKS:
        up.shell(NOW)
        if kills:
            kill_when_there(up, r"celery.*fetch@")
            kills -= 1
        time.sleep(2.0)
    up.shell(NOW)
    wait_until(up, 60, work={"done": 3 * LINKS})
    found = json.loads(up.shell(KEPT).splitlines()[-1])
    assert (found["waiting"], len(found["digests"])) == (0, LINKS)
    assert {name for name in store.bodies() if name != "marker"} == {f"{digest}.zst" for digest in found["digests"]}
    assert all(found["read"])
    assert all(zstandard.decompress(body) for body in copies(store).values())

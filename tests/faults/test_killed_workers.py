"""Real processes, killed: every promised fetch is done, once, with one capture."""

import json
import os
import re
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.faults import own
from tests.processes import Up

LINKS = 24
SETUP = """
from annotations.newsrooms.operations import create_newsroom, add_member
from annotations.models import Member
from annotations.reviews.citing import cite_url
room = create_newsroom(name="Fault desk", url="https://faults.example.org", corrections_contact="x@example.org", slug="faults")
member = add_member(room, email="rana@faults.example.org", name="Rana", role="reviewer", by=None)
member = Member.objects.select_related("user", "newsroom").get(pk=member.pk)
for number in range({links}):
    cite_url("http://127.0.0.1:{port}/page-%d" % number, by=member)
"""
STATE = """
import json
from collections import Counter
from annotations.models import Source, Capture, Work, FetchAttempt
print(json.dumps({
    "states": dict(Counter(Source.objects.values_list("state", flat=True))),
    "captures": Capture.objects.count(),
    "sources": Source.objects.count(),
    "work": dict(Counter(Work.objects.values_list("state", flat=True))),
    "extracted": Capture.objects.exclude(extractor="").count(),
}))
"""


class Slow(BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self) -> None:
        Slow.asked.append(self.path)
        time.sleep(0.4)
        body = f"<html><title>{self.path}</title><body><p>The page {self.path} says something of its own, at some length.</p></body></html>".encode()
        try:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            return

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def slow() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Slow.asked.clear()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture
def up(tmp_path: Path, slow: int) -> Iterator[Up]:
    own.empty_database()
    variables = {
        "SOURCES_ALLOWED_RANGES": f"127.0.0.1/32:{slow}",
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
    }
    running = Up(tmp_path / "data", "--no-demo", **variables)
    try:
        running.wait_ready()
        yield running
    finally:
        running.stop()


def state(up: Up) -> dict[str, object]:
    found: dict[str, object] = json.loads(up.shell(STATE).splitlines()[-1])
    return found


def kill_when_there(up: Up, pattern: str) -> None:
    """The supervisor waits longer after each end; then the fresh worker gets two seconds to be in the middle of things."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if any(re.search(pattern, command) for _pid, command in up.children()):
            time.sleep(2.0)
            assert up.kill(pattern) >= 1
            return
        time.sleep(0.2)
    raise AssertionError(f"no process {pattern!r}")


def kill_amid(up: Up, pattern: str) -> None:
    """Kill when three more pages were asked for: the same one in hand three times over would rightly be given up as poison."""
    before, deadline = len(Slow.asked), time.monotonic() + 60
    while len(Slow.asked) < before + 3:
        assert time.monotonic() < deadline, up.output()[-4000:]
        time.sleep(0.1)
    assert up.kill(pattern) >= 1


def wait_done(up: Up, seconds: float) -> dict[str, object]:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = state(up)
        if found["states"] == {"ready": LINKS} and found["extracted"] == LINKS and found["work"] == {"done": 2 * LINKS}:
            return found
        time.sleep(1.0)
    raise AssertionError(f"{state(up)}\n{up.output()[-4000:]}")


def test_workers_killed_in_the_middle(up: Up, slow: int) -> None:
    up.shell(SETUP.format(links=LINKS, port=slow))
    for _kill in range(3):
        kill_amid(up, r"celery.*fetch@")
    time.sleep(1.0)
    up.kill(r"celery.*compute@")
    found = wait_done(up, 90)
    assert found["captures"] == LINKS
    assert {path for path in Slow.asked if path.startswith("/page-")} == {f"/page-{number}" for number in range(LINKS)}


@pytest.mark.skipif(
    bool(os.environ.get("REDIS_URL")),
    reason="this broker is not ours to kill: test_many_links kills a Redis of its own",
)
def test_the_broker_killed_and_its_messages_lost(up: Up, slow: int) -> None:
    up.shell(SETUP.format(links=LINKS, port=slow))
    time.sleep(1.0)
    for folder in (up.data / "broker").glob("appendonlydir/*"):
        folder.unlink()
    assert up.kill(r"(valkey|redis)-server") >= 1
    found = wait_done(up, 120)
    assert found["captures"] == LINKS

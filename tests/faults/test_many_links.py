"""A thousand links on two hundred hosts, workers and broker killed at random: each link ends in its state, once."""

import json
import os
import random
import re
import shutil
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.faults import own
from tests.processes import Up, free_port

LINKS, HOSTS, KILLS, RESTARTS = 1000, 200, 10, 2
POISON = 777
SETUP = """
from annotations.newsrooms.operations import create_newsroom, add_member
from annotations.models import Member
from annotations.reviews.citing import cite_url
room = create_newsroom(name="Fault desk", url="https://faults.example.org", corrections_contact="x@example.org", slug="faults")
member = add_member(room, email="rana@faults.example.org", name="Rana", role="reviewer", by=None)
member = Member.objects.select_related("user", "newsroom").get(pk=member.pk)
for number in range({links}):
    cite_url("http://h%d.example.com/page-%d" % (number % {hosts}, number), by=member)
"""
STATE = """
import json
from collections import Counter
from annotations.models import Source, Capture, Work
count = lambda model, *names: {" ".join(row): n for row, n in Counter(model.objects.values_list(*names)).items()}
print(json.dumps({
    "sources": count(Source, "state", "problem"),
    "work": count(Work, "kind", "state"),
    "captures": Capture.objects.count(),
    "captured": Capture.objects.values("source").distinct().count(),
    "read": Capture.objects.exclude(extractor="").count(),
}))
"""


class Server:
    """Each page takes its time. How many are asked of one host at once is counted; whoever asks for the poison is killed."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.inside: Counter[str] = Counter()
        self.most_at_once = 0
        self.killed = 0
        self.lock = threading.Lock()
        handler = type("Handler", (_Handler,), {"pages": self})
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.http.serve_forever, daemon=True).start()


class _Handler(BaseHTTPRequestHandler):
    pages: Server

    def do_GET(self) -> None:
        pages, host = self.pages, self.headers["Host"]
        if self.path == f"/page-{POISON}":
            self.kill_who_asks()
            return
        with pages.lock:
            pages.asked[self.path] += 1
            pages.inside[host] += 1
            pages.most_at_once = max(pages.most_at_once, pages.inside[host])
        time.sleep(random.uniform(0.02, 0.15))
        with pages.lock:
            pages.inside[host] -= 1
        body = f"<html><title>{self.path}</title><body><p>The page {self.path} says something of its own.</p></body></html>"
        try:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())
        except OSError:
            return

    def kill_who_asks(self) -> None:
        """Until it is found: an answer, even a connection that closes, would be an outcome."""
        for _try in range(50):
            try:
                os.kill(_who_asks(self.client_address[1]), signal.SIGKILL)
            except (LookupError, StopIteration, ProcessLookupError):
                time.sleep(0.02)
            else:
                self.pages.killed += 1
                return

    def log_message(self, *args: object) -> None:
        """Quiet."""


def _who_asks(port: int) -> int:
    """The process on the other end of a loopback connection."""
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    inode = next(line.split()[9] for line in lines if line.split()[1].endswith(f":{port:04X}"))
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            handles = [os.readlink(f"/proc/{pid}/fd/{handle}") for handle in os.listdir(f"/proc/{pid}/fd")]
        except OSError:
            continue  # it ended, or a file of it was closed, while we looked
        if f"socket:[{inode}]" in handles:
            return int(pid)
    raise LookupError(port)


class OwnRedis:
    """A Redis server that may be killed; nothing of it survives."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        command = [
            "redis-server",
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            str(self.folder),
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def restart(self) -> None:
        self.process.kill()
        self.process.wait()
        time.sleep(1.0)
        self.start()


@pytest.fixture
def server() -> Iterator[Server]:
    found = Server()
    yield found
    found.http.shutdown()
    found.http.server_close()


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[OwnRedis | None]:
    """Where a Redis server is asked for: one of our own, since this one is killed."""
    if not os.environ.get("REDIS_URL"):
        yield None
        return
    if shutil.which("redis-server") is None:
        pytest.skip("no redis-server on PATH to start and kill")
    found = OwnRedis(tmp_path)
    yield found
    found.process.kill()
    found.process.wait()


@pytest.fixture
def up(tmp_path: Path, server: Server, redis: OwnRedis | None) -> Iterator[Up]:
    own.empty_database()
    variables = {
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "FACTCHECK_TEST_PORT": str(server.http.server_port),
        "FACTCHECK_TEST_GAP": "0.05",
        "FACTCHECK_FETCH_WORKERS": "8",
    }
    running = Up(tmp_path / "data", "--no-demo", **variables, **({"REDIS_URL": redis.url} if redis else {}))
    try:
        running.wait_ready()
        yield running
    finally:
        running.stop()


def kill_one(up: Up, pattern: str) -> None:
    """One process of a worker, its parent or a child of it, whichever chance takes."""
    found = [pid for pid, command in up.children() if re.search(pattern, command)]
    if found:
        os.kill(random.choice(found), signal.SIGKILL)


def test_a_thousand_links(up: Up, server: Server, redis: OwnRedis | None) -> None:
    threading.Thread(target=up.shell, args=(SETUP.format(links=LINKS, hosts=HOSTS),), daemon=True).start()
    deeds = ["kill"] * KILLS + ["restart"] * RESTARTS
    random.shuffle(deeds)
    for deed in deeds:
        time.sleep(random.uniform(1.0, 4.0))
        if deed == "kill":
            kill_one(up, r"celery.*(fetch|compute)@")
        elif redis:
            redis.restart()
        else:
            up.kill(r"(valkey|redis)-server")
    deadline = time.monotonic() + 240
    while (found := json.loads(up.shell(STATE).splitlines()[-1]))["sources"] != {
        "ready ": LINKS - 1,
        "failed poison": 1,
    }:
        assert time.monotonic() < deadline, f"{found}\n{up.output()[-4000:]}"
        time.sleep(4.0)
    assert found["captures"] == found["captured"] == found["read"] == LINKS - 1
    assert found["work"] == {
        "sources.fetch done": LINKS - 1,
        "sources.fetch dead": 1,
        "sources.extract done": LINKS - 1,
    }
    assert server.killed == 3
    assert set(server.asked) == {f"/page-{number}" for number in range(LINKS) if number != POISON}
    assert server.most_at_once == 1
    assert sum(server.asked.values()) < LINKS + 8 * (KILLS + RESTARTS)

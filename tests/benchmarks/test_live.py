"""Open event streams on one web process, measured: `make bench ARGS="-k live"`. The server is uvicorn as `manage.py up` runs it."""

import asyncio
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.test_agreement import say
from tests.processes import ROOT, free_port

STREAMS = 200
EACH = 10
LINES = 40
PAUSE = 0.35
SETUP = """
import sys, time
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
from annotations import events
from annotations.models import Member
from annotations.newsrooms.operations import add_member, create_newsroom
room = create_newsroom(name="Desk", url="https://d.example.org", corrections_contact="c@d.example.org", slug="desk", preset="six_step")
for number in range({people}):
    made = add_member(room, email=f"p{{number}}@d.example.org", name=f"P{{number}}", role="reviewer", by=None, password="walnut-harbour-9")
    for _each in range({each}):
        session = SessionStore()
        session["_auth_user_id"] = str(made.user_id)
        session["_auth_user_backend"] = "allauth.account.auth_backends.AuthenticationBackend"
        session["_auth_user_hash"] = made.user.get_session_auth_hash()
        session.save()
        print("session", session.session_key)
"""
WRITE = """
import time
from annotations import events
from annotations.models import Newsroom
room = Newsroom.objects.get()
for _each in range({lines}):
    row = events.record("test.line", newsroom_id=room.pk, by=None, subject="test", subject_id=1)
    print("line", row.pk, time.time(), flush=True)
    time.sleep({pause})
"""


class Web:
    def __init__(self, data: Path) -> None:
        self.port = free_port()
        self.env = {
            name: value for name, value in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE", "PUBLIC_URL")
        }
        self.env |= {
            "FACTCHECK_DATA": str(data),
            "FACTCHECK_PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        }
        self.manage("migrate", "--verbosity", "0")
        self.manage("collectstatic", "--no-input", "--verbosity", "0")
        command = [sys.executable, "-m", "uvicorn", "factcheck.asgi:application", "--port", str(self.port)]
        command += ["--no-access-log", "--log-level", "warning", "--timeout-graceful-shutdown", "3"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.env)

    def manage(self, *arguments: str) -> str:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.env,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def shell(self, code: str) -> str:
        return self.manage("shell", "--no-imports", "-c", code)

    def memory(self) -> float:
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.process.pid}/status").read_text())
        assert found
        return int(found[1]) / 1000

    def page(self, session: str) -> float:
        """Milliseconds of one page."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        begun = time.perf_counter()
        link.request("GET", "/n/desk/articles/", headers={"Cookie": f"sessionid={session}"})
        answer = link.getresponse()
        answer.read()
        assert answer.status == 200
        link.close()
        return (time.perf_counter() - begun) * 1e3

    def wait(self) -> None:
        for _each in range(200):
            try:
                link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
                link.request("GET", "/healthz")
                if link.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server did not start")


async def follow(port: int, session: str, heard: dict[int, list[float]], opened: asyncio.Semaphore) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/event-stream\r\nCookie: sessionid={session}\r\n\r\n"
    writer.write(head.encode())
    status = await reader.readline()
    assert b"200" in status, status
    async for text in reader:
        if text.startswith(b"retry"):
            opened.release()
        elif text.startswith(b"data: {"):
            heard.setdefault(json.loads(text[6:])["id"], []).append(time.time())


async def write(web: Web) -> dict[int, float]:
    """Another process writes, as a worker does."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "manage.py", "shell", "--no-imports", "-c", WRITE.format(lines=LINES, pause=PAUSE),
        cwd=ROOT, env=web.env, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, _err = await process.communicate()
    return {int(number): float(moment) for number, moment in re.findall(r"line (\d+) ([\d.]+)", out.decode())}


async def measure(web: Web, sessions: list[str]) -> dict[str, Any]:
    heard: dict[int, list[float]] = {}
    opened = asyncio.Semaphore(0)
    idle, quiet = web.memory(), await asyncio.to_thread(lambda: [web.page(sessions[0]) for _each in range(40)])
    followers = [asyncio.create_task(follow(web.port, session, heard, opened)) for session in sessions]
    for _each in followers:
        await asyncio.wait_for(opened.acquire(), 60)
    busy = await asyncio.to_thread(lambda: [web.page(sessions[0]) for _each in range(40)])
    written = await write(web)
    await asyncio.sleep(2)
    full = web.memory()
    for task in followers:
        task.cancel()
    await asyncio.gather(*followers, return_exceptions=True)
    waits = sorted(
        moment - written[number] for number, moments in heard.items() if number in written for moment in moments
    )
    return {
        "waits": waits,
        "due": len(written) * len(sessions),
        "idle": idle,
        "full": full,
        "quiet": quiet,
        "busy": busy,
    }


def test_two_hundred_streams(tmp_path: Path) -> None:
    web = Web(tmp_path / "data")
    try:
        web.wait()
        sessions = re.findall(r"session (\w+)", web.shell(SETUP.format(people=STREAMS // EACH, each=EACH)))
        assert len(sessions) == STREAMS
        for _each in range(10):
            web.page(sessions[0])
        found = asyncio.run(measure(web, sessions))
        begun = time.monotonic()
        web.process.terminate()
        web.process.wait(20)
        stopped = time.monotonic() - begun
    finally:
        web.process.kill()
    waits = found["waits"]
    say(f"{STREAMS} streams: events heard", f"{len(waits)} of {found['due']}", "all")
    p50, p95 = (statistics.quantiles(waits, n=100)[place - 1] for place in (50, 95))
    say(
        "... an event, p50 / p95 / most",
        f"{p50 * 1e3:.0f} / {p95 * 1e3:.0f} / {waits[-1] * 1e3:.0f} ms",
        "p95 < 1,000 ms",
    )
    say("... memory of the web process before / with them", f"{found['idle']:.0f} / {found['full']:.0f} MB", "-")
    quiet, busy = statistics.median(found["quiet"]), statistics.median(found["busy"])
    say("... a page without / with them", f"{quiet:.1f} / {busy:.1f} ms, {busy / quiet:.2f} x", "unchanged")
    say("... the stop of the server with all streams open before", f"{stopped:.1f} s", "-")
    if len(waits) != found["due"] or p95 >= 1:
        pytest.fail("events were lost, or late")

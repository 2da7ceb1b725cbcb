"""`manage.py up`, as a user starts it: the demonstration does its whole job, a killed part comes back, a second start is quick."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.processes import ROOT, Up

BARE = {name: value for name, value in os.environ.items() if not name.startswith(("FACTCHECK_", "DJANGO_", "PUBLIC_"))}


@pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="the embedded default has no DATABASE_URL")
def test_a_check_a_first_start_a_kill_a_stop_and_a_second_start(tmp_path: Path) -> None:
    static = {"FACTCHECK_STATIC": str(tmp_path / "static")}  # collected once for both
    checked = subprocess.run(
        [sys.executable, "manage.py", "up", "--check", "--no-demo"],
        cwd=ROOT,
        env={**BARE, "FACTCHECK_DATA": str(tmp_path / "checked"), **static},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "First set-up: http://127.0.0.1:" in checked.stdout

    up = Up(tmp_path / "data", **static)
    try:
        up.wait_ready()
        told = up.wait_line("Demonstration:")
        assert "31 claims" in told
        assert "4 sources fetched" in told
        assert "published: 21" in told
        assert "agreement 0." in told
        assert sum("@harbour-desk.example" in line for line in up.lines) == 5

        assert up.kill(r"uvicorn") >= 1
        up.wait_line("web | ended", 10)
        time.sleep(0.5)
        up.wait_ready(20)

        second = subprocess.run(
            [sys.executable, "manage.py", "up"],
            cwd=ROOT,
            env={**up.env, "FACTCHECK_PORT": "1"},
            capture_output=True,
            text=True,
        )
        assert second.returncode == 1
        assert "it runs already" in second.stderr
    finally:
        status = up.stop()
    assert status == 0
    assert up.children() == []
    assert (tmp_path / "data" / "secret_key").stat().st_mode & 0o777 == 0o600

    started = time.monotonic()
    again = Up(tmp_path / "data", **static)
    try:
        again.wait_ready(30)
        assert time.monotonic() - started < 20
        assert "published: 21" in again.wait_line("Demonstration:")
        assert not any("Sign in as" in line for line in again.lines)
    finally:
        again.stop()
    assert again.children() == []

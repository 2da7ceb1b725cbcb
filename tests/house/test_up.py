"""`manage.py up` where it cannot start: faults of the place are one clear line."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import ROOT

BARE = {name: value for name, value in os.environ.items() if not name.startswith(("FACTCHECK_", "DJANGO_", "PUBLIC_"))}


def start(tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "up"],
        cwd=ROOT,
        env={**BARE, "FACTCHECK_DATA": str(tmp_path / "data"), **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    return done.stderr


def test_a_taken_port(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        line = one_line(start(tmp_path, FACTCHECK_PORT=str(port)))
    assert f"port {port} is taken" in line
    assert "FACTCHECK_PORT=" in line


def test_a_data_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file stands here")
    line = one_line(start(tmp_path))
    assert "FACTCHECK_DATA" in line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FACTCHECK_PORT", "eighty"),
        ("FACTCHECK_SECRET_KEY", "short"),
        ("DATABASE_URL", "mysql://x"),
        ("PUBLIC_URL", "checks.example.org"),
        ("FACTCHECK_DEBUG", "perhaps"),
        ("FACTCHECK_LOG_FORMAT", "xml"),
        ("EMAIL_URL", "mail"),
        ("SOURCES_ALLOWED_RANGES", "10.0.0.0/8"),
        ("SOURCES_ALLOWED_HOSTS", "http://wiki"),
    ],
)
def test_a_variable_that_cannot_work(tmp_path: Path, name: str, value: str) -> None:
    assert name in one_line(start(tmp_path, **{name: value}))

"""The real thing: `manage.py up` as a child process on a free port, in a data folder of its own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Up:
    """Starts on creation; `stop()` as Ctrl-C would."""

    def __init__(self, data: Path, *arguments: str, **variables: str) -> None:
        self.port = free_port()
        self.data = data
        self.address = f"http://127.0.0.1:{self.port}"
        self.env = {
            name: value
            for name, value in os.environ.items()
            if name not in ("DJANGO_SETTINGS_MODULE", "PUBLIC_URL", "FACTCHECK_SECRET_KEY")
        }
        self.env |= {"FACTCHECK_DATA": str(data), "FACTCHECK_PORT": str(self.port), **variables}
        self.env.setdefault("FACTCHECK_FETCH_WORKERS", "2")
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "up", *arguments],
            cwd=ROOT,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip())

    def output(self) -> str:
        return "\n".join(self.lines)

    def wait_ready(self, seconds: float = 150.0) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.output()
            if self.ready():
                return
            time.sleep(0.2)
        raise AssertionError(f"not ready: {self.output()}")

    def ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/readyz", timeout=3) as answer:
                return bool(json.load(answer)["status"] == "ok")
        except (OSError, urllib.error.URLError, ValueError):
            return False

    def wait_line(self, text: str, seconds: float = 150.0) -> str:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = next((line for line in self.lines if text in line), None)
            if found is not None:
                return found
            time.sleep(0.1)
        raise AssertionError(f"no line with {text!r}: {self.output()}")

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
        return self.manage("shell", "--no-imports", "-c", code).strip()

    def children(self) -> list[tuple[int, str]]:
        """Processes of this data folder's parts, found by their environment."""
        found = []
        mark = f"FACTCHECK_PORT={self.port}".encode()
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                # A redis server writes its title over its environment; its socket's path tells it.
                ours = mark in (folder / "environ").read_bytes().split(b"\0") or f"{self.data}/run" in command
                if ours and int(folder.name) != self.process.pid:
                    found.append((int(folder.name), command))
            except OSError:
                continue
        return found

    def kill(self, pattern: str) -> int:
        """SIGKILL to every process whose command line matches; how many."""
        hit = [pid for pid, command in self.children() if re.search(pattern, command)]
        for pid in hit:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        return len(hit)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(40)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

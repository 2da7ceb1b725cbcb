"""The client of the parse server: one warm server for each process that parses, restarted when it dies."""

import atexit
import json
import os
import select
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from annotations.lib.fetching.documents import ParsedDocument, ParseFailure
from annotations.lib.fetching.parse_server import write_frame

SECONDS = 20.0
_GRACE = 10.0  # for the server's own start and its killing of a child
_ROOT = Path(__file__).resolve().parents[3]


class ParseServer:
    """Starts on first use. Thread-safe: one document at a time."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def parse(self, body: bytes, *, declared_type: str = "", file_name: str = "") -> ParsedDocument | ParseFailure:
        """Read the document in a child; a bomb, a hang or a crash is a ParseFailure and leaves this process unharmed."""
        found = self._ask({"declared_type": declared_type, "file_name": file_name}, body)
        if isinstance(found, ParseFailure):
            return found
        for name in ("authors", "pages", "warnings"):
            found[name] = tuple(found[name])
        return ParsedDocument(**found)

    def parse_feed(self, body: bytes, *, base_url: str) -> dict[str, Any] | ParseFailure:
        """Read an RSS or Atom feed there (feeds.py)."""
        return self._ask({"feed": base_url}, body)

    def _ask(self, question: dict[str, Any], body: bytes) -> dict[str, Any] | ParseFailure:
        header = question | {"seconds": self.seconds}
        with self._lock:
            for last in (False, True):  # a server that dies is no fault of the document: it reads in a child
                try:
                    process = self._running()
                    assert process.stdin is not None
                    write_frame(process.stdin, header, body)
                    found = self._answer(process)
                    break
                except (OSError, ValueError, EOFError) as error:
                    self._kill()
                    if isinstance(error, TimeoutError):
                        return ParseFailure("timeout")
                    if last:
                        return ParseFailure("broken", "the reader died")
        if "failure" in found:
            return ParseFailure(found["failure"], found["detail"])
        return found

    def close(self) -> None:
        with self._lock:
            self._kill()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "annotations.lib.fetching.parse_server"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=_ROOT,
                env={
                    "PATH": os.environ.get("PATH", ""),
                    "PYTHONIOENCODING": "utf-8",
                    "LANG": "C.UTF-8",
                    "HOME": "/nonexistent",
                },
            )
        return self._process

    def _answer(self, process: subprocess.Popen[bytes]) -> dict[str, Any]:
        deadline = time.monotonic() + self.seconds + _GRACE
        size = int.from_bytes(_exactly(process, 4, deadline), "big")
        header = json.loads(_exactly(process, size, deadline))
        found: dict[str, Any] = json.loads(_exactly(process, header["body"], deadline))
        return found

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
            self._process = None


def _exactly(process: subprocess.Popen[bytes], size: int, deadline: float) -> bytes:
    assert process.stdout is not None
    handle, data = process.stdout.fileno(), bytearray()
    while len(data) < size:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([handle], [], [], left)[0]:
            raise TimeoutError
        chunk = os.read(handle, min(1 << 20, size - len(data)))
        if not chunk:
            raise EOFError
        data += chunk
    return bytes(data)


_shared: dict[int, ParseServer] = {}


def shared_parser() -> ParseServer:
    """This process's parser; a forked worker child starts one of its own."""
    pid = os.getpid()
    if pid not in _shared:
        _shared.clear()  # a parent's server is not ours to use
        _shared[pid] = ParseServer()
        atexit.register(_shared[pid].close)
    return _shared[pid]

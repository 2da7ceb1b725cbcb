"""What the heaviest allowed bodies and documents cost in memory, seen in processes of their own."""

import gzip
import io
import json
import random
import subprocess
import sys
import threading
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations.lib.fetching import parse_server
from annotations.lib.fetching.child import ParseServer
from annotations.lib.fetching.documents import ParsedDocument, ParseFailure
from annotations.lib.fetching.policy import Policy
from tests.pure.fetching.hostile import Hostile, drip, head, page, say

ROOT = Path(__file__).resolve().parents[3]
MB = 1_000_000
WORKER_MOST, PARSER_MOST = 300 * MB, 512 * 1024 * 1024


def words(size: int) -> bytes:
    """Text that does not pack well."""
    return random.Random(7).randbytes(size // 2).hex().encode()


def bomb(size: int) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(b"\0" * MB) for _time in range(size // MB)) + packer.flush()


def run(*arguments: str) -> str:
    found = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert found.returncode == 0, found.stderr
    return found.stdout.splitlines()[-1]


def test_a_fetch_worker_stays_small_over_the_heaviest_bodies(hostile: Hostile) -> None:
    limits, packed = Policy(), "Content-Encoding: gzip"
    piece = words(MB)
    full = words(18 * MB) + b" " * (limits.most_body - 18 * MB)
    hostile.scripts |= {
        "/wire": say(page(words(limits.most_wire - 1000), "Content-Type: text/plain")),
        "/decoded": say(page(gzip.compress(full, 1), packed)),
        "/zeros": say(page(bomb(limits.most_body), packed)),
        "/bomb": say(page(bomb(100 * MB), packed)),
        "/bombs": drip(head(packed), bomb(5 * MB)),
        "/endless": drip(head("Content-Type: text/html"), piece),
        "/chunks": drip(head("Transfer-Encoding: chunked"), (b"100\r\n" + b"x" * 256 + b"\r\n") * 100),
        "/head": drip(b"HTTP/1.1 200 OK\r\n", b"a: b\r\n"),
    }
    seen = json.loads(run("-m", "tests.pure.fetching.heavy", str(hostile.port), *hostile.scripts))
    assert seen["outcomes"] == {
        "/wire": "ok",
        "/decoded": "ok",
        "/zeros": "ok",
        "/bomb": "too_large",
        "/bombs": "too_large",
        "/endless": "too_large",
        "/chunks": "too_large",
        "/head": "protocol_error",
    }
    print(f"fetch worker: {seen['idle'] / MB:.0f} MB idle, {seen['peak'] / MB:.0f} MB at its peak")  # noqa: T201
    assert seen["peak"] < WORKER_MOST


BITE = """
import os
from annotations.lib.fetching import parse_server
parse_server._warm()
if os.fork() == 0:
    parse_server._limit()
    held = []
    try:
        while True:
            held.append(bytearray(b"x" * 1_000_000))  # touched, so that it is resident
    except MemoryError:
        size = len(held)
        del held[-1]
    from tests.pure.fetching.heavy import peak_bytes
    print(size, peak_bytes(), flush=True)
    os._exit(0)
os.wait()
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")
def test_a_parse_child_cannot_hold_more_than_its_limit() -> None:
    megabytes, peak = map(int, run("-c", BITE).split())
    print(f"parse child: stopped after {megabytes} MB more, {peak / MB:.0f} MB at its peak")  # noqa: T201
    assert peak < PARSER_MOST == parse_server.MEMORY_BYTES
    assert megabytes > 300  # enough for the largest page that is read


def heavy_docx(paragraphs: int) -> bytes:
    """A small file that unpacks to a large tree."""
    wrapped = io.BytesIO()
    content = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with zipfile.ZipFile(wrapped, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{content}"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
            ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
            ' Target="word/document.xml"/></Relationships>',
        )
        with archive.open("word/document.xml", "w") as document:
            document.write(
                b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
            )
            for _time in range(paragraphs // 1000):
                document.write(b"<w:p><w:r><w:t>word</w:t></w:r></w:p>" * 1000)
            document.write(b"</w:body></w:document>")
    return wrapped.getvalue()


class Watcher:
    """The largest resident size of the parse server's children, looked at from outside."""

    def __init__(self, pid: int) -> None:
        self.pid, self.peak, self.stopped = pid, 0, threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.thread.start()

    def _look(self) -> None:
        while not self.stopped.is_set():
            for child in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split():
                try:
                    lines = Path(f"/proc/{child}/status").read_text().splitlines()
                except OSError:
                    continue
                peaks = [int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")]
                self.peak = max(self.peak, *peaks, 0)
            time.sleep(0.002)

    def stop(self) -> int:
        self.stopped.set()
        self.thread.join()
        return self.peak


@pytest.fixture
def parser() -> Iterator[ParseServer]:
    server = ParseServer()
    yield server
    server.close()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are found in /proc")
def test_a_document_that_wants_more_is_too_heavy_and_the_server_lives_on(parser: ParseServer) -> None:
    light = parser.parse(b"<p>The bridge is closed</p>", declared_type="text/html")
    assert isinstance(light, ParsedDocument)
    process = parser._process
    assert process is not None
    watcher = Watcher(process.pid)
    found = parser.parse(heavy_docx(3_000_000), file_name="heavy.docx")
    peak = watcher.stop()
    print(f"parse child of a heavy file: {peak / MB:.0f} MB at its peak")  # noqa: T201
    assert found == ParseFailure("too_heavy", "memory")
    assert 300 * MB < peak < PARSER_MOST
    assert parser.parse(b"<p>The bridge is closed</p>", declared_type="text/html") == light
    assert parser._process is process

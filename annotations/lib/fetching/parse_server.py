"""A warm process that forks one child for each document: imports are paid once, a bomb ends the child alone.

Run as `python -m annotations.lib.fetching.parse_server`; speaks frames on stdin and stdout (child.py) and ends when
stdin does. Single-threaded, so forking is safe. Where there is no fork the document is read in this process, which the
client kills on its timeout.
"""

import json
import os
import signal
import struct
import sys
from contextlib import suppress
from typing import IO, Any

from annotations.lib.fetching import documents, feeds
from annotations.lib.fetching.documents import CannotRead

MEMORY_BYTES = 512 * 1024 * 1024  # of a child in all, the warm imports included
LEAST_BYTES = 256 * 1024 * 1024  # for the document itself, where the imports alone map more than the rest
CPU_SECONDS = 15


def write_frame(out: IO[bytes], header: dict[str, Any], body: bytes = b"") -> None:
    packed = json.dumps({**header, "body": len(body)}).encode()
    out.write(struct.pack(">I", len(packed)) + packed + body)
    out.flush()


def read_frame(source: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """None at the end of the stream."""
    size = source.read(4)
    if len(size) < 4:
        return None
    header = json.loads(source.read(struct.unpack(">I", size)[0]))
    body = source.read(header["body"])
    return (header, body) if len(body) == header["body"] else None


def answer(header: dict[str, Any], body: bytes) -> dict[str, Any]:
    """The parsed document or feed, or the failure, as plain values."""
    try:
        if "feed" in header:
            return feeds.read(body, base_url=header["feed"])
        found = documents.read(body, declared_type=header["declared_type"], file_name=header["file_name"])
    except CannotRead as error:
        if _is_out_of_memory(error.__cause__):  # a reader took it for a fault of the file
            return {"failure": "too_heavy", "detail": "memory"}
        return {"failure": error.code, "detail": error.detail}
    except (MemoryError, RecursionError):
        return {"failure": "too_heavy", "detail": "memory"}
    except Exception as error:  # any parser fault is the document's
        return {"failure": "broken", "detail": f"{type(error).__name__}: {error}"[:300]}
    return {name: getattr(found, name) for name in found.__slots__}


def _is_out_of_memory(error: BaseException | None) -> bool:
    """Also lxml's way of saying it: a syntax error of the code XML_ERR_NO_MEMORY."""
    return isinstance(error, MemoryError) or (isinstance(error, SyntaxError) and getattr(error, "code", None) == 2)


def _limit() -> None:
    import resource

    # What is mapped bounds what is resident, so the limit on the address space is one on memory.
    most = max(MEMORY_BYTES, _address_space() + LEAST_BYTES)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _address_space() -> int:
    """Bytes that the warm process already maps (about 100 MB on Linux; a guess where it cannot be measured)."""
    try:
        with open("/proc/self/statm") as statm:
            return int(statm.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 1024 * 1024 * 1024


def _forked(header: dict[str, Any], body: bytes) -> dict[str, Any]:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        try:
            _limit()
            with os.fdopen(writing, "wb") as out:
                out.write(json.dumps(answer(header, body)).encode())
        finally:
            os._exit(0)
    os.close(writing)
    late: list[bool] = []

    def stop(*_args: object) -> None:
        late.append(True)
        with suppress(ProcessLookupError):  # it has just ended by itself
            os.kill(pid, signal.SIGKILL)

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(max(1, int(header["seconds"])))
    try:
        with os.fdopen(reading, "rb") as result:
            packed = result.read()
        _pid, status = os.waitpid(pid, 0)
    finally:
        signal.alarm(0)
    try:
        found: dict[str, Any] = json.loads(packed)
        return found
    except ValueError:
        ended = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        return {"failure": "timeout" if late else "too_heavy", "detail": f"signal {ended}"}


def _warm() -> None:
    """Pay for the imports before the first document comes."""
    documents.read(b"<html><body><p>warm</p></body></html>", declared_type="text/html", file_name="")
    import docx  # noqa: F401
    import pypdfium2  # noqa: F401


def main() -> None:
    source, out = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a parser that prints must not break the frames
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the supervisor stops us by closing stdin
    _warm()
    run = _forked if hasattr(os, "fork") else answer
    while (frame := read_frame(source)) is not None:
        write_frame(out, {}, json.dumps(run(*frame)).encode())


if __name__ == "__main__":
    main()

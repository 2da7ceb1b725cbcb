"""TLS over a guarded stream, through memory: every piece from the wire is counted and timed, what TLS says to itself included.

A TLS socket of Python's reads on for as long as messages come that hold no data (handshakes, tickets, renewed keys); neither
the clock nor the count of bytes sees them.
"""

import ssl
import time
from collections.abc import Callable
from typing import Any, TypeVar

import httpcore2

from annotations.lib.fetching.bodies import Ended

PIECE = 65_536  # bytes that are read or written at a time
Seconds = Callable[[], float | None]  # how long the next step on the wire may take
_Result = TypeVar("_Result")


class TlsStream(httpcore2.NetworkStream):
    """`wire` carries the records; `heard` is told of each piece of plain text. Raises Ended for TLS that is none."""

    def __init__(
        self, wire: httpcore2.NetworkStream, context: ssl.SSLContext, name: str, heard: Callable[[bytes], None]
    ) -> None:
        self._wire = wire
        self._heard = heard
        self._in, self._out = ssl.MemoryBIO(), ssl.MemoryBIO()
        try:
            self._object = context.wrap_bio(self._in, self._out, server_hostname=name)
        except ValueError as error:  # a name that no certificate can hold
            raise Ended("tls_error") from error

    def handshake(self, seconds: float) -> None:
        """All of it within these; nothing is read before the host has proved its name."""
        until = time.monotonic() + seconds

        def left() -> float:
            if (rest := until - time.monotonic()) <= 0:
                raise httpcore2.ConnectTimeout("the handshake takes too long")
            return rest

        self._act(self._object.do_handshake, left)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        def act() -> bytes:
            try:
                return self._object.read(max_bytes)
            except (ssl.SSLZeroReturnError, ssl.SSLEOFError):  # many close without a word; the body's length tells
                return b""

        data = self._act(act, lambda: timeout)
        self._heard(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), PIECE):
            piece = buffer[start : start + PIECE]
            self._act(lambda piece=piece: self._object.write(piece), lambda: timeout)  # type: ignore[misc]

    def _act(self, act: Callable[[], _Result], seconds: Seconds) -> _Result:
        """Its result, once it has what it wants from the wire and the wire has what it says."""
        while True:
            try:
                result = act()
            except ssl.SSLWantReadError:
                self._say(seconds)
                if data := self._wire.read(PIECE, seconds()):
                    self._in.write(data)
                else:
                    self._in.write_eof()
            except ssl.SSLError as error:
                raise Ended("tls_error") from error
            else:
                self._say(seconds)
                return result

    def _say(self, seconds: Seconds) -> None:
        if self._out.pending:
            self._wire.write(self._out.read(), seconds())

    def close(self) -> None:
        self._wire.close()

    def get_extra_info(self, info: str) -> Any:
        return self._wire.get_extra_info(info)

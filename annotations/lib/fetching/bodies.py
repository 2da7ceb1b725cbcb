"""A response's body under caps of our own: libraries' decoders have been bombs."""

import zlib
from collections.abc import Iterable, Sequence

MOST_MEMBERS = 1000  # gzip streams in one body
_GZIP = b"\x1f\x8b"
_STEP = 65_536  # bytes unpacked at a time


class Ended(Exception):
    """The fetch ended with this outcome, one of those that FetchResult knows."""

    def __init__(self, outcome: str) -> None:
        super().__init__(outcome)
        self.outcome = outcome


def decoded(stream: Iterable[bytes], headers: Sequence[tuple[str, str]], *, most: int) -> bytes:
    """At most `most` bytes, plain or gzip; raises Ended."""
    codings = [
        part.strip().lower() for key, value in headers if key.lower() == "content-encoding" for part in value.split(",")
    ]
    codings = [coding for coding in codings if coding not in ("", "identity")]
    if codings not in ([], ["gzip"], ["x-gzip"]):
        raise Ended("unsupported_encoding")
    return _gunzip(stream, most) if codings else _joined(stream, most)


def _joined(stream: Iterable[bytes], most: int) -> bytes:
    body = bytearray()  # not a list: each of a million tiny chunks would cost an object
    for chunk in stream:
        body += chunk
        if len(body) > most:
            raise Ended("too_large")
    return bytes(body)


def _gunzip(stream: Iterable[bytes], most: int) -> bytes:
    """All members of the stream, as RFC 1952 has it. What is no member after one is passed over, as browsers do."""
    body, members, decoder, rest = bytearray(), 0, None, b""
    try:
        for chunk in stream:
            rest += chunk
            more = bool(rest)
            while more:
                if decoder is None:
                    if members and not rest.startswith(_GZIP[: len(rest)]):
                        return bytes(body)
                    if members and len(rest) < len(_GZIP):
                        break  # the next piece tells
                    if members == MOST_MEMBERS:
                        raise Ended("protocol_error")
                    decoder, members = zlib.decompressobj(16 + zlib.MAX_WBITS), members + 1
                piece = decoder.decompress(rest, _STEP)
                body += piece
                if len(body) > most:
                    raise Ended("too_large")
                rest = decoder.unused_data if decoder.eof else decoder.unconsumed_tail
                more = bool(rest) or (len(piece) == _STEP and not decoder.eof)
                decoder = None if decoder.eof else decoder
    except zlib.error as error:
        raise Ended("protocol_error") from error
    if decoder is not None:
        raise Ended("truncated")
    return bytes(body)

"""Kept copies as a WARC file (ISO 28500, version 1.1), built when somebody downloads it. Pure.

A fetched copy becomes a request and a response with the headers of the day; anything else a resource. Bodies are kept
decoded, so the headers that speak of their coding on the wire are left out, as the standard's readers expect.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import IO
from urllib.parse import urlsplit

from django.utils.encoding import iri_to_uri
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

_OF_THE_WIRE = frozenset({"content-encoding", "transfer-encoding", "content-length", "connection"})
Headers = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Copy:
    """One kept body. `status` None: it was not fetched, but brought by a person."""

    uri: str
    body: bytes
    captured_at: datetime
    media_type: str = ""
    status: int | None = None
    request_headers: Headers = ()
    response_headers: Headers = ()
    peer: str = ""
    redirects: Sequence[Sequence[object]] = ()  # [[url, status]] on the way there
    public_copy: str = ""  # where a public archive keeps one too


def write(out: IO[bytes], copies: Iterable[Copy], *, name: str, software: str) -> int:
    """The copies as gzipped records; how many there were."""
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    about = {"software": software, "format": "WARC File Format 1.1"}
    writer.write_record(writer.create_warcinfo_record(name, about))
    count = 0
    for copy in copies:
        count += 1
        _write(writer, copy)
    return count


def _write(writer: WARCWriter, copy: Copy) -> None:
    date = copy.captured_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if copy.status is None:
        writer.write_record(
            writer.create_warc_record(
                copy.uri,
                "resource",
                payload=io.BytesIO(copy.body),
                warc_content_type=copy.media_type or "application/octet-stream",
                warc_headers_dict={"WARC-Date": date},
            )
        )
        return
    uri = iri_to_uri(copy.uri)  # WARC and HTTP know ASCII alone
    given = {"WARC-Date": date} | ({"WARC-IP-Address": copy.peer} if copy.peer else {})
    kept = [(name, value) for name, value in copy.response_headers if name.lower() not in _OF_THE_WIRE]
    kept.append(("Content-Length", str(len(copy.body))))
    response = writer.create_warc_record(
        uri,
        "response",
        payload=io.BytesIO(copy.body),
        http_headers=StatusAndHeaders(f"{copy.status} {_phrase(copy.status)}", kept, protocol="HTTP/1.1"),
        warc_headers_dict=given,
    )
    writer.write_record(response)
    parts = urlsplit(uri)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    asked = [("Host", parts.netloc), *((name, value) for name, value in copy.request_headers)]
    concurrent = {"WARC-Date": date, "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID")}
    writer.write_record(
        writer.create_warc_record(
            uri,
            "request",
            http_headers=StatusAndHeaders(f"GET {target} HTTP/1.1", asked, is_http_request=True),
            warc_headers_dict=concurrent,
        )
    )
    if len(copy.redirects) > 1 or copy.public_copy:
        way = "".join(f"via: {url} {status}\r\n" for url, status in copy.redirects)
        way += f"archived-at: {copy.public_copy}\r\n" if copy.public_copy else ""
        writer.write_record(
            writer.create_warc_record(
                uri,
                "metadata",
                payload=io.BytesIO(way.encode()),
                warc_content_type="application/warc-fields",
                warc_headers_dict=concurrent,
            )
        )


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"

"""A public web archive on loopback, as the Wayback Machine answers: availability, Save Page Now, job states, TimeMaps."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

HOST, ADDRESS = "archive.example.org", "93.184.216.99"
BASE = f"http://{HOST}"


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    form: dict[str, str] = field(default_factory=dict)


@dataclass
class Answer:
    status: int = 200
    body: Any = field(default_factory=dict)  # bytes as they are, anything else as JSON
    headers: dict[str, str] = field(default_factory=dict)


class Archive:
    """Answers by door: "available", "save", "status", "timemap". A list is used up, its last entry stays."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.answers: dict[str, list[Answer]] = {
            "available": [Answer(body={"archived_snapshots": {}})],
            "save": [Answer(body={"url": "…", "job_id": "spn2-0a1b"})],
            "status": [Answer(body={"status": "pending", "job_id": "spn2-0a1b"})],
            "timemap": [Answer(404, b"")],
        }
        handler = type("Handler", (_Handler,), {"archive": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def doors(self) -> list[str]:
        """Which were knocked at, in order."""
        return [_door(each.path) for each in self.asked]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def available(at: datetime, **more: Any) -> Answer:
    closest = {"available": True, "status": "200", "timestamp": f"{at:%Y%m%d%H%M%S}", "url": "http://evil.example/"}
    return Answer(body={"archived_snapshots": {"closest": closest | more}})


def saved(at: datetime) -> Answer:
    return Answer(body={"status": "success", "timestamp": f"{at:%Y%m%d%H%M%S}", "original_url": "http://evil.example/"})


def error(code: str, status: int = 200) -> Answer:
    return Answer(status, {"status": "error", "status_ext": f"error:{code}", "message": "…"})


def timemap(*moments: datetime, host: str = HOST) -> Answer:
    rows = [
        f'<http://{host}/web/{at:%Y%m%d%H%M%S}/http://audit.example.com/audit>; rel="memento"; '
        f'datetime="{at.astimezone(UTC):%a, %d %b %Y %H:%M:%S} GMT"'
        for at in moments
    ]
    first = '<http://audit.example.com/audit>; rel="original"'
    return Answer(200, ",\n".join([first, *rows]).encode(), {"Content-Type": "application/link-format"})


def _door(path: str) -> str:
    if path.startswith("/wayback/available?"):
        return "available"
    if path.startswith("/save/status/"):
        return "status"
    return "timemap" if path.startswith("/web/timemap/link/") else "save" if path == "/save" else "nowhere"


class _Handler(BaseHTTPRequestHandler):
    archive: Archive

    def do_GET(self) -> None:
        self._handle({})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self._handle({name: values[0] for name, values in parse_qs(body).items()})

    def _handle(self, form: dict[str, str]) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.archive.asked.append(Asked(self.command, self.path, headers, form))
        answers = self.archive.answers.get(_door(self.path), [Answer(404)])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        body = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
        self.send_response(answer.status)
        for name, value in (
            {"Content-Type": "application/json", "Content-Length": str(len(body))} | answer.headers
        ).items():
            self.send_header(name, value)
        try:
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            return  # the client had enough

    def log_message(self, *args: object) -> None:
        """Quiet."""


def query(asked: Asked) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}


def running() -> Iterator[Archive]:
    archive = Archive()
    try:
        yield archive
    finally:
        archive.close()

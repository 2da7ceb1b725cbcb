"""A small web server on loopback, reached through the real guard by a resolver and a dial map of the test's own."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PUBLIC_ADDRESS = "93.184.216.34"


class _Server(ThreadingHTTPServer):
    request_queue_size = 128  # with Python's own 5, whoever knocks when many do waits a second


class Pages:
    """Pages by path; counts what was asked for."""

    def __init__(self) -> None:
        self.bodies: dict[str, tuple[int, str, bytes, float]] = {}
        self.asked: list[str] = []
        handler = type("Handler", (_Handler,), {"pages": self})
        self.server = _Server(("127.0.0.1", 0), handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def add(
        self,
        path: str,
        body: str | bytes,
        *,
        status: int = 200,
        media_type: str = "text/html; charset=utf-8",
        delay: float = 0.0,
    ) -> None:
        self.bodies[path] = (status, media_type, body.encode() if isinstance(body, str) else body, delay)

    def resolver(self, host: str, port: int) -> list[str]:
        return [PUBLIC_ADDRESS]

    def dial(self, address: str, port: int) -> tuple[str, int]:
        """All ports lead here; TLS is not spoken, so tests of https use `http_only`."""
        return "127.0.0.1", self.port

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class _Handler(BaseHTTPRequestHandler):
    pages: Pages

    def do_GET(self) -> None:
        self.pages.asked.append(self.path)
        status, media_type, body, delay = self.pages.bodies.get(self.path) or self.pages.bodies.get(
            self.path.partition("?")[0], (404, "text/plain", b"nothing here", 0.0)
        )
        time.sleep(delay)
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        try:
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            return  # the client gave up

    def log_message(self, *args: object) -> None:
        """Quiet."""


def running() -> Iterator[Pages]:
    pages = Pages()
    try:
        yield pages
    finally:
        pages.close()

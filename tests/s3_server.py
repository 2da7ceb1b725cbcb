"""A small S3-like store on loopback: PUT, GET, HEAD and DELETE of objects, with signatures really verified; ill on demand."""

import hashlib
import hmac
import socket
import struct
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, unquote, urlsplit

KEY, SECRET, BUCKET = "desk-key", "se/cr+et:of%the desk", "copies"
REGION = "eu-central-1"


class Store:
    """`objects`: what is kept, by "/bucket/key". `illness`: "", "503", "hang", "reset", "cut" (an answer that breaks off)."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.asked: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.illness = ""
        self.ill_for: set[str] = {"PUT", "GET", "HEAD", "DELETE"}
        handler = type("Handler", (_Handler,), {"store": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def variable(self) -> str:
        """STORAGE_URL that leads here."""
        return f"s3://{quote(KEY, safe='')}:{quote(SECRET, safe='')}@{BUCKET}/desk?endpoint={self.url}&region={REGION}"

    def bodies(self) -> dict[str, bytes]:
        """What is kept, by the last part of its name."""
        return {name.rsplit("/", 1)[-1]: body for name, body in self.objects.items()}

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class _Handler(BaseHTTPRequestHandler):
    store: Store
    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        self._handle()

    def do_GET(self) -> None:
        self._handle()

    def do_HEAD(self) -> None:
        self._handle()

    def do_DELETE(self) -> None:
        self._handle()

    def _handle(self) -> None:
        store, path = self.store, unquote(urlsplit(self.path).path)
        store.asked.append((self.command, path))
        store.headers.append({name.lower(): value for name, value in self.headers.items()})
        if store.illness and self.command in store.ill_for and self._be_ill(store.illness, path):
            return
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if fault := refusal(self.command, self.path, dict(store.headers[-1]), body):
            return self._fail(403, fault)
        if not path.startswith(f"/{BUCKET}/"):
            return self._fail(404, "NoSuchBucket")
        if self.command == "PUT":
            store.objects[path] = body
            return self._say(200)
        if self.command == "DELETE":
            store.objects.pop(path, None)
            return self._say(204)
        if path not in store.objects:
            return self._fail(404, "NoSuchKey")
        self._say(200, store.objects[path])

    def _be_ill(self, illness: str, path: str) -> bool:
        if illness == "503":
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self._fail(503, "SlowDown")
        elif illness == "hang":
            time.sleep(20)
        elif illness == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        elif illness == "cut":
            body = self.store.objects.get(path, b"")
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body[: len(body) // 2])
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True
        return True

    def _fail(self, status: int, code: str) -> None:
        self._say(status, f"<Error><Code>{code}</Code><Message>{code}</Message></Error>".encode())

    def _say(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Quiet."""


def refusal(method: str, target: str, headers: dict[str, str], body: bytes) -> str:
    """Why the request is not signed as Signature Version 4 asks, "" when it is."""
    given = headers.get("authorization", "")
    if not given.startswith("AWS4-HMAC-SHA256 "):
        return "AccessDenied"
    parts = dict(part.strip().split("=", 1) for part in given.removeprefix("AWS4-HMAC-SHA256 ").split(","))
    key, day, region, service, end = parts["Credential"].split("/")
    digest = headers.get("x-amz-content-sha256", "")
    if digest != hashlib.sha256(body).hexdigest():
        return "XAmzContentSHA256Mismatch"
    signed = parts["SignedHeaders"].split(";")
    if key != KEY or region != REGION or "host" not in signed or "x-amz-content-sha256" not in signed:
        return "InvalidAccessKeyId"
    split = urlsplit(target)
    canonical = "\n".join(
        [
            method,
            split.path,
            split.query,
            *(f"{name}:{' '.join(headers[name].split())}" for name in signed),
            "",
            parts["SignedHeaders"],
            digest,
        ]
    )
    scope = f"{day}/{region}/{service}/{end}"
    text = f"AWS4-HMAC-SHA256\n{headers['x-amz-date']}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    secret = f"AWS4{SECRET}".encode()
    for step in (day, region, service, end, text):
        secret = hmac.new(secret, step.encode(), hashlib.sha256).digest()
    return "" if hmac.compare_digest(secret.hex(), parts["Signature"]) else "SignatureDoesNotMatch"


def running() -> Iterator[Store]:
    store = Store()
    try:
        yield store
    finally:
        store.close()

"""A small WebDriver BiDi client for Debian's firefox-esr: RFC 6455 framing and numbered commands, nothing more."""

import base64
import json
import os
import re
import shutil
import socket
import struct
import subprocess
import threading
import time
from pathlib import Path
from typing import Any


class Firefox:
    """Starts it without a window in a profile of its own; `call` sends a command and waits for its answer."""

    def __init__(self, folder: Path) -> None:
        found = shutil.which("firefox-esr")
        assert found
        (folder / "user.js").write_text('user_pref("remote.active-protocols", 1);\n')
        self.process = subprocess.Popen(
            [found, "--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port", "0"],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            env=os.environ | {"HOME": str(folder), "MOZ_REMOTE_ALLOW_SYSTEM_ACCESS": "1"},
        )
        self.number = 0
        try:
            host, port = self._address()
            self.socket = socket.create_connection((host, port), timeout=30)
            self._shake(f"{host}:{port}")
            self.call("session.new", capabilities={})
            self.context = self.call("browsingContext.getTree")["contexts"][0]["context"]
        except BaseException:
            self.process.kill()
            raise

    def _address(self) -> tuple[str, int]:
        assert self.process.stderr is not None
        late = threading.Timer(60, self.process.kill)  # a browser that says nothing ends the reading below
        late.start()
        for line in self.process.stderr:
            if found := re.search(r"WebDriver BiDi listening on ws://([\d.]+):(\d+)", line):
                late.cancel()
                threading.Thread(target=self.process.stderr.read, daemon=True).start()
                return found.group(1), int(found.group(2))
        raise AssertionError("firefox-esr did not say where it listens")

    def _shake(self, host: str) -> None:
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            "GET /session HTTP/1.1",
            f"Host: {host}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
        ]
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        answer = b""
        while not answer.endswith(b"\r\n\r\n"):
            answer += self._exactly(1)
        assert b" 101 " in answer.split(b"\r\n")[0], answer

    def _exactly(self, size: int) -> bytes:
        got = b""
        while len(got) < size:
            more = self.socket.recv(size - len(got))
            assert more, "the browser closed the connection"
            got += more
        return got

    def _send(self, text: bytes, opcode: int = 1) -> None:
        size = len(text)
        head = (
            struct.pack("!BB", 0x80 | opcode, 0x80 | size)
            if size < 126
            else struct.pack("!BBH", 0x80 | opcode, 0xFE, size)
        )
        assert size < 65536
        mask = os.urandom(4)
        self.socket.sendall(head + mask + bytes(byte ^ mask[place % 4] for place, byte in enumerate(text)))

    def _receive(self) -> bytes:
        """One message, its frames joined; pings are answered."""
        whole = b""
        while True:
            first, second = self._exactly(2)
            size = second & 0x7F
            if size == 126:
                size = struct.unpack("!H", self._exactly(2))[0]
            elif size == 127:
                size = struct.unpack("!Q", self._exactly(8))[0]
            body = self._exactly(size)
            if first & 0x0F == 9:
                self._send(body, 10)
                continue
            assert first & 0x0F != 8, "the browser said goodbye"
            whole += body
            if first & 0x80:
                return whole

    def call(self, method: str, **params: Any) -> Any:
        self.number += 1
        self._send(json.dumps({"id": self.number, "method": method, "params": params}).encode())
        while True:
            told = json.loads(self._receive())
            if told.get("id") == self.number:
                assert told["type"] == "success", told
                return told["result"]

    def goto(self, url: str) -> None:
        self.call("browsingContext.navigate", context=self.context, url=url, wait="complete")

    def ask(self, expression: str) -> Any:
        """A JavaScript expression's value: text, a number or a truth; a list as JSON text."""
        told = self.call("script.evaluate", expression=expression, target={"context": self.context}, awaitPromise=True)
        assert told["type"] == "success", told
        return told["result"].get("value")

    def wait(self, expression: str, seconds: float = 20.0) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                if self.ask(expression):
                    return
            except AssertionError:
                pass  # the page is just being left
            time.sleep(0.1)
        there = self.ask("location.pathname + ' ' + document.activeElement.outerHTML.slice(0, 200)")
        raise AssertionError(f"never true in Firefox: {expression}; the focus is at {there}")

    def type(self, selector: str, text: str) -> None:
        self.ask(f"document.querySelector({json.dumps(selector)}).focus()")
        self.keys(*text)

    def keys(self, *keys: str, held: str = "") -> None:
        acts: list[dict[str, str]] = [{"type": "keyDown", "value": held}] if held else []
        for key in keys:
            acts += [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        acts += [{"type": "keyUp", "value": held}] if held else []
        self.call(
            "input.performActions", context=self.context, actions=[{"type": "key", "id": "keys", "actions": acts}]
        )

    def click(self, selector: str) -> None:
        """With the mouse, in the middle of what is seen."""
        at = json.loads(
            self.ask(
                f"""(() => {{ const e = document.querySelector({json.dumps(selector)}); e.scrollIntoView({{block: "center"}});
                const b = e.getBoundingClientRect(); return JSON.stringify([b.x + b.width / 2, b.y + b.height / 2]); }})()"""
            )
        )
        self.drag((at[0], at[1]))

    def drag(self, *points: tuple[float, float]) -> None:
        acts: list[dict[str, Any]] = []
        for place, (x, y) in enumerate(points):
            acts.append({"type": "pointerMove", "x": round(x), "y": round(y), "duration": 50})
            if place == 0:
                acts.append({"type": "pointerDown", "button": 0})
        acts.append({"type": "pointerUp", "button": 0})
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": acts}
        self.call("input.performActions", context=self.context, actions=[mouse])

    def close(self) -> None:
        self.socket.close()
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()

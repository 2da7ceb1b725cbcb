"""A small outgoing proxy on loopback: notes each CONNECT, leads every tunnel to one server, or answers with a script."""

import re
import select
import socket

from annotations.lib.fetching.proxying import Proxy
from tests.pure.fetching.hostile import Script, serve, stop_listening


class TestProxy:
    """`asked`: the heads of the requests; `targets`: where tunnels were wanted to. It resolves no name: it cannot."""

    __test__ = False  # no test class for pytest

    def __init__(self, lead_to: int) -> None:
        self.lead_to = lead_to  # a port of loopback
        self.script: Script | None = None
        self.away: frozenset[str] = frozenset()  # targets that are answered with 502
        self.asked: list[bytes] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        serve(self.listener, self._tunnel)

    @property
    def targets(self) -> list[str]:
        return [head.split(b" ", 2)[1].decode() for head in self.asked]

    def proxy(self, authorization: str = "") -> Proxy:
        return Proxy("127.0.0.1", self.port, authorization)

    def _tunnel(self, connection: socket.socket) -> None:
        with connection:
            connection.settimeout(5)
            try:
                head = b""
                while not head.endswith(b"\r\n\r\n"):
                    piece = connection.recv(1)
                    if not piece:
                        return
                    head += piece
                self.asked.append(head)
                target = re.fullmatch(rb"CONNECT (\S+) HTTP/1\.1", head.split(b"\r\n", 1)[0])
                if target is None:
                    connection.sendall(b"HTTP/1.1 405 Only CONNECT\r\n\r\n")
                elif self.script is not None:
                    self.script(connection)
                elif target.group(1).decode() in self.away:
                    connection.sendall(b"HTTP/1.1 502 Bad Gateway\r\n\r\n")
                else:
                    connection.sendall(b"HTTP/1.1 200 Connection established\r\nVia: 1.1 test\r\n\r\n")
                    self._pass_on(connection)
            except OSError:
                return

    def _pass_on(self, connection: socket.socket) -> None:
        with socket.create_connection(("127.0.0.1", self.lead_to)) as server:
            while True:
                for one in select.select([connection, server], [], [], 5)[0]:
                    data = one.recv(65536)
                    if not data:
                        return
                    (server if one is connection else connection).sendall(data)

    def close(self) -> None:
        stop_listening(self.listener)

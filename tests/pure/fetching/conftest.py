"""The hostile server for each test; at the end no address but the allowed public ones was dialled."""

import ssl
from collections.abc import Callable, Iterator

import pytest

from tests.pure.fetching.hostile import Hostile


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    server = Hostile()
    yield server
    server.close()


@pytest.fixture
def serve() -> Iterator[Callable[[ssl.SSLContext | None], Hostile]]:
    """Starts hostile servers that speak TLS."""
    servers: list[Hostile] = []

    def start(tls: ssl.SSLContext | None) -> Hostile:
        servers.append(Hostile(tls))
        return servers[-1]

    yield start
    for server in servers:
        server.close()

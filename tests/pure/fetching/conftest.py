"""The hostile server for each test; at the end no address but the allowed public ones was dialled."""

from collections.abc import Iterator

import pytest

from tests.pure.fetching.hostile import Hostile


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    server = Hostile()
    yield server
    server.close()

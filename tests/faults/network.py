"""Any number of host names on one server of loopback: the names resolve to a public address, which is judged, then dialled here."""

import os

from tests.servers import PUBLIC_ADDRESS


def resolver(host: str, port: int) -> list[str]:
    return [PUBLIC_ADDRESS]


def dial(address: str, port: int) -> tuple[str, int]:
    return "127.0.0.1", int(os.environ["FACTCHECK_TEST_PORT"])

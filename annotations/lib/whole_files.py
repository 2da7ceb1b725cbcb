"""Files that stand whole under their name or not at all, however the process ends."""

import os
import re
import time
import uuid
from contextlib import suppress
from typing import IO, Any, NoReturn

from django.core.files.storage import FileSystemStorage

_PARTS = "parts"  # half-written files, never read
_CHUNK = 1_000_000  # bytes written at a time
_PLAIN = re.compile(r"(?:\w+/)*\w+(?:\.\w+)?", re.ASCII)  # leads nowhere else
_LEFT_OVER = 3600.0  # seconds after which a killed writer's file is removed


class WholeFiles(FileSystemStorage):
    """Written beside and renamed. Django's own storage writes under the final name, where a killed worker leaves half a file.

    Writing a name again replaces it: names are hashes, so it is the same content.
    """

    _swept = float("-inf")

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        """Django's own looks at the name three times over; ours are hashes, and `path` refuses what leads outside."""
        return self._save(name or "", content)

    def save_unsettled(self, name: str, content: Any) -> str:
        """`save`, without waiting for the disk: until `settle`, a power cut could leave the name without its bytes."""
        return self._save(name, content, settled=False)

    def settle(self, name: str) -> None:
        """From here on the file and its name outlive a power cut. FileNotFoundError when there is none."""
        path = self.path(name)
        for each in (path, os.path.dirname(path)):
            _synced(each)

    def path(self, name: str) -> str:
        """Names are hashes, and Django's own way of joining asks four times where the folder is."""
        return f"{self.location}/{name}" if _PLAIN.fullmatch(name) else super().path(name)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def url(self, name: str | None) -> NoReturn:
        raise ValueError("kept bodies have no address of their own")

    def _save(self, name: str, content: Any, *, settled: bool = True) -> str:
        target = self.path(name)
        parts = self.path(_PARTS)
        part = f"{parts}/{uuid.uuid4().hex}"
        try:
            with _opened(part) as out:
                for chunk in content.chunks(_CHUNK):
                    out.write(chunk)
                out.flush()
                if settled:
                    os.fsync(out.fileno())  # before the name, so that no name stands for half a file; 0.3 ms
            _renamed(part, target)
            if settled:
                _synced(os.path.dirname(target))
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(part)
            raise
        if self._swept + _LEFT_OVER / 4 < time.monotonic():
            self._swept = time.monotonic()
            _sweep(parts)
        return name


def _synced(path: str) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _opened(path: str) -> IO[bytes]:
    try:
        return open(path, "xb")
    except FileNotFoundError:  # the first body here
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return open(path, "xb")


def _renamed(part: str, target: str) -> None:
    try:
        os.replace(part, target)
    except FileNotFoundError:  # the first body of its folder
        _made(os.path.dirname(target))
        os.replace(part, target)


def _made(folder: str) -> None:
    try:
        os.mkdir(folder)
    except FileExistsError:
        return  # made by another at this moment
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)


def _sweep(parts: str) -> None:
    """Remove what killed writers left."""
    for each in os.scandir(parts):
        try:
            if each.stat().st_mtime < time.time() - _LEFT_OVER:
                os.unlink(each.path)
        except FileNotFoundError:
            continue  # finished or removed by another at this moment

"""Export formats: drop in a file that holds a PLUGIN. Each writes public records as bytes. Pure."""

import sys
from collections.abc import Iterable, Mapping
from functools import cache
from typing import BinaryIO, Protocol, runtime_checkable

from annotations.lib import plugins
from annotations.rulings.records import PublishedRecord


@runtime_checkable
class Format(Protocol):
    name: str
    version: str
    media_type: str
    extension: str

    def write(self, records: Iterable[PublishedRecord], out: BinaryIO) -> int:
        """Stream the records; returns how many were written."""
        ...


@cache
def formats() -> Mapping[str, Format]:
    """All formats by name."""
    return plugins.load(sys.modules[__name__], Format)  # type: ignore[type-abstract]

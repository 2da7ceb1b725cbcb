"""Rows of a long answer in chunks, with an end that does not wait for the garbage collector."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import TypeVar, cast

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


@contextmanager
def in_chunks(wanted: "QuerySet[M]", size: int) -> Iterator[Iterator[M]]:
    """`wanted`, `size` rows at a time; the server's cursor is closed on leaving, also when the reader broke off.

    One that is swept up later is closed in whatever transaction runs then, and ends it when its own is over.
    """
    rows = cast("Generator[M, None, None]", wanted.iterator(chunk_size=size))
    try:
        yield rows
    finally:
        rows.close()

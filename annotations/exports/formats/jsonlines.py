"""One record a line, everything that is public of it."""

from collections.abc import Iterable
from typing import BinaryIO

import orjson

from annotations.rulings.records import PublishedRecord


class JsonLines:
    name = "jsonl"
    version = "1"
    media_type = "application/x-ndjson"
    extension = "jsonl"

    def write(self, records: Iterable[PublishedRecord], out: BinaryIO) -> int:
        count = 0
        for record in records:
            out.write(orjson.dumps(record.to_dict()) + b"\n")
            count += 1
        return count


PLUGIN = JsonLines()

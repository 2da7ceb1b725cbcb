"""CSV for spreadsheets: UTF-8, RFC 4180, and no cell that a spreadsheet would run as a formula."""

import csv
import io
import string
from collections.abc import Iterable
from typing import BinaryIO

from annotations.rulings.records import PublishedRecord

COLUMNS = """number url state claim claim_language claimant claimed_on appearance verdict verdict_name rating worst best summary
    explanation language published_at modified_at newsroom corrections_contact reviewers sources""".split()
# Full-width signs too: spreadsheets of East Asian locales take them for the plain ones.
_DANGEROUS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_SPACE = (
    string.whitespace + "\u00a0\u3000\u200b\u200e\u200f\u2060\ufeff"
)  # spreadsheets drop these, and space of all kinds, before they read a cell


def safe(value: object) -> str:
    """A leading formula sign is defused with an apostrophe, as spreadsheets expect."""
    text = "" if value is None else str(value)
    seen = text.lstrip(_SPACE)
    return f"'{text}" if seen.startswith(_DANGEROUS) or text.startswith(("\t", "\r", "\n")) else text


def row(record: PublishedRecord) -> list[str]:
    verdict = record.verdict
    values: list[object] = [
        record.number,
        record.url,
        record.state,
        record.claim,
        record.claim_language,
        record.claimant.name if record.claimant else "",
        record.claimed_on,
        " ".join(appearance.url for appearance in record.appearances),
        verdict.key,
        verdict.names.get(record.language) or verdict.names.get("en", ""),
        verdict.rating,
        verdict.worst,
        verdict.best,
        record.summary,
        record.explanation,
        record.language,
        record.published_at.isoformat(),
        record.modified_at.isoformat(),
        record.publisher.name,
        record.publisher.corrections_contact,
        record.reviewers,
        " ".join(source.url for source in record.sources if source.url),
    ]
    return [safe(value) for value in values]


class Csv:
    name = "csv"
    version = "1"
    media_type = "text/csv; charset=utf-8"
    extension = "csv"

    def write(self, records: Iterable[PublishedRecord], out: BinaryIO) -> int:
        text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        count = 0
        for record in records:
            writer.writerow(row(record))
            count += 1
        text.detach()  # the caller's stream stays open
        return count


PLUGIN = Csv()

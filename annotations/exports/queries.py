"""Public records for those who pull them: newsrooms by token, commands, the public page."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from annotations.lib.rows import in_chunks
from annotations.models import Member, Newsroom, Publication
from annotations.newsrooms.access import require
from annotations.rulings.queries import publications
from annotations.rulings.records import PublishedRecord


def record(publication: Publication) -> PublishedRecord:
    """As frozen when it was published or last corrected."""
    return PublishedRecord.from_dict(publication.record)


def all_of(newsroom: Newsroom) -> Iterator[PublishedRecord]:
    """Every publication, oldest change first, in chunks: memory stays flat."""
    with in_chunks(publications(newsroom), 500) as rows:
        yield from map(record, rows)


def page(
    member: Member, *, after: tuple[datetime, int] | None = None, limit: int = 100
) -> tuple[list[Publication], tuple[datetime, int] | None]:
    """The publications changed behind the cursor (moment, id), and the cursor of the next page or None at the end."""
    require(member, "publication.read")
    rows = publications(member.newsroom)
    if after is not None:
        moment, last = after
        rows = rows.filter(Q(modified_at__gt=moment) | Q(modified_at=moment, pk__gt=last))
    found = list(rows[: limit + 1])
    if len(found) <= limit:
        return found, None
    last_row = found[limit - 1]
    return found[:limit], (last_row.modified_at, last_row.pk)

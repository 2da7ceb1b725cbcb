"""Memento (RFC 7089): the list of copies that a web archive has of an address, in link format (RFC 6690). Pure.

The list comes from outside: it is read in one pass, capped, and what is not understood is passed over.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

MOST_BYTES = 4_000_000
MOST_COPIES = 50_000
_LONGEST_LINK = 4096  # characters of one address
_MOST_ATTRIBUTES = 20
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE = re.compile(r"[A-Z][a-z]{2}, ([0-9]{2}) ([A-Z][a-z]{2}) ([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) GMT")
_ATTRIBUTE = re.compile(
    r"\s*;\s*([A-Za-z0-9!#$&+.^_`|~*-]{1,40})\s*(?:=\s*(?:\"([^\"]{0,2000})\"|([^\s\",;]{1,2000})))?"
)


@dataclass(frozen=True, slots=True)
class Memento:
    """One copy: where it stands in the archive, and the moment it was made."""

    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TimeMap:
    """The copies, oldest first, each moment once. `more`: the archive has further lists, or this one was cut."""

    mementos: tuple[Memento, ...] = ()
    more: bool = False

    @property
    def first(self) -> Memento | None:
        return self.mementos[0] if self.mementos else None

    @property
    def last(self) -> Memento | None:
        return self.mementos[-1] if self.mementos else None


def parse(raw: bytes, *, host: str) -> TimeMap:
    """The copies that stand on `host`; links to anywhere else are not the archive's to give."""
    text = raw[:MOST_BYTES].decode("utf-8", "replace")
    found: dict[datetime, str] = {}
    more = len(raw) > MOST_BYTES
    for url, attributes in _links(text):
        relations = attributes.get("rel", "").lower().split()
        if "memento" in relations:
            at = moment(attributes.get("datetime", ""))
            if at is None or not _stands_on(url, host):
                continue
            if len(found) >= MOST_COPIES and at not in found:
                more = True
                break
            found.setdefault(at, url)
        elif "timemap" in relations:
            more = True
        # A TimeMap names itself too, as `self`; `original` and `timegate` are no copies.
    return TimeMap(tuple(Memento(found[at], at) for at in sorted(found)), more)


def nearest(mementos: Sequence[Memento], to: datetime) -> Memento | None:
    """The last copy at or before the moment, which shows what could be read then; else the first one after it."""
    before = [each for each in mementos if each.at <= to]
    if before:
        return max(before, key=lambda each: each.at)
    return min(mementos, key=lambda each: each.at, default=None)


def moment(text: str) -> datetime | None:
    """An HTTP date ("Tue, 20 Jun 2000 18:02:59 GMT"), in UTC; None when it is none."""
    parts = _DATE.fullmatch(text.strip())
    if parts is None or parts[2] not in _MONTHS:
        return None
    day, year, hour, minute, second = (int(parts[place]) for place in (1, 3, 4, 5, 6))
    try:
        return datetime(year, _MONTHS.index(parts[2]) + 1, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


def _links(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Each `<address>; name="value"; …`. After what cannot be read, on with the next address."""
    at = 0
    while (start := text.find("<", at)) >= 0:
        end = text.find(">", start, start + _LONGEST_LINK + 2)
        url = text[start + 1 : end] if end >= 0 else ""
        if end < 0 or re.search(r"[\s<\"]", url):
            at = start + 1
            continue
        at = end + 1
        attributes: dict[str, str] = {}
        for _count in range(_MOST_ATTRIBUTES):
            part = _ATTRIBUTE.match(text, at)
            if part is None:
                break
            attributes.setdefault(part[1].lower(), part[2] if part[2] is not None else part[3] or "")
            at = part.end()
        yield url, attributes


def _stands_on(url: str, host: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and parts.hostname == host.lower() and parts.username is None
    except ValueError:
        return False

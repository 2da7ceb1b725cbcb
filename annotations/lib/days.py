"""Dates as people and documents write them."""

import re
from datetime import date

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from annotations.errors import InvalidInput

_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")


def day(value: str, *, pointer: str) -> date | None:
    """A typed date, None when empty; raises InvalidInput that names the field."""
    if not value:
        return None
    found = detected_day(value)
    if found is None:
        raise InvalidInput("bad_date", _("Write the date as year-month-day, for example 2024-08-13."), pointer=pointer)
    return found


def detected_day(value: str | None) -> date | None:
    """The day of an ISO date or moment that a document gives, or of 31.12.2024; None when it is none.

    31/12/2024 is not read: half of the world writes the month first.
    """
    written = (value or "").strip()
    try:
        if _DOTTED.fullmatch(written):
            given, month, year = written.split(".")
            return date(int(year), int(month), int(given))
        return parse_date(written[:10].replace("/", "-"))
    except ValueError:
        return None

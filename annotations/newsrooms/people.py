"""What a person sets for themselves. It is theirs in every newsroom, so it stands in no newsroom's log."""

import functools
import zoneinfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.errors import InvalidInput
from annotations.models import Member, User
from annotations.models.users import Digits


@functools.cache
def time_zones() -> tuple[str, ...]:
    """Those with a place in their name, and UTC."""
    names = (name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith(("Etc/", "posix/")))
    return ("UTC", *sorted(names))


def prefer(*, by: User, language: str, digits: str, time_zone: str) -> User:
    """Language ("": as the browser asks), digits and time zone ("": the server's) of the pages this person reads."""
    if language and language not in dict(settings.LANGUAGES):
        raise InvalidInput(
            "unknown_language", _("The interface has no such language: choose one of the list."), pointer="/language"
        )
    if digits not in Digits.values:
        raise InvalidInput("unknown_digits", _("Choose one of the two kinds of digits."), pointer="/digits")
    if time_zone and time_zone not in time_zones():
        raise InvalidInput(
            "unknown_time_zone", _("There is no such time zone: choose one of the list."), pointer="/time_zone"
        )
    User.objects.filter(pk=by.pk).update(language=language, digits=digits, time_zone=time_zone)
    by.refresh_from_db(fields=["language", "digits", "time_zone"])
    return by


def end_tour(*, by: User) -> None:
    """Taken or skipped: it does not begin by itself again."""
    User.objects.filter(pk=by.pk, toured_at=None).update(toured_at=timezone.now())


def hide_first_steps(*, by: Member, hidden: bool = True) -> None:
    """Put the first steps away from one's own desk, or take them out again."""
    Member.objects.filter(pk=by.pk).update(hides_first_steps=hidden)

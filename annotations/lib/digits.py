"""Numbers of the interface in the digits that the reader chose. Words of articles, quotes and people never pass here."""

import re
from contextvars import ContextVar
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.safestring import SafeString

ARABIC_INDIC = "arab"
_chosen: ContextVar[str] = ContextVar("digits", default="")
_NUMERAL = re.compile(r"\u200e?[-+−]?[\d,]+(\.\d+)?(\s?%)?")
_TABLE = str.maketrans("0123456789%,.", "٠١٢٣٤٥٦٧٨٩٪٬٫")
_ONLY_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


class Figure(int):
    """A number that counts as one (plurals, comparisons) and reads in the chosen digits."""

    def __str__(self) -> str:
        return int.__repr__(self).translate(_ONLY_DIGITS)

    __repr__ = __str__

    def __format__(self, spec: str) -> str:
        return format(int(self), spec).translate(_ONLY_DIGITS)


def choose(name: str) -> None:
    """For this request: "arab", or anything else for Latin digits."""
    _chosen.set(name)


def chosen() -> str:
    return _chosen.get()


def shown(value: Any) -> Any:
    """A number or a date in the chosen digits; anything else (text above all) as it is."""
    if _chosen.get() != ARABIC_INDIC or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return Figure(value)
    if isinstance(value, float | Decimal | date):
        return written(str(formats.localize(value)))
    return value


def written(text: Any) -> Any:
    """A text that is a number or a date by now ("2024-03-14", "0.72"), in the chosen digits."""
    if _chosen.get() != ARABIC_INDIC or isinstance(text, bool) or text is None:
        return text
    if isinstance(text, int):
        return Figure(text)
    done = str(text).translate(_TABLE if _NUMERAL.fullmatch(str(text).strip()) else _ONLY_DIGITS)
    return SafeString(done) if isinstance(text, SafeString) else done


def filled(form: str, value: Any) -> str:
    """`value` by a form such as "%d" or "%.1f"; a text, which may be what people wrote, as it is."""
    text = form % (value,)
    plain = isinstance(value, bool) or not isinstance(value, int | float | Decimal | date)
    return text if plain else str(written(text))


def counted(text: str) -> str:
    """The digits alone of a text, without its dots and commas."""
    return text.translate(_ONLY_DIGITS)

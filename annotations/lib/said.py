"""Numbers put into a translated text ("Claim %d added.") read in the digits that the reader chose: done once here, for all texts.

While a page is made for someone who reads Arabic-Indic digits, gettext answers texts that fill themselves so. Figures change,
and the digits of the text itself ("between 2 and %d"); what people wrote and is put in does not.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from django.utils import translation
from django.utils.safestring import SafeData

from annotations.lib import digits

_FORM = r"%(?:\((\w+)\))?([#0\- +]*\d*(?:\.\d+)?[a-zA-Z%])"
_PLACE = re.compile(_FORM)
# Of texts for templates, tags and entities stay as programs expect them.
_KEPT = re.compile(rf"<[^>]*>|&#?\w+;|{_FORM}")


class Said(str):
    """A text whose places are filled in the chosen digits."""

    __slots__ = ()

    def __mod__(self, values: Any) -> str:
        named = isinstance(values, Mapping)
        given = iter(values if isinstance(values, tuple) else () if named else (values,))
        filled = []
        for text, name, spec in _pieces(str(self)):
            if not spec:
                filled.append(text)
            elif spec.endswith("%"):
                filled.append("%")
            else:
                filled.append(digits.filled(f"%{spec}", values[name] if name else next(given)))
        return "".join(filled)


@lru_cache(maxsize=500)
def _pieces(text: str) -> tuple[tuple[str, str, str], ...]:
    """(text, "", "") and ("", name, form), in turn."""
    own, end = "", 0
    for kept in _KEPT.finditer(text):
        own += digits.counted(text[end : kept.start()]) + kept[0]
        end = kept.end()
    own += digits.counted(text[end:])
    found, end = [], 0
    for place in _PLACE.finditer(own):
        found += [(own[end : place.start()], "", ""), ("", place[1] or "", place[2])]
        end = place.end()
    return (*found, (own[end:], "", ""))


def _telling(plain: Callable[..., str]) -> Callable[..., str]:
    def told(*arguments: Any) -> str:
        text = plain(*arguments)
        if digits.chosen() != digits.ARABIC_INDIC or isinstance(text, SafeData):
            return text
        return Said(text)

    return told


def install() -> None:
    """At the start of the process: Django's own functions look the real ones up on this object."""
    for name in ("gettext", "ngettext", "pgettext", "npgettext"):
        setattr(translation._trans, name, _telling(getattr(translation._trans, name)))  # type: ignore[attr-defined]

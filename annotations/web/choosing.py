"""Claims chosen in a list whose pages show only some of it: they go along as numbers, "3, 17-20", which people may write too."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from annotations.errors import InvalidInput
from annotations.models import Claim

MOST_CHARACTERS = 20_000
_BETWEEN = re.compile(r"[\s,،;؛]+")
_DASH = re.compile(r"\s*[-‐‑–—−]\s*")
_NUMBERS = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?")


def read(text: str, pks: Mapping[int, int]) -> tuple[set[int], str]:
    """The ids of the claims that these numbers name, in digits of any script, and the first piece that names none.

    `pks`: the ids of the list's claims by their numbers.
    """
    ordered = sorted(pks)
    found: set[int] = set()
    wrong = ""
    for piece in _BETWEEN.split(_DASH.sub("-", text[:MOST_CHARACTERS])):
        match = _NUMBERS.fullmatch(piece)
        low, high = sorted((int(match[1]), int(match[2] or match[1]))) if match else (1, 0)
        hits = ordered[bisect_left(ordered, low) : bisect_right(ordered, high)]
        found.update(pks[number] for number in hits)
        wrong = wrong or ("" if hits else piece)
    return found, wrong


def named(text: str, pks: Mapping[int, int]) -> set[int]:
    """The ids of the claims that these numbers name; InvalidInput where one names none."""
    found, wrong = read(text, pks)
    if wrong:
        message = _("Write numbers of claims of this list, such as 3 or 17-20: “%s” is none.") % wrong[:40]
        raise InvalidInput("no_such_number", message, pointer="/also")
    return found


def written(numbers: Iterable[int]) -> str:
    """As `read` reads them, neighbours drawn together."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(low) if low == high else f"{low}-{high}" for low, high in runs)


def context(
    rows: Sequence[Claim], listed: Sequence[Claim], *, address: str, refused: Mapping[str, Any]
) -> dict[str, Any]:
    """Which cards of a page are ticked, and what the field for the claims of the other pages says.

    `rows`: the whole list; `listed`: those of this page; `address`: the numbers in its address; `refused`: an act that failed.
    """
    chosen: Collection[int] = refused.get("chosen") or read(address, {claim.number: claim.pk for claim in rows})[0]
    here = {claim.pk for claim in listed}
    others = written(claim.number for claim in rows if claim.pk in chosen and claim.pk not in here)
    return {
        "ticked": here & set(chosen),
        "also": refused.get("also") or others,
        "has_others": len(rows) > len(listed),
    }

"""The newsroom's checklist in a review: what is ticked in a draft, and what keeps it from being submitted."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from annotations.errors import InvalidInput
from annotations.models import Checklist, Review
from annotations.newsrooms import guidelines

_MOST = 2 * guidelines.MOST_ITEMS  # ticks of lines that are gone by now among them


def drafted(review: Review, sent: Sequence[str] | None) -> list[str]:
    """The keys that the draft keeps; None sent (a client that knows no checklist) leaves those that are there."""
    if sent is None:
        kept: list[str] = review.checks
        return kept
    return list(dict.fromkeys(str(key)[:60] for key in sent))[:_MOST]


def problems(checklist: Checklist | None, ticked: Sequence[str]) -> list[InvalidInput]:
    """One for each required line that is not ticked, at that line."""
    return [
        InvalidInput("not_ticked", _("Still to be ticked: %s") % item.text, pointer=f"/checks/{item.key}")
        for item in guidelines.items(checklist)
        if item.is_required and item.key not in ticked
    ]


def answered(checklist: Checklist | None, ticked: Sequence[str]) -> list[str]:
    """What a submitted review keeps: the ticked lines of this version, in its order."""
    return [item.key for item in guidelines.items(checklist) if item.key in ticked]

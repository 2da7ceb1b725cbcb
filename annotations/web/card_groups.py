"""The claim list of an article: in groups by what its claims wait for, and in pages where it is very long."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy

from annotations.models import Claim
from annotations.models.claims import ClaimState

PER_PAGE = 200
TAIL = 50  # so many more stay on the last page
GROUPS = {
    "proposed": gettext_lazy("to confirm"),
    "review": gettext_lazy("under review"),
    "disputed": gettext_lazy("disputed"),
    "judged": gettext_lazy("judged"),
    "orphaned": gettext_lazy("orphaned"),
    "dropped": gettext_lazy("dropped"),
}
_GROUP_OF: dict[str, str] = {
    ClaimState.PROPOSED: "proposed",
    ClaimState.DISPUTED: "disputed",
    ClaimState.RULED: "judged",
    ClaimState.PUBLISHED: "judged",
    ClaimState.ORPHANED: "orphaned",
    ClaimState.DROPPED: "dropped",
}


def group_of(state: str) -> str:
    """`state`: the one shown to the member."""
    return _GROUP_OF.get(state, "review")


def is_paged(article_id: int) -> bool:
    """Whether the article's list has several pages."""
    return Claim.objects.filter(article_id=article_id).count() > PER_PAGE + TAIL


def sorted_out(
    rows: Sequence[Claim], states: Mapping[int, str], *, wanted: str = "", page: str = "", at: str = ""
) -> dict[str, Any]:
    """One page of the claims of one group (`wanted`, "" for all), how many there are of each, how far the article is.

    `states`: those shown to the member; `page`: its number; `at`: the claim whose page it is, which goes before `page`.
    """
    groups = {claim.pk: group_of(states[claim.pk]) for claim in rows}
    counts = Counter(groups.values())
    show = wanted if counts[wanted] else ""
    kept = [claim for claim in rows if groups[claim.pk] == show] if show else list(rows)
    pages = Paginator(kept, PER_PAGE, orphans=TAIL)
    place = next((place for place, claim in enumerate(kept) if str(claim.pk) == at), None) if at else None
    found = pages.get_page(page if place is None else min(place // PER_PAGE + 1, pages.num_pages))
    return {
        "listed": list(found),
        "pages": found if pages.num_pages > 1 else None,
        "show": show,
        "groups": [(group, label, counts[group]) for group, label in GROUPS.items() if counts[group]],
        "all_count": len(rows),
        "judged_count": counts["judged"],
        "kept_count": len(rows) - counts["dropped"],
    }

"""What was judged before: similar claims of the newsroom, published rulings among them, and earlier fact-checks; with a score and why."""

from dataclasses import dataclass

from annotations.claims import queries as claims
from annotations.claims.repeats import index
from annotations.claims.repeats.index import Similar
from annotations.models import Claim, EarlierCheck, Member, Publication
from annotations.newsrooms.access import require
from annotations.reviews import queries as reviews

_MORE = 15  # looked at beyond what is shown
_JUDGED = 2


@dataclass(frozen=True, slots=True)
class Precedent:
    """Either a claim (with the state that this member may see, and its publication) or an earlier fact-check."""

    score: float
    why: tuple[str, ...]
    claim: Claim | None = None
    words: str = ""
    state: str = ""
    publication: Publication | None = None
    earlier: EarlierCheck | None = None


def of_claim(member: Member, claim: Claim, *, limit: int = 5) -> list[Precedent]:
    """Those like this claim, the ones it is linked to left out."""
    require(member, "claim.read")
    found = index.similar(member.newsroom_id, claims.wording(claim), limit=limit + _MORE, but=claim)
    group = {claim.pk, claim.same_as_id}
    return _best(
        [each for each in _filled(member, found) if each.claim is None or _first(each.claim) not in group], limit
    )


def of_text(member: Member, text: str, *, limit: int = 5) -> list[Precedent]:
    """Those like any wording."""
    require(member, "claim.read")
    return _best(_filled(member, index.similar(member.newsroom_id, text, limit=limit + _MORE)), limit)


def _best(found: list[Precedent], limit: int) -> list[Precedent]:
    """The likest; of what was judged already at least the two likest, however many open claims say the same."""
    judged = [each for each in found if each.earlier or each.publication][:_JUDGED]
    rest = [each for each in found if each not in judged]
    return sorted([*judged, *rest[: limit - len(judged)]], key=found.index)


def group(member: Member, claim: Claim) -> list[Claim]:
    """All appearances of the same claim, the first one first; empty when it stands alone."""
    require(member, "claim.read")
    first = _first(claim)
    rows = Claim.objects.filter(newsroom_id=member.newsroom_id).filter(pk=first) | Claim.objects.filter(
        newsroom_id=member.newsroom_id, same_as_id=first
    )
    found = list(
        rows.select_related("article", "same_as").prefetch_related("spans").order_by("same_as_id", "pk").distinct()
    )
    return sorted(found, key=lambda each: (each.pk != first, each.pk)) if len(found) > 1 else []


def publication_of(claim: Claim) -> Publication | None:
    """What readers see of it, or of the claim that it is linked to."""
    return Publication.objects.filter(ruling__claim_id=_first(claim)).select_related("newsroom").order_by("-pk").first()


def _first(claim: Claim) -> int:
    return claim.same_as_id or claim.pk


def _filled(member: Member, found: list[Similar]) -> list[Precedent]:
    rows = {
        claim.pk: claim
        for claim in claims.in_newsroom(member)
        .filter(pk__in=[each.claim_id for each in found if each.claim_id], merged_into=None)
        .select_related("article")
        .prefetch_related("spans")
    }
    states = reviews.shown_states(member, rows.values())
    published = {
        row.ruling.claim_id: row
        for row in Publication.objects.filter(
            newsroom_id=member.newsroom_id, ruling__claim_id__in=[_first(claim) for claim in rows.values()]
        ).select_related("newsroom", "ruling__label")
    }
    checks = EarlierCheck.objects.in_bulk([each.earlier_id for each in found if each.earlier_id])
    filled = []
    for each in found:
        claim = rows.get(each.claim_id or 0)
        if claim is not None:
            filled.append(
                Precedent(
                    each.likeness.score,
                    each.likeness.why,
                    claim=claim,
                    words=claims.wording(claim),
                    state=states[claim.pk],
                    publication=published.get(_first(claim)),
                )
            )
        elif each.earlier_id in checks:
            earlier = checks[each.earlier_id]
            filled.append(Precedent(each.likeness.score, each.likeness.why, words=earlier.claim, earlier=earlier))
    return filled

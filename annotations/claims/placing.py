"""After a new version: where a lost claim may stand now, and leaving an article's reworded claims as they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import transaction
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from annotations.claims import cutting, queries
from annotations.claims.segmenters.boundaries import sentences
from annotations.lib.folding import fold_text
from annotations.models import Claim, Member, Span
from annotations.models.claims import Anchor, ClaimState
from annotations.newsrooms.access import require

LEAST = 0.35
MOST = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of the current version; `proposal`: the number of the untouched proposed claim that stands in it now."""

    start: int
    end: int
    exact: str
    likeness: float
    proposal: int | None = None

    @property
    def key(self) -> str:
        """What a button sends back: offsets and words, so that words of another version are refused."""
        return f"{self.start}:{self.end}:{self.exact}"


def places_for(claims: Iterable[Claim]) -> dict[int, list[Place]]:
    """For each orphan the sentences most like it that nobody's claim stands in, best first; one query for all.

    A new version's sentences are proposed as claims at once: those that no editor has touched do not count as taken.
    """
    lost = [claim for claim in claims if claim.anchor == Anchor.ORPHANED and claim.article.current is not None]
    spans = (
        Span.objects.filter(version_id__in={claim.article.current_id for claim in lost})
        .exclude(claim__state=ClaimState.DROPPED)
        .select_related("claim")
        .defer("exact")
    )
    stands: dict[int, list[Span]] = {}
    for span in spans:
        stands.setdefault(span.version_id, []).append(span)
    return {claim.pk: _likest(claim, stands.get(claim.article.current_id or 0, [])) for claim in lost}


def _likest(claim: Claim, spans: Sequence[Span]) -> list[Place]:
    version = claim.article.current
    assert version is not None
    words = fold_text(queries.quote(claim)).split()
    known = set(words)
    found = []
    for start, end, folded in _sentences(version.text, claim.article.language):
        if known.isdisjoint(folded):
            continue
        likeness = (
            Indel.normalized_similarity(words, folded) + fuzz.ratio(" ".join(words), " ".join(folded)) / 100
        ) / 2
        if likeness >= LEAST:
            found.append(Place(start, end, version.text[start:end], likeness))
    found.sort(key=lambda place: (-place.likeness, place.start))
    free = []
    for place in found:
        inside = [span.claim for span in spans if span.start < place.end and place.start < span.end]
        if all(untouched(each) for each in inside):
            number = inside[0].number if inside else None
            free.append(Place(place.start, place.end, place.exact, place.likeness, number))
        if len(free) == MOST:
            break
    return free


@lru_cache(maxsize=16)
def _sentences(text: str, language: str) -> list[tuple[int, int, list[str]]]:
    return [
        (span.start, span.end, fold_text(text[span.start : span.end]).split())
        for span, heading in sentences(text, language)
        if not heading
    ]


def untouched(claim: Claim) -> bool:
    """Proposed by the segmenter, and no editor has written to it."""
    return claim.state == ClaimState.PROPOSED and claim.created_by_id is None and claim.row_version == 1


def leave(member: Member, article_id: int, claim_ids: Iterable[int]) -> int:
    """Leave these reworded claims of the article as they are, at once; how many.

    An orphan is not left, nor one whose restated wording an editor should read first.
    """
    require(member, "claim.edit")
    wanted = queries.to_look_at(member).filter(article_id=article_id, pk__in=list(claim_ids), restated="")
    found = list(wanted.exclude(anchor=Anchor.ORPHANED))
    with transaction.atomic():
        for claim in found:
            cutting.keep(claim, by=member)
    return len(found)

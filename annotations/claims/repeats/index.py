"""The index: one posting for each gram of each fingerprint. The same lists in the same order, so the same answer, on SQLite and PostgreSQL."""

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from annotations import jobs
from annotations.claims.queries import wording
from annotations.claims.repeats.folded import Likeness, grams, likeness, words
from annotations.models import Claim, EarlierCheck, Fingerprint, Newsroom, Posting

# A gram that stands in more fingerprints than this tells little; its list is not read to the end.
_MOST_POSTINGS = 120
_MORE_POSTINGS = 1500
_COMPARED = 60
_ENOUGH = 3  # rare grams shared with some candidate; with fewer, common grams are read too
_MOST_COMMON = 24
_FILLED = 500  # claims of one run of the job
_BATCH = 200  # grams of one statement: SQLite allows no more parts of a UNION than 500
LEAST = 0.45  # likeness below which nothing is shown


@dataclass(frozen=True, slots=True)
class Similar:
    """A claim or an earlier fact-check that is like the one asked for."""

    claim_id: int | None
    earlier_id: int | None
    likeness: Likeness


def put(newsroom_id: int, entries: Iterable[tuple[Claim | EarlierCheck, str]]) -> None:
    """Index these wordings, anew where they were indexed. Call inside a transaction."""
    for owner, text in entries:
        _take_out(owner)
        folded = words(text)[:20000]
        key = {"claim": owner} if isinstance(owner, Claim) else {"earlier": owner}
        made = Fingerprint.objects.create(newsroom_id=newsroom_id, words=folded, **key)
        Posting.objects.bulk_create(
            Posting(newsroom_id=newsroom_id, gram=gram, fingerprint_id=made.pk) for gram in sorted(grams(folded))
        )


def _take_out(owner: Claim | EarlierCheck) -> None:
    key = {"claim": owner} if isinstance(owner, Claim) else {"earlier": owner}
    known = Fingerprint.objects.filter(**key).first()
    if known is not None:
        Posting.objects.filter(
            newsroom_id=known.newsroom_id, gram__in=grams(known.words), fingerprint_id=known.pk
        ).delete()
        known.delete()


def refresh(claim: Claim) -> None:
    """The claim's wording may have changed; what an undone act made is nobody's repeat."""
    if claim.undone:
        _take_out(claim)
        return
    put(claim.newsroom_id, [(claim, wording(claim))])


def fill(newsroom_id: int, lease: jobs.Lease) -> None:
    """The job: index the newsroom's claims and earlier fact-checks that are not indexed yet, some at a time."""
    with transaction.atomic():
        jobs.hold(lease)
        room = Newsroom.objects.filter(pk=newsroom_id).first()
        if room is None:
            return
        claims = list(
            Claim.objects.filter(newsroom=room, fingerprint=None)
            .select_related("article")
            .prefetch_related("spans")
            .order_by("pk")[:_FILLED]
        )
        earlier = list(EarlierCheck.objects.filter(newsroom=room, fingerprint=None).order_by("pk")[:_FILLED])
        put(room.pk, [(claim, wording(claim)) for claim in claims])
        put(room.pk, [(check, check.claim) for check in earlier])
        if len(claims) == _FILLED or len(earlier) == _FILLED:
            jobs.owe("claims.index", room.pk, newsroom_id=room.pk)


def give_up(newsroom_id: int, code: str) -> None:
    """Nothing stands on a row: the work table says that the index is not complete."""


def similar(newsroom_id: int, text: str, *, limit: int = 5, but: Claim | None = None) -> list[Similar]:
    """The newsroom's claims (any state, any article) and earlier fact-checks most like this wording, best first."""
    folded = words(text)
    wanted = sorted(grams(folded))
    if not wanted:
        return []
    scores = _candidates(newsroom_id, wanted)
    best = heapq.nsmallest(_COMPARED, scores, key=lambda pk: (-scores[pk], pk))
    rows = Fingerprint.objects.filter(pk__in=best).values_list("claim_id", "earlier_id", "words")
    found = [
        Similar(claim_id, earlier_id, likeness(folded, known))
        for claim_id, earlier_id, known in rows
        if but is None or claim_id != but.pk
    ]
    found = [each for each in found if each.likeness.score >= LEAST]
    found.sort(key=lambda each: (-each.likeness.score, -(each.claim_id or 0), -(each.earlier_id or 0)))
    return found[:limit]


def _candidates(newsroom_id: int, wanted: Sequence[int]) -> Counter[int]:
    """Fingerprints by the weight of the grams they share; a rare gram weighs more. Common grams only when rare ones tell little."""
    lists = _postings(newsroom_id, wanted, _MOST_POSTINGS + 1)
    scores: Counter[int] = Counter()
    held: Counter[int] = Counter()
    common = []
    for gram in wanted:
        holders = lists.get(gram, [])
        if len(holders) > _MOST_POSTINGS:
            common.append(gram)
            continue
        weight = 1 / math.sqrt(1 + len(holders))
        for pk in holders:
            scores[pk] += weight  # type: ignore[assignment]  # Counter takes any number
            held[pk] += 1
    if common and max(held.values(), default=0) < _ENOUGH:
        for holders in _postings(newsroom_id, common[:_MOST_COMMON], _MORE_POSTINGS).values():
            if len(holders) == _MORE_POSTINGS:
                continue  # cut off: it would favour whoever came first
            weight = 1 / math.sqrt(1 + len(holders))
            for pk in holders:
                scores[pk] += weight  # type: ignore[assignment]
    return scores


def _postings(newsroom_id: int, wanted: Sequence[int], most: int) -> dict[int, list[int]]:
    """The first `most` fingerprints of each gram, in one statement."""
    found: dict[int, list[int]] = {}
    table = connection.ops.quote_name(Posting._meta.db_table)
    one = f"SELECT gram, fingerprint_id FROM {table} WHERE newsroom_id = %s AND gram ="  # noqa: S608  # constants
    tail = f"ORDER BY fingerprint_id LIMIT {int(most)}"
    with connection.cursor() as cursor:
        for first in range(0, len(wanted), _BATCH):
            batch = list(wanted[first : first + _BATCH])
            if connection.vendor == "postgresql":  # planned once, not once a gram
                statement = f"SELECT p.* FROM unnest(%s::int[]) AS g(g) CROSS JOIN LATERAL ({one} g.g {tail}) AS p"  # noqa: S608
                cursor.execute(statement, [batch, newsroom_id])
            else:
                statement = " UNION ALL ".join(f"SELECT * FROM ({one} %s {tail})" for _gram in batch)  # noqa: S608
                cursor.execute(statement, [value for gram in batch for value in (newsroom_id, gram)])
            for gram, fingerprint_id in cursor.fetchall():
                found.setdefault(gram, []).append(fingerprint_id)
    return found

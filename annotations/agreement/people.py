"""Reviewers against the rest, and in pairs. Shown to the reviewer themself and to admins, nobody else.

A reviewer's own figures rest on claims that they have submitted a verdict on, so the others' verdicts are open to them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Count, F, Q, QuerySet

from annotations.agreement import pairs, patterns, tallies
from annotations.agreement.consensus import LEAST_FOR_CONFUSION
from annotations.agreement.engine import Figure
from annotations.agreement.pairs import LEAST_SHARED, Pair, Reviewer
from annotations.agreement.patterns import Array, Declared
from annotations.agreement.tallies import Axis
from annotations.models import Claim, Member, Review
from annotations.models.reviews import ReviewState
from annotations.newsrooms.access import require
from annotations.newsrooms.queries import current_scale

LEAST_REVIEWED = LEAST_FOR_CONFUSION  # claims shared with others; below, only counts are shown


@dataclass(frozen=True)
class Person:
    """`reviewed`: first verdicts that count; `shared`: of them on claims that others judged too."""

    member: Member
    reviewed: int
    shared: int
    found: Reviewer

    @property
    def enough(self) -> bool:
        return self.shared >= LEAST_REVIEWED

    @property
    def vs_rest(self) -> Figure | None:
        """1 as alike as can be, 0 as far from the others as chance; None below the minimum."""
        return self.found.vs_rest if self.enough else None

    @property
    def leniency(self) -> Figure | None:
        """Mean steps towards the true end, against the others on shared claims; None below the minimum."""
        return self.found.rank_shift if self.enough else None


@dataclass(frozen=True)
class Couple:
    """Two reviewers; `figures` are empty below 20 shared claims."""

    one: Member
    other: Member
    found: Pair

    @property
    def enough(self) -> bool:
        return bool(self.found.figures)


@dataclass(frozen=True)
class Everyone:
    axis: Axis
    persons: list[Person]
    couples: list[Couple]


@dataclass(frozen=True)
class Own:
    axis: Axis
    person: Person
    couples: list[Couple]


def own(member: Member) -> Own:
    """The member's own figures, over the claims that they judged: all of those are open to them."""
    require(member, "agreement.own")
    scale = current_scale(member.newsroom)
    axis = Axis.of(scale)
    mine = tallies.first_verdicts().filter(reviewer=member)
    claims = tallies.counted(member.newsroom_id, scale).filter(pk__in=mine.values("claim_id"))
    others = Q(claim__reviews__reviewer_id__lt=member.pk) | Q(claim__reviews__reviewer_id__gt=member.pk)
    rows = _joined(mine.filter(claim__in=claims.values("pk")), others)
    members, tables = _tables(rows, axis, {member.pk})
    return Own(
        axis,
        _persons([member], members, tables, claims, axis)[0],
        _couples(members, tables, axis),
    )


def everyone(member: Member) -> Everyone:
    """All reviewers and all pairs that share a claim, without claims that this admin may still review."""
    require(member, "agreement.people")
    scale = current_scale(member.newsroom)
    axis = Axis.of(scale)
    claims = tallies.counted(member.newsroom_id, scale)
    if hiding := tallies.hidden(member):
        claims = claims.exclude(pk__in=hiding)
    given = tallies.first_verdicts().filter(claim__in=claims.values("pk"))
    rows = _joined(given, Q(claim__reviews__reviewer_id__gt=F("reviewer_id")))
    known = set(given.order_by().values_list("reviewer_id", flat=True).distinct())
    members, tables = _tables(rows, axis, known)
    return Everyone(
        axis, _persons(list(members.values()), members, tables, claims, axis), _couples(members, tables, axis)
    )


def _joined(given: QuerySet[Review], others: Q) -> QuerySet[Any]:
    """Each first verdict beside those of its claim that `others` names. One filter: a second one would join anew."""
    return given.filter(others, claim__reviews__state=ReviewState.SUBMITTED, claim__reviews__is_first=True)


def _tables(rows: QuerySet[Any], axis: Axis, known: set[int]) -> tuple[dict[int, Member], dict[tuple[int, int], Array]]:
    """Members by id, and the confusion table of each two of them (smaller id first)."""
    size = len(axis.labels)
    tables: dict[tuple[int, int], Array] = {}
    grouped = rows.order_by().values_list(
        "reviewer_id", "claim__reviews__reviewer_id", "label_id", "claim__reviews__label_id"
    )
    for one, other, label, label_of_other, many in grouped.annotate(claims=Count("pk")):
        if label not in axis.index or label_of_other not in axis.index:
            continue
        cell = (axis.index[label], axis.index[label_of_other])
        who, cell = ((one, other), cell) if one < other else ((other, one), cell[::-1])
        tables.setdefault(who, np.zeros((size, size)))[cell] += many
    ids = known | {person for who in tables for person in who}
    found = Member.objects.filter(pk__in=ids).select_related("user").order_by("user__name", "pk")
    return {each.pk: each for each in found}, tables


def _persons(
    wanted: Iterable[Member],
    members: dict[int, Member],
    tables: dict[tuple[int, int], Array],
    claims: QuerySet[Claim],
    axis: Axis,
) -> list[Person]:
    stored = Declared(tuple(None for _each in axis.order))
    table = patterns.table(tallies.histogram(claims), stored).columns(axis.order)
    given = {
        reviewer: (reviewed, shared)
        for reviewer, reviewed, shared in tallies.first_verdicts()
        .filter(claim__in=claims.order_by().values("pk"))
        .order_by()
        .values_list("reviewer_id")
        .annotate(reviewed=Count("pk"), shared=Count("pk", filter=Q(claim__verdicts__gte=2)))
    }
    return [
        Person(each, *given.get(each.pk, (0, 0)), pairs.reviewer(each.pk, tables, axis.declared, table))
        for each in wanted
    ]


def _couples(members: dict[int, Member], tables: dict[tuple[int, int], Array], axis: Axis) -> list[Couple]:
    found = [
        Couple(members[one], members[other], pairs.pair((one, other), confusion, axis.declared, least=LEAST_SHARED))
        for (one, other), confusion in tables.items()
        if one in members and other in members
    ]
    return sorted(found, key=lambda couple: (-couple.found.shared, couple.one.pk, couple.other.pk))

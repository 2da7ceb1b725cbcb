"""Which claims count into agreement, cut as a reader asks, and their verdicts as one table.

A claim counts once it has as many verdicts as the newsroom asks for: before that, a figure would tell those who may
still review it of verdicts that they must not know. Somebody asked for a further verdict on such a claim gets figures
without it (`hidden`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.agreement import patterns
from annotations.agreement.intervals import LEAST_ARTICLES
from annotations.agreement.patterns import Declared, Table
from annotations.errors import InvalidInput
from annotations.models import Article, Assignment, Claim, Disclosure, Label, Member, Review, Scale
from annotations.models.claims import COUNTED, counts_into_agreement
from annotations.models.reviews import ReviewState
from annotations.reviews import rules

__all__ = ["COUNTED"]

HOW = ("asked", "chosen", "both")  # who reviewed it: only people who were asked, only people who chose it, both
SOME = 2_000  # claims whose reviews are all looked at
AT_ONCE = 500  # ids in one query
MOST_BY_ARTICLE = 20_000  # claims; above, intervals leave out claims, so that a change stays cheap to score


@dataclass(frozen=True, kw_only=True)
class Cut:
    """Only claims of this type (its key), language, topic; opened for review within the period; reviewed so (`HOW`)."""

    claim_type: str = ""
    language: str = ""
    topic: str = ""
    since: date | None = None
    until: date | None = None
    how: str = ""

    def __bool__(self) -> bool:
        return self != WHOLE

    @classmethod
    def parse(cls, asked: Mapping[str, str]) -> "Cut":
        """As the parameters of an address say it: claim_type, language, topic, since, until (YYYY-MM-DD), how."""
        how = asked.get("how", "")
        if how and how not in HOW:
            raise InvalidInput("bad_how", _("how is asked, chosen or both."), pointer="/how")
        return cls(
            claim_type=asked.get("claim_type", ""),
            language=asked.get("language", ""),
            topic=asked.get("topic", ""),
            since=_day(asked, "since"),
            until=_day(asked, "until"),
            how=how,
        )

    def parameters(self) -> dict[str, str]:
        """What `parse` reads."""
        return {each.name: str(value) for each in fields(self) if (value := getattr(self, each.name))}


WHOLE = Cut()


def _day(asked: Mapping[str, str], name: str) -> date | None:
    value = asked.get(name, "")
    if not value:
        return None
    try:
        found = date.fromisoformat(value)
        if not 1900 <= found.year <= 2999:
            raise ValueError
    except ValueError as error:
        raise InvalidInput("bad_day", _("A day is written YYYY-MM-DD."), pointer=f"/{name}") from error
    return found


@dataclass(frozen=True)
class Axis:
    """A scale's labels in the order of the figures: on the truth scale, falsest first, then those off it."""

    labels: list[Label]
    declared: Declared
    index: dict[int, int] = field(default_factory=dict)  # label id → place here
    order: list[int] = field(default_factory=list)  # places here → places in patterns, which follow Label.order

    @property
    def keys(self) -> list[str]:
        return [label.key for label in self.labels]

    @classmethod
    def of(cls, scale: Scale) -> "Axis":
        listed = sorted(scale.labels.all(), key=lambda label: label.order)
        stored = Declared(tuple(label.position for label in listed))
        order = [*stored.on_scale, *stored.off_scale]
        labels = [listed[place] for place in order]
        declared = Declared(tuple(label.position for label in labels))
        return cls(labels, declared, {label.pk: place for place, label in enumerate(labels)}, order)


def first_verdicts() -> QuerySet[Review]:
    """The reviews that count: submitted, independent, and on the scale of their claim."""
    return Review.objects.filter(state=ReviewState.SUBMITTED, is_first=True)


def counted(newsroom_id: int, scale: Scale, article: Article | None = None) -> QuerySet[Claim]:
    """The claims behind the stored figures."""
    found = Claim.objects.filter(counts_into_agreement(), newsroom_id=newsroom_id, scale=scale)
    return found if article is None else found.filter(article=article)


def hidden(member: Member) -> list[int]:
    """Counted claims on which this member may still give a verdict (reviews/rules.py, as a query).

    Found from the member's own assignments and drafts, which are few, never by a look at each claim.
    """
    theirs = Review.objects.filter(reviewer=member)
    asked = Assignment.objects.filter(member=member, claim__state__in=rules.OPEN_TO_ASSIGNED).exclude(
        claim_id__in=theirs.filter(state=ReviewState.SUBMITTED).values("claim_id")
    )
    begun = theirs.filter(state=ReviewState.DRAFT, claim__state__in=rules.OPEN_TO_ASSIGNED)
    seen = Disclosure.objects.filter(member=member).values("claim_id")
    return sorted(
        {*asked.exclude(claim_id__in=seen).values_list("claim_id", flat=True)}
        | {*begun.exclude(claim_id__in=seen).values_list("claim_id", flat=True)}
    )


def blind_since(hiding: list[int]) -> datetime | None:
    """When the first verdict on hidden claims came in: stored figures from then on hold what the member must not know."""
    found: datetime | None = Review.objects.filter(claim_id__in=hiding, state=ReviewState.SUBMITTED).aggregate(
        first=Min("submitted_at")
    )["first"]
    return found


def cut(claims: QuerySet[Claim], wanted: Cut) -> QuerySet[Claim]:
    """Only the claims that are asked for."""
    if wanted.claim_type:
        claims = claims.filter(claim_type__key=wanted.claim_type)
    if wanted.language:
        claims = claims.filter(language=wanted.language)
    if wanted.topic:
        claims = claims.filter(topic=wanted.topic)
    if wanted.since:
        begin = _midnight(wanted.since)
        claims = claims.filter(Q(confirmed_at__gte=begin) | Q(confirmed_at=None, created_at__gte=begin))
    if wanted.until:
        end = _midnight(wanted.until) + timedelta(days=1)
        claims = claims.filter(Q(confirmed_at__lt=end) | Q(confirmed_at=None, created_at__lt=end))
    if wanted.how:
        claims = with_origin(claims).filter(_ORIGIN[wanted.how])
    return claims


_ORIGIN = {
    "asked": Q(by_asked=True, by_choice=False),
    "chosen": Q(by_asked=False, by_choice=True),
    "both": Q(by_asked=True, by_choice=True),
}


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def with_origin(claims: QuerySet[Claim]) -> QuerySet[Any]:
    """`by_asked`, `by_choice`: whether anybody gave a first verdict because they were asked, or chose the claim."""
    given = first_verdicts().filter(claim=OuterRef("pk"))
    return claims.annotate(
        by_asked=Exists(given.filter(was_assigned=True)), by_choice=Exists(given.filter(was_assigned=False))
    )


def histogram(claims: QuerySet[Claim]) -> dict[str, int]:
    """Pattern → claims with it; grouped by the database, so its size does not grow with the claims.

    COUNT(*), not of the id: then the index claim_patterns holds all that is asked for.
    """
    return dict(claims.order_by("pattern").values_list("pattern").annotate(claims=Count("*")))


def table(claims: QuerySet[Claim], axis: Axis, whole: dict[str, int]) -> Table:
    """The table that figures come from; it knows its articles where there are enough for intervals over articles."""
    declared = Declared(tuple(None for _each in axis.order))  # as stored; the axis reorders
    found: Table | None = None
    if LEAST_ARTICLES <= sum(whole.values()) <= MOST_BY_ARTICLE:
        articles: dict[int, dict[str, int]] = {}
        grouped = claims.order_by("article_id", "pattern").values_list("article_id", "pattern")
        for article_id, pattern, many in grouped.annotate(claims=Count("pk")):
            articles.setdefault(article_id, {})[pattern] = many
        if len(articles) >= LEAST_ARTICLES:
            found = patterns.by_article(list(articles.values()), declared)
    if found is None:
        found = patterns.table(whole, declared)
    return found.columns(axis.order)


def origins(claims: QuerySet[Claim]) -> dict[str, dict[str, int]]:
    """The histogram of each of `HOW`."""
    found: dict[str, dict[str, int]] = {name: {} for name in HOW}
    rows = with_origin(claims).order_by("pattern").values_list("pattern", "by_asked", "by_choice")
    for pattern, asked, chosen, many in rows.annotate(claims=Count("pk")):
        name = "both" if asked and chosen else "asked" if asked else "chosen"
        found[name][pattern] = found[name].get(pattern, 0) + many
    return found


def reviewers(claims: QuerySet[Claim], scale: Scale, whole: Mapping[str, int]) -> int:
    """How many people gave a first verdict on these claims of the scale; `whole` is their histogram.

    Of few claims all judges are read. Of many, each member's earliest claim is looked up, and only where that one is not
    among them the next ones: never a look at all reviews (indexes review_firsts, review_counts).
    """
    claims, given = claims.order_by(), first_verdicts().filter(scale=scale).order_by("submitted_at")
    if sum(whole.values()) <= SOME:
        return len(_judges(given, claims))
    first = given.filter(reviewer=OuterRef("pk")).values("claim_id")[:1]
    members = Member.objects.filter(newsroom_id=scale.newsroom_id).order_by("pk").values_list("pk", Subquery(first))
    begun = {pk: claim_id for pk, claim_id in members if claim_id is not None}
    hits = set(claims.filter(pk__in=set(begun.values())).values_list("pk", flat=True))
    found, unclear = 0, []
    for pk, claim_id in begun.items():
        if claim_id in hits:
            found += 1
            continue
        early = list(given.filter(reviewer_id=pk).values_list("claim_id", flat=True)[:AT_ONCE])
        if claims.filter(pk__in=early).exists():
            found += 1
        elif len(early) == AT_ONCE:
            unclear.append(pk)
    return found + (len(_judges(given.filter(reviewer_id__in=unclear), claims)) if unclear else 0)


def _judges(given: QuerySet[Review], claims: QuerySet[Claim]) -> set[int]:
    """Whose reviews of `given` are of these claims, by the claims' ids."""
    ids, found = list(claims.values_list("pk", flat=True)), set[int]()
    for start in range(0, len(ids), AT_ONCE):
        part = given.filter(claim_id__in=ids[start : start + AT_ONCE])
        found.update(part.order_by().values_list("reviewer_id", flat=True).distinct())
    return found

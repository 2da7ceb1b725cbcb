"""Reading reviews, as blindness allows; the reviewer's queue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.claims import queries as claim_queries
from annotations.errors import NotAllowed
from annotations.models import Assignment, Claim, Disclosure, Lease, Member, Review
from annotations.models.claims import ClaimState
from annotations.models.reviews import ReviewState
from annotations.newsrooms.access import may, require
from annotations.reviews import rules

MOST_IDS = 200
_NOT_JUDGED = frozenset({ClaimState.PROPOSED, ClaimState.DROPPED, ClaimState.ORPHANED})


def standings(member: Member, claims: Iterable[Claim]) -> dict[int, rules.Standing]:
    """The member's standing towards each claim, in three queries for any number of claims."""
    claims = list(claims)
    # The ids of thousands of claims take longer to send than what this member has in their articles takes to read.
    if len(claims) > MOST_IDS:
        among = Q(claim__article_id__in={claim.article_id for claim in claims})
    else:
        among = Q(claim_id__in=[claim.pk for claim in claims])
    own = dict(Review.objects.filter(among, reviewer=member).values_list("claim_id", "state"))
    assigned = set(Assignment.objects.filter(among, member=member).values_list("claim_id", flat=True))
    disclosed = set(Disclosure.objects.filter(among, member=member).values_list("claim_id", flat=True))
    return {
        claim.pk: rules.Standing(
            role=member.role,
            claim_state=claim.state,
            own=own.get(claim.pk, ""),
            assigned=claim.pk in assigned,
            disclosed=claim.pk in disclosed,
        )
        for claim in claims
    }


def standing(member: Member, claim: Claim) -> rules.Standing:
    return standings(member, [claim])[claim.pk]


def shown_states(member: Member, claims: Iterable[Claim]) -> dict[int, str]:
    """The state that each claim shows to this member."""
    return {pk: rules.shown_state(found) for pk, found in standings(member, claims).items()}


@dataclass(frozen=True, slots=True)
class Step:
    """One claim on the way through an article: what it shows to the member, and what is theirs to do.

    `own` is the state of their own review, "" without one; `to_do`: they may still submit one.
    """

    claim: Claim
    state: str
    own: str
    to_do: bool


def steps(member: Member, claims: Iterable[Claim]) -> list[Step]:
    """The claims that are judged (neither proposed nor dropped nor judged elsewhere), in the order given."""
    judged = [claim for claim in claims if claim.state not in _NOT_JUDGED and claim.same_as_id is None]
    found = standings(member, judged)
    writes = may(member, "review.write")
    return [
        Step(claim, rules.shown_state(here), here.own, writes and rules.may_still_review(here))
        for claim in judged
        for here in [found[claim.pk]]
    ]


def mine(member: Member, claim: Claim) -> Review | None:
    """The member's own review of the claim, with its evidence."""
    return (
        Review.objects.filter(reviewer=member, claim=claim)
        .select_related("label", "scale", "checklist")
        .prefetch_related("evidence__source")
        .first()
    )


def of_claim(member: Member, claim: Claim) -> list[Review]:
    """All submitted reviews, oldest first; NotAllowed to whoever may still give one."""
    require(member, "review.read")
    if not rules.may_see_reviews(standing(member, claim)):
        raise NotAllowed("blind", _("You see the other reviews once you have submitted yours."))
    return list(
        Review.objects.filter(claim=claim, state=ReviewState.SUBMITTED)
        .select_related("reviewer__user", "label", "scale", "checklist")
        .prefetch_related("evidence__source", "evidence__checks")
        .order_by("submitted_at", "pk")
    )


def candidates(member: Member, now: datetime) -> QuerySet[Claim]:
    """Claims that this member may take now, assigned ones first, then the check-worthiest."""
    theirs = Review.objects.filter(claim=OuterRef("pk"), reviewer=member).exclude(state=ReviewState.DRAFT)
    seen = Disclosure.objects.filter(claim=OuterRef("pk"), member=member)
    asked = Assignment.objects.filter(claim=OuterRef("pk"), member=member)
    begun = Review.objects.filter(claim=OuterRef("pk"), reviewer=member, state=ReviewState.DRAFT)
    held = Count("leases", filter=Q(leases__until__gt=now) & ~Q(leases__member=member), distinct=True)
    given = Count("reviews", filter=Q(reviews__state=ReviewState.SUBMITTED), distinct=True)
    return (
        claim_queries.in_newsroom(member)
        .annotate(asked=Exists(asked), begun=Exists(begun), held=held, given=given)
        .filter(~Exists(theirs), ~Exists(seen), same_as=None)
        .filter(
            Q(state__in=rules.OPEN_TO_ALL, held__lt=F("newsroom__reviews_wanted") - F("given"))
            | Q(state__in=rules.OPEN_TO_ALL | rules.OPEN_TO_ASSIGNED, asked=True)
            | Q(state__in=rules.OPEN_TO_ALL, begun=True)
        )
        .annotate(
            turn=Case(
                When(begun=True, then=Value(0)),
                When(asked=True, then=Value(1)),
                default=Value(2),
                output_field=IntegerField(),
            )
        )
        .order_by("turn", claim_queries.worth().desc(nulls_last=True), "pk")
    )


def queue(member: Member, *, limit: int = 50) -> list[Claim]:
    """The member's review queue: what they may take, with article and spans."""
    require(member, "queue.review")
    return list(
        candidates(member, timezone.now()).select_related("article", "claim_type").prefetch_related("spans")[:limit]
    )


def why_empty(member: Member) -> tuple[str, datetime | None]:
    """Why the queue holds nothing for this member: a code, and when to look again where that is known."""
    now = timezone.now()
    claims = claim_queries.in_newsroom(member)
    open_ones = claims.filter(state__in=rules.OPEN_TO_ALL, same_as=None)
    if not open_ones.exists():
        return ("nothing_confirmed", None) if claims.filter(state=ClaimState.PROPOSED).exists() else ("all_done", None)
    mine_done = Review.objects.filter(claim=OuterRef("pk"), reviewer=member).exclude(state=ReviewState.DRAFT)
    seen = Disclosure.objects.filter(claim=OuterRef("pk"), member=member)
    if not open_ones.filter(~Exists(mine_done), ~Exists(seen)).exists():
        return "yours_done", None
    ends = (
        Lease.objects.filter(claim__in=open_ones, until__gt=now)
        .exclude(member=member)
        .order_by("until")
        .values_list("until", flat=True)
    )
    first = ends.first()
    return ("leased", first) if first else ("enough_reviewers", None)

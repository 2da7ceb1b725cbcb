"""What the votes on a claim most likely mean, given how each reviewer errs: beside the raw votes, for whoever rules.

It proposes; people rule. Fitted when it is read, over the newsroom's latest first verdicts, so nothing can be stale.
"""

from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from annotations.agreement import calibration, consensus, tallies
from annotations.agreement.calibration import Calibration
from annotations.agreement.pairs import Ratings
from annotations.agreement.patterns import Array, Indexes
from annotations.agreement.tallies import Axis
from annotations.models import Article, Claim, Label, Member, Ruling, Scale
from annotations.models.rulings import RulingState
from annotations.newsrooms.access import require
from annotations.newsrooms.queries import current_scale
from annotations.reviews import queries as reviews
from annotations.reviews import rules

MOST_CLAIMS = 3_000  # newest; bounds the time, and by then a reviewer's errors are known well enough
LEAST_VERDICTS = consensus.LEAST_FOR_CONFUSION  # of each who judged the claim; below, their errors are guesswork
MOST_RULED = 500  # newest rulings that the certainty is measured against
FALLBACK = "votes_and_prevalence"


@dataclass(frozen=True)
class Proposal:
    """`shares`: labels with their probability, likeliest first; `credible`: the fewest labels that hold 90 % of it.

    `temperature`: what the certainty was divided by after comparing it with `ruled` rulings; None: not calibrated.
    """

    method: str
    label: Label
    tied: bool
    shares: list[tuple[Label, float]]
    credible: list[Label]
    claims: int
    verdicts: int
    reviewers: int
    ruled: int
    temperature: float | None
    converged: bool

    @property
    def is_plain(self) -> bool:
        return self.method == FALLBACK


@dataclass(frozen=True)
class Consensus:
    """What is likely for each claim that the reader may know of; rows as in `places` (claim id → row).

    `plain`: rows where a reviewer is known from too few verdicts, so that votes and prevalence stand in. `posterior` is
    tempered where there is a calibration.
    """

    axis: Axis
    places: dict[int, int]
    given: Array
    posterior: Array
    plain: NDArray[np.bool_]
    read: consensus.Proposal
    calibration: Calibration
    verdicts: int
    reviewers: int
    converged: bool

    def entropy(self, claim_id: int) -> float | None:
        """In nats; None for a claim that is not in it."""
        at = self.places.get(claim_id)
        return None if at is None else float(self.read.entropy[at])


def over(member: Member, scale: Scale, claim: Claim | None = None, *, tempered: bool = True) -> Consensus:
    """Fit it over the newest first verdicts. `claim`: is in it in any case, and its own ruling does not calibrate it.

    `tempered`: False spares the look at rulings where only the order counts, as one temperature flattens all alike.
    """
    axis = Axis.of(scale)
    votes = _votes(member, scale, claim, axis)
    size, claims = len(axis.labels), len(votes.places)
    cells = votes.ratings.claim * size + votes.ratings.label
    given: Array = np.bincount(cells, minlength=claims * size).reshape(-1, size).astype(float)
    fit = consensus.fit(
        votes.ratings,
        claims=claims,
        reviewers=votes.reviewers,
        size=size,
        prior=consensus.ordinal_prior(axis.declared),
    )
    known, posterior = Calibration(None, 0), fit.posterior
    if tempered:
        known = calibration.calibrate(fit.log_posterior, _ruled(scale, claim, votes.places, axis))
    if known.temperature is not None:
        posterior = calibration.tempered(fit.log_posterior, known.temperature)
    plain = np.zeros(claims, dtype=bool)
    if claims:
        unknown = np.bincount(votes.ratings.reviewer, minlength=votes.reviewers) < LEAST_VERDICTS
        plain[votes.ratings.claim[unknown[votes.ratings.reviewer]]] = True
        posterior = np.where(plain[:, None], calibration.with_prevalence(given), posterior)
    return Consensus(
        axis,
        votes.places,
        given,
        posterior,
        plain,
        consensus.propose(posterior, given, axis.declared),
        known,
        len(votes.ratings.claim),
        votes.reviewers,
        fit.converged,
    )


def of_claim(member: Member, claim: Claim) -> Proposal | None:
    """None below two first verdicts, and for whoever must not see the claim's reviews."""
    if claim.scale is None or claim.verdicts < 2 or not rules.may_see_reviews(reviews.standing(member, claim)):
        return None
    found = over(member, claim.scale, claim)
    return _proposal(found, found.places[claim.pk]) if claim.pk in found.places else None


def of_claims(member: Member, article: Article | None = None) -> list[tuple[Claim, Proposal, float, Array]]:
    """Each counted claim whose reviews the member may see: the claim, its proposal, entropy in nats, votes by label."""
    require(member, "agreement.read")
    scale = current_scale(member.newsroom)
    found = over(member, scale)
    counted = tallies.counted(member.newsroom_id, scale, article).filter(verdicts__gte=2).order_by("-pk")
    claims = [claim for claim in counted[:MOST_CLAIMS] if claim.pk in found.places]
    standings = reviews.standings(member, claims)
    return [
        (claim, _proposal(found, at), float(found.read.entropy[at]), found.given[at])
        for claim in claims
        if rules.may_see_reviews(standings[claim.pk])
        for at in [found.places[claim.pk]]
    ]


def calibrated(member: Member) -> Calibration:
    """How sure the consensus is against how often rulings agree with it; or how many rulings there are so far."""
    require(member, "agreement.read")
    scale = current_scale(member.newsroom)
    ruled = _rulings(scale, None)
    if ruled.count() < calibration.LEAST_RULED:  # without the cost of a fit
        return Calibration(None, ruled.count(), "not_calibrated")
    return over(member, scale).calibration


def _proposal(found: Consensus, at: int) -> Proposal:
    mine, axis, plain = found.posterior[at], found.axis, bool(found.plain[at])
    order = np.argsort(-mine, kind="stable")
    return Proposal(
        method=FALLBACK if plain else consensus.METHOD,
        label=axis.labels[int(found.read.label[at])],
        tied=bool(found.read.tied[at]),
        shares=[(axis.labels[index], float(mine[index])) for index in order if mine[index] >= 0.005],
        credible=[axis.labels[index] for index in order if found.read.credible[at, index]],
        claims=len(found.places),
        verdicts=found.verdicts,
        reviewers=found.reviewers,
        ruled=0 if plain else found.calibration.ruled,
        temperature=None if plain else found.calibration.temperature,
        converged=plain or found.converged,
    )


@dataclass(frozen=True)
class _Votes:
    ratings: Ratings
    places: dict[int, int]  # claim id → row
    reviewers: int


def _votes(member: Member, scale: Scale, claim: Claim | None, axis: Axis) -> _Votes:
    """The newest first verdicts of the newsroom, and the claim's; without claims that the member may still review."""
    hiding = [*([claim.pk] if claim else []), *tallies.hidden(member)]
    newest = tallies.counted(scale.newsroom_id, scale).exclude(pk__in=hiding).order_by("-pk")
    ids = list(newest.values_list("pk", flat=True)[:MOST_CLAIMS])
    first = tallies.first_verdicts().order_by("claim_id", "reviewer_id")
    # By range, not by a join: the index on reviews gives it without a look at older ones.
    others = first.filter(newsroom_id=scale.newsroom_id, claim_id__gte=min(ids, default=0), scale=scale)
    known = set(ids)
    columns = ("claim_id", "reviewer_id", "label_id")
    rows = [
        *(first.filter(claim=claim).values_list(*columns) if claim else []),
        *(row for row in others.values_list(*columns) if row[0] in known),
    ]
    kept = [(of, by, axis.index[label]) for of, by, label in rows if label in axis.index]
    places = {pk: at for at, pk in enumerate(dict.fromkeys(of for of, _by, _label in kept))}
    people = {pk: at for at, pk in enumerate(sorted({by for _of, by, _label in kept}))}
    flat = np.array([(places[of], people[by], label) for of, by, label in kept], dtype=np.intp).reshape(-1, 3)
    return _Votes(Ratings(flat[:, 0], flat[:, 1], flat[:, 2]), places, len(people))


def _rulings(scale: Scale, but: Claim | None) -> QuerySet[Ruling]:
    found = Ruling.objects.filter(
        newsroom_id=scale.newsroom_id, label__scale=scale, state__in=[RulingState.PUBLISHED, RulingState.CORRECTED]
    )
    return found if but is None else found.exclude(claim=but)


def _ruled(scale: Scale, but: Claim | None, places: dict[int, int], axis: Axis) -> Indexes:
    """The label that each claim was ruled to be, -1 where it was not; the claim's own ruling is left out."""
    found = np.full(len(places), -1, dtype=np.intp)
    for claim_id, label_id in _rulings(scale, but).order_by("-pk").values_list("claim_id", "label_id")[:MOST_RULED]:
        if claim_id in places and label_id in axis.index:
            found[places[claim_id]] = axis.index[label_id]
    return found

"""What the votes on a claim most likely mean, given how each reviewer errs: beside the raw votes, for whoever rules.

It proposes; people rule. Fitted when it is read, over the newsroom's latest first verdicts, so nothing can be stale.
"""

from dataclasses import dataclass

import numpy as np

from annotations.agreement import calibration, consensus, tallies
from annotations.agreement.pairs import Ratings
from annotations.agreement.patterns import Array
from annotations.agreement.tallies import Axis
from annotations.models import Claim, Label, Member, Ruling
from annotations.models.rulings import RulingState
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


def of_claim(member: Member, claim: Claim) -> Proposal | None:
    """None below two first verdicts, and for whoever must not see the claim's reviews."""
    if claim.scale is None or claim.verdicts < 2 or not rules.may_see_reviews(reviews.standing(member, claim)):
        return None
    axis = Axis.of(claim.scale)
    votes = _votes(member, claim, axis)
    if claim.pk not in votes.places:
        return None
    at, size = votes.places[claim.pk], len(axis.labels)
    cells = votes.ratings.claim * size + votes.ratings.label
    given: Array = np.bincount(cells, minlength=len(votes.places) * size).reshape(-1, size).astype(float)
    known_of = np.bincount(votes.ratings.reviewer, minlength=votes.reviewers)
    if int(known_of[votes.ratings.reviewer[votes.ratings.claim == at]].min()) < LEAST_VERDICTS:
        posterior, known, converged = calibration.with_prevalence(given), calibration.Calibration(None, 0), True
        method = FALLBACK
    else:
        fit = consensus.fit(
            votes.ratings,
            claims=len(votes.places),
            reviewers=votes.reviewers,
            size=size,
            prior=consensus.ordinal_prior(axis.declared),
        )
        known = calibration.calibrate(fit.log_posterior, _ruled(claim, votes.places, axis))
        posterior = fit.posterior
        if known.temperature is not None:
            posterior = calibration.tempered(fit.log_posterior, known.temperature)
        method, converged = consensus.METHOD, fit.converged
    mine = posterior[at : at + 1]
    read = consensus.propose(mine, given[at : at + 1], axis.declared)
    order = np.argsort(-mine[0], kind="stable")
    return Proposal(
        method=method,
        label=axis.labels[int(read.label[0])],
        tied=bool(read.tied[0]),
        shares=[(axis.labels[index], float(mine[0, index])) for index in order if mine[0, index] >= 0.005],
        credible=[axis.labels[index] for index in order if read.credible[0, index]],
        claims=len(votes.places),
        verdicts=len(votes.ratings.claim),
        reviewers=votes.reviewers,
        ruled=known.ruled,
        temperature=known.temperature,
        converged=converged,
    )


@dataclass(frozen=True)
class _Votes:
    ratings: Ratings
    places: dict[int, int]  # claim id → row
    reviewers: int


def _votes(member: Member, claim: Claim, axis: Axis) -> _Votes:
    """The newest first verdicts of the newsroom, and this claim's; without claims that the member may still review."""
    assert claim.scale is not None
    hiding = [claim.pk, *tallies.hidden(member)]
    newest = tallies.counted(claim.newsroom_id, claim.scale).exclude(pk__in=hiding).order_by("-pk")
    ids = list(newest.values_list("pk", flat=True)[:MOST_CLAIMS])
    first = tallies.first_verdicts().order_by("claim_id", "reviewer_id")
    # By range, not by a join: the index on reviews gives it without a look at older ones.
    others = first.filter(newsroom_id=claim.newsroom_id, claim_id__gte=min(ids, default=0), scale=claim.scale)
    known = set(ids)
    columns = ("claim_id", "reviewer_id", "label_id")
    rows = [
        *first.filter(claim=claim).values_list(*columns),
        *(row for row in others.values_list(*columns) if row[0] in known),
    ]
    kept = [(of, by, axis.index[label]) for of, by, label in rows if label in axis.index]
    places = {pk: at for at, pk in enumerate(dict.fromkeys(of for of, _by, _label in kept))}
    people = {pk: at for at, pk in enumerate(sorted({by for _of, by, _label in kept}))}
    flat = np.array([(places[of], people[by], label) for of, by, label in kept], dtype=np.intp).reshape(-1, 3)
    return _Votes(Ratings(flat[:, 0], flat[:, 1], flat[:, 2]), places, len(people))


def _ruled(claim: Claim, places: dict[int, int], axis: Axis) -> "np.ndarray[tuple[int], np.dtype[np.intp]]":
    """The label that each claim was ruled to be, -1 where it was not; this claim's own ruling is left out."""
    found = np.full(len(places), -1, dtype=np.intp)
    assert claim.scale is not None
    rulings = Ruling.objects.filter(
        newsroom_id=claim.newsroom_id,
        label__scale=claim.scale,
        state__in=[RulingState.PUBLISHED, RulingState.CORRECTED],
    ).exclude(claim=claim)
    for claim_id, label_id in rulings.order_by("-pk").values_list("claim_id", "label_id")[:MOST_RULED]:
        if claim_id in places and label_id in axis.index:
            found[places[claim_id]] = axis.index[label_id]
    return found

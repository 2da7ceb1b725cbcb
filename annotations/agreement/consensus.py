"""What most likely is each claim's label, given how each reviewer errs: Dawid and Skene 1979, with an ordinal prior (MAP).

It proposes; people rule. Plain maximum likelihood (`prior=None`) is for published tables: below some hundred reviews a
reviewer it does worse than the majority. Pure: numpy alone.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotations.agreement.pairs import Ratings
from annotations.agreement.patterns import Array, Declared, Indexes

METHOD = "dawid_skene_map"
VERSION = "1"
PSEUDO_REVIEWS = 10.0  # a row of each reviewer's confusion table
DIAGONAL = 0.7  # of them on the right label
DECAY = 1.2  # the rest falls off as exp(-DECAY · rank distance)
PSEUDO_CLAIMS = 1.0  # a label, on the shares
TOLERANCE = 1e-6  # largest change of a posterior
ROUNDS = 2000
CREDIBLE = 0.90
LEAST_FOR_CONFUSION = 50  # co-reviewed claims; below only counts are shown


def ordinal_prior(declared: Declared) -> Array:
    """Pseudo-reviews (true label x given label): 70 % right, 30 % elsewhere, nearer on the scale more likely.

    A label off the scale takes an even share of the 30 %, and so do all others where the true label is off it.
    """
    size = declared.size
    if size == 1:
        return np.full((1, 1), PSEUDO_REVIEWS)
    rank = {label: float(place) for place, label in enumerate(declared.on_scale)}
    found = np.zeros((size, size))
    for true in range(size):
        others = [label for label in range(size) if label != true]
        near = [label for label in others if true in rank and label in rank]
        for label in others:
            found[true, label] = 1 / len(others)
        if near:
            falls = np.exp([-DECAY * abs(rank[true] - rank[label]) for label in near])
            found[true, near] = falls / falls.sum() * len(near) / len(others)
    found *= 1 - DIAGONAL
    np.fill_diagonal(found, DIAGONAL)
    return found * PSEUDO_REVIEWS


@dataclass(frozen=True, slots=True)
class Fit:
    """`posterior` (claims x labels) and its logarithm; `shares` of labels; `errors` (reviewers x true x given label).

    `objective`: log likelihood, plus the log prior densities' changing part if there is a prior.
    """

    posterior: Array
    log_posterior: Array
    shares: Array
    errors: Array
    objective: float
    iterations: int
    converged: bool
    reviews: Indexes  # of each reviewer


class _Labels:
    """Reviews sorted by claim, reviewer and label, claims with most reviews first: column j holds each claim's j-th review.

    So every step is a run over whole contiguous columns, and any order of the input gives the same bits.
    """

    def __init__(self, ratings: Ratings, claims: int, reviewers: int, size: int) -> None:
        cells = reviewers * size
        ordered = np.sort(ratings.claim * cells + ratings.reviewer * size + ratings.label)
        claim, cell = ordered // cells, ordered % cells
        many = np.bincount(claim, minlength=claims)
        self.claims, self.cells, self.size = claims, cells, size
        self.order = np.argsort(-many, kind="stable")
        first = np.cumsum(many) - many
        self.columns: list[Indexes] = []
        falling = -many[self.order]
        for place in range(int(many.max(initial=0))):
            holders = self.order[: int(np.searchsorted(falling, -place, side="left"))]
            self.columns.append(cell[first[holders] + place])
        self.cell = cell

    def votes(self) -> Array:
        """Labels x claims, in the sorted order: how often each label was given."""
        found = np.zeros((self.size, self.claims))
        for column in self.columns:
            given = column % self.size
            for label in range(self.size):
                found[label, : len(column)] += given == label
        return found

    def gather(self, logs: Array) -> Array:
        """Labels x claims: the sum over a claim's reviews of `logs` (labels x cells)."""
        found = np.zeros((len(logs), self.claims))
        for label, row in enumerate(logs):
            for column in self.columns:
                found[label, : len(column)] += row.take(column)
        return found

    def scatter(self, posterior: Array) -> Array:
        """Labels x cells: the sum of `posterior` (labels x claims) over the reviews in each cell."""
        found = np.zeros((len(posterior), self.cells))
        for label, row in enumerate(posterior):
            for column in self.columns:
                found[label] += np.bincount(column, weights=row[: len(column)], minlength=self.cells)
        return found


def fit(
    ratings: Ratings,
    *,
    claims: int,
    reviewers: int,
    size: int,
    prior: Array | None,
    tolerance: float = TOLERANCE,
    rounds: int = ROUNDS,
) -> Fit:
    """EM from the vote shares. `prior`: `ordinal_prior`, or None for plain maximum likelihood.

    Repeated reviews of one claim by one person each count. A claim without a review gets the shares.
    """
    labels = _Labels(ratings, claims, reviewers, size)
    posterior = labels.votes()
    total = posterior.sum(axis=0)
    posterior = np.where(total > 0, posterior / np.maximum(total, 1), 1 / size)
    pseudo = 0.0 if prior is None else np.repeat(prior.T[None, :, :], reviewers, axis=0).reshape(-1, size).T
    extra = 0.0 if prior is None else PSEUDO_CLAIMS
    converged, iterations = False, 0
    while True:
        shares = posterior.sum(axis=1) + extra
        shares /= shares.sum()
        errors = labels.scatter(posterior) + pseudo
        rows = errors.reshape(size, reviewers, size)
        sums = rows.sum(axis=2, keepdims=True)
        rows = np.divide(rows, sums, out=np.full_like(rows, 1 / size), where=sums > 0)
        logs = _log(rows.reshape(size, -1))
        joint = labels.gather(logs)
        joint += _log(shares)[:, None]
        highest = joint.max(axis=0)
        joint -= highest
        np.exp(joint, out=(new := np.empty_like(joint)))
        mass = new.sum(axis=0)
        new /= mass
        change = float(np.abs(new - posterior).max(initial=0.0))
        posterior = new
        iterations += 1
        converged = change < tolerance
        if converged or iterations >= rounds:
            break
    joint -= np.log(mass)
    objective = float((highest + np.log(mass)).sum())
    if prior is not None:
        objective += float((pseudo * logs).sum()) + extra * float(_log(shares).sum())
    back = np.empty_like(labels.order)
    back[labels.order] = np.arange(claims)
    return Fit(
        posterior.T[back],
        joint.T[back],
        shares,
        np.ascontiguousarray(rows.transpose(1, 0, 2)),
        objective,
        iterations,
        converged,
        np.bincount(labels.cell // size, minlength=reviewers),
    )


def _log(shares: Array) -> Array:
    """-1e30 for 0, so that a sum stays a number and its exponential is 0."""
    found = np.full_like(shares, -1e30)
    np.log(shares, out=found, where=shares > 0)
    return found


@dataclass(frozen=True, slots=True)
class Proposal:
    """Per claim: the most likely label (ties: the first declared, and flagged), entropy in nats, the 90 % credible set.

    `median`: of the votes on the scale, as rank from 0 (falsest); NaN where none is on it.
    """

    label: Indexes
    tied: NDArray[np.bool_]
    entropy: Array
    credible: NDArray[np.bool_]
    median: Array


def propose(posterior: Array, votes: Array, declared: Declared) -> Proposal:
    """Read a posterior (claims x labels) out. `votes`: claims x labels, as counted."""
    best = posterior.max(axis=1, keepdims=True) if posterior.size else np.zeros((0, 1))
    ties = (posterior >= best - 1e-9).sum(axis=1) > 1
    order = np.argsort(-np.round(posterior, 12), axis=1, kind="stable")
    sorted_mass = np.take_along_axis(posterior, order, axis=1)
    before = np.cumsum(sorted_mass, axis=1) - sorted_mass
    credible = np.zeros(posterior.shape, dtype=bool)
    np.put_along_axis(credible, order, before < CREDIBLE - 1e-12, axis=1)
    entropy = -np.where(posterior > 0, posterior * np.log(np.where(posterior > 0, posterior, 1)), 0).sum(axis=1)
    return Proposal(
        order[:, 0] if order.size else np.zeros(0, np.intp), ties, entropy, credible, _median(votes, declared)
    )


def _median(votes: Array, declared: Declared) -> Array:
    placed = votes[:, declared.on_scale]
    total = placed.sum(axis=1)
    upto = np.cumsum(placed, axis=1)
    if not placed.shape[1]:
        return np.full(len(votes), np.nan)
    lower = (upto >= np.ceil(total / 2)[:, None]).argmax(axis=1)
    upper = (upto >= (np.floor(total / 2) + 1)[:, None]).argmax(axis=1)
    found: Array = np.where(total > 0, (lower + upper) / 2, np.nan)
    return found

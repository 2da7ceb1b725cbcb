"""The consensus: better than the majority where it claims to be, the same whatever the order, honest about what it knows."""

from itertools import pairwise

import numpy as np
import pytest

from annotations.agreement import calibration, consensus
from annotations.agreement.consensus import Fit, fit, ordinal_prior, propose
from annotations.agreement.pairs import Ratings
from annotations.agreement.patterns import Array, Declared, Indexes

FIVE = Declared((0, 1, 2, 3, 4))
REVIEWERS = 8


def simulated(seed: int, claims: int, reviews: int = 3) -> tuple[Indexes, Ratings]:
    """Reviewers right in 50 to 85 % of claims; near mistakes are likelier."""
    random = np.random.default_rng(seed)
    truth = random.integers(0, 5, claims)
    right = random.uniform(0.5, 0.85, REVIEWERS)
    claim = np.repeat(np.arange(claims), reviews)
    reviewer = np.concatenate([random.choice(REVIEWERS, reviews, replace=False) for _claim in range(claims)])
    places = np.arange(5)
    wrong = []
    for real in truth[claim]:
        odds = np.where(places == real, 0, np.exp(-np.abs(places - real)))
        wrong.append(random.choice(5, p=odds / odds.sum()))
    label = np.where(random.random(len(claim)) < right[reviewer], truth[claim], wrong)
    return truth, Ratings(claim, reviewer, label)


def counted(ratings: Ratings, claims: int, size: int = 5) -> Array:
    return (
        np.bincount(ratings.claim * size + ratings.label, minlength=claims * size).reshape(claims, size).astype(float)
    )


def run(ratings: Ratings, claims: int, prior: Array | None) -> Fit:
    return fit(ratings, claims=claims, reviewers=REVIEWERS, size=5, prior=prior)


def test_the_prior_keeps_it_above_the_majority_where_likelihood_alone_falls_below() -> None:
    won: dict[str, list[float]] = {"majority": [], "likelihood": [], "map": [], "votes": []}
    for seed in range(40):
        truth, ratings = simulated(seed, 60)
        votes = counted(ratings, 60)
        chosen = {
            "majority": calibration.majority(votes)[0],
            "likelihood": run(ratings, 60, None).posterior.argmax(axis=1),
            "map": run(ratings, 60, ordinal_prior(FIVE)).posterior.argmax(axis=1),
            "votes": calibration.with_prevalence(votes).argmax(axis=1),
        }
        for name, labels in chosen.items():
            won[name].append(float((labels == truth).mean()))
    mean = {name: float(np.mean(found)) for name, found in won.items()}
    assert mean["likelihood"] < mean["majority"] < mean["map"]
    assert mean["votes"] > mean["majority"] - 0.01


def test_order_says_nothing() -> None:
    _truth, ratings = simulated(1, 300)
    one = run(ratings, 300, ordinal_prior(FIVE))
    mixed = np.random.default_rng(2).permutation(len(ratings.claim))
    other = run(Ratings(ratings.claim[mixed], ratings.reviewer[mixed], ratings.label[mixed]), 300, ordinal_prior(FIVE))
    assert np.array_equal(one.posterior, other.posterior)
    assert (one.objective, one.iterations) == (other.objective, other.iterations)
    assert one.converged


def test_names_say_nothing() -> None:
    """Renumbered claims and reviewers give the renumbered answer."""
    _truth, ratings = simulated(3, 120)
    random = np.random.default_rng(4)
    claims, people = random.permutation(120), random.permutation(REVIEWERS)
    one = run(ratings, 120, ordinal_prior(FIVE))
    other = run(Ratings(claims[ratings.claim], people[ratings.reviewer], ratings.label), 120, ordinal_prior(FIVE))
    assert np.abs(one.posterior - other.posterior[claims]).max() < 1e-9
    assert np.abs(one.errors - other.errors[people]).max() < 1e-9


def slow_objective(found: Fit, ratings: Ratings, prior: Array | None) -> float:
    """The log posterior claim by claim, from the fitted shares and confusion tables."""
    total = 0.0
    for claim in range(int(ratings.claim.max()) + 1):
        mine = np.flatnonzero(ratings.claim == claim)
        likelihood = found.shares.copy()
        for at in mine:
            likelihood *= found.errors[ratings.reviewer[at], :, ratings.label[at]]
        total += float(np.log(likelihood.sum()))
    if prior is not None:
        total += float((prior[None] * np.log(found.errors)).sum())
        total += consensus.PSEUDO_CLAIMS * float(np.log(found.shares).sum())
    return total


@pytest.mark.parametrize("with_prior", [False, True])
def test_every_round_is_an_improvement(with_prior: bool) -> None:
    _truth, ratings = simulated(5, 40)
    prior = ordinal_prior(FIVE) if with_prior else None
    shape = {"claims": 40, "reviewers": REVIEWERS, "size": 5}
    steps = [fit(ratings, **shape, prior=prior, rounds=rounds) for rounds in range(1, 15)]
    values = [one.objective for one in steps]
    assert all(later >= earlier - 1e-9 for earlier, later in pairwise(values))
    assert not steps[0].converged
    if with_prior:
        assert values[-1] == pytest.approx(slow_objective(steps[-1], ratings, prior), abs=1e-8)


def test_the_prior_in_numbers() -> None:
    found = ordinal_prior(Declared((0, 1, 2, None)))
    assert found.sum(axis=1) == pytest.approx([10, 10, 10, 10])
    assert np.diag(found) == pytest.approx([7, 7, 7, 7])
    assert found[0, 3] == pytest.approx(1.0)  # off the scale: an even share of the three
    assert found[0, 1] / found[0, 2] == pytest.approx(np.exp(1.2))
    assert found[3, :3] == pytest.approx([1.0, 1.0, 1.0])
    assert ordinal_prior(Declared((0,))) == pytest.approx(np.array([[10.0]]))


def test_a_claim_without_reviews_and_a_reviewer_without_claims() -> None:
    ratings = Ratings(np.array([0, 0, 2]), np.array([0, 1, 0]), np.array([1, 1, 0]))
    found = fit(ratings, claims=3, reviewers=3, size=2, prior=ordinal_prior(Declared((0, 1))))
    assert found.posterior[1] == pytest.approx(found.shares, abs=1e-6)
    assert found.reviews.tolist() == [2, 1, 0]
    assert found.errors[2] == pytest.approx(ordinal_prior(Declared((0, 1))) / 10)
    assert np.exp(found.log_posterior) == pytest.approx(found.posterior, abs=1e-12)


def test_reading_a_posterior_out() -> None:
    posterior = np.array([[0.5, 0.5, 0.0], [0.05, 0.9, 0.05], [0.2, 0.2, 0.6], [0.0, 0.0, 1.0]])
    votes = np.array([[1, 1, 0], [0, 3, 1], [0, 0, 4], [2, 1, 0]], float)
    found = propose(posterior, votes, Declared((0, 1, None)))
    assert found.label.tolist() == [0, 1, 2, 2]
    assert found.tied.tolist() == [True, False, False, False]
    assert found.entropy == pytest.approx([np.log(2), 0.3944, 0.9503, 0.0], abs=1e-4)
    assert found.credible.tolist() == [
        [True, True, False],
        [False, True, False],
        [True, True, True],
        [False, False, True],
    ]
    assert found.median[[0, 1, 3]] == pytest.approx([0.5, 1.0, 0.0])
    assert np.isnan(found.median[2])


def test_one_temperature_needs_fifty_rulings() -> None:
    truth, ratings = simulated(6, 400)
    found = run(ratings, 400, ordinal_prior(FIVE))
    few = calibration.calibrate(found.log_posterior, np.where(np.arange(400) < 49, truth, -1))
    assert (few.temperature, few.ruled, few.undefined) == (None, 49, "not_calibrated")
    enough = calibration.calibrate(found.log_posterior, np.where(np.arange(400) < 200, truth, -1))
    assert enough.temperature is not None
    assert enough.temperature > 1  # it was too sure of itself
    assert enough.before is not None
    assert enough.after is not None
    assert abs(enough.after) < abs(enough.before)
    later = calibration.tempered(found.log_posterior[200:], enough.temperature)
    sure = found.posterior[200:].max(axis=1).mean() - (found.posterior[200:].argmax(axis=1) == truth[200:]).mean()
    mended = later.max(axis=1).mean() - (later.argmax(axis=1) == truth[200:]).mean()
    assert abs(mended) < abs(sure)
    assert later.sum(axis=1) == pytest.approx(np.ones(200))


def test_temperature_of_a_calibrated_posterior_is_one() -> None:
    random = np.random.default_rng(8)
    posterior = random.dirichlet([0.6] * 4, size=20_000)
    ruled = (posterior.cumsum(axis=1) < random.random((20_000, 1))).sum(axis=1)
    found = calibration.calibrate(np.log(np.maximum(posterior, 1e-300)), ruled)
    assert found.temperature == pytest.approx(1.0, abs=0.03)


def test_the_plain_fallback() -> None:
    votes = np.array([[2, 2, 0], [3, 0, 0], [0, 0, 0]], float)
    found = calibration.with_prevalence(votes)
    assert found[0] == pytest.approx([(2 + 0.75) / 5, (2 + 0.25) / 5, 0])
    assert found[2] == pytest.approx([0.75, 0.25, 0])
    assert calibration.majority(votes)[0].tolist() == [0, 0, -1]
    assert calibration.majority(votes)[1].tolist() == [True, False, False]
    assert calibration.with_prevalence(np.zeros((1, 2))) == pytest.approx(np.array([[0.5, 0.5]]))

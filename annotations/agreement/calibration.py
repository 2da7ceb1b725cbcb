"""Is a consensus as sure as it is right? One temperature, fitted on ruled claims; and the plain fallback in votes. Pure: numpy alone."""

import math
from dataclasses import dataclass

import numpy as np

from annotations.agreement.patterns import Array, Indexes

LEAST_RULED = 50  # claims; below, a consensus is "not calibrated"
_COLDEST, _HOTTEST = math.log(0.02), math.log(50.0)
_GOLDEN = (math.sqrt(5) - 1) / 2


@dataclass(frozen=True, slots=True)
class Calibration:
    """`temperature`, or in `undefined` why there is none. Above 1: the consensus was too sure of itself.

    `before` and `after`: mean confidence in the first label less the share in which it was ruled so.
    """

    temperature: float | None
    ruled: int
    undefined: str = ""
    before: float | None = None
    after: float | None = None


def calibrate(log_posterior: Array, ruled: Indexes) -> Calibration:
    """`ruled`: the label that each claim was ruled to be, -1 where there is no ruling.

    The temperature makes the rulings most likely under softmax(log posterior / T); the likelihood has one peak in 1/T.
    """
    known = np.flatnonzero(ruled >= 0)
    if len(known) < LEAST_RULED:
        return Calibration(None, len(known), "not_calibrated")
    logs, labels = np.maximum(log_posterior[known], -700.0), ruled[known]
    low, high = _COLDEST, _HOTTEST
    for _step in range(80):
        near, far = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        if _loss(logs, labels, math.exp(near)) <= _loss(logs, labels, math.exp(far)):
            high = far
        else:
            low = near
    temperature = math.exp((low + high) / 2)
    return Calibration(
        temperature, len(known), "", _overconfidence(logs, labels, 1.0), _overconfidence(logs, labels, temperature)
    )


def tempered(log_posterior: Array, temperature: float) -> Array:
    """softmax(log posterior / T): flatter above 1."""
    logs = np.maximum(log_posterior, -700.0 * max(1.0, temperature)) / temperature
    logs = logs - logs.max(axis=1, keepdims=True)
    found = np.exp(logs)
    shares: Array = found / found.sum(axis=1, keepdims=True)
    return shares


def _loss(logs: Array, labels: Indexes, temperature: float) -> float:
    return -float(np.log(np.maximum(1e-300, tempered(logs, temperature)[np.arange(len(labels)), labels])).mean())


def _overconfidence(logs: Array, labels: Indexes, temperature: float) -> float:
    found = tempered(logs, temperature)
    return float(found.max(axis=1).mean() - (found.argmax(axis=1) == labels).mean())


def with_prevalence(votes: Array) -> Array:
    """The plain fallback: a claim's votes, and one vote more, spread as the newsroom's labels usually fall.

    `votes`: claims x labels, as counted. A claim without votes gets the usual shares; without any votes all labels alike.
    """
    total = votes.sum(axis=1, keepdims=True)
    rated = total[:, 0] > 0
    usual = (votes[rated] / total[rated]).mean(axis=0) if rated.any() else np.full(votes.shape[1], 1 / votes.shape[1])
    found: Array = (votes + usual) / (total + 1)
    return found


def majority(votes: Array) -> tuple[Indexes, Array]:
    """The label with most votes (ties: the first declared; -1 without votes), and True where there is a tie."""
    best = votes.max(axis=1)
    tied = (votes == best[:, None]).sum(axis=1) > 1
    return np.where(best > 0, votes.argmax(axis=1), -1), tied & (best > 0)

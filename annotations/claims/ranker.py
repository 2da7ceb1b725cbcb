"""A small model of what a newsroom checks first: hashed character runs and the rule score, logistic regression. Pure.

The rule score stays a feature, so that a newsroom with few labels loses nothing. Measured by cross-validation in which an
article's claims never stand on both sides (groups), against the rule score alone.
"""

import math
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotations.lib.folding import fold_text

BITS = 15
SIZE = 1 << BITS
VERSION = "char 2-4 hash 2^15 + rule, logistic 1"
LEAST = 500  # labels before a model is trained
LEAST_OF_EACH = 50
_EPOCHS = 12
_REGULAR = 2e-4
_FOLDS = 5

Vector = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True, slots=True)
class Example:
    """A wording, whether it was worth checking, its rule score, and the group (article) it came from."""

    text: str
    worth: bool
    rule: float
    group: int = 0


@dataclass(frozen=True, slots=True)
class Gain:
    """Cross-validated area under the ROC curve and average precision, of the rule alone and of the model."""

    labels: int
    positives: int
    rule_auc: float
    model_auc: float
    rule_ap: float
    model_ap: float


@dataclass(frozen=True, slots=True)
class Model:
    """`weights`: SIZE hashed runs, then the rule's logit, then the bias."""

    weights: np.ndarray

    def rank(self, text: str, rule: float) -> float:
        """A probability of being worth checking."""
        return 1 / (1 + math.exp(-_dot(self.weights, _vector(text, rule))))

    def pack(self) -> bytes:
        """Small enough for a row: 32-bit floats, compressed."""
        return struct.pack("<I", SIZE) + zlib.compress(self.weights.astype("<f4").tobytes(), 6)

    @classmethod
    def unpack(cls, packed: bytes) -> "Model":
        """Raises ValueError for a model of another size."""
        if struct.unpack("<I", packed[:4])[0] != SIZE:
            raise ValueError("a model of another version")
        return cls(np.frombuffer(zlib.decompress(packed[4:]), dtype="<f4").astype(np.float64))


def _vector(text: str, rule: float) -> Vector:
    """Indices and values; character runs are weighted to length 1 together."""
    folded = f" {fold_text(text)[:2000]} "
    counts: dict[int, int] = {}
    for size in (2, 3, 4):
        for at in range(len(folded) - size + 1):
            place = zlib.crc32(folded[at : at + size].encode()) & (SIZE - 1)
            counts[place] = counts.get(place, 0) + 1
    values = np.log1p(np.fromiter(counts.values(), float, len(counts)))
    values /= np.linalg.norm(values) or 1.0
    rule = min(max(rule, 1e-4), 1 - 1e-4)
    indices = np.fromiter(counts.keys(), np.int64, len(counts))
    return np.append(indices, [SIZE, SIZE + 1]), np.append(values, [math.log(rule / (1 - rule)), 1.0])


def _dot(weights: np.ndarray, vector: Vector) -> float:
    return float(np.clip(weights[vector[0]] @ vector[1], -30, 30))


def train(examples: Sequence[Example], *, seed: int = 7) -> Model:
    """AdaGrad on the logistic loss, the classes weighted alike; the same labels give the same model."""
    vectors = [_vector(example.text, example.rule) for example in examples]
    return Model(_fit(vectors, np.array([example.worth for example in examples], float), seed))


def _fit(vectors: Sequence[Vector], worth: np.ndarray, seed: int) -> np.ndarray:
    weights = np.zeros(SIZE + 2)
    weights[SIZE] = 1.0  # begins as the rule
    squares = np.full(SIZE + 2, 1e-6)
    share = min(max(worth.mean(), 0.02), 0.98)
    draw = np.random.default_rng(seed)
    for _epoch in range(_EPOCHS):
        for at in draw.permutation(len(vectors)):
            indices, values = vectors[at]
            guess = 1 / (1 + math.exp(-_dot(weights, vectors[at])))
            balance = 0.5 / share if worth[at] else 0.5 / (1 - share)
            slope = balance * (guess - worth[at]) * values + _REGULAR * weights[indices]
            squares[indices] += slope * slope
            weights[indices] -= 0.25 * slope / np.sqrt(squares[indices])
    return weights


def measure(examples: Sequence[Example], *, seed: int = 7) -> Gain:
    """Cross-validation in five folds of whole groups."""
    vectors = [_vector(example.text, example.rule) for example in examples]
    worth = np.array([example.worth for example in examples], float)
    rule = np.array([example.rule for example in examples])
    folds = _folds([example.group for example in examples], seed)
    guesses = np.zeros(len(examples))
    for fold in range(_FOLDS):
        held = np.flatnonzero(folds == fold)
        rest = np.flatnonzero(folds != fold)
        if not len(held) or not len(rest):
            continue
        weights = _fit([vectors[at] for at in rest], worth[rest], seed)
        guesses[held] = [_dot(weights, vectors[at]) for at in held]
    return Gain(
        labels=len(examples),
        positives=int(worth.sum()),
        rule_auc=auc(worth, rule),
        model_auc=auc(worth, guesses),
        rule_ap=average_precision(worth, rule),
        model_ap=average_precision(worth, guesses),
    )


def _folds(groups: Sequence[int], seed: int) -> np.ndarray:
    """Whole groups to the fold that has fewest; where there are too few groups, single examples."""
    names, members = np.unique(groups, return_inverse=True)
    if len(names) < _FOLDS:
        return np.random.default_rng(seed).permutation(len(groups)) % _FOLDS
    sizes = np.bincount(members)
    load, of_group = np.zeros(_FOLDS), np.zeros(len(names), int)
    for group in np.argsort(-sizes, kind="stable"):
        of_group[group] = int(load.argmin())
        load[of_group[group]] += sizes[group]
    found: np.ndarray = of_group[members]
    return found


def auc(worth: np.ndarray, scores: np.ndarray) -> float:
    """Area under the ROC curve: the share of pairs in the right order, ties half (Mann-Whitney)."""
    positives = int(worth.sum())
    negatives = len(worth) - positives
    if not positives or not negatives:
        return 0.5
    _values, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks = (ends - (counts - 1) / 2)[inverse]
    return float((ranks[worth > 0].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def average_precision(worth: np.ndarray, scores: np.ndarray) -> float:
    """Mean of the precision at each positive, best score first."""
    ordered = worth[np.argsort(-scores, kind="stable")]
    hits = np.cumsum(ordered)
    if not hits.size or not hits[-1]:
        return 0.0
    return float((hits / np.arange(1, len(ordered) + 1))[ordered > 0].mean())


def ndcg(gains: Sequence[float]) -> float:
    """Normalised discounted cumulative gain of tiers in the order given: 2^tier - 1, discounted by log2."""

    def total(tiers: Sequence[float]) -> float:
        return sum((2**tier - 1) / math.log2(place + 2) for place, tier in enumerate(tiers))

    best = total(sorted(gains, reverse=True))
    return total(gains) / best if best else 1.0

"""How far two labels stand apart: squared distances for alpha, weights for Gwet's family and Cohen. Pure: numpy alone.

"Ordinal" means three things, so each has its own name here: Krippendorff's `ordinal` distance depends on how often the
labels are used; Gwet's `ordinal` weight counts the pairs of labels in between; `ranks` are equal steps.
"""

from collections.abc import Callable, Sequence

import numpy as np

from annotations.agreement.patterns import Array, Declared

Distance = Callable[[Array], Array]  # margins (..., labels) -> squared distances, broadcast to (..., labels, labels)

OFF_SCALE_DISTANCE = 1.0  # squared, relative to the two ends of the scale; >= 0.25 by the triangle inequality
BAND = (0.25, 0.5, 1.0)  # of OFF_SCALE_DISTANCE, shown as sensitivity
WEIGHTS = ("linear", "quadratic", "ordinal")


def nominal(margins: Array) -> Array:
    """0 for equal labels, 1 otherwise."""
    distances: Array = 1.0 - np.eye(margins.shape[-1])
    return distances


def ordinal(margins: Array) -> Array:
    """Krippendorff's ordinal distance: (sum of the margins from c to k, less half of both ends) squared."""
    return _squared(_middles(margins))


def interval(margins: Array) -> Array:
    """Equal steps between neighbouring labels."""
    return _squared(np.arange(margins.shape[-1], dtype=float))


def of_values(values: Sequence[float]) -> Distance:
    """Interval distance (c - k)² of labels that are numbers."""
    return custom(_squared(np.array(values, dtype=float)))


def ratio(values: Sequence[float]) -> Distance:
    """((c - k) / (c + k))² of labels that are numbers from 0 up. Raises ValueError for one below."""
    numbers = np.array(values, dtype=float)
    if (numbers < 0).any():
        raise ValueError("ratio distances need numbers from 0 up")
    sums = numbers[:, None] + numbers[None, :]
    return custom(((numbers[:, None] - numbers[None, :]) / np.where(sums == 0, 1.0, sums)) ** 2)


def custom(matrix: Array) -> Distance:
    """Any squared distances: symmetric, not negative, 0 on the diagonal; else ValueError."""
    if matrix.ndim != 2 or not np.array_equal(matrix, matrix.T) or (matrix < 0).any() or np.diag(matrix).any():
        raise ValueError("squared distances must be a symmetric table, not negative, with 0 on its diagonal")
    return lambda margins: matrix


def composite(declared: Declared, off: float = OFF_SCALE_DISTANCE) -> Distance:
    """Ordinal on the truth scale, relative to its two ends; `off` from a label off it to any other.

    Without labels off the scale exactly the ordinal distance, with two labels on it and `off` 1 exactly the nominal one.
    """
    on = declared.on_scale

    def squared(margins: Array) -> Array:
        found = np.full((*margins.shape, declared.size), off)
        if on:
            middle = _middles(margins[..., on])
            reach = middle[..., -1:] - middle[..., :1]
            found[..., np.array(on)[:, None], np.array(on)[None, :]] = _squared(middle / np.where(reach > 0, reach, 1))
        each = np.arange(declared.size)
        found[..., each, each] = 0.0
        return found

    return squared


def fixed(declared: Declared) -> Array:
    """((rank gap) / (K - 1))² on the truth scale, 1 against a label off it: depends on no other claim."""
    return np.asarray(_steps(declared) ** 2)


def weights(kind: str, declared: Declared) -> Array:
    """Agreement weights: identity, linear, quadratic, or Gwet's ordinal. A label off the scale weighs 0 against others."""
    if kind == "identity":
        return np.eye(declared.size)
    gap = _steps(declared)
    off = np.isin(np.arange(declared.size), declared.off_scale)
    if kind == "linear":
        found = 1.0 - gap
    elif kind == "quadratic":
        found = 1.0 - gap**2
    elif kind == "ordinal":
        places = max(2, len(declared.on_scale))
        steps = np.rint(gap * (places - 1))
        found = 1.0 - (steps + 1) * steps / (places * (places - 1))
    else:
        raise ValueError(f"no such weights: {kind!r}")
    found[off, :] = 0.0
    found[:, off] = 0.0
    np.fill_diagonal(found, 1.0)
    return found


def _steps(declared: Declared) -> Array:
    """Rank gap as a share of the whole scale; 1 against a label off it."""
    on = declared.on_scale
    ranks = np.arange(len(on), dtype=float)
    found = np.ones((declared.size, declared.size))
    if on:
        found[np.ix_(on, on)] = np.abs(ranks[:, None] - ranks[None, :]) / max(1, len(on) - 1)
    np.fill_diagonal(found, 0.0)
    return found


def _middles(margins: Array) -> Array:
    """Where the middle of each label lies when all ratings stand in line."""
    found: Array = np.cumsum(margins, axis=-1) - margins / 2
    return found


def _squared(places: Array) -> Array:
    found: Array = (places[..., :, None] - places[..., None, :]) ** 2
    return found

"""Intervals: Student's t without another package, the jackknife of -ln(1 - alpha), and the tail rule for (nearly) no disagreement."""

import math
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np

from annotations.agreement.patterns import Array

LEAST_FOR_INTERVAL = 10  # pairable claims
LEAST_ARTICLES = 20  # from here on articles are left out, not claims: those of one article are not independent
LEVEL = 0.95
TAIL = (1 - LEVEL) / 2


@dataclass(frozen=True, slots=True)
class Interval:
    """`low` and `high`, or in `undefined` why there is none. `rule`: how it was made. `se_log`: error of -ln(1 - alpha)."""

    low: float | None = None
    high: float | None = None
    se_log: float | None = None
    rule: str = ""
    undefined: str = ""
    unit: str = "claim"
    units: int = 0


def log_jackknife(value: float, replicates: Array, weight: Array) -> Interval:
    """95 % interval from the values with one unit left out each; `weight` counts equal units. `value` below 1.

    -ln(1 - alpha) is nearer to normal than alpha; t with n - 1 degrees of freedom; transformed back; floor -1, ceiling 1.
    """
    units = float(weight.sum())
    logs = -np.log(np.maximum(1e-300, 1.0 - replicates))
    mean = float(weight @ logs) / units
    error = math.sqrt((units - 1) / units * float(weight @ (logs - mean) ** 2))
    reach = t_quantile(1 - TAIL, units - 1) * error
    centre = -math.log(1.0 - value)
    low = max(-1.0, 1.0 - _exp(reach - centre))
    return Interval(low, min(1.0, 1.0 - _exp(-centre - reach)), error, "log_jackknife", units=int(units))


def tail(disagreeing: int, units: int, expected: float) -> Interval:
    """When no unit shows disagreement, or one alone: the transform or the jackknife is not defined there.

    The share of disagreeing units is at most p with 97.5 % certainty (exact binomial); each disagrees at most fully,
    so alpha is at least 1 - p / D_e. `expected` is D_e with squared distances scaled to a maximum of 1.
    """
    share = 1.0 - TAIL ** (1.0 / units) if disagreeing == 0 else _binomial_upper(disagreeing, units)
    return Interval(max(-1.0, 1.0 - share / expected), 1.0, None, "binomial_tail", units=units)


def symmetric(value: float, error: float, units: int) -> tuple[float, float]:
    """value ± t · error with n - 1 degrees of freedom, held between -1 and 1."""
    reach = t_quantile(1 - TAIL, units - 1) * error
    return max(-1.0, value - reach), min(1.0, value + reach)


def _exp(power: float) -> float:
    return math.exp(min(700.0, power))


def _binomial_upper(hits: int, units: int) -> float:
    """The share at which `hits` or fewer of `units` come with probability 2.5 % (Clopper and Pearson 1934)."""
    if hits >= units:
        return 1.0
    low, high = 0.0, 1.0
    for _step in range(60):
        share = (low + high) / 2
        logs = [
            math.lgamma(units + 1)
            - math.lgamma(count + 1)
            - math.lgamma(units - count + 1)
            + count * math.log(share)
            + (units - count) * math.log1p(-share)
            for count in range(hits + 1)
        ]
        if sum(math.exp(log) for log in logs) > TAIL:
            low = share
        else:
            high = share
    return (low + high) / 2


@lru_cache(maxsize=4096)
def t_quantile(p: float, degrees: float) -> float:
    """Student's t quantile for p in (0, 1): Newton's steps on its distribution function, halving where one leaves the bounds."""
    if not 0.0 < p < 1.0 or degrees <= 0:
        raise ValueError("p must lie between 0 and 1, degrees above 0")
    if p < 0.5:
        return -t_quantile(1.0 - p, degrees)
    if p == 0.5:
        return 0.0
    if degrees == 1:
        return math.tan(math.pi * (p - 0.5))
    if degrees == 2:
        return (2 * p - 1) / math.sqrt(2 * p * (1 - p))
    low, high = 0.0, math.inf
    t = NormalDist().inv_cdf(p)
    scale = math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2) - 0.5 * math.log(degrees * math.pi)
    for _step in range(200):
        miss = t_cdf(t, degrees) - p
        low, high = (t, high) if miss < 0 else (low, t)
        density = math.exp(scale - (degrees + 1) / 2 * math.log1p(t * t / degrees))
        new = t - miss / density if density > 0 else math.inf
        if not low < new < high:
            new = (low + high) / 2 if high < math.inf else 2 * t
        if abs(new - t) <= 1e-14 * abs(new):
            return new
        t = new
    return t


def t_cdf(t: float, degrees: float) -> float:
    """Student's distribution function, for t from 0 up."""
    return 1.0 - 0.5 * _beta(degrees / (degrees + t * t), t * t / (degrees + t * t), degrees / 2, 0.5)


def _beta(x: float, rest: float, a: float, b: float) -> float:
    """Regularised incomplete beta function I_x(a, b) by Lentz's continued fraction; `rest` is 1 - x, without its rounding."""
    if x <= 0.0 or rest <= 0.0:
        return max(0.0, min(1.0, x))
    if x > (a + 1) / (a + b + 2):
        return 1.0 - _beta(rest, x, b, a)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(rest)) / a
    fraction, c, d = 1.0, 1.0, 0.0
    for step in range(1000):
        m = step // 2
        if step == 0:
            numerator = 1.0
        elif step % 2 == 0:
            numerator = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        else:
            numerator = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1.0 / _apart(1.0 + numerator * d)
        c = _apart(1.0 + numerator / c)
        fraction *= c * d
        if abs(1.0 - c * d) < 1e-15:
            break
    return front * (fraction - 1.0)


def _apart(value: float) -> float:
    return value if abs(value) > 1e-300 else 1e-300

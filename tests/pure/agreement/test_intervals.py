"""Intervals: tabled quantiles, the rules at the edges, what is left out, and how often they cover."""

import math
from collections import Counter

import numpy as np
import pytest

from annotations.agreement import coefficients, distances, engine, intervals
from annotations.agreement.bootstrap import bootstrap
from annotations.agreement.patterns import Declared, Table, of_reviews

THREE = Declared((0, 1, 2))
TABLED = [  # Student's t, one-sided, as in any printed table
    (0.95, 1, 6.314),
    (0.975, 1, 12.706),
    (0.975, 2, 4.303),
    (0.975, 3, 3.182),
    (0.975, 5, 2.571),
    (0.995, 5, 4.032),
    (0.975, 9, 2.262),
    (0.9, 10, 1.372),
    (0.95, 10, 1.812),
    (0.9995, 10, 4.587),
    (0.975, 19, 2.093),
    (0.975, 29, 2.045),
    (0.975, 60, 2.000),
    (0.975, 120, 1.980),
    (0.975, 1e6, 1.960),
]


@pytest.mark.parametrize(("p", "degrees", "printed"), TABLED)
def test_t_quantile(p: float, degrees: float, printed: float) -> None:
    assert intervals.t_quantile(p, degrees) == pytest.approx(printed, abs=5.01e-4)
    assert intervals.t_quantile(1 - p, degrees) == -intervals.t_quantile(p, degrees)


@pytest.mark.parametrize("degrees", [3, 4, 7, 30, 999, 99_999])
def test_t_quantile_undoes_its_distribution(degrees: float) -> None:
    for p in (0.6, 0.9, 0.975, 0.9999):
        assert intervals.t_cdf(intervals.t_quantile(p, degrees), degrees) == pytest.approx(p, abs=1e-12)


def test_t_quantile_in_closed_form() -> None:
    """Four degrees of freedom have one: both ways must meet to the last digits."""
    for p in (0.75, 0.975, 0.9995):
        a = 4 * p * (1 - p)
        q = math.cos(math.acos(math.sqrt(a)) / 3) / math.sqrt(a)
        assert intervals.t_quantile(p, 4) == pytest.approx(2 * math.sqrt(q - 1), rel=1e-12)


@pytest.mark.parametrize(("p", "degrees"), [(0.0, 5), (1.0, 5), (0.9, 0)])
def test_t_quantile_refuses(p: float, degrees: float) -> None:
    with pytest.raises(ValueError):
        intervals.t_quantile(p, degrees)


def rows(*found: tuple[tuple[int, ...], int]) -> Table:
    return Table(
        np.array([counts for counts, _claims in found], float), np.array([claims for _c, claims in found], float)
    )


def test_none_below_ten_claims_and_unstable_below_twenty() -> None:
    for claims, notes in ((9, ("unstable",)), (19, ("unstable",)), (20, ())):
        figure = engine.alpha(rows(((2, 0, 0), claims - 4), ((0, 2, 0), 2), ((1, 1, 0), 2)), engine.nominal)
        assert (figure.low is None, figure.no_interval) == ((True, "few_claims") if claims < 10 else (False, ""))
        assert figure.notes == notes


def test_without_disagreement() -> None:
    """[1 - (1 - .025^(1/n)) / D_e, 1]"""
    figure = engine.alpha(rows(((2, 0, 0), 15), ((0, 2, 0), 15)), engine.nominal)
    expected = 2 * 30 * 30 / (60 * 59)
    assert (figure.value, figure.high) == (1.0, 1.0)
    assert figure.low == pytest.approx(1 - (1 - 0.025 ** (1 / 30)) / expected, abs=1e-12)


def test_the_only_disagreement_in_one_claim() -> None:
    """The jackknife would compare with an alpha of 1, whose logarithm does not exist: the exact share takes over, wider."""
    clean = engine.alpha(rows(((2, 0, 0), 25), ((0, 2, 0), 25)), engine.nominal)
    one = engine.alpha(rows(((2, 0, 0), 25), ((0, 2, 0), 24), ((1, 1, 0), 1)), engine.nominal)
    assert one.value is not None
    assert one.low is not None
    assert clean.low is not None
    assert one.value < 1.0
    assert one.low < clean.low
    assert one.high == 1.0
    assert intervals._binomial_upper(1, 50) == pytest.approx(0.1065, abs=5e-4)  # Clopper and Pearson, tabled


def test_variation_that_hangs_on_one_claim() -> None:
    figure = engine.alpha(rows(((2, 0, 0), 29), ((1, 1, 0), 1)), engine.nominal)
    assert figure.value is not None
    assert (figure.low, figure.high) == (-1.0, 1.0)  # nothing is known, and it says so


def test_ac1_without_disagreement_is_not_certain() -> None:
    figure = coefficients.gwet(rows(((2, 0, 0), 30)), distances.weights("identity", THREE))
    assert (figure.value, figure.high) == (1.0, 1.0)
    assert figure.low == pytest.approx(0.025 ** (1 / 30), abs=1e-12)


def left_out(table: Table, article: list[int]) -> tuple[float, float]:
    """The interval by leaving out each article in turn, the slow way."""
    names = sorted(set(article))
    whole = engine.alpha(table, engine.ordinal, bare=True).value or 0.0
    logs = []
    for name in names:
        kept = np.array([one != name for one in article])
        logs.append(
            -math.log(1 - (engine.alpha(Table(table.counts[kept], table.weight[kept]), engine.ordinal).value or 0))
        )
    error = math.sqrt((len(names) - 1) / len(names) * sum((one - sum(logs) / len(logs)) ** 2 for one in logs))
    reach = intervals.t_quantile(0.975, len(names) - 1) * error
    centre = -math.log(1 - whole)
    return max(-1.0, 1 - math.exp(reach - centre)), 1 - math.exp(-centre - reach)


@pytest.mark.parametrize("articles", [19, 24])
def test_claims_of_one_article_are_left_out_together(articles: int) -> None:
    random = np.random.default_rng(4)
    truth = np.repeat(random.integers(0, 3, articles), 4)
    labels = np.where(random.random((4 * articles, 3)) < 0.7, truth[:, None], random.integers(0, 3, (4 * articles, 3)))
    counts = np.array([[list(row).count(label) for label in range(3)] for row in labels], float)
    article = np.repeat(np.arange(articles), 4)
    table = Table(counts, np.ones(len(counts)), article)
    figure = engine.alpha(table, engine.ordinal)
    if articles < 20:
        assert (figure.unit, figure.units) == ("claim", 4 * articles)
        assert engine.alpha(table, engine.ordinal, by="article").no_interval == "few_articles"
        return
    assert (figure.unit, figure.units) == ("article", articles)
    assert (figure.low, figure.high) == pytest.approx(left_out(table, article.tolist()), abs=1e-10)
    assert bootstrap(table, engine.ordinal, replicates=50).unit == "article"


def simulated(random: np.random.Generator, claims: int) -> Table:
    truth = random.integers(0, 5, claims)
    given = np.clip(truth[:, None] + random.choice([-1, 0, 0, 0, 1], size=(claims, 4)), 0, 4)
    kept = random.random((claims, 4)) < 0.75
    claim = np.repeat(np.arange(claims), 4).reshape(claims, 4)
    return of_reviews(claim[kept], given[kept], 5)


@pytest.mark.parametrize(("claims", "runs"), [(12, 300), (60, 300)])
def test_coverage(claims: int, runs: int) -> None:
    """Nominal 95 % intervals hold the value of a very large sample about that often (seeded: always the same answer)."""
    random = np.random.default_rng(11)
    truth = engine.alpha(simulated(random, 200_000), engine.ordinal, bare=True).value or 0.0
    found = [engine.alpha(simulated(random, claims), engine.ordinal) for _run in range(runs)]
    defined = [one for one in found if one.low is not None and one.high is not None]
    assert len(defined) > 0.7 * runs
    covered = sum((one.low or -1) <= truth <= (one.high or 1) for one in defined) / len(defined)
    assert 0.88 <= covered <= 0.985


def test_bootstrap_is_seeded_and_near_the_jackknife() -> None:
    table = simulated(np.random.default_rng(5), 400)
    figure = engine.alpha(table, engine.ordinal)
    one, same, other = (bootstrap(table, engine.ordinal, seed=seed) for seed in (1, 1, 2))
    assert one == same
    assert one.low != other.low
    assert one.low == pytest.approx(figure.low, abs=0.02)
    assert one.high == pytest.approx(figure.high, abs=0.02)
    assert bootstrap(rows(((2, 0, 0), 5)), engine.nominal).undefined == "few_claims"
    constant = bootstrap(rows(((2, 0, 0), 50)), engine.nominal, replicates=20)
    assert (constant.undefined, constant.undefined_replicates) == ("no_variation", 20)


def test_bootstrap_draws_whole_claims_anew() -> None:
    """Against the slow way: claims drawn one by one, expected disagreement computed anew each time."""
    table = simulated(np.random.default_rng(6), 80).pairable()
    claims = np.repeat(np.arange(len(table.weight)), table.weight.astype(int))
    random = np.random.default_rng(7)
    values = []
    for _run in range(600):
        drawn = Counter(random.choice(claims, len(claims)).tolist())
        part = Table(table.counts[list(drawn)], np.array([float(count) for count in drawn.values()]))
        values.append(engine.alpha(part, engine.ordinal, bare=True).value or 0.0)
    found = bootstrap(table, engine.ordinal, replicates=2000)
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(values, [0.025, 0.975])), abs=0.03)

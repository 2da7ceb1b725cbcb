"""The statistics, measured: `make bench`. Figures are printed beside their bars; trust ratios within one run."""

import tracemalloc
from collections.abc import Callable

import krippendorff
import numpy as np

from annotations.agreement import consensus, distances, engine, overlap
from annotations.agreement.bootstrap import bootstrap
from annotations.agreement.metrics import metrics
from annotations.agreement.overlap import Marked
from annotations.agreement.pairs import Ratings
from annotations.agreement.patterns import Declared, Indexes, Table, of_reviews, table
from tests.benchmarks.test_speed import timed

LABELS = 6
DECLARED = Declared((0, 1, 2, 3, 4, None))
SIX = ("alpha_gate", "alpha_scale", "alpha_composite", "gwet_ac1", "brennan_prediger", "fleiss")


def extra(act: Callable[[], object]) -> float:
    """Megabytes at the peak, above what was there."""
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


def say(name: str, value: str, bar: str) -> None:
    print(f"{name:<66} {value:<24} bar {bar}")


def reviews(claims: int, people: int = 5) -> tuple[Indexes, Indexes]:
    """A fifth is missing; labels at random, which gives every pattern there is."""
    random = np.random.default_rng(3)
    kept = random.random((claims, people)) < 0.8
    claim = np.repeat(np.arange(claims), people).reshape(claims, people)
    return claim[kept], random.integers(0, LABELS, (claims, people))[kept]


def six(found: Table) -> list[object]:
    return [metrics()[name].score(found, DECLARED) for name in SIX]


def floor(claim: Indexes, label: Indexes, claims: int) -> float:
    """One numpy.bincount pass over the reviews, claim by label."""
    cells = claim * LABELS + label
    return timed(lambda: np.bincount(cells, minlength=claims * LABELS), runs=9)


def test_full_recompute() -> None:
    for claims in (1_000, 10_000, 100_000, 1_000_000):
        claim, label = reviews(claims)
        one_pass = floor(claim, label, claims)
        ours = timed(lambda: six(of_reviews(claim, label, LABELS)), runs=9)
        bar = "<= 6" if claims == 100_000 else "-"
        say(
            f"three alphas with intervals, AC1, BP, Fleiss, {claims:,} claims x 5",
            f"{ours * 1e3:8.2f} ms, {ours / one_pass:5.1f} passes",
            bar,
        )
        if claims != 100_000:
            continue
        say("... extra memory", f"{extra(lambda: six(of_reviews(claim, label, LABELS))):8.1f} MB", "<= 10 MB")
        counts = np.bincount(claim * LABELS + label, minlength=claims * LABELS).reshape(claims, LABELS)
        other = timed(
            lambda: krippendorff.alpha(
                value_counts=counts, value_domain=list(range(LABELS)), level_of_measurement="ordinal"
            )
        )
        say("... krippendorff package, one ordinal alpha, counts given", f"{other * 1e3:8.2f} ms", "-")
        say("... that many times slower than all six of ours", f"{other / ours:8.1f} x", ">= 12 x")


def test_one_review_changed() -> None:
    claim, label = reviews(100_000)
    found = of_reviews(claim, label, LABELS)
    keys = {
        ",".join(f"{place}:{int(count)}" for place, count in enumerate(row) if count): int(weight)
        for row, weight in zip(found.counts, found.weight, strict=True)
    }
    seconds = timed(lambda: [metric.score(table(keys, DECLARED), DECLARED) for metric in metrics().values()])
    say(
        f"all {len(metrics())} metrics anew from the kept patterns, {len(keys)} patterns",
        f"{seconds * 1e3:8.2f} ms",
        "-",
    )
    swap = timed(lambda: engine.alpha(found, distances.composite(DECLARED), bare=True), runs=50)
    say("one alpha from the histogram, no interval", f"{swap * 1e3:8.3f} ms", "<= 0.2 ms")


def test_intervals() -> None:
    for claims in (10_000, 100_000, 1_000_000):
        claim, label = reviews(claims)
        found = of_reviews(claim, label, LABELS)
        for name, distance in (("ordinal", distances.ordinal), ("composite", distances.composite(DECLARED))):
            seconds = timed(lambda distance=distance: engine.alpha(found, distance), runs=9)  # type: ignore[misc]
            say(f"{name} alpha with its jackknife, {claims:,} claims", f"{seconds * 1e3:8.2f} ms", "<= 1 ms")
        seconds = timed(lambda: bootstrap(found, distances.composite(DECLARED)))
        say(f"1,000 bootstrap replicates, {claims:,} claims", f"{seconds * 1e3:8.1f} ms", "<= 100 ms")


def test_consensus() -> None:
    claims, people, each, size = 100_000, 40, 5, 5
    random = np.random.default_rng(1)
    truth = random.integers(0, size, claims)
    claim = np.repeat(np.arange(claims), each)
    reviewer = np.argsort(random.random((claims, people)), axis=1)[:, :each].ravel()
    right = random.uniform(0.5, 0.85, people)
    near = np.clip(truth[claim] + random.choice([-2, -1, 1, 2], len(claim), p=[0.15, 0.35, 0.35, 0.15]), 0, size - 1)
    label = np.where(random.random(len(claim)) < right[reviewer], truth[claim], near)
    prior = consensus.ordinal_prior(Declared(tuple(range(size))))

    def run(order: Indexes) -> consensus.Fit:
        mixed = Ratings(claim[order], reviewer[order], label[order])
        return consensus.fit(mixed, claims=claims, reviewers=people, size=size, prior=prior)

    straight = np.arange(len(claim))
    found, mixed = run(straight), run(random.permutation(len(claim)))
    seconds = timed(lambda: run(straight))
    passes = seconds / timed(lambda: np.bincount(claim * size + label, minlength=claims * size))
    say(
        f"Dawid-Skene MAP, {len(claim):,} labels, {found.iterations} rounds, converged {found.converged}",
        f"{seconds:8.2f} s, {passes:.0f} passes",
        "<= 1 s",
    )
    say("... extra memory", f"{extra(lambda: run(straight)):8.1f} MB", "<= 50 MB")
    say("... shuffled input, largest difference", f"{np.abs(found.posterior - mixed.posterior).max():8.1e}", "<= 1e-9")


def test_spans() -> None:
    random = np.random.default_rng(5)
    bounds = [np.sort(random.choice(6_000, 40, replace=False)).reshape(20, 2) for _reviewer in range(5)]
    article = Marked(6_000, {str(who): [(int(a), int(b)) for a, b in rows] for who, rows in enumerate(bounds)})

    def score() -> object:
        pairs = overlap.span_pairs([article])
        return [(one.iou_f1, one.exact_f1, one.dice) for one in pairs.values()], overlap.character_alpha([article])

    say("span scores and character alpha, 5 reviewers x 20 spans", f"{timed(score, runs=50) * 1e3:8.2f} ms", "<= 2 ms")

"""Every verified value of the measuring tables, for the figures that exist."""

from collections import Counter
from typing import Any

import pytest

from annotations.agreement import engine
from annotations.agreement.engine import Figure
from annotations.agreement.metrics import metrics
from annotations.agreement.patterns import Declared, Histogram, key, table
from tests import measure

UNIT_TABLES = [
    "artstein_poesio_2008_dialogue_acts",
    "cohen_1960_p45",
    "encyclopedia_3x15_missing",
    "fleiss_1971_psychiatrists",
    "gwet_2014_abstractors_3x3",
    "gwet_paradox_125",
    "irrcac_likert_4x4",
    "krippendorff_2011_A_binary",
    "krippendorff_2011_C_missing",
    "randolph_2005_ex1",
    "randolph_2005_ex2",
    "zwick_1988_ex3",
]
HISTOGRAMS = [
    "hist_birdwatch_verdicts",
    "hist_climate_fever",
    "hist_snow_rte",
    "hist_truthfulness_s6_politifact",
]


def of_units(units: list[list[Any]], categories: list[Any]) -> Histogram:
    index = {str(category): place for place, category in enumerate(categories)}
    return Counter(key(Counter(index[str(value)] for value in unit if value is not None)) for unit in units)


def of_counts(rows: list[list[Any]]) -> Histogram:
    found: Counter[str] = Counter()
    for counts, claims in rows:
        found[key(dict(enumerate(counts)))] += claims
    return found


def figures(histogram: Histogram, declared: Declared) -> dict[str, Figure]:
    whole = table(histogram, declared)
    return {
        "alpha_nominal": engine.alpha(whole, engine.nominal),
        "alpha_ordinal": engine.alpha(whole, engine.ordinal),
        "alpha_rank": engine.alpha(whole, engine.interval),
        "gwet_ac1": metrics()["gwet_ac1"].score(histogram, declared),
        "percent_agreement": metrics()["percent_agreement"].score(histogram, declared),
        "alpha_gate": metrics()["alpha_gate"].score(histogram, declared),
        "alpha_on_scale_ordinal": metrics()["alpha_scale"].score(histogram, declared),
        "alpha_composite": metrics()["alpha_composite"].score(histogram, declared),
    }


def compare(found: dict[str, Figure], expected: dict[str, Any], tolerance: float) -> int:
    compared = 0
    for name, figure in found.items():
        if name not in expected:
            continue
        want = expected[name]["value"] if isinstance(expected[name], dict) else expected[name]
        if want is None:
            assert figure.value is None, name
            assert figure.undefined, name
        else:
            assert figure.value == pytest.approx(want, abs=tolerance), name
        compared += 1
    return compared


@pytest.mark.parametrize("name", UNIT_TABLES)
def test_published_table(name: str) -> None:
    data = measure.load(f"agreement/{name}.json")
    declared = Declared(tuple(range(len(data["categories"]))))
    found = figures(of_units(data["units"], data["categories"]), declared)
    assert compare(found, data["expected"], data["tolerance"]) >= 2


@pytest.mark.parametrize("name", HISTOGRAMS)
def test_real_votes(name: str) -> None:
    data = measure.load(f"agreement/{name}.json")
    size = len(data["categories"])
    on = data.get("on_scale_count", size)
    declared = Declared(tuple(index if index < on else None for index in range(size)))
    assert compare(figures(of_counts(data["histogram"]), declared), data["expected"], data["tolerance"]) >= 1


@pytest.mark.parametrize("name", ["offscale_small", "offscale_sim_60x4"])
def test_labels_off_the_scale(name: str) -> None:
    data = measure.load(f"agreement/{name}.json")
    categories = [*data["on_scale"], *data["off_scale"]]
    declared = Declared(tuple(index if index < len(data["on_scale"]) else None for index in range(len(categories))))
    assert compare(figures(of_units(data["units"], categories), declared), data["expected"], data["tolerance"]) >= 2


def test_edge_cases() -> None:
    data = measure.load("agreement/edge_cases.json")
    for case in data["cases"]:
        if "units" not in case or "alpha" not in case:
            continue
        histogram = of_units(case["units"], case["categories"])
        declared = Declared(tuple(range(len(case["categories"]))))
        found = engine.alpha(table(histogram, declared), engine.nominal)
        if case["alpha"] is None:
            assert (found.value, found.undefined) == (None, case["reason"]), case["name"]
        else:
            assert found.value == pytest.approx(case["alpha"], abs=data["tolerance"]), case["name"]
        if case.get("gwet_ac1") is not None:
            got = metrics()["gwet_ac1"].score(histogram, declared).value
            assert got == pytest.approx(case["gwet_ac1"], abs=data["tolerance"]), case["name"]


def test_intervals() -> None:
    data = measure.load("agreement/intervals_log_jackknife.json")
    compared = 0
    for row in data["intervals"]:
        source = measure.load(f"agreement/{row['dataset']}.json")
        if "units" not in source or not isinstance(source["units"], list):
            continue
        distance = {"nominal": engine.nominal, "ordinal": engine.ordinal}.get(
            row.get("metric", "").replace("alpha_", "")
        )
        if distance is None:
            continue
        declared = Declared(tuple(range(len(source["categories"]))))
        got = engine.alpha(table(of_units(source["units"], source["categories"]), declared), distance)
        assert (got.low, got.high) == pytest.approx((row["low"], row["high"]), abs=data["tolerance"])
        compared += 1
    assert compared

"""Published tables, typed in again: the suite shows them without any other data."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from annotations.agreement import consensus, distances, engine, layouts, overlap, pairs
from annotations.agreement.pairs import Ratings
from annotations.agreement.patterns import of_reviews
from annotations.agreement.reading import Options

DATA = Path(__file__).resolve().parents[2] / "data" / "agreement"
TABLES = json.loads((DATA / "tables.json").read_text(encoding="utf-8"))
TOLERANCE = 5e-6


def as_file(table: dict[str, Any]) -> bytes:
    labels = table["labels"]
    if "counts" in table:
        return json.dumps({"categories": labels, "histogram": [[row, 1] for row in table["counts"]]}).encode()
    units = table.get("units") or [
        [one, other]
        for one, row in zip(labels, table["confusion"], strict=True)
        for other, count in zip(labels, row, strict=True)
        for _claim in range(count)
    ]
    return json.dumps({"categories": labels, "units": units}).encode()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table["name"])
def test_table(table: dict[str, Any]) -> None:
    assert table["publication"]
    figures = layouts.answer(as_file(table), Options())["figures"]
    for name, value in table["values"].items():
        assert figures[name] == pytest.approx(value, abs=TOLERANCE), name
    for name, printed in table["printed"].items():
        digits = len(printed.partition(".")[2])
        assert abs(figures[name] - float(printed)) < 10**-digits, name  # some books cut or round twice


def test_a_published_precedent_for_a_distance_of_ones_own() -> None:
    """Artstein and Poesio 2008 count any pair with Chck half: alpha .8156, weighted kappa .8163."""
    table = next(one for one in TABLES if one["name"].startswith("artstein"))
    confusion = np.array(table["confusion"], dtype=float)
    apart = np.array([[0, 1, 0.5], [1, 0, 0.5], [0.5, 0.5, 0]])
    assert pairs.pair_alpha(confusion, distances.custom(apart)).value == pytest.approx(0.8156, abs=5e-5)
    assert pairs.cohen(confusion, 1 - apart).value == pytest.approx(0.8163, abs=5e-5)
    labels = [(one, other) for one in range(3) for other in range(3) for _n in range(int(confusion[one, other]))]
    flat = np.array(labels).ravel()
    whole = of_reviews(np.repeat(np.arange(100), 2), flat, 3)
    assert engine.alpha(whole, distances.custom(apart)).value == pytest.approx(0.8156, abs=5e-5)


def anaesthetists(*, repeats: bool) -> tuple[dict[str, Any], Ratings]:
    data = json.loads((DATA / "anaesthetists.json").read_text(encoding="utf-8"))
    rows = []
    for at, (first, *others) in enumerate(data["patients"]):
        readings = first if repeats else first[:1]
        rows += [(at, 0, int(label) - 1) for label in readings]
        rows += [(at, who, int(label) - 1) for who, label in enumerate(others, start=1)]
    flat = np.array(rows)
    return data, Ratings(flat[:, 0], flat[:, 1], flat[:, 2])


def test_dawid_and_skene() -> None:
    data, ratings = anaesthetists(repeats=True)
    fit = consensus.fit(ratings, claims=45, reviewers=5, size=4, prior=None, tolerance=1e-10)
    assert fit.converged
    assert fit.objective == pytest.approx(data["log_likelihood"], abs=2e-4)
    assert fit.shares == pytest.approx(data["shares"], abs=2e-5)
    assert [f"{share:.2f}" for share in fit.shares] == data["printed_shares"]
    for name, rows in data["error_rates"].items():
        assert fit.errors[int(name) - 1] == pytest.approx(np.array(rows), abs=2e-4)


def test_dawid_and_skene_first_reading_alone() -> None:
    data, ratings = anaesthetists(repeats=False)
    fit = consensus.fit(ratings, claims=45, reviewers=5, size=4, prior=None, tolerance=1e-10)
    assert fit.objective == pytest.approx(data["first_reading_log_likelihood"], abs=2e-4)


def test_krippendorff_1995_example_a() -> None:
    """Character overlap cannot see the bounds of units: .329 printed, where the unitizing figure is .553."""
    article = overlap.Marked(24, {"Bertha": [(2, 10), (14, 20)], "Bill": [(4, 8), (15, 17)]})
    assert overlap.character_alpha([article]).value == pytest.approx(0.3286, abs=5e-5)


def test_krippendorff_2004_unitizing() -> None:
    marked = [(225, 70, 0, "c"), (370, 30, 0, "c"), (220, 80, 1, "c"), (355, 20, 1, "c"), (400, 20, 1, "c")]
    marked += [(180, 60, 0, "k"), (300, 50, 0, "k"), (180, 60, 1, "k"), (300, 50, 1, "k")]
    found = layouts.answer(json.dumps({"units": marked, "continuum": [150, 300]}).encode(), Options())["figures"]
    assert found["alpha_u"] == pytest.approx(0.8591, abs=5e-4)  # the book rounds on the way
    assert found["alpha_u_category_c"] == pytest.approx(0.7286, abs=5e-5)
    assert found["alpha_u_category_k"] == 1.0

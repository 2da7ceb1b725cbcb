"""Every verified value of every file in the measuring folder, within the file's own tolerance, as the command gives it."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotations.agreement import layouts
from annotations.agreement.reading import Options
from tests import measure

NOT_VALUES = ("verified_by", "published", "published_char_alpha")
FILES = {  # how many values each file holds: a file that is read past would pass without this
    "artstein_poesio_2008_dialogue_acts": 9,
    "cohen_1960_p45": 39,
    "dawid_skene_1979_anaesthetists": 310,
    "dawid_skene_first_reading": 310,
    "edge_cases": 27,
    "encyclopedia_3x15_missing": 34,
    "fleiss_1971_psychiatrists": 8,
    "gwet_2014_abstractors_3x3": 37,
    "gwet_paradox_125": 11,
    "hist_birdwatch_verdicts": 4,
    "hist_climate_fever": 9,
    "hist_snow_rte": 4,
    "hist_truthfulness_s6_politifact": 5,
    "intervals_log_jackknife": 35,
    "irrcac_likert_4x4": 39,
    "krippendorff_2011_A_binary": 39,
    "krippendorff_2011_C_missing": 34,
    "offscale_reductions": 3,
    "offscale_sim_60x4": 9,
    "offscale_small": 9,
    "pairs_krippendorff_2011_C": 204,
    "randolph_2005_ex1": 8,
    "randolph_2005_ex2": 8,
    "spans_empty_reviewer": 17,
    "spans_krippendorff_1995_A": 7,
    "spans_sim_3x1200": 17,
    "stream_200": 104,
    "unitizing_krippendorff_2004_p254": 2,
    "zwick_1988_ex3": 9,
}


class Comparison:
    """Counts what it compared, so that no file passes by being empty."""

    def __init__(self, tolerance: float) -> None:
        self.tolerance = tolerance * 1.0001  # the files round at the same place
        self.compared = 0

    def same(self, got: Any, want: Any, where: Any) -> None:
        if isinstance(want, bool | str) or want is None:
            self.compared += want is None
            assert (got is None or "undefined" in got) if want is None else str(got) == str(want), where
        elif isinstance(want, int | float):
            self.compared += 1
            assert isinstance(got, int | float), (where, got)
            assert abs(got - want) <= self.tolerance, (where, got, want)
        elif isinstance(want, list):
            assert len(got) == len(want), where
            for at, (one, other) in enumerate(zip(got, want, strict=True)):
                self.same(one, other, (where, at))
        else:
            for key, value in want.items():
                self.same(got[key], value, (where, key))


def answer(folder: Path, name: str) -> Any:
    found = layouts.answer(
        (folder / f"{name}.json").read_bytes(), Options(), lambda other: (folder / other).read_bytes()
    )
    return json.loads(json.dumps(found, allow_nan=False))  # as whoever asks would read it


def test_the_whole_folder_is_read() -> None:
    folder = measure.folder() / "agreement"
    assert {path.stem for path in folder.glob("*.json")} == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_every_value(name: str) -> None:
    folder = measure.folder() / "agreement"
    data = measure.load(f"agreement/{name}.json")
    got = answer(folder, name)
    comparison = Comparison(data["tolerance"])
    for key, want in data.get("expected", {}).items():
        if key not in NOT_VALUES:
            value = want["value"] if isinstance(want, dict) and "value" in want else want
            comparison.same(got["figures"][key], value, (name, key))
    for key in ("pairs", "reviewers", "checkpoints"):
        if isinstance(data.get(key), list):
            comparison.same(got[key], data[key], (name, key))
    for one, want in zip(got.get("intervals", []), data.get("intervals", []), strict=False):
        comparison.same(one, want, (name, want))
    for case, want in zip(got.get("cases", []), data.get("cases", []), strict=True):
        compare_case(comparison, case, want)
    assert comparison.compared == FILES[name]


def compare_case(comparison: Comparison, case: Any, want: Any) -> None:
    named = ("alpha", "gwet_ac1", "brennan_prediger", "fleiss")
    for key in named:
        if key in want:
            comparison.same(case["figures"][key], want[key], (want["name"], key))
    if "reason" in want:
        assert case["reason"] == want["reason"]
        assert case["figures"]["alpha"] == {"undefined": want["reason"]}
    if "value" in want:  # the exact reductions of the composite figure
        comparison.same(case["figures"]["alpha_composite"], want["value"], want["name"])

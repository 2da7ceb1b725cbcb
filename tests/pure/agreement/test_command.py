"""manage.py agreement: every layout, both CSV forms, standard input, and mistakes that say where they are."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

UNITS = [["false", "false"], ["half", "true"], ["true", "true"], ["satire", "false"], [None, "half"]]
NAMED = {"on_scale": ["false", "half", "true"], "off_scale": ["satire"], "units": UNITS}
LONG = "claim,reviewer,verdict\n" + "".join(
    f"c{at},{who},{label or ''}\n" for at, unit in enumerate(UNITS) for who, label in zip("ab", unit, strict=True)
)
WIDE = "unit;a;b\n" + "".join(f"c{at};{one or '-'};{two}\n" for at, (one, two) in enumerate(UNITS))


def ask(tmp_path: Path, content: str | bytes, *options: str) -> Any:
    path = tmp_path / "votes"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    out = io.StringIO()
    call_command("agreement", str(path), "--json", *options, stdout=out)
    return json.loads(out.getvalue(), parse_constant=pytest.fail)  # NaN is no answer


def test_three_forms_of_the_same_votes_give_the_same_figures(tmp_path: Path) -> None:
    declared = ["--categories", "false,half,true", "--off-scale", "satire"]
    answers = [
        ask(tmp_path, json.dumps(NAMED)),
        ask(tmp_path, LONG, *declared),
        ask(tmp_path, "\ufeff" + WIDE, *declared, "--missing", "-"),
    ]
    assert answers[0]["figures"] == answers[1]["figures"] == answers[2]["figures"]
    for answer in answers:
        assert answer["n"]["units"] == 5
        assert answer["n"]["pairable_units"] == 4
        assert answer["pairs"][0]["n"] == 4
        assert answer["pairs"][0]["few"] is True
    assert [row["reviewer"] for row in answers[1]["reviewers"]] == ["a", "b"]


def test_it_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipe:
        buffer = io.BytesIO(json.dumps(UNITS).encode())

    monkeypatch.setattr(sys, "stdin", Pipe())
    out = io.StringIO()
    call_command("agreement", "-", "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert answer["figures"]["alpha_ordinal"] == {"undefined": "no_order"}  # words without a declared order
    assert answer["figures"]["alpha_nominal"] == pytest.approx(0.36363636)


def test_asking_for_another_distance_and_a_bootstrap(tmp_path: Path) -> None:
    many = json.dumps({**NAMED, "units": UNITS[:4] * 5})
    answer = ask(tmp_path, many, "--lambda2", "0.75", "2", "--bootstrap", "200", "--seed", "9", "--claims")
    figures = answer["figures"]
    assert figures["alpha_composite_lambda2_0.5"] > figures["alpha_composite_lambda2_0.75"] > figures["alpha_composite"]
    assert figures["alpha_composite_lambda2_2.0"] < figures["alpha_composite_lambda2_1.0"] == figures["alpha_composite"]
    named = {row["metric"] for row in answer["bootstrap"]["intervals"]}
    assert named == {"alpha_nominal", "alpha_gate", "alpha_on_scale_ordinal", "alpha_composite"}
    again = ask(tmp_path, many, "--bootstrap", "200", "--seed", "9")
    assert again["bootstrap"] == answer["bootstrap"]
    assert [row["outcome"] for row in answer["claims"][:4]] == ["agreed", "near", "agreed", "disputed"]
    assert answer["claims"][0]["map_label"] == "false"
    assert sum(answer["claims"][1]["posterior"]) == pytest.approx(1)


def test_articles_are_known_from_a_column(tmp_path: Path) -> None:
    random = [(one, two) for one in ("x", "y") for two in ("x", "y", "x", "x", "y", "y")]
    rows = [(f"u{at}", f"art{at % 24}", *labels) for at, labels in enumerate(random * 4)]
    wide = "unit,article,a,b\n" + "".join(",".join(row) + "\n" for row in rows)
    answer = ask(tmp_path, wide)
    assert answer["n"]["articles"] == 24
    row = next(row for row in answer["intervals"] if row["metric"] == "alpha_nominal")
    assert (row["unit"], row["units"]) == ("article", 24)


def test_the_other_layouts(tmp_path: Path) -> None:
    spans = {"articles": [{"length": 50, "annotations": {"a": [[0, 10]], "b": [[1, 10]]}}] * 2}
    answer = ask(tmp_path, json.dumps(spans))["figures"]
    assert answer["mean_iou_f1"] == 1.0
    assert answer["pairs"][0]["matched"] == 2
    sources = {
        "sources": [{"a": {"u": "supports"}, "b": {"u": "refutes", "v": "supports"}}],
        "categories": ["supports", "refutes"],
    }
    answer = ask(tmp_path, json.dumps(sources))["figures"]
    assert answer["source_f1"] == pytest.approx(2 / 3)
    assert answer["stance_alpha"] == 0.0
    items = {"items": [[["a", "x"], ["b", "x"]], [["a", "y"], ["b", "x"]]], "categories": ["x", "y"]}
    answer = ask(tmp_path, json.dumps(items))
    assert answer["figures"]["map_label"][0] == "x"
    assert answer["map"]["converged"] is True
    events = [{"claim": 1, "reviewer": who, "revision": 1, "value": "x"} for who in "abab"]
    answer = ask(tmp_path, json.dumps({"events": events, "on_scale": ["x", "y"]}))
    assert answer["checkpoints"][-1]["ratings"] == 2
    assert answer["checkpoints"][-1]["alpha_nominal"] == {"undefined": "no_variation"}
    cases = {"cases": [{"name": "empty", "units": [[None, None]], "categories": ["x", "y"]}]}
    assert ask(tmp_path, json.dumps(cases))["cases"][0]["reason"] == "no_pairs"


def test_columns_that_are_not_people(tmp_path: Path) -> None:
    answer = ask(tmp_path, json.dumps(NAMED), "--anonymous")
    assert "pairs" not in answer
    assert not any(name.startswith(("cohen", "conger", "scott")) for name in answer["figures"])


def test_the_plain_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "votes.json"
    path.write_text(json.dumps(NAMED), encoding="utf-8")
    call_command("agreement", str(path))
    shown = capsys.readouterr().out
    assert "alpha_composite" in shown
    assert "n 4, unstable" in shown
    assert "alpha_ordinal                    not defined: off_scale_labels" in shown


MISTAKES = [
    ('{"units": [["a"],}', "Line 1, column 18"),
    ('{"units": [[NaN]]}', "NaN is not JSON"),
    ('{"units": 3}', '"units" must be a list'),
    ('{"units": [3]}', "Unit 1: a list of labels was expected"),
    ('{"units": [["a", "b"]], "categories": ["a"]}', "Unit 1, column 2: 'b' is not a declared label (a)"),
    ('{"units": [["a", ["b"]]]}', "is no label"),
    ('{"units": [["a"]], "articles": []}', '"articles" must be a list as long as "units" (1)'),
    ('{"units": [["a", "b"]], "reviewers": ["x"]}', "Unit 1 has 2 columns, but 1 reviewers are named"),
    ('{"units": [["a"]], "categories": ["a", "a"]}', "declared twice"),
    ('{"units": [["a"]], "categories": ["a"], "on_scale": ["b"]}', "'b', which is not among the categories"),
    ('{"histogram": [[[1, 2], 3]]}', 'needs "categories"'),
    ('{"histogram": [[[1], 3]], "categories": ["a", "b"]}', "Histogram row 1: [[2 counts]"),
    ('{"annotations": {"a": [[0, 9], [5, 12]]}, "length": 20}', "overlaps another of the same reviewer"),
    ('{"events": [{"claim": 1}], "categories": ["a"]}', 'The "events" layout is not as described'),
    ('{"nothing": 1}', "None of cases, events"),
    ('{"intervals": [{"dataset": "../x", "metric": "alpha_nominal"}]}', "name other files beside this one"),
    ('{"intervals": [{"dataset": "absent", "metric": "alpha_nominal"}]}', "absent.json is not beside the file"),
    ("unit,reviewer,value\nc1,amal,x\nc1,amal,y\n", "Line 3, column 3 (value): reviewer 'amal' already gave unit 'c1'"),
    ("unit,a,b\nc1,x\n", "Line 2: 2 cells, but the first line names 3 columns"),
    ("unit,a,a\nc1,x,y\n", "two columns are called 'a'"),
    ("unit,a\nc1,x\nc1,y\n", "A unit stands on two lines"),
    ('unit,a\nc1,"x\n', "Check the quotation marks"),
    ("unit,reviewer,value\n,amal,x\n", "Line 2: the unit and the reviewer must be named"),
    ("unit,reviewer,value,article\nc1,a,x,p\nc1,b,x,q\n", "Line 3, column 3 (value): unit 'c1' is in article 'p'"),
    ("unit\n", "must name the columns"),
    (b"unit,a\nc1,\xff\n", "Not UTF-8 (byte 10)"),
    (b'{"units": "\xff"}', "Not UTF-8 (byte 11)"),
    ("[" * 100_000, "nested too deeply"),
]


@pytest.mark.parametrize(("content", "said"), MISTAKES, ids=[said for _content, said in MISTAKES])
def test_mistakes_say_where_they_are(tmp_path: Path, content: str | bytes, said: str) -> None:
    with pytest.raises(CommandError) as found:
        ask(tmp_path, content)
    assert said in str(found.value)


def test_a_long_table_that_is_asked_for_and_is_none(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="needs the columns unit, reviewer and value; found unit, a"):
        ask(tmp_path, "unit,a\nc1,x\n", "--format", "csv-long")
    with pytest.raises(CommandError, match="Cannot read"):
        call_command("agreement", str(tmp_path / "absent"))
    with pytest.raises(CommandError, match="squared distances"):
        ask(tmp_path, json.dumps(NAMED), "--lambda2", "-1")

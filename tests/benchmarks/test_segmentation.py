"""The splitter, measured: spans beside other packages, attribution, queue order. Figures are printed, never asserted."""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from annotations.claims import ranker, segmenters
from tests import measure
from tests.benchmarks.test_speed import say
from tests.pure.segmenters.test_attribution import detected

ROOT = Path(__file__).resolve().parents[2]


def documents(folder: str) -> list[dict[str, Any]]:
    found = []
    for path in sorted((measure.folder() / "claims" / folder).glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            found.append({"file": path.stem} | {name: document[name] for name in ("lang", "text", "spans")})
    return found


def test_beside_other_packages() -> None:
    folders = {name: documents(name) for name in ("segmentation", "structured")}
    python = os.environ.get("FACTCHECK_PEERS") or sys.executable
    answer = subprocess.run(
        [python, "-m", "tests.benchmarks.peers"],
        input=json.dumps(folders).encode(),
        stdout=subprocess.PIPE,
        cwd=ROOT,
        check=True,
    )
    found = json.loads(answer.stdout)
    languages = sorted(found["ours"]["f1"]["segmentation"])
    for folder, title in (("segmentation", "plain"), ("structured", "articles")):
        print(f"\n{title:<20}{'macro':>7}" + "".join(f"{lang:>7}" for lang in languages))
        for name, figures in found.items():
            f1 = figures["f1"][folder]
            cells = "".join(f"{f1[lang]:7.3f}" if lang in f1 else "      –" for lang in languages)
            print(f"{name:<20}{statistics.mean(f1.values()):7.4f}{cells}")
    print(f"\n{'MB/s':<20}{'median':>7}" + "".join(f"{lang:>7}" for lang in languages))
    for name, figures in found.items():
        speed = figures["speed"]
        print(
            f"{name:<20}{statistics.median(speed.values()):7.2f}" + "".join(f"{speed[lang]:7.2f}" for lang in languages)
        )
    missing = {"ICU", "pysbd", "sentencex", "spaCy sentencizer"} - set(found)
    if missing:
        print("not installed, so not measured: " + ", ".join(sorted(missing)))


def test_attribution() -> None:
    for path in sorted((measure.folder() / "claims" / "attribution").glob("*.jsonl")):
        found = detected(path)
        say(
            f"attribution, {path.stem} ({found.gold} of {found.sentences})",
            f"P {found.precision:.3f}  R {found.recall:.3f}  F1 {found.f1:.3f}, right speaker {found.right} of {found.named}",
        )


def test_the_sample_article() -> None:
    text = (measure.folder() / "claims" / "arabic-article.txt").read_text(encoding="utf-8").replace("\r\n", "\n")
    gold = measure.load("claims/arabic-article-claims.json")
    units = segmenters.get("sentences").split(text, "ar")
    spans = {(unit.span.start, unit.span.end, unit.heading) for unit in units}
    right = sum((row["start"], row["end"], row["heading"]) in spans for row in gold["sentences"])
    say("sample article: spans and headings right", f"{right} of {len(gold['sentences'])}")
    tiers = {row["start"]: row["tier"] for row in gold["sentences"] if not row["heading"]}
    claims = [unit for unit in units if not unit.heading and unit.span.start in tiers]
    ordered = sorted(claims, key=lambda unit: -(unit.score or 0))
    say("sample article: nDCG by score", f"{ranker.ndcg([tiers[unit.span.start] for unit in ordered]):.3f}")
    say("sample article: nDCG in document order", f"{ranker.ndcg([tiers[unit.span.start] for unit in claims]):.3f}")

"""Every registered segmenter has a golden file: what it makes of the same texts in five scripts. FACTCHECK_GOLDEN=write renews them."""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from annotations.claims import segmenters

DATA = Path(__file__).resolve().parents[2] / "data" / "segmenters"
TEXTS: dict[str, str] = json.loads((DATA / "texts.json").read_text(encoding="utf-8"))


def found(name: str) -> dict[str, Any]:
    splitter = segmenters.get(name)
    units = {
        language: [
            {"words": text[unit.span.start : unit.span.end]} | asdict(unit) for unit in splitter.split(text, language)
        ]
        for language, text in TEXTS.items()
    }
    return dict(json.loads(json.dumps({"version": splitter.version, "units": units})))


@pytest.mark.parametrize("name", segmenters.names())
def test_golden(name: str) -> None:
    path = DATA / f"{name}.json"
    if os.environ.get("FACTCHECK_GOLDEN") == "write":
        path.write_text(json.dumps(found(name), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert path.exists(), f"{name} has no golden file: FACTCHECK_GOLDEN=write makes it; read it before you commit it"
    assert found(name) == json.loads(path.read_text(encoding="utf-8"))

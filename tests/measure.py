"""Where the measuring data lie, if they do."""

import json
import os
from pathlib import Path
from typing import Any

import pytest


def folder() -> Path:
    """The folder that FACTCHECK_MEASURE names; skips, saying so, without it."""
    found = os.environ.get("FACTCHECK_MEASURE", "")
    if not found or not Path(found).is_dir():
        pytest.skip("FACTCHECK_MEASURE is not set: the measuring data are not there")
    return Path(found)


def load(relative: str) -> Any:
    return json.loads((folder() / relative).read_text(encoding="utf-8"))

"""The container files, checked without containers: they parse, their commands exist, their variables are known."""

import re
import shutil
import sys
from pathlib import Path

import yaml

from factcheck import env

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker" / "compose.yaml").read_text())
OURS = {name: part for name, part in COMPOSE["services"].items() if "build" in part}


def test_every_command_exists() -> None:
    assert set(OURS) == {"migrate", "web", "events", "fetch", "compute", "beat"}
    here = str(Path(sys.executable).parent)
    for part in OURS.values():
        assert shutil.which(part["command"][0], path=here), part["command"]
    copied = re.findall(r"^COPY (\S+)", (ROOT / "docker" / "Dockerfile").read_text(), re.MULTILINE)
    assert all((ROOT / name).exists() for name in copied if not name.startswith("--"))


def test_every_queue_has_its_worker() -> None:
    from annotations import jobs

    served = {
        queue
        for part in OURS.values()
        if "-Q" in part["command"]
        for queue in part["command"][part["command"].index("-Q") + 1].split(",")
    }
    assert {kind.queue for kind in jobs.KINDS.values()} <= served


def test_only_what_must_goes_out() -> None:
    assert COMPOSE["networks"]["inside"]["internal"] is True
    outgoing = {name for name, part in COMPOSE["services"].items() if "outside" in part["networks"]}
    assert outgoing == {"web", "events", "fetch"}


def test_variables_are_known() -> None:
    example = (ROOT / "docker" / ".env.example").read_text()
    named = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    assert named <= {*env.VARIABLES, "POSTGRES_PASSWORD"}
    assert not re.search(r"^(FACTCHECK_SECRET_KEY|POSTGRES_PASSWORD)=\S", example, re.MULTILINE)

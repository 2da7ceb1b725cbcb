"""The set-up with Python alone: foreseeable faults are one line that says what to do."""

import ast
import os
import subprocess
import sys
from pathlib import Path

from tests.processes import ROOT

SCRIPT = ROOT / "factcheck" / "bootstrap.py"


def test_old_pythons_can_read_it() -> None:
    ast.parse(SCRIPT.read_text(), feature_version=(3, 7))
    imported = {
        name.name
        for node in ast.walk(ast.parse(SCRIPT.read_text()))
        if isinstance(node, ast.Import)
        for name in node.names
    }
    assert imported <= {"hashlib", "os", "shutil", "subprocess", "sys"}


def test_an_old_python_is_told_what_to_do() -> None:
    code = f"import sys, runpy; sys.version_info = (3, 8, 1); sys.argv = ['bootstrap.py', 'setup']; sys.path.insert(0, {str(SCRIPT.parent)!r}); import bootstrap; bootstrap.shutil.which = lambda name: None; bootstrap.good_python()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.strip().splitlines() == [done.stderr.strip()]
    assert "Python 3.11 or newer is needed, this is 3.8" in done.stderr


def test_a_missing_ensurepip_names_the_package(tmp_path: Path) -> None:
    fake = tmp_path / "python3"
    fake.write_text(f'#!/bin/sh\ncase "$*" in *ensurepip*) exit 1;; esac\nexec {sys.executable} "$@"\n')
    fake.chmod(0o755)
    code = f"import sys; sys.path.insert(0, {str(SCRIPT.parent)!r}); import bootstrap; bootstrap.VENV = {str(tmp_path / 'venv')!r}; bootstrap.PYTHON = bootstrap.VENV + '/bin/python'; bootstrap.good_python = lambda: {str(fake)!r}; bootstrap.make_venv()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "-venv" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_verb_lists_the_verbs() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT), "fly"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "run, screens, setup, test" in done.stderr


def test_every_target_of_the_makefile_is_a_verb() -> None:
    makefile = (ROOT / "Makefile").read_text()
    verbs = {line.split("$(DO) ")[1].split()[0] for line in makefile.splitlines() if "$(DO) " in line}
    assert verbs <= {
        line.split()[1].split("(")[0].removeprefix("do_")
        for line in SCRIPT.read_text().splitlines()
        if line.startswith("def do_")
    }
    listed = subprocess.run(
        ["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True, env=os.environ
    ).stdout
    assert "run" in listed
    assert "test" in listed

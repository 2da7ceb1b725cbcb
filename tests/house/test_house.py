"""The house's own rules, kept by a test instead of by memory."""

import ast
import importlib
import importlib.metadata
import re
import tomllib
from pathlib import Path

import pytest
from celery import current_app
from django.core.management import call_command
from django.db.models import CheckConstraint, UniqueConstraint

from annotations import jobs
from annotations import models as rows
from factcheck import env
from tests import catalogue

ROOT = Path(__file__).resolve().parents[2]
PYTHON = [
    path
    for folder in ("annotations", "factcheck")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]
SHEETS = sorted((ROOT / "frontend" / "static" / "css").glob("*.css"))
TEMPLATES = sorted((ROOT / "frontend" / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", [*PYTHON, *sorted((ROOT / "tests").rglob("*.py"))], ids=str)
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    budget = 300 if "tests" not in path.parts else 400
    assert len(text.splitlines()) <= budget
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 75, node.name


@pytest.mark.parametrize("path", PYTHON, ids=str)
def test_house_style(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert path.stem not in ("utils", "helpers", "common", "misc")
    assert not re.search(r"\b(TODO|FIXME|XXX|NotImplementedError)\b", text)
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name == "Meta":
            assert not any(
                isinstance(item, ast.Assign) and getattr(item.targets[0], "id", "") == "ordering" for item in node.body
            )
        if isinstance(node, ast.ImportFrom):
            assert node.module not in ("django.db.models.signals", "django.dispatch")
    if "models" in path.parts:
        names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert "save" not in names
        assert "delete" not in names


@pytest.mark.parametrize("path", PYTHON, ids=str)
def test_one_way_out(path: Path) -> None:
    """Nothing but the guarded fetcher talks to the network."""
    if "fetching" in path.parts or path.name in ("up.py", "bootstrap.py", "broker.py"):
        return
    modules = {"requests", "urllib3", "httpx", "httpx2", "aiohttp", "urllib.request", "http.client", "httpcore2"}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert not {name.name for name in node.names} & modules
        elif isinstance(node, ast.ImportFrom):
            assert node.module not in modules
        elif isinstance(node, ast.Attribute):
            assert node.attr != "fetch_url"


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_constraints_have_names_that_say_the_table() -> None:
    for name in rows.__all__:
        for constraint in getattr(rows, name)._meta.constraints:
            assert isinstance(constraint, CheckConstraint | UniqueConstraint)
            assert re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", constraint.name), constraint.name


def test_every_moment_with_an_actor_is_paired() -> None:
    for name in rows.__all__:
        model = getattr(rows, name)
        if model._meta.proxy:
            continue
        fields = {field.name for field in model._meta.get_fields()}
        constraints = {constraint.name for constraint in model._meta.constraints}
        for field in fields:
            stem = field.removesuffix("_by")
            if field.endswith("_by") and f"{stem}_at" in fields and stem not in ("created",):
                assert any(stem in constraint and "paired" in constraint for constraint in constraints), (name, field)


def test_every_job_names_a_registered_task() -> None:
    current_app.loader.import_default_modules()
    assert {kind.name for kind in jobs.KINDS.values()} <= set(current_app.tasks)
    assert {entry["task"] for entry in current_app.conf.beat_schedule.values()} <= set(current_app.tasks)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_sheets_use_logical_properties(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    physical = r"(?<![-\w])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|(?:min-|max-)?(?:width|height))\s*:"
    body = re.sub(r"@media[^{]*\{", "{", text)
    assert re.findall(physical, body) == []
    assert not re.search(r"text-align:\s*(left|right)|float:\s*(left|right)", body)


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_templates_hold_no_style_script_or_handler(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:|<style", text)
    for script in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in script or 'type="application/ld+json"' in script


def test_environment_variables_are_documented() -> None:
    operations = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    example = (ROOT / "docker" / ".env.example").read_text(encoding="utf-8")
    read = set(
        re.findall(
            r'"((?:FACTCHECK|DATABASE|REDIS|STORAGE|PUBLIC|SOURCES|DEFAULT|TRUSTED)_[A-Z_]+|EMAIL_URL)"',
            (ROOT / "factcheck" / "env.py").read_text(),
        )
    )
    assert read == set(env.VARIABLES)
    for name in env.VARIABLES:
        assert f"`{name}`" in operations
        assert name in example


def test_every_runtime_package_can_be_imported_and_has_its_reason() -> None:
    source = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = tomllib.loads(source)["project"]["dependencies"]
    tops = importlib.metadata.packages_distributions()
    for requirement in wanted:
        name = re.split(r"[\[~=<>; ]", requirement)[0]
        line = next(line for line in source.splitlines() if line.strip().startswith(f'"{name}'))
        assert "  # " in line, f"{name} stands without a reason"
        modules = [
            top
            for top, names in tops.items()
            if name.lower().replace("-", "_") in {item.lower().replace("-", "_") for item in names}
        ]
        assert modules, name
        importlib.import_module(sorted(modules)[0])


def test_the_lock_has_hashes_and_no_host() -> None:
    for name in ("requirements.txt", "tests/requirements.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert text.count("--hash=sha256:") > text.count("==") / 2
        assert not re.search(r"^--(extra-)?index-url", text, re.MULTILINE)
        assert "://" not in text


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_the_arabic_catalogue_is_complete_and_compiled(domain: str) -> None:
    merged = catalogue.merged("ar", domain)
    assert catalogue.untranslated(merged) == []
    path = catalogue.po_path("ar", domain).with_suffix(".mo")
    assert path.read_bytes() == catalogue.compiled(merged), "run: make catalogue"


@pytest.mark.django_db
def test_the_openapi_snapshot_is_true(tmp_path: Path) -> None:
    fresh = tmp_path / "openapi.yaml"
    call_command("spectacular", file=str(fresh), validate=True, fail_on_warn=True)
    assert fresh.read_text() == (ROOT / "docs" / "openapi.yaml").read_text(), "run: make openapi"


_PLACES = re.compile(r"%(?:\((\w+)\))?[ds]")


def test_translations_take_what_is_put_into_them() -> None:
    """A form that leaves out a bare %d fails when it is filled; a named place may be left out ("one claim")."""
    wrong = []
    for message in catalogue.merged("ar", "django"):
        if not message.id:
            continue
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        forms = [message.string] if isinstance(message.string, str) else list(message.string)
        named = {name for name in _PLACES.findall(ids[-1]) if name}
        bare = len([name for name in _PLACES.findall(ids[-1]) if not name])
        for form in forms:
            found = _PLACES.findall(form)
            if len([name for name in found if not name]) != bare or {name for name in found if name} - named:
                wrong.append(form)
    assert wrong == []

"""Bring in many articles from a folder of documents or a file of records, here and now; workers split them."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.articles import importing, operations
from annotations.errors import FactcheckError
from annotations.management.acting import editor_of
from annotations.models import Member

_DOCUMENTS = (".txt", ".md", ".html", ".htm", ".docx", ".pdf")


class Command(BaseCommand):
    help = "Import articles: a folder of documents (txt, md, html, docx, pdf), or a JSONL, JSON or CSV file. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", help="a folder, or a file of records with a text or a url each")
        parser.add_argument("--newsroom", default="", help="short name; may be left out when there is one newsroom")
        parser.add_argument("--by", default="", help="email of the editor in whose name; left out: the first admin")

    def handle(self, *args: Any, **options: Any) -> None:
        member = editor_of(options["newsroom"], options["by"])
        path = Path(options["path"])
        if not path.exists():
            raise CommandError(f"There is no {path}.")
        records = _documents(path) if path.is_dir() else _records(path)
        if not records:
            raise CommandError(f"Nothing to import in {path}: {', '.join(_DOCUMENTS)} are read.")
        counts = {"added": 0, "duplicates": 0, "refused": 0}
        said = time.monotonic()
        for place, (name, record) in enumerate(records, start=1):
            how, why = importing.outcome(_take, member, record)
            counts[how] += 1
            if why and how != "duplicates":
                self.stderr.write(f"{name}: {why}")
            if time.monotonic() - said > 2 or place == len(records):
                said = time.monotonic()
                self.stdout.write(f"{place} of {len(records)}: {_told(counts)}")
        if counts["refused"]:
            raise CommandError(f"{counts['refused']} of {len(records)} were refused; the reasons stand above.")


def _take(by: Member, record: dict[str, Any]) -> Any:
    path = record.get("_path")
    if path is None:
        return importing.take_article(by, record)
    body = Path(path).read_bytes()
    if Path(path).suffix.lower() in (".txt", ".md"):  # read at once, so that the same text twice is told at once
        try:
            return operations.add_text(by=by, text=body.decode("utf-8-sig"))
        except UnicodeDecodeError:
            pass  # another encoding: the worker's reader finds out which
    return operations.add_file(by=by, file_name=Path(path).name, body=body)


def _documents(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in _DOCUMENTS)
    return [(str(path.relative_to(folder)), {"_path": str(path)}) for path in found]


def _records(path: Path) -> list[tuple[str, dict[str, Any]]]:
    try:
        found = importing.read_records(path.read_bytes(), path.name)
    except FactcheckError as error:
        raise CommandError(str(error.message)) from error
    return [(f"record {place}", record) for place, record in enumerate(found, start=1)]


def _told(counts: dict[str, int]) -> str:
    return f"{counts['added']} added, {counts['duplicates']} there already, {counts['refused']} refused"

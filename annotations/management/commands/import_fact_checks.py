"""Import earlier fact-checks into the index of repeats, here and now."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.articles import importing
from annotations.claims.repeats import earlier
from annotations.errors import FactcheckError
from annotations.management.acting import editor_of


class Command(BaseCommand):
    help = "Import earlier fact-checks: ClaimReview JSON(-LD), a data feed of it, JSON lines, or a CSV table. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--newsroom", default="", help="short name; may be left out when there is one newsroom")
        parser.add_argument("--by", default="", help="email of the editor in whose name; left out: the first admin")

    def handle(self, *args: Any, **options: Any) -> None:
        member = editor_of(options["newsroom"], options["by"])
        path = Path(options["file"])
        try:
            records = earlier.read(path.read_bytes(), path.name)
        except OSError as error:
            raise CommandError(f"Cannot read {path}: {error.strerror}") from error
        except FactcheckError as error:
            raise CommandError(str(error.message)) from error
        counts = {"added": 0, "duplicates": 0, "refused": 0}
        for place, record in enumerate(records, start=1):
            how, why = importing.outcome(earlier.take, member, record)
            counts[how] += 1
            if why and how != "duplicates":
                self.stderr.write(f"record {place}: {why}")
        self.stdout.write(
            f"{len(records)} fact-checks: {counts['added']} added, {counts['duplicates']} there already, {counts['refused']} refused"
        )

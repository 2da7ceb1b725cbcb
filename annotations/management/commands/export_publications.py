"""Write a newsroom's published fact-checks to a file or to standard output."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.exports import queries
from annotations.exports.formats import formats
from annotations.exports.formats.claimreview import Refused
from annotations.models import Newsroom


class Command(BaseCommand):
    help = "Export a newsroom's published fact-checks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--newsroom", default="", help="short name; may be left out when there is one newsroom")
        parser.add_argument("--format", default="claimreview", choices=sorted(formats()))
        parser.add_argument("--output", default="-", help="a file, or - for standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        rooms = Newsroom.objects.filter(slug=options["newsroom"]) if options["newsroom"] else Newsroom.objects.all()
        found = list(rooms[:2])
        if len(found) != 1:
            raise CommandError("Name the newsroom: --newsroom SHORT-NAME" if found else "There is no such newsroom.")
        chosen = formats()[options["format"]]
        try:
            if options["output"] == "-":
                count = chosen.write(queries.all_of(found[0]), sys.stdout.buffer)
                sys.stdout.buffer.flush()
            else:
                with open(options["output"], "wb") as out:
                    count = chosen.write(queries.all_of(found[0]), out)
        except Refused as error:
            raise CommandError(f"Not exported: {error}") from error
        except OSError as error:
            raise CommandError(f"Cannot write {options['output']}: {error.strerror}") from error
        self.stderr.write(f"{count} fact-checks exported as {chosen.name}.")

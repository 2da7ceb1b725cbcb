"""Who can sign in to the demonstration."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.demo.building import sign_ins


class Command(BaseCommand):
    help = "List the demonstration's people; --reset gives them new random passwords and prints them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reset", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        text = sign_ins(reset=options["reset"])
        if not text:
            raise CommandError("There is no demonstration here.")
        self.stdout.write(text)

"""Train a newsroom's ranker on labels from a file that it may use."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from annotations.claims import ranking
from annotations.errors import FactcheckError
from annotations.management.acting import newsroom_of


class Command(BaseCommand):
    help = 'Train a ranker on "text<TAB>1 or 0" lines, print its cross-validated gain, and keep it, switched off.'

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="UTF-8, one labelled sentence a line")
        parser.add_argument("--newsroom", default="", help="short name; may be left out when there is one newsroom")
        parser.add_argument("--dry-run", action="store_true", help="measure only, keep nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        room = None if options["dry_run"] else newsroom_of(options["newsroom"])
        try:
            model, gain = ranking.train_from_file(Path(options["file"]).read_bytes())
        except OSError as error:
            raise CommandError(f"Cannot read {options['file']}: {error.strerror}") from error
        except FactcheckError as error:
            raise CommandError(str(error.message)) from error
        self.stdout.write(f"{gain.labels} labels, {gain.positives} worth checking")
        self.stdout.write(f"rule alone: AUC {gain.rule_auc:.3f}, AP {gain.rule_ap:.3f}")
        self.stdout.write(f"learned:    AUC {gain.model_auc:.3f}, AP {gain.model_ap:.3f}")
        if room is None:
            return
        with transaction.atomic():
            made = ranking.keep(room, model, gain, origin="file", by=None)
        self.stdout.write(
            f"Kept as ranker {made.number} of {room.slug}, switched off. An admin turns it on in Settings."
        )

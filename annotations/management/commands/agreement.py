"""Agreement of any votes, as the product computes it: for data from elsewhere, and for checking us."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.agreement import layouts, report
from annotations.agreement.reading import FORMATS, SCALES, BadFile, Options


class Command(BaseCommand):
    help = "Score votes in a file: JSON (units x reviewers, histogram, spans, …) or CSV (long or wide). See docs/method.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a file, or - for standard input")
        parser.add_argument("--json", action="store_true", help="one JSON document with every figure")
        parser.add_argument("--format", default="auto", choices=FORMATS)
        parser.add_argument("--scale", default="", choices=["", *SCALES], help="printed with the figures")
        parser.add_argument("--categories", default="", help="labels in order, falsest first: false,half,true")
        parser.add_argument("--off-scale", default="", help="labels without a place on the scale: satire,unproven")
        parser.add_argument("--missing", default="", help="cells that mean no verdict, beside empty ones: NA,-")
        parser.add_argument("--lambda2", type=float, nargs="+", default=[], help="squared off-scale distances")
        parser.add_argument(
            "--bootstrap", type=int, default=0, metavar="N", help="replicates of a bootstrap over claims"
        )
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--least-shared", type=int, default=1, help="claims from which a pair has figures; 20 on screen"
        )
        parser.add_argument("--anonymous", action="store_true", help="columns are not people: nothing about pairs")
        parser.add_argument("--claims", action="store_true", help="each unit too: votes, distance, consensus")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        if options["bootstrap"] < 0 or options["bootstrap"] > 100_000:
            raise CommandError("--bootstrap takes 1 to 100000 replicates.")
        if any(not 0 <= one <= 100 for one in options["lambda2"]):
            raise CommandError(
                "--lambda2 takes squared distances from 0 to 100; the two ends of the scale are 1 apart."
            )
        try:
            raw = sys.stdin.buffer.read() if options["file"] == "-" else path.read_bytes()
        except OSError as error:
            raise CommandError(f"Cannot read {path}: {error.strerror}") from error
        beside = None if options["file"] == "-" else lambda name: path.with_name(name).read_bytes()
        try:
            answer = layouts.answer(raw, _asked(options), beside)
        except BadFile as error:
            raise CommandError(f"{options['file']}: {error}") from error
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, allow_nan=False, indent=1))
            return
        for case in answer.get("cases", [answer]):
            self.stdout.write("\n".join(filter(None, [case.get("title") or case.get("name"), *report.lines(case)])))


def _asked(options: dict[str, Any]) -> Options:
    return Options(
        form=options["format"],
        scale=options["scale"],
        categories=_list(options["categories"]),
        off_scale=_list(options["off_scale"]),
        missing=_list(options["missing"]),
        lambdas=tuple(options["lambda2"]),
        bootstrap=options["bootstrap"],
        seed=options["seed"],
        least_shared=options["least_shared"],
        anonymous=options["anonymous"],
        each_unit=options["claims"],
    )


def _list(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())

"""Does a quote stand in a page? The quote check alone, on a file."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.lib.fetching.child import ParseServer
from annotations.lib.fetching.documents import ParseFailure
from annotations.sources.quotes import check_quote


class Command(BaseCommand):
    help = "Look a quote up in a page (html, pdf, docx, txt), as the product does with a kept source."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quote", required=True)
        parser.add_argument("--file", required=True, help="the page; its type is told by its content and its name")
        parser.add_argument("--type", default="", help="the declared type, such as text/html; charset=windows-1256")
        parser.add_argument("--json", action="store_true", help="one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        try:
            body = path.read_bytes()
        except OSError as error:
            raise CommandError(f"Cannot read {path}: {error.strerror}") from error
        reader = ParseServer()
        try:
            page = reader.parse(body, declared_type=options["type"], file_name=path.name)
        finally:
            reader.close()
        if isinstance(page, ParseFailure):
            raise CommandError(f"{path} cannot be read: {page.code} {page.detail}".strip())
        found = check_quote(
            options["quote"],
            full_text=page.full_text,
            main_text=page.main_text or None,
            language=page.language or "und",
        )
        if options["json"]:
            number = (
                sum(start <= (found.start or 0) for start in page.pages)
                if page.pages and found.start is not None
                else None
            )
            document = asdict(found) | {
                "page": number,
                "document": page.kind,
                "characters": len(page.full_text),
            }
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=1))
            return
        score = "" if found.score is None else f" ({found.score:.0f})"
        self.stdout.write(f"{found.state}{score}{': ' + found.matched if found.matched else ''}")

"""What the fetcher does with an address, hop by hop. Nothing is stored."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.lib import outbound
from annotations.lib.fetching.client import FetchResult, Hop


class Command(BaseCommand):
    help = "Fetch an address through the guard and print each hop: judged addresses, outcome, sizes, times. Stores nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("url")
        parser.add_argument("--json", action="store_true", help="one JSON document")
        parser.add_argument("--etag", default="", help="ask conditionally")
        parser.add_argument("--last-modified", default="", help="ask conditionally")

    def handle(self, *args: Any, **options: Any) -> None:
        result = outbound.fetcher().fetch(options["url"], etag=options["etag"], last_modified=options["last_modified"])
        if options["json"]:
            self.stdout.write(json.dumps(_document(result), ensure_ascii=False, indent=1))
        else:
            for number, hop in enumerate(result.hops, start=1):
                self.stdout.write(f"{number}. {_line(hop)}")
            self.stdout.write(
                f"{result.outcome} → {result.kind}: {result.wire_bytes} bytes received, {len(result.body)} of body,"
                f" {result.elapsed_ms} ms"
            )
        if result.kind != "ready":
            raise CommandError(f"not fetched: {result.outcome}")


def _line(hop: Hop) -> str:
    judged = ", ".join(f"{address} refused ({why})" if why else f"{address} allowed" for address, why in hop.judged)
    return f"{hop.url}\n   {judged or 'no address'}; {hop.status or 'no answer'}, {hop.wire_bytes} bytes, {hop.elapsed_ms} ms"


def _document(result: FetchResult) -> dict[str, Any]:
    return {
        "url": result.submitted_url,
        "final_url": result.final_url,
        "outcome": result.outcome,
        "kind": result.kind,
        "status": result.status,
        "downgraded": result.downgraded,
        "retry_after": result.retry_after,
        "content_type": result.header("content-type"),
        "wire_bytes": result.wire_bytes,
        "body_bytes": len(result.body),
        "elapsed_ms": result.elapsed_ms,
        "hops": [
            {
                "url": hop.url,
                "status": hop.status or None,
                "judged": [{"address": address, "refused": why or None} for address, why in hop.judged],
                "dialled": hop.peer or None,
                "wire_bytes": hop.wire_bytes,
                "elapsed_ms": hop.elapsed_ms,
            }
            for hop in result.hops
        ],
    }

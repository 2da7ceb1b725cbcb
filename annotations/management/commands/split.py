"""Split any text as the product would, and print what was found: for measuring us against anything."""

import json
import os
import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, OutputWrapper

from annotations.articles.text import normalise
from annotations.claims import segmenters
from annotations.claims.segmenters import Unit
from annotations.lib import languages
from annotations.lib.spans import Span


class Command(BaseCommand):
    help = "Print the units of a text: spans (half-open code points), headings, scores, reasons, claimants, parts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", default="-", help="a UTF-8 text, or - for standard input")
        parser.add_argument("--language", default="", help="a code such as ar; left out: detected")
        parser.add_argument("--segmenter", default="sentences", choices=segmenters.names())
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help="one JSON document (line ends become LF, as in intake)")
        form.add_argument("--jsonl", action="store_true", help='read {"id", "lang", "text"} a line, answer a line each')

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with sys.stdin.buffer if options["file"] == "-" else Path(options["file"]).open("rb") as source:
                self._answer(source, options)
        except BrokenPipeError:  # `| head` has seen enough
            self.stdout = OutputWrapper(open(os.devnull, "w"))  # noqa: SIM115  # the process ends here
        except OSError as error:
            raise CommandError(f"Cannot read {options['file']}: {error.strerror}") from error

    def _answer(self, source: BinaryIO, options: dict[str, Any]) -> None:
        if options["jsonl"]:
            bad = 0
            for answer in _lines(source, options["segmenter"], options["language"]):
                bad += "error" in answer
                self.stdout.write(json.dumps(answer, ensure_ascii=False))
            if bad:
                raise CommandError(f"{bad} lines could not be read; each says why.")
            return
        text = normalise(_decoded(source.read())).text
        language, units = _split(text, options["language"], options["segmenter"])
        if options["json"]:
            self.stdout.write(
                json.dumps(_document(language, options["segmenter"], units), ensure_ascii=False, indent=1)
            )
            return
        for unit in units:
            mark = "#" if unit.heading else f"{unit.score:.2f}"
            self.stdout.write(f"{unit.span.start}-{unit.span.end}\t{mark}\t{text[unit.span.start : unit.span.end]}")


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(f"The text is not UTF-8 (byte {error.start}). Save it as UTF-8.") from error


def _lines(source: Iterable[bytes], segmenter: str, language: str) -> Iterator[dict[str, Any]]:
    """Offsets count in each line's own text, with the line ends it has."""
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        try:
            document = json.loads(line)
            text = document["text"]
            if not isinstance(text, str):
                raise TypeError
        except (ValueError, KeyError, TypeError):
            yield {"line": number, "error": 'not a JSON object with a "text"'}
            continue
        found, units = _split(text, language or str(document.get("lang") or ""), segmenter)
        yield {"id": document.get("id")} | _document(found, segmenter, units)


def _split(text: str, language: str, segmenter: str) -> tuple[str, Sequence[Unit]]:
    code = re.split("[-_]", language)[0].lower() or languages.detect(text)
    units = segmenters.get(segmenter).split(text, code)
    segmenters.check_units(text, units)
    return code, units


def _document(language: str, segmenter: str, units: Sequence[Unit]) -> dict[str, Any]:
    splitter = segmenters.get(segmenter)
    return {
        "language": language,
        "segmenter": f"{splitter.name} {splitter.version}",
        "units": [_unit(unit) for unit in units],
    }


def _unit(unit: Unit) -> dict[str, Any]:
    return {
        "start": unit.span.start,
        "end": unit.span.end,
        "heading": unit.heading,
        "score": unit.score,
        "reasons": [{"code": reason.code, "count": reason.count} for reason in unit.reasons],
        "kind": unit.kind,
        "claimant": _pair(unit.claimant),
        "inherited": unit.inherited,
        "quotes": [_pair(quote) for quote in unit.quotes],
        "parts": [{"start": part.span.start, "end": part.span.end, "restated": part.restated} for part in unit.parts],
    }


def _pair(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None

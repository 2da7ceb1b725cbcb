"""Documents that are text already: plain text, Markdown, tables as CSV, JSON and XML."""

import csv
import io
import json
import re
from typing import Any

from annotations.lib import languages
from annotations.lib.fetching import bylines, sniffing
from annotations.lib.fetching.refusals import CannotRead

_MOST_LINES = 200_000
_DEPTH = 60
_FIRST_LINES = 14  # in which the day of a letter stands


def text(body: bytes, declared_type: str) -> dict[str, Any]:
    """The columns of a ParsedDocument."""
    decoded = sniffing.decode(body, declared_type=declared_type)
    warnings = ("undecodable",) if decoded.replaced > 0.01 else ()
    lines = [line.strip() for line in decoded.text[:4000].splitlines()]
    day = bylines.day_of_lines([line for line in lines if line][:_FIRST_LINES])
    return {
        "full_text": decoded.text,
        "title": _title(lines),
        "published": day.isoformat() if day else "",
        "date_source": "page" if day else "",
        "language": found if (found := languages.detect(decoded.text)) != languages.UNKNOWN else "",
        "extractor": "text 2",
        "warnings": warnings,
    }


def _title(lines: list[str]) -> str:
    """The first line, where it stands apart and is no sentence."""
    first = next((place for place, line in enumerate(lines) if line), None)
    if first is None or first + 2 >= len(lines) or lines[first + 1] or len(lines[first]) > 150:
        return ""
    return "" if re.search(r"[.,;:。，；：،؛…]$", lines[first]) else lines[first]


def markdown(body: bytes, declared_type: str) -> dict[str, Any]:
    """Its words without the marks; the first heading is the title."""
    from markdown_it import MarkdownIt

    source = sniffing.decode(body, declared_type=declared_type).text
    blocks, title = [], ""
    tokens = MarkdownIt("commonmark").enable("table").parse(source)
    for place, token in enumerate(tokens):
        if token.type == "inline":
            words = "".join(_inline(child) for child in token.children or ())
            if not title and place and tokens[place - 1].type == "heading_open":
                title = words
            blocks.append(words)
        elif token.type in ("fence", "code_block"):
            blocks.append(token.content.rstrip("\n"))
    return {
        "full_text": "\n\n".join(block for block in blocks if block.strip()),
        "title": title,
        "extractor": "markdown-it 1",
    }


def _inline(token: Any) -> str:
    if token.type in ("text", "code_inline"):
        return str(token.content)
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return ""


def table(body: bytes, declared_type: str) -> dict[str, Any]:
    """Each row on a line, its cells apart by tabs; the delimiter is the mark that divides the first lines most evenly."""
    source = sniffing.decode(body, declared_type=declared_type).text
    lines = [line for line in source[:20_000].splitlines()[:20] if line.strip()]
    delimiter = max("\t;,|", key=lambda mark: (min((line.count(mark) for line in lines), default=0), mark == ","))
    rows = []
    try:
        for row in csv.reader(io.StringIO(source), delimiter=delimiter):
            rows.append("\t".join(" ".join(cell.split()) for cell in row))
            if len(rows) >= _MOST_LINES:
                break
    except csv.Error:  # a cell longer than the reader allows: the text as it stands
        return {"full_text": source, "extractor": "text 1"}
    return {"full_text": "\n".join(row for row in rows if row.strip()), "extractor": "csv 1"}


def json_values(body: bytes, declared_type: str) -> dict[str, Any]:
    """Every value with its name on a line, escapes read, so that a quote from it is found."""
    source = sniffing.decode(body, declared_type=declared_type).text
    try:
        value = json.loads(source)
    except (ValueError, RecursionError):
        return {"full_text": source, "extractor": "text 1"}
    lines: list[str] = []
    _collect(value, "", lines, 0)
    return {"full_text": "\n".join(lines), "extractor": "json 1"}


def _collect(value: Any, name: str, lines: list[str], depth: int) -> None:
    if len(lines) >= _MOST_LINES or depth > _DEPTH:
        return
    if isinstance(value, dict):
        for key, below in value.items():
            _collect(below, str(key), lines, depth + 1)
    elif isinstance(value, list):
        for below in value:
            _collect(below, name, lines, depth + 1)
    else:
        shown = json.dumps(value) if not isinstance(value, str) else value
        lines.append(f"{name}: {shown}" if name else shown)


def xml(body: bytes, declared_type: str) -> dict[str, Any]:
    """The words of each element on a line. Entities are not read, nothing is loaded."""
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise CannotRead("broken", "xml") from error
    if root is None:
        raise CannotRead("broken", "xml")
    lines = []
    for element in root.iter():
        if isinstance(element.tag, str):
            lines += [(element.text or "").strip()]
        lines += [(element.tail or "").strip()]
        if len(lines) > _MOST_LINES:
            break
    return {"full_text": "\n".join(line for line in lines if line), "extractor": "xml 1"}

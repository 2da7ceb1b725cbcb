"""Votes that somebody sends us to score: the same answer as `manage.py agreement`, within what a web request may cost."""

import csv
import io
from typing import Any

from django.utils.translation import gettext as _

from annotations.agreement import layouts, reading
from annotations.agreement.reading import BadFile, Options
from annotations.agreement.sheets import ARTICLE, REVIEWER, UNIT, VALUE
from annotations.errors import InvalidInput, TooLarge

MOST_BYTES = 500_000
MOST_LABELS = 30  # time and memory grow with their square
MOST_REVIEWERS = 40  # pairs too
MOST_ARTICLES = 2_000  # each has a table of labels x labels while intervals are made
MOST_UNITS = 1_000_000_000  # that one line of a histogram may stand for
MOST_DISTANCES = 8  # further off-scale distances that "expected" may ask for, each with its interval
LAYOUTS = ("units", "histogram")


def answer(raw: bytes) -> dict[str, Any]:
    """Every figure of a CSV file, or of a JSON document with `units` or `histogram`. Nothing is kept.

    Raises TooLarge above the limits, InvalidInput for what cannot be read; both say what to do.
    """
    if len(raw) > MOST_BYTES:
        raise _too_large(_("%(n)d bytes") % {"n": MOST_BYTES})
    try:
        _measure(raw)
        return layouts.answer(raw, Options())
    except BadFile as error:
        raise InvalidInput("bad_votes", str(error), pointer="") from error
    except (OverflowError, ZeroDivisionError) as error:
        raise InvalidInput("bad_votes", _("A number in it is too large."), pointer="") from error


def _measure(raw: bytes) -> None:
    """Refuse before computing: the arrays are labels x labels for each pattern, and reviewers x reviewers."""
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        source = reading.document(raw)
        source = {"units": source} if isinstance(source, list) else source
        layout = next((name for name in layouts.LAYOUTS if name in source), "")
        if layout not in LAYOUTS or ("intervals" in source and "units" not in source):
            raise BadFile(
                "Send units or a histogram, or a CSV file; for other forms use manage.py agreement on your own machine."
            )
        _measure_numbers(source)
        labels, people = _of_document(source, layout)
    else:
        labels, people = _of_sheet(raw)
    if len(labels) > MOST_LABELS:
        raise _too_large(_("%(n)d labels") % {"n": MOST_LABELS})
    if len(people) > MOST_REVIEWERS:
        raise _too_large(_("%(n)d reviewers") % {"n": MOST_REVIEWERS})


def _measure_numbers(source: dict[str, Any]) -> None:
    """What costs or breaks beside the votes: further distances, articles, lines that stand for too many units."""
    prefix = "alpha_composite_lambda2_"
    expected = source["expected"] if isinstance(source.get("expected"), dict) else {}
    asked = [name.removeprefix(prefix) for name in expected if name.startswith(prefix)]
    if len(asked) > MOST_DISTANCES:
        raise _too_large(_("%(n)d off-scale distances") % {"n": MOST_DISTANCES})
    if any((value := reading.number(name)) is None or not 0 <= value <= 100 for name in asked):
        raise BadFile(f"A figure called {prefix}… must end in a squared distance from 0 to 100.")
    articles = source["articles"] if isinstance(source.get("articles"), list) else []
    if len({str(one) for one in articles}) > MOST_ARTICLES:
        raise _too_large(_("%(n)d articles") % {"n": MOST_ARTICLES})
    for row in source["histogram"] if isinstance(source.get("histogram"), list) else []:
        cells = row if isinstance(row, list) else []
        flat = [one for cell in cells for one in (cell if isinstance(cell, list) else [cell])]
        if any(isinstance(one, int) and one > MOST_UNITS for one in flat):
            raise _too_large(_("%(n)d units in a line") % {"n": MOST_UNITS})


def _of_document(source: dict[str, Any], layout: str) -> tuple[set[str], set[str]]:
    labels = {
        reading.text(one)
        for name in ("categories", "on_scale", "off_scale")
        for one in (source[name] if isinstance(source.get(name), list) else [])
    }
    people: set[str] = set()
    if layout == "units" and isinstance(source["units"], list):
        for row in source["units"]:
            cells = row.items() if isinstance(row, dict) else enumerate(row) if isinstance(row, list) else ()
            for who, value in cells:
                people.add(str(who))
                if isinstance(value, str | int | float):
                    labels.add(reading.text(value))
    for rows in _beside(source):
        people |= set(rows)
        stances = [one for cited in rows.values() if isinstance(cited, dict) for one in cited.values()]
        labels |= {reading.text(one) for one in stances if isinstance(one, str | int | float)}
    return labels, people


def _beside(source: dict[str, Any]) -> list[dict[str, Any]]:
    """The people of the articles and claims of a diagnosis file: {name: what they marked or cited} each."""
    spans = source["spans"] if isinstance(source.get("spans"), dict) else {}
    cited = source["citations"] if isinstance(source.get("citations"), dict) else {}
    articles = spans["articles"] if isinstance(spans.get("articles"), list) else [spans]
    found = [one.get("annotations") for one in articles if isinstance(one, dict)]
    found += cited["sources"] if isinstance(cited.get("sources"), list) else []
    return [rows for rows in found if isinstance(rows, dict)]


def _of_sheet(raw: bytes) -> tuple[set[str], set[str]]:
    """By the first line: a column of verdicts, or a column a reviewer. What is wrong in it, sheets.py says."""
    lines = raw.decode("utf-8", errors="replace").lstrip("\ufeff")
    first = lines.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter))
    except csv.Error:
        return set(), set()
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    group = next((header.index(name) for name in ARTICLE if name in header), None)
    if group is not None and len({row[group] for row in rows[1:] if group < len(row)}) > MOST_ARTICLES:
        raise _too_large(_("%(n)d articles") % {"n": MOST_ARTICLES})
    value = next((header.index(name) for name in VALUE if name in header), None)
    if value is not None:
        who = next((header.index(name) for name in REVIEWER if name in header), None)
        if who is not None:  # without reviewers it is a wide table with a column of that name
            people = {row[who].strip() for row in rows[1:] if who < len(row)}
            return {row[value].strip() for row in rows[1:] if value < len(row)}, people
    others = {header.index(name) for names in (UNIT, ARTICLE) for name in names if name in header}
    columns = [at for at in range(len(header)) if at not in others]
    return {row[at].strip() for row in rows[1:] for at in columns if at < len(row)}, {header[at] for at in columns}


def _too_large(most: str) -> TooLarge:
    return TooLarge(
        "votes_too_large",
        _("At most %(most)s here. Larger files: manage.py agreement, on your own machine.") % {"most": most},
    )

"""Votes from elsewhere in CSV: long (a line a verdict) or wide (a column a reviewer). Pure."""

import csv
import io
from collections.abc import Sequence

from annotations.agreement.reading import BadFile, Cell, Options, Votes, votes

UNIT = ("unit", "claim", "item", "id")
REVIEWER = ("reviewer", "rater", "coder", "annotator", "observer", "worker")
VALUE = ("value", "label", "verdict", "rating", "category")
ARTICLE = ("article", "document")


def sheet(raw: bytes, options: Options) -> Votes:
    """CSV: long (unit, reviewer, value[, article]) or wide (unit[, article], then a column a reviewer)."""
    try:
        lines = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(f"Not UTF-8 (byte {error.start}). Save the file as CSV in UTF-8.") from error
    first = lines.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(lines, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise BadFile(f"Line {reader.line_num}: {error}. Check the quotation marks there.") from error
    if len(rows) < 2:
        raise BadFile("The first line must name the columns, and at least one line of verdicts must follow.")
    header = [cell.strip() for cell in rows[0][1]]
    for line, row in rows[1:]:
        if len(row) != len(header):
            raise BadFile(f"Line {line}: {len(row)} cells, but the first line names {len(header)} columns.")
    if doubled := sorted({name for name in header if header.count(name) > 1}):
        raise BadFile(f"Line 1: two columns are called {doubled[0]!r}. Name each column once.")
    folded = [name.lower() for name in header]
    unit, who, value, article = (_column(folded, names) for names in (UNIT, REVIEWER, VALUE, ARTICLE))
    long = options.form == "csv-long" or (options.form == "auto" and who is not None and value is not None)
    if long and (unit is None or who is None or value is None):
        raise BadFile(f"Line 1: a long table needs the columns unit, reviewer and value; found {', '.join(header)}.")
    cells = []
    for at, (line, row) in enumerate(rows[1:]):
        group = row[article].strip() if article is not None else ""
        name = row[unit].strip() if unit is not None else str(at)
        for column in [value] if long else range(len(header)):
            if column is None or (not long and column in (unit, article)):
                continue
            where = f"Line {line}, column {column + 1} ({header[column]})"
            person = row[who].strip() if long and who is not None else header[column]
            if not name or not person:
                raise BadFile(f"Line {line}: the unit and the reviewer must be named.")
            cells.append(Cell(name, person, row[column], where, group))
    if not long and len({cell.unit for cell in cells}) < len(rows) - 1:
        raise BadFile("A unit stands on two lines of a wide table. One line a unit.")
    return votes({}, cells, options)


def _column(folded: Sequence[str], names: Sequence[str]) -> int | None:
    return next((folded.index(name) for name in names if name in folded), None)

"""Votes from elsewhere in JSON: units x reviewers, histograms. What cannot be read says where, and what to do. Pure."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

import numpy as np

from annotations.agreement import patterns
from annotations.agreement.pairs import Ratings
from annotations.agreement.patterns import Declared, Table

SCALES = ("nominal", "ordinal", "interval", "ratio")
FORMATS = ("auto", "json", "csv-long", "csv-wide")


class BadFile(ValueError):
    """The file cannot be read as asked; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the person who asks says beside the file; empty means: as the file says."""

    form: str = "auto"
    scale: str = ""
    categories: tuple[str, ...] = ()
    off_scale: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    lambdas: tuple[float, ...] = ()
    bootstrap: int = 0
    seed: int = 1
    least_shared: int = 1
    anonymous: bool = False
    each_unit: bool = False


@dataclass(frozen=True, slots=True)
class Votes:
    """One set of votes, ready to be scored. `labels` in declared order; `ratings` is None where only counts are known."""

    labels: list[str]
    originals: list[Any]
    declared: Declared
    ordered: bool
    scale: str
    table: Table
    units: list[str] = field(default_factory=list)
    reviewers: list[str] = field(default_factory=list)
    ratings: Ratings | None = None
    total_units: int = 0


def text(value: Any) -> str:
    """A label or name as text: 2 and 2.0 and "2" are one label."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def number(label: str) -> float | None:
    """The label as a finite number, or None."""
    try:
        found = float(label)
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def document(raw: bytes) -> Any:
    """JSON, with the place of a mistake."""
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_constant)
    except UnicodeDecodeError as error:
        raise BadFile(f"Not UTF-8 (byte {error.start}). Save the file as UTF-8.") from error
    except json.JSONDecodeError as error:
        raise BadFile(f"Line {error.lineno}, column {error.colno}: {error.msg}. Mend the JSON there.") from error
    except RecursionError as error:
        raise BadFile("The JSON is nested too deeply to be votes.") from error


def _constant(name: str) -> NoReturn:
    raise BadFile(f"{name} is not JSON. Write null for a missing verdict.")


class Labels:
    """Declared labels: finds a value's index, or says what is wrong with it."""

    def __init__(self, source: Mapping[str, Any], options: Options, values: Sequence[Any]) -> None:
        on = _listed(source, "on_scale")
        off = [*_listed(source, "off_scale"), *options.off_scale]
        listed: list[Any] = list(options.categories) or _listed(source, "categories")
        off_names = {text(one) for one in off}
        if not listed and on:
            listed = [*on, *(one for one in off if text(one) not in {text(other) for other in on})]
        elif listed and off:
            listed = [*listed, *(one for one in off if text(one) not in {text(other) for other in listed})]
        self.ordered = bool(listed)
        if on and not off and not options.categories:  # the file names the scale alone: all else stands off it
            known = {text(one) for one in listed}
            extra = sorted({text(value) for value in values} - known) if not _listed(source, "categories") else []
            listed = [*listed, *extra]
            off_names = {text(one) for one in listed} - {text(one) for one in on}
        if not listed:
            found = {text(value): value for value in values}
            numbers = {name: number(name) for name in found}
            self.ordered = bool(found) and all(one is not None for one in numbers.values())
            names = sorted(found, key=lambda name: (numbers[name] or 0.0, name)) if self.ordered else sorted(found)
            inside = [name for name in names if name not in off_names]
            listed = [found[name] for name in inside] + list(off)
        self.originals = listed
        self.names = [text(one) for one in listed]
        if len(set(self.names)) < len(self.names):
            raise BadFile("A label is declared twice. Name each once, falsest first, then those off the scale.")
        count = source.get("on_scale_count")
        if isinstance(count, int) and not options.off_scale:
            off_names |= set(self.names[count:])
        if missing := sorted({text(one) for one in on} - set(self.names)):
            raise BadFile(f"on_scale names {missing[0]!r}, which is not among the categories.")
        places = iter(range(len(self.names)))
        self.declared = Declared(tuple(None if name in off_names else next(places) for name in self.names))
        self._index = {name: place for place, name in enumerate(self.names)}
        self._missing = {"", *options.missing}

    def index(self, value: Any, where: str) -> int | None:
        """None for a missing verdict."""
        if value is None or (isinstance(value, str) and value.strip() in self._missing):
            return None
        if isinstance(value, list | dict):
            raise BadFile(f"{where}: {json.dumps(value, ensure_ascii=False)[:60]} is no label. One label a cell.")
        name = text(value.strip() if isinstance(value, str) else value)
        if name not in self._index:
            raise BadFile(
                f"{where}: {name!r} is not a declared label ({', '.join(self.names[:12])}). "
                "Add it to the categories (--categories, --off-scale), or say that it means missing (--missing)."
            )
        return self._index[name]


def _listed(source: Mapping[str, Any], name: str) -> list[Any]:
    found = source.get(name) or []
    if not isinstance(found, list):
        raise BadFile(f"{name} must be a list of labels, in order.")
    return found


@dataclass(frozen=True, slots=True)
class Cell:
    """One verdict with its place in the file."""

    unit: str
    reviewer: str
    value: Any
    where: str
    article: str = ""


def votes(source: Mapping[str, Any], cells: Sequence[Cell], options: Options, *, total: int | None = None) -> Votes:
    """Verdicts as arrays. Two different labels by one reviewer on one unit are an error; the same twice is one."""
    gone = {"", *options.missing}
    given = [
        cell.value
        for cell in cells
        if cell.value is not None and not (isinstance(cell.value, str) and cell.value.strip() in gone)
    ]
    labels = Labels(source, options, [value.strip() if isinstance(value, str) else value for value in given])
    units = list(dict.fromkeys(cell.unit for cell in cells))
    reviewers = list(dict.fromkeys(cell.reviewer for cell in cells))
    place, person = {name: at for at, name in enumerate(units)}, {name: at for at, name in enumerate(reviewers)}
    seen: dict[tuple[int, int], int] = {}
    article_of: dict[int, str] = {}
    for cell in cells:
        unit = place[cell.unit]
        if cell.article and article_of.setdefault(unit, cell.article) != cell.article:
            raise BadFile(f"{cell.where}: unit {cell.unit!r} is in article {article_of[unit]!r} elsewhere. One each.")
        label = labels.index(cell.value, cell.where)
        if label is None:
            continue
        if seen.setdefault((unit, person[cell.reviewer]), label) != label:
            raise BadFile(
                f"{cell.where}: reviewer {cell.reviewer!r} already gave unit {cell.unit!r} another label. "
                "Keep the first independent one."
            )
    flat = np.array([(*who, label) for who, label in seen.items()], dtype=np.intp).reshape(-1, 3)
    ratings = Ratings(flat[:, 0], flat[:, 1], flat[:, 2])
    size = len(labels.names)
    if size and article_of and len(article_of) == len(units):
        names = {name: at for at, name in enumerate(dict.fromkeys(article_of.values()))}
        of_unit = np.array([names[article_of[unit]] for unit in range(len(units))], dtype=np.intp)
        table = patterns.of_articles(ratings.claim, ratings.label, size, of_unit)
    else:
        table = patterns.of_reviews(ratings.claim, ratings.label, max(1, size))
    return Votes(
        labels.names,
        labels.originals,
        labels.declared,
        labels.ordered,
        options.scale or text(source.get("scale", "")),
        table,
        units,
        reviewers,
        ratings,
        len(units) if total is None else total,
    )


def matrix(source: Mapping[str, Any], options: Options) -> Votes:
    """The JSON form: `units` x reviewers, null = missing; optional `reviewers`, `unit_ids` and `articles` beside them."""
    rows = source.get("units")
    if not isinstance(rows, list):
        raise BadFile('"units" must be a list with one list (or {reviewer: label}) a unit.')
    names, ids, articles = source.get("reviewers"), source.get("unit_ids"), source.get("articles")
    for key, found in (("unit_ids", ids), ("articles", articles)):
        if found is not None and (not isinstance(found, list) or len(found) != len(rows)):
            raise BadFile(f'"{key}" must be a list as long as "units" ({len(rows)}).')
    named = names if isinstance(names, list) and all(isinstance(one, str | int) for one in names) else None
    cells = []
    for at, row in enumerate(rows):
        if not isinstance(row, list | dict):
            raise BadFile(f"Unit {at + 1}: a list of labels was expected, one a reviewer, null for missing.")
        pairs = row.items() if isinstance(row, dict) else enumerate(row)
        for column, value in pairs:
            if named and isinstance(column, int) and column >= len(named):
                raise BadFile(f"Unit {at + 1} has {len(row)} columns, but {len(named)} reviewers are named.")
            who = text(named[column] if named and isinstance(column, int) else column)
            which = column + 1 if isinstance(column, int) else repr(column)
            unit = text(ids[at]) if ids else str(at)
            article = text(articles[at]) if articles else ""
            cells.append(Cell(unit, who, value, f"Unit {at + 1}, column {which}", article))
    return votes(source, cells, options, total=len(rows))


def histogram(source: Mapping[str, Any], options: Options) -> Votes:
    """The JSON form [[count vector over the categories, number of units], …]."""
    rows = source["histogram"]
    labels = Labels(source, options, [])
    size = len(labels.names)
    if not size:
        raise BadFile('A histogram needs "categories", in the order of its counts.')
    counts, weight = [], []
    for at, row in enumerate(rows):
        good = isinstance(row, list) and len(row) == 2 and isinstance(row[0], list) and len(row[0]) == size
        if not good or not all(isinstance(one, int) and one >= 0 for one in [*row[0], row[1]]):
            raise BadFile(f"Histogram row {at + 1}: [[{size} counts], number of units] in whole numbers was expected.")
        counts.append(row[0])
        weight.append(row[1])
    table = Table(np.array(counts, dtype=float).reshape(-1, size), np.array(weight, dtype=float))
    return Votes(
        labels.names,
        labels.originals,
        labels.declared,
        True,
        options.scale or text(source.get("scale", "")),
        table,
        total_units=int(table.weight.sum()),
    )

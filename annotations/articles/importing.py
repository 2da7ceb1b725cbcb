"""Many at once: a file of records, read one by one, each in a transaction of its own; how far it is stands on the row."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from annotations import events, jobs
from annotations.articles import operations
from annotations.errors import Duplicate, FactcheckError, InvalidInput, NotFound, TooLarge
from annotations.lib import blobs
from annotations.lib.days import day
from annotations.models import Article, Import, Member
from annotations.models.intake import ImportKind, ImportState
from annotations.models.rows import move
from annotations.newsrooms.access import require

MOST_BYTES = 100_000_000
MOST_RECORDS = 200_000
MOST_PROBLEMS = 100
_A_LOT = 50  # records of one lease

Take = Callable[[Member, dict[str, Any]], Any]
_FIELDS = ("title", "language", "direction", "author", "publisher", "topic")


def start(*, by: Member, kind: str, file_name: str, body: bytes, records: list[dict[str, Any]], job: str) -> Import:
    """Keep the file and promise the work. `records` were read once already, so that a broken file is refused at once."""
    require(by, "article.add")
    upload = blobs.keep(body)
    with transaction.atomic():
        made = Import.objects.create(
            newsroom_id=by.newsroom_id,
            kind=kind,
            member=by,
            file_name=file_name[-255:],
            upload=upload,
            total=len(records),
            created_by_id=by.user_id,
        )
        events.record(
            "import.begun",
            newsroom_id=by.newsroom_id,
            by=by,
            subject="import",
            subject_id=made.pk,
            new={"kind": kind, "total": len(records)},
        )
        jobs.owe(job, made.pk, newsroom_id=by.newsroom_id)
    return made


def start_articles(*, by: Member, file_name: str, body: bytes) -> Import:
    """A JSONL, JSON or CSV file of articles: each record has a "text" or a "url", and any detail."""
    return start(
        by=by,
        kind=ImportKind.ARTICLES,
        file_name=file_name,
        body=body,
        records=read_records(body, file_name),
        job="articles.import",
    )


def read_records(body: bytes, file_name: str) -> list[dict[str, Any]]:
    """One object a line, or a JSON list, or a CSV table with a heading line. A line that is none is a record with "_fault"."""
    check_size(len(body))
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput("not_utf8", _("The file is not UTF-8 text. Save it as UTF-8."), pointer="/file") from error
    if file_name.lower().endswith(".csv"):
        found = _table(text)
    elif text.lstrip().startswith("["):
        found = _listed(text)
    else:
        found = [_line(line) for line in text.split("\n") if line.strip()]
    if not found:
        raise InvalidInput("no_records", _("There is no record in this file."), pointer="/file")
    check_count(found)
    return found


def check_size(size: int) -> None:
    """For doors too, before an upload is read into memory."""
    if size > MOST_BYTES:
        raise TooLarge("file_too_large", _("The file is larger than 100 MB. Split it."), pointer="/file")


def check_count(records: Sequence[object]) -> None:
    """At most MOST_RECORDS of one file."""
    if len(records) > MOST_RECORDS:
        raise TooLarge("too_many_records", _("More than 200,000 records. Split the file."), pointer="/file")


def _table(text: str) -> list[dict[str, Any]]:
    csv.field_size_limit(5_000_000)
    try:
        heading = text.lstrip().split("\n", 1)[0]
        mark = max(",;\t", key=heading.count)  # spreadsheets of many countries write semicolons
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=mark)
        return [{str(name).strip().lower(): value for name, value in row.items() if name} for row in rows]
    except csv.Error as error:
        raise InvalidInput("bad_csv", _("This is not a CSV table: %s.") % error, pointer="/file") from error


def _listed(text: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise InvalidInput("bad_json", _("This is not JSON: %s.") % error, pointer="/file") from error
    return [each if isinstance(each, dict) else {"_fault": "not_an_object"} for each in found]


def _line(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        return {"_fault": "not_json"}
    return found if isinstance(found, dict) else {"_fault": "not_an_object"}


def take_article(by: Member, record: dict[str, Any]) -> Article:
    """One record as an article; raises what the single intake raises."""
    if record.get("_fault"):
        raise InvalidInput("not_a_record", _("This record is not a JSON object."))
    text, url = _words(record, "text"), _words(record, "url").strip()
    given: dict[str, Any] = {name: _words(record, name).strip() for name in _FIELDS}
    given["published_on"] = day(_words(record, "published_on").strip(), pointer="/published_on")
    details = operations.Details(**given)
    if text.strip():
        return operations.add_text(by=by, text=text, url=url, details=details)
    if url:
        return operations.add_url(by=by, url=url, details=details)
    raise InvalidInput("nothing", _("The record has neither a text nor a url."), pointer="/text")


def _words(record: dict[str, Any], name: str) -> str:
    value = record.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InvalidInput("not_text", _("“%s” is not a text.") % name, pointer=f"/{name}")
    return value


def run_articles(import_id: int, lease: jobs.Lease) -> None:
    """The job for articles."""
    run(import_id, lease, reader=read_records, take=take_article, job="articles.import")


def run(
    import_id: int,
    lease: jobs.Lease,
    *,
    reader: Callable[[bytes, str], list[dict[str, Any]]],
    take: Take,
    job: str,
) -> None:
    """Some records from where the last run stopped; a record and the count of it are one transaction, so none is doubled."""
    row = (
        Import.objects.select_related("member__newsroom", "member__user")
        .filter(pk=import_id, state=ImportState.RUNNING)
        .first()
    )
    if row is None:
        return
    records = reader(blobs.read(row.upload, limit=MOST_BYTES), row.file_name)
    with translation.override(row.member.newsroom.language):
        for place in range(row.position, min(len(records), row.position + _A_LOT)):
            with transaction.atomic():
                jobs.hold(lease)
                _count(row, place, *outcome(take, row.member, records[place]))
    row.refresh_from_db()
    with transaction.atomic():
        jobs.hold(lease)
        if row.position < len(records):
            jobs.owe(job, row.pk, newsroom_id=row.newsroom_id)
        elif move(
            Import.objects.filter(pk=row.pk), old=ImportState.RUNNING, new=ImportState.DONE, finished_at=timezone.now()
        ):
            events.record(
                "import.done",
                newsroom_id=row.newsroom_id,
                by=None,
                subject="import",
                subject_id=row.pk,
                new={"added": row.added},
            )


def outcome(take: Take, by: Member, record: dict[str, Any]) -> tuple[str, str]:
    """("added" | "duplicates" | "refused", the sentence that says why, or what of it could not be read)."""
    try:
        with transaction.atomic():
            take(by, record)
    except Duplicate as error:
        return "duplicates", str(error.message)
    except FactcheckError as error:
        return "refused", str(error.message)
    return "added", " ".join(record.get("_notes", ()))


def _count(row: Import, place: int, column: str, sentence: str) -> None:
    changes: dict[str, Any] = {"position": place + 1, column: F(column) + 1}
    if sentence and column != "duplicates" and len(row.problems) < MOST_PROBLEMS:
        row.problems.append([place + 1, sentence])
        changes["problems"] = row.problems
    Import.objects.filter(pk=row.pk).update(**changes)


def bury(import_id: int, code: str) -> None:
    """It stops where it is; what was added stays."""
    move(
        Import.objects.filter(pk=import_id),
        old=ImportState.RUNNING,
        new=ImportState.FAILED,
        problem=code[:60],
        finished_at=timezone.now(),
    )


def of(member: Member) -> QuerySet[Import]:
    """The newsroom's imports, newest first."""
    require(member, "article.add")
    return Import.objects.filter(newsroom_id=member.newsroom_id).order_by("-pk")


def get(member: Member, import_id: int) -> Import:
    found = of(member).filter(pk=import_id).first()
    if found is None:
        raise NotFound("no_import", _("There is no such import in this newsroom."))
    return found

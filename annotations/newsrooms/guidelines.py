"""The newsroom's guideline text and its checklist: what stands now, older versions, and the change that makes a new one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Prefetch
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annotations import events
from annotations.errors import Conflict, InvalidFields, InvalidInput
from annotations.lib.marked_text import MOST_CHARACTERS
from annotations.models import CheckItem, Checklist, Guideline, Member, Newsroom
from annotations.newsrooms.access import require

MOST_ITEMS = 30
MOST_ITEM_CHARACTERS = 300


def languages() -> list[str]:
    """Those of the interface, in which a guideline can be written."""
    return [code for code, _name in settings.LANGUAGES]


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the checklist as it is sent; without a key it is a new one, and left out when it has no text."""

    texts: Mapping[str, str]
    is_required: bool = False
    key: str = ""


def guideline(newsroom: Newsroom, language: str = "") -> Guideline | None:
    """The one in use in `language` (default: the interface's), else in the newsroom's own, else in any; None without one."""
    wanted = language or get_language() or "en"
    found = {row.language: row for row in newsroom.guidelines.filter(is_current=True).exclude(text="").order_by("pk")}
    return (
        found.get(wanted)
        or found.get(wanted.split("-")[0])
        or found.get(newsroom.language)
        or next(iter(found.values()), None)
    )


def guidelines(newsroom: Newsroom) -> list[Guideline]:
    """All versions, newest first."""
    return list(newsroom.guidelines.select_related("created_by").order_by("language", "-version"))


def write_guideline(texts: Mapping[str, str], *, by: Member) -> list[Guideline]:
    """Make a new version of each language whose text differs; returns those. An empty text takes it out of use."""
    require(by, "guideline.manage")
    problems = [_guideline_problem(language, text) for language, text in texts.items()]
    if any(problems):
        raise InvalidFields([problem for problem in problems if problem])
    made = []
    with transaction.atomic():
        Newsroom.objects.select_for_update().get(pk=by.newsroom_id)
        for language, text in texts.items():
            versions = Guideline.objects.filter(newsroom_id=by.newsroom_id, language=language)
            newest = versions.order_by("-version").first()
            clean = _clean(text)
            if (newest.text if newest else "") == clean:
                continue
            versions.filter(is_current=True).update(is_current=False)
            row = Guideline.objects.create(
                newsroom_id=by.newsroom_id,
                language=language,
                version=newest.version + 1 if newest else 1,
                text=clean,
                is_current=True,
                created_by_id=by.user_id,
            )
            _record("guideline.changed", "guideline", row.pk, by, {"language": language, "version": row.version})
            made.append(row)
    return made


def checklist(newsroom: Newsroom) -> Checklist | None:
    """The one in use, with its items in order; None without one. An empty one asks nothing."""
    items = Prefetch("items", CheckItem.objects.order_by("order"))
    return newsroom.checklists.filter(is_current=True).prefetch_related(items).first()


def items(found: Checklist | None) -> list[CheckItem]:
    """In the checklist's order."""
    return sorted(found.items.all(), key=lambda item: item.order) if found else []


def write_checklist(rows: Sequence[Item], *, by: Member, version: int | None = None) -> Checklist | None:
    """Make these rows the newsroom's checklist, as a new version where they differ; none at all ask nothing.

    `version`: the one that the rows were made from; Conflict when another is in use by now. None: whatever is there.
    """
    require(by, "guideline.manage")
    kept = [row for row in rows if any(text.strip() for text in row.texts.values())]
    _refuse_faults(rows, kept)
    with transaction.atomic():
        Newsroom.objects.select_for_update().get(pk=by.newsroom_id)
        current = checklist(by.newsroom)
        if version is not None and version != (current.version if current else 0):
            raise Conflict(
                "checklist_changed",
                _("Somebody else changed the checklist in the meantime. Look at it and save again."),
            )
        wanted = _keyed(kept, current)
        if [(row.key, row.texts, row.is_required) for row in items(current)] == wanted:
            return current
        last = Checklist.objects.filter(newsroom_id=by.newsroom_id).order_by("-version").first()
        Checklist.objects.filter(newsroom_id=by.newsroom_id, is_current=True).update(is_current=False)
        try:
            with transaction.atomic():
                made = Checklist.objects.create(
                    newsroom_id=by.newsroom_id,
                    version=last.version + 1 if last else 1,
                    is_current=True,
                    created_by_id=by.user_id,
                )
        except IntegrityError as error:
            raise Conflict("try_again", _("Somebody saved at this moment. Try again.")) from error
        CheckItem.objects.bulk_create(
            CheckItem(checklist=made, order=order, key=key, texts=texts, is_required=required)
            for order, (key, texts, required) in enumerate(wanted)
        )
        _record("checklist.changed", "checklist", made.pk, by, {"version": made.version})
    return checklist(by.newsroom)


def _keyed(rows: Sequence[Item], current: Checklist | None) -> list[tuple[str, dict[str, str], bool]]:
    """Each row with its key: the one it had, or a new one that no line of the current version has."""
    taken = {row.key for row in rows if row.key} | {item.key for item in items(current)}
    wanted = []
    for row in rows:
        texts = {code: text.strip() for code, text in row.texts.items() if text.strip()}
        key = row.key
        if not key:
            stem = slugify(texts.get("en", ""))[:50].strip("-") or "item"
            key, number = stem, 2
            while key in taken:
                key, number = f"{stem}-{number}", number + 1
            taken.add(key)
        wanted.append((key, texts, row.is_required))
    return wanted


def _refuse_faults(rows: Sequence[Item], kept: Sequence[Item]) -> None:
    problems = []
    if len(kept) > MOST_ITEMS:
        problems.append(InvalidInput("too_many", _("At most %d lines.") % MOST_ITEMS, pointer="/items"))
    keys = [row.key for row in kept if row.key]
    if len(keys) != len(set(keys)):
        problems.append(InvalidInput("key_twice", _("Two lines have the same key."), pointer="/items"))
    for place, row in enumerate(rows):
        for code, text in row.texts.items():
            if code not in languages():
                problems.append(
                    InvalidInput(
                        "unknown_language", _("This is no language of the interface."), pointer=f"/items/{place}/texts"
                    )
                )
            if len(text.strip()) > MOST_ITEM_CHARACTERS:
                message = _("At most %d characters.") % MOST_ITEM_CHARACTERS
                problems.append(InvalidInput("too_long", message, pointer=f"/items/{place}/texts/{code}"))
        if row.key and slugify(row.key) != row.key:
            problems.append(
                InvalidInput(
                    "bad_key", _("A key has small Latin letters, digits and hyphens."), pointer=f"/items/{place}/key"
                )
            )
    if problems:
        raise InvalidFields(problems)


def _guideline_problem(language: str, text: str) -> InvalidInput | None:
    if language not in languages():
        return InvalidInput(
            "unknown_language", _("This is no language of the interface."), pointer=f"/texts/{language}"
        )
    if len(text) > MOST_CHARACTERS:
        return InvalidInput("too_long", _("At most %d characters.") % MOST_CHARACTERS, pointer=f"/texts/{language}")
    return None


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd").strip()


def _record(kind: str, subject: str, subject_id: int, by: Member, new: dict[str, object]) -> None:
    events.record(kind, newsroom_id=by.newsroom_id, by=by, subject=subject, subject_id=subject_id, new=new)

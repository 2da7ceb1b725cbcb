"""What several tables share: named constraints for choices, spans and paired moments."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import CheckConstraint, F, Q, QuerySet


def one_of(field: str, choices: type[models.TextChoices], *, name: str, blank: bool | None = None) -> CheckConstraint:
    """The database refuses any other value; `blank` also admits the empty string."""
    values = [*choices.values, *([""] if blank else [])]
    return CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)


def paired(at: str, by: str, *, name: str) -> CheckConstraint:
    """`_at` and `_by` are set together. A deleted user leaves the moment (the work stays), so only `by` alone is refused."""
    return CheckConstraint(condition=Q(**{f"{by}__isnull": True}) | Q(**{f"{at}__isnull": False}), name=name)


class Actor(models.ForeignKey[Any, Any]):
    """Who did it. Deleting a user keeps the work."""

    def __init__(self, **options: Any) -> None:
        settings: dict[str, Any] = {
            "to": "annotations.User",
            "on_delete": models.SET_NULL,
            "null": True,
            "blank": True,
        }
        settings |= {"related_name": "+"} | options
        super().__init__(**settings)


def move(rows: QuerySet[Any], *, old: str | Sequence[str], new: str, **changes: Any) -> bool:
    """Compare-and-swap of `state` on the one row that `rows` names; False when it was in another state."""
    states = [old] if isinstance(old, str) else old
    return bool(rows.filter(state__in=states).update(state=new, **changes))


def save_if_current(row: Any, row_version: int | None, **changes: Any) -> bool:
    """Write `changes` and count the row's version up; False when somebody saved after `row_version` (None: whatever)."""
    rows = type(row)._default_manager.filter(pk=row.pk)
    if row_version is not None:
        rows = rows.filter(row_version=row_version)
    return bool(rows.update(row_version=F("row_version") + 1, **changes))

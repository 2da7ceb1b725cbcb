"""The list of claim types as an admin's form sends it: all rows at once, all or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.errors import FactcheckError, InvalidFields, InvalidInput
from annotations.models import Member
from annotations.newsrooms import claim_types
from annotations.newsrooms.access import require


@dataclass(frozen=True, slots=True)
class Row:
    """One type; without an id it is a new one, and left out when it has no name."""

    id: int | None
    names: dict[str, str]
    is_active: bool = True


def save(rows: Sequence[Row], *, by: Member) -> None:
    """Write what differs. InvalidFields names each row at fault by its place in the list."""
    require(by, "scale.manage")
    own = by.newsroom.language
    faults: list[InvalidInput] = []
    with transaction.atomic():
        for place, row in enumerate(rows):
            if row.id is None and not any(name.strip() for name in row.names.values()):
                continue
            if own in row.names and not row.names[own].strip():
                message = _("Give the type a name in your newsroom's own language too.")
                faults.append(InvalidInput("required", message, pointer=f"/{place}/{own}"))
                continue
            try:
                with transaction.atomic():
                    _save(row, by)
            except FactcheckError as error:
                faults.append(InvalidInput(error.code, str(error.message), pointer=f"/{place}/{own}"))
        if faults:
            raise InvalidFields(faults)


def _save(row: Row, by: Member) -> None:
    if row.id is None:
        claim_types.add(by=by, names=row.names)
    else:
        claim_types.edit(row.id, by=by, names=row.names, is_active=row.is_active)

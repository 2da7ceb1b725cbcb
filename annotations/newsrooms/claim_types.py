"""The kinds of statement a newsroom tells apart: its own list, nine to start with."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annotations import events
from annotations.errors import Duplicate, InvalidInput, NotFound
from annotations.models import ClaimType, Member, Newsroom
from annotations.newsrooms.access import require

MOST_KEY_CHARACTERS = 60  # what its column holds
# The nine types of the AVeriTeC annotation scheme (Schlichtkrull, Guo, Vlachos 2023); the Arabic names are ours.
PRESET: tuple[tuple[str, str, str], ...] = (
    ("event_property", "Event or property", "حدث أو صفة"),
    ("numerical", "Numerical", "رقمي"),
    ("causal", "Causal", "سببي"),
    ("quote", "Quote verification", "تحقق من اقتباس"),
    ("position", "Position statement", "موقف معلن"),
    ("media_publishing", "Media publishing", "نشر مادة إعلامية"),
    ("media_analysis", "Media analysis", "تحليل مادة إعلامية"),
    ("speculative", "Speculative", "تكهن"),
    ("opinion", "Opinionated", "رأي"),
)


def adopt(newsroom: Newsroom) -> None:
    """The nine, for a newsroom that has none."""
    ClaimType.objects.bulk_create(
        ClaimType(newsroom=newsroom, key=key, names={"en": english, "ar": arabic}, order=place)
        for place, (key, english, arabic) in enumerate(PRESET)
    )


def of(newsroom: Newsroom, *, active: bool = True) -> list[ClaimType]:
    """The newsroom's types in its order."""
    found = ClaimType.objects.filter(newsroom=newsroom).order_by("order", "pk")
    return list(found.filter(is_active=True) if active else found)


def by_key(newsroom_id: int, key: str) -> ClaimType | None:
    """None for ""; raises InvalidInput for a type that the newsroom does not have."""
    if not key:
        return None
    found = ClaimType.objects.filter(newsroom_id=newsroom_id, key=key).first()
    if found is None:
        raise InvalidInput("unknown_type", _("The newsroom has no such claim type."), pointer="/claim_type")
    return found


def add(*, by: Member, names: dict[str, str], key: str = "") -> ClaimType:
    """A type of the newsroom's own."""
    require(by, "scale.manage")
    names = _checked(names)
    key = (
        key
        or slugify(names.get("en", ""))[:MOST_KEY_CHARACTERS]
        or f"type-{ClaimType.objects.filter(newsroom=by.newsroom).count() + 1}"
    )
    with transaction.atomic():
        if ClaimType.objects.filter(newsroom=by.newsroom, key=key).exists():
            raise Duplicate(
                "type_exists", _("There is a claim type of this name already."), pointer="/name", existing=key
            )
        last = ClaimType.objects.filter(newsroom=by.newsroom).aggregate(last=Max("order"))["last"]
        made = ClaimType.objects.create(newsroom=by.newsroom, key=key, names=names, order=(last or 0) + 1)
        _record(made, "claim_type.added", by)
    return made


def edit(type_id: int, *, by: Member, names: dict[str, str] | None = None, is_active: bool | None = None) -> ClaimType:
    """Rename it, or take it out of use: claims that have it keep it."""
    require(by, "scale.manage")
    found = ClaimType.objects.filter(newsroom=by.newsroom, pk=type_id).first()
    if found is None:
        raise NotFound("no_type", _("The newsroom has no such claim type."))
    changes: dict[str, Any] = {}
    if names is not None:
        changes["names"] = found.names | _checked(names)
    if is_active is not None:
        changes["is_active"] = is_active
    changes = {name: value for name, value in changes.items() if getattr(found, name) != value}
    if changes:
        with transaction.atomic():
            ClaimType.objects.filter(pk=found.pk).update(**changes)
            _record(found, "claim_type.edited", by)
        found.refresh_from_db()
    return found


def name(claim_type: ClaimType | None) -> str:
    """In the interface's language."""
    return claim_type.name(get_language() or "en") if claim_type else ""


def _checked(names: dict[str, str]) -> dict[str, str]:
    kept = {code: value.strip()[:120] for code, value in names.items() if value.strip()}
    if not kept:
        raise InvalidInput("required", _("Give the claim type a name."), pointer="/name")
    return kept


def _record(row: ClaimType, kind: str, by: Member) -> None:
    events.record(kind, newsroom_id=row.newsroom_id, by=by, subject="claim_type", subject_id=row.pk)

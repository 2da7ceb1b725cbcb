"""What is known of a claim: restated text, claimant, date, place, appearance, topic, type, or that one of them is unknown."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.claims.repeats import index
from annotations.claims.undoing import undoable
from annotations.claims.writing import record, refuse_unless, save
from annotations.errors import InvalidInput
from annotations.lib.days import day
from annotations.models import Claim, Member
from annotations.models.claims import Attribution, ClaimantKind, ClaimState
from annotations.newsrooms import claim_types
from annotations.newsrooms.access import require

_UNKNOWABLE = ("claimant", "claimed_on", "appearance")
_LENGTHS = {
    "restated": 5000,
    "claimant": 300,
    "claimant_same_as": 500,
    "appearance_url": 2048,
    "place": 300,
    "topic": 120,
}


def edit(claim: Claim, *, by: Member, row_version: int | None, changes: dict[str, Any]) -> Claim:
    """Write the fields that differ; `claim_type` is a key of the newsroom's types, "" for none."""
    require(by, "claim.edit")
    changes = _checked(claim, changes)
    if not changes:
        return claim
    with transaction.atomic(), undoable(claim.article, by=by, kind="edit", claims=[claim]):
        refuse_unless(
            claim,
            [state for state in ClaimState if state not in (ClaimState.PUBLISHED, ClaimState.DROPPED)],
            _("A published or dropped claim is not edited. Correct the publication instead."),
        )
        save(claim, row_version, **changes)
        record(claim, "claim.edited", by, new={"fields": sorted(changes)})
        if "restated" in changes:
            index.refresh(Claim.objects.select_related("article").get(pk=claim.pk))
    claim.refresh_from_db()
    return claim


def _checked(claim: Claim, changes: dict[str, Any]) -> dict[str, Any]:
    fields = {*_LENGTHS, "claimant_kind", "claimed_on", "unknown", "attribution"}
    kept = {name: value for name, value in changes.items() if name in fields}
    for name, most in _LENGTHS.items():
        if name in kept:
            kept[name] = str(kept[name] or "").strip()
            if len(kept[name]) > most:
                raise InvalidInput("too_long", _("At most %d characters.") % most, pointer=f"/{name}")
    for name in ("claimant_same_as", "appearance_url"):
        if kept.get(name) and not kept[name].startswith(("http://", "https://")):
            raise InvalidInput("bad_url", _("Give a full address such as https://example.org"), pointer=f"/{name}")
    if kept.get("claimant_kind", "") not in ("", *ClaimantKind.values):
        raise InvalidInput("unknown_kind", _("A claimant is a person or an organisation."), pointer="/claimant_kind")
    if kept.get("attribution", claim.attribution) not in Attribution.values:
        raise InvalidInput("unknown_attribution", _("Choose one of the kinds in the list."), pointer="/attribution")
    if isinstance(kept.get("claimed_on"), str):
        kept["claimed_on"] = day(kept["claimed_on"], pointer="/claimed_on")
    if isinstance(kept.get("claimed_on"), date) and kept["claimed_on"] > timezone.now().date() + timedelta(days=1):
        raise InvalidInput("future_date", _("The date of the claim lies in the future."), pointer="/claimed_on")
    if "claim_type" in changes:
        found = claim_types.by_key(claim.newsroom_id, str(changes["claim_type"] or ""))
        kept["claim_type_id"] = found.pk if found else None
    if "unknown" in kept:
        kept["unknown"] = [name for name in _UNKNOWABLE if name in (kept["unknown"] or [])]
    _forget_unknown(claim, kept)
    return {name: value for name, value in kept.items() if getattr(claim, name) != value}


def _forget_unknown(claim: Claim, kept: dict[str, Any]) -> None:
    """Nothing is filled in and said to be unknown at once: what is filled in wins."""
    unknown = list(kept.get("unknown", claim.unknown))
    columns = {"claimant": "claimant", "claimed_on": "claimed_on", "appearance": "appearance_url"}
    left = [name for name in unknown if not kept.get(columns[name], getattr(claim, columns[name]))]
    if left != unknown or "unknown" in kept:
        kept["unknown"] = left

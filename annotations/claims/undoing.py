"""Taking back the last thing an editor did to a claim list. Snapshots of the claims touched, never the log."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import jobs
from annotations.claims.repeats import index
from annotations.claims.writing import record
from annotations.errors import Conflict
from annotations.lib.spans import select
from annotations.models import Article, Change, Claim, Member, Span, Version
from annotations.models.claims import ClaimState
from annotations.newsrooms.access import require

_COLUMNS = (
    "state restated claimant claimant_kind claimant_same_as attribution claimed_on appearance_url place topic claim_type_id unknown"
    " same_as_id drop_reason dropped_at dropped_by_id confirmed_at confirmed_by_id merged_into_id scale_id position"
    " anchor anchor_checked undone parts claimant_suggested voice score reasons"
).split()
_LOOKED_AT = 10  # of one's own acts, the latest

_outer: ContextVar[list[Claim] | None] = ContextVar("outer", default=None)


@contextmanager
def undoable(article: Article, *, by: Member, kind: str, claims: Iterable[Claim] = ()) -> Iterator[list[Claim]]:
    """Remember the claims as they are before and after the write; append to the list what the write makes.

    Use inside the write's transaction. Within another one it adds to that: one act, one undo.
    """
    outer = _outer.get()
    if outer is not None:
        made: list[Claim] = []
        yield made
        outer += made
        return
    claims, made = list(claims), []
    before: dict[str, Any] = dict(_snapshots(claim.pk for claim in claims))
    token = _outer.set(made)
    try:
        yield made
    finally:
        _outer.reset(token)
    after = _snapshots(claim.pk for claim in [*claims, *made])
    before |= {str(claim.pk): None for claim in made}
    changed = [pk for pk in after if after[pk] != before[pk]]
    if changed:
        Change.objects.create(
            newsroom_id=article.newsroom_id,
            article=article,
            kind=kind,
            before={pk: before[pk] for pk in changed},
            after={pk: after[pk] for pk in changed},
            created_by_id=by.user_id,
        )


def last(article: Article, *, by: Member) -> Change | None:
    """What `undo` would take back: one's own latest act whose claims stand as it left them."""
    found = _latest(article, by)
    now = _snapshots(int(pk) for change in found for pk in change.after)
    return next((change for change in found if _stands(change, now)), None)


def _latest(article: Article, by: Member) -> list[Change]:
    rows = Change.objects.filter(article=article, created_by_id=by.user_id, undone_at=None)
    return list(rows.order_by("-pk")[:_LOOKED_AT])


def _stands(change: Change, now: dict[str, dict[str, Any]]) -> bool:
    return all(now[pk] == values for pk, values in change.after.items())


def undo(article: Article, *, by: Member, change_id: int | None = None) -> Change:
    """Take back one's own last act on this claim list. Conflict when its claims have changed since.

    `change_id`: the act that was shown, so that never another one is taken back.
    """
    require(by, "claim.edit")
    with transaction.atomic():
        Article.objects.select_for_update().get(pk=article.pk)
        found = _latest(article, by)
        ids = {int(pk) for change in found for pk in change.after}
        list(Claim.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
        now = _snapshots(ids)
        change = next((change for change in found if _stands(change, now)), None)
        if change is None and not found:
            raise Conflict("nothing_to_undo", _("There is nothing of yours to undo in this article."))
        if change is None or (change_id is not None and change_id != change.pk):
            raise Conflict("changed_since", _("These claims have changed since, so this cannot be undone any more."))
        for pk, values in change.before.items():
            _bring_back(int(pk), values, by)
        Change.objects.filter(pk=change.pk).update(undone_at=timezone.now(), undone_by_id=by.user_id)
        _record(article, change, by)
    return change


def _snapshots(claim_ids: Iterable[int]) -> dict[str, dict[str, Any]]:
    ids = set(claim_ids)
    if not ids:
        return {}
    spans: dict[int, list[list[Any]]] = {pk: [] for pk in ids}
    rows = Span.objects.filter(claim_id__in=ids).order_by("version_id", "start", "end")
    for claim_id, *span in rows.values_list("claim_id", "version_id", "start", "end", "anchor"):
        spans[claim_id].append(span)
    return {
        str(row.pop("pk")): {name: _plain(value) for name, value in row.items()} | {"spans": spans[pk]}
        for row in Claim.objects.filter(pk__in=ids).order_by("pk").values("pk", *_COLUMNS)
        for pk in [row["pk"]]
    }


def _plain(value: Any) -> Any:
    """As JSON holds it; moments to the microsecond, so that what is brought back equals what stood there."""
    return value.isoformat() if isinstance(value, date) else value


def _bring_back(claim_id: int, values: dict[str, Any] | None, by: Member) -> None:
    claim = Claim.objects.get(pk=claim_id)
    now = _snapshots([claim_id])[str(claim_id)]
    if values is None:  # it was made by the act; its number stays taken
        values = now | {
            "state": ClaimState.DROPPED,
            "undone": True,
            "dropped_at": timezone.now(),
            "dropped_by_id": by.user_id,
        }
    columns = {name: _typed(name, values[name]) for name in _COLUMNS}
    if any(now[name] != values[name] for name in ("spans", "restated")) and values["state"] == ClaimState.OPEN:
        columns["reworded_at"] = timezone.now()  # who has begun a review is told
    Claim.objects.filter(pk=claim_id).update(**columns, row_version=claim.row_version + 1)
    Span.objects.filter(claim_id=claim_id).delete()
    versions = Version.objects.in_bulk([version for version, *_rest in values["spans"]])
    for version_id, start, end, anchor in values["spans"]:
        place = select(versions[version_id].text, start, end)
        Span.objects.create(
            claim=claim,
            version_id=version_id,
            start=start,
            end=end,
            exact=place.exact,
            prefix=place.prefix,
            suffix=place.suffix,
            anchor=anchor,
        )
    for first in {claim.same_as_id, values["same_as_id"]} - {None}:
        jobs.owe("rulings.appearances", first, newsroom_id=claim.newsroom_id)
    claim.refresh_from_db()
    index.refresh(claim)


def _typed(name: str, value: Any) -> Any:
    field = Claim._meta.get_field(name.removesuffix("_id"))
    return value if value is None or name.endswith("_id") else field.to_python(value)  # type: ignore[union-attr]


def _record(article: Article, change: Change, by: Member) -> None:
    for claim in Claim.objects.filter(pk__in=[int(pk) for pk in change.after]).order_by("pk"):
        old, new = change.after[str(claim.pk)]["state"], claim.state
        record(
            claim, "claim.undone", by, old={"state": old, "change": change.pk}, new={"state": new, "of": change.kind}
        )

"""Switching double marking on and off, taking a place, one's own marks, done. The merge: merging.py."""

import itertools
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations import events
from annotations.claims.cutting import MOST_SPANS, Piece
from annotations.claims.markings import queries, rules
from annotations.claims.writing import selected
from annotations.errors import Conflict, FactcheckError, InvalidInput, NotAllowed, StaleVersion
from annotations.models import Article, Doubling, Marker, Marking, MarkingDisclosure, Member, Version
from annotations.models.events import Audience
from annotations.models.markings import DoublingState, MarkerState
from annotations.models.rows import move, save_if_current
from annotations.newsrooms.access import require
from annotations.newsrooms.queries import active_members

MOST_PLACES = 10
MOST_MARKS = 2000  # of one person in one article
_WHY = {
    "not_a_marker": gettext_lazy("You have no place in this double marking. Take one, or ask an editor."),
    "marking_closed": gettext_lazy("The marking of this article is closed."),
    "marking_done": gettext_lazy("You said that you are done; your list stands as it is."),
    "marks_already": gettext_lazy("You mark this article already."),
    "has_seen_markings": gettext_lazy("You have looked at the marks of others, so you cannot mark this article."),
    "no_place": gettext_lazy("Everybody who marks this article is found already."),
}


def refusal(code: str) -> FactcheckError:
    kind = NotAllowed if code in ("not_a_marker", "has_seen_markings") else Conflict
    return kind(code, str(_WHY[code]))


def switch_on(article: Article, *, by: Member, places: int = 2, member_ids: Sequence[int] = ()) -> Doubling:
    """People mark it blind to each other: those named, and the first who take a place that is left."""
    require(by, "claim.edit")
    named = list(active_members(by.newsroom).filter(pk__in=member_ids))
    if len(named) != len(set(member_ids)):
        raise InvalidInput("unknown_member", _("One of these people is not an active member."), pointer="/members")
    if not 2 <= places <= MOST_PLACES:
        raise InvalidInput("bad_places", _("Between 2 and %d people mark it.") % MOST_PLACES, pointer="/places")
    places = max(places, len(named))
    if places > MOST_PLACES:
        raise InvalidInput("bad_places", _("Between 2 and %d people mark it.") % MOST_PLACES, pointer="/members")
    with transaction.atomic():
        Article.objects.select_for_update().get(pk=article.pk)
        running = [DoublingState.MARKING, DoublingState.MERGING]
        if Doubling.objects.filter(article=article, state__in=running).exists():
            raise Conflict("doubling_on", _("This article is set to double marking already."))
        doubling = Doubling.objects.create(
            newsroom_id=article.newsroom_id, article=article, places=places, created_by_id=by.user_id
        )
        _record(doubling, "doubling.on", by, new={"state": "marking", "places": places})
        for member in named:
            Marker.objects.create(doubling=doubling, member=member, was_asked=True)
            _record(doubling, "marker.asked", by, new={"member": member.pk}, to=member.user_id)
    return doubling


def take(doubling: Doubling, *, by: Member) -> Marker:
    """Take a free place."""
    require(by, "marking.write")
    with transaction.atomic():
        doubling = _locked(doubling)
        if code := rules.refusal_to_take(queries.standing(by, doubling)):
            raise refusal(code)
        marker = Marker.objects.create(doubling=doubling, member=by)
        _record(doubling, "marker.took", by, new={"member": by.pk}, audience=Audience.EDITORS)
    return marker


def add(doubling: Doubling, *, by: Member, pieces: Sequence[Piece], restated: str = "", note: str = "") -> Marking:
    """A claim that the marker found, one span or several. Raises TextDiffers (409) when a quote stands elsewhere."""
    with transaction.atomic():
        marker, version = _marking(doubling, by)
        spans = _spans(version, pieces)
        restated, note = restated.strip()[:5000], note.strip()[:500]
        _refuse_twice(marker, spans, restated)
        if Marking.objects.filter(marker=marker).count() >= MOST_MARKS:
            raise Conflict("too_many", _("At most %d claims of one person in one article.") % MOST_MARKS)
        made = Marking.objects.create(marker=marker, spans=spans, position=spans[0][0], restated=restated, note=note)
        _record_own(doubling, "marking.added", by, {"marking": made.pk})
    return made


def change(
    marking: Marking,
    *,
    by: Member,
    pieces: Sequence[Piece] | None = None,
    restated: str | None = None,
    note: str | None = None,
    row_version: int | None = None,
) -> Marking:
    """Other borders, restated words or note of one's own mark; None leaves them."""
    with transaction.atomic():
        marker, version = _marking(marking.marker.doubling, by)
        _refuse_foreign(marking, marker)
        changes: dict[str, Any] = {}
        if pieces is not None:
            spans = _spans(version, pieces)
            changes |= {"spans": spans, "position": spans[0][0]}
        if restated is not None:
            changes["restated"] = restated.strip()[:5000]
        if note is not None:
            changes["note"] = note.strip()[:500]
        changes = {name: value for name, value in changes.items() if value != getattr(marking, name)}
        if not changes:
            return marking
        spans, words = changes.get("spans", marking.spans), changes.get("restated", marking.restated)
        _refuse_twice(marker, spans, words, but=marking.pk)
        if not save_if_current(marking, row_version, **changes):
            marking.refresh_from_db()
            current = {"row_version": marking.row_version, "restated": marking.restated, "note": marking.note}
            raise StaleVersion("stale", _("You changed this mark elsewhere in the meantime."), current=current)
        _record_own(marker.doubling, "marking.changed", by, {"marking": marking.pk})
    marking.refresh_from_db()
    return marking


def remove(marking: Marking, *, by: Member) -> None:
    """Take one's own mark back."""
    with transaction.atomic():
        marker, _version = _marking(marking.marker.doubling, by)
        _refuse_foreign(marking, marker)
        number = marking.pk
        Marking.objects.filter(pk=number, marker=marker).delete()
        _record_own(marker.doubling, "marking.removed", by, {"marking": number})


def done(doubling: Doubling, *, by: Member) -> Marker:
    """The list is complete, also an empty one. When the last is done, an editor can merge."""
    with transaction.atomic():
        doubling = _locked(doubling)
        own = Marker.objects.filter(doubling=doubling, member=by).first()
        if own is not None and own.state == MarkerState.DONE:
            return own
        marker, _version = _marking(doubling, by)
        move(Marker.objects.filter(pk=marker.pk), old=MarkerState.MARKING, new=MarkerState.DONE, done_at=timezone.now())
        _record(doubling, "marker.done", by, new={"state": "done"}, audience=Audience.EDITORS)
        finished = Marker.objects.filter(doubling=doubling, state=MarkerState.DONE).count()
        if finished == doubling.places:
            moved = move(
                Doubling.objects.filter(pk=doubling.pk),
                old=DoublingState.MARKING,
                new=DoublingState.MERGING,
                closed_at=timezone.now(),
            )
            if moved:
                _record(doubling, "doubling.closed", None, old={"state": "marking"}, new={"state": "merging"})
    marker.refresh_from_db()
    return marker


def close(doubling: Doubling, *, by: Member, reason: str) -> Doubling:
    """End the marking before all are done, saying why. Lists that were not finished can be merged; figures leave them out."""
    require(by, "claim.edit")
    if not reason.strip():
        raise InvalidInput("required", _("Say why the marking is closed early."), pointer="/reason")
    return _end(doubling, by, DoublingState.MERGING, reason.strip()[:500])


def switch_off(doubling: Doubling, *, by: Member) -> Doubling:
    """The article is not doubly marked after all; what was marked stays on record and counts nowhere."""
    require(by, "claim.edit")
    return _end(doubling, by, DoublingState.OFF, "")


def _end(doubling: Doubling, by: Member, state: str, reason: str) -> Doubling:
    with transaction.atomic():
        ended = move(
            Doubling.objects.filter(pk=doubling.pk),
            old=DoublingState.MARKING,
            new=state,
            reason=reason,
            closed_at=timezone.now(),
            closed_by=by.user_id,
        )
        if not ended:
            raise refusal("marking_closed")
        kind = "doubling.off" if state == DoublingState.OFF else "doubling.closed"
        _record(doubling, kind, by, old={"state": "marking"}, new={"state": str(state)})
    doubling.refresh_from_db()
    return doubling


def disclose(doubling: Doubling, *, by: Member) -> None:
    """An editor looks before all are done, and can no longer mark this article."""
    require(by, "claim.edit")
    with transaction.atomic():
        doubling = _locked(doubling)
        standing = queries.standing(by, doubling)
        if rules.may_see_all(standing):
            return
        if not rules.may_disclose(standing):
            raise NotAllowed("blind", _("You mark this article: you see the marks of others once everybody is done."))
        MarkingDisclosure.objects.create(doubling=doubling, member=by)
        _record(doubling, "markings.seen", by, new={"member": by.pk}, audience=Audience.EDITORS)


def _marking(doubling: Doubling, by: Member) -> tuple[Marker, Version]:
    """The member's own place, locked, and the text; refused when they may not mark now. The first mark fixes the version."""
    require(by, "marking.write")
    doubling = _locked(doubling)
    if code := rules.refusal_to_mark(queries.standing(by, doubling)):
        raise refusal(code)
    version = queries.text(doubling)
    if version is None:
        raise Conflict("no_text", _("The article has no text yet."))
    if doubling.version_id is None:
        Doubling.objects.filter(pk=doubling.pk).update(version=version)
    return Marker.objects.select_for_update().select_related("doubling").get(doubling=doubling, member=by), version


def _locked(doubling: Doubling) -> Doubling:
    rows = Doubling.objects.select_for_update(of=("self",))
    return rows.select_related("article__current", "version").get(pk=doubling.pk)


def _refuse_foreign(marking: Marking, marker: Marker) -> None:
    if marking.marker_id != marker.pk:
        raise NotAllowed("not_yours", _("This is not your own mark."))


def _spans(version: Version, pieces: Sequence[Piece]) -> list[list[int]]:
    if not 1 <= len(pieces) <= MOST_SPANS:
        raise InvalidInput(
            "bad_spans", _("A claim stands in one place, or in up to %d.") % MOST_SPANS, pointer="/spans"
        )
    found = sorted(
        [each["start"], each["end"]]
        for each in (selected(version, piece.start, piece.end, piece.exact) for piece in pieces)
    )
    for (_start, end), (start, _end) in itertools.pairwise(found):
        if start < end:
            raise InvalidInput("spans_overlap", _("Two of the places overlap."), pointer="/spans")
    return found


def _refuse_twice(marker: Marker, spans: list[list[int]], restated: str, but: int | None = None) -> None:
    same = Marking.objects.filter(marker=marker, position=spans[0][0], restated=restated)
    same = same if but is None else same.exclude(pk=but)
    for each in same:
        if each.spans == spans:
            raise Conflict("marked_already", _("You have marked these words already."), existing=each.pk)


def _record(doubling: Doubling, kind: str, by: Member | None, **values: Any) -> None:
    events.record(
        kind,
        newsroom_id=doubling.newsroom_id,
        by=by,
        subject="doubling",
        subject_id=doubling.pk,
        article_id=doubling.article_id,
        **values,
    )


def _record_own(doubling: Doubling, kind: str, by: Member, new: dict[str, Any]) -> None:
    """What somebody marks is told to nobody but them: their other pages follow it."""
    _record(doubling, kind, by, new=new, to=by.user_id)

"""The editor merges the lists: each row becomes claims, or is left out. The markings themselves never change."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import events
from annotations.claims import cutting, operations
from annotations.claims.cutting import Piece
from annotations.claims.markings import queries, rules
from annotations.claims.markings.operations import refusal
from annotations.claims.undoing import undoable
from annotations.errors import Conflict, InvalidInput, NotAllowed
from annotations.models import Claim, Doubling, Marking, Member, Span
from annotations.models.claims import ClaimState
from annotations.models.markings import DoublingState, Outcome
from annotations.models.rows import move
from annotations.newsrooms.access import require


def take(doubling: Doubling, *, by: Member, row: Sequence[int], wanted: Sequence[int]) -> list[Claim]:
    """Of a row (its markings' ids as shown) take these as claims, one each; the others count as left out."""
    with transaction.atomic():
        doubling, marks = _row(doubling, by, row)
        chosen = [each for each in marks if each.pk in set(wanted)]
        if not chosen or len(chosen) < len(set(wanted)):
            raise InvalidInput("not_in_row", _("Choose among the marks of this row."), pointer="/take")
        with undoable(doubling.article, by=by, kind="merge", claims=_proposed(doubling, chosen)) as made:
            found = [_taken(doubling, each, by, made) for each in chosen]
        _settle([each for each in marks if each not in chosen], by, Outcome.LEFT, None)
        _finish(doubling, by)
    return found


def take_adjusted(
    doubling: Doubling, *, by: Member, row: Sequence[int], pieces: Sequence[Piece], restated: str = ""
) -> Claim:
    """One claim for the row with borders or words that the editor set by hand."""
    with transaction.atomic():
        doubling, marks = _row(doubling, by, row)
        there = _proposed_at(doubling, [(pieces[0].start, pieces[0].end)] if len(pieces) == 1 else [])
        with undoable(doubling.article, by=by, kind="merge", claims=there) as made:
            claim = _claim(doubling, pieces, restated, by, made)
        _settle(marks, by, Outcome.ADJUSTED, claim)
        _finish(doubling, by)
    return claim


def leave_out(doubling: Doubling, *, by: Member, row: Sequence[int]) -> None:
    """No claim comes of the row."""
    with transaction.atomic():
        doubling, marks = _row(doubling, by, row)
        _settle(marks, by, Outcome.LEFT, None)
        _finish(doubling, by)


def decide_again(doubling: Doubling, *, by: Member, row: Sequence[int]) -> None:
    """A row that was left out waits again."""
    require(by, "claim.edit")
    with transaction.atomic():
        doubling = _open_for(doubling, by)
        marks = list(Marking.objects.select_for_update().filter(marker__doubling=doubling, pk__in=row))
        if not marks or any(each.outcome != Outcome.LEFT for each in marks):
            raise Conflict("not_left_out", _("Only what was left out can be decided again. Undo the claim instead."))
        Marking.objects.filter(pk__in=[each.pk for each in marks]).update(outcome="", settled_at=None, settled_by=None)
        move(Doubling.objects.filter(pk=doubling.pk), old=DoublingState.MERGED, new=DoublingState.MERGING)
        _record(doubling, "markings.reopened", by, {"markings": len(marks)})


def take_alike(doubling: Doubling, *, by: Member) -> list[Claim]:
    """Every open row that all marked alike, in one act."""
    require(by, "claim.edit")
    with transaction.atomic():
        doubling = _open_for(doubling, by)
        alike = [each for each in queries.lines(doubling, queries.markers(doubling)) if each.open and each.row.alike]
        found = []
        firsts = _proposed(doubling, [line.markings[0] for line in alike])
        with undoable(doubling.article, by=by, kind="merge", claims=firsts) as made:
            for line in alike:
                first, *others = line.markings
                claim = _taken(doubling, first, by, made)
                _settle(others, by, Outcome.TAKEN, claim)
                found.append(claim)
        _finish(doubling, by)
    return found


def _open_for(doubling: Doubling, by: Member) -> Doubling:
    doubling = (
        Doubling.objects.select_for_update(of=("self",))
        .select_related("article__current", "article__newsroom", "version", "newsroom")
        .get(pk=doubling.pk)
    )
    if not rules.may_merge(queries.standing(by, doubling)):
        if doubling.state == DoublingState.MARKING:
            raise Conflict("still_marking", _("Not everybody is done. Wait, or close the marking and say why."))
        raise refusal("marking_closed") if by.may_edit else NotAllowed("blind", _("Only editors merge."))
    return doubling


def _row(doubling: Doubling, by: Member, row: Sequence[int]) -> tuple[Doubling, list[Marking]]:
    """The row as it was shown, locked; Conflict when somebody has decided on it, or when it is a row no more."""
    require(by, "claim.edit")
    doubling = _open_for(doubling, by)
    wanted = sorted(set(row))
    for line in queries.lines(doubling, queries.markers(doubling)):
        if sorted(each.pk for each in line.markings) == wanted:
            if not line.open:
                raise Conflict("decided", _("This row was decided already."))
            return doubling, line.markings
    raise Conflict("no_row", _("These marks do not stand in one row. Reload the page."))


def _taken(doubling: Doubling, marking: Marking, by: Member, made: list[Claim]) -> Claim:
    version = doubling.version
    assert version is not None  # there is a marking
    pieces = [Piece(start=start, end=end, exact=version.text[start:end]) for start, end in marking.spans]
    claim = _claim(doubling, pieces, marking.restated, by, made)
    _settle([marking], by, Outcome.TAKEN, claim)
    return claim


def _claim(doubling: Doubling, pieces: Sequence[Piece], restated: str, by: Member, made: list[Claim]) -> Claim:
    """A claim on these words: added, or where the article has one on just them, that one, opened if it was only proposed."""
    article = doubling.article
    if doubling.version_id != article.current_id:
        raise Conflict(
            "text_changed",
            _("The article has a new text since it was marked. Add its claims on the article's page."),
        )
    if not pieces:
        raise InvalidInput("bad_spans", _("Say which words of the article are the claim."), pointer="/spans")
    first, *others = sorted(pieces, key=lambda piece: piece.start)
    try:
        claim = operations.add(article, by=by, start=first.start, end=first.end, exact=first.exact, restated=restated)
    except Conflict as error:
        if error.code != "claim_exists" or others:
            raise
        claim = Claim.objects.select_related("article__newsroom", "newsroom").get(pk=error.details["existing"])
        if claim.state == ClaimState.PROPOSED:
            claim = operations.confirm(claim, by=by)
        return claim
    made.append(claim)
    if others:
        claim = cutting.adjust(claim, by=by, pieces=[first, *others])
    return claim


def _proposed(doubling: Doubling, marks: Sequence[Marking]) -> list[Claim]:
    """The splitter's claims on just these words: taking the words opens them, and an undo proposes them again."""
    return _proposed_at(doubling, [(each.spans[0][0], each.spans[0][1]) for each in marks if len(each.spans) == 1])


def _proposed_at(doubling: Doubling, places: Sequence[tuple[int, int]]) -> list[Claim]:
    spans = Span.objects.filter(version=doubling.version, claim__state=ClaimState.PROPOSED)
    spans = spans.filter(start__in=[start for start, _end in places]).select_related("claim")
    return [span.claim for span in spans if (span.start, span.end) in places]


def _settle(marks: Sequence[Marking], by: Member, outcome: str, claim: Claim | None) -> None:
    Marking.objects.filter(pk__in=[each.pk for each in marks]).update(
        outcome=outcome, claim=claim, settled_at=timezone.now(), settled_by=by.user_id
    )


def _finish(doubling: Doubling, by: Member) -> None:
    """One line in the log for the act; merged when no row is left."""
    marks = Marking.objects.filter(marker__doubling=doubling).select_related("claim")
    left = sum(queries.is_open(each) for each in marks)
    _record(doubling, "markings.merged", by, {"left": left})
    if not left and move(Doubling.objects.filter(pk=doubling.pk), old=DoublingState.MERGING, new=DoublingState.MERGED):
        _record(doubling, "doubling.merged", by, {"state": "merged"})


def _record(doubling: Doubling, kind: str, by: Member, new: dict[str, object]) -> None:
    events.record(
        kind,
        newsroom_id=doubling.newsroom_id,
        by=by,
        subject="doubling",
        subject_id=doubling.pk,
        article_id=doubling.article_id,
        new=new,
        audience="editors",
    )

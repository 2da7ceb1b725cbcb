"""One form, one act: what was typed of a claim's facts is kept together with its split or its new borders."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.claims import cutting, facts, operations
from annotations.claims.cutting import Piece
from annotations.claims.undoing import undoable
from annotations.errors import InvalidInput
from annotations.models import Article, Claim, Member
from annotations.newsrooms.access import require


def add(article: Article, *, by: Member, pieces: Sequence[Piece]) -> Claim:
    """A claim of words that were marked in one place or in several. All or nothing, and one undo."""
    require(by, "claim.edit")
    if not pieces:
        raise InvalidInput("nothing", _("Mark some words, not only white space."), pointer="/exact")
    first = pieces[0]
    with transaction.atomic(), undoable(article, by=by, kind="add") as made:
        claim = operations.add(article, by=by, start=first.start, end=first.end, exact=first.exact)
        if len(pieces) > 1:
            claim = cutting.adjust(claim, by=by, pieces=pieces)
        made.append(claim)
    return claim


def split(
    claim: Claim, *, by: Member, pieces: Sequence[Piece], changes: dict[str, Any], row_version: int | None
) -> list[Claim]:
    """Save the facts, then cut: every piece gets them. All or nothing, and one undo."""
    require(by, "claim.edit")
    whole = str(changes.pop("restated", claim.restated) or "").strip()
    if whole != claim.restated:
        raise InvalidInput(
            "restated_whole",
            _("After a split each piece has its own wording: move this one to its piece, or leave it as it was."),
            pointer="/restated",
        )
    with transaction.atomic(), undoable(claim.article, by=by, kind="split", claims=[claim]):
        version = _with_facts(claim, by, changes, row_version)
        return cutting.split(claim, by=by, pieces=pieces, row_version=version)


def adjust(
    claim: Claim, *, by: Member, pieces: Sequence[Piece], changes: dict[str, Any], row_version: int | None
) -> Claim:
    """Save the facts, then set the borders."""
    require(by, "claim.edit")
    with transaction.atomic(), undoable(claim.article, by=by, kind="adjust", claims=[claim]):
        return cutting.adjust(claim, by=by, pieces=pieces, row_version=_with_facts(claim, by, changes, row_version))


def _with_facts(claim: Claim, by: Member, changes: dict[str, Any], row_version: int | None) -> int | None:
    """The version to ask for next. Facts that differ in nothing are not written, so they say nothing of the version."""
    before = claim.row_version
    facts.edit(claim, by=by, row_version=row_version, changes=changes)
    return row_version if row_version is None or claim.row_version == before else claim.row_version

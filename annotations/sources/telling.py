"""Who hears of a source: those who cite it and who added it, each alone, so that nobody learns of another's work."""

from typing import Any

from annotations import events
from annotations.models import Evidence, Source


def tell(source: Source, kind: str, new: dict[str, Any]) -> None:
    """One line of the log for each of them, in the caller's transaction."""
    pairs: set[tuple[int, int | None]] = set(
        Evidence.objects.filter(source=source).values_list("review__reviewer__user_id", "review__claim_id")
    )
    if source.created_by_id is not None and source.created_by_id not in {user_id for user_id, _claim_id in pairs}:
        pairs.add((source.created_by_id, None))
    for user_id, claim_id in sorted(pairs, key=str):
        events.record(
            kind,
            newsroom_id=source.newsroom_id,
            by=None,
            subject="source",
            subject_id=source.pk,
            claim_id=claim_id,
            new=new,
            to=user_id,
        )

"""What every write on claims shares: the row, its lock, its version, its line in the log, spans sliced by the server."""

from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from annotations import events
from annotations.errors import Conflict, InvalidInput, StaleVersion, TextDiffers
from annotations.lib.spans import select
from annotations.models import Article, Claim, Member, Version
from annotations.models.claims import ClaimState
from annotations.models.rows import save_if_current

# Before anybody has been asked to judge it, a claim's span may still change.
UNJUDGED = [ClaimState.PROPOSED, ClaimState.OPEN]
LIVE = [state for state in ClaimState if state != ClaimState.DROPPED]


def next_number(article: Article) -> int:
    """Numbers are never reused. Locks the article, so call inside the transaction."""
    Article.objects.select_for_update().get(pk=article.pk)
    return (Claim.objects.filter(article=article).aggregate(last=Max("number"))["last"] or 0) + 1


def selected(version: Version, start: int, end: int, exact: str) -> dict[str, Any]:
    """The server slices the text itself; outer white space is trimmed, as it belongs to no claim."""
    text = version.text
    if not 0 <= start < end <= len(text):
        raise InvalidInput("span_outside", _("The span lies outside the text."), pointer="/start", length=len(text))
    if text[start:end] != exact:
        raise TextDiffers(
            "text_differs",
            _("The text there is not the one you marked: reload the article and mark it again."),
            pointer="/exact",
            actual=text[start:end][:2000],
        )
    inner = exact.strip()
    if not inner:
        raise InvalidInput("span_blank", _("Mark some words, not only white space."), pointer="/exact")
    begin = start + exact.index(inner)
    selector = select(text, begin, begin + len(inner))
    return {
        "start": selector.start,
        "end": selector.end,
        "exact": selector.exact,
        "prefix": selector.prefix,
        "suffix": selector.suffix,
    }


def current_version(article: Article) -> Version:
    if article.current is None:
        raise Conflict("no_text", _("The article has no text yet."))
    return article.current


def row(claim: Claim) -> Any:
    return Claim.objects.filter(pk=claim.pk)


def save(claim: Claim, row_version: int | None, **changes: Any) -> None:
    """Write the row; StaleVersion when somebody saved after `row_version`."""
    if not save_if_current(claim, row_version, **changes):
        claim.refresh_from_db()
        raise StaleVersion(
            "stale",
            _("Somebody changed this claim in the meantime."),
            current={name: getattr(claim, name) for name in changes},
        )


def refuse_unless(claim: Claim, states: list[Any], message: str) -> None:
    """Locks the row; Conflict with the message when its state is another."""
    state = row(claim).select_for_update().values_list("state", flat=True).get()
    if state not in states:
        raise Conflict("wrong_state", message, state=state)


def record(claim: Claim, kind: str, by: Member | None, **values: Any) -> None:
    """One line of the log on this claim."""
    events.record(
        kind,
        newsroom_id=claim.newsroom_id,
        by=by,
        subject="claim",
        subject_id=claim.pk,
        article_id=claim.article_id,
        claim_id=claim.pk,
        **values,
    )

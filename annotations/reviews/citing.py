"""Evidence: the blocks of the review form become rows that cite sources, one source row however many reviews cite it."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from annotations import events, jobs
from annotations.errors import InvalidInput, NotFound, TooLarge
from annotations.lib import blobs, outbound
from annotations.lib.days import detected_day
from annotations.lib.fetching.urls import UrlRefused, check_url, url_key
from annotations.lib.problems import url_refused
from annotations.models import Evidence, Member, Review, Source
from annotations.models.reviews import QuoteState, Stance
from annotations.models.sources import SourceKind, SourceState, StatementMeans

MOST_UPLOAD_BYTES = 20_000_000
MOST_BLOCKS = 50
_TEXT = {"quote": 10_000, "translation": 10_000, "locator": 200, "interest": 300}


def sync(review: Review, blocks: tuple[dict[str, Any], ...], *, by: Member) -> None:
    """Make the review's evidence what the form's blocks say. A block that is not complete yet stays in the draft only.

    Block: key, source (id of an upload or statement) or url, settled (the address field was left), quote, translation,
    locator, stance, is_primary, interest; or speaker, said_on, means, statement for a recorded statement.
    """
    kept = []
    known = {evidence.key: evidence for evidence in review.evidence.all()}
    for order, block in enumerate(blocks[:MOST_BLOCKS]):
        key = str(block.get("key") or order)[:40]
        source = _source(block, review, known.get(key), by)
        if source is None:
            continue
        kept.append(key)
        _write(review, source, key, order, block, known.get(key), by)
    review.evidence.exclude(key__in=kept).delete()


def problems(blocks: tuple[dict[str, Any], ...]) -> list[InvalidInput]:
    """What keeps the review from being submitted, block by block."""
    found: list[InvalidInput] = []
    if len(blocks) > MOST_BLOCKS:
        found.append(InvalidInput("too_many", _("At most %d sources.") % MOST_BLOCKS, pointer="/evidence"))
    for order, block in enumerate(blocks[:MOST_BLOCKS]):
        if _is_blank(block):
            continue
        for pointer, code, message in _block_problems(block):
            found.append(InvalidInput(code, message, pointer=f"/evidence/{order}/{pointer}"))
    return found


def _block_problems(block: dict[str, Any]) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    url = str(block.get("url") or "").strip()
    statement = str(block.get("statement") or "").strip()
    if url:
        refused = _url_refusal(url)
        if refused:
            found.append(("url", "bad_url", refused))
    elif statement:
        if not str(block.get("speaker") or "").strip():
            found.append(("speaker", "required", _("Say who stated it.")))
        if block.get("means") not in StatementMeans.values:
            found.append(("means", "required", _("Say how it was recorded.")))
    elif not block.get("source"):
        found.append(("url", "required", _("Give an address, a document or a statement.")))
    if not statement and not str(block.get("quote") or "").strip():
        found.append(("quote", "required", _("Copy the exact words that your verdict stands on.")))
    if block.get("stance") not in Stance.values:
        found.append(
            (
                "stance",
                "required",
                _("Say whether the source supports or refutes the claim, or gives context."),
            )
        )
    for name, most in _TEXT.items():
        if len(str(block.get(name) or "")) > most:
            found.append((name, "too_long", _("At most %d characters.") % most))
    return found


def _is_blank(block: dict[str, Any]) -> bool:
    return not any(str(block.get(name) or "").strip() for name in ("url", "source", "statement", "quote", "speaker"))


def _url_refusal(url: str) -> str:
    try:
        check_url(url, outbound.policy())
    except UrlRefused as refused:
        return url_refused(refused.code)
    return ""


def _source(block: dict[str, Any], review: Review, known: Evidence | None, by: Member) -> Source | None:
    url = str(block.get("url") or "").strip()
    if url:
        if not block.get("settled", True) or _url_refusal(url):
            return known.source if known and known.source.url == url else None
        return cite_url(url, by=by)
    if str(block.get("statement") or "").strip():
        return _statement(block, known, by) if block.get("settled", True) else (known.source if known else None)
    if block.get("source"):
        return Source.objects.filter(pk=block["source"], newsroom_id=review.newsroom_id, created_by=by.user_id).first()
    return None


def cite_url(url: str, *, by: Member) -> Source:
    """The newsroom's source row for this address; a new one is fetched by a worker after commit."""
    key = url_key(url)
    found = Source.objects.filter(newsroom_id=by.newsroom_id, url_key=key).first()
    if found is not None:
        return found
    checked = check_url(url, outbound.policy())
    try:
        with transaction.atomic():
            source = Source.objects.create(
                newsroom_id=by.newsroom_id,
                kind=SourceKind.URL,
                url=url,
                url_key=key,
                host=checked.host,
                created_by_id=by.user_id,
            )
    except IntegrityError:  # cited by somebody else at the same moment
        return Source.objects.get(newsroom_id=by.newsroom_id, url_key=key)
    _added(source, by)
    jobs.owe("sources.fetch", source.pk, newsroom_id=source.newsroom_id, lane=source.host)
    return source


def upload(*, by: Member, file_name: str, body: bytes, declared_type: str = "", title: str = "") -> Source:
    """A document as a source; read by a worker's child process. The same file uploaded twice by one member is one source."""
    if not body:
        raise InvalidInput("file_empty", _("The file is empty."), pointer="/file")
    if len(body) > MOST_UPLOAD_BYTES:
        raise TooLarge("file_too_large", _("The file is larger than 20 MB."), pointer="/file")
    kept = blobs.keep(body)
    with transaction.atomic():
        # Within one's own uploads only: "already there" would tell of a colleague's work.
        source, made = Source.objects.get_or_create(
            newsroom_id=by.newsroom_id,
            kind=SourceKind.UPLOAD,
            upload_digest=kept,
            created_by_id=by.user_id,
            defaults={"upload": kept, "file_name": file_name[-255:], "title": (title or file_name)[:500]},
        )
        if made:
            _added(source, by)
            jobs.owe("sources.fetch", source.pk, newsroom_id=source.newsroom_id)
    return source


def _statement(block: dict[str, Any], known: Evidence | None, by: Member) -> Source:
    values = {
        "speaker": str(block.get("speaker") or "").strip()[:300],
        "said_on": detected_day(str(block.get("said_on") or "")),
        "means": block.get("means") if block.get("means") in StatementMeans.values else "",
        "statement": str(block["statement"]).strip(),
        "title": str(block.get("speaker") or "").strip()[:500],
    }
    if known is not None and known.source.kind == SourceKind.STATEMENT:
        if any(getattr(known.source, name) != value for name, value in values.items()):
            Source.objects.filter(pk=known.source_id).update(**values, state=SourceState.QUEUED)
            jobs.owe("sources.fetch", known.source_id, newsroom_id=by.newsroom_id)
            known.source.refresh_from_db()
        return known.source
    source = Source.objects.create(
        newsroom_id=by.newsroom_id, kind=SourceKind.STATEMENT, created_by_id=by.user_id, **values
    )
    _added(source, by)
    jobs.owe("sources.fetch", source.pk, newsroom_id=source.newsroom_id)
    return source


def _write(
    review: Review,
    source: Source,
    key: str,
    order: int,
    block: dict[str, Any],
    known: Evidence | None,
    by: Member,
) -> None:
    values: dict[str, Any] = {name: str(block.get(name) or "")[:most] for name, most in _TEXT.items()}
    values |= {
        "source": source,
        "order": order,
        "stance": block.get("stance") if block.get("stance") in Stance.values else Stance.CONTEXT,
        "is_primary": bool(block.get("is_primary")),
    }
    if known is None:
        evidence = Evidence.objects.create(review=review, key=key, created_by_id=by.user_id, **values)
        jobs.owe("sources.check_quote", evidence.pk, newsroom_id=review.newsroom_id)
        return
    looks_elsewhere = known.quote != values["quote"] or known.source_id != source.pk
    if looks_elsewhere:
        values |= {"quote_state": QuoteState.PENDING, "quote_score": None}
    Evidence.objects.filter(pk=known.pk).update(**values)
    if looks_elsewhere:
        jobs.owe("sources.check_quote", known.pk, newsroom_id=review.newsroom_id)


def get_own(source_id: int, *, by: Member) -> Source:
    """A source that this member added."""
    source = Source.objects.filter(pk=source_id, newsroom_id=by.newsroom_id, created_by=by.user_id).first()
    if source is None:
        raise NotFound("no_source", _("There is no such source."))
    return source


def _added(source: Source, by: Member) -> None:
    # Only its author hears of it: to others it would tell that a review is being written.
    events.record(
        "source.added",
        newsroom_id=source.newsroom_id,
        by=by,
        subject="source",
        subject_id=source.pk,
        new={"kind": source.kind},
        to=by.user_id,
    )

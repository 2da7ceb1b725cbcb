"""Articles come in: pasted, uploaded, or fetched by a worker; and are edited. A version's text never changes."""

import re
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from annotations import events, jobs
from annotations.articles import politeness
from annotations.articles import text as texts
from annotations.errors import Conflict, Duplicate, InvalidInput, StaleVersion, TooLarge
from annotations.lib import blobs, languages, outbound
from annotations.lib.fetching.urls import UrlRefused, check_url, url_key
from annotations.lib.problems import url_refused
from annotations.models import Article, Member, Version
from annotations.models.articles import ArticleState, Direction, Origin
from annotations.models.rows import save_if_current
from annotations.newsrooms.access import require

MOST_FILE_BYTES = 20_000_000


@dataclass(frozen=True, kw_only=True)
class Details:
    """What a person says about an article. Empty means: detect it."""

    title: str = ""
    language: str = ""
    direction: str = ""
    author: str = ""
    publisher: str = ""
    published_on: date | None = None
    topic: str = ""
    segmenter: str = ""

    def checked(self) -> dict[str, Any]:
        """The filled-in fields; raises InvalidInput naming the one at fault."""
        given = {field.name: getattr(self, field.name) for field in fields(self) if getattr(self, field.name)}
        check_changes(given)
        return given


def check_changes(changes: dict[str, Any]) -> None:
    """Rules for an article's fields, whoever sets them."""
    language = changes.get("language", "")
    if language and not languages.is_known(language):
        raise InvalidInput(
            "unknown_language",
            _("“%s” is not a language code. Use a code such as ar or en, or leave it empty.") % language,
            pointer="/language",
        )
    if changes.get("direction", "") not in ("", *Direction.values):
        raise InvalidInput("unknown_direction", _("The direction is ltr or rtl."), pointer="/direction")
    if not re.fullmatch("[a-z_]{0,40}", changes.get("segmenter", "")):
        raise InvalidInput("unknown_segmenter", _("There is no such segmenter."), pointer="/segmenter")
    for name, most in (("title", 500), ("author", 300), ("publisher", 300), ("topic", 120)):
        if len(changes.get(name) or "") > most:
            raise InvalidInput("too_long", _("At most %d characters.") % most, pointer=f"/{name}")


def add_text(*, by: Member, text: str, details: Details | None = None, url: str = "") -> Article:
    """A pasted text. Raises Duplicate with the id of the article that has this text or address already."""
    require(by, "article.add")
    given = (details or Details()).checked()
    ready = texts.normalise(text)
    texts.check_text(ready.text)
    key = checked_key(url) if url else ""
    with transaction.atomic():
        _refuse_duplicates(by, digest=texts.digest(ready.text), key=key)
        article = _create(by, Origin.PASTE, given, url=url, url_key=key, state=ArticleState.SPLITTING)
        add_version(article, ready.text, replaced=ready.replaced, by=by)
        return article


def add_file(
    *, by: Member, file_name: str, body: bytes, declared_type: str = "", details: Details | None = None
) -> Article:
    """An uploaded document; a worker's child process reads it, never this one."""
    require(by, "article.add")
    given = (details or Details()).checked()
    if not body:
        raise InvalidInput("file_empty", _("The file is empty."), pointer="/file")
    if len(body) > MOST_FILE_BYTES:
        raise TooLarge("file_too_large", _("The file is larger than 20 MB."), pointer="/file")
    upload = blobs.keep(body)
    with transaction.atomic():
        article = _create(
            by,
            Origin.FILE,
            given,
            file_name=file_name[-255:],
            upload=upload,
            declared_type=declared_type[:200],
            state=ArticleState.PARSING,
        )
        jobs.owe("articles.parse", article.pk, newsroom_id=article.newsroom_id)
        return article


def add_url(*, by: Member, url: str, details: Details | None = None) -> Article:
    """A web address, fetched by a worker behind the guard."""
    require(by, "article.add")
    given = (details or Details()).checked()
    key = checked_key(url)
    with transaction.atomic():
        _refuse_duplicates(by, key=key)
        try:
            with transaction.atomic():
                article = _create(by, Origin.URL, given, url=url.strip(), url_key=key, state=ArticleState.QUEUED)
        except IntegrityError:  # the same address, added at the same moment
            _refuse_duplicates(by, key=key)
            raise
        _owe_fetch(article)
        return article


def edit(article: Article, *, by: Member, row_version: int | None, changes: dict[str, Any]) -> Article:
    """Correct what was detected. What a person sets is never detected over."""
    require(by, "article.edit")
    allowed = {"title", "language", "direction", "author", "publisher", "published_on", "topic"}
    changes = {name: value for name, value in changes.items() if name in allowed and getattr(article, name) != value}
    check_changes(changes)
    if not changes:
        return article
    with transaction.atomic():
        declared = sorted({*article.declared, *changes})
        if not save_if_current(article, row_version, declared=declared, **changes):
            article.refresh_from_db()
            raise StaleVersion(
                "stale",
                _("Somebody changed this article in the meantime."),
                current={name: getattr(article, name) for name in changes},
            )
        _record(article, "article.edited", by, new={"fields": sorted(changes)})
    article.refresh_from_db()
    return article


def add_version(article: Article, text: str, *, replaced: int, by: Member | None) -> Version:
    """The next immutable text; a worker finds its claims. The caller has checked the text."""
    Article.objects.select_for_update().get(pk=article.pk)  # numbers are given one at a time
    number = (article.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = Version.objects.create(
        newsroom_id=article.newsroom_id,
        article=article,
        number=number,
        text=text,
        length=len(text),
        digest=texts.digest(text),
        replaced=replaced,
        paragraphs=[[part.start, part.end, part.direction or ""] for part in texts.paragraphs(text)],
        created_by_id=by.user_id if by else None,
    )
    detected = _detected(article, text)
    Article.objects.filter(pk=article.pk).update(current=version, state=ArticleState.SPLITTING, problem="", **detected)
    article.refresh_from_db()
    _record(article, "version.added", by, new={"version": number, "digest": version.digest})
    jobs.owe("claims.split", version.pk, newsroom_id=article.newsroom_id)
    return version


def revise(article: Article, *, by: Member, text: str) -> Version:
    """A new text of the article; its claims find their place in it, or are orphaned. The text that is there changes nothing."""
    require(by, "article.edit")
    ready = texts.normalise(text)
    texts.check_text(ready.text)
    with transaction.atomic():
        if article.current is not None and article.current.digest == texts.digest(ready.text):
            return article.current
        if article.state not in (ArticleState.READY, ArticleState.FAILED):
            raise Conflict("still_reading", _("A worker is still reading this article. Wait a moment."))
        return add_version(article, ready.text, replaced=ready.replaced, by=by)


def refetch(article: Article, *, by: Member) -> None:
    """Fetch the address again: a changed text becomes a new version, in which the claims find their place."""
    require(by, "article.edit")
    if not article.url or article.origin != Origin.URL:
        raise Conflict("no_address", _("This article was not fetched from an address. Paste its new text."))
    with transaction.atomic():
        ready = Article.objects.filter(pk=article.pk, state=ArticleState.READY)
        if not ready.update(state=ArticleState.QUEUED, problem="", retries=0):
            raise Conflict("still_reading", _("A worker is still reading this article. Wait a moment."))
        _record(article, "article.refetched", by, old={"state": "ready"}, new={"state": "queued"})
        _owe_fetch(article)


def retry(article: Article, *, by: Member) -> None:
    """Try the intake again, from where it stopped."""
    require(by, "article.edit")
    kind = {Origin.FILE: "articles.parse", Origin.URL: "articles.fetch"}.get(Origin(article.origin), "claims.split")
    with transaction.atomic():
        stopped = Article.objects.filter(
            pk=article.pk, state__in=[ArticleState.FAILED, ArticleState.NEEDS_COPY, ArticleState.RETRY_WAIT]
        )
        state = {"articles.parse": ArticleState.PARSING, "articles.fetch": ArticleState.QUEUED}.get(
            kind, ArticleState.SPLITTING
        )
        if stopped.update(state=state, problem="", retries=0):
            subject = article.current_id if kind == "claims.split" and article.current_id else article.pk
            lane = politeness.lane(article.url) if kind == "articles.fetch" else ""
            jobs.owe(kind, subject, newsroom_id=article.newsroom_id, lane=lane)


def _owe_fetch(article: Article) -> None:
    jobs.owe("articles.fetch", article.pk, newsroom_id=article.newsroom_id, lane=politeness.lane(article.url))


def _create(by: Member, origin: str, given: dict[str, Any], **columns: Any) -> Article:
    article = Article.objects.create(
        newsroom_id=by.newsroom_id,
        origin=origin,
        declared=sorted(set(given) - {"segmenter"}),
        created_by_id=by.user_id,
        **given,
        **columns,
    )
    if "language" in given and "direction" not in given:
        Article.objects.filter(pk=article.pk).update(direction=languages.direction(given["language"]))
    _record(article, "article.added", by, new={"origin": origin})
    return article


def _detected(article: Article, text: str) -> dict[str, Any]:
    """Title, language and direction where nobody has said them."""
    found: dict[str, Any] = {}
    language = article.language
    if "language" not in article.declared:
        language = languages.detect(text, declared=article.language if article.language != "und" else None)
        found["language"] = language
    if "direction" not in article.declared:
        found["direction"] = _main_direction(text, language)
    if not article.title:
        first = next(iter(text.strip().splitlines()), "").strip()
        found["title"] = first if len(first) <= 120 else first[:119].rsplit(" ", 1)[0] + "…"
    return found


def _main_direction(text: str, language: str) -> str:
    if language != "und":
        return languages.direction(language)
    return next((part.direction for part in texts.paragraphs(text) if part.direction), Direction.LTR)


def checked_key(url: str) -> str:
    """The key that finds the same link twice; raises InvalidInput for an address that may not be fetched."""
    try:
        check_url(url.strip(), outbound.policy())
    except UrlRefused as refused:
        raise InvalidInput("bad_url", url_refused(refused.code), pointer="/url", refusal=refused.code) from refused
    return url_key(url.strip())


def _refuse_duplicates(by: Member, *, digest: str = "", key: str = "") -> None:
    if key:
        same_url = Article.objects.filter(newsroom_id=by.newsroom_id, url_key=key).values_list("pk", flat=True).first()
        if same_url:
            raise Duplicate(
                "duplicate_url",
                _("An article of this address is there already."),
                pointer="/url",
                existing=same_url,
            )
    if digest:
        same_text = (
            Version.objects.filter(newsroom_id=by.newsroom_id, digest=digest)
            .values_list("article_id", flat=True)
            .first()
        )
        if same_text:
            raise Duplicate(
                "duplicate_text",
                _("An article of this text is there already."),
                pointer="/text",
                existing=same_text,
            )


def _record(article: Article, kind: str, by: Member | None, **values: Any) -> None:
    events.record(
        kind,
        newsroom_id=article.newsroom_id,
        by=by,
        subject="article",
        subject_id=article.pk,
        article_id=article.pk,
        **values,
    )

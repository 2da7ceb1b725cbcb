"""The jobs that turn an address or an upload into a text: fetch (guarded), then parse (in a killable child)."""

import re
from typing import Any

from django.db import transaction
from django.utils import timezone

from annotations import events, jobs
from annotations.articles import politeness
from annotations.articles import text as texts
from annotations.articles.operations import add_version
from annotations.errors import FactcheckError, RetryLater
from annotations.lib import backoff, blobs, languages, outbound
from annotations.lib.days import detected_day
from annotations.lib.fetching.child import shared_parser
from annotations.lib.fetching.client import FetchResult
from annotations.lib.fetching.documents import ParsedDocument, ParseFailure
from annotations.models import Article, Version
from annotations.models.articles import ArticleState, Origin
from annotations.models.rows import move

_WAITING = [ArticleState.QUEUED, ArticleState.FETCHING, ArticleState.RETRY_WAIT]


def fetch(article_id: int, lease: jobs.Lease) -> None:
    """Fetch the article's address and keep the body; parsing is a job of its own, so the bytes are safe first."""
    article = Article.objects.filter(pk=article_id, origin=Origin.URL).first()
    if article is None:
        return
    if not move(_row(article_id), old=_WAITING, new=ArticleState.FETCHING):
        return
    result = outbound.fetcher().fetch(article.url)
    politeness.heard(politeness.lane(article.url), result)
    if result.kind == "ready":
        _keep_body(article, result, lease)
    elif result.kind == "retry":
        _wait_or_fail(article, result, lease)
    else:
        state = {"blocked": ArticleState.BLOCKED, "needs_copy": ArticleState.NEEDS_COPY}.get(
            result.kind, ArticleState.FAILED
        )
        with transaction.atomic():
            jobs.hold(lease)
            _stop(article, state, result.outcome)


def _keep_body(article: Article, result: FetchResult, lease: jobs.Lease) -> None:
    upload = blobs.keep(result.body)
    with transaction.atomic():
        jobs.hold(lease)
        move(
            _row(article.pk),
            old=ArticleState.FETCHING,
            new=ArticleState.PARSING,
            upload=upload,
            declared_type=result.header("content-type")[:200],
            file_name=result.final_url.split("?")[0].rsplit("/", 1)[-1][:255],
        )
        _record(article, "article.fetched", {"state": ArticleState.PARSING, "digest": upload})
        jobs.owe("articles.parse", article.pk, newsroom_id=article.newsroom_id)


def _wait_or_fail(article: Article, result: FetchResult, lease: jobs.Lease) -> None:
    pause = backoff.next_try(article.retries, retry_after=result.retry_after)
    with transaction.atomic():
        jobs.hold(lease)
        if pause is None:
            _stop(article, ArticleState.FAILED, result.outcome)
            return
        move(
            _row(article.pk),
            old=ArticleState.FETCHING,
            new=ArticleState.RETRY_WAIT,
            problem=result.outcome,
            retries=article.retries + 1,
        )
        _record(article, "article.waits", {"state": ArticleState.RETRY_WAIT, "problem": result.outcome})
    raise RetryLater(result.outcome, "passing fault", at=timezone.now() + pause)


def parse(article_id: int, lease: jobs.Lease) -> None:
    """Read the kept body in the parse child and make it the article's first version."""
    article = Article.objects.filter(pk=article_id, state=ArticleState.PARSING).first()
    if article is None:
        return
    body = blobs.read(article.upload)
    found = shared_parser().parse(body, declared_type=article.declared_type, file_name=article.file_name)
    with transaction.atomic():
        jobs.hold(lease)
        if isinstance(found, ParseFailure):
            _stop(article, ArticleState.FAILED, found.code)
        else:
            _receive(article, found)


def _receive(article: Article, found: ParsedDocument) -> None:
    try:
        ready = texts.normalise(_article_text(found))
        texts.check_text(ready.text)
    except FactcheckError as error:
        _stop(article, ArticleState.FAILED, error.code)
        return
    same = (
        Version.objects.filter(newsroom_id=article.newsroom_id, digest=texts.digest(ready.text))
        .exclude(article=article)
        .values_list("article_id", flat=True)
        .first()
    )
    if article.current is not None and article.current.digest == texts.digest(ready.text):
        _settle_unchanged(article)
        return
    if same and article.current_id is None:
        Article.objects.filter(pk=article.pk).update(duplicate_of=same)
        _stop(article, ArticleState.FAILED, "duplicate_text")
        return
    Article.objects.filter(pk=article.pk).update(**_metadata(article, found))
    article.refresh_from_db()
    add_version(article, ready.text, replaced=ready.replaced, by=None)


def _article_text(found: ParsedDocument) -> str:
    """A page's main text (its menus are no article); any other document whole."""
    return found.main_text if found.kind == "html" and found.main_text.strip() else found.full_text


def _metadata(article: Article, found: ParsedDocument) -> dict[str, Any]:
    """What the document says of itself, where no person has said it."""
    values: dict[str, Any] = {
        "title": (found.title or "")[:500],
        "author": ", ".join(found.authors)[:300],
        "publisher": (found.site or "")[:300],
        "published_on": detected_day(found.published),
    }
    code = re.split(r"[-_]", found.language or "")[0].lower()
    if languages.is_known(code):
        values["language"] = code
    return {name: value for name, value in values.items() if value and name not in article.declared}


def bury(article_id: int, code: str) -> None:
    """Nothing more will come of it by itself: say so on the row."""
    article = Article.objects.filter(pk=article_id).first()
    if article is not None:
        with transaction.atomic():
            _stop(article, ArticleState.FAILED, code)


def _settle_unchanged(article: Article) -> None:
    """Fetched again, the text is the one that is there."""
    if move(_row(article.pk), old=ArticleState.PARSING, new=ArticleState.READY, problem=""):
        _record(article, "article.unchanged", {"state": ArticleState.READY})


def _stop(article: Article, state: str, problem: str) -> None:
    if article.current_id is not None:
        state = ArticleState.READY  # fetched again in vain: the text that is there stays
    if move(_row(article.pk), old=[*_WAITING, ArticleState.PARSING], new=state, problem=problem):
        _record(article, "article.stopped", {"state": state, "problem": problem})


def _row(article_id: int) -> Any:
    return Article.objects.filter(pk=article_id)


def _record(article: Article, kind: str, new: dict[str, Any]) -> None:
    events.record(
        kind,
        newsroom_id=article.newsroom_id,
        by=None,
        subject="article",
        subject_id=article.pk,
        article_id=article.pk,
        old={"state": article.state},
        new={name: str(value) for name, value in new.items()},
    )

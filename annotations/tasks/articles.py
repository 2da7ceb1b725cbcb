"""Article intake."""

from celery import shared_task

from annotations.articles import feeds, importing, intake
from annotations.tasks.work import register

fetch = register("articles.fetch", intake.fetch, intake.bury)
parse = register("articles.parse", intake.parse, intake.bury)
poll_feed = register("articles.poll_feed", feeds.poll, feeds.give_up)
import_many = register("articles.import", importing.run_articles, importing.bury)


@shared_task(name="feeds.due")  # type: ignore[untyped-decorator]
def due_feeds() -> None:
    """Promise a look at the feeds whose time has come."""
    feeds.owe_due()

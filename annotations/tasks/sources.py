"""Fetching, reading and checking sources."""

from celery import shared_task

from annotations.sources import archiving, checking, mementos, operations, waiting, watching
from annotations.tasks.work import register

fetch = register("sources.fetch", operations.fetch, operations.bury)
watch = register("sources.watch", watching.watch, watching.give_up)
archive = register("sources.archive", archiving.ask, archiving.bury)
look_for_copies = register("sources.mementos", mementos.look, mementos.leave)
store = register("sources.store", waiting.store, waiting.promise_again)
extract = register("sources.extract", operations.extract, operations.bury_extract)
check_quote = register("sources.check_quote", checking.check, checking.bury)


@shared_task(name="sources.due")  # type: ignore[untyped-decorator]
def due() -> None:
    """Promise a look at the sources whose time has come."""
    watching.owe_due()

"""The periodic tasks, and how every other task takes its work row."""

from collections.abc import Callable
from typing import Any

from celery import Task, shared_task

from annotations import events, jobs
from annotations.models import Newsroom

Run = Callable[[int, jobs.Lease], None]
Bury = Callable[[int, str], None]


def register(kind: str, run: Run, bury: Bury) -> Task:
    """The Celery task of this kind of work; its one argument is the row's id."""

    @shared_task(name=kind, bind=True)  # type: ignore[untyped-decorator]
    def task(self: Any, subject_id: int) -> None:
        jobs.perform(kind, subject_id, run, bury, owner=self.request.hostname or "")

    return task


@shared_task(name="work.sweep")  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Wake workers for what was promised and not done."""
    jobs.sweep()


@shared_task(name="events.seal")  # type: ignore[untyped-decorator]
def seal() -> None:
    """Chain the log's new lines, newsroom by newsroom."""
    for newsroom in Newsroom.objects.order_by("pk"):
        events.seal(newsroom)

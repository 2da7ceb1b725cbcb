"""The Celery application: queues and the periodic schedule. Tasks live in annotations/tasks/."""

import os
from typing import Any

from celery import Celery, bootsteps
from celery.signals import beat_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

app = Celery("factcheck")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.imports = [
    f"annotations.tasks.{name}"
    for name in (
        "work",
        "articles",
        "claims",
        "reviews",
        "sources",
        "agreement",
        "rulings",
        "demo",
    )
]


class Pulse(bootsteps.StartStopStep):  # type: ignore[misc]  # untyped package
    """A sign of life each ten seconds from the worker's main process, whatever its children are busy with."""

    requires = {"celery.worker.components:Timer"}

    def __init__(self, parent: Any, **options: Any) -> None:
        self.entry: Any = None

    def start(self, parent: Any) -> None:
        from annotations import jobs

        # A worker of this name starts, so the one that held these leases is dead.
        _once(lambda: jobs.release(owner=parent.hostname))
        self._beat(parent)
        self.entry = parent.timer.call_repeatedly(10.0, self._beat, (parent,), priority=10)

    def stop(self, parent: Any) -> None:
        if self.entry:
            self.entry.cancel()

    def _beat(self, parent: Any) -> None:
        from annotations import pulse

        _once(lambda: pulse.beat(parent.hostname))


def _once(act: Any) -> None:
    """A database call of the main process. Its connection is closed at once: children are forked later and must not share it."""
    from django.db import DatabaseError, connection

    try:
        act()
    except DatabaseError:
        pass
    finally:
        connection.close()


app.steps["worker"].add(Pulse)


@beat_init.connect  # type: ignore[untyped-decorator]
def sweep_at_once(**_given: Any) -> None:
    """What was promised before the last stop is woken when beat starts, not one interval later."""
    app.send_task("work.sweep", expires=60)

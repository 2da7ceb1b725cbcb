"""What every test stands on: no way out but loopback, no broker, jobs run when asked, a desk with people."""

import os
import socket
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import settings

# The same examples every run; `HYPOTHESIS_PROFILE=search make test` looks for new ones.
settings.register_profile("steady", derandomize=True)
settings.register_profile("search", derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

_LOOPBACK = ("127.", "::1", "localhost")


@pytest.fixture(autouse=True)
def _no_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that tries to leave the machine fails at once."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(_LOOPBACK):
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work stays in its table until `run_jobs`."""
    from annotations import jobs

    monkeypatch.setattr(jobs, "_send", lambda kind, subject_id, *, countdown=0.0: True)


@pytest.fixture(autouse=True)
def _own_language() -> None:
    """A request leaves its language in the thread until the next one: another test's must not speak in this one."""
    from django.utils import timezone, translation

    translation.deactivate()
    timezone.deactivate()


@pytest.fixture(autouse=True)
def _own_log(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's oldest open transaction is the whole server's: another test's must not hold our lines back."""
    if request.node.get_closest_marker("whole_server") is None:
        from annotations import events

        monkeypatch.setattr(events, "settled", lambda rows: rows)


@cache
def _import_tasks() -> None:
    from celery import current_app

    current_app.loader.import_default_modules()


@pytest.fixture
def run_jobs(django_capture_on_commit_callbacks: Any) -> Callable[[], int]:
    """Do all work that is owed now (also what is due within seconds), as workers would; returns how many pieces."""
    from datetime import timedelta

    from celery import current_app
    from django.utils import timezone

    from annotations.models import Work

    _import_tasks()

    def run() -> int:
        for done in range(2000):
            soon = timezone.now() + timedelta(seconds=10)
            work = Work.objects.filter(state="queued", due_at__lte=soon).order_by("due_at", "pk").first()
            if work is None:
                failed = Work.objects.filter(state="dead", problem="error").values_list("kind", "detail")
                assert not failed, list(failed)
                return done
            Work.objects.filter(pk=work.pk).update(due_at=timezone.now() - timedelta(seconds=1))
            current_app.tasks[work.kind].run(work.subject_id)
        raise AssertionError(
            "jobs go on and on: " + ", ".join(str(work) for work in Work.objects.filter(state="queued"))
        )

    return run


@pytest.fixture
def steady(db: None) -> None:
    """Whether workers live is asked for every few seconds, and so at times within a page whose questions are counted."""
    from django.core.cache import cache

    from annotations import pulse

    cache.set("workers", pulse.workers(), None)


@pytest.fixture(scope="session", autouse=True)
def _close_parser() -> Iterator[None]:
    yield
    from annotations.lib.fetching.child import shared_parser

    shared_parser().close()


@pytest.fixture
def pages() -> Iterator[Any]:
    """Web pages on loopback (tests/servers.py)."""
    from tests.servers import running

    yield from running()

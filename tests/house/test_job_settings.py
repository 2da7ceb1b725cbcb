"""The settings of jobs hold together: each answers a fault only while it fits the others."""

from django.conf import settings

from annotations.lib.fetching.child import SECONDS as READING
from annotations.lib.fetching.policy import Policy


def test_no_message_comes_back_while_its_task_may_still_run() -> None:
    timeout = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    assert timeout >= 4 * settings.CELERY_TASK_TIME_LIMIT
    assert timeout == settings.CELERY_VISIBILITY_TIMEOUT


def test_no_lease_ends_before_its_task_is_killed() -> None:
    assert settings.JOBS_LEASE_SECONDS > settings.CELERY_TASK_TIME_LIMIT > settings.CELERY_TASK_SOFT_TIME_LIMIT


def test_a_fetch_and_a_reading_end_by_themselves() -> None:
    assert max(Policy().total_seconds, READING) < settings.CELERY_TASK_SOFT_TIME_LIMIT


def test_a_killed_workers_message_comes_back() -> None:
    assert settings.CELERY_TASK_ACKS_LATE
    assert settings.CELERY_TASK_REJECT_ON_WORKER_LOST
    assert settings.CELERY_WORKER_PREFETCH_MULTIPLIER == 1


def test_messages_are_data_only() -> None:
    assert settings.CELERY_ACCEPT_CONTENT == ["json"]
    assert settings.CELERY_RESULT_BACKEND is None


def test_delays_are_the_tables_business() -> None:
    """A message is never delayed for longer than the sweep takes to notice, which is far below the visibility timeout."""
    assert settings.JOBS_SWEEP_SECONDS * 4 < settings.CELERY_VISIBILITY_TIMEOUT
    assert settings.JOBS_RESEND_SECONDS > settings.JOBS_SWEEP_SECONDS

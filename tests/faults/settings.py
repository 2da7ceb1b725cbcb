"""The product's settings with the waits shortened, so that a fault test takes seconds."""

import os

from tests.faults import own

own.point_there()

from factcheck.settings import *  # noqa: E402, F403

JOBS_LEASE_SECONDS = 8
JOBS_SWEEP_SECONDS = 2
JOBS_RESEND_SECONDS = 6
SOURCES_HOST_GAP = float(os.environ.get("FACTCHECK_TEST_GAP", "0"))
SOURCES_TEST_NETWORK = "tests.faults.network" if "FACTCHECK_TEST_PORT" in os.environ else ""
CELERY_BEAT_SCHEDULE = {"sweep": {"task": "work.sweep", "schedule": 2.0, "options": {"expires": 2}}}

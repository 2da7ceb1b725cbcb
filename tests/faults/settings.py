"""The product's settings with the waits shortened, so that a fault test takes seconds."""

import os
from urllib.parse import urlsplit, urlunsplit

if os.environ.get("DATABASE_URL"):  # a database of its own, made by the test's start
    parts = urlsplit(os.environ["DATABASE_URL"])
    os.environ["DATABASE_URL"] = urlunsplit(parts._replace(path="/factcheck_faults"))

from factcheck.settings import *  # noqa: F403

JOBS_LEASE_SECONDS = 8
JOBS_SWEEP_SECONDS = 2
JOBS_RESEND_SECONDS = 6
SOURCES_HOST_GAP = float(os.environ.get("FACTCHECK_TEST_GAP", "0"))
SOURCES_TEST_NETWORK = "tests.faults.network" if "FACTCHECK_TEST_PORT" in os.environ else ""
CELERY_BEAT_SCHEDULE = {"sweep": {"task": "work.sweep", "schedule": 2.0, "options": {"expires": 2}}}

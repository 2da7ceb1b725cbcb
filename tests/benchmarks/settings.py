"""The product's settings with a test's network (any host name leads to one server of loopback) and no pause between two fetches."""

import os

from factcheck.settings import *  # noqa: F403

SOURCES_TEST_NETWORK = "tests.faults.network"
SOURCES_HOST_GAP = float(os.environ.get("FACTCHECK_TEST_GAP", "0"))

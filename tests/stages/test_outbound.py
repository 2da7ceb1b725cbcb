"""Where the guarded fetcher is set up: once a process, and never with a test's resolver outside tests."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from annotations.lib import outbound

NETWORK = "tests.faults.network"


def test_a_tests_own_resolver_is_for_tests_alone(settings: Any) -> None:
    settings.SOURCES_TEST_NETWORK = NETWORK
    settings.SETTINGS_MODULE = "factcheck.settings"
    with pytest.raises(ImproperlyConfigured, match="SOURCES_TEST_NETWORK"):
        outbound.fetcher()
    settings.SETTINGS_MODULE = "tests.settings"
    assert outbound.fetcher().resolver("any.example.com", 80) == ["93.184.216.34"]


def test_a_process_has_one_fetcher_for_each_policy(settings: Any) -> None:
    first = outbound.fetcher()
    assert outbound.fetcher() is first
    settings.SOURCES_ALLOWED_RANGES = "127.0.0.1/32:8080"
    assert outbound.fetcher() is not first

"""Where the guarded fetcher is set up: once a process, and never with a test's resolver outside tests."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from annotations.lib import outbound
from annotations.lib.fetching.urls import UrlRefused, check_url

NETWORK = "tests.faults.network"


def test_a_tests_own_resolver_is_for_tests_alone(settings: Any) -> None:
    settings.SOURCES_TEST_NETWORK = NETWORK
    settings.SETTINGS_MODULE = "factcheck.settings"
    with pytest.raises(ImproperlyConfigured, match="SOURCES_TEST_NETWORK"):
        outbound.fetcher()
    settings.SETTINGS_MODULE = "tests.settings"
    assert outbound.fetcher().resolver("any.example.com", 80) == ["93.184.216.34"]


def test_names_of_the_intranet_are_opened_by_name(settings: Any) -> None:
    settings.SOURCES_ALLOWED_RANGES = "10.1.0.0/16:80"
    settings.SOURCES_ALLOWED_HOSTS = "wiki ملفات.internal .intra.local"
    policy = outbound.policy()
    for host in ("wiki", "WIKI.", "ملفات.internal", "xn--mgbg1ele.internal", "intra.local", "a.b.intra.local"):
        assert check_url(f"http://{host}/page", policy).port == 80
    for host in ("other", "wiki.internal", "xintra.local", "intra.local.internal"):
        with pytest.raises(UrlRefused) as refused:
            check_url(f"http://{host}/page", policy)
        assert refused.value.code == "refused_host"
    settings.SOURCES_ALLOWED_HOSTS = ""
    with pytest.raises(UrlRefused):
        check_url("http://wiki/page", outbound.policy())


def test_a_process_has_one_fetcher_for_each_policy(settings: Any) -> None:
    first = outbound.fetcher()
    assert outbound.fetcher() is first
    settings.SOURCES_ALLOWED_RANGES = "127.0.0.1/32:8080"
    assert outbound.fetcher() is not first

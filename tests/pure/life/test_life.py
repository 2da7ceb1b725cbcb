"""The life of a cited source: every rule of what one check means."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.sources import life
from annotations.sources.life import Check, Standing

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("outcome", "status", "permanent", "kind"),
    [
        ("ok", 200, False, "alive"),
        ("not_modified", 304, False, "alive"),
        ("ok", 200, True, "moved"),
        *[("http_error", status, False, "wall") for status in (401, 402, 403, 407, 429, 440, 449, 451, 999)],
        ("http_error", 410, False, "gone"),
        ("http_error", 404, False, "missing"),
        ("dns_nxdomain", None, False, "no_name"),
        ("dns_failure", None, False, "unsure"),
        ("timeout", None, False, "unsure"),
        ("tls_error", None, False, "unsure"),
        ("blocked_address", None, False, "unsure"),
        ("proxy_unreachable", None, False, "ours"),
        ("proxy_refused", None, False, "ours"),
        ("http_error", 500, False, "unsure"),
        ("http_error", 503, True, "unsure"),
    ],
)
def test_what_a_fetch_means(outcome: str, status: int | None, permanent: bool, kind: str) -> None:
    assert life.judge(outcome, status, permanent_redirect=permanent).kind == kind


@pytest.mark.parametrize(("kind", "needed"), [("gone", 2), ("missing", 3), ("no_name", 3), ("unsure", 5)])
def test_dead_takes_failures_days_apart(kind: str, needed: int) -> None:
    standing, now = Standing("alive", 0, 4, None), NOW
    for count in range(1, needed + 1):
        found = life.after(standing, Check(kind), now=now)
        assert found.standing.life == ("dead" if count == needed else "suspect")
        again = life.after(found.standing, Check(kind), now=now + timedelta(days=2))
        if count < needed:  # too soon: it counts once
            assert again.standing == found.standing
            assert again.again_in == timedelta(days=1)
        standing, now = found.standing, now + life.APART
    assert life.after(standing, Check(kind), now=now).again_in == life.DEAD_PAUSE


def test_one_good_answer_forgets_the_failures_and_raises_the_dead() -> None:
    for standing in (Standing("suspect", 2, 0, NOW), Standing("dead", 3, 0, NOW)):
        found = life.after(standing, Check("alive"), now=NOW + timedelta(days=1))
        assert found.standing == Standing("alive", 0, 1, None)


def test_the_pauses_grow_while_it_answers() -> None:
    standing = Standing()
    pauses = []
    for _time in range(5):
        found = life.after(standing, Check("alive"), now=NOW)
        standing = found.standing
        pauses.append(found.again_in.days)
    assert pauses == [7, 14, 30, 30, 30]


def test_a_wall_is_no_death() -> None:
    standing = Standing("suspect", 2, 0, NOW)
    for _time in range(10):
        standing = life.after(standing, Check("wall"), now=NOW).standing
    assert standing == Standing("restricted", 0, 0, None)


@pytest.mark.parametrize(
    ("final_url", "title", "likeness", "expected"),
    [
        ("https://news.example/", "News", 0.1, True),
        ("https://news.example/404.html", "News", 0.1, True),
        ("https://news.example/story", "الصفحة غير موجودة", 0.1, True),
        ("https://news.example/story", "Page not found | News", 0.0, True),
        ("https://news.example/story", "The story", 0.0, False),
        ("https://news.example/", "News", 0.9, False),
    ],
)
def test_an_error_page_that_says_ok(final_url: str, title: str, likeness: float, expected: bool) -> None:
    found = life.is_soft_404(
        submitted="https://news.example/story", final_url=final_url, title=title, likeness=likeness
    )
    assert found is expected


def test_the_brake() -> None:
    assert not life.brake(4, 4), "too few hosts to tell"
    assert not life.brake(3, 10)
    assert life.brake(4, 10)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["alive", "moved", "wall", "gone", "missing", "no_name", "unsure"]), st.integers(0, 40)
        ),
        max_size=30,
    )
)
def test_dead_is_never_hasty(steps: list[tuple[str, int]]) -> None:
    """Whatever comes: between a good answer and death lie at least two counted failures, three days apart."""
    standing, now, failures = Standing(), NOW, []
    for kind, days in steps:
        now += timedelta(days=days)
        found = life.after(standing, Check(kind), now=now)
        if kind in life.FAILURES:
            if found.standing.failures > standing.failures:
                failures.append(now)
        else:
            failures = []
        standing = found.standing
        assert found.again_in > timedelta()
        if standing.life == "dead":
            assert len(failures) >= 2
            assert failures[-1] - failures[0] >= life.APART

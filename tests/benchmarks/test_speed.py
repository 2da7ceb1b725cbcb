"""What is fast and what is not, measured: `make bench`. Figures are printed, never asserted; trust ratios within one run."""

import statistics
import time
from collections.abc import Callable

import httpcore2
import numpy as np

from annotations.agreement.metrics import metrics
from annotations.agreement.patterns import Declared, key
from annotations.claims import segmenters
from annotations.claims.segmenters.boundaries import sentences
from annotations.lib.fetching.child import ParseServer
from annotations.lib.fetching.client import GuardedFetcher, Policy
from annotations.sources.quotes import check_quote
from tests.servers import Pages

ARABIC = (
    "قال رئيس بلدية مرجان سالم الحداد إن الجسر الجديد كلّف 18 مليون دينار، وإن 40 في المئة منها جاءت من التبرعات. "
    "وأضاف «لم نرفع الضرائب في عام 2023». وتوقع أن يعبره 12 ألف سيارة يوميا.\n\n"
)
ENGLISH = "The railway carried 2.31 million passengers in 2023, the company said. “We did not raise fares,” said Ida Marsh.\n\n"


def timed(act: Callable[[], object], *, runs: int = 5) -> float:
    """Median seconds of one run, after one that is not counted."""
    act()
    found = []
    for _run in range(runs):
        started = time.perf_counter()
        act()
        found.append(time.perf_counter() - started)
    return statistics.median(found)


def say(name: str, value: str) -> None:
    print(f"{name:<58} {value}")


def test_splitting() -> None:
    for language, text in (("ar", ARABIC * 400), ("en", ENGLISH * 400)):
        size = len(text.encode()) / 1e6
        seconds = timed(lambda text=text, language=language: sentences(text, language))  # type: ignore[misc]
        say(f"sentences, {language}", f"{size / seconds:6.1f} MB/s")
        article = " ".join((ARABIC if language == "ar" else ENGLISH).split() * 40)
        article = " ".join(article.split()[:1000])
        seconds = timed(lambda: segmenters.get("sentences").split(article, language))
        say(f"1,000 words split, attributed, scored, {language}", f"{seconds * 1000:6.1f} ms")


def test_agreement() -> None:
    rng = np.random.default_rng(7)
    declared = Declared((5, 4, 3, 2, 1, 0))
    histogram: dict[str, int] = {}
    for row in rng.integers(0, 6, size=(100_000, 5)):
        pattern = key(dict(zip(*np.unique(row, return_counts=True), strict=True)))
        histogram[pattern] = histogram.get(pattern, 0) + 1
    for name, metric in metrics().items():
        seconds = timed(lambda metric=metric: metric.score(histogram, declared))  # type: ignore[misc]
        say(f"{name}, 100,000 claims x 5, {len(histogram)} patterns", f"{seconds * 1000:6.2f} ms")


def test_quotes() -> None:
    page = (ENGLISH + ARABIC) * 330
    say("page for the quote check", f"{len(page):,} characters")
    for name, quote in (
        ("exact", ENGLISH[:60]),
        ("absent", "wholly other words that stand nowhere in this text at all"),
    ):
        say(f"quote check, {name}", f"{timed(lambda quote=quote: check_quote(quote, full_text=page)) * 1000:6.1f} ms")  # type: ignore[misc]


def test_reading_a_page() -> None:
    body = f"<html><body><article>{''.join(f'<p>{ENGLISH}</p>' for _ in range(200))}</article></body></html>".encode()
    server = ParseServer()
    try:
        seconds = timed(lambda: server.parse(body, declared_type="text/html"), runs=10)
    finally:
        server.close()
    say(f"reading a page of {len(body):,} bytes in a forked child", f"{seconds * 1000:6.1f} ms")


def test_fetching() -> None:
    pages = Pages()
    pages.add("/page", "<html>" + ENGLISH * 100 + "</html>")
    fetcher = GuardedFetcher(Policy(), resolver=pages.resolver, dial_map=pages.dial)

    def bare() -> None:
        with httpcore2.ConnectionPool(max_keepalive_connections=0) as pool:
            pool.request("GET", f"http://127.0.0.1:{pages.port}/page")

    try:
        guarded = timed(lambda: [fetcher.fetch("http://news.example.com/page") for _ in range(50)]) / 50
        plain = timed(lambda: [bare() for _ in range(50)]) / 50
    finally:
        pages.close()
    say("guarded fetch on loopback", f"{1 / guarded:6.0f} /s")
    say("bare httpcore2, a connection each", f"{1 / plain:6.0f} /s, ratio {plain / guarded:.2f}")

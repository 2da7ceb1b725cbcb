"""The annotation screen in real Chromium, measured: `make bench ARGS="-k annotation_screen"`."""

import random
import re
import statistics
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests import measure
from tests.benchmarks.test_agreement import say
from tests.benchmarks.test_live import Web
from tests.browser.conftest import ARGUMENTS, chromium

RUNS = 5
SETUP = """
import sys
from datetime import timedelta
from celery import current_app
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from annotations import jobs
from annotations.articles import operations as articles
from annotations.claims import queries
from annotations.models import Claim, Member, Newsroom, Work
from annotations.newsrooms.operations import add_member, create_newsroom
jobs._send = lambda kind, subject_id, *, countdown=0.0: True
current_app.loader.import_default_modules()
room = create_newsroom(name="Desk", url="https://d.example.org", corrections_contact="c@d.example.org", slug="desk", preset="six_step")
people = {name: add_member(room, email=f"{name}@d.example.org", name=name, role=role, by=None, password="walnut-harbour-9") for name, role in (("edith", "editor"), ("rita", "reviewer"))}
for name, made in people.items():
    made.user.toured_at = timezone.now()
    made.user.save()
    session = SessionStore()
    session["_auth_user_id"] = str(made.user_id)
    session["_auth_user_backend"] = "allauth.account.auth_backends.AuthenticationBackend"
    session["_auth_user_hash"] = made.user.get_session_auth_hash()
    session.save()
    print("session", name, session.session_key)
for path in {paths}:
    made = articles.add_text(by=people["edith"], text=open(path, encoding="utf-8").read(), url="", details=articles.Details())
    while work := Work.objects.filter(state="queued", kind="claims.split").order_by("pk").first():
        current_app.tasks[work.kind].run(work.subject_id)
    Work.objects.filter(state="queued").update(due_at=timezone.now() + timedelta(days=2))
    print("article", made.pk, Claim.objects.filter(article=made).count())
"""
NAMES = "the harbour council|the northern ferry line|the regional court|the water company|the teachers' union".split(
    "|"
)
DEEDS = "spent|lost|saved|owed|collected|returned|promised|received".split("|")
THINGS = "on new boats|for the old bridge|in unpaid fines|from the state fund|on winter roads|for school meals".split(
    "|"
)


def written(sentences: int) -> str:
    """An article of so many checkable sentences, no two alike, five a paragraph."""
    chance = random.Random(5)
    lines = [
        f"In {1990 + number % 33} {chance.choice(NAMES)} {chance.choice(DEEDS)} {number + 11},{chance.randrange(100, 999)} "
        f"euros {chance.choice(THINGS)}, which is more than in the year before, according to report number {number + 1} of its auditors."
        for number in range(sentences)
    ]
    return "\n\n".join(" ".join(lines[place : place + 5]) for place in range(0, sentences, 5))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Web, dict[str, str], list[tuple[str, int]]]]:
    chromium()
    folder = tmp_path_factory.mktemp("desk")
    texts = [(measure.folder() / "claims" / "arabic-article.txt").read_text(encoding="utf-8")]
    texts += [written(200), written(2000)]
    paths = []
    for number, text in enumerate(texts):
        path = folder / f"{number}.txt"
        path.write_text(text, encoding="utf-8")
        paths.append(str(path))
    web = Web(folder / "data")
    try:
        out = web.shell(SETUP.replace("{paths}", repr(paths)))
        web.wait()
        sessions = dict(re.findall(r"session (\w+) (\w+)", out))
        yield web, sessions, [(pk, int(count)) for pk, count in re.findall(r"article (\d+) (\d+)", out)]
    finally:
        web.process.kill()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield found
        found.close()


def page_of(browser: Browser, web: Web, session: str) -> Page:
    context = browser.new_context(base_url=f"http://127.0.0.1:{web.port}", viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": session, "url": f"http://127.0.0.1:{web.port}"}])
    return context.new_page()


TIMES = """() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => {
  const [page] = performance.getEntriesByType("navigation");
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  done({answer: page.responseStart, whole: page.responseEnd, paint: paint ? paint.startTime : 0,
        usable: performance.getEntriesByName("usable")[0]?.startTime ?? 0, bytes: page.transferSize});
})))"""


def marked(page: Page, name: str) -> None:
    """Waits for a mark of the page's own scripts."""
    deadline = time.monotonic() + 30
    while not page.evaluate(f"performance.getEntriesByName('{name}').length"):
        if time.monotonic() > deadline:
            pytest.fail(f"{name} was never marked")
        time.sleep(0.02)


def opened(page: Page, path: str) -> dict[str, float]:
    """Milliseconds since the navigation began; usable: every script is wired, the frame after it is drawn."""
    page.goto(path)
    marked(page, "usable")
    found: dict[str, float] = page.evaluate(TIMES)
    return found


def median(rows: list[dict[str, float]], name: str) -> float:
    return statistics.median(row[name] for row in rows)


def test_first_view(desk: Any, browser: Browser) -> None:
    """Cold: a new browser profile each time; warm: the page again, with what the profile kept."""
    web, sessions, articles = desk
    bars = ["usable <= 600 / 300 ms", "readable within 1 s", "first paint < 1 s"]
    for (pk, count), bar in zip(articles, bars, strict=True):
        cold, warm = [], []
        for _run in range(RUNS):
            page = page_of(browser, web, sessions["rita"])
            cold.append(opened(page, f"/n/desk/articles/{pk}/"))
            time.sleep(1.5)  # the cards have asked what they ask for
            warm.append(opened(page, f"/n/desk/articles/{pk}/"))
            page.context.close()
        for name, rows in (("cold", cold), ("warm", warm)):
            told = f"{median(rows, 'answer'):.0f} / {median(rows, 'paint'):.0f} / {median(rows, 'usable'):.0f} ms"
            say(f"{count} claims, {name}: answer / first paint / usable", told, bar)
            say("... of the page alone", f"{median(rows, 'bytes') / 1e3:.0f} kB", "-")


WORDS = """(number) => {
  const block = document.querySelectorAll("[data-article-text] [data-start]")[number];
  block.scrollIntoView({block: "center"});
  const node = block.querySelector("mark").firstChild;
  const range = document.createRange();
  range.setStart(node, 8); range.setEnd(node, 30);
  const boxes = range.getClientRects(), first = boxes[0], last = boxes[boxes.length - 1];
  return [first.left + 1, first.top + first.height / 2, last.right - 1, last.top + last.height / 2];
}"""


def test_adding_one(desk: Any, browser: Browser) -> None:
    """Script of the page for one more claim: from the server's answer to the card in its place, and of the whole act."""
    web, sessions, articles = desk
    for pk, count in articles[1:]:
        page = page_of(browser, web, sessions["edith"])
        opened(page, f"/n/desk/articles/{pk}/")
        metrics = page.context.new_cdp_session(page)
        metrics.send("Performance.enable")
        placed, whole = [], []
        for run in range(RUNS):
            page.evaluate("performance.clearMeasures('claim-added')")
            left, top, right, bottom = page.evaluate(WORDS, 3 + 7 * run)
            before = script(metrics)
            page.mouse.move(left, top)
            page.mouse.down()
            page.mouse.move(right, bottom, steps=4)
            page.mouse.up()
            page.locator("[data-selection-bar] [data-key=add]").click()
            marked(page, "claim-added")
            whole.append((script(metrics) - before) * 1e3)
            placed.append(page.evaluate("performance.getEntriesByName('claim-added')[0].duration"))
        told = f"{statistics.median(placed):.1f} / {statistics.median(whole):.1f} ms"
        say(f"{count} claims, one more: script of its answer / of all of it", told, "< 50 ms")
        page.context.close()


def script(metrics: Any) -> float:
    """Seconds of script that the page has run so far."""
    return float(
        next(
            row["value"] for row in metrics.send("Performance.getMetrics")["metrics"] if row["name"] == "ScriptDuration"
        )
    )

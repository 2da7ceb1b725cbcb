"""One running product with its demonstration, and real Chromium."""

import faulthandler
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tests.processes import Up

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


LONGEST = 240  # seconds of one test


@pytest.fixture(autouse=True)
def _bounded() -> Iterator[None]:
    """A browser that does not answer any more ends this worker, and says where, instead of holding up all the others."""
    faulthandler.dump_traceback_later(LONGEST, exit=True, file=sys.__stderr__)
    yield
    faulthandler.cancel_dump_traceback_later()


def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        if os.environ.get("FACTCHECK_REQUIRE_BROWSER"):
            pytest.fail("no Chromium on PATH")
        pytest.skip("no Chromium on PATH: browser journeys are not run")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    chromium()
    running = Up(tmp_path_factory.mktemp("up") / "data")
    try:
        running.wait_ready()
        running.wait_line("Demonstration:")
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def passwords(up: Up) -> dict[str, str]:
    return dict(re.findall(r"(\w+)@harbour-desk\.example\s+(\S+)", up.manage("demo_logins", "--reset")))


Enter = Callable[..., Page]


@pytest.fixture
def enter(browser: Browser, up: Up, passwords: dict[str, str]) -> Iterator[Enter]:
    """`enter("edith", locale="ar", dark=True, width=390)`: a signed-in page of its own browser context."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def make(who: str, *, locale: str = "en", dark: bool = False, width: int = 1280, **more: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale=locale,
            color_scheme="dark" if dark else "light",
            base_url=up.address,
            **more,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if _is_fault(message) else None)
        page.goto("/accounts/login/")
        page.fill("input[name=login]", f"{who}@harbour-desk.example")
        page.fill("input[name=password]", passwords[who])
        page.click("main button")
        page.wait_for_url("**/n/demo/")
        return page

    yield make
    for context in contexts:
        for page in context.pages:
            with suppress(Error):  # "leave the page?" is answered with no
                page.goto(
                    "about:blank", timeout=5_000
                )  # a context that is closed while a page is on its way somewhere may never answer
        context.close()
    assert errors == []


def usable(page: Page) -> None:
    """Waits until the page's scripts are all at work: keys pressed before are lost, as on any page."""
    for _each in range(200):
        if page.evaluate("performance.getEntriesByName('usable').length"):
            return
        page.wait_for_timeout(50)
    raise AssertionError("the scripts did not come")


def _is_fault(message: Any) -> bool:
    """Errors of the page itself; an answer such as 422 on purpose is none."""
    return message.type == "error" and "Failed to load resource" not in message.text


@pytest.fixture
def shots() -> Callable[[Page, str], None]:
    """Pictures to look at, when SCREENS names a folder."""
    folder = os.environ.get("SCREENS", "")

    def shot(page: Page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)

    return shot

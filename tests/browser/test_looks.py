"""Every screen in both languages and themes: accessible by axe, no sideways scrolling on a phone, nothing from outside."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request

from tests.browser.conftest import Enter
from tests.processes import Up

PAGES = {
    "desk": "/n/demo/",
    "articles": "/n/demo/articles/",
    "article": "/n/demo/articles/1/",
    "add": "/n/demo/articles/new/",
    "claim-edit": "/n/demo/claims/1/edit/",
    "claim": "/n/demo/claims/16/",
    "review-queue": "/n/demo/review/",
    "rulings": "/n/demo/rulings/",
    "sources": "/n/demo/sources/",
    "agreement": "/n/demo/agreement/",
    "published": "/n/demo/published/",
    "tokens": "/n/demo/tokens/",
    "changed": "/n/demo/changed/",
    "intake": "/n/demo/intake/",
    "settings": "/n/demo/settings/",
    "people": "/n/demo/people/",
    "preferences": "/preferences/",
    "keys": "/preferences/keys/",
    "source": "/n/demo/sources/1/",
    "agreement-people": "/n/demo/agreement/people/",
    "tour": "/n/demo/?tour=1",
    "dossier": "/n/demo/claims/1/dossier/",
    "mentions": "/n/demo/mentions/",
    "ruling": "/n/demo/claims/13/ruling/",
    "fact": "/facts/demo/1/",
    "facts": "/facts/demo/",
}
Shots = Callable[[Page, str], None]


@pytest.mark.parametrize(("locale", "dark"), [("en", False), ("en", True), ("ar", False), ("ar", True)])
def test_screens(enter: Enter, shots: Shots, up: Up, locale: str, dark: bool) -> None:
    page = enter("amal", locale=locale, dark=dark)
    outside: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((up.address, "data:")):
            outside.append(request.url)

    page.on("request", note)
    for name, path in PAGES.items():
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        shots(page, f"{name}-{locale}-{'dark' if dark else 'light'}")
    assert outside == []


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_a_phone_scrolls_one_way_only(enter: Enter, shots: Shots, locale: str) -> None:
    page = enter("amal", locale=locale, width=320)
    for name, path in PAGES.items():
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        shots(page, f"{name}-{locale}-phone")
        assert wide <= 0, path


def test_the_sign_in_page(browser: Browser, up: Up) -> None:
    for locale in ("en", "ar"):
        context = browser.new_context(locale=locale, base_url=up.address)
        page = context.new_page()
        page.goto("/accounts/login/")
        assert Axe().run(page).violations_count == 0
        page.goto("/accounts/password/reset/")
        assert Axe().run(page).violations_count == 0
        context.close()

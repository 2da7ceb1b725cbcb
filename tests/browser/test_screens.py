"""Pictures of the main screens, made by `make screens`: every one into the folder FACTCHECK_SCREENS, the chosen into docs/screens/."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Enter

DOCS = Path(__file__).resolve().parents[2] / "docs" / "screens"
MOST = 1_500_000  # bytes of the pictures that are kept with the project
WIDE, PHONE = (1280, 800), (390, 780)
SCREENS = {
    "desk": ("edith", "/n/demo/"),
    "articles": ("edith", "/n/demo/articles/"),
    "article": ("edith", "/n/demo/articles/1/"),
    "queue": ("rita", "/n/demo/review/"),
    "claim": ("rita", "/n/demo/claims/16/"),
    "verdict": ("rita", "/n/demo/claims/16/"),
    "ruling": ("amal", "/n/demo/claims/13/ruling/"),
    "rulings": ("amal", "/n/demo/rulings/"),
    "sources": ("amal", "/n/demo/sources/"),
    "source": ("amal", "/n/demo/sources/1/"),
    "agreement": ("amal", "/n/demo/agreement/"),
    "intake": ("edith", "/n/demo/intake/"),
    "settings": ("amal", "/n/demo/settings/"),
    "types": ("amal", "/n/demo/settings/"),
    "published": ("amal", "/n/demo/published/"),
    "dossier": ("amal", "/n/demo/claims/1/dossier/"),
    "fact": ("amal", "/facts/demo/1/"),
}
ENGLISH = {"fact": "/facts/demo/13/"}  # a published page speaks its own language
SCROLLED = {"verdict": ".verdicts", "types": "#types-title"}  # screens further down a page
TALL = {"ruling": 1120}  # wide: as high as what belongs together
# Of all of them, those that the documentation shows.
CHOSEN = {
    "article-ar-light-wide",
    "article-en-dark-wide",
    "claim-ar-light-wide",
    "claim-ar-dark-phone",
    "verdict-ar-light-wide",
    "ruling-en-light-wide",
    "agreement-en-light-wide",
    "source-ar-light-wide",
    "desk-ar-dark-wide",
    "fact-ar-light-phone",
}


@pytest.mark.skipif("FACTCHECK_SCREENS" not in os.environ, reason="pictures are made by `make screens`")
@pytest.mark.parametrize("size", ["wide", "phone"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["ar", "en"])
def test_screens(enter: Enter, locale: str, theme: str, size: str) -> None:
    folder = Path(os.environ["FACTCHECK_SCREENS"])
    folder.mkdir(parents=True, exist_ok=True)
    DOCS.mkdir(parents=True, exist_ok=True)
    width, height = WIDE if size == "wide" else PHONE
    people: dict[str, Page] = {}
    for name, (who, address) in SCREENS.items():
        if who not in people:
            people[who] = enter(who, locale=locale, dark=theme == "dark", width=width)
            people[who].set_viewport_size({"width": width, "height": height})
            _skip_the_tour(people[who])
        page = people[who]
        page.set_viewport_size({"width": width, "height": TALL.get(name, height) if size == "wide" else height})
        answer = page.goto(ENGLISH.get(name, address) if locale == "en" else address)
        assert answer is not None
        assert answer.status == 200, address
        if name in SCROLLED:
            page.locator(SCROLLED[name]).first.evaluate(
                "(e) => scrollTo(0, e.getBoundingClientRect().top + scrollY - 90)"
            )
        label = f"{name}-{locale}-{theme}-{size}"
        picture = page.screenshot(type="jpeg", quality=80)
        (folder / f"{label}.jpg").write_bytes(picture)
        if label in CHOSEN:
            (DOCS / f"{label}.jpg").write_bytes(picture)
    kept = {path.stem: path.stat().st_size for path in DOCS.glob("*.jpg")}
    assert set(kept) <= CHOSEN
    assert sum(kept.values()) <= MOST


def _skip_the_tour(page: Page) -> None:
    button = page.locator("#tour form button")
    if button.count():
        button.click()
        page.wait_for_load_state()

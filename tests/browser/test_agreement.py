"""Agreement in a browser: the page and its parts in both languages, on a phone and in the dark, and who finds what."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter

Shots = Callable[[Page, str], None]
PLACES = {"agreement": "agreement/", "people": "agreement/people/", "mine": "agreement/mine/"}


def sound(page: Page) -> None:
    """Accessible with everything unfolded, and no sideways scrolling of the page itself."""
    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.parametrize(
    ("locale", "dark", "width"), [("en", False, 1280), ("ar", True, 1280), ("ar", False, 390), ("en", True, 390)]
)
def test_all_parts_unfolded(enter: Enter, shots: Shots, locale: str, dark: bool, width: int) -> None:
    page = enter("amal", locale=locale, dark=dark, width=width)
    for name, path in PLACES.items():
        page.goto(f"/n/demo/{path}")
        sound(page)
        shots(page, f"open-{name}-{locale}-{'dark' if dark else 'light'}-{width}")


def test_from_the_figures_to_a_file(enter: Enter, shots: Shots) -> None:
    """An admin cuts the figures, looks at the pairs and takes the diagnosis along."""
    page = enter("amal")
    page.goto("/n/demo/agreement/")
    expect(page.locator("svg.heat")).to_be_visible()
    whole = page.locator("main p.num").first.inner_text()
    page.get_by_text("Only some of the claims").click()
    page.select_option("select[name=language]", "ar")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/agreement/?**language=ar**")
    assert page.locator("main p.num").first.inner_text() != whole
    with page.expect_download() as download:
        page.get_by_role("link", name="Diagnosis (JSON)").click()
    document = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert document["cut"] == {"language": "ar"}
    assert page.locator("main p.num").first.inner_text().startswith(f"{len(document['units'])} claims")
    page.get_by_role("link", name="All claims").click()
    assert page.locator("main p.num").first.inner_text() == whole
    page.get_by_role("link", name="Reviewers and pairs").click()
    expect(page.get_by_role("heading", name="Pairs", exact=True)).to_be_visible()
    expect(page.locator("main table").first).to_contain_text("Rolf Berger")


def test_a_reviewer_finds_their_own_and_an_editor_the_proposal(enter: Enter, shots: Shots) -> None:
    page = enter("rolf")
    page.get_by_role("link", name="My agreement").click()
    page.wait_for_url("**/agreement/mine/")
    expect(page.locator("main table").first).to_contain_text("Rolf Berger")
    answer = page.goto("/n/demo/agreement/people/")
    assert answer is not None
    assert answer.status == 403
    editor = enter("edith")
    editor.goto("/n/demo/rulings/")
    editor.locator("main ol.list .quote a").first.click()
    editor.wait_for_url("**/ruling/")
    expect(editor.get_by_text("It proposes; people rule.")).to_be_visible()
    assert Axe().run(editor).violations_count == 0
    shots(editor, "ruling-proposal")

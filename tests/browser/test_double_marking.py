"""Two people mark an Arabic article blind to each other, an editor merges their lists."""

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.test_claim_list import _SELECT

Shots = Callable[[Page, str], None]
TEXT = (
    "قالت بلدية المرفأ إن الرصيف الجديد كلّف 7 ملايين دينار، وإن العمل فيه استمر 14 شهرا.\n\n"
    "وأضافت «لم نستورد حجرا واحدا». ويتوقع أن ترسو فيه 300 سفينة كل عام."
)
PIER = "الرصيف الجديد كلّف 7 ملايين دينار"
STONE = "لم نستورد حجرا واحدا"
SHIPS = "ترسو فيه 300 سفينة"
MORE_SHIPS = "ترسو فيه 300 سفينة كل عام"


def mark(page: Page, *all_words: str) -> None:
    for words in all_words:
        page.evaluate(_SELECT, words)
        bar = page.locator("[data-selection-bar]")
        expect(bar).to_contain_text(words)
        bar.locator("button[form=add-claim]").click()
        expect(page.locator("li.card .quote").get_by_text(words, exact=True)).to_be_visible()
    page.locator("#done summary").click()
    page.locator("#done button").click()
    expect(page.locator("#add-claim")).to_have_count(0)


def test_two_mark_and_one_merges(enter: Enter, shots: Shots) -> None:
    edith = enter("edith", locale="ar")
    edith.goto("/n/demo/articles/new/")
    edith.fill("textarea[name=text]", TEXT)
    edith.locator("summary", has=edith.locator("h2")).last.click()
    edith.locator("input[name=double_marking]").check()
    shots(edith, "double-new-ar")
    edith.locator("main form button.button-main").last.click()
    edith.wait_for_url("**/articles/*/")
    address = edith.url
    expect(edith.locator("[data-article-text] p").first).to_be_visible(timeout=20_000)
    shots(edith, "double-article-editor-ar")

    for who, words, width, dark in (
        ("rana", (PIER, STONE, SHIPS), 1280, False),
        ("rolf", (PIER, MORE_SHIPS), 390, True),
    ):
        page = enter(who, locale="ar", width=width, dark=dark)
        expect(page.locator("#to-mark")).to_be_visible()
        page.goto(f"{address}marking/")
        page.locator("button[value=take]").click()
        expect(page.locator("main mark")).to_have_count(0)
        page.goto(address)
        expect(page.locator("main li.card")).to_have_count(0)
        page.goto(f"{address}marking/")
        mark(page, *words)
        assert Axe().run(page).violations_count == 0
        shots(page, f"double-marker-{who}-ar")

    edith.goto(f"{address}markings/")
    rows = edith.locator("[id^=row-]")
    expect(rows).to_have_count(3)
    assert Axe().run(edith).violations_count == 0
    shots(edith, "double-merge-ar")
    edith.locator("button[value=alike]").click()
    expect(rows.nth(0).locator("a")).to_be_visible()
    rows.nth(1).locator("button[value=leave]").click()
    expect(rows.nth(1).locator("button[value=again]")).to_be_visible()
    rows.nth(2).locator("summary").click()
    rows.nth(2).locator("textarea[name=exact]").first.fill(MORE_SHIPS)
    rows.nth(2).locator("button[value=adjust]").click()
    expect(rows.nth(2).locator("a")).to_be_visible()
    shots(edith, "double-merged-ar")
    edith.goto("/n/demo/agreement/")
    expect(edith.get_by_text("0.80")).to_be_visible()  # two pairs that match, of five marks
    assert Axe().run(edith).violations_count == 0
    shots(edith, "double-figures-ar")
    english = enter("edith", width=390, dark=True)
    english.goto(f"{address}markings/")
    shots(english, "double-merge-phone-en-dark")
    english.goto("/n/demo/agreement/")
    shots(english, "double-figures-phone-en-dark")

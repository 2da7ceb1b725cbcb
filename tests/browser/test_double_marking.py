"""Two people mark an Arabic article blind to each other, an editor merges their lists."""

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter, usable
from tests.browser.hands import Keyboard
from tests.browser.test_access_rules import _CUT, _SIDEWAYS, _SMALL
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
    found = edith.get_by_role("region", name="هل وُجدت الادعاءات نفسها")
    expect(found.get_by_text("0.80")).to_be_visible()  # two pairs that match, of five marks
    assert Axe().run(edith).violations_count == 0
    shots(edith, "double-figures-ar")
    english = enter("edith", width=390, dark=True)
    english.goto(f"{address}markings/")
    shots(english, "double-merge-phone-en-dark")
    english.goto("/n/demo/agreement/")
    shots(english, "double-figures-phone-en-dark")


QUAY = "كلّف إصلاح رصيف الصيادين 4 ملايين دينار."
NETS = "ولم يُسأل عنه صاحب شباك واحد."


def whole(page: Page) -> None:
    """On the narrowest phone: one way of scrolling, no words cut off, targets for a finger, and no fault for axe."""
    assert page.evaluate(_SIDEWAYS) <= 0
    assert page.evaluate(_CUT) == []
    assert page.evaluate(_SMALL) == []
    assert Axe().run(page).violations_count == 0


def test_marking_and_merging_by_keys_alone_on_320_px(enter: Enter, shots: Shots) -> None:
    edith = enter("edith", locale="ar", width=320)
    edith.goto("/n/demo/articles/new/")
    hand = Keyboard(edith)
    hand.write(edith.locator("textarea[name=text]"), f"{QUAY} {NETS}")
    hand.press(edith.locator("summary", has=edith.locator("h2")).last)
    hand.tick(edith.locator("input[name=double_marking]"))
    hand.press(edith.locator("main form button.button-main").last)
    expect(edith.locator("[data-article-text] p").first).to_be_visible(timeout=20_000)
    address = edith.url

    for who, sentences, locale in (("rana", (QUAY, NETS), "ar"), ("rolf", (QUAY,), "en")):
        page = enter(who, locale=locale, width=320, dark=locale == "en")
        page.goto(f"{address}marking/")
        whole(page)
        hand = Keyboard(page)
        hand.press(page.locator("button[value=take]"))
        expect(page.locator("#add-claim")).to_have_count(1)
        for words in sentences:
            usable(page)
            hand.pick(words)
            expect(page.locator("li.card .quote").get_by_text(words, exact=True)).to_be_visible()
        usable(page)
        page.keyboard.press("n")
        expect(page.locator("[data-selection-bar]")).to_be_visible()
        expect(page.locator("[data-selection-count]")).to_have_text("7 كلمات" if locale == "ar" else "7 words")
        whole(page)
        shots(page, f"double-marker-320-{who}")
        page.keyboard.press("Escape")
        hand.press(page.locator("#done summary"))
        hand.press(page.locator("#done button"))
        expect(page.locator("#add-claim")).to_have_count(0)
        whole(page)

    edith.goto(f"{address}markings/")
    rows = edith.locator("[id^=row-]")
    expect(rows).to_have_count(2)
    whole(edith)
    shots(edith, "double-merge-320")
    hand = Keyboard(edith)
    hand.press(edith.locator("button[value=alike]"))
    expect(rows.nth(0).locator("a")).to_be_visible()
    hand.press(rows.nth(1).locator("summary"))
    whole(edith)
    shots(edith, "double-merge-320-open")
    hand.press(rows.nth(1).locator("button[value=leave]"))
    expect(rows.nth(1).locator("button[value=again]")).to_be_visible()
    whole(edith)

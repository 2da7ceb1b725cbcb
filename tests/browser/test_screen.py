"""The annotation screen as a reviewer works in it: from claim to claim, the source's text beside the form, on to the next."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.test_journey import bring_in
from tests.processes import Up

Shots = Callable[[Page, str], None]
TEXT = (
    "سوق السمك في مرجان\n\n"
    "قالت مديرة السوق هدى البحري إن السوق باع 900 طن من السمك في عام 2022. "
    "وذكرت البحري أن عدد سكان المدينة بلغ 412 ألف نسمة. "
    "وأضافت أن الأسعار ارتفعت بنسبة 15 في المئة عن العام الماضي."
)
WORDS = "بلغ عدد سكان المدينة"


def confirm_all(page: Page) -> list[str]:
    page.check("[data-choose-all] input")
    page.locator("[data-claim-bar] button[formaction*='claims/confirm/']").click()
    expect(page.locator(".card .badge.state-open").first).to_be_visible()
    return [
        (card.get_attribute("id") or "").removeprefix("claim-")
        for card in page.locator(".card:has(.badge.state-open)").all()
    ]


def drag_over(page: Page, words: str) -> None:
    """From the first letter of the words to the last, as a hand does."""
    box = page.evaluate(
        """(words) => {
            for (const block of document.querySelectorAll("[data-beside-text] p")) {
                const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
                for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                    const at = node.data.indexOf(words);
                    if (at < 0) continue;
                    const range = document.createRange();
                    range.setStart(node, at);
                    range.setEnd(node, at + words.length);
                    node.parentElement.scrollIntoView({ block: "center" });
                    const r = range.getBoundingClientRect();
                    return [r.x, r.y, r.width, r.height];
                }
            }
        }""",
        words,
    )
    x, y, width, height = box
    page.mouse.move(x + width - 6, y + height / 2)
    page.mouse.down()
    page.mouse.move(x + width / 2, y + height / 2, steps=4)
    page.mouse.move(x + 6, y + height / 2, steps=4)
    page.mouse.up()


def test_from_claim_to_claim_with_the_source_beside(enter: Enter, up: Up, shots: Shots) -> None:
    edith = enter("edith", locale="ar")
    bring_in(edith, TEXT)
    ids = confirm_all(edith)
    assert len(ids) >= 3
    page = enter("rana", locale="ar")
    page.goto(f"/n/demo/claims/{ids[1]}/")
    expect(page.locator(".way-step[aria-current=page]")).to_have_count(1)
    shots(page, "screen-ar")
    page.fill("[data-name=url] >> nth=0", f"{up.address}/demo/marjan-census")
    page.locator("[data-name=url] >> nth=0").press("Tab")
    beside = page.locator("a[data-beside-url]").first
    expect(beside).to_be_visible(timeout=30_000)
    page.fill("textarea[name=reason]", "أكتب بينما يُفتح المصدر.")
    beside.click()
    expect(page.locator("[data-beside-title]")).to_be_focused()
    take = page.locator("[data-beside-take]")
    expect(take).to_be_disabled()
    drag_over(page, WORDS)
    expect(take).to_be_enabled()
    shots(page, "screen-ar-beside")
    take.click()
    expect(page.locator("[data-name=quote] >> nth=0")).to_have_value(WORDS)
    # The same with the keys alone, as in an article: the next sentence, and the quote.
    page.fill("[data-name=quote] >> nth=0", "")
    beside.press("Enter")
    expect(page.locator("[data-beside-title]")).to_be_focused()
    said = page.locator("[data-beside-said]")
    while WORDS not in said.inner_text():
        before = said.inner_text()
        page.keyboard.press("n")
        expect(said).not_to_have_text(before)
    page.keyboard.press("[")
    expect(said).to_contain_text("عشر")
    expect(said).not_to_contain_text("سنوات")
    page.keyboard.press("q")
    quote = page.locator("[data-name=quote] >> nth=0")
    expect(quote).to_be_focused()
    expect(quote).to_have_value(re.compile(f"^{WORDS}.*عشر$"))
    expect(page.locator("[data-evidence-state] .badge-good")).to_have_count(2, timeout=30_000)
    assert page.input_value("textarea[name=reason]") == "أكتب بينما يُفتح المصدر."
    page.click("[data-beside-close]")
    expect(page.locator("[data-article-text]")).to_be_visible()
    page.select_option("[data-name=stance] >> nth=0", "supports")
    page.check("input[name=label][value=true]")
    page.click("button[value=submit_next]")
    expect(page.locator(".note-good")).to_be_visible()
    expect(page.locator(f"#claim-{ids[1]} .way-done")).to_be_visible()
    expect(page.locator(f"#claim-{ids[2]} [aria-current=page]")).to_be_visible()
    page.click("a[rel=prev]")
    expect(page.locator(f"#claim-{ids[1]} [aria-current=page]")).to_be_visible()


def test_the_way_on_a_phone(enter: Enter, shots: Shots) -> None:
    page = enter("rita", width=390, dark=True)
    page.goto("/n/demo/claims/16/")
    shots(page, "screen-en-phone-dark")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_what_arrives_above_does_not_move_the_hand_away(enter: Enter, up: Up) -> None:
    """The state of a source, with its passage, comes in over the field one writes in and the button one is about to press."""
    page = enter("rolf", width=1100)
    page.goto("/n/demo/review/")
    page.locator("main form button").first.click()
    page.wait_for_url("**/claims/*/")
    page.locator("[data-name=url]").first.fill(f"{up.address}/demo/marjan-census")
    page.locator("[data-name=quote]").first.fill("بلغ عدد سكان المدينة")
    reason = page.locator("textarea[name=reason]")
    reason.scroll_into_view_if_needed()
    reason.click()
    before = reason.bounding_box()
    height = page.evaluate("document.documentElement.scrollHeight")
    expect(page.locator("[data-evidence-state] .passage")).to_have_count(1, timeout=30_000)
    after = reason.bounding_box()
    assert before
    assert after
    assert page.evaluate("document.documentElement.scrollHeight") > height + 20
    assert abs(after["y"] - before["y"]) <= 2


def test_nor_from_under_the_pointer(enter: Enter, up: Up) -> None:
    """The quote has the focus, above; the hand has gone to a verdict, below what arrives."""
    page = enter("rolf", width=1100)
    page.goto("/n/demo/review/")
    page.locator("main form button").first.click()
    page.wait_for_url("**/claims/*/")
    page.locator("[data-name=url]").first.fill(f"{up.address}/demo/marjan-census?again")
    quote = page.locator("[data-name=quote]").first
    quote.fill("بلغ عدد سكان المدينة")
    quote.focus()
    verdict = page.locator(".verdict-choice").first
    verdict.hover()
    before = verdict.bounding_box()
    passage = page.locator("[data-evidence-state] .passage")
    had = passage.count()
    expect(passage).to_have_count(max(1, had), timeout=30_000)
    after = verdict.bounding_box()
    assert before
    assert after
    assert abs(after["y"] - before["y"]) <= 2


def test_each_step_of_the_tour_is_in_sight_and_at_hand(enter: Enter) -> None:
    """One step leads to the review, far below the note that speaks of it."""
    page = enter("rana", locale="ar", width=390)
    page.goto("/n/demo/?tour=1")
    for step in (2, 3, 4):
        page.locator("#tour .button-main").click()
        page.wait_for_url(f"**tour={step}*")
        expect(page.locator("#tour .button-main")).to_be_in_viewport()
        if "#" not in page.url:
            expect(page.locator("#tour")).to_be_focused()
    expect(page.locator("#review-title")).to_be_in_viewport()

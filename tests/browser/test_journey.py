"""The whole job in the browser: an Arabic article goes in, a published ClaimReview comes out; live states without reload."""

import json
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests import measure
from tests.browser.conftest import Enter
from tests.processes import Up

OWN = (
    "ميناء مرجان يتوسع\n\n"
    "قال مدير الميناء نادر القصاب إن الميناء استقبل 1,250 سفينة في عام 2023. "
    "وأضاف أن التوسعة كلفت 44 مليون دينار. وتوقع أن تنتهي الأعمال قريبا."
)
QUOTE = "بلغ عدد سكان المدينة ٤١٢,٦٠٠ نسمة"  # the page has Latin digits and other marks: found all the same
Shots = Callable[[Page, str], None]


def bring_in(page: Page, text: str) -> None:
    page.goto("/n/demo/articles/new/")
    page.fill("textarea[name=text]", text)
    page.click("main form .button-main")
    page.wait_for_url("**/n/demo/articles/*/")
    expect(page.locator(".card").first).to_be_visible(timeout=20_000)


def confirm_best(page: Page) -> str:
    """Confirm the check-worthiest claim; its id."""
    page.click("main a[href='?order=queue']")
    card = page.locator(".card").first
    found = (card.get_attribute("id") or "").removeprefix("claim-")
    card.locator("button[value=confirm]").click()
    expect(page.locator(f"#claim-{found} .badge")).to_have_class("badge state-open")
    return found


def fill_facts(page: Page, claim: str) -> None:
    page.goto(f"/n/demo/claims/{claim}/edit/")
    page.fill("input[name=claimant]", "نادر القصاب")
    page.select_option("select[name=claimant_kind]", "person")
    page.fill("input[name=claimed_on]", "2024-05-02")
    page.check("input[name=unknown][value=appearance]")
    page.locator("main form .button-main").first.click()
    page.wait_for_url("**/articles/**")


def review(page: Page, up: Up, claim: str, shots: Shots, name: str) -> None:
    page.goto(f"/n/demo/claims/{claim}/")
    page.fill("[data-name=url] >> nth=0", f"{up.address}/demo/marjan-census")
    page.fill("[data-name=quote] >> nth=0", QUOTE)
    page.select_option("[data-name=stance] >> nth=0", "refutes")
    page.check("input[name=label][value=false]")
    page.fill("textarea[name=reason]", "الرقم يخص السكان لا السفن.")
    # The source is fetched and its quote checked while the reviewer still writes; nothing is reloaded.
    expect(page.locator("[data-save-status]")).to_contain_text(":", timeout=15_000)
    expect(page.locator("[data-evidence-state] .badge-good")).to_have_count(2, timeout=30_000)
    assert page.input_value("textarea[name=reason]") == "الرقم يخص السكان لا السفن."
    shots(page, f"review-{name}")
    page.click("button[value=submit]")
    expect(page.locator(".note-good")).to_be_visible()


def through(enter: Enter, up: Up, shots: Shots, text: str) -> dict[str, Any]:
    edith = enter("edith", locale="ar")
    bring_in(edith, text)
    assert edith.locator("html").get_attribute("dir") == "rtl"
    shots(edith, "article-ar")
    claim = confirm_best(edith)
    fill_facts(edith, claim)
    review(enter("rana", locale="ar", width=390, dark=True), up, claim, shots, "ar-phone-dark")
    review(enter("rolf", locale="en"), up, claim, shots, "en")

    edith.goto("/n/demo/rulings/")
    edith.locator(f"a[href$='/claims/{claim}/ruling/']").click()
    shots(edith, "ruling-ar")
    edith.check("input[name=label][value=false]")
    edith.check("input[name=basis][value=unanimous]")
    edith.fill("textarea[name=reason]", "المراجعتان متفقتان.")
    edith.fill("textarea[name=summary]", "زائف: الرقم للسكان.")
    edith.fill("textarea[name=explanation]", "يقول المصدر إن الرقم عدد السكان.")
    edith.click("button[value=rule]")
    expect(edith.locator(".note-good")).to_be_visible()

    amal = enter("amal", locale="ar")
    amal.goto(f"/n/demo/claims/{claim}/ruling/")
    amal.click("button[value=sign_off]")
    amal.wait_for_url("**/facts/demo/*/")
    shots(amal, "fact-ar")
    assert amal.locator("html").get_attribute("lang") == "ar"
    markup: dict[str, Any] = json.loads(amal.locator("script[type='application/ld+json']").text_content() or "")
    return markup


def check(markup: dict[str, Any]) -> None:
    assert markup["reviewRating"]["alternateName"] == "زائف"
    assert (markup["reviewRating"]["ratingValue"], markup["reviewRating"]["bestRating"]) == (2, 6)
    assert markup["itemReviewed"] == {
        "@type": "Claim",
        "datePublished": "2024-05-02",
        "author": {"@type": "Person", "name": "نادر القصاب"},
    }


def test_the_whole_job(enter: Enter, up: Up, shots: Shots) -> None:
    check(through(enter, up, shots, OWN))


def test_the_sample_article(enter: Enter, up: Up, shots: Shots) -> None:
    text = (measure.folder() / "claims" / "arabic-article.txt").read_text(encoding="utf-8")
    check(through(enter, up, shots, text))


def test_without_javascript(enter: Enter) -> None:
    """Reading, adding a claim by its words, and reviewing work with plain forms."""
    page = enter("edith", java_script_enabled=False)
    page.goto("/n/demo/articles/3/")
    page.locator("[data-add-claim] summary").click()
    page.fill("textarea[name=exact]", "after two years of repairs")
    page.click("[data-span-form] .button-main")
    card = page.locator(".card", has_text="after two years of repairs").last
    expect(card.locator(".badge")).to_have_class("badge state-open")
    card.locator("a", has_text="To the review").click()
    page.fill("textarea[name=reason]", "typed without a script")
    page.click("button[value=save] >> nth=-1")
    expect(page.locator("textarea[name=reason]")).to_have_value("typed without a script")
    page.click("button[value=submit]")
    expect(page.locator("[role=alert]")).to_contain_text("Choose a verdict.")
    expect(page.locator("textarea[name=reason]")).to_have_value("typed without a script")


def test_a_claim_from_a_drag_over_arabic(enter: Enter) -> None:
    """The stored words are the ones that were dragged over, figures at the edge included."""
    page = enter("edith")
    page.goto("/n/demo/articles/2/")
    words = "34 في المئة في عام 2019"
    box = page.evaluate(
        """(words) => {
            for (const block of document.querySelectorAll("[data-article-text] [data-start]")) {
                const at = block.textContent.indexOf(words);
                if (at < 0) continue;
                const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
                let left = at;
                for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                    if (left < node.data.length) {
                        const range = document.createRange();
                        range.setStart(node, left);
                        range.setEnd(node, left + words.length);
                        const r = range.getBoundingClientRect();
                        return [r.x, r.y, r.width, r.height];
                    }
                    left -= node.data.length;
                }
            }
        }""",
        words,
    )
    x, y, width, height = box
    page.mouse.move(x + width - 2, y + height / 2)
    page.mouse.down()
    page.mouse.move(x + width / 2, y + height / 2, steps=5)
    page.mouse.move(x + 2, y + height / 2, steps=5)
    page.mouse.up()
    expect(page.locator("textarea[name=exact]")).to_have_value(words)
    page.click("[data-selection-bar] .button-main")
    expect(page.locator(".card .quote", has_text=words).first).to_be_visible()


def test_nothing_typed_is_lost(enter: Enter) -> None:
    """The server is away while the reviewer types; the words come back after a reload and reach the server."""
    page = enter("rita")
    page.click("main form .button-main")
    page.wait_for_url("**/claims/*/")
    page.route("**/api/v1/claims/*/review", lambda route: route.abort())
    page.fill("textarea[name=reason]", "typed while the server was away")
    expect(page.locator("[data-save-status]")).to_contain_text("kept in this browser", timeout=10_000)
    page.unroute("**/api/v1/claims/*/review")
    page.reload()
    expect(page.locator("textarea[name=reason]")).to_have_value("typed while the server was away")
    expect(page.locator("[data-save-status]")).to_have_text(re.compile(r"^saved \d"), timeout=10_000)
    page.evaluate("localStorage.clear()")
    page.reload()
    expect(page.locator("textarea[name=reason]")).to_have_value("typed while the server was away")


def test_what_is_typed_before_the_scripts_are_there_is_saved(enter: Enter) -> None:
    page = enter("rita")
    page.goto("/n/demo/review/")
    page.locator("main form button").first.click()
    page.wait_for_url("**/claims/*/")
    address = page.url
    page.route("**/js/main*.js", lambda route: (page.wait_for_timeout(1500), route.continue_()))
    page.goto(address, wait_until="commit")
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        page.locator("textarea[name=reason]").press_sequentially("typed early", delay=10)
    page.evaluate("localStorage.clear()")
    page.goto(address)
    assert "typed early" in page.input_value("textarea[name=reason]")

"""The whole job by one kind of hand: in Arabic with the keyboard alone, in English with the mouse, on a phone with a finger."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.hands import Finger, Hand, Keyboard, Mouse
from tests.processes import Up

QUOTE = "بلغ عدد سكان المدينة ٤١٢,٦٠٠ نسمة"
ARABIC = (
    "مرفأ {0} في أرقام\n\nاستقبل مرفأ {0} 1,250 سفينة في عام 2023. وأضاف المدير أن التوسعة كلفت 44 مليون دينار.\n\n"
    "وفي المدينة 412 ألف ساكن."
)
ENGLISH = (
    "The {0} quay in figures\n\nThe {0} quay took in 1,250 ships in 2023. Its director said the works cost 44 million dinars.\n\n"
    "The city has 412 thousand people."
)


@pytest.mark.parametrize(
    ("hand", "locale", "text", "words"),
    [
        (Keyboard, "ar", ARABIC.format("الزيتون"), "استقبل مرفأ الزيتون 1,250 سفينة في عام 2023."),
        (Mouse, "en", ENGLISH.format("walnut"), "The walnut quay took in 1,250 ships in 2023."),
        (Finger, "ar", ARABIC.format("النخيل"), "استقبل مرفأ النخيل 1,250 سفينة في عام 2023."),
        (Finger, "en", ENGLISH.format("plum"), "The plum quay took in 1,250 ships in 2023."),
    ],
    ids=["keyboard-ar", "mouse-en", "finger-ar", "finger-en"],
)
def test_from_text_to_fact_check(enter: Enter, up: Up, hand: type[Hand], locale: str, text: str, words: str) -> None:
    edith = hand(enter("edith", locale=locale, **hand.how))
    claim = brought_in(edith, text, words)
    facts(edith, claim)
    for name in ("rana", "rolf"):
        review(hand(enter(name, locale=locale, **hand.how)), up, claim)
    rule(edith, claim)
    amal = hand(enter("amal", locale=locale, **hand.how))
    amal.go("rulings")
    amal.press(amal.page.locator(f"a[href$='/claims/{claim}/ruling/']"))
    amal.press(amal.page.locator("button[value=sign_off]"))
    amal.page.wait_for_url("**/facts/demo/*/")
    markup = json.loads(amal.page.locator("script[type='application/ld+json']").text_content() or "")
    assert markup["claimReviewed"] == words
    assert markup["itemReviewed"]["author"]["name"] == "Nadir"
    assert markup["reviewRating"]["ratingValue"] == 2


def brought_in(hand: Hand, text: str, words: str) -> str:
    """The article comes in; one of its sentences is marked by hand. The claim's id."""
    page = hand.page
    hand.go("articles")
    hand.press(page.locator("main a[href$='/articles/new/']"))
    hand.write(page.locator("textarea[name=text]"), text)
    hand.press(page.locator("main form .button-main"))
    page.wait_for_url("**/n/demo/articles/*/")
    card = page.locator("main li.card", has_text=words)
    expect(card).to_be_visible(timeout=20_000)
    # The splitter has found the sentence; without it, it is marked again by hand.
    hand.press(card.locator("summary.button-danger"))
    hand.write(card.locator("input[name=reason]"), "to mark it by hand")
    hand.press(card.locator("button[value=drop]"))
    expect(card.locator(".badge").first).to_have_class("badge state-dropped")
    hand.pick(words)
    made = page.locator("main li.card:has(.state-open)", has_text=words)
    expect(made).to_be_visible()
    return (made.get_attribute("id") or "").removeprefix("claim-")


def facts(hand: Hand, claim: str) -> None:
    page = hand.page
    hand.press(page.locator(f"#claim-{claim} a[href*='/edit/']"))
    hand.write(page.locator("input[name=claimant]"), "Nadir")
    hand.choose(page.locator("select[name=claimant_kind]"), "person")
    hand.tick(page.locator("input[name=unknown][value=claimed_on]"))
    hand.tick(page.locator("input[name=unknown][value=appearance]"))
    hand.press(page.locator("main form .button-main").first)
    page.wait_for_url("**/articles/**")


def review(hand: Hand, up: Up, claim: str) -> None:
    page = hand.page
    hand.go("review")
    hand.press(page.locator(f"main a[href$='/claims/{claim}/']"))
    page.wait_for_url(f"**/claims/{claim}/")
    hand.write(page.locator("[data-name=url]").first, f"{up.address}/demo/marjan-census")
    hand.write(page.locator("[data-name=quote]").first, QUOTE)
    hand.choose(page.locator("[data-name=stance]").first, "refutes")
    verdict(hand)
    hand.write(page.locator("textarea[name=reason]"), "The figure is that of the people.")
    expect(page.locator("[data-evidence-state] .badge-good")).to_have_count(2, timeout=30_000)
    hand.press(page.locator("button[value=submit]"))
    expect(page.locator(".note-good")).to_be_visible()


def verdict(hand: Hand) -> None:
    hand.tick(hand.page.locator("input[name=label][value=false]"))


def rule(hand: Hand, claim: str) -> None:
    page: Page = hand.page
    hand.go("rulings")
    hand.press(page.locator(f"a[href$='/claims/{claim}/ruling/']"))
    page.wait_for_url(f"**/claims/{claim}/ruling/")
    verdict(hand)
    hand.tick(page.locator("input[name=basis][value=unanimous]"))
    hand.write(page.locator("textarea[name=reason]"), "Both agree.")
    hand.write(page.locator("textarea[name=summary]"), "False: it counts people.")
    hand.write(page.locator("textarea[name=explanation]"), "The source says it is the number of people.")
    hand.press(page.locator("button[value=rule]"))
    expect(page.locator(".note-good")).to_be_visible()


def test_the_server_is_killed_in_mid_typing(enter: Enter, up: Up) -> None:
    """Every word typed before, while and after the web process is gone reaches the server by itself."""
    page = enter("rita")
    page.goto("/n/demo/review/")
    page.locator("main form button").first.click()
    page.wait_for_url("**/claims/*/")
    reason = page.locator("textarea[name=reason]")
    reason.fill("")  # the draft may hold what another journey typed
    page.keyboard.type("Before the fall, ", delay=15)
    expect(page.locator("[data-save-status]")).to_contain_text(":", timeout=10_000)
    page.keyboard.type("while it ", delay=15)
    assert up.kill("uvicorn") >= 1
    page.keyboard.type("is away, and ", delay=40)
    up.wait_ready(60)
    page.keyboard.type("after it is back.", delay=15)
    whole = "Before the fall, while it is away, and after it is back."
    expect(reason).to_have_value(whole)
    expect(page.locator("[data-save-status]")).to_have_text(re.compile(r"^saved \d"), timeout=20_000)
    other = enter("rita")  # another browser: nothing of the first one's own copies
    other.goto(page.url)
    expect(other.locator("textarea[name=reason]")).to_have_value(whole)

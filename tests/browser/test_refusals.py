"""What a page does that refuses, or that another page answered instead of: it leads to what is missing, and what was typed comes back."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter, usable
from tests.browser.test_journey import bring_in

CORRECTION = "/n/demo/published/1/correction/"


def in_view(page: Page, selector: str) -> bool:
    box = page.locator(selector).bounding_box()
    return bool(box and box["y"] >= 0 and box["y"] + 40 <= page.viewport_size["height"])  # type: ignore[index]


def sign_in(page: Page, who: str, passwords: dict[str, str]) -> None:
    page.fill("input[name=login]", f"{who}@harbour-desk.example")
    page.fill("input[name=password]", passwords[who])
    page.click("main form .button-main")


def open_claim(page: Page, text: str) -> str:
    bring_in(page, text)
    card = page.locator(".card").first
    claim = (card.get_attribute("id") or "").removeprefix("claim-")
    card.locator("button[value=confirm]").click()
    expect(page.locator(f"#claim-{claim} .badge.state-open")).to_be_visible()
    return f"/n/demo/claims/{claim}/"


def test_a_refused_review_leads_to_what_is_missing(enter: Enter) -> None:
    """On a phone the form lies screens below the top, where an answered page begins."""
    claim = open_claim(enter("edith", locale="ar"), "بلدية الرمان\n\nأنفقت بلدية الرمان 73 مليون دينار في عام 2021.")
    page = enter("rita", locale="ar", dark=True, width=390, has_touch=True)
    page.goto(claim)
    usable(page)
    page.locator("button[value=submit]").tap()
    expect(page.locator("[role=alert]")).to_be_focused()
    assert in_view(page, "[role=alert]")
    page.locator("[role=alert] a[href='#f-label']").tap()
    assert in_view(page, "#f-label legend")
    page.keyboard.press("Tab")
    expect(page.locator("input[name=label]").first).to_be_focused()
    # Enter in a line of the form saves; it adds no source and sends nothing.
    usable(page)
    page.fill("[data-name=url] >> nth=0", "https://press.example/figures")
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        page.press("[data-name=url] >> nth=0", "Enter")
    expect(page.locator("[data-block]")).to_have_count(1)
    expect(page.locator("[data-name=url] >> nth=0")).to_be_focused()
    # What is wrong describes the field; the help, part of its name, is not read out a second time.
    expect(page.locator("textarea[name=reason]")).to_have_accessible_description(re.compile(r"^\S+ اذكر السبب\.$"))


def test_what_was_sent_while_signed_out_comes_back(enter: Enter, passwords: dict[str, str]) -> None:
    page = enter("edith")
    page.goto(CORRECTION)
    page.fill("#f-text", "The year was wrong.")
    page.fill("textarea[name=explanation]", "A long explanation.")
    page.check("input[name=label][value=half_true]")
    page.context.clear_cookies(name="sessionid")
    page.click("button[value=correct]")
    expect(page.locator("[data-waiting]")).to_have_text("You are signed out. Your text is kept in this browser.")
    sign_in(page, "edith", passwords)
    page.wait_for_url(f"**{CORRECTION}")
    expect(page.locator("main form .note")).to_be_focused()
    expect(page.locator("#f-text")).to_have_value("The year was wrong.")
    expect(page.locator("textarea[name=explanation]")).to_have_value("A long explanation.")
    expect(page.locator("input[name=label][value=half_true]")).to_be_checked()
    page.reload()
    expect(page.locator("#f-text")).to_have_value("")
    # Nobody else gets it.
    page.fill("#f-text", "Only for Edith.")
    page.context.clear_cookies(name="sessionid")
    page.click("button[value=correct]")
    sign_in(page, "amal", passwords)
    page.wait_for_url(f"**{CORRECTION}")
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_timeout(500)
    expect(page.locator("#f-text")).to_have_value("")


def test_a_form_that_grew_too_old_gives_its_text_back(enter: Enter) -> None:
    """Signing in, in another tab too, makes a new token against forged requests: the old form's is refused."""
    page = enter("edith")
    page.goto(CORRECTION)
    page.fill("#f-text", "Written before.")
    page.context.clear_cookies(name="csrftoken")
    page.click("button[value=correct]")
    expect(page.locator("[data-waiting]")).to_have_text("Your text is kept in this browser.")
    page.goto(CORRECTION)
    expect(page.locator("main form .note")).to_be_focused()
    expect(page.locator("#f-text")).to_have_value("Written before.")


def test_a_draft_kept_in_the_browser_is_its_writers_alone(enter: Enter, passwords: dict[str, str]) -> None:
    claim = open_claim(enter("edith"), "The plum tram\n\nThe plum tram carried 51,000 people in 2020.")
    page = enter("rita")
    page.goto(claim)
    usable(page)
    page.route("**/api/v1/claims/*/review", lambda route: route.abort())
    page.fill("textarea[name=reason]", "what Rita thinks")
    expect(page.locator("[data-save-status]")).to_contain_text("kept in this browser", timeout=10_000)
    page.context.clear_cookies(name="sessionid")
    page.goto(claim)
    sign_in(page, "rana", passwords)
    page.wait_for_url(re.compile(r"/claims/\d+/"))
    usable(page)
    expect(page.locator("textarea[name=reason]")).to_have_value("")


def test_a_choice_that_reads_the_other_way_has_its_arrow_at_its_end(enter: Enter) -> None:
    page = enter("rita", locale="ar")
    page.goto("/preferences/")
    place = "e => getComputedStyle(e).backgroundPositionX.split(',')[0].includes('100%')"
    assert page.locator("select[name=time_zone]").evaluate(place)
    assert not page.locator("select[name=language]").evaluate(place)

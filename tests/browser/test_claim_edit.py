"""The claim's edit page, the list of changed claims, imports and settings in real Chromium, as an editor meets them."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Enter
from tests.browser.test_editing import TEXT, bring_in

Shots = Callable[[Page, str], None]
LINES = "e => { const r = document.createRange(); r.selectNodeContents(e); return new Set([...r.getClientRects()].map(b => Math.round(b.top / 8))).size }"


def claim(page: Page, words: str) -> None:
    page.locator("main li.card", has_text=words).first.get_by_role("link", name="Edit", exact=True).click()
    page.wait_for_url("**/edit/")


def accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def revised(page: Page, address: str, text: str) -> None:
    page.goto(address + "edit/")
    page.fill("textarea[name=text]", text)
    page.locator("form[action$='text/'] button").click()
    page.wait_for_url("**/articles/*/")
    expect(page.get_by_text("version 2")).to_be_visible(timeout=20_000)


def waiting(page: Page, address: str, count: int) -> Locator:
    """The article's part of the list of changed claims, once a worker has been at the new version."""
    page = page.context.new_page()  # the article's page follows the worker by itself
    part = page.locator("section", has=page.locator(f"#article-{address.split('/')[-2]}"))
    for _time in range(40):
        page.goto("/n/demo/changed/")
        if part.locator("li.card").count() == count:
            return part
        page.wait_for_timeout(500)
    raise AssertionError(part.inner_text())


def test_nothing_typed_is_lost(enter: Enter, shots: Shots) -> None:
    """Facts and a wrong piece, then the other language, then the right pieces: one form, one act."""
    page = enter("edith")
    text = TEXT.replace("harbour", "eastern")
    bring_in(page, text)
    claim(page, "7 million")
    page.fill("[name=place]", "Orlen")
    page.fill("#x-2", "words that stand nowhere")
    page.locator("#split button").click()
    expect(page.locator("#x-2")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#x-1")).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#split")).to_have_attribute("open", "")
    expect(page.locator("#borders")).not_to_have_attribute("open", "")
    expect(page.locator("[name=place]")).to_have_value("Orlen")
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator("#x-2")).to_be_in_viewport()
    accessible(page)
    shots(page, "claim-edit-refused-en")
    page.locator("#x-2").fill("opened it on 3 March 2024.")
    page.locator("#split button").click()
    expect(page.get_by_text("Split into 2 claims.")).to_be_visible()
    claim(page, "opened it on 3 March 2024.")
    expect(page.locator("[name=place]")).to_have_value("Orlen")
    # Enter in a field saves; it does not press the first button of the form that comes to hand.
    page.fill("[name=topic]", "cranes")
    page.press("[name=topic]", "Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()


def test_the_language_switch_on_a_refusal(enter: Enter) -> None:
    page = enter("edith")
    bring_in(page, TEXT.replace("harbour", "inner"))
    claim(page, "7 million")
    page.fill("#x-1", "nowhere")
    page.locator("#split button").click()
    expect(page.locator("#x-1")).to_have_attribute("aria-invalid", "true")
    page.locator("button[name=language]").click()
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    assert page.url.endswith("/edit/")
    page.locator("button[name=language]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_one_press_and_the_state(enter: Enter) -> None:
    page = enter("edith")
    page.goto("/n/demo/articles/new/")
    page.fill("textarea[name=text]", TEXT.replace("harbour", "outer"))
    page.fill("[name=url]", "https://news.example/outer")
    page.click("main form .button-main")
    page.wait_for_url("**/articles/*/")
    expect(page.locator("main li.card").first).to_be_visible(timeout=20_000)
    claim(page, "7 million")
    expect(page.locator("main .badge").first).to_have_text("Proposed")
    page.fill("[name=topic]", "typed before")
    page.get_by_role("button", name="Use the article's address").click()
    expect(page.locator("[name=appearance_url]")).to_have_value("https://news.example/outer")
    expect(page.locator("[name=topic]")).to_have_value("typed before")
    page.get_by_role("link", name="Show it in its article").click()
    page.wait_for_url(re.compile(r"#claim-\d+$"))


def test_a_followed_link_outlasts_a_change(enter: Enter) -> None:
    """A change that is told while the next page is on its way must not call the reader back."""
    page = enter("edith")
    address = bring_in(page, TEXT.replace("harbour", "northeastern"))
    expect(page.locator("[data-follow][data-follow-knows]")).to_have_count(1)  # it awaits no worker any more
    told = f"article-{address.split('/')[-2]}"
    page.locator("main li.card").first.get_by_role("link", name="Edit", exact=True).evaluate(
        """(link, name) => setTimeout(() => {
            link.click();
            document.body.dispatchEvent(new CustomEvent(name, {detail: {kind: "article.details"}}));
        }, 50)""",
        told,
    )
    page.wait_for_url("**/claims/*/edit/")


@pytest.mark.parametrize(("locale", "dark", "width"), [("en", False, 1280), ("ar", True, 390)])
def test_answers_to_a_new_version(enter: Enter, shots: Shots, locale: str, dark: bool, width: int) -> None:
    page = enter("edith")
    text = TEXT.replace("harbour", f"{locale} northern")
    address = bring_in(page, text)
    for _claim in range(4):
        page.locator("button[value=confirm]").first.click()
        page.wait_for_load_state()
    claim(page, "90 tonnes")
    page.fill("#f-restated", "The crane lifts 90 tonnes.")
    page.locator("main form .button-main").click()
    page.wait_for_url("**/articles/*/**")
    new = text.replace("90 tonnes", "60 tonnes").replace("Nobody asked the dockers.", "")
    new = new.replace("7 million crowns", "8 million crowns")
    revised(page, address, new + " Nobody has ever asked the dockers of the port.")
    page = enter("edith", locale=locale, dark=dark, width=width)
    part = waiting(page, address, 3)
    page = part.page
    accessible(page)
    shots(page, f"changed-{locale}-{width}")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    for passage in part.locator(".passage").all():
        assert passage.evaluate("e => getComputedStyle(e).direction") == "ltr"
    card = part.locator("li.card", has_text="tonnes").first
    card.locator("details summary").first.click()
    card.locator("[name=exact]").fill("nowhere at all")
    card.locator("[name=restated]").fill("The crane lifts 60 tonnes.")
    card.locator("button[value=place]").click()
    card = page.locator("li.card", has=page.locator("[name=exact][aria-invalid=true]"))
    expect(card.locator("[name=exact]")).to_have_value("nowhere at all")
    expect(card.locator("[name=exact]")).to_be_in_viewport()
    expect(card.locator("[name=restated]")).to_have_value("The crane lifts 60 tonnes.")
    card.locator("button[value=keep].button-main").click()
    expect(page.locator(".note-good")).to_be_visible()
    lost = page.locator("li.card", has_text="Nobody asked the dockers.")
    here = lost.filter(has=page.locator("button[name=at]")).first
    here.locator("button[name=at]").first.click()
    expect(page.locator(".note-good")).to_be_visible()
    page.goto(address)
    expect(page.locator("main li.card", has_text="The crane lifts 60 tonnes.")).to_have_count(1)
    expect(page.locator("main li.card", has_text="ever asked the dockers")).to_have_count(1)


def test_leaving_a_whole_article(enter: Enter) -> None:
    page = enter("edith")
    text = TEXT.replace("harbour", "upper")
    address = bring_in(page, text)
    for _claim in range(4):
        page.locator("button[value=confirm]").first.click()
        page.wait_for_load_state()
    revised(page, address, text.replace("7 million", "8 million").replace("90 tonnes", "60 tonnes"))
    part = waiting(page, address, 2)
    page = part.page
    part.get_by_role("button", name="Leave the 2 reworded claims").click()
    expect(page.get_by_text("2 claims stay as they are.")).to_be_visible()
    expect(page.locator(f"#article-{address.split('/')[-2]}")).to_have_count(0)


def test_import_list_and_removal(enter: Enter, shots: Shots, tmp_path: Path) -> None:
    page = enter("edith")
    path = tmp_path / "review.json"
    review = {"@type": "ClaimReview", "claimReviewed": "The tower leans by 4 metres", "url": "https://a.example/tower"}
    path.write_text(json.dumps(review), encoding="utf-8")
    page.goto("/n/demo/intake/")
    page.set_input_files("input[type=file]", str(path))
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Earlier fact-checks")
    expect(page.locator("#f-file")).to_have_attribute("aria-invalid", "true")
    accessible(page)
    page.select_option("select[name=kind]", "earlier_checks")
    page.set_input_files("input[type=file]", str(path))
    page.get_by_role("button", name="Import", exact=True).click()
    page.wait_for_url("**/imports/*/")
    expect(page.locator(".badge-good")).to_be_visible(timeout=20_000)
    page.get_by_role("link", name="To the earlier fact-checks").click()
    page.fill("[name=q]", "TOWER leans")
    page.get_by_role("button", name="Search").click()
    row = page.locator("li", has_text="The tower leans")
    expect(row).to_have_count(1)
    accessible(page)
    shots(page, "earlier-en")
    expect(row.get_by_role("button", name="Remove it")).to_be_hidden()
    row.locator("summary").click()
    row.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("The earlier fact-check is removed.")).to_be_visible()
    expect(page.locator("li", has_text="The tower leans")).to_have_count(0)


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_tables_on_a_phone(enter: Enter, shots: Shots, locale: str) -> None:
    """Words and figures stay whole; the table scrolls, the page does not."""
    page = enter("edith", locale=locale, width=390, dark=True)
    page.goto("/n/demo/intake/")
    page.fill("input[name=url]", f"https://feeds-{locale}.invalid/rss")
    page.locator("form:has(input[name=every_minutes]) button").click()
    for path in ("articles/", "intake/", "earlier/"):
        page.goto(f"/n/demo/{path}")
        shots(page, f"tables-{path.strip('/')}-{locale}-390")
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        for cell in page.locator("td.num").all():
            assert cell.evaluate(LINES) == 1
    page.goto("/n/demo/intake/")
    button = page.locator("button[value=remove]")
    expect(button.first).to_be_hidden()


def test_claim_types_are_one_form(enter: Enter, shots: Shots) -> None:
    page = enter("amal")
    page.goto("/n/demo/settings/")
    expect(page.get_by_role("columnheader", name="Name (العربية)")).to_be_visible()
    first, second = page.locator("[name=name_en]").nth(0), page.locator("[name=name_ar]").nth(1)
    before = first.input_value()
    first.fill("")
    second.fill("رقمي جدا")
    page.get_by_role("button", name="Save the claim types").click()
    expect(page.locator("[name=name_en]").nth(0)).to_have_attribute("aria-invalid", "true")
    expect(second).to_have_value("رقمي جدا")
    accessible(page)
    shots(page, "settings-refused-en")
    first.fill(before)
    page.get_by_role("button", name="Save the claim types").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(second).to_have_value("رقمي جدا")
    page.set_viewport_size({"width": 390, "height": 900})
    shots(page, "settings-en-390")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_a_published_claim_says_how_it_changes(enter: Enter, shots: Shots) -> None:
    page = enter("edith")
    page.goto("/n/demo/published/")
    page.locator("a[href*='/correction/']").first.wait_for()
    for number in range(1, 31):
        answer = page.goto(f"/n/demo/claims/{number}/edit/")
        if answer is not None and answer.status == 200 and page.locator(".badge.state-published").count():
            break
    expect(page.get_by_text("changed by a correction only")).to_be_visible()
    expect(page.get_by_role("button", name="Save")).to_have_count(0)
    accessible(page)
    shots(page, "claim-edit-published-en")
    page.get_by_role("link", name="Correct the publication").click()
    page.wait_for_url("**/correction/")

"""The keyboard alone: marking, walking the list, judging, on several layouts; keys changed and switched off."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter, usable
from tests.browser.test_editing import bring_in

TEXT = "The {0} pier cost 3 million crowns in 2021. Nobody saw the {0} bill. It was paid by Ida Marsh in 12 parts.\n\nThe end came in 2023."
_PRESS = """({ key, code, shift }) => document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", { key, code, shiftKey: shift, bubbles: true, cancelable: true }))"""


def bring(page: Page, text: str) -> None:
    bring_in(page, text)
    usable(page)


def press(page: Page, key: str, code: str, *, shift: bool = False) -> None:
    page.evaluate(_PRESS, {"key": key, "code": code, "shift": shift})


def test_a_claim_is_made_and_fitted_by_keys_alone(enter: Enter) -> None:
    page = enter("edith")
    bring(page, TEXT.format("alder"))
    words, said = page.locator("[data-selection-words]"), page.locator("[data-span-status]")
    cards = page.locator("main li.card")
    before = cards.count()
    page.keyboard.press("n")
    expect(words).to_have_text("The alder pier cost 3 million crowns in 2021.")
    expect(said).to_contain_text("9 words")
    page.keyboard.press("n")
    page.keyboard.press("n")
    page.keyboard.press("Shift+N")
    expect(words).to_have_text("Nobody saw the alder bill.")
    page.keyboard.press("[")
    expect(words).to_have_text("Nobody saw the alder")
    page.keyboard.press("Shift+]")
    expect(words).to_have_text("saw the alder")
    page.keyboard.press("]")
    page.keyboard.press("Shift+[")
    expect(words).to_have_text("Nobody saw the alder bill")
    page.keyboard.press("c")
    expect(said).to_contain_text("added")
    expect(cards).to_have_count(before + 1)
    page.keyboard.press("n")
    page.keyboard.press("[")
    page.keyboard.press("e")
    expect(said).to_contain_text("stands on other words now")
    page.keyboard.press("n")
    page.keyboard.press("Escape")
    expect(page.locator("[data-selection-bar]")).to_be_hidden()


def test_the_list_is_one_tab_stop_and_arrows_walk_it(enter: Enter) -> None:
    page = enter("edith")
    bring(page, TEXT.format("beech"))
    cards = page.locator("#claims ol > [data-card]")
    assert page.locator("#claims ol > [data-card][tabindex='0']").count() == 1
    page.keyboard.press("j")
    expect(cards.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(cards.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(cards.last).to_be_focused()
    page.keyboard.press("Home")
    expect(cards.first).to_be_focused()
    page.keyboard.press("t")
    expect(page.locator("[data-desk-text]")).to_be_focused()
    page.keyboard.press("t")
    expect(cards.first).to_be_focused()
    assert page.evaluate("() => CSS.highlights.has('current')")


def test_arabic_and_french_layouts(enter: Enter) -> None:
    page = enter("edith")
    bring(page, TEXT.format("cedar"))
    words = page.locator("[data-selection-words]")
    cards = page.locator("#claims ol > [data-card]")
    press(page, "ت", "KeyJ")
    expect(cards.first).to_be_focused()
    press(page, "ت", "KeyJ")
    expect(cards.nth(1)).to_be_focused()
    press(page, "ن", "KeyK")
    expect(cards.first).to_be_focused()
    press(page, "Escape", "Escape")
    press(page, "ى", "KeyN")
    expect(words).not_to_be_empty()
    whole = words.inner_text()
    press(page, "ج", "BracketLeft")
    expect(words).not_to_have_text(whole)
    press(page, "د", "BracketRight")
    press(page, "<", "BracketLeft", shift=True)
    press(page, "q", "KeyA")  # AZERTY: the letter counts, not the place
    press(page, "Escape", "Escape")
    press(page, "'", "KeyQ")  # Dvorak: no letter at all
    page.goto(page.locator("main a[href*='/claims/']").first.get_attribute("href") or "")


def test_digits_choose_verdicts(enter: Enter) -> None:
    page = enter("rana")
    page.goto("/n/demo/review/")
    page.locator("main form button").first.click()
    page.wait_for_url("**/claims/*/")
    expect(page.locator("[data-keys-help]")).to_be_visible()
    choices = page.locator(".verdict-choice input")
    press(page, "é", "Digit2")
    expect(choices.nth(1)).to_be_checked()
    press(page, "٣", "Digit3")
    expect(choices.nth(2)).to_be_checked()
    press(page, "1", "Digit1", shift=True)
    expect(choices.nth(0)).to_be_checked()
    page.locator("textarea[name=reason]").focus()
    press(page, "2", "Digit2")
    expect(choices.nth(0)).to_be_checked()


def test_keys_are_changed_and_switched_off(enter: Enter) -> None:
    page = enter("edith")
    bring(page, TEXT.format("dill"))
    page.keyboard.press("?")
    dialog = page.locator("dialog[data-keys-dialog]")
    expect(dialog).to_be_visible()
    expect(dialog.locator("[data-key-row=verdict]")).to_be_hidden()
    dialog.locator("[name=sentence_next]").press("c")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.locator(".wrong")).to_contain_text("taken")
    dialog.locator("[name=sentence_next]").press("x")
    dialog.locator("[name=add]").press("c")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("Saved.")).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    page.keyboard.press("x")
    expect(page.locator("[data-selection-bar]")).to_be_visible()
    page.keyboard.press("Escape")
    page.goto("/preferences/keys/")
    page.locator("[name=on]").uncheck()
    page.get_by_role("button", name="Save").click()
    page.goto("/n/demo/articles/")
    page.locator("main a[href*='/articles/']").first.click()
    page.keyboard.press("x")
    expect(page.locator("[data-selection-bar]")).to_be_hidden()
    page.goto("/preferences/keys/")
    page.get_by_role("button", name="All as at first").click()
    expect(page.locator("[name=on]")).to_be_checked()
    expect(page.locator("[name=sentence_next]")).to_have_value("n")

"""The claim list while an editor works through it: its order, the words marked, what is typed, many claims at once, repeats."""

import json
from collections.abc import Callable
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Enter
from tests.browser.test_editing import bring_in

Shots = Callable[[Page, str], None]
TEXT = (
    "The {0} ferry carried 12 thousand people in 2023, and its owner paid 3 million crowns for it. "
    "Nobody asked the {0} fishermen. Nobody saw the {0} whale twice.\n\n"
    "Ida Marsh said the {0} ferry was late on 40 days."
)
_SELECT = """(words) => {
    for (const block of document.querySelectorAll("[data-article-text] [data-start]")) {
        const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + words.length);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            block.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
        }
    }
}"""


def numbers(page: Page) -> list[str]:
    return [name.strip() for name in page.locator("main li.card h3").all_inner_texts()]


def card(page: Page, words: str) -> Locator:
    return page.locator("main li.card", has_text=words)


def test_the_order_stays_after_every_act(enter: Enter) -> None:
    page = enter("edith")
    bring_in(page, TEXT.format("amber"))
    page.get_by_role("link", name="check-worthiest first").click()
    before = numbers(page)
    assert before != sorted(before)

    def there(said: str) -> None:
        expect(page.get_by_text(said)).to_be_in_viewport()
        assert "order=queue" in page.url
        assert "#" in page.url
        assert numbers(page) == before

    place = card(page, "twice")
    number = place.locator("h3").inner_text().strip()
    place.get_by_role("button", name="Confirm").click()
    there(f"{number} is open for review.")
    place.locator("summary", has_text="Drop").click()
    place.get_by_placeholder("Why").fill("an opinion")
    place.get_by_role("button", name="Drop").click()
    there(f"{number} dropped.")
    place.get_by_role("button", name="Restore").click()
    there(f"{number} restored.")
    page.get_by_role("button", name=f"Undo: restoring (claim {number.split()[-1]})").click()
    there("Undone: restoring.")
    card(page, "fishermen").get_by_role("checkbox").check()
    page.get_by_role("button", name="Confirm the chosen").click()
    there("1 claim opened for review.")


def test_marked_words_become_a_claim_where_one_stands(enter: Enter, shots: Shots) -> None:
    page = enter("edith")
    bring_in(page, TEXT.format("birch"))
    expect(page.locator("[data-keys-help]")).to_be_visible()
    bar = page.get_by_role("region", name="Marked words")
    expect(bar).to_be_hidden()
    page.evaluate(_SELECT, "late on 40 days")
    expect(bar).to_be_in_viewport()
    expect(bar).to_contain_text("late on 40 days")
    expect(page.locator("[data-span-status]")).to_contain_text("late on 40 days")
    assert Axe().run(page).violations_count == 0
    shots(page, "list-selection-en")
    page.keyboard.press("Escape")
    expect(bar).to_be_hidden()
    expect(page.locator("[data-span-status]")).to_be_empty()
    assert page.locator("textarea[name=exact]").input_value() == ""
    page.evaluate(_SELECT, "late on 40 days")
    bar.get_by_role("button", name="Drop", exact=True).click()
    expect(bar).to_be_hidden()
    page.evaluate(_SELECT, "late on 40 days")
    bar.get_by_role("button", name="Add the claim").click()
    expect(page.locator("[data-notes]").get_by_text("Claim 5 added.")).to_be_visible()
    expect(page.locator("main li.card .quote").get_by_text("late on 40 days", exact=True)).to_have_count(1)


def test_who_may_not_edit_marks_no_words(enter: Enter) -> None:
    page = enter("rana")
    page.goto("/n/demo/articles/3/")
    page.evaluate(_SELECT, "after two years")
    expect(page.locator("[data-selection-bar]")).to_have_count(0)
    expect(page.locator("[data-claim-bar]")).to_have_count(0)


def test_a_refusal_keeps_what_was_typed(enter: Enter, shots: Shots) -> None:
    page = enter("edith")
    address = bring_in(page, TEXT.format("cedar"))
    page.locator("[data-add-claim] summary").click()
    page.fill("textarea[name=exact]", "Nobody")
    page.click("[data-span-form] .button-main")
    field = page.locator("textarea[name=exact]")
    expect(field).to_have_value("Nobody")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    expect(page.locator("[data-add-claim] .wrong")).to_contain_text("stand 2 times")
    assert Axe().run(page).violations_count == 0
    shots(page, "list-refused-en")
    page.get_by_role("button", name="العربية").click()  # an address that only takes forms leads back to the page
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    assert page.url.split("?")[0].split("#")[0] == address
    page.get_by_role("button", name="English").click()
    first = page.locator("main li.card").first
    first.locator("summary").click()
    first.get_by_placeholder("Why").fill(" ")
    first.get_by_role("button", name="Drop").click()
    expect(first.locator(".wrong")).to_have_text("Say why the claim is dropped.")
    expect(first.get_by_placeholder("Why")).to_be_in_viewport()


def test_many_claims_at_once(enter: Enter, shots: Shots) -> None:
    page = enter("edith", width=390)
    bring_in(page, TEXT.format("dune"))
    page.get_by_role("button", name="Confirm the chosen").click()
    expect(page.locator("[data-claim-bar] [role=alert]")).to_have_text("Choose at least one claim.")
    every = page.get_by_label("Choose all proposed")
    every.check()
    expect(page.locator("[data-chosen]")).to_have_text("Chosen: 4")
    page.locator("main li.card [name=claims]").last.uncheck()
    expect(page.locator("[data-chosen]")).to_have_text("Chosen: 3")
    assert every.evaluate("box => box.indeterminate")
    page.locator("main li.card").last.scroll_into_view_if_needed()
    expect(page.get_by_text("Drop the chosen")).to_be_in_viewport()  # the bar stays while something is chosen
    page.locator("[data-claim-bar] summary").click()
    page.locator("#drop-reason").press("Enter")  # no reason yet
    expect(page.locator("#drop-wrong")).to_have_text("Say why the claim is dropped.")
    expect(page.locator("[data-chosen]")).to_have_text("Chosen: 3")
    shots(page, "list-chosen-phone-en")
    page.locator("#drop-reason").fill("not ours")
    page.locator("#drop-reason").press("Enter")
    expect(page.get_by_text("3 claims dropped.")).to_be_in_viewport()
    expect(page.locator("main li.card .state-dropped")).to_have_count(3)
    page.get_by_role("button", name="Undo: dropping (3 claims)").click()
    expect(page.locator("main li.card .state-proposed")).to_have_count(4)


def test_a_change_from_elsewhere_wipes_nothing(enter: Enter) -> None:
    page = enter("edith")
    text = TEXT.format("elder")
    address = bring_in(page, text)
    page.locator("main li.card [name=claims]").first.check()
    page.locator("[data-add-claim] summary").click()
    page.fill("textarea[name=exact]", "half typed")
    other = enter("amal")
    other.goto(address + "edit/")
    other.fill("textarea[name=text]", text + " One sentence more came in 2024.")
    other.locator("form[action$='text/'] button").click()
    button = page.get_by_role("button", name="Changed: show the new state")
    expect(button).to_be_visible(timeout=20_000)
    assert page.input_value("textarea[name=exact]") == "half typed"
    assert page.locator("main li.card [name=claims]").first.is_checked()
    button.click()
    expect(page.get_by_text("version 2")).to_be_visible(timeout=20_000)


def test_what_one_has_unfolded_is_not_folded_up_from_elsewhere(enter: Enter) -> None:
    """With nothing typed yet: the field that the finger is on its way to stays where it is."""
    page = enter("edith")
    text = TEXT.format("rowan")
    address = bring_in(page, text)
    page.locator("main li.card summary.button-danger").first.click()
    field = page.locator("main li.card input[name=reason]").first
    expect(field).to_be_visible()
    other = enter("amal")
    other.goto(address + "edit/")
    other.fill("textarea[name=text]", text + " One sentence more came in 2024.")
    other.locator("form[action$='text/'] button").click()
    expect(page.get_by_role("button", name="Changed: show the new state")).to_be_visible(timeout=20_000)
    expect(field).to_be_visible()


def test_the_claim_at_hand_stands_out_in_the_text(enter: Enter) -> None:
    page = enter("edith")
    bring_in(page, "\n\n".join(TEXT.format(f"fir{number}") for number in range(8)))
    column = page.locator("[data-desk-text]")
    last = page.locator("main li.card").last
    last.get_by_role("checkbox").focus()
    current = "() => [...(CSS.highlights.get('current') ?? [])].map((range) => range.startContainer.dataset.claims)"
    mark = page.locator(f"mark[data-claims='{last.get_attribute('data-card')}']")
    expect(mark).to_be_in_viewport(ratio=1)
    assert page.evaluate(current) == [last.get_attribute("data-card")]
    assert column.evaluate("column => column.scrollTop") > 0
    first = page.locator("main li.card").first
    first.hover()
    assert page.evaluate(current) == [first.get_attribute("data-card")]
    column.locator("a.at").first.click()
    expect(first).to_be_in_viewport()


def test_what_was_checked_before_is_told_on_the_card(enter: Enter, shots: Shots, tmp_path: Path) -> None:
    page = enter("edith")
    path = tmp_path / "checks.jsonl"
    row = {
        "claim": "The gorse ferry carried 12 thousand people in 2023",
        "verdict": "Mostly false",
        "url": "https://elsewhere.example/gorse",
        "publisher": "Elsewhere",
    }
    path.write_text(json.dumps(row), encoding="utf-8")
    page.goto("/n/demo/intake/")
    page.select_option("select[name=kind]", "earlier_checks")
    page.set_input_files("input[type=file]", str(path))
    page.get_by_role("button", name="Import").click()
    page.wait_for_url("**/imports/*/")
    expect(page.locator(".badge-good")).to_be_visible(timeout=20_000)
    bring_in(page, "The gorse ferry carried 12 thousand people in 2023. Snow fell on Tuesday.")
    told = page.locator("main li.card").first.locator(".repeats")
    expect(told).to_contain_text("Checked before: Mostly false")
    expect(told).to_contain_text("100 %")
    expect(page.locator("main li.card").last.locator(".repeats")).to_have_count(0)
    assert Axe().run(page).violations_count == 0
    shots(page, "list-repeats-en")
    told.get_by_role("link").click()
    page.wait_for_url("**/edit/#repeats")


def test_a_very_long_list(enter: Enter, shots: Shots) -> None:
    """270 claims: pages of the list, the whole text; numbers and old addresses find the card on its page."""
    page = enter("edith")
    lines = [f"In {1800 + number} the teal quay took in {number + 3}0 ships." for number in range(270)]
    bring_in(page, "\n\n".join(" ".join(lines[place : place + 9]) for place in range(0, 270, 9)))
    address = page.url
    expect(page.locator("main li.card")).to_have_count(200)
    expect(page.locator("a.at")).to_have_count(270)
    expect(page.get_by_text("claims 1 to 200 of 270")).to_have_count(1)
    shots(page, "long-list")
    last = page.locator("a.at").last
    pk = (last.get_attribute("href") or "").split("#claim-")[1]
    page.goto(f"{address}#claim-{pk}")  # as other pages link to it
    expect(page.locator(f"#claim-{pk}")).to_be_in_viewport()
    expect(page.locator("main li.card")).to_have_count(70)
    first = page.locator("a.at").first
    page.locator("[data-desk-text]").evaluate("(column) => column.scrollTo(0, 0)")
    first.click()
    expect(page.locator("main li.card")).to_have_count(200)
    # Words of the other page become a claim: the card is where its neighbours are.
    words = page.evaluate(_SELECT, "the teal quay took in 2720 ships")
    assert words is None
    page.locator("[data-selection-bar] [data-key=add]").click()
    expect(page.get_by_text("Claim 271 added.").first).to_be_visible()
    expect(page.locator("main li.card")).to_have_count(200)
    expect(page.locator("a.at")).to_have_count(271)
    # What is chosen goes along from page to page, by keys too, and back; together it is merged.
    page.goto(address)
    page.get_by_role("checkbox", name="Claim 3", exact=True).check()
    page.get_by_role("link", name="The next claims").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main li.card")).to_have_count(71)
    others = page.get_by_label("With claims of other pages, by number")
    expect(others).to_have_value("3")
    page.get_by_role("checkbox", name="Claim 268", exact=True).check()
    expect(page.locator("[data-chosen]")).to_have_text("Chosen: 2")
    assert Axe().run(page).violations_count == 0
    shots(page, "long-list-chosen")
    page.locator("nav.filters a").first.click()
    expect(page.get_by_role("checkbox", name="Claim 3", exact=True)).to_be_checked()
    expect(others).to_have_value("268")
    page.go_back()
    expect(page.get_by_role("checkbox", name="Claim 268", exact=True)).to_be_checked()
    page.reload()
    expect(page.get_by_role("checkbox", name="Claim 268", exact=True)).to_be_checked()
    others.fill("٣، 5–6")
    expect(page.locator("[data-chosen]")).to_have_text("Chosen: 4")
    page.get_by_role("button", name="Merge the chosen").click()
    expect(page.locator("[data-notes]").get_by_text("Merged into claim 3.")).to_be_visible()
    expect(page.get_by_text("claims 1 to 200 of 268")).to_have_count(1)

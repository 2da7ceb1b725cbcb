"""An editor at the claim list in real Chromium: split, undo, a new version, repeats, an import with its progress."""

import json
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter

Shots = Callable[[Page, str], None]
TEXT = (
    "The harbour council paid 7 million crowns for the new crane, and the port authority opened it on 3 March 2024. "
    "Ida Marsh said the crane lifts 90 tonnes. Nobody asked the dockers.\n\n"
    "Critics say it cost twice as much as planned."
)


def bring_in(page: Page, text: str) -> str:
    page.goto("/n/demo/articles/new/")
    page.fill("textarea[name=text]", text)
    page.click("main form .button-main")
    page.wait_for_url("**/articles/*/")
    expect(page.locator("main li.card").first).to_be_visible(timeout=20_000)
    expect(page.locator("[data-follow][data-follow-knows]")).to_have_count(1, timeout=20_000)  # it awaits no worker
    return page.url


def test_split_and_undo(enter: Enter, shots: Shots) -> None:
    page = enter("edith")
    bring_in(page, TEXT)
    cards = page.locator("main li.card")
    expect(cards).to_have_count(4)
    cards.first.get_by_role("link", name="Edit").click()
    pieces = page.locator("#split textarea[name=exact]")
    assert [pieces.nth(place).input_value() for place in range(2)] == [
        "The harbour council paid 7 million crowns for the new crane",
        "the port authority opened it on 3 March 2024.",
    ]
    page.locator("#split textarea[name=restated]").nth(1).fill("The port authority opened the crane on 3 March 2024.")
    page.select_option("select[name=claim_type]", "numerical")
    shots(page, "editing-split-en")
    page.locator("#split button").click()
    expect(page.get_by_text("Split into 2 claims.")).to_be_visible()
    expect(cards).to_have_count(5)
    expect(page.get_by_text("The port authority opened the crane on 3 March 2024.")).to_be_visible()
    shots(page, "editing-after-split-en")
    page.get_by_role("button", name="Undo: splitting").click()
    expect(page.get_by_text("Undone: splitting.")).to_be_visible()
    expect(cards.first.locator(".quote")).to_contain_text("for the new crane, and the port authority")


def test_a_suggested_claimant_is_taken_with_one_press(enter: Enter) -> None:
    page = enter("edith")
    bring_in(page, TEXT.replace("harbour", "lakeside"))
    card = page.locator("main li.card", has_text="lifts 90 tonnes")
    card.get_by_role("button", name="Take the claimant").click()
    expect(card.locator("bdi", has_text="Ida Marsh")).to_be_visible()
    expect(card.get_by_role("button", name="Take the claimant")).to_have_count(0)
    page.get_by_role("button", name="Undo: editing").click()
    expect(card.get_by_role("button", name="Take the claimant")).to_be_visible()


def test_words_typed_wrong_are_kept(enter: Enter) -> None:
    page = enter("edith", locale="ar")
    bring_in(page, TEXT.replace("harbour", "western"))
    page.locator("main li.card").first.get_by_role("link", name="تعديل").click()
    page.locator("#split textarea[name=exact]").nth(0).fill("words that stand nowhere")
    page.locator("#split textarea[name=restated]").nth(0).fill("صياغة لا تضيع")
    page.locator("#split button").click()
    expect(page.locator("[role=alert]")).to_contain_text("ليست في المقال")
    assert page.locator("#split textarea[name=exact]").nth(0).input_value() == "words that stand nowhere"
    assert page.locator("#split textarea[name=restated]").nth(0).input_value() == "صياغة لا تضيع"


def test_a_new_version_and_its_list(enter: Enter, shots: Shots) -> None:
    page = enter("edith")
    address = bring_in(page, TEXT.replace("harbour", "southern"))
    for _claim in range(4):
        page.locator("button[value=confirm]").first.click()
        page.wait_for_load_state()
    page.goto(address + "edit/")
    page.fill(
        "textarea[name=text]",
        TEXT.replace("harbour", "southern").replace("90 tonnes", "60 tonnes").replace("Nobody asked the dockers.", ""),
    )
    page.locator("form[action$='text/'] button").click()
    page.wait_for_url("**/articles/*/")
    expect(page.get_by_text("version 2")).to_be_visible(timeout=20_000)
    expect(page.locator("main li.card", has_text="60 tonnes").locator(".badge-fair")).to_have_text(
        "Reworded", timeout=20_000
    )
    page.goto("/n/demo/changed/")
    lost = page.locator("li.card", has_text="Nobody asked the dockers")
    reworded = page.locator("li.card", has_text="60")
    expect(reworded.locator("del", has_text="90")).to_be_visible()
    shots(page, "editing-changed-en")
    lost.locator("textarea").fill("it cost twice as much as planned")
    lost.get_by_role("button", name="Place it there").click()
    expect(page.locator("li.card", has_text="Nobody asked the dockers")).to_have_count(0)
    page.locator("li.card", has_text="60").first.get_by_role("button", name="Leave it as it is").click()
    expect(page.locator("del", has_text="90")).to_have_count(0)


def test_repeats_and_an_import(enter: Enter, shots: Shots, tmp_path: Path) -> None:
    page = enter("edith", locale="ar")
    rows = [
        {
            "claim": "The northern council paid 7 million crowns for the new crane",
            "verdict": "False",
            "url": "https://elsewhere.example/1",
            "publisher": "Elsewhere",
        },
        {"claim": ""},
    ]
    path = tmp_path / "checks.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    page.goto("/n/demo/intake/")
    page.select_option("select[name=kind]", "earlier_checks")
    page.set_input_files("input[type=file]", str(path))
    page.get_by_role("button", name="استيراد").click()
    page.wait_for_url("**/imports/*/")
    expect(page.locator(".badge-good")).to_be_visible(timeout=20_000)
    expect(page.locator("progress")).to_have_attribute("value", "2")
    shots(page, "editing-import-ar")
    address = bring_in(page, TEXT.replace("harbour", "northern"))
    page.locator("main li.card").first.get_by_role("link", name="تعديل").click()
    expect(page.locator("#repeats")).to_contain_text("Elsewhere", timeout=20_000)
    shots(page, "editing-repeats-ar")
    other = bring_in(page, TEXT.replace("harbour", "northern").replace("crane,", "CRANE ,").replace("Ida", "Mayor Ida"))
    assert other != address
    page.locator("main li.card").first.get_by_role("link", name="تعديل").click()
    page.locator("#repeats").get_by_role("button", name="هو الادعاء نفسه").first.click()
    expect(page.locator("main li.card").first).to_contain_text("يُحكم عليه هناك")

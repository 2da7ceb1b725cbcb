"""A phone: a tap picks the sentence, our own handles move its ends, the claim is added without the page being loaded again."""

from playwright.sync_api import CDPSession, Page, expect

from tests.browser.conftest import Enter
from tests.browser.test_editing import bring_in

TEXT = "قال رئيس البلدية إن الجسر كلّف 18 مليون دينار. لم يسأل أحد الصيادين عن رأيهم.\n\nعبره 12 ألف شخص في عام 2023."
_WORD = """(words) => {
    const walker = document.createTreeWalker(document.querySelector("[data-article-text]"), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf(words);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + words.length);
        const box = range.getBoundingClientRect();
        return { x: box.x + box.width / 2, y: box.y + box.height / 2, left: box.left };
    }
}"""


def drag_handle(page: Page, client: CDPSession, edge: str, word: str) -> None:
    box = page.locator(f"[data-pick-handle={edge}]").bounding_box()
    assert box
    assert box["width"] >= 44
    assert box["height"] >= 44
    start = (box["x"] + box["width"] / 2, box["y"] + 16)
    anchor_y = box["y"] - 8
    place = page.evaluate(_WORD, word)
    # The finger keeps its distance from the end that it moves.
    target = (place["left"] + 2, place["y"] + (start[1] - anchor_y) - 6)
    for kind, at in (("touchStart", start), ("touchMove", target), ("touchMove", target)):
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": at[0], "y": at[1]}]})
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_tap_drag_add(enter: Enter) -> None:
    page = enter("edith", width=390, has_touch=True, is_mobile=True)
    bring_in(page, TEXT)
    page.locator("[data-desk-text]").scroll_into_view_if_needed()
    place = page.evaluate(_WORD, "الصيادين")
    page.touchscreen.tap(place["x"], place["y"])
    words = page.locator("[data-selection-words]")
    expect(words).to_have_text("لم يسأل أحد الصيادين عن رأيهم.")
    page.locator("[data-selection-move=start-in]").tap()
    expect(words).to_have_text("يسأل أحد الصيادين عن رأيهم.")
    client = page.context.new_cdp_session(page)
    drag_handle(page, client, "end", "الصيادين")
    expect(words).to_have_text("يسأل أحد الصيادين")
    # Chromium makes no click of a tap that follows a touch drag sent through its debugging protocol.
    page.locator("[data-selection-bar] .button-main").click()
    expect(page.locator("[data-span-status]")).to_contain_text("added")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")

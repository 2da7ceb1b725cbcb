"""Three ways to use a page: the keyboard alone, the mouse, a finger. Each reaches a control as a person would."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import usable

_HERE = "(element) => element === document.activeElement"
_PLACE = """(words) => {
    for (const block of document.querySelectorAll("[data-article-text] [data-start]")) {
        const at = block.textContent.indexOf(words);
        if (at < 0) continue;
        block.scrollIntoView({ block: "center" });
        const point = (place) => {
            const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
            let left = place;
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                if (left < node.data.length) {
                    const range = document.createRange();
                    range.setStart(node, left);
                    range.setEnd(node, left + 1);
                    return range.getBoundingClientRect();
                }
                left -= node.data.length;
            }
        };
        const first = point(at), last = point(at + words.length - 1), middle = point(at + Math.floor(words.length / 2));
        const rtl = getComputedStyle(block).direction === "rtl";
        const row = (box) => box.y + box.height / 2;
        return {
            from: [rtl ? first.right - 1 : first.left + 1, row(first)], to: [rtl ? last.left + 1 : last.right - 1, row(last)],
            in: [middle.x + middle.width / 2, row(middle)],
        };
    }
}"""


class Hand:
    """What a person does with a page; `how`: what the browser context needs for it."""

    how: dict[str, Any] = {}

    def __init__(self, page: Page) -> None:
        self.page = page

    def go(self, path: str) -> None:
        """To one of the pages of the main navigation."""
        self.press(self.page.locator(f".nav a[href$='/{path}/']"))
        self.page.wait_for_url(f"**/{path}/")

    def press(self, target: Locator) -> None:
        raise NotImplementedError

    def write(self, target: Locator, text: str) -> None:
        self.press(target)
        self.page.keyboard.insert_text(text)

    def tick(self, target: Locator) -> None:
        self.press(target)
        expect(target).to_be_checked()

    def choose(self, target: Locator, value: str) -> None:
        """The list of a select is the system's own: no page sees it."""
        target.select_option(value)

    def pick(self, words: str) -> None:
        """Pick these words of the article, a whole sentence, and make them a claim."""
        raise NotImplementedError


class Mouse(Hand):
    def press(self, target: Locator) -> None:
        target.click()

    def pick(self, words: str) -> None:
        usable(self.page)
        place = self.page.evaluate(_PLACE, words)
        mouse = self.page.mouse
        mouse.move(*place["from"])
        mouse.down()
        mouse.move(*place["in"], steps=4)
        mouse.move(*place["to"], steps=4)
        mouse.up()
        expect(self.page.locator("[data-selection-words]")).to_have_text(words)
        self.press(self.page.locator("[data-selection-bar] [data-key=add]"))


class Finger(Hand):
    how = {"width": 390, "has_touch": True, "is_mobile": True}

    def press(self, target: Locator) -> None:
        target.tap()

    def pick(self, words: str) -> None:
        usable(self.page)
        place = self.page.evaluate(_PLACE, words)
        self.page.touchscreen.tap(*place["in"])
        expect(self.page.locator("[data-selection-words]")).to_have_text(words)
        self.press(self.page.locator("[data-selection-bar] [data-key=add]"))


class Keyboard(Hand):
    """No pointer at all: Tab, the arrows, Enter, Space, and the keys of the page."""

    def go(self, path: str) -> None:
        expect(self.page.locator("[data-keys-help]")).to_be_visible()
        self.page.keyboard.press("g")
        self.page.keyboard.press({"articles": "a", "review": "r", "rulings": "j"}[path])
        self.page.wait_for_url(f"**/{path}/")

    def reach(self, target: Locator) -> None:
        target.wait_for()
        card = target.locator("xpath=ancestor-or-self::*[@data-card][parent::ol]")
        if card.count():  # the list is one tab stop; J goes from card to card
            expect(self.page.locator("[data-keys-help]")).to_be_visible()
            for _each in range(60):
                if card.evaluate("(card) => card.contains(document.activeElement)"):
                    break
                self.page.keyboard.press("j")
        for _each in range(250):
            if target.evaluate(_HERE):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not come to {target}")

    def press(self, target: Locator) -> None:
        self.reach(target)
        self.page.keyboard.press("Enter")

    def write(self, target: Locator, text: str) -> None:
        self.reach(target)
        self.page.keyboard.insert_text(text)

    def tick(self, target: Locator) -> None:
        if target.get_attribute("type") == "radio":
            self._arrow_to(target)
        else:
            self.reach(target)
            self.page.keyboard.press("Space")
        expect(target).to_be_checked()

    def _arrow_to(self, target: Locator) -> None:
        name = target.get_attribute("name")
        for _each in range(250):
            if self.page.evaluate("(name) => document.activeElement.name === name", name):
                break
            self.page.keyboard.press("Tab")
        self.page.keyboard.press("Space")
        for _each in range(20):
            if target.is_checked():
                return
            self.page.keyboard.press("ArrowDown")

    def choose(self, target: Locator, value: str) -> None:
        self.reach(target)
        for _each in range(20):
            if target.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not come to {value}")

    def pick(self, words: str) -> None:
        usable(self.page)
        picked = self.page.locator("[data-selection-words]")
        for _each in range(20):
            self.page.keyboard.press("n")
            if picked.inner_text() == words:
                break
        expect(picked).to_have_text(words)
        self.page.keyboard.press("c")

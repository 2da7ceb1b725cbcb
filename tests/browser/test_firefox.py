"""One journey in Debian's firefox-esr over WebDriver BiDi: sign in, select words in an Arabic article, submit a review."""

import json
import shutil
from pathlib import Path

import pytest

from tests.browser.bidi import Firefox
from tests.processes import Up

pytestmark = pytest.mark.skipif(
    not shutil.which("firefox-esr"),
    reason="no firefox-esr on PATH (apt-get install firefox-esr): its journey is not run",
)
WORDS = "34 في المئة في عام 2019"
_PLACE = """JSON.stringify((() => {
    const words = %s;
    for (const block of document.querySelectorAll("[data-article-text] [data-start]")) {
        let left = block.textContent.indexOf(words);
        if (left < 0) continue;
        block.scrollIntoView({block: "center"});
        const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            if (left < node.data.length) {
                const range = document.createRange();
                range.setStart(node, left);
                range.setEnd(node, left + words.length);
                const box = range.getBoundingClientRect();
                return [box.x, box.y, box.width, box.height];
            }
            left -= node.data.length;
        }
    }
})())"""


def test_a_journey(up: Up, passwords: dict[str, str], tmp_path: Path) -> None:
    fox = Firefox(tmp_path)
    try:
        _sign_in(fox, up, "edith", passwords["edith"])
        fox.goto(f"{up.address}/n/demo/articles/2/")
        fox.wait("!!document.querySelector('[data-article-text]')")
        x, y, width, height = json.loads(fox.ask(_PLACE % json.dumps(WORDS)))
        fox.drag((x + width - 2, y + height / 2), (x + width / 2, y + height / 2), (x + 2, y + height / 2))
        fox.wait(f"document.querySelector('textarea[name=exact]')?.value === {json.dumps(WORDS)}")
        _review(fox, up)
    finally:
        fox.close()


def _sign_in(fox: Firefox, up: Up, who: str, password: str) -> None:
    fox.goto(f"{up.address}/accounts/login/")
    fox.type("input[name=login]", f"{who}@harbour-desk.example")
    fox.type("input[name=password]", password)
    fox.keys("\ue007")
    fox.wait("location.pathname === '/n/demo/'")


def _review(fox: Firefox, up: Up) -> None:
    fox.goto(f"{up.address}/n/demo/")
    fox.click("form[action$='/review/next/'] button")
    fox.wait("!!document.querySelector('form[data-autosave]')")
    fox.type("[data-name=url]", f"{up.address}/demo/marjan-census")
    fox.type("[data-name=quote]", "412,600")
    fox.ask("document.querySelector('[data-name=stance]').value = 'refutes'")
    # As a person does: the place is looked up and pressed when the source's state has come.
    fox.wait("document.querySelectorAll('[data-evidence-state] .badge-good').length === 2")
    fox.click("input[name=label][value=false]")
    fox.wait("document.querySelector('input[name=label][value=false]').checked")
    fox.type("textarea[name=reason]", "The figure is another one. الرقم مختلف.")
    fox.wait("/\\d\\d:\\d\\d/.test(document.querySelector('[data-save-status]').textContent)")
    fox.click("button[value=submit]")
    fox.wait("!!document.querySelector('.note-good')")

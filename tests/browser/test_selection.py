"""Words picked by real drags, in many scripts: what is stored is what was meant; letters stay joined; copies are clean."""

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import measure
from tests.browser.conftest import Enter, usable

ARABIC = (
    "قال 7.5 مليون ناخب إن الحملة كلّفت 12% من الميزانية، وأضاف «لم نرفع الضرائب في عام 2023».\n\n"
    "نشرت شركة SpaceX مع Tesla Motors أرقامًا جديدة عن ١٢٫٥ ألف سيارة و ٤٠٪ من الطلبات.\n\n"
    "فاز الفريق 🇸🇦 على الفريق 🇧🇷 ثم احتفلت العائلة 👨‍👩‍👧‍👦 في الشارع الكبير مساء الخميس.\n\n"
    "قَالَ الْوَزِيرُ إِنَّ السِّعْرَ ارْتَفَعَ بِنِسْبَةٍ كَبِيرَةٍ جِدًّا فِي الْعَامِ الْمَاضِي.\n\n"
    "او می‌خواهد کتاب‌ها را در خانه‌ی بزرگ نگه دارد و دربارهٔ آن‌ها بنویسد."
)
ENGLISH = (
    "The ferry carried 12,345.5 people in 2023, and 40% of them came from مدينة مرجان in the north.\n\n"
    "Café owners 🇫🇷 paid €3.5 million for it, said Ida Marsh."
)
# Words meant, and the letters that the drag begins and ends on: by their place within the words; None: the outer ones.
MEANT_ARABIC = [
    ("7.5 مليون ناخب", 0, -1),
    ("7.5", 0, -1),
    ("7.5 مليون", 2, -1),
    ("12% من الميزانية", 0, -1),
    ("كلّفت 12%", 0, -1),
    ("عام 2023", 0, -1),
    ("2023", 0, -1),
    ("الضرائب في عام 2023", 3, -2),
    ("الحملة كلّفت", 1, -2),
    ("شركة SpaceX", 0, -1),
    ("SpaceX مع Tesla Motors", 0, -1),
    ("Tesla Motors أرقامًا جديدة", 0, -1),
    ("١٢٫٥ ألف سيارة", 0, -1),
    ("عن ١٢٫٥ ألف", 0, -1),
    ("٤٠٪ من الطلبات", 0, -1),
    ("و ٤٠٪", 0, -1),
    ("أرقامًا جديدة", 2, -3),
    ("الفريق 🇸🇦 على", 0, -1),
    ("🇧🇷 ثم احتفلت", 0, -1),
    ("العائلة 👨‍👩‍👧‍👦 في الشارع", 0, -1),
    ("الشارع الكبير مساء الخميس", 1, -2),
    ("الْوَزِيرُ إِنَّ السِّعْرَ", 0, -1),
    ("ارْتَفَعَ بِنِسْبَةٍ", 2, -3),
    ("جِدًّا فِي الْعَامِ الْمَاضِي", 0, -1),
    ("می‌خواهد کتاب‌ها", 0, -1),
    ("می‌خواهد", 1, -2),
    ("خانه‌ی بزرگ نگه دارد", 0, -1),
    ("آن‌ها بنویسد", 0, -1),
]
MEANT_ENGLISH = [
    ("12,345.5 people in 2023", 0, -1),
    ("12,345.5", 1, -2),
    ("40% of them", 0, -1),
    ("came from مدينة مرجان", 0, -1),
    ("مدينة مرجان in the north", 0, -1),
    ("Café owners 🇫🇷", 0, -1),
    ("€3.5 million", 0, -1),
    ("Ida Marsh", 1, -2),
]
# Where a letter lies on the screen, a little inside its outer edge: the edge that lies away from the words that are meant.
_POINT = """({ block, from, to, edge }) => {
    const element = document.querySelectorAll("[data-article-text] [data-start]")[block];
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let at = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const end = at + node.data.length;
        if (from >= at && from < end) range.setStart(node, from - at);
        if (to > at && to <= end) range.setEnd(node, to - at);
        at = end;
    }
    const column = document.querySelector("[data-desk-text]");
    element.scrollIntoView({ block: "center" });
    const letter = element.textContent.slice(from, to);
    const box = [...range.getClientRects()].filter((each) => each.width > 0).at(-1) ?? range.getBoundingClientRect();
    const rtl = /[\\u0590-\\u065f\\u066e-\\u06ef\\u06fa-\\u08ff]/.test(letter) || (/[^\\p{L}\\p{N}%٪$€]/u.test(letter[0]) && getComputedStyle(element).direction === "rtl");
    const inset = Math.min(1.5, box.width / 4);
    const x = (edge === "start") === rtl ? box.right - inset : box.left + inset;
    return [x, box.top + box.height / 2];
}"""
_WORDS = (
    """() => [...document.querySelectorAll("[data-article-text] [data-start]")].map((block) => block.textContent)"""
)
_LETTERS = """(text) => [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text)].map(({ index, segment }) => [index, index + segment.length])"""


def bring(page: Page, text: str) -> str:
    """The article, brought in once and found again by the address that the answer names."""
    page.goto("/n/demo/articles/new/")
    page.fill("textarea[name=text]", text)
    page.click("main form .button-main")
    there = page.get_by_role("link", name="Open the article that is there")
    expect(there.or_(page.locator("[data-desk-text]"))).to_be_visible()
    if there.count():
        there.click()
    expect(page.locator("main li.card").first).to_be_visible(timeout=20_000)
    expect(page.locator("[data-follow][data-follow-knows]")).to_have_count(1, timeout=20_000)  # it awaits no worker
    usable(page)
    return page.url


@dataclass
class Drag:
    """A table's row on a page: the block, and the UTF-16 places of the letters pressed and released."""

    block: int
    meant: str
    start: tuple[int, int]
    end: tuple[int, int]


def drags(page: Page, meant: list[tuple[str, int, int]]) -> list[Drag]:
    blocks: list[str] = page.evaluate(_WORDS)
    found = []
    for words, first, last in meant:
        block = next(at for at, text in enumerate(blocks) if words in text)
        base = len(blocks[block][: blocks[block].index(words)].encode("utf-16-le")) // 2
        letters = page.evaluate(_LETTERS, words)
        found.append(
            Drag(
                block,
                words,
                (base + letters[first][0], base + letters[first][1]),
                (base + letters[last][0], base + letters[last][1]),
            )
        )
    return found


def point(page: Page, block: int, place: tuple[int, int], edge: str) -> Any:
    return page.evaluate(_POINT, {"block": block, "from": place[0], "to": place[1], "edge": edge})


def drag(page: Page, one: Drag, *, backwards: bool = False) -> str:
    """What the form would send after the drag."""
    page.keyboard.press("Escape")  # a press inside a selection would drag the words themselves
    ends = [point(page, one.block, one.start, "start"), point(page, one.block, one.end, "end")]
    if backwards:
        ends.reverse()
    page.mouse.move(*ends[0])
    page.mouse.down()
    page.mouse.move((ends[0][0] + ends[1][0]) / 2, (ends[0][1] + ends[1][1]) / 2)
    page.mouse.move(*ends[1])
    page.mouse.up()
    page.wait_for_timeout(20)
    return page.input_value("textarea[name=exact]")


def store(page: Page) -> str:
    """Adds what is picked; the words that the server keeps."""
    before = page.locator("main li.card").count()
    page.locator("[data-selection-bar] .button-main").click()
    expect(page.locator("[data-selection-bar]")).to_be_hidden()
    expect(page.locator("[data-span-status]")).not_to_be_empty()
    assert page.locator("main li.card").count() >= before
    return page.locator("[data-span-status]").inner_text()


def run(page: Page, meant: list[tuple[str, int, int]]) -> list[str]:
    wrong = []
    for place, one in enumerate(drags(page, meant)):
        got = drag(page, one, backwards=place % 3 == 2)
        if got != one.meant:
            wrong.append(f"{one.meant} → {got}")
    return wrong


@pytest.mark.parametrize(("text", "meant"), [(ARABIC, MEANT_ARABIC), (ENGLISH, MEANT_ENGLISH)], ids=["rtl", "ltr"])
def test_what_is_dragged_is_what_was_meant(enter: Enter, text: str, meant: list[tuple[str, int, int]]) -> None:
    page = enter("edith")
    bring(page, text)
    assert run(page, meant) == []


def test_drags_over_the_sample_article_with_its_marks(enter: Enter) -> None:
    text = (measure.folder() / "claims" / "arabic-article.txt").read_text(encoding="utf-8")
    page = enter("edith")
    bring(page, text)
    blocks: list[str] = page.evaluate(_WORDS)
    meant = []
    for at, block in enumerate(blocks):
        words = block.split(" ")
        for begin in (1, len(words) // 3, len(words) // 2, len(words) - 5):
            chosen = " ".join(words[begin : begin + 4]).strip('،؛.:!؟"()«»')
            if len(words) > 12 and chosen and "".join(blocks).count(chosen) == 1 and chosen in blocks[at]:
                meant.append((chosen, 0, -1))
    meant = meant[:24]
    assert len(meant) == 24
    assert run(page, meant) == []


def test_the_server_keeps_them_and_the_page_stays(enter: Enter) -> None:
    page = enter("edith")
    address = bring(page, ARABIC)
    page.evaluate("() => { window.stayed = true; }")
    one = drags(page, [("12% من الميزانية", 0, -1), ("SpaceX مع Tesla Motors", 0, -1)])
    for each in one:
        assert drag(page, each) == each.meant
        store(page)
        expect(page.locator("main li.card .quote").get_by_text(each.meant, exact=True)).to_have_count(1)
    assert page.evaluate("() => window.stayed")
    assert page.url.split("#")[0] == address
    copied = page.evaluate(_WORDS)
    assert "\n\n".join(copied) == ARABIC
    expect(page.get_by_role("button", name="Undo: adding a claim")).to_be_visible()
    drag(page, one[0])
    page.locator("[data-selection-bar] .button-main").click()
    expect(page.locator("[data-selection-said]")).to_contain_text("already")
    assert "#claim-" in page.url


def test_two_paragraphs_become_one_claim_of_two_parts(enter: Enter) -> None:
    page = enter("edith")
    bring(page, ENGLISH)
    start, end = drags(page, [("in the north", 0, -1), ("Café owners", 0, -1)])
    first, last = point(page, start.block, start.start, "start"), point(page, end.block, end.end, "end")
    first = point(page, start.block, start.start, "start")
    last = page.evaluate(
        _POINT.replace('element.scrollIntoView({ block: "center" });', ""),
        {"block": end.block, "from": end.end[0], "to": end.end[1], "edge": "end"},
    )
    page.mouse.move(*first)
    page.mouse.down()
    page.mouse.move(*last)
    page.mouse.up()
    expect(page.locator("[data-selection-said]")).to_contain_text("larger part")
    page.locator("[data-selection-both]").click()
    store(page)
    expect(page.locator("main li.card .quote").get_by_text("in the north. … Café owners", exact=True)).to_have_count(1)


def test_three_clicks_take_the_paragraph_alone_and_letters_stay_joined(enter: Enter) -> None:
    page = enter("edith")
    bring(page, ARABIC)
    block = page.locator("[data-article-text] [data-start]").nth(3)
    block.click(click_count=3)
    assert page.input_value("textarea[name=exact]") == ARABIC.split("\n\n")[3]
    widths = page.evaluate(
        """() => {
            const p = document.querySelector("[data-article-text] [data-start]").cloneNode(false);
            document.querySelector("[data-article-text]").append(p);
            const width = (inner) => { p.innerHTML = `<span>${inner}</span>`; return p.firstChild.getBoundingClientRect().width; };
            return [width("المستقبلية"), width("المست<mark>قبل</mark>ية")];
        }"""
    )
    assert abs(widths[0] - widths[1]) < 0.5

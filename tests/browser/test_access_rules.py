"""Every page: one first heading, no level left out, landmarks, focus that shows and follows the page, large targets,
twice the text, 320 px, forced colours, reduced motion."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Enter
from tests.browser.test_looks import PAGES

_OUTLINE = """() => ({
    levels: [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].filter((h) => h.checkVisibility()).map((h) => Number(h.tagName[1])),
    mains: document.querySelectorAll("main").length,
    banners: document.querySelectorAll("body > header").length,
    foots: document.querySelectorAll("body > footer").length,
    unnamed: [...document.querySelectorAll("nav, [role=region]")].filter((n) => !n.getAttribute("aria-label") && !n.getAttribute("aria-labelledby")).length,
    lang: document.documentElement.lang, dir: document.documentElement.dir,
})"""

# WCAG 2.5.8: 24 by 24, or enough room around (its circle of 24 px meets no other target), or a link in a sentence.
_SMALL = """() => {
    const targets = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
        .filter((e) => e.checkVisibility({visibilityProperty: true}) && !e.closest(".visually-hidden, .skip"))
        .map((e) => ({e, host: e.matches("input[type=checkbox], input[type=radio]") ? e.closest("label") ?? e : e}))
        .map(({e, host}) => ({e, box: host.getBoundingClientRect()}))
        .filter(({box}) => box.width > 1 && box.height > 1);
    const inline = (e) => getComputedStyle(e).display === "inline" && e.parentElement.innerText.trim() !== e.innerText.trim();
    const close = (a, b) => {
        const x = a.box.x + a.box.width / 2, y = a.box.y + a.box.height / 2;
        const dx = Math.max(b.box.left - x, 0, x - b.box.right), dy = Math.max(b.box.top - y, 0, y - b.box.bottom);
        return Math.hypot(dx, dy) < 12;
    };
    return targets
        .filter((t) => (t.box.width < 23.5 || t.box.height < 23.5) && !inline(t.e) && !t.e.matches("a.at"))
        .filter((t) => targets.some((o) => o !== t && !o.e.contains(t.e) && !t.e.contains(o.e) && close(t, o)))
        .map((t) => `${t.e.outerHTML.slice(0, 90)} ${Math.round(t.box.width)}x${Math.round(t.box.height)}`);
}"""

_SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

# Words that their own box cuts off (not those that are meant to scroll or to be cut with an ellipsis).
_CUT = """() => [...document.querySelectorAll("main *, header *")]
    .filter((e) => e.checkVisibility() && !e.closest(".visually-hidden, svg, .table-scroll, select, input, textarea"))
    .filter((e) => e.scrollWidth > e.clientWidth + 2 && e.clientWidth > 0 && getComputedStyle(e).overflowX === "hidden")
    .filter((e) => getComputedStyle(e).textOverflow !== "ellipsis" && getComputedStyle(e).clipPath !== "inset(50%)")
    .map((e) => e.outerHTML.slice(0, 90))"""


@pytest.fixture(params=["en", "ar"])
def desk(request: pytest.FixtureRequest, enter: Enter) -> Page:
    return enter("amal", locale=request.param)


def each(page: Page, check: Any) -> None:
    """All faults of all pages at once: one run tells everything."""
    faults = []
    for name, path in PAGES.items():
        page.goto(path)
        faults += [f"{name}: {fault}" for fault in check()]
    assert faults == [], "\n".join(faults)


def test_headings_and_landmarks(desk: Page) -> None:
    def check() -> list[str]:
        found = desk.evaluate(_OUTLINE)
        levels = found["levels"]
        gaps = [
            f"h{before} then h{after}"
            for before, after in zip([0, *levels], levels, strict=False)
            if after > before + 1
        ]
        faults = [] if levels.count(1) == 1 else [f"{levels.count(1)} first headings"]
        faults += gaps
        faults += [] if (found["mains"], found["banners"], found["foots"]) == (1, 1, 1) else [f"landmarks {found}"]
        faults += [f"{found['unnamed']} landmarks without a name"] if found["unnamed"] else []
        return faults

    each(desk, check)


def test_targets_are_large_enough(desk: Page) -> None:
    each(desk, lambda: desk.evaluate(_SMALL))


@pytest.mark.parametrize("width", [1280, 640])
def test_twice_the_text(desk: Page, width: int) -> None:
    desk.set_viewport_size({"width": width, "height": 900})

    def check() -> list[str]:
        session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
        assert desk.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        wide = desk.evaluate(_SIDEWAYS)
        return [*([f"{wide} px sideways"] if wide > 0 else []), *desk.evaluate(_CUT)]

    session = desk.context.new_cdp_session(desk)
    each(desk, check)


def test_the_keyboard_sees_where_it_is_and_goes_in_order(desk: Page) -> None:
    """Each stop shows an outline; the first is the way past the navigation; stops come in the order of the page."""

    def check() -> list[str]:
        faults: list[str] = []
        desk.keyboard.press("Tab")
        if "skip" not in (desk.evaluate("document.activeElement.className") or ""):
            faults.append("the first stop is not the skip link")
        for _stop in range(25):
            desk.keyboard.press("Tab")
            found = desk.evaluate(
                """() => { const e = document.activeElement, s = getComputedStyle(e);
                    const shown = e === document.body || (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2)
                        || e.matches("input[type=radio], input[type=checkbox]");
                    return [shown, e.tabIndex, e.outerHTML.slice(0, 80)]; }"""
            )
            if not found[0]:
                faults.append(f"no outline: {found[2]}")
            if found[1] > 0:
                faults.append(f"tabindex {found[1]}: {found[2]}")
        return faults

    each(desk, check)


def test_forced_colours_and_reduced_motion(desk: Page) -> None:
    desk.emulate_media(forced_colors="active", reduced_motion="reduce")

    def check() -> list[str]:
        return list(
            desk.evaluate(
                """() => [...document.querySelectorAll("main *, header *")].filter((e) => e.checkVisibility()).flatMap((e) => {
                    const s = getComputedStyle(e), faults = [];
                    const long = (value) => value.split(",").some((part) => parseFloat(part) > 0.01);
                    if (long(s.animationDuration) && s.animationName !== "none") faults.push("moves: " + e.className);
                    if (long(s.transitionDuration)) faults.push("slides: " + e.className);
                    if (s.scrollBehavior === "smooth") faults.push("scrolls smoothly: " + e.className);
                    if (e.matches(".badge, .verdict, .button:not(.button-bare), .card") && s.borderStyle === "none") faults.push("no border: " + e.className);
                    return faults; })"""
            )
        )

    each(desk, check)

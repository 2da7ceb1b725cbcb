"""Comments, contacts, guideline and checklist in a real browser: a name picked by the keyboard, in both languages; pictures."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter, usable
from tests.processes import Up

Shots = Callable[[Page, str], None]
CODE = "from annotations.models import {0}; print('=', {1})"


def asked(up: Up, model: str, question: str) -> str:
    found = re.search(r"^= (.*)$", up.manage("shell", "-c", CODE.format(model, question)), re.MULTILINE)
    assert found
    return found.group(1)


@pytest.fixture(scope="module")
def claim(up: Up) -> str:
    """The number of the claim that two reviewers of the demonstration talk about in Arabic."""
    return asked(up, "Comment", "Comment.objects.order_by('pk').first().claim_id")


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_a_name_is_picked_by_the_keyboard(enter: Enter, shots: Shots, up: Up, claim: str, locale: str) -> None:
    page = enter("rolf", locale=locale)
    page.goto(f"/n/demo/claims/{claim}/comments/")
    area = page.locator("#comment-new")
    area.click()
    page.keyboard.type("انظر @رنـا" if locale == "ar" else "Please look, @ra")
    options = page.locator(".mention-list:visible [role=option]")
    expect(options).to_have_count(1)
    expect(options.first).to_contain_text("رنا صالح")
    assert area.get_attribute("aria-activedescendant")
    assert Axe().run(page).violations_count == 0
    shots(page, f"mention-{locale}")
    page.keyboard.press("Escape")
    expect(page.locator(".mention-list:visible")).to_have_count(0)
    page.keyboard.press("Backspace")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert "@Rana Saleh · رنا صالح " in area.input_value()
    page.keyboard.type("1")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#comment-*")
    expect(page.locator("article.comment bdi.mention").last).to_have_text("@Rana Saleh · رنا صالح")
    assert asked(up, "Notice", "Notice.objects.order_by('-pk').values_list('kind', 'member__user__email').first()") == (
        "('mention', 'rana@harbour-desk.example')"
    )
    expect(page.locator("#comment-new")).to_have_value("")  # what the server has is not kept any more


def test_a_name_that_was_taken_out_again_is_not_meant(enter: Enter, up: Up, claim: str) -> None:
    page = enter("rolf")
    page.goto(f"/n/demo/claims/{claim}/comments/")
    page.locator("#comment-new").click()
    page.keyboard.type("@Amal")
    page.keyboard.press("Enter")
    page.locator("#comment-new").fill("nobody after all")
    page.locator("#talk > form button").click()
    page.wait_for_url("**#comment-*")
    assert asked(up, "Comment", "Comment.objects.latest('pk').notices.count()") == "0"


def test_a_comment_typed_while_the_server_was_away_comes_back(enter: Enter, claim: str) -> None:
    page = enter("rolf")
    page.goto(f"/n/demo/claims/{claim}/comments/")
    usable(page)
    page.locator("#comment-new").fill("لم يصل بعد")
    page.context.set_offline(True)
    page.locator("#talk > form button").click()
    page.wait_for_timeout(300)
    page.context.set_offline(False)
    page.goto(f"/n/demo/claims/{claim}/comments/")
    expect(page.locator("#comment-new")).to_have_value("لم يصل بعد")
    page.locator("#comment-new").fill("")


@pytest.mark.parametrize(
    ("locale", "dark", "width"), [("en", False, 1280), ("ar", True, 1280), ("ar", False, 320), ("en", True, 320)]
)
def test_the_screens(enter: Enter, shots: Shots, up: Up, claim: str, locale: str, dark: bool, width: int) -> None:
    judge = enter("rolf", locale=locale, dark=dark, width=width)
    told_of = enter("rita", locale=locale, dark=dark, width=width)
    admin = enter("amal", locale=locale, dark=dark, width=width)
    told = asked(
        up, "Publication", "next(p.number for p in Publication.objects.order_by('pk') if p.record['asked_for_comment'])"
    )
    name = f"{locale}-{'dark' if dark else 'light'}-{width}"
    for page, kind, path in (
        (judge, "comments", f"/n/demo/claims/{claim}/comments/"),
        (judge, "contacts", f"/n/demo/claims/{claim}/contacts/"),
        (told_of, "mentions", "/n/demo/mentions/"),
        (admin, "ruling", f"/n/demo/claims/{claim}/ruling/"),
        (admin, "settings", "/n/demo/settings/"),
        (admin, "fact", f"/facts/demo/{told}/"),
    ):
        page.goto(path)
        for summary in page.locator(
            "#contacts > details > summary, .guideline > summary, .thread .talk-acts > details > summary"
        ).all():
            summary.click()
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        shots(page, f"talk-{kind}-{name}")
        assert wide <= 0, path


def test_a_new_comment_appears_by_itself(enter: Enter, claim: str) -> None:
    rita, rolf = enter("rita"), enter("rolf")
    rita.goto(f"/n/demo/claims/{claim}/comments/")
    rolf.goto(f"/n/demo/claims/{claim}/comments/")
    rolf.locator("#comment-new").fill("just now, for whoever reads")
    rolf.locator("#talk > form button").click()
    expect(rita.get_by_text("just now, for whoever reads")).to_be_visible(timeout=15_000)

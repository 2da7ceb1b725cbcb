"""Changes that arrive by themselves: two people at once, nine tabs and one stream, what is cut and what is away."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from tests.browser.conftest import Enter
from tests.browser.test_editing import bring_in
from tests.processes import Up

TEXT = (
    "The {0} bridge cost 18 million crowns, the mayor said. Some 40 percent of it came from gifts in 2023.\n\n"
    "Ida Marsh said that 12 thousand cars cross the {0} bridge each day."
)
Shots = Callable[[Page, str], None]


def streams(requests: list[Request]) -> list[Request]:
    return [each for each in requests if each.resource_type == "eventsource"]


def polls(requests: list[Request]) -> list[Request]:
    return [each for each in requests if "/api/v1/events" in each.url and each.resource_type == "fetch"]


def counted(context: BrowserContext) -> list[Request]:
    found: list[Request] = []
    context.on("request", lambda each: found.append(each) if "/api/v1/events" in each.url else None)
    return found


def badge(page: Page, place: int) -> str:
    return page.locator("main li.card .badge").nth(place).inner_text()


def number(page: Page, name: str) -> int:
    text = page.locator(f"#nav-{name}").text_content() or ""
    return int(re.sub(r"\D", "", text) or 0)


def test_two_people_at_once(enter: Enter, shots: Shots) -> None:
    """One confirms; the other's badge and number change while they type, and nothing of theirs is touched."""
    editor, other = enter("edith"), enter("amal")
    address = bring_in(editor, TEXT.format("harbour"))
    other.goto(address)
    expect(other.locator(".foot [data-live-status]")).to_have_text("live", timeout=20_000)
    other.evaluate("window.stayed = true")
    other.locator("[data-add-claim] summary").click()
    field = other.locator("textarea[name=exact]")
    field.fill("half a sentence")
    field.evaluate("field => field.setSelectionRange(4, 9)")
    expect(other.locator("main li.card .state-open")).to_have_count(0)
    before = number(other, "review")
    first = editor.locator("main li.card").first
    first.get_by_role("button", name="Confirm").click()
    expect(other.locator("main li.card .state-open")).to_have_count(1, timeout=10_000)
    expect(other.locator("#nav-review")).to_have_text(str(before + 1), timeout=10_000)
    assert other.evaluate("window.stayed")
    assert field.input_value() == "half a sentence"
    assert field.evaluate("field => [document.activeElement === field, field.selectionStart, field.selectionEnd]") == [
        True,
        4,
        9,
    ]
    shots(other, "live-two-people-en")


def test_the_queue_says_what_is_new_and_stays(enter: Enter, shots: Shots) -> None:
    editor, reviewer = enter("edith"), enter("rana", locale="ar")
    bring_in(editor, TEXT.format("northern"))
    reviewer.goto("/n/demo/review/")
    expect(reviewer.locator(".foot [data-live-status]")).not_to_be_empty(timeout=20_000)
    rows = reviewer.locator("main li").count()
    editor.locator("main li.card").first.get_by_role("button", name="Confirm").click()
    news = reviewer.locator("#queue-news a")
    expect(news).to_be_visible(timeout=10_000)
    assert reviewer.locator("main li").count() == rows
    shots(reviewer, "live-queue-ar")
    news.click()
    expect(reviewer.locator("main li")).to_have_count(rows + 1)


def test_nine_tabs_and_one_stream(enter: Enter) -> None:
    first, editor = enter("rana"), enter("edith")
    requests = counted(first.context)
    address = bring_in(editor, TEXT.format("eastern"))
    first.goto(address)
    tabs = [first]
    for _each in range(8):
        tab = first.context.new_page()
        tab.goto(address)
        tabs.append(tab)
    for tab in tabs:
        expect(tab.locator(".foot [data-live-status]")).to_have_text("live", timeout=20_000)
    assert len(streams(requests)) == 1
    editor.locator("main li.card").first.get_by_role("button", name="Confirm").click()
    for tab in tabs:
        expect(tab.locator("main li.card .state-open")).to_have_count(1, timeout=15_000)
    assert len(streams(requests)) == 1
    first.close()  # it led
    editor.locator("main li.card").nth(1).get_by_role("button", name="Confirm").click()
    for tab in tabs[1:]:
        expect(tab.locator("main li.card .state-open")).to_have_count(2, timeout=15_000)
    assert len(streams(requests)) == 2
    assert polls(requests) == []


def test_a_stream_that_is_cut_becomes_questions(enter: Enter) -> None:
    reviewer, editor = enter("rana"), enter("edith")
    address = bring_in(editor, TEXT.format("western"))

    def cut(route: Route) -> None:
        if route.request.resource_type == "eventsource":
            route.abort()
        else:
            route.continue_()

    reviewer.context.route("**/api/v1/events*", cut)
    requests = counted(reviewer.context)
    reviewer.goto(address)
    expect(reviewer.locator(".foot [data-live-status]")).to_have_text("polling", timeout=20_000)
    assert len(streams(requests)) == 2
    second = reviewer.context.new_page()
    second.goto(address)
    expect(second.locator(".foot [data-live-status]")).to_have_text("polling", timeout=20_000)
    editor.locator("main li.card").first.get_by_role("button", name="Confirm").click()
    for page in (reviewer, second):
        expect(page.locator("main li.card .state-open")).to_have_count(1, timeout=30_000)
    assert all(each.frame.page == reviewer for each in polls(requests))  # one asks for both
    assert any(each.headers.get("if-none-match") for each in polls(requests))


def test_the_server_goes_and_comes_back(enter: Enter, up: Up) -> None:
    reviewer, editor = enter("rana"), enter("edith")
    address = bring_in(editor, TEXT.format("southern"))
    reviewer.goto(address)
    status = reviewer.locator(".foot [data-live-status]")
    expect(status).to_have_text("live", timeout=20_000)
    assert up.kill("uvicorn") >= 1
    expect(status).to_have_text("reconnecting…", timeout=20_000)
    up.wait_ready()
    expect(status).to_have_text("live", timeout=40_000)
    editor.reload()
    editor.locator("main li.card").first.get_by_role("button", name="Confirm").click()
    expect(reviewer.locator("main li.card .state-open")).to_have_count(1, timeout=15_000)


def test_without_web_locks_one_tab_asks_for_all(enter: Enter) -> None:
    """As on plain http in a LAN."""
    reviewer, editor = enter("rana"), enter("edith")
    address = bring_in(editor, TEXT.format("upper"))
    reviewer.context.add_init_script("Object.defineProperty(Navigator.prototype, 'locks', { get: () => undefined })")
    requests = counted(reviewer.context)
    reviewer.goto(address)
    tabs = [reviewer, reviewer.context.new_page()]
    tabs[1].goto(address)
    for tab in tabs:
        expect(tab.locator(".foot [data-live-status]")).to_have_text("polling", timeout=20_000)
    editor.locator("main li.card").first.get_by_role("button", name="Confirm").click()
    for tab in tabs:
        expect(tab.locator("main li.card .state-open")).to_have_count(1, timeout=30_000)
    assert streams(requests) == []
    requests.clear()
    reviewer.wait_for_timeout(9_000)
    assert len({id(each.frame.page) for each in polls(requests)}) == 1

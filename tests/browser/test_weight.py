"""What the annotation screen costs on a first view: bytes, requests, and how many of them stand before the text."""

from typing import Any

from playwright.sync_api import Page, expect

from tests import measure
from tests.browser.conftest import Enter
from tests.browser.test_journey import bring_in

MOST_BYTES = 80_000
MOST_REQUESTS = 20
MOST_BEFORE_THE_TEXT = 6


def first_view(page: Page, path: str) -> list[dict[str, Any]]:
    """Every request of the page in an empty cache: address, transferred bytes, whether it holds up the text."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    found: dict[str, dict[str, Any]] = {}

    def begun(event: Any) -> None:
        if event["type"] in ("EventSource", "Ping"):
            return
        blocks = event["type"] in ("Document", "Stylesheet") or event["request"].get("initialPriority") == "VeryHigh"
        blocks = blocks or "/js/theme." in event["request"]["url"]  # the one script in the head
        found[event["requestId"]] = {"url": event["request"]["url"], "bytes": 0, "blocks": blocks}

    def ended(event: Any) -> None:
        if event["requestId"] in found:
            found[event["requestId"]]["bytes"] = event["encodedDataLength"]

    session.on("Network.requestWillBeSent", begun)
    session.on("Network.loadingFinished", ended)
    page.goto(path)
    expect(page.locator("[data-article-text]")).to_be_visible()
    page.wait_for_timeout(1500)
    session.detach()
    return [row for row in found.values() if not row["url"].startswith("data:")]


def test_the_first_view_of_the_sample_article(enter: Enter) -> None:
    text = (measure.folder() / "claims" / "arabic-article.txt").read_text(encoding="utf-8")
    text += "\n\n(نسخة ثانية من المقال نفسه.)"  # the journey has brought it in already
    edith = enter("edith", locale="ar")
    bring_in(edith, text)
    article = edith.url
    card = edith.locator(".card").first
    claim = (card.get_attribute("id") or "").removeprefix("claim-")
    card.locator("button[value=confirm]").click()
    expect(edith.locator(f"#claim-{claim} .badge.state-open")).to_be_visible()
    rita = enter("rita", locale="ar")
    for path in (article, f"/n/demo/claims/{claim}/"):
        rows = first_view(rita, path)
        told = "\n".join(f"{row['bytes']:7} {'!' if row['blocks'] else ' '} {row['url']}" for row in rows)
        assert sum(row["bytes"] for row in rows) <= MOST_BYTES, told
        assert len(rows) <= MOST_REQUESTS, told
        assert sum(row["blocks"] for row in rows) <= MOST_BEFORE_THE_TEXT, told

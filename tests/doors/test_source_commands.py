"""What an operator asks of the fetcher and of the quote check, without storing anything."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from annotations.lib import outbound
from annotations.lib.fetching.client import GuardedFetcher, Policy
from tests.servers import Pages, running


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pages]:
    served = running()
    pages = next(served)

    def resolver(host: str, port: int) -> list[str]:
        return ["93.184.216.34", "10.0.0.7"] if host.startswith("mixed") else pages.resolver(host, port)

    monkeypatch.setattr(outbound, "fetcher", lambda: GuardedFetcher(Policy(), resolver=resolver, dial_map=pages.dial))
    yield pages
    next(served, None)


def fetched(url: str, *, fails: str = "") -> dict[str, Any]:
    out = io.StringIO()
    if fails:
        with pytest.raises(CommandError, match=fails):
            call_command("fetch_source", url, "--json", stdout=out)
    else:
        call_command("fetch_source", url, "--json", stdout=out)
    return dict(json.loads(out.getvalue()))


def test_a_page_hop_by_hop(web: Pages) -> None:
    web.add("/a", "<p>The bridge cost 18 million.</p>")
    found = fetched("http://news.example.com/a")
    assert (found["outcome"], found["kind"], found["status"], found["body_bytes"]) == ("ok", "ready", 200, 34)
    (hop,) = found["hops"]
    assert hop["judged"] == [{"address": "93.184.216.34", "refused": None}]
    assert (hop["url"], hop["status"], hop["dialled"]) == ("http://news.example.com/a", 200, "93.184.216.34")
    assert hop["wire_bytes"] == found["wire_bytes"] > 34
    out = io.StringIO()
    call_command("fetch_source", "http://news.example.com/a", stdout=out)
    assert "93.184.216.34 allowed; 200" in out.getvalue()


def test_what_the_guard_refuses_is_said_with_its_reason(web: Pages) -> None:
    found = fetched("http://mixed.example.com/", fails="blocked_address")
    (hop,) = found["hops"]
    assert (hop["status"], hop["dialled"]) == (None, None)
    assert [each["refused"] is None for each in hop["judged"]] == [True, False]
    assert fetched("http://user:pw@news.example.com/", fails="blocked_url")["hops"] == []
    assert web.asked == []


def checked(path: Path, quote: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("check_quote", "--quote", quote, "--file", str(path), "--json", stdout=out)
    return dict(json.loads(out.getvalue()))


def test_a_quote_in_a_file(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<html lang='ar'><body><article><h1>جسر مرجان</h1><p>قال رئيس البلدية إنّ الجسر كلّف ١٨ مليون دينار في عام ٢٠٢٣، "
        "ولم تُرفع الضرائب.</p></article></body></html>",
        encoding="utf-8",
    )
    found = checked(page, "إن الجسر كلف 18 مليون دينار في عام 2023")
    assert (found["state"], found["score"]) == ("normalised", 100.0)
    assert "١٨ مليون" in found["matched"]
    assert checked(page, "إن الجسر كلف 19 مليون دينار في عام 2023")["state"] == "altered"
    assert checked(page, "لا علاقة لهذه الكلمات بالصفحة على الإطلاق")["state"] == "not_found"
    with pytest.raises(CommandError, match="Cannot read"):
        checked(tmp_path / "none.html", "x")

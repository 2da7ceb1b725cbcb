"""Feeds as publishers write them: RSS 2.0, RSS 1.0, Atom, and broken ones."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.lib.fetching import feeds
from annotations.lib.fetching.documents import CannotRead

BASE = "https://news.example.org/feeds/all.xml"
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example.org/"><title>Harbour &amp; news</title>
<entry><id>tag:1</id><title type="html">A &lt;b&gt;bold&lt;/b&gt; claim</title><link rel="self" href="/self"/>
<link rel="alternate" href="/2025/bold"/><updated>2025-06-02T10:00:00Z</updated></entry>
<entry><id>tag:2</id><title>No link</title></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Old</title></channel>
<item><title>مقال</title><link>https://news.example.org/مقال</link><dc:date>2025-06-02</dc:date></item></rdf:RDF>"""
GUID = "<rss><channel><title>T</title><item><guid>https://news.example.org/g</guid></item></channel></rss>"
BROKEN = (
    "<rss><channel><title>T</title><item><title>a & b</title><link>https://news.example.org/a?x=1&y=2</link></item>"
)


def read(text: str) -> list[tuple[str, str, str]]:
    found = feeds.read(text.encode(), base_url=BASE)
    return [(entry["url"], entry["title"], entry["published"]) for entry in found["entries"]]


def test_each_kind() -> None:
    assert read(ATOM) == [("https://news.example.org/2025/bold", "A bold claim", "2025-06-02")]
    assert read(RDF) == [("https://news.example.org/مقال", "مقال", "2025-06-02")]
    assert read(GUID) == [("https://news.example.org/g", "", "")]
    assert read(BROKEN)[0][0].startswith("https://news.example.org/a?x=1")


def test_entities_are_not_resolved() -> None:
    text = "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><rss><channel><title>&x;</title></channel></rss>"
    assert feeds.read(text.encode(), base_url=BASE) == {"title": "&x;", "entries": []}


@pytest.mark.parametrize("body", [b"", b"hello", b"<html><body/></html>", b"\x00\x01", b'{"items": []}'])
def test_what_is_no_feed(body: bytes) -> None:
    with pytest.raises(CannotRead):
        feeds.read(body, base_url=BASE)


@given(st.binary(max_size=300))
def test_any_bytes(body: bytes) -> None:
    for wrapped in (body, b"<rss><channel><item>" + body + b"</item></channel></rss>"):
        with contextlib.suppress(CannotRead):
            assert set(feeds.read(wrapped, base_url=BASE)) == {"title", "entries"}


def test_one_address_that_is_none_leaves_the_others() -> None:
    entries = "".join(
        f"<item><title>{n}</title><link>{'http://[::1' if n == 1 else f'/{n}'}</link></item>" for n in range(3)
    )
    found = feeds.read(f"<rss><channel>{entries}</channel></rss>".encode(), base_url="http://news.example.com/")
    assert [entry["url"] for entry in found["entries"]] == ["http://news.example.com/0", "http://news.example.com/2"]


def test_a_feed_without_end_is_read_to_the_limit() -> None:
    items = "<item><link>/a</link></item>" * 40_000
    found = feeds.read(f"<rss><channel>{items}</channel></rss>".encode(), base_url="http://news.example.com/")
    assert len(found["entries"]) == feeds.MOST_ENTRIES

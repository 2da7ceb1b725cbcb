"""Reading an RSS or Atom feed: plain values, whatever a publisher sends. Runs in the child that can be killed (child.py)."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from lxml import etree  # type: ignore[import-untyped]

from annotations.lib.fetching.documents import CannotRead

MOST_ENTRIES = 500
_TAGS = re.compile(r"<[^>]{0,500}>")


def read(body: bytes, *, base_url: str) -> dict[str, Any]:
    """{"title", "entries": [{"id", "url", "title", "published"}]} in the feed's order; raises CannotRead("not_a_feed")."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise CannotRead("not_a_feed", str(error)[:200]) from error
    if root is None or _name(root) not in ("rss", "rdf", "feed"):
        raise CannotRead("not_a_feed")
    head = root if _name(root) == "feed" else _child(root, "channel")
    entries = (_entry(each, base_url) for each in _items(root))
    return {
        "title": _text(head, "title")[:500] if head is not None else "",
        "entries": list(islice((entry for entry in entries if entry["url"]), MOST_ENTRIES)),
    }


def _items(root: Any) -> Iterator[Any]:
    """RSS 2.0 keeps its items in the channel, RSS 1.0 beside it, Atom calls them entries."""
    for each in root.iter():
        if isinstance(each.tag, str) and _name(each) in ("item", "entry"):
            yield each


def _entry(each: Any, base_url: str) -> dict[str, str]:
    url = _link(each, base_url)
    published = _text(each, "published") or _text(each, "pubdate") or _text(each, "date") or _text(each, "updated")
    return {
        "id": (_text(each, "guid") or _text(each, "id") or url)[:2048],
        "url": url,
        "title": _text(each, "title")[:500],
        "published": _day(published),
    }


def _link(each: Any, base_url: str) -> str:
    base = _joined(base_url, _base(each))
    for child in each:
        if isinstance(child.tag, str) and _name(child) == "link":
            if child.get("rel", "alternate") != "alternate":
                continue
            found = str(child.get("href") or child.text or "").strip()
            if found:
                return _joined(base, found)[:2048]
    guid = _child(each, "guid")
    if guid is not None and guid.get("isPermaLink", "true") == "true" and (guid.text or "").strip().startswith("http"):
        return str(guid.text).strip()[:2048]
    return ""


def _joined(base: str, found: str) -> str:
    """ "" for an address that is none: one bad entry does not end the reading."""
    try:
        return urljoin(base, found)
    except ValueError:
        return ""


def _base(each: Any) -> str:
    """The nearest xml:base."""
    while each is not None:
        found = each.get("{http://www.w3.org/XML/1998/namespace}base")
        if found:
            return str(found)
        each = each.getparent()
    return ""


def _name(each: Any) -> str:
    return str(etree.QName(each).localname).lower()


def _child(each: Any, name: str) -> Any:
    return next((child for child in each if isinstance(child.tag, str) and _name(child) == name), None)


def _text(each: Any, name: str) -> str:
    child = _child(each, name)
    if child is None:
        return ""
    return " ".join(_TAGS.sub(" ", "".join(child.itertext())).split())


def _day(written: str) -> str:
    """The date in UTC of an RFC 822 or ISO moment; "" when it is none."""
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, TypeError):
        try:
            moment = datetime.fromisoformat(written.replace("Z", "+00:00"))
        except ValueError:
            return ""
    return (moment.astimezone(UTC) if moment.tzinfo else moment).date().isoformat()

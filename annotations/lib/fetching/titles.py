"""A page's title, told from the site's name: what is declared, what its <title> says, and what stands on it as a heading."""

import re
from collections.abc import Iterable
from typing import Any

from annotations.lib.fetching import headings, segments
from annotations.lib.fetching.segments import Segment, squeezed

_BETWEEN = re.compile(
    r"\s+(?:[|\-–—·•»«:/›>]+|::|->)\s+|\s*(?:[|_›]|->)\s*|\s*：\s*|[:\-]\s+|\s+[\-–—]{2}\s+|(?<=[\u3000-\u9fff\uff00-\uffef])[\-–—]+(?=[\u3000-\u9fff])"
)
# What ends a <title> and can be told for a site's name without a heading to hold it against.
_SITE_AT_END = re.compile(
    r"\s*[|_]\s*([^|_]{2,40})$|(?<=[\u3000-\u9fff\uff00-\uffef])\s*[\-–—]+\s*([\u3000-\u9fff]{1,10}(?:网|網|报|報|新闻|新聞|网站|频道|论坛|社|台|在线))$"
)


def choose(declared: Iterable[str], page_title: str, tree: Any, h1: str, parts: list[Segment]) -> tuple[str, str]:
    """(title, site): the second only where the page's <title> names it beside a heading that stands on the page."""
    from_title, rest = _divided(page_title, h1, parts)
    for given in declared:
        if given:
            cut = re.sub(r"\s*(?:…|\.\.\.)$", "", given)
            whole = cut != given and len(cut) > 10 and h1.startswith(cut)
            return h1 if whole else given, rest
    if h1 and not rest:
        # A heading that the <title> does not know is a logo, or the <title> is the site's name on every page.
        own = _shares(h1, from_title) or (len(h1.split()) > 2 and not headings.has_logo(tree, h1))
        return (h1 if not from_title or own else from_title), rest
    if not h1:
        look = headings.by_look(parts)
        trusted = rest and not page_title.startswith(rest)  # "The page | The site"
        if look and not trusted and (not from_title or not _shares(look, from_title)):
            return look, rest or from_title[:60]
    return from_title, rest


def _shares(one: str, other: str) -> bool:
    left, right = set(one.casefold().split()), set(other.casefold().split())
    return squeezed(one) in squeezed(other) or len(left & right) * 2 >= min(len(left), len(right))


def _divided(title: str, h1: str, parts: list[Segment]) -> tuple[str, str]:
    """A <title> divided into the page's own and the site's: by the longest part that stands on the page as a heading."""
    shown = {squeezed(h1)} | {squeezed(part.text) for part in parts if len(part.text) <= 300}
    marked = {squeezed(part.text) for part in parts if segments.is_heading(part.owner, ("h2", "h3"))}
    fronts = {squeezed(part.text) for part in parts[:40] if headings.leads_to_front(part.owner)}
    gaps = list(_BETWEEN.finditer(title))
    for gap in gaps[:1]:
        if squeezed(title[: gap.start()]) in fronts - {squeezed(h1)}:
            return title[gap.end() :].strip(), title[: gap.start()].strip()
    for gap in reversed(gaps):
        if squeezed(title[: gap.start()]) in shown and len(squeezed(title[: gap.start()])) > 3:
            if len(gaps) > 1 and squeezed(title[gaps[-1].end() :]) in marked and gap is gaps[0]:
                break  # "Forum - View topic - The topic": the h1 is the site's
            rest = [part for part in _BETWEEN.split(title[gap.end() :]) if part.strip()]
            named = [part for part in rest if not re.search(r"powered\s+by", part, re.IGNORECASE)]
            return title[: gap.start()].strip(), named[-1].strip() if named and len(named[-1]) <= 60 else ""
    for gap in gaps:
        if squeezed(title[gap.end() :]) in shown and len(squeezed(title[gap.end() :])) > 6:
            before = title[: gap.start()].strip()
            return title[gap.end() :].strip(), before if len(before) <= 60 else ""
    site = _SITE_AT_END.search(title)
    if site and len(squeezed(title[: site.start()])) > 6:
        return title[: site.start()].strip(), (site.group(1) or site.group(2)).strip()
    return title, ""


def without(title: str, site: str, *, h1: str = "") -> str:
    """Without the site's name at its end or its beginning ("The ministry: no new cases" stays where the h1 says so too)."""
    name = squeezed(site)
    if (
        site
        and title.startswith(site)
        and re.match(r"\s", title[len(site) :])
        and segments.is_dense(title[len(site) :])
    ):
        return title[len(site) :].strip()
    gaps = list(_BETWEEN.finditer(title))
    for gap in gaps:
        if "|" in gap.group() and squeezed(title[: gap.start()]) == squeezed(h1):
            return title[: gap.start()].strip()  # a section's name behind it
    if not name or not gaps:
        return title
    for gap in reversed(gaps):
        end = squeezed(title[gap.end() :])
        if end and (end == name or (len(end) > 4 and (end in name or (name in end and len(end) < 2 * len(name))))):
            return without(title[: gap.start()].strip(), site, h1=h1)
    start = squeezed(title[: gaps[0].start()])
    return title[gaps[0].end() :].strip() if start == name and squeezed(title) != squeezed(h1) else title


def better(shown: str, own: str) -> str:
    """An application's own title, unless it is a single word; its page's <title> is often the same for all its pages."""
    return own if own and (own in shown or not shown or len(own.split()) > 2 or segments.is_dense(own)) else shown

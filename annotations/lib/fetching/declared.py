"""What a page says of itself: title, day, authors, site, address. What is declared for machines goes before what is written
on it, and that before a guess; the day of a change is never the day of publication."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from annotations.lib.fetching import app_state, bylines, headings, json_ld, names, segments, titles
from annotations.lib.fetching.segments import Segment
from annotations.lib.fetching.written_dates import day_of_url, declared_day, is_plausible

_TITLES = ("og:title", "citation_title", "articletitle", "dc.title", "dcterms.title", "parsely-title", "sailthru.title")
_DAYS = (
    *("article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished"),
    *(
        "publication_date",
        "publication-date",
        "publish_date",
        "publish-date",
        "publishdate",
        "published_date",
        "pubdate",
    ),
    *("parsely-pub-date", "sailthru.date", "citation_publication_date", "citation_date", "citation_online_date"),
    *("dcterms.issued", "dc.date.issued", "dc.date.published", "dcterms.created", "dc.date.created", "dc.date"),
    *(
        "dcterms.date",
        "date.issued",
        "article.published",
        "published",
        "bt:pubdate",
        "article_date_original",
        "created",
    ),
    *("cxenseparse:recs:publishtime", "weibo:article:create_at", "weibo: article:create_at", "originalpublicationdate"),
    *("og:release_date", "article.created", "rnews:datepublished", "releasedate", "shareaholic:article_published_time"),
    *("ptime", "displaydate", "prism.publicationdate", "eprints.date", "date"),
)
_CHANGES = ("article:modified_time", "og:updated_time", "dcterms.modified", "last-modified", "datemodified", "lastmod")
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author", "byl")
_SITES = (
    "og:site_name",
    "application-name",
    "sitename",
    "apple-mobile-web-app-title",
    "citation_journal_title",
    "dc.publisher",
)
_LONGEST = 500  # characters of a title
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NAMES = frozenset("meta link script title html base".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Empty where nothing is known. `body`: the text that the page carries for machines (JSON-LD, or an application's data);
    `lines`: what stands below its heading, without days and names; `parts`: the pruned page in pieces."""

    title: str = ""
    published: str = ""
    date_source: str = ""
    authors: tuple[str, ...] = ()
    site: str = ""
    languages: tuple[str, ...] = ()
    canonical_url: str = ""
    body: str = ""
    type: str = ""
    lines: tuple[str, ...] = ()
    parts: list[Segment] = field(default_factory=list)


@dataclass(slots=True)
class _Head:
    """The head's words, by small-letter name; the first of each counts, all authors."""

    metas: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    scripts: list[str] = field(default_factory=list)
    title: str = ""
    base: str = ""

    def first(self, names: Iterable[str]) -> str:
        return next((self.metas[name][0] for name in names if self.metas.get(name)), "")


def read(page: Any, tree: Any, *, is_discussion: bool = False, started: date | None = None) -> About:
    """`tree`: the page pruned of what is around its text (pruning.py). The names beside posts are no authors of the page;
    `started`: the day of the first post."""
    head = _head(page)
    parts = segments.of(tree)
    h1 = headings.first(tree, head.title)
    canonical = _canonical(head)
    told = json_ld.read(head.scripts, titles=(head.first(_TITLES), h1, head.title), url=canonical)
    site = head.first(_SITES) or told.site
    is_page = told.type not in ("", "WebPage", "ItemPage", "AboutPage")
    item = next((_value(each) for each in tree.xpath("//*[@itemprop='headline']") if _value(each)), "")
    given = (told.headline if is_page else "", head.first(_TITLES), item)
    title, rest = titles.choose(given, head.title, tree, h1, parts)
    title = titles.without(title[:_LONGEST], site or rest, h1=h1) or title
    site = site or _microdata(page, "publisher") or rest
    place = segments.heading_place(parts, title)
    changed = {declared_day(head.first([name])) for name in _CHANGES} | {declared_day(told.modified)}
    published, source = _published(
        head, told, page, tree, parts, place, canonical, changed, is_discussion=is_discussion, started=started
    )
    return About(
        title=title,
        published=published.isoformat() if published else "",
        date_source=source,
        authors=_authors(head, told, page, tree, parts, place, site, is_discussion=is_discussion),
        site=site,
        languages=_languages(page, head, told),
        canonical_url=canonical or (told.url if told.url.startswith(("http://", "https://")) else ""),
        body=told.body,
        type=told.type,
        lines=() if place is None else bylines.lines_below(parts, place),
        parts=parts,
    )


def with_state(about: About, state: app_state.State) -> About:
    """What an application's data adds to a page that says little."""
    day = declared_day(state.published)
    dated = not about.published and is_plausible(day, guessed=False)
    return replace(
        about,
        title=titles.better(about.title, state.title),
        published=day.isoformat() if dated and day else about.published,
        date_source="meta" if dated else about.date_source,
        authors=about.authors or names.clean(state.authors, site=about.site),
        body=state.body,
    )


def _head(page: Any) -> _Head:
    head = _Head()
    for element in page.iter(*_NAMES):
        if element.tag == "meta":
            name = (element.get("property") or element.get("name") or element.get("http-equiv") or "").strip().lower()
            value = " ".join((element.get("content") or "").split())
            if name and value:
                head.metas.setdefault(name, []).append(value[:2000])
        elif element.tag == "link":
            head.links.setdefault((element.get("rel") or "").lower(), (element.get("href") or "").strip())
        elif element.tag == "script" and "ld+json" in (element.get("type") or "").lower():
            head.scripts.append(element.text or "")
        elif element.tag == "title" and not head.title and element.getparent().tag in ("head", "html"):
            head.title = " ".join(element.text_content().split())[:_LONGEST]
        elif element.tag == "base":
            head.base = element.get("href") or ""
    return head


def _canonical(head: _Head) -> str:
    addresses = [head.links.get("canonical", ""), head.first(["og:url"])]
    base = head.base or next((each for each in addresses if each.startswith("http")), "")
    for address in addresses:
        whole = address if address.startswith(("http://", "https://")) or not base else urljoin(base, address or "?")
        if address and whole.startswith(("http://", "https://")) and urlsplit(whole).hostname:
            return whole
    return ""


def _value(element: Any) -> str:
    given = element.get("content") or element.get("datetime") or element.get("title") if element.tag != "a" else ""
    return " ".join((given or element.text_content()).split())[:300]


def _microdata(page: Any, name: str) -> str:
    for element in page.xpath(f"//*[@itemprop='{name}']")[:3]:
        inside = element.xpath(".//*[@itemprop='name']")
        if inside and _value(inside[0]):
            return _value(inside[0])
    return ""


def _published(
    head: _Head,
    told: json_ld.Declared,
    page: Any,
    tree: Any,
    parts: list[Segment],
    place: int | None,
    canonical: str,
    changed: set[date | None],
    *,
    is_discussion: bool,
    started: date | None,
) -> tuple[date | None, str]:
    own = day_of_url(canonical)
    day = _local(told.published, own)
    if is_plausible(day, guessed=False):
        return day, "json-ld"
    for name in _DAYS:
        for value in head.metas.get(name, []):
            day = _local(value, own)
            if is_plausible(day, guessed=False) and (name != "date" or day not in changed):
                return day, "meta"
    for name in ("datePublished", "dateCreated"):
        for element in page.xpath(f"//*[contains(concat(' ', @itemprop, ' '), ' {name} ')]")[:5]:
            day = declared_day(_value(element))
            if is_plausible(day, guessed=False):
                return day, "microdata"
    day = started or bylines.day(tree, parts, place)
    if is_plausible(day, guessed=True):
        return day, "page"
    if is_plausible(own, guessed=True):
        return own, "url"
    day = None if is_discussion else _guess(page)
    if not is_plausible(day, guessed=True) or day in changed | bylines.changed_days(segments.of(page)):
        return None, ""
    return day, "guess"


def _local(value: str, own: date | None) -> date | None:
    """Evening news carries the next day's date in UTC; the day in its own address is the newsroom's."""
    day = declared_day(value)
    in_utc = value.rstrip().endswith(("Z", "+00:00", "+0000"))
    return own if own and day and in_utc and own + timedelta(days=1) == day else day


def _guess(page: Any) -> date | None:
    import htmldate

    found = htmldate.find_date(page, extensive_search=False, original_date=True)
    return declared_day(found) if found else None


def _authors(
    head: _Head,
    told: json_ld.Declared,
    page: Any,
    tree: Any,
    parts: list[Segment],
    place: int | None,
    site: str,
    *,
    is_discussion: bool,
) -> tuple[str, ...]:
    """Who is declared, unless that is only the newsroom and the page names a person."""
    declared = _declared_authors(head, told, page, site)
    if is_discussion or (declared and not names.are_desks(declared, site=site)):
        return declared
    return bylines.authors(tree, parts, place, site=site) or declared


def _declared_authors(head: _Head, told: json_ld.Declared, page: Any, site: str) -> tuple[str, ...]:
    for given in (told.authors, *(tuple(head.metas.get(name, ())) for name in _AUTHORS)):
        found = names.clean(given, site=site)
        if found:
            return found
    values = []
    for element in page.xpath("//*[@itemprop='author'][not(ancestor::*[@itemprop='comment'])]")[:10]:
        inside = element.xpath(".//*[@itemprop='name']")
        values += [_value(each) for each in inside] or [_value(element)]
    return names.clean(values[:10], site=site)


def _languages(page: Any, head: _Head, told: json_ld.Declared) -> tuple[str, ...]:
    """The page's own words, the likeliest first; its text may say otherwise (pages.py)."""
    root = page if page.tag == "html" else page.find(".//html")
    lang = "" if root is None else root.get("lang") or root.get(_XML_LANG) or root.get("xml:lang") or ""
    metas = (head.first(["og:locale"]), head.first(["content-language", "language", "dc.language"]))
    codes = [re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", given.strip()) for given in (lang, *metas, told.language)]
    return tuple(dict.fromkeys(code.group().lower() for code in codes if code))

"""What a page says of itself in JSON-LD (schema.org), read tolerantly: real pages break the rules of JSON in a few known ways."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_MOST_CHARACTERS, _MOST_NODES = 2_000_000, 4000
_WRAPPERS = re.compile(
    r"^\s*(?://\s*|/\*\s*)?(?:<!\[CDATA\[|<!--)\s*(?:\*/)?|(?://\s*|/\*\s*)?(?:\]\]>|-->)\s*(?:\*/)?\s*$"
)
_TRAILING = re.compile(r",(\s*[}\]])")
_TAG = re.compile(r"<(?:/?(p|div|br|li|h[1-6])\b)?[^>]*>", re.IGNORECASE)
_ARTICLES = frozenset(
    "BlogPosting LiveBlogPosting SocialMediaPosting DiscussionForumPosting Report Question Dataset Legislation".split()
)
_WEAK = frozenset("WebPage ItemPage AboutPage VideoObject AudioObject PodcastEpisode Event Book Product".split())
# What stands below these is about other pages or parts of this one.
_ASIDE = frozenset(
    "itemListElement hasPart comment liveBlogUpdate isPartOf mentions citation relatedLink review".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """Empty where the page is silent."""

    headline: str = ""
    published: str = ""
    modified: str = ""
    authors: tuple[str, ...] = ()
    site: str = ""
    url: str = ""
    language: str = ""
    body: str = ""
    type: str = ""


def read(scripts: list[str], *, titles: tuple[str, ...] = (), url: str = "") -> Declared:
    """The item that is the page itself. `titles` and `url`, as the page gives them elsewhere, tell it from others."""
    nodes = [node for script in scripts for node in _nodes(script)]
    by_id = {str(node["@id"]): node for node, _aside in nodes if len(node) > 2 and "@id" in node}
    wanted = {_squeezed(title) for title in titles if title}
    ranked = sorted(nodes, key=lambda pair: _weight(pair[0], aside=pair[1], titles=wanted, url=url), reverse=True)
    if not ranked or _weight(ranked[0][0], aside=ranked[0][1], titles=wanted, url=url) <= 0:
        return Declared(site=_site({}, nodes, by_id))
    item = ranked[0][0]
    page = item.get("mainEntityOfPage")
    address = text(item.get("url")) or (text(page.get("@id")) if isinstance(page, dict) else text(page))
    return Declared(
        headline=text(item.get("headline") or item.get("name")),
        published=text(item.get("datePublished") or item.get("dateCreated") or item.get("uploadDate")),
        modified=text(item.get("dateModified")),
        authors=_names(item.get("author") or item.get("creator"), by_id),
        site=_site(item, nodes, by_id),
        url=address,
        language=text(item.get("inLanguage")),
        body=_body(item),
        type=_types(item)[0] if _types(item) else "",
    )


def _nodes(script: str) -> Iterator[tuple[dict[str, Any], bool]]:
    stack: list[tuple[Any, bool]] = [(_loaded(script), False)]
    count = 0
    while stack and count < _MOST_NODES:
        value, aside = stack.pop()
        count += 1
        if isinstance(value, list):
            stack += [(each, aside) for each in reversed(value)]
        elif isinstance(value, dict):
            if value.get("@type") or value.get("@id"):
                yield value, aside
            stack += [
                (below, aside or name in _ASIDE)
                for name, below in reversed(value.items())
                if isinstance(below, dict | list)
            ]


def _loaded(script: str) -> Any:
    source = script[:_MOST_CHARACTERS]
    for _round in range(2):
        source = _WRAPPERS.sub("", source)
    source = source.strip().rstrip(";")
    for attempt in (source, _TRAILING.sub(r"\1", source), html.unescape(source)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _types(node: dict[str, Any]) -> list[str]:
    given = node.get("@type")
    names = given if isinstance(given, list) else [given]
    return [str(name).rsplit("/", 1)[-1] for name in names if name]


def _weight(node: dict[str, Any], *, aside: bool, titles: set[str], url: str) -> int:
    types = _types(node)
    if any(name.endswith("Article") or name in _ARTICLES for name in types):
        weight = 20
    elif any(name in _WEAK for name in types):
        weight = 5
    else:
        return 0
    headline = _squeezed(text(node.get("headline") or node.get("name")))
    if headline and any(headline in title or title in headline for title in titles):
        weight += 8
    if url and url in (text(node.get("url")), text(node.get("@id")), text(node.get("mainEntityOfPage"))):
        weight += 6
    weight += 2 * ("datePublished" in node) + ("author" in node) + ("articleBody" in node)
    return weight - 30 * aside if "headline" in node or "datePublished" in node or weight > 8 else 0


def _site(item: dict[str, Any], nodes: list[tuple[dict[str, Any], bool]], by_id: dict[str, dict[str, Any]]) -> str:
    for node, _aside in nodes:
        if "WebSite" in _types(node) and text(node.get("name")):
            return text(node.get("name"))
    names = _names(item.get("publisher") or item.get("sourceOrganization"), by_id)
    return names[0] if names else ""


def _names(value: Any, by_id: dict[str, dict[str, Any]]) -> tuple[str, ...]:
    found: list[str] = []
    for each in (value if isinstance(value, list) else [value])[:30]:
        node = each
        if isinstance(each, dict) and not each.get("name"):
            node = by_id.get(str(each.get("@id")), each)
        name = node.get("name") if isinstance(node, dict) else node
        for written in name if isinstance(name, list) else [name]:
            named = text(written)
            if named and not named.startswith(("http://", "https://")) and named not in found:
                found.append(named)
    return tuple(found)


def _body(item: dict[str, Any]) -> str:
    updates = item.get("liveBlogUpdate")
    parts = [text(item.get("articleBody") or item.get("text"), lines=True)]
    for update in updates if isinstance(updates, list) else []:
        if isinstance(update, dict):
            parts += [text(update.get("headline")), text(update.get("articleBody"), lines=True)]
    return "\n\n".join(part for part in parts if part)


def text(value: Any, *, lines: bool = False) -> str:
    """Bare text: tags taken out, entities read (some sites write them twice)."""
    if isinstance(value, list):
        value = next((each for each in value if isinstance(each, str | dict)), "")
    if isinstance(value, dict):
        value = value.get("@value") or value.get("@id") or value.get("name") or ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(int(value))
    if not isinstance(value, str):
        return ""
    bare = html.unescape(value)
    if "<" in bare:
        bare = _TAG.sub(lambda tag: "\n" if tag.group(1) else "", bare)
    bare = html.unescape(bare)
    if not lines:
        return " ".join(bare.split())
    return "\n\n".join(" ".join(line.split()) for line in bare.split("\n") if line.strip())


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()

"""Which words of a page look like its heading, where no h1 says so; which h1 is only the site's name."""

import re
from typing import Any

from annotations.lib.fetching.segments import Segment, is_dense, squeezed

_BEFORE_TEXT = 120  # characters: a segment this long is the text, before which the heading stands
_CALLED = re.compile(r"(?:^|[-_\s])(?:\w*(?:title|headline|heading)|tit|bt|zagolovok)(?=$|[-_\s\d])", re.IGNORECASE)
_CALLED_OTHERWISE = re.compile(
    r"sub|site|page-?head|widget|block|menu|section|logo|sidebar|related|author", re.IGNORECASE
)
_LOGO = re.compile(
    r"(?:^|[-_\s])(?:logo(?:type)?|brand|masthead|site-?(?:title|name|logo|header)|blog-?title)(?=$|[-_\s\d])",
    re.IGNORECASE,
)
_KIND = re.compile(r"^(?:thread|topic|subject|тема|ветка|主题|主題|帖子|(?:ال)?موضوع)\s*[:：]\s*", re.IGNORECASE)
_FRONTS = frozenset(("/", "./", "index.html", "index.htm", "index.php", "./index.php"))
_LARGE = re.compile(
    r"font-size\s*:\s*(?:x+-large|(?:1[89]|[2-9]\d)(?:px|pt)|(?:1\.[4-9]|[2-9])\d*r?em|(?:1[4-9]|[2-9]\d)\d%)",
    re.IGNORECASE,
)


def by_look(parts: list[Segment]) -> str:
    """The first of the most striking lines before the text; "" where none strikes."""
    best, words = 0, ""
    sections = sum(part.owner.tag == "h2" for part in parts) > 1
    for part in parts[:60]:
        if len(part.text) >= _BEFORE_TEXT * 2 or (len(part.text) >= _BEFORE_TEXT and not _weight(part)):
            break
        weight = 0 if sections and part.owner.tag == "h2" else _weight(part)
        if weight > best and len(part.text) > 8 and (len(part.text.split()) > 2 or is_dense(part.text)):
            best, words = weight, part.text
    return words


def first(tree: Any, title: str) -> str:
    """The first h1 that is in the page's <title>, else the first that is not the site's name."""
    found = [
        (each, words) for each in tree.iter("h1") if (words := _KIND.sub("", " ".join(each.text_content().split())))
    ]
    named = [words for _each, words in found if squeezed(words) in squeezed(title)]
    own = [words for each, words in found if not _is_logo(each)] if len(found) > 1 else []
    both = [words for words in own if words in named]
    return next(iter([*both, *own, *named, *(words for _each, words in found)]), "")


def has_logo(tree: Any, h1: str) -> bool:
    """Whether this h1 names the site: by where it stands, by what it is called, or since it leads to the front page."""
    return any(_is_logo(each) for each in tree.iter("h1") if squeezed(h1) in squeezed(each.text_content()))


def leads_to_front(element: Any) -> bool:
    """A link to the site's front page, or a part of one."""
    for _step in range(3):
        if element is None:
            return False
        if element.tag == "a" and (element.get("href") or "") in _FRONTS:
            return True
        element = element.getparent()
    return False


def _is_logo(heading: Any) -> bool:
    if any((link.get("href") or "") in _FRONTS for link in heading.iter("a")):
        return True
    for element in (heading, *list(heading.iterancestors())[:3]):
        if element.tag in ("nav", "header") and element.find(".//p") is None and _holds_menu(element):
            return True
        if _LOGO.search(f"{element.get('id') or ''} {element.get('class') or ''}"):
            return True
    return False


def _holds_menu(element: Any) -> bool:
    return element.find(".//nav") is not None or len(element.findall(".//a")) > 3


def _weight(part: Segment) -> int:
    """Three for a line in large letters or called a title, one for a bold line."""
    weight, element = 0, part.owner
    for _step in range(4):
        if element is None or element.tag in ("body", "html"):
            break
        whole = len(" ".join(element.text_content().split())) <= len(part.text) + 5
        if not whole:
            break
        called = f"{element.get('id') or ''} {element.get('class') or ''}"
        large = element.tag == "font" and re.match(r"\+[1-9]|[4-7]", (element.get("size") or "").strip())
        titled = _CALLED.search(called) and not _CALLED_OTHERWISE.search(called)
        if element.tag in ("h1", "h2") or large or titled or _LARGE.search(element.get("style") or ""):
            weight = 3
        elif element.tag in ("b", "strong", "h3", "h4", "big", "center"):
            weight = max(weight, 1)
        element = element.getparent()
    return weight

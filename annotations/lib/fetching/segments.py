"""A page as a run of short texts between the borders of its blocks; where its heading stands among them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_BORDERS = frozenset(
    """address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section table tbody td tfoot th thead tr ul""".split()
)
_UNSEEN = frozenset("script style template iframe svg canvas noscript head button select".split())
_APART = frozenset("a span time abbr cite em i strong b small label".split())
_MOST = 4000


@dataclass(frozen=True, slots=True)
class Segment:
    """`owner`: the element in which it begins."""

    text: str
    owner: Any


def of(tree: Any) -> list[Segment]:
    """In the order of the page; the first four thousand."""
    found: list[Segment] = []
    words: list[str] = []
    owner: Any = None
    for text, element, border in _pieces(tree):
        if border and words:
            found.append(Segment(" ".join("".join(words).split()), owner))
            words, owner = [], None
            if len(found) >= _MOST:
                break
        if text.strip() or words:
            words.append(text)
            owner = element if owner is None else owner
    if words:
        found.append(Segment(" ".join("".join(words).split()), owner))
    return [segment for segment in found if segment.text]


def _pieces(tree: Any) -> Iterator[tuple[str, Any, bool]]:
    stack: list[tuple[Any, bool]] = [(tree, True)]
    while stack:
        element, opening = stack.pop()
        if opening:
            seen = isinstance(element.tag, str) and element.tag not in _UNSEEN
            if seen:
                yield element.text or "", element, element.tag in _BORDERS
            stack.append((element, False))
            if seen:
                stack += [(child, True) for child in reversed(element)]
        elif element is not tree:
            # Spans that touch in the markup ("<span>Name</span><span>2 May</span>") stand apart on the page.
            touching = not element.tail and element.tag in _APART and element.getnext() is not None
            yield " " if touching else element.tail or "", element.getparent(), element.tag in _BORDERS


def is_dense(text: str) -> bool:
    """Chinese or Japanese: as much is said in half of the letters, without spaces."""
    return bool(re.search("[\u3040-\u30ff\u3400-\u9fff]{6}", text))


def squeezed(text: str) -> str:
    """Letters and figures alone, for comparing headings."""
    return re.sub(r"\W+", "", text).casefold()


def heading_place(segments: list[Segment], title: str) -> int | None:
    """The last segment that is the title: before it may stand a menu or a path that names it too."""
    wanted = squeezed(title)
    if not wanted:
        return None
    places = [place for place, segment in enumerate(segments) if squeezed(segment.text) == wanted]
    marked = [place for place in places if is_heading(segments[place].owner)]
    if marked or places:
        return (marked or places)[0 if marked else -1]
    return next((place for place, segment in enumerate(segments) if is_heading(segment.owner, ("h1",))), None)


def is_heading(owner: Any, tags: tuple[str, ...] = ("h1", "h2")) -> bool:
    """Whether the element, or one of the three above it, is one of `tags`."""
    for _step in range(4):
        if owner is None:
            return False
        if owner.tag in tags:
            return True
        owner = owner.getparent()
    return False

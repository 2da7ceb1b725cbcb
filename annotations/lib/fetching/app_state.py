"""The article in the data of an application: pages that scripts write carry it as JSON (Next, Nuxt and their like)."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from annotations.lib.fetching import json_ld

_ASSIGNED = re.compile(
    r"(?:window|self|globalThis)\s*(?:\.\s*|\[\s*['\"])\w+(?:['\"]\s*\])?\s*=\s*(JSON\.parse\(\s*)?(?=[{\[\"])"
)
_MOST_CHARACTERS, _MOST_NODES, _DEPTH = 3_000_000, 40_000, 40
_PROSE = 40  # characters; half of it in Chinese
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_TITLE = ("headline", "title", "name")
_DAY = re.compile(
    r"(?:date_?)?(?:first_?)?(?:published?|publication|pub|display|release|post|created?)_?(?:at|on|date|time|dt)?|date|datetime|ptime",
    re.IGNORECASE,
)
_AUTHOR = re.compile(r"(?:by_?line|authors?|writers?|reporters?|creators?|credits?)(?:_?names?)?", re.IGNORECASE)
_TEXTUAL = re.compile(r"text|html|content|value|body|paragraphs?|p|blocks?|children|headline|heading", re.IGNORECASE)
_NOT_TEXT = re.compile(
    r"desc|excerpt|summary|teaser|seo|meta|caption|alt|url|href|src|css|style|script|related|recommend|comment",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Empty where it is silent."""

    title: str = ""
    published: str = ""
    authors: tuple[str, ...] = ()
    body: str = ""


def read(page: Any) -> State:
    """The part of the data that holds most of its prose."""
    values = [value for script in page.iter("script") if (value := _loaded(script)) is not None]
    best = State()
    for value in values:
        state = _state(value)
        if len(state.body) > len(best.body):
            best = state
    return best


def _loaded(script: Any) -> Any:
    text = (script.text or "").strip()
    kind = (script.get("type") or "").lower()
    if not 200 < len(text) < _MOST_CHARACTERS or "ld+json" in kind:
        return None
    assigned = None if kind == "application/json" else _ASSIGNED.search(text[:20_000])
    if kind != "application/json" and not assigned:
        return None
    try:
        value, _end = json.JSONDecoder(strict=False).raw_decode(text, assigned.end() if assigned else 0)
        return json.loads(value, strict=False) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        return None


def _state(value: Any) -> State:
    weights: dict[int, int] = {}
    total = _weigh(value, weights)
    if not total:
        return State()
    above: list[dict[str, Any]] = []
    node = value
    while True:
        if isinstance(node, dict):
            above.append(node)
        below = [each for each in _children(node) if isinstance(each, dict)]
        heaviest = max(below, key=lambda each: weights.get(id(each), 0), default=None)
        if heaviest is None or weights.get(id(heaviest), 0) < 0.6 * total or len(above) > _DEPTH:
            break
        node = heaviest
    own = list(reversed(above[-3:]))
    pieces = node if isinstance(node, dict) else {}
    name = max(pieces, key=lambda each: _weigh(pieces[each], weights, each), default="")
    body = list(_texts(node[name] if isinstance(node, dict) and name else node, name, [0]))
    return State(
        title=next((found for each in own for key in _TITLE if (found := _line(each.get(key)))), ""),
        published=next((found for each in own for found in _days(each)), ""),
        authors=next((names for each in own if (names := _authors(each))), ()),
        body="\n\n".join(dict.fromkeys(body)),
    )


def _children(node: Any) -> list[Any]:
    children = list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else []
    return [below for each in children for below in (each if isinstance(each, list) else [each])]


def _weigh(value: Any, weights: dict[int, int], name: str = "", depth: int = 0) -> int:
    """Characters of prose below; noted of every list and object."""
    if len(weights) > _MOST_NODES or depth > _DEPTH or _NOT_TEXT.search(name):
        return 0
    if isinstance(value, str):
        return len(value) if _is_prose(value) else 0
    if not isinstance(value, dict | list):
        return 0
    if id(value) not in weights:
        below = value.items() if isinstance(value, dict) else ((name, each) for each in value)
        weights[id(value)] = sum(_weigh(each, weights, str(key), depth + 1) for key, each in below)
    return weights[id(value)]


def _is_prose(text: str, least: int = _PROSE) -> bool:
    if len(text) < least // 2 or text.startswith(("http", "/", "{", "data:", "#")):
        return False
    dense = len(_DENSE.findall(text[:400]))
    return dense * 2 > least // 2 or (len(text) >= least and text[:400].count(" ") * 12 > min(len(text), 400))


def _texts(value: Any, name: str, count: list[int], depth: int = 0) -> Iterator[str]:
    count[0] += 1
    if count[0] > _MOST_NODES or depth > _DEPTH:
        return
    if isinstance(value, str):
        said = " " in value.strip() or _DENSE.search(value)  # a paragraph may be short, an identifier has no spaces
        if _is_prose(value, 16) or (said and _TEXTUAL.fullmatch(name) and not value.startswith(("http", "/", "{"))):
            yield json_ld.text(value, lines=True)
    elif isinstance(value, dict):
        for key, each in value.items():
            if not _NOT_TEXT.search(str(key)):
                yield from _texts(each, str(key), count, depth + 1)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each, name, count, depth + 1)


def _line(value: Any) -> str:
    return json_ld.text(value) if isinstance(value, str) and 1 < len(value) < 400 else ""


def _days(node: dict[str, Any]) -> Iterator[str]:
    for key, value in node.items():
        if _DAY.fullmatch(str(key)) and isinstance(value, str | int) and not isinstance(value, bool):
            yield str(value)


def _authors(node: dict[str, Any]) -> tuple[str, ...]:
    for key, value in node.items():
        if _AUTHOR.fullmatch(str(key)):
            given = value if isinstance(value, list) else [value]
            names = [each.get("name") or each.get("title") if isinstance(each, dict) else each for each in given]
            found = tuple(_line(each) for each in names if _line(each))
            if found:
                return found
    return ()

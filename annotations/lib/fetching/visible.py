"""The visible text of a page or a part of it, blocks on lines of their own and each row of a table on one line."""

import re
from typing import Any

from lxml import html  # type: ignore[import-untyped]

_MOST_TABLES, _MOST_CELLS = 300, 20_000
_LONG_CELL = 400  # characters: a table with longer cells lays a page out and holds no figures
_MOST_HIDDEN = 600  # characters
_STYLED_AWAY = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_OPENED = re.compile(
    r"accord|collaps|tab|toggle|expand|more|panel|spoiler|faq|answer|full|read|drop|slide|content|body", re.IGNORECASE
)
_BLOCKS = "p, div, br, ul, ol"


def of_markup(markup: str) -> str:
    """All that a reader can see, menus and footers too."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(markup)
    if tree.body is None:
        return ""
    _flatten_tables(tree)
    _drop_unseen(tree.body)
    for image in _all(tree.body, "img"):
        image.decompose()
    # Alternative texts are asked for (of none are left): without them this extractor drops whole figures and captions.
    text = extract_plain_text(
        tree, preserve_formatting=True, alt_texts=True, links=False, form_fields=False, noscript=True
    )
    return re.sub("\t[\t ]+", "\t", text)


def _drop_unseen(body: Any) -> None:
    """What is styled away and nothing on the page opens: no reader sees it, so it proves no quotation. Long blocks stay: scripts
    show them when the page is ready."""
    whole = 0
    for element in _all(body, "[hidden], [style]"):
        given = element.getattr("hidden")
        if given is None and not _STYLED_AWAY.search(element.getattr("style") or ""):
            continue
        whole = whole or len(body.text)
        size = len(element.text)
        named = " ".join(element.getattr(name) or "" for name in ("id", "class", "role", "aria-labelledby"))
        if size <= min(_MOST_HIDDEN, 0.3 * whole) and given != "until-found" and not _OPENED.search(named):
            element.decompose()


def _all(element: Any, selector: str) -> list[Any]:
    """A slice, since going through the found list one by one takes time by the square of its length."""
    found: list[Any] = element.query_selector_all(selector)[:]
    return found


def of_element(element: Any) -> str:
    """The same for an element of an lxml tree."""
    inside = html.tostring(element, encoding="unicode", with_tail=False)
    return of_markup(f"<html><body>{inside}</body></html>").strip("\n")


def rows(table: Any) -> list[list[str]]:
    """The cells of an lxml table that holds data; [] for one that lays out a page."""
    if table.find(".//table") is not None:
        return []
    found = []
    for row in table.iter("tr"):
        cells = [" ".join(cell.text_content().split()) for cell in row if cell.tag in ("td", "th")]
        if any(len(cell) > _LONG_CELL for cell in cells):
            return []
        if any(cells):
            found.append(cells)
    return found if len(found) > 1 and max(len(row) for row in found) > 1 else []


def _flatten_tables(tree: Any) -> None:
    """Blocks inside the cells of data tables would break their rows."""
    from resiliparse.extract.html2text import extract_plain_text

    tables = _all(tree.body, "table")
    if len(tables) > _MOST_TABLES:
        return
    for table in tables:
        if table.query_selector(_BLOCKS) is None or table.query_selector("table") is not None:
            continue
        cells = _all(table, "td, th")
        if not 4 <= len(cells) <= _MOST_CELLS or any(len(cell.text) > _LONG_CELL for cell in cells):
            continue
        for cell in cells:
            if cell.first_child is not None and cell.query_selector(_BLOCKS) is not None:
                words = extract_plain_text(cell.html, preserve_formatting=True, list_bullets=False, alt_texts=False)
                cell.text = " ".join(words.split())


def unlay(page: Any) -> None:
    """Tables of an lxml tree that lay the page out become plain blocks, so that no extractor takes them for data."""
    for table in [each for each in page.iter("table") if not rows(each)]:
        for element in [table, *table.iter("tbody", "thead", "tfoot", "tr", "td", "th")]:
            if element is table or next(element.iterancestors("table"), None) in (table, None):
                element.tag = "div"

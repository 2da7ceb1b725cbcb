"""Pages as sites really write them, in four languages: what each says of itself, and what is its text."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from annotations.lib.fetching import documents
from annotations.lib.folding import fold_text

PAGES = Path(__file__).resolve().parents[2] / "data" / "pages"
# Written by somebody who did not know how pages are read: each of the first kind showed a fault, or one that a remedy brought.
STRANGERS = Path(__file__).resolve().parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.toml"))
STRANGE = [f"pages/{path.stem}" for path in sorted(STRANGERS.glob("*.toml"))]
_ABOUT = ("title", "published", "date_source", "authors", "site", "language", "canonical_url")


def read(name: str) -> tuple[dict[str, Any], documents.ParsedDocument]:
    folder = STRANGERS.parent if "/" in name else PAGES
    wanted = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
    body = (folder / f"{name}.html").read_text(encoding="utf-8").encode(wanted.get("encoding", "utf-8"))
    return wanted, documents.read(body, declared_type=wanted.get("declared_type", "text/html"), file_name="")


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", [*NAMES, *STRANGE])
def test_what_a_page_says_of_itself(name: str) -> None:
    wanted, found = read(name)
    shown = {key: getattr(found, key) for key in _ABOUT if key in wanted}
    shown["authors"] = list(found.authors)
    assert shown == {key: wanted[key] for key in _ABOUT if key in wanted} | {"authors": wanted.get("authors", [])}


@pytest.mark.parametrize("name", [*NAMES, *STRANGE])
def test_the_text_of_a_page(name: str) -> None:
    wanted, found = read(name)
    main, full = flat(found.main_text), flat(found.full_text)
    assert [words for words in wanted["main"] if words not in main] == []
    assert [words for words in wanted.get("not_main", []) if words.strip() in main] == []
    assert [words for words in [*wanted["main"], *wanted["full"]] if words not in full] == []
    assert [words for words in wanted.get("not_full", []) if words in full] == []
    # What the main text says can be looked up: the quote check searches the full text.
    assert fold_text(" ".join(wanted["main"][:1])) in fold_text(full)


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith("-table")])
def test_a_row_of_a_table_is_a_line(name: str) -> None:
    wanted, found = read(name)
    for text in (found.main_text, found.full_text):
        lines = text.split("\n")
        for row in wanted["rows"]:
            assert any(_in_order(row, line) for line in lines), (row, text)


def _in_order(cells: list[str], line: str) -> bool:
    place = 0
    for cell in cells:
        found = line.find(cell, place)
        if found < 0:
            return False
        place = found + len(cell)
    return True

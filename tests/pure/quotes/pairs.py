"""Pages and quotes of `tests/data/quotes`, all written for this: one pair a line, with a word about what was done to it."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from annotations.sources.quotes import QuoteResult, check_quote

DATA = Path(__file__).parents[2] / "data" / "quotes"
FOUND = ("exact", "normalised", "near", "loose")


@dataclass(frozen=True)
class Pair:
    """`say`: the same as the page says, altered, or absent from it; `how`: what was done to the words."""

    page: str
    say: str
    how: str
    quote: str

    @property
    def language(self) -> str:
        return self.page.split("-")[0]

    @property
    def text(self) -> str:
        return page(self.page)

    def checked(self) -> QuoteResult:
        return check_quote(self.quote, full_text=self.text, language=self.language)

    def __str__(self) -> str:
        return f"{self.page}: {self.how}: {self.quote}"


@cache
def page(name: str) -> str:
    return (DATA / "pages" / f"{name}.txt").read_text(encoding="utf-8")


def pages() -> list[str]:
    return sorted(path.stem for path in (DATA / "pages").glob("*.txt"))


def pairs(name: str) -> list[Pair]:
    lines = (DATA / f"pairs_{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [Pair(**json.loads(line)) for line in lines]

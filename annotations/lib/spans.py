"""Half-open spans of Unicode code points, and the selectors that find one again (W3C Web Annotation)."""

from collections.abc import Iterable
from dataclasses import dataclass

CONTEXT = 32  # characters kept before and after a quote


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`text[start:end]`, in code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Selector:
    """TextPositionSelector and TextQuoteSelector in one."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


def select(text: str, start: int, end: int, *, context: int = CONTEXT) -> Selector:
    """The selector of `text[start:end]`; raises ValueError for an empty span or one outside the text."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"span {start}..{end} lies outside a text of {len(text)} characters")
    return Selector(start, end, text[start:end], text[max(0, start - context) : start], text[end : end + context])


def matches(text: str, selector: Selector) -> bool:
    """The selector's quote stands at its place."""
    return text[selector.start : selector.end] == selector.exact


def trim(text: str, start: int, end: int) -> Span:
    """The span without outer white space; an all-blank span becomes empty at `start`."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def breaches(text: str, spans: Iterable[Span]) -> list[str]:
    """What a segmenter may not do: overlap, run backwards, leave the text, be empty, or skip words."""
    found, last = [], 0
    for span in spans:
        if not 0 <= span.start < span.end <= len(text):
            found.append(f"{span.start}..{span.end} is empty or outside the text")
            continue
        if span.start < last:
            found.append(f"{span.start}..{span.end} overlaps or runs backwards")
        elif text[last : span.start].strip():
            found.append(f"words before {span.start} belong to no span")
        last = max(last, span.end)
    if text[last:].strip():
        found.append(f"words after {last} belong to no span")
    return found

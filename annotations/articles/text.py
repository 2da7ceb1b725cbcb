"""The text rules, so that offsets stay true: what came in, decoded, with line ends turned to LF, and nothing else changed."""

import hashlib
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from annotations.errors import InvalidInput, TooLarge
from annotations.lib.languages import text_direction
from annotations.lib.spans import trim

MOST_BYTES = 2_000_000
_LINE_ENDS = re.compile("\r\n?")
# PostgreSQL cannot hold U+0000, UTF-8 cannot hold lone surrogates.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LINE = re.compile("[^\n\x0b\x0c\x85\u2028\u2029]+")
_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL_NAMES = {
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
}


@dataclass(frozen=True, slots=True)
class NormalisedText:
    """The storable text and how many characters had to be replaced by U+FFFD (the reader is told)."""

    text: str
    replaced: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line with words in it; `direction` is that of its first strong letter, None when it has none."""

    start: int
    end: int
    direction: str | None


def normalise(raw: str) -> NormalisedText:
    """Line ends to LF, unstorable characters to U+FFFD. No NFC, no stripping: that would move offsets."""
    text, replaced = _UNSTORABLE.subn("\ufffd", _LINE_ENDS.sub("\n", raw))
    return NormalisedText(text, replaced)


def check_text(text: str) -> None:
    """Raises InvalidInput for a text without words, TooLarge above 2 MB of UTF-8."""
    if not text.strip():
        raise InvalidInput("text_empty", _("There is no text. Paste the article's text."), pointer="/text")
    size = len(text.encode())
    if size > MOST_BYTES:
        raise TooLarge(
            "text_too_long",
            _("The text is %(size).1f MB long; at most 2 MB. Split it into several articles.")
            % {"size": size / 1_000_000},
            pointer="/text",
        )


def paragraphs(text: str) -> list[Paragraph]:
    """Every line that holds words, without outer white space."""
    found = []
    for line in _LINE.finditer(text):
        span = trim(text, line.start(), line.end())
        if len(span):
            found.append(Paragraph(span.start, span.end, text_direction(text[span.start : span.end])))
    return found


def digest(text: str) -> str:
    """SHA-256 of the text's UTF-8, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def visible_controls(text: str) -> list[tuple[int, str]]:
    """Bidi overrides and isolates, to be shown and not obeyed: (offset, short name)."""
    return [(match.start(), _CONTROL_NAMES[match.group()]) for match in _CONTROLS.finditer(text)]

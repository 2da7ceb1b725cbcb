"""Who says it: report verbs, "according to", quotation marks; inherited by quoted sentences of the same paragraph."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from annotations.claims.segmenters import Kind
from annotations.claims.segmenters.words.reporting import ACCORDING, AR_NAME_ENDS, PRONOUNS, THAT, VERBS
from annotations.lib.spans import Span, trim

_QUOTES = re.compile('«[^«»]{1,600}»|“[^“”]{1,600}”|„[^„“]{1,600}“|"[^"\n]{2,600}"|「[^「」]{1,600}」')
_WORD = re.compile(r"[^\s،,.;؛:«»“”\"„()!?؟]+")
_BORDER = re.compile(r"[،,.;؛:«»“”\"„()!?؟—–]")
_LONGEST_NAME = 12  # words


@dataclass(frozen=True, slots=True)
class Voice:
    """How a sentence speaks."""

    kind: Kind = "narrator"
    claimant: Span | None = None
    inherited: bool = False
    quotes: tuple[Span, ...] = ()


def attribute(text: str, spans: Sequence[Span], language: str) -> dict[Span, Voice]:
    """The voice of every sentence; a quoted one without a cue takes the claimant of the one before in its paragraph."""
    found: dict[Span, Voice] = {}
    last: Voice | None = None
    for place, span in enumerate(spans):
        if place and "\n" in text[spans[place - 1].end : span.start]:
            last = None
        quotes = tuple(Span(match.start(), match.end()) for match in _QUOTES.finditer(text, span.start, span.end))
        cue = _cue(text, span, language)
        quoted = sum(len(quote) for quote in quotes)
        if cue is None and quotes and last and last.claimant and quoted * 2 > len(span):
            voice = Voice("direct", last.claimant, True, quotes)
        elif cue is None:
            voice = Voice("narrator", None, False, quotes)
        else:
            kind: Kind = "indirect" if not quotes else "direct" if quoted * 2 > len(span) else "mixed"
            claimant, inherited = cue.claimant, False
            if claimant and text[claimant.start : claimant.end].lower() in PRONOUNS and last and last.claimant:
                claimant, inherited = last.claimant, True
            voice = Voice(kind, claimant, inherited, quotes)
        found[span] = voice
        if voice.kind != "narrator":
            last = voice
    return found


@dataclass(frozen=True, slots=True)
class _Cue:
    claimant: Span | None


def _cue(text: str, span: Span, language: str) -> _Cue | None:
    according = _according(text, span, language)
    if according:
        return according
    verbs = VERBS.get(language)
    if not verbs:
        return None
    words = [
        match for match in _WORD.finditer(text, span.start, span.end) if not _inside_quote(text, span, match.start())
    ]
    for place, match in enumerate(words):
        word = match.group().lower()
        if word in verbs or (language == "ar" and word[:1] in "وف" and word[1:] in verbs):
            if language == "ar":
                return _Cue(_arabic_name(text, words, place))
            speaker = _name_before(text, words, place, span)
            if _says_something(text, words, place, span, language):
                return _Cue(speaker or _name_after(text, words, place))
    return None


def _says_something(text: str, words: list[re.Match[str]], place: int, span: Span, language: str) -> bool:
    """A report verb reports when a clause, a quotation or a comma goes with it."""
    after = text[words[place].end() : span.end][:60].lower()
    that = THAT.get(language, frozenset())
    if any(re.match(rf"[^.]{{0,40}}?\b{re.escape(word)}\b", after) for word in that):
        return True
    if re.match(r"\s*[:,،]?\s*[«“„\"]", after) or re.match(r"\s*:", after):
        return True
    before = text[span.start : words[place].start()]
    if re.search(r"[»”“\",]\s*\S*(?:\s+\S+){0,6}\s*$", before) and len(before) > 15:
        return True
    return (
        language in ("en",)
        and re.match(r"\s+(?:he|she|they|it|we|i|the|there|his|her|their|this)\b", after) is not None
    )


def _according(text: str, span: Span, language: str) -> _Cue | None:
    inside = text[span.start : span.end].lower()
    for phrase in ACCORDING.get(language, ()):
        match = re.search(rf"(?<!\w){re.escape(phrase)}", inside)
        if match:
            start = span.start + match.end()
            border = _BORDER.search(text, start + 1, span.end)
            end = border.start() if border else span.end
            name = trim(text, start, min(end, start + 80))
            return _Cue(name if len(name) else None)
    return None


def _inside_quote(text: str, span: Span, place: int) -> bool:
    return any(match.start() < place < match.end() for match in _QUOTES.finditer(text, span.start, span.end))


def _arabic_name(text: str, words: list[re.Match[str]], place: int) -> Span | None:
    """Verb first: the speaker runs to the first particle, preposition, comma, colon or quotation mark."""
    first = last = None
    for match in words[place + 1 : place + 1 + _LONGEST_NAME]:
        previous = last or words[place]
        if _BORDER.search(text, previous.end(), match.start()) or match.group() in AR_NAME_ENDS:
            break
        if last is not None and match.group().startswith("ب") and len(match.group()) > 3:
            break
        first = first or match
        last = match
    return Span(first.start(), last.end()) if first and last else None


def _name_before(text: str, words: list[re.Match[str]], place: int, span: Span) -> Span | None:
    first = last = None
    for match in reversed(words[max(0, place - _LONGEST_NAME) : place]):
        if _BORDER.search(text, match.end(), (first or words[place]).start()):
            break
        last = last or match
        first = match
    if first is None or last is None:
        return None
    return Span(first.start(), last.end())


def _name_after(text: str, words: list[re.Match[str]], place: int) -> Span | None:
    first = last = None
    for match in words[place + 1 : place + 8]:
        if _BORDER.search(text, (last or words[place]).end(), match.start()):
            break
        first = first or match
        last = match
    return Span(first.start(), last.end()) if first and last else None

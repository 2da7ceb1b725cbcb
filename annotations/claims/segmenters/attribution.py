"""Who says it: report verbs, "according to", quotation marks; inherited by quoted sentences of the same paragraph."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from annotations.claims.segmenters import Kind
from annotations.claims.segmenters.cues import find_cue
from annotations.claims.segmenters.words.reporting import PRONOUNS, VERBS
from annotations.claims.segmenters.words.speech import AR_NAMED
from annotations.lib.spans import Span, trim

# A straight mark opens before a word and closes behind one, so that an unbalanced one does not turn the rest inside out.
_QUOTES = re.compile(
    "«[^«»\n]{1,3000}»|“[^“”\n]{1,3000}”|„[^„“”\n]{1,3000}[“”]"
    r'|(?<!\w)"(?=[^\s"])[^"\n]{1,3000}(?<=\S)"(?!\w)'
    "|``[^`\n]{2,600}''|「[^「」\n]{1,3000}」"
)
_CLAUSE = 3  # words of a quotation that is a statement, not a term
_DASH = ("—", "–", "- ")
_RU_VERB = re.compile(r"\s+[а-яё]+(?:ет|ит|л|ла|ло|ли)(?:ся|сь)?\s")
_VERBS = frozenset().union(*VERBS.values())
_LAST_WORD = re.compile(r"(\w+)\s*$")


_start, _end = attrgetter("start"), attrgetter("end")


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
    quotes: list[Span] = []
    names: list[Span] = []
    for match in _QUOTES.finditer(text):
        quote = Span(match.start(), match.end())
        (names if _is_name(text, quote) else quotes).append(quote)
    bare = _without_marks(text, names)
    several: dict[Span, list[Span]] = {}  # quotations over more than one sentence
    for place, span in enumerate(spans):
        if place and "\n" in text[spans[place - 1].end : span.start]:
            last = None
        inside = []
        for quote in _within(quotes, span):
            if quote.start < span.start or span.end < quote.end:
                several.setdefault(quote, []).append(span)
            inside.append(trim(text, max(quote.start, span.start), min(quote.end, span.end)))
        voice = _voice(bare, span, tuple(inside), last, language)
        if names and voice.claimant and not voice.inherited:
            voice = replace(voice, claimant=_with_marks(voice.claimant, _within(names, span)))
        found[span] = voice
        if voice.kind != "narrator":
            last = voice
    for touched in several.values():
        _look_ahead(touched, found)
    return found


def _within(sorted_spans: Sequence[Span], span: Span) -> Sequence[Span]:
    """Those that touch the span; they do not overlap each other."""
    first = bisect_right(sorted_spans, span.start, key=_end)
    return sorted_spans[first : bisect_left(sorted_spans, span.end, lo=first, key=_start)]


def _look_ahead(touched: Sequence[Span], found: dict[Span, Voice]) -> None:
    """A quotation over several sentences whose speaker is named behind it."""
    closing = found[touched[-1]]
    if closing.kind == "narrator" or closing.claimant is None:
        return
    for span in touched[:-1]:
        if found[span].kind == "narrator":
            found[span] = Voice("direct", closing.claimant, True, found[span].quotes)


def _voice(text: str, span: Span, quotes: tuple[Span, ...], last: Voice | None, language: str) -> Voice:
    quoted = sum(len(quote) for quote in quotes)
    cue = find_cue(text, span, quotes, language)
    if cue is None:
        if last and last.claimant and quoted * 2 > len(span):
            return Voice("direct", last.claimant, True, quotes)
        return Voice("narrator", None, False, quotes)
    kind = _kind(text, span, quotes)
    named = cue.claimant and text[cue.claimant.start : cue.claimant.end].lower() not in PRONOUNS
    if not named and not cue.hearsay and last and last.claimant:
        return Voice(kind, last.claimant, True, quotes)
    return Voice(kind, cue.claimant, False, quotes)


def _kind(text: str, span: Span, quotes: Sequence[Span]) -> Kind:
    if not quotes:  # a line of dialogue has a dash for its mark
        return "direct" if text.startswith(_DASH, span.start) else "indirect"
    return "direct" if _is_direct(text, span, quotes) else "mixed"


def _without_marks(text: str, names: Sequence[Span]) -> str:
    """The text with blanks for the marks around names, so that they are neither borders nor quotations."""
    pieces, last = [], 0
    for name in names:
        pieces += [text[last : name.start], " ", text[name.start + 1 : name.end - 1], " "]
        last = name.end
    return "".join([*pieces, text[last:]]) if names else text


def _with_marks(claimant: Span, names: Sequence[Span]) -> Span:
    """Both marks of a name belong to who bears it."""
    start, end = claimant.start, claimant.end
    for name in names:
        if start < name.end and name.start < end:
            start, end = min(start, name.start), max(end, name.end)
    return Span(start, end)


def _is_name(text: str, quote: Span) -> bool:
    """صحيفة «الحياة», завод «Газпром»: a short name in marks, not what somebody said."""
    inside = text[quote.start + 1 : quote.end - 1].split()
    if not inside or len(inside) > _CLAUSE or inside[-1][-1] in ".,!?؟،…":
        return False
    before = _LAST_WORD.search(text, max(0, quote.start - 30), quote.start)
    if text[quote.start] == "`":
        return False
    if before is None:  # «Газпром» увеличил добычу
        return len(inside) == 1 and inside[0][:1].isupper() and _RU_VERB.match(text, quote.end) is not None
    word = before.group(1)
    if word in ("ل", "لـ"):
        return True
    if word.lower() in _VERBS:
        return False  # said “No”
    if word in AR_NAMED or word.removeprefix("ل").removeprefix("ال") in AR_NAMED:
        return True
    return inside[0][:1].isupper() and inside[-1][:1].isupper()


def _is_direct(text: str, span: Span, quotes: Sequence[Span]) -> bool:
    """Whole words of somebody: they open the sentence, follow a colon or a comma, or are most of it. Else words woven in."""
    if sum(len(quote) for quote in quotes) * 2 > len(span):
        return True
    first, last = quotes[0], quotes[-1]
    opening = text[first.start : first.end]
    if (
        first.start == span.start
        and " " in opening
        and (opening[-2] in ",!?،" or text[first.end : first.end + 1] in (",", "،"))
    ):
        return True  # “Nobody came,” she said
    if first.start == span.start and last is not first and last.end >= span.end - 1:
        return True  # the name stands in the middle
    before = text[span.start : first.start].rstrip()
    if before[-1:] in (":", "："):
        return True
    return len(text[first.start : first.end].split()) >= _CLAUSE and (not before or before[-1] in ":،,：，")

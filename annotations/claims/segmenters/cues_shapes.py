"""Shapes of sentences that report, whatever their verb: behind a quotation, pointing back, "as the mayor says"."""

import re
from collections.abc import Sequence

from annotations.claims.segmenters import speakers
from annotations.claims.segmenters.cue import Cue, Word, last_border, same_clause
from annotations.claims.segmenters.words import reporting as words
from annotations.claims.segmenters.words import speech
from annotations.lib.spans import Span

_ANY_VERB = {language: re.compile(pattern) for language, pattern in speech.AFTER_QUOTATION.items()}
_POINTS_BACK = {language: re.compile(pattern) for language, pattern in speech.POINTS_BACK.items()}
_FAR = 200  # characters of a clause before its verb
_COMMA_NEAR = re.compile(r"[^,;:.]{0,60},|[^,;:.]{0,60}[.]?$")


def behind_quotation(text: str, span: Span, quotes: Sequence[Span], found: Sequence[Word], language: str) -> Cue | None:
    """Any verb between a quotation and a name that ends the sentence: no list holds them all."""
    verb = _ANY_VERB.get(language)
    if verb is None or not quotes or text[quotes[-1].start] == "`":
        return None
    end = quotes[-1].end if quotes[0].start > span.start else quotes[0].end
    place = first = next((place for place, word in enumerate(found) if word.span.start >= end), len(found))
    while place < len(found) - 1 and found[place].folded in words.BETWEEN.get(language, ()):
        place += 1
    if place + 1 >= len(found) or not same_clause(text, found[place], found[place + 1]):
        return None
    word = text[found[place].span.start : found[place].span.end]
    between = text[end - 2 : found[first].span.start]
    if not re.search("[,—–]" if language != "ru" else "[—–]", between) or not verb.fullmatch(word):
        return None
    following = found[place + 1]
    named = text[following.span.start].isupper() or following.folded in words.DETERMINERS
    if not named and language != "ru":
        return None
    return Cue(speakers.behind(text, [each.span for each in found], place))


def points_back(text: str, span: Span, found: Sequence[Word], place: int, language: str) -> bool:
    """ "Así lo anunció el ministro", "Об этом сообщил мэр": the sentence before is what was said."""
    pattern = _POINTS_BACK.get(language)
    if pattern is None or not 0 < place < 5 or found[place].folded in speech.BELIEF:
        return False
    start = found[place].span.start
    before = text[last_border(text, span.start, start) : start].lower().split()
    between = words.BETWEEN.get(language, frozenset())
    while len(before) > 1 and (before[-1] in between or before[-1] in speech.LEADS) and before[-1] != "lo":
        before.pop()
    return pattern.fullmatch(" ".join(before)) is not None


def as_clause(text: str, span: Span, word: Word, language: str) -> bool:
    """ "Wie die Polizei mitteilte, …", "Как сообщает ТАСС, …"."""
    start = max(span.start, word.span.start - _FAR)
    before = text[last_border(text, start, word.span.start) : word.span.start].lower().split()
    if not before or not speech.AS.get(language, frozenset()) & set(before[:3] if language == "es" else before[:1]):
        return False
    if language in ("en", "de", "nl") and len(before) < 2:
        return False  # "as expected"
    return _COMMA_NEAR.match(text, word.span.end, span.end) is not None


def among(text: str, found: Sequence[Word], place: int, language: str) -> Span | None:
    """ "Как рассказали в полиции": no name, but a place whose people say so."""
    if language != "ru" or not found[place].folded.endswith(("ли", "ют", "ят")):
        return None
    if len(found) < place + 3 or found[place + 1].folded not in ("в", "на", "во"):
        return None
    last = place + 2
    while last + 1 < len(found) and last < place + 6 and same_clause(text, found[last], found[last + 1]):
        last += 1
    return Span(found[place + 2].span.start, found[last].span.end)

"""Where the name of a speaker begins and ends, around a word that reports."""

import re
from collections.abc import Sequence

from annotations.claims.segmenters.words import reporting as words
from annotations.lib.spans import Span, trim

_LONGEST = 16  # words
_BORDER = re.compile(r"[،,;؛:«»“”\"„()!?؟—–]|\.(?=\s|$)")
_VERBAL = words.FINITE | frozenset("cost costs rose fell came went made took gave got had became".split())
_SHORT = re.compile(r"(?:\b[^\W\d_]{1,4})\.\s*$")


def speaker(text: str, span: Span, found: Sequence[Span], place: int, language: str, after_quote: bool) -> Span | None:
    """The name before the verb, an apposition left out; or behind it, where the quotation comes first."""
    if after_quote and not _closes_apposition(text, span, found, place):
        return _behind(text, found, place) or _before(text, found, place, language)
    return _before(text, found, place, language) or _behind(text, found, place)


def _closes_apposition(text: str, span: Span, found: Sequence[Span], place: int) -> bool:
    """ "Ida Marsh, the mayor, said the bridge …": the comma before the verb closes what an earlier comma opened."""
    before = text[span.start : found[place].start].rstrip()
    rest = text[found[place].end : span.end].split()
    if not before.endswith(",") or "," not in before[:-1] or len(rest) < 3:
        return False
    reported = " ".join(rest[1:]).lower()
    return rest[0][:1] in '“"«„' or rest[0].lower() == "that" or any(f" {word} " in f" {reported} " for word in _VERBAL)


def _folded(text: str, span: Span) -> str:
    return text[span.start : span.end].lower()


def _border(text: str, left: Span, right: Span) -> str:
    """What ends a name between two words; the full stop of "Mr." does not."""
    between = text[left.start : right.start]
    match = _BORDER.search(between, len(left))
    if match is None:
        return ""
    if match.group() == "." and _SHORT.search(between[: match.end()]):
        return ""
    return match.group()


def _before(text: str, found: Sequence[Span], place: int, language: str) -> Span | None:
    between = words.BETWEEN.get(language, frozenset())
    last = place - 1
    while last >= 0 and _folded(text, found[last]) in between and not _border(text, found[last], found[last + 1]):
        last -= 1
    if last < 0:
        return None
    border = _border(text, found[last], found[last + 1])
    if border == ",":
        name = last
        last = _over_apposition(text, found, last)
        if last < 0:
            return None
        if _is_name_behind_role(text, found, last, name):
            return Span(found[_begin(text, found, last)].start, found[name].end)
    elif border:
        return None
    first = _begin(text, found, last)
    if 0 < first < last and _is_relative(text, found, first):
        last = first - 1  # "The union that represents teachers said": the name before the clause
        first = _begin(text, found, last)
    if first == last and _folded(text, found[first]) in words.RELATIVES and first > 0:
        last = first - 1  # "Ida Marsh, who said": the name before the pronoun
        first = _begin(text, found, last)
    while first < last and _folded(text, found[first]) in words.CLAUSE_STARTS:
        first += 1
    if _folded(text, found[first]) in words.CLAUSE_STARTS:
        return None
    return Span(found[first].start, found[last].end)


def _is_relative(text: str, found: Sequence[Span], place: int) -> bool:
    """A pronoun that follows a name, not a report verb ("said that")."""
    before = _folded(text, found[place - 1])
    return (
        _folded(text, found[place]) in ("that", "who", "which")
        and not _border(text, found[place - 1], found[place])
        and before not in words.VERBS["en"]
        and before not in _VERBAL
    )


def _is_name_behind_role(text: str, found: Sequence[Span], before: int, last: int) -> bool:
    """ "A spokesman for the port, Karl Brenner, said": the apposition is the name."""
    names = [text[span.start : span.end] for span in found[before + 1 : last + 1]]
    role = _folded(text, found[_begin(text, found, before)])
    return 1 < len(names) <= 4 and all(name[:1].isupper() for name in names) and role in words.DETERMINERS


def _over_apposition(text: str, found: Sequence[Span], last: int) -> int:
    """ "Ida Marsh, the mayor, said": from the comma before the verb to the word before the other comma; -1 when there is none."""
    for place in range(last, max(0, last - _LONGEST), -1):
        if _border(text, found[place - 1], found[place]) == ",":
            return place - 1
    return -1


def _begin(text: str, found: Sequence[Span], last: int) -> int:
    first = last
    while first > 0 and last - first < _LONGEST and not _border(text, found[first - 1], found[first]):
        if _folded(text, found[first]) in words.CLAUSE_STARTS and first < last:
            break
        first -= 1
    return first


def _behind(text: str, found: Sequence[Span], place: int) -> Span | None:
    first = last = place
    if place + 1 < len(found) and _folded(text, found[place + 1]) in words.WHEN:
        first = last = place + 1
    for each in range(first + 1, min(len(found), first + 1 + _LONGEST)):
        if _border(text, found[each - 1], found[each]) or _folded(text, found[each]) in words.NAME_STOPS:
            break
        last = each
    if last > first + 1 and _folded(text, found[last]) in words.PARTICLES:
        last -= 1
    return Span(found[first + 1].start, found[last].end) if last > first else None


def after_phrase(text: str, start: int, end: int, language: str) -> Span | None:
    """The name after "according to": a name as long as its words are capitalised, anything else up to a border."""
    border = _BORDER.search(text, start, end)
    while border is not None and border.group() == "." and _SHORT.search(text[start : border.end()]):
        border = _BORDER.search(text, border.end(), end)
    name = trim(text, start, min(border.start() if border else end, start + 120))
    if language == "ar":
        for match in re.finditer(r"\S+", text[name.start : name.end]):
            if match.start() and match.group() in words.AR_THAT:
                name = trim(text, name.start, name.start + match.start())
                break
    elif text[name.start : name.start + 1].isupper():
        name = _capitalised(text, name)
    return name if len(name) else None


def _capitalised(text: str, name: Span) -> Span:
    last = name.start
    for match in re.finditer(r"\S+", text[name.start : name.end]):
        word = match.group()
        if word[:1].isupper() or word[:1].isdigit():
            last = name.start + match.end()
        elif len(word) > 3 or word.lower() in ("the", "a", "an"):
            break
    return Span(name.start, max(last, name.start + 1))


def arabic(text: str, found: Sequence[Span], folded: Sequence[str], place: int) -> Span | None:
    """Verb first: the speaker runs to the first particle, preposition, comma, colon or quotation mark."""
    last = place
    for each in range(place + 1, min(len(found), place + 1 + _LONGEST)):
        if _border(text, found[each - 1], found[each]) or folded[each] in words.AR_NAME_ENDS:
            break
        if each > place + 1 and (folded[each].startswith(("بال", "لل")) or folded[each] in words.AR_ADDRESSED):
            break
        last = each
    bare = folded[place][1:] if folded[place] not in words.VERBS["ar"] else folded[place]
    reported = folded[last + 1] if last + 1 < len(folded) else ""
    if bare in words.AR_TRANSITIVE and last == place + 1 and reported.startswith("ب"):
        return None  # one noun and "بأنها": it is spoken of
    if last > place:
        return Span(found[place + 1].start, found[last].end)
    return _arabic_subject(text, found, folded, place)


def _arabic_subject(text: str, found: Sequence[Span], folded: Sequence[str], place: int) -> Span | None:
    """The subject before its verb, where the clause begins with a particle that wants it there."""
    for opener in range(min(place, 4)):
        if folded[opener] in words.AR_BEFORE_SUBJECT:
            last = opener
            for each in range(opener + 1, min(place, opener + 8)):
                if each > opener + 1 and (
                    _border(text, found[each - 1], found[each]) or folded[each] in words.AR_NAME_ENDS
                ):
                    break
                last = each
            return Span(found[opener + 1].start, found[last].end) if last > opener else None
    return None

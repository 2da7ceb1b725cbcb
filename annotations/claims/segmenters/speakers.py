"""Where the name of a speaker begins and ends, around a word that reports."""

import itertools
import re
from collections.abc import Sequence

from annotations.claims.segmenters.words import reporting as words
from annotations.claims.segmenters.words import speech
from annotations.lib.spans import Span, trim

_LONGEST = 16  # words
_DE_HAVE = ("hat", "haben", "hatte", "hatten")
_APART = {",": ",", "—": "—", "–": "–", ")": "("}  # what closes an apposition, and what opened it
_SUBJECT_FIRST = 9  # words
_BORDER = re.compile(r"(?<!\d),|,(?!\d)|[،;؛:«»“”„()!?؟—–]|(?<!\w)\"|\"(?!\w)|(?<=\s)-(?=\s)|\.(?=\s|$)")
_VERBAL = words.FINITE | frozenset("cost costs rose fell came went made took gave got had became".split())
_THAT = frozenset().union(*words.THAT.values())
# ", Yolanda Díaz, (ha)": a bare name between commas, before a verb.
NAME_APART = re.compile(
    r",\s*(?:[^\W\d_a-z][\w.'’-]+\s+){1,3}(?:(?:de|del|la|van|von)\s+)*[^\W\d_a-z][\w'’-]+\s*,\s*(?:\w{1,3}\s+)?$"
)
_SHORT = re.compile(r"(?:\b[^\W\d_]{1,4})\.\s*$")


def speaker(text: str, span: Span, found: Sequence[Span], place: int, language: str, after_quote: bool) -> Span | None:
    """The name before the verb, an apposition left out; or behind it, where the quotation comes first."""
    if _folded(text, found[place]) in speech.ADDRESSING:
        return subject(text, found, place, language)
    if after_quote and not _closes_apposition(text, span, found, place, language):
        return behind(text, found, place) or subject(text, found, place, language)
    return subject(text, found, place, language) or behind(text, found, place)


def subject(text: str, found: Sequence[Span], place: int, language: str, *, turned: bool = True) -> Span | None:
    """The name before the verb. Where only "Am Montag", "En Madrid" stands there, the one behind it if it may be `turned`."""
    name = _before(text, found, place, language)
    if name is None:
        return None
    parts = list(re.finditer(r"\S+", text[name.start : name.end]))
    lower = [part.group().lower() for part in parts]
    if language == "de":  # "Forscher haben in Ulm herausgefunden": the name ends at the auxiliary
        parts = parts[: next((place for place, word in enumerate(lower) if place and word in _DE_HAVE), len(parts))]
        name = Span(name.start, name.start + parts[-1].end())
    first = 0
    while first < len(parts):
        if lower[first] in speech.LEADS:
            first += 1
        elif first + 1 < len(parts) and lower[first + 1] in speech.WEEKDAYS:
            first += 2  # в среду, el lunes, on Monday
        else:
            break
    if first == len(parts):
        return behind(text, found, place) if turned else None
    if lower[first] in speech.OPENERS.get(language, ()):
        return behind(text, found, place) or name if turned else None
    return Span(name.start + parts[first].start(), name.end)


def _closes_apposition(text: str, span: Span, found: Sequence[Span], place: int, language: str) -> bool:
    """ "Ida Marsh, the mayor, said the bridge …": the comma before the verb closes what an earlier comma opened."""
    between = words.BETWEEN.get(language, frozenset())
    first = place
    while first > 0 and _folded(text, found[first - 1]) in between:
        first -= 1
    before = text[span.start : found[first].start].rstrip()
    rest = text[found[place].end : span.end].split()
    if not before.endswith(",") or "," not in before[:-1] or len(rest) < 3:
        return False
    if NAME_APART.search(text, span.start, found[first].start):
        return True
    if rest[0][:1] in '“"«„' or any(
        each.lower() in _THAT or each.lower().startswith(("qu'", "qu’")) for each in rest[:5]
    ):
        return True
    if language != "en":
        return False
    return any(word in _VERBAL or word.endswith("ed") for word in (each.lower() for each in rest[1:]))


def _folded(text: str, span: Span) -> str:
    return text[span.start : span.end].lower()


def _border(text: str, left: Span, right: Span) -> str:
    """What ends a name between two words; the full stop of "Mr." does not."""
    between = text[left.start : right.start + 1]  # a comma between digits is none, so the next character is looked at
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
    if border in _APART:
        name = last
        last = _over_apposition(text, found, last, _APART[border])
        if last < 0:
            return None
        if border == "," and _is_name_behind_role(text, found, last, name):
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


def _over_apposition(text: str, found: Sequence[Span], last: int, opening: str) -> int:
    """ "Ida Marsh, the mayor, said": from the comma before the verb to the word before the other comma; -1 when there is none."""
    for place in range(last, max(0, last - _LONGEST), -1):
        if _border(text, found[place - 1], found[place]) == opening:
            return place - 1
    return -1


def _begin(text: str, found: Sequence[Span], last: int) -> int:
    first = last
    while first > 0 and last - first < _LONGEST and not _border(text, found[first - 1], found[first]):
        if _folded(text, found[first]) in words.CLAUSE_STARTS and first < last:
            break
        first -= 1
    return first


_STOPS = words.NAME_STOPS | _THAT


def behind(text: str, found: Sequence[Span], place: int) -> Span | None:
    """The name that follows its verb."""
    first = last = place
    if place + 1 < len(found) and _folded(text, found[place + 1]) in words.WHEN:
        first = last = place + 1
    for each in range(first + 1, min(len(found), first + 1 + _LONGEST)):
        if _border(text, found[each - 1], found[each]) or _folded(text, found[each]) in _STOPS:
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
    elif border is None or border.group() != ",":
        name = _until_stop(text, name)
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


def _until_stop(text: str, name: Span) -> Span:
    """No comma closes the phrase: up to a preposition before a small letter, or a finite verb."""
    parts = list(re.finditer(r"\S+", text[name.start : name.end]))
    for part, following in itertools.pairwise(parts[1:]):
        word = part.group().lower()
        if word in words.FINITE or (word in words.NAME_STOPS and following.group()[:1].islower()):
            return trim(text, name.start, name.start + part.start())
    return name


def arabic(text: str, found: Sequence[Span], folded: Sequence[str], place: int) -> Span | None:
    """Verb first: the speaker runs to the first particle, preposition, comma, colon or quotation mark."""
    first = place + 1
    if first + 1 < len(found) and folded[first] in speech.AR_TO_WHOM:
        first += 1  # قال لي أحد الأطباء
    last = first - 1
    bare = folded[place][1:] if folded[place] not in words.VERBS["ar"] else folded[place]
    for each in range(first, min(len(found), first + _LONGEST)):
        if _border(text, found[each - 1], found[each]) or folded[each] in words.AR_NAME_ENDS:
            break
        if each > first and (_ends_arabic_name(folded[each]) or _ends_actor(bare, folded[each])):
            break
        last = each
    if bare in speech.AR_ACCUSING and last > first:
        last -= 1  # the accused, as far as one word tells
    reported = folded[last + 1] if last + 1 < len(folded) else ""
    if bare in words.AR_TRANSITIVE and last == place + 1 and reported.startswith("ب"):
        return None  # one noun and "بأنها": it is spoken of
    if last >= first:
        return Span(found[first].start, found[last].end)
    return _arabic_subject(text, found, folded, place)


def _ends_actor(verb: str, word: str) -> bool:
    """What somebody is accused of, what is denied or vowed."""
    if verb in speech.AR_ACTS_WITH["ب"] or verb in speech.AR_ACCUSING:
        return word.startswith("ب") and word != "باسم"
    return verb in speech.AR_ACTS and word in speech.AR_DENIED


def _ends_arabic_name(word: str) -> bool:
    """To whom, when, by what means. Not every "لل": الهيئة العامة للرقابة المالية."""
    return word in words.AR_ADDRESSED or word in speech.AR_WHEN or word.startswith(("بال", *speech.AR_LISTENERS))


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
    subject_first = 0 < place <= _SUBJECT_FIRST and (folded[0].startswith("ال") or folded[0] in speech.ROLES)
    if subject_first and not any(_border(text, found[each], found[each + 1]) for each in range(place)):
        return Span(found[0].start, found[place - 1].end)  # الوزير يؤكد أن
    return None

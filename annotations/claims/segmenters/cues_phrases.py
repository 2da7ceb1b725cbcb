"""Cues that are set phrases: "according to", a headline's "Minister:", hearsay, a verb put into the middle of a quotation."""

import re
from collections.abc import Sequence

from annotations.claims.segmenters import speakers
from annotations.claims.segmenters.cue import Cue, last_border, quoted
from annotations.claims.segmenters.words import reporting as words
from annotations.claims.segmenters.words import speech
from annotations.lib.spans import Span, trim

_COLON = re.compile(r"\s*(?:[—–-]\s+)?([^\W\d][^:«“\"„.!?؟()\n]{1,80}?)\s?:\s*(?=(\S))")
_LABEL = 7  # words before a headline's colon
_LEAST_INSERTED = 20  # characters of a quotation with somebody's name in it
_CLAUSE_WORDS = words.FINITE | frozenset("fue es era está fut est était ist war foi è".split())
_DE_SO = re.compile(r"[“”\"«»,]\s*,?\s*so\s+((?:der |die |das |eine? |seine? |ihre? )?(?=[A-ZÄÖÜ])[^,.;:„“\"«»]{2,80})")
_DE_SAYS_IN = re.compile(r"\b(?:heißt|hieß) es (?:in|im|aus|bei|beim|vonseiten) ([^,.;:„“\"«»]{2,80})")
_DE_EMERGES = re.compile(r"\bgeht (?:\w+ )?aus ([^,;:]{2,100}?) hervor\b")
_EN_PUT_IT = re.compile(r"\bas\s+([^,.;:]{2,60}?)\s+(?:put|puts|phrased|phrases)\s+it\b", re.IGNORECASE)
_SHORT = {"de": (_DE_SO, _DE_EMERGES, _DE_SAYS_IN), "en": (_EN_PUT_IT,)}
# «…, — сказал Иван Кольцов, — …», «…, précise la ministre, …»: the verb stands inside the marks.
_INSERTED = re.compile(r"[,.!?…]\s*[—–]\s*([^\W\d_]+)\s+([^,.—–«»]{2,80}?)\s*[,.]?\s*[—–]")
_INSERTED_COMMAS = re.compile(r",\s+([^\W\d_]+)\s+([^,.—–«»“”\"]{2,80}?)\s*,")
_INSERTED_TIGHT = re.compile(r"\s[—–]([^\W\d_]+)\s+([^,.—–«»“”\"]{2,80}?)[—–]")
_ES_AS_SAID = re.compile(
    r"\s*(?:lo que\s+)?(?:(?:ha|han|lo|le|se)\s+)*([^\W\d_]+)(?:\s+(?:ayer|hoy|este \w+))?(?:\s+a[l]? [^,.]*?)?\s+"
)
_DE_NAME = re.compile(
    r"\s*(?:[a-zäöüß]+\s+){0,3}[A-ZÄÖÜ„\d][\w.„“/-]*"
    r"(?:\s+(?:(?:(?:der|des|von|vom|für|und|zu|zur|im|am|in|de|van)\s+)?(?:[a-zäöüß]+(?:en|er|es)\s+)?)?[A-ZÄÖÜ][\w/-]*)*"
)
_AGREEING = re.compile(r"\best\w+\s+(?:\w+\s+)?$", re.IGNORECASE)
_OF_A_WORK = re.compile(
    r"\s*(?:un|une|le|la|l['’]|son|sa)\s*(?:roman|pièce|œuvre|histoire|nouvelle|livre|bande dessinée|scénario)"
)
_DE_PARTS = frozenset("der dem den des einem einer eines von für und".split())
_HEARSAY = {language: re.compile(pattern, re.IGNORECASE) for language, pattern in speech.HEARSAY.items()}


def _compiled(phrases: Sequence[str]) -> re.Pattern[str]:
    longest = sorted(phrases, key=len, reverse=True)
    return re.compile(
        r"(?<!\w)و?(" + "|".join(re.escape(each) + ("" if each.endswith(" ل") else r"(?!\w)") for each in longest) + ")"
    )


# По его словам: whoever spoke before.
_BY_PRONOUN = {language: re.compile(rf"(?<!\w)(?:{phrases})(?!\w)") for language, phrases in speech.BY_PRONOUN.items()}
_ACCORDING = {language: _compiled(phrases) for language, phrases in words.ACCORDING.items()}


def according(text: str, span: Span, quotes: Sequence[Span], language: str) -> Cue | None:
    """ "According to the port", "по словам мэра", "بحسب الوزارة"."""
    pattern = _ACCORDING.get(language)
    if pattern is None:
        return None
    inside = text[span.start : span.end].lower()
    if len(inside) != len(span):  # lower-casing changed the length (İ): positions would be wrong
        inside = text[span.start : span.end]
    pronoun = _BY_PRONOUN.get(language)
    if pronoun and (match := pronoun.search(inside)) and not quoted(span.start + match.start(), quotes):
        return Cue(None)
    for match in pattern.finditer(inside):
        start, end = span.start + match.start(), span.start + match.end()
        if quoted(start, quotes):
            continue
        phrase = match.group(1)
        if phrase == "de acuerdo con" and _AGREEING.search(text, span.start, start):
            continue
        if phrase.startswith("d") and language == "fr" and _OF_A_WORK.match(text, end):
            continue
        if phrase == "laut" and not re.match(r"\s+(?:[A-ZÄÖÜ„]|de[mrns]\b|eine)", text[end:]):
            continue  # loud
        if phrase in words.BEHIND:
            name = _ahead(text, last_border(text, span.start, start), start, language)
            if name is not None:
                return Cue(name)
            continue
        return Cue(_named(text, end, span.end, language))
    return None


def _named(text: str, start: int, end: int, language: str) -> Span | None:
    if language == "de":
        match = _DE_NAME.match(text, start, end)
        return trim(text, match.start(), match.end()) if match else None
    if language == "ar":
        match = re.compile(r"\s*ما\s+\S+\s+").match(text, start, end)  # بحسب ما أفادت الوزارة
        start = match.end() if match else start
    if language == "es":  # según informó ayer la policía
        match = _ES_AS_SAID.match(text, start, end)
        if match and match.group(1).lower() in words.VERBS["es"]:
            start = match.end()
    return speakers.after_phrase(text, start, end, language)


def _ahead(text: str, start: int, end: int, language: str) -> Span | None:
    """The name before "zufolge", "göre", "के अनुसार"."""
    name = trim(text, start, end)
    if language == "de":
        first = name.end
        for match in reversed(list(re.finditer(r"\S+", text[name.start : name.end]))):
            word = match.group()
            if not (word[:1].isupper() or word in _DE_PARTS or word.endswith("en")):
                break
            first = name.start + match.start()
        name = Span(first, name.end)
    if language == "tr":
        if text[name.start : name.end].lower() in ("", "buna", "bu habere", "ona", "olduğuna"):
            return None
        case = re.search(r"['’]\w{1,3}$", text[name.start : name.end])
        name = Span(name.start, name.start + case.start()) if case else name
    return name if len(name) else None


def colon(text: str, span: Span, quotes: Sequence[Span]) -> Cue | None:
    """ "Peskov: «We are ready»"; without marks only where the words before the colon are an office."""
    match = _COLON.match(text, span.start, span.end)
    if match is None or len(match.group(1).split()) > _LABEL:
        return None
    label = match.group(1).lower().split()
    if any(each in _CLAUSE_WORDS for each in label):
        return None
    name = Span(match.start(1), match.end(1))
    if any(quote.start == match.start(2) for quote in quotes):
        return Cue(name)
    return Cue(name) if label[0] in speech.ROLES else None


def hearsay(text: str, span: Span, language: str) -> Cue | None:
    """ "It was reported that": said by somebody, not said by whom."""
    pattern = _HEARSAY.get(language)
    return Cue(None, hearsay=True) if pattern and pattern.search(text, span.start, span.end) else None


def short(text: str, span: Span, quotes: Sequence[Span], language: str) -> Cue | None:
    """ "so der Bürgermeister", "as the mayor put it"."""
    tried = (pattern.search(text, span.start, span.end) for pattern in _SHORT.get(language, ()))
    match = next((each for each in tried if each), None)
    if match is None or any(quote.start < match.start(1) < quote.end for quote in quotes):
        return None
    return Cue(trim(text, match.start(1), match.end(1)))


def inserted(text: str, quotes: Sequence[Span], language: str) -> Cue | None:
    """The verb stands inside the marks."""
    verbs = words.VERBS.get(language, frozenset())
    patterns = [_INSERTED]
    if language in ("fr", "it", "es", "pt"):
        patterns += [_INSERTED_COMMAS, _INSERTED_TIGHT]
    for quote in quotes:
        if len(quote) < _LEAST_INSERTED:
            continue
        for pattern in patterns:
            for match in pattern.finditer(text, quote.start, quote.end):
                if match.group(1).lower() in verbs:
                    return Cue(Span(match.start(2), match.end(2)))
    return None

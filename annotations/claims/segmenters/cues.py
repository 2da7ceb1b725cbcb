"""Finding the words that report: set phrases, then the language's own way of putting verb and speaker."""

import re
from collections.abc import Sequence

from annotations.claims.segmenters import cues_phrases as phrases
from annotations.claims.segmenters import cues_shapes as shapes
from annotations.claims.segmenters import cues_uncased as uncased
from annotations.claims.segmenters import speakers
from annotations.claims.segmenters.cue import BORDER, Cue, Word, words_outside
from annotations.claims.segmenters.words import reporting as words
from annotations.claims.segmenters.words import speech
from annotations.lib.spans import Span

_QUOTE_BEFORE = re.compile(r"[»”\"’,]\s*[,.]?\s*(?:[—–-]\s*)?$")
_MARK_BEFORE = re.compile(r"[»”\"]\s*[,.]?\s*(?:[—–-]\s*)?$")
# A name between the closing mark and the verb: “…,” Ida Marsh said in an interview.
_NAMED_AFTER_QUOTE = re.compile(r"[,.!?…][”\"»]\s*(?:[—–-]\s*)?(?:[\w.'’-]+\s+){1,6}$")
_PARTICIPLE = {"es": re.compile("(?:[ai]do|dicho|escrito)$"), "fr": re.compile("é$")}
_FR_INVERTED = re.compile(r"(.+?)-(?:t-)?(?:ils?|elles?|on|je|nous)$")  # répond-elle, assure-t-on
_INFINITIVE = {
    "fr": re.compile(r"\s+(?:(?:ne|pas|plus|jamais)\s+|n['’])*([a-zà-ÿœ]+(?:er|ir|re|oir))\b"),
    "es": re.compile(r"\s+(?:no\s+)?([a-zà-ÿ]+[aei]r(?:se|lo|la|los|las)?)\b"),
    "pt": re.compile(r"\s+(?:não\s+)?([a-zà-ÿ]+[aei]r)\b"),
    "it": re.compile(r"\s+di\s+(?:non\s+)?([a-zà-ÿ]+(?:[aei]re|rsi))\b"),
}
# Indirect speech in German has its own verb forms.
_DE_SUBJUNCTIVE = re.compile(
    r"[^.;:„“\"»«]{0,90}?,[^.;:]{1,200}?\b(?:sei|seien|habe|werde|könne|müsse|solle|wolle|dürfe|gebe|gehe|hätten?|wären?|würden?|könnten?)\b"
)
_DE_COMMA = re.compile(r"(?:\d\.|[^.,;:„“\"»«]){0,90},")
_ANY_MARK = re.compile(r"[«»“”„\"]|''")
_FR_HAVE = frozenset(("a", "ont"))
_NO_NAME = 12  # characters of "es weiter"
_DASH_BEFORE = re.compile(r"\w[,.!?…]?\s*[—–]\s*$")
_LITTLE = 6  # characters before a verb that are no quotation yet
_SUBJECT = 6  # words of a name behind the verb
_DROPS_PRONOUNS = ("es", "it", "pt")


def find_cue(text: str, span: Span, quotes: Sequence[Span], language: str) -> Cue | None:
    """The first cue of the sentence; None when nobody reports."""
    return (
        phrases.according(text, span, quotes, language)
        or _spoken(text, span, quotes, language)
        or phrases.colon(text, span, quotes)
        or phrases.hearsay(text, span, language)
    )


def _spoken(text: str, span: Span, quotes: Sequence[Span], language: str) -> Cue | None:
    """A verb that reports, found the way the language builds such sentences."""
    if language == "zh":
        return uncased.chinese(text, span, quotes)
    if language not in words.VERBS:
        return None
    if language == "tr":
        return uncased.turkish(text, span, quotes)
    found = words_outside(text, span, quotes, language)
    if language == "ar":
        return uncased.arabic(text, span, found)
    cue = uncased.hindustani(text, span, found, language) if language in ("hi", "ur") else None
    return (
        cue
        or phrases.inserted(text, quotes, language)
        or phrases.short(text, span, quotes, language)
        or _verbs(text, span, found, language)
        or shapes.behind_quotation(text, span, quotes, found, language)
    )


def _verbs(text: str, span: Span, found: Sequence[Word], language: str) -> Cue | None:
    verbs, saying = words.VERBS[language], words.SAYING.get(language, frozenset())
    acts = speech.ACTS.get(language, frozenset())
    spans = [each.span for each in found]
    for place, word in enumerate(found):
        folded = word.folded
        if (
            language == "fr"
            and "-" in folded
            and (match := _FR_INVERTED.match(folded))
            and match.group(1) in verbs | _FR_HAVE
        ):
            if _follows_quotation(text, span, found, place, language):
                return Cue(None)
            continue
        if folded in verbs:
            if shapes.points_back(text, span, found, place, language):
                return Cue(speakers.behind(text, spans, place))
            if not _is_finite(text, found, place, language):
                continue
            after_quote = _follows_quotation(text, span, found, place, language)
            sure = folded in saying
            if _reports(text, span, found, place, language, sure=sure, after_quote=after_quote):
                name = speakers.speaker(text, span, spans, place, language, after_quote)
                if name and text[name.start : name.end].split()[0].lower() in words.NOBODY:
                    continue
                if name and language == "de" and text.startswith("es", name.start) and len(name) < _NO_NAME:
                    return Cue(None)  # hieß es weiter
                return Cue(name or shapes.among(text, found, place, language))
        if (folded in acts or language == "de") and _acts(text, found, place, language):
            name = speakers.subject(text, spans, place, language, turned=language == "de")
            if name is not None:
                return Cue(name)
    return None


def _acts(text: str, found: Sequence[Word], place: int, language: str) -> bool:
    """Accusing and denying: what follows is a noun, and somebody claims all the same."""
    word = found[place]
    if word.folded in speech.ACTS.get(language, ()):
        if place + 1 < len(found) and found[place + 1].folded in speech.NO_ASSERTION | {"by"}:
            return False
        if place and found[place - 1].folded in ("se", "si", "s'est"):
            return False  # "se niega a": refuses
        return _is_finite(text, found, place, language)
    for half, verbs in speech.DE_HALVES.items():
        if word.folded in verbs:
            return any(
                each.folded == half and BORDER.match(text, each.span.end) for each in found[place + 2 : place + 16]
            )
    return False


def _is_finite(text: str, found: Sequence[Word], place: int, language: str) -> bool:
    word = text[found[place].span.start : found[place].span.end]
    if word[:1].isupper():
        that = words.THAT.get(language, frozenset()) if language in _DROPS_PRONOUNS else frozenset()
        return (
            place == 0 and len(found) > 1 and found[1].folded in that
        )  # "Agregó que"; else a name ("the United States"), or a heading's first word ("Reports: …")
    if language == "en" and place + 1 < len(found) and found[place + 1].folded in words.FINITE:
        return False  # "reports have shown": a noun, the verb follows
    base = found[place].folded
    if language == "en" and base in words.NOUNS_TOO and not base.endswith("s"):
        before = found[place - 1].folded if place else ""
        apart = place and BORDER.search(text, found[place - 1].span.end, found[place].span.start)
        if not apart and not before.endswith("s") and before not in words.PLURALS | words.BETWEEN["en"]:
            return False  # "a light show that"
    if language == "en" and (_is_passive(text, found, place) or _is_noun(found, place)):
        return False
    before = found[place - 1].folded if place else ""
    if before and BORDER.search(text[found[place - 1].span.end : found[place].span.start]):
        before = ""
    if language in _PARTICIPLE and _PARTICIPLE[language].search(found[place].folded):
        return before in words.BETWEEN[language]
    if language in ("fr", "it"):
        before = re.split("['’]", before)[-1]  # d'aucun, l'accusa
    return before not in words.NOUN_MARKERS.get(language, ())


def _is_passive(text: str, found: Sequence[Word], place: int) -> bool:
    """was told, are believed, has been emphasised: who speaks is not said."""
    if found[place].folded.endswith("ing"):
        return False
    for each in range(place - 1, max(-1, place - 4), -1):
        if BORDER.search(text[found[each].span.end : found[each + 1].span.start]):
            return False
        if found[each].folded in words.BE:
            return True
        if found[each].folded not in words.BETWEEN["en"] and not found[each].folded.endswith("ly"):
            return False
    return False


def _is_noun(found: Sequence[Word], place: int) -> bool:
    """ "A major report in January said": the verb that reports comes later. "Rejected claims that": an object."""
    if found[place].folded in words.NOUNS_TOO and place and found[place - 1].folded.endswith("ed"):
        return True
    return found[place].folded in words.NOUNS_TOO and any(
        each.folded in words.SAYING["en"] for each in found[place + 1 : place + 6]
    )


def _follows_quotation(text: str, span: Span, found: Sequence[Word], place: int, language: str) -> bool:
    """A closing mark or a comma stands right before the verb and its auxiliaries, and enough before that."""
    between = words.BETWEEN.get(language, frozenset())
    first = place
    while first > 0 and found[first - 1].folded in between:
        first -= 1
    before = text[span.start : found[first].span.start]
    if text[span.start] in "—–" and _DASH_BEFORE.search(before):
        return len(before) > _LITTLE  # a line of dialogue: —No hay nada —dijo el alcalde.
    return len(before) > _LITTLE and _QUOTE_BEFORE.search(before) is not None


def _reports(
    text: str, span: Span, found: Sequence[Word], place: int, language: str, *, sure: bool, after_quote: bool
) -> bool:
    word = found[place]
    rest = text[word.span.end : span.end]
    if any(each.folded in words.IMPERSONAL.get(language, ()) for each in found[max(0, place - 2) : place]):
        return False  # "se cree que": nobody in particular
    if re.match(r"[^«»“”\"„.;:]{0,40}?[:,،]?\s*[:«“„\"‘]", rest):
        return True
    reach = 14 if language in ("de", "ru") else 8
    following = [each for each in found[place + 1 : place + reach] if not _crosses(text, word, each, language)]
    that = words.THAT.get(language, frozenset())
    near = following if sure or language not in ("es", "pt", "it") else following[:3]
    if sure and language in ("es", "pt", "it", "fr"):
        beyond = re.split(r"[.;:]", rest, maxsplit=1)[0].lower().split()[:14]
        if any(each in that for each in beyond) or re.search('[«“"]', rest[:120]):
            return True
    if any(each.folded in that or each.folded.startswith(("qu'", "qu’")) for each in near):
        return True
    if _closes(text, span, word, after_quote, sure=sure or language != "en"):
        return True
    if shapes.as_clause(text, span, word, language):
        return True
    if (
        language == "ru"
        and sure
        and word.folded not in speech.BELIEF
        and following
        and following[0].folded in ("о", "об", "про")
    ):
        return True  # сообщил о гибели
    if language == "he" and following and following[0].folded.startswith("ש"):
        return True
    infinitive = _INFINITIVE[language].match(rest) if language in _INFINITIVE else None
    if infinitive and word.folded not in speech.BELIEF and infinitive.group(1) not in speech.NO_INFINITIVE:
        return True
    if language == "de" and (_DE_SUBJUNCTIVE.match(rest) or (sure and _DE_COMMA.match(rest))):
        return True
    if language != "en":
        return sure and language == "ru" and re.match(r"\s*,", rest) is not None
    if not following:
        return False
    if sure:
        return following[0].folded not in ("to", "of", "so", "in", "for", "about", "by", "goodbye")
    if following[0].folded in words.ASKING:
        return True
    if following[0].folded == "by":
        return False  # "found by his sister"
    clause = words.FINITE | words.SUBJECTS - words.POSSESSIVES
    return following[0].folded in words.SUBJECTS or any(each.folded in clause for each in following[1:])


def _closes(text: str, span: Span, word: Word, after_quote: bool, *, sure: bool) -> bool:
    """Prices fell, Ida Marsh said. / "Prices fell", said Ida Marsh."""
    rest = text[word.span.end : span.end].strip()
    before = text[span.start : word.span.start]
    if _NAMED_AFTER_QUOTE.search(before):
        return True
    if after_quote and (sure or not rest[:1].islower() or _MARK_BEFORE.search(before)):
        first = rest.split(maxsplit=1)[0].lower() if rest else ""
        if speakers.NAME_APART.search(before) and word.folded not in speech.ADDRESSING:
            return False  # "La ministra, Yolanda Díaz, defendió la reforma"
        if "," in before.rstrip()[:-1] and first in words.DETERMINERS and not _ANY_MARK.search(before):
            return len(rest.split()) <= _SUBJECT  # "Joaquín Villanova, confirmó la suspensión del debate para …"
        return len(rest.split()) <= 12 or rest[:1].isupper() or first in words.DETERMINERS or first in words.WHEN
    ended = re.search(r"[»”\",]\s*([^,»”\"]{2,80})$", before)
    return bool(ended) and len(before) > 20 and re.match(r"[.,!]?\W*$|[.,]\s", rest) is not None


def _crosses(text: str, word: Word, other: Word, language: str) -> bool:
    """A border stands between (a comma before "что" or "dass" is none)."""
    between = text[word.span.end : other.span.start]
    if language in ("ru", "de", "hi", "fa", "ur"):
        between = between.replace(",", "", 1).replace("،", "", 1)
    return BORDER.search(between) is not None

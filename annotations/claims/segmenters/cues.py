"""Finding the words that report, in sentences that are not cased (Arabic: verb first) and in those that are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from annotations.claims.segmenters import speakers
from annotations.claims.segmenters.words import reporting as words
from annotations.lib.spans import Span, trim

BORDER = re.compile(r"[،,.;؛:«»“”\"„()!?؟—–]")
_WORD = re.compile(r"[^\s،,.;؛:«»“”\"„()!?؟—–]+")
_TASHKEEL = re.compile("[\u064b-\u0652\u0670\u0640]")
_QUOTE_BEFORE = re.compile(r"[»”\"’,]\s*[,.]?\s*(?:[—–-]\s*)?$")
_MARK_BEFORE = re.compile(r"[»”\"]\s*[,.]?\s*(?:[—–-]\s*)?$")
# A name between the closing mark and the verb: “…,” Ida Marsh said in an interview.
_NAMED_AFTER_QUOTE = re.compile(r"[,.!?…][”\"»]\s*(?:[—–-]\s*)?(?:[\w.'’-]+\s+){1,6}$")
# «…, — сказал Иван Кольцов, — …»: the verb stands inside the marks.
_INSERTED = re.compile(r"[,.!?…]\s*[—–]\s*([^\W\d_]+)\s+([^,.—–«»]{2,80}?)\s*[,.]?\s*[—–]")
_PARTICIPLE = {"es": re.compile("(?:[ai]do|dicho|escrito)$"), "fr": re.compile("é$")}
_REACH = 14  # words between an Arabic report verb and its particle


@dataclass(frozen=True, slots=True)
class Word:
    """A word outside quotation marks, folded for the lists."""

    span: Span
    folded: str


@dataclass(frozen=True, slots=True)
class Cue:
    """Somebody reports; who, where it can be told."""

    claimant: Span | None


def find_cue(text: str, span: Span, quotes: Sequence[Span], language: str) -> Cue | None:
    """The first cue of the sentence; None when nobody reports."""
    found = [
        Word(Span(match.start(), match.end()), _TASHKEEL.sub("", match.group()).lower())
        for match in _WORD.finditer(text, span.start, span.end)
        if not any(quote.start < match.start() < quote.end for quote in quotes)
    ]
    according = _according(text, span, quotes, language)
    if according is not None:
        return according
    if language == "ar":
        return _arabic(text, span, found)
    if language == "zh":
        return _chinese(text, span, quotes)
    verbs, saying = words.VERBS.get(language), words.SAYING.get(language, frozenset())
    if not verbs:
        return None
    inserted = _inserted(text, quotes, verbs)
    if inserted is not None:
        return inserted
    for place, word in enumerate(found):
        if word.folded in verbs and _is_finite(text, found, place, language):
            after_quote = _follows_quotation(text, span, found, place, language)
            sure = word.folded in saying
            if _reports(text, span, found, place, language, sure=sure, after_quote=after_quote):
                name = speakers.speaker(text, span, [each.span for each in found], place, language, after_quote)
                if name and text[name.start : name.end].split()[0].lower() in words.NOBODY:
                    continue
                return Cue(name)
    return None


def _inserted(text: str, quotes: Sequence[Span], verbs: frozenset[str]) -> Cue | None:
    for quote in quotes:
        for match in _INSERTED.finditer(text, quote.start, quote.end):
            if match.group(1).lower() in verbs:
                return Cue(Span(match.start(2), match.end(2)))
    return None


def _is_finite(text: str, found: Sequence[Word], place: int, language: str) -> bool:
    word = text[found[place].span.start : found[place].span.end]
    if word[:1].isupper():
        return False  # a name ("the United States"), or a heading's first word ("Reports: …")
    if language == "en" and place + 1 < len(found) and found[place + 1].folded in words.FINITE:
        return False  # "reports have shown": a noun, the verb follows
    if language == "en" and (_is_passive(text, found, place) or _is_noun(found, place)):
        return False
    before = found[place - 1].folded if place else ""
    if before and BORDER.search(text[found[place - 1].span.end : found[place].span.start]):
        before = ""
    if language in _PARTICIPLE and _PARTICIPLE[language].search(found[place].folded):
        return before in words.BETWEEN[language]
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
    """ "A major report in January said": the verb that reports comes later."""
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
    return len(before) > 10 and _QUOTE_BEFORE.search(before) is not None


def _reports(
    text: str, span: Span, found: Sequence[Word], place: int, language: str, *, sure: bool, after_quote: bool
) -> bool:
    word = found[place]
    rest = text[word.span.end : span.end]
    if re.match(r"[^«»“”\"„.;:]{0,40}?[:,،]?\s*[:«“„\"‘]", rest):
        return True
    following = [each for each in found[place + 1 : place + 8] if not _crosses(text, word, each, language)]
    that = words.THAT.get(language, frozenset())
    if place and found[place - 1].folded == words.IMPERSONAL.get(language):
        return False  # "se cree que": nobody in particular
    near = following if sure or language not in ("es", "pt", "it") else following[:3]
    if sure and language in ("es", "pt", "it", "fr"):
        beyond = re.split(r"[.;:]", rest, maxsplit=1)[0].lower().split()[:14]
        if any(each in that for each in beyond) or re.search('[«“"]', rest[:120]):
            return True
    if any(each.folded in that or each.folded.startswith(("qu'", "qu’")) for each in near):
        return True
    if _closes(text, span, word, after_quote, sure=sure or language != "en"):
        return True
    if language != "en":
        return sure and language in ("de", "ru") and re.match(r"\s*,", rest) is not None
    if not following:
        return False
    if sure:
        return following[0].folded not in ("to", "of", "so", "in", "for", "about", "by", "goodbye")
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
        return len(rest.split()) <= 12 or rest[:1].isupper() or first in words.DETERMINERS or first in words.WHEN
    ended = re.search(r"[»”\",]\s*([^,»”\"]{2,80})$", before)
    return bool(ended) and len(before) > 20 and re.match(r"[.,!]?\W*$|[.,]\s", rest) is not None


def _crosses(text: str, word: Word, other: Word, language: str) -> bool:
    """A border stands between (a comma before "что" or "dass" is none)."""
    between = text[word.span.end : other.span.start]
    if language in ("ru", "de", "hi", "fa", "ur"):
        between = between.replace(",", "", 1).replace("،", "", 1)
    return BORDER.search(between) is not None


def _according(text: str, span: Span, quotes: Sequence[Span], language: str) -> Cue | None:
    inside = text[span.start : span.end].lower()
    if len(inside) != len(span):  # lower-casing changed the length (İ): positions would be wrong
        inside = text[span.start : span.end]
    for phrase in words.ACCORDING.get(language, ()):
        match = re.search(rf"(?<!\w)و?{re.escape(phrase)}" + ("" if phrase.endswith(" ل") else r"(?!\w)"), inside)
        if match is None or any(quote.start < span.start + match.start() < quote.end for quote in quotes):
            continue
        if phrase == "laut" and not re.match(r"\s+(?:[A-ZÄÖÜ]|de[mrns]\b|eine)", text[span.start + match.end() :]):
            continue  # loud
        if phrase in words.BEHIND:
            name = trim(text, _last_border(text, span.start, span.start + match.start()), span.start + match.start())
            return Cue(name if len(name) else None)
        return Cue(speakers.after_phrase(text, span.start + match.end(), span.end, language))
    return None


def _last_border(text: str, start: int, end: int) -> int:
    return max((match.end() for match in BORDER.finditer(text, start, end)), default=start)


def _arabic(text: str, span: Span, found: Sequence[Word]) -> Cue | None:
    """Verb first. A verb that may mean other things needs a particle, a colon or a quotation behind it."""
    verbs, saying = words.VERBS["ar"], words.SAYING["ar"]
    for place, word in enumerate(found):
        bare = word.folded[1:] if word.folded[:1] in "وف" and word.folded not in verbs else word.folded
        if bare in words.AR_PARTICIPLES:
            if _arabic_evidence(text, span, found, place):
                return Cue(None)
            continue
        if bare not in verbs:
            continue
        if bare in saying or _arabic_evidence(text, span, found, place):
            return Cue(speakers.arabic(text, [each.span for each in found], [each.folded for each in found], place))
    return None


def _arabic_evidence(text: str, span: Span, found: Sequence[Word], place: int) -> bool:
    end = found[place].span.end
    commas = 0
    for word in found[place + 1 : place + 1 + _REACH]:
        between = text[end : word.span.start]
        commas += len(re.findall("[،,]", between))
        if re.search(r"[:«“\"]", between):
            return True
        if re.search(r"[.؛;!?؟]", between):
            return False
        if word.folded in words.AR_THAT and commas != 1:  # an apposition has a comma on each side
            return True
        end = word.span.end
    if re.match(r"\W*[:«“\"]", text[end : span.end]):
        return True
    return re.search(r"[»”\"]\s*[،,]?\s*$", text[span.start : found[place].span.start]) is not None


_ZH_VERBS = "|".join(sorted(words.VERBS["zh"], key=len, reverse=True))
_ZH_BETWEEN = "|".join(words.ZH_BETWEEN)
# 市长说，… / “…”她说。
_ZH_SAYS = re.compile(
    rf"(?:^|[，。；！？”」])\s*([^，。；：！？“”「」\s]{{1,24}}?)(?:{_ZH_BETWEEN})*(?:{_ZH_VERBS})道?(?=[，：。！,:“「]|$)"
)
_ZH_ACCORDING = re.compile(
    r"(?:根据|按照|据)([^，。；：“”]{1,24}?)(?:的?(?:报道|報道|说法|數據|数据|统计|报告|介绍|消息)|称|说|透露)"
)


def _chinese(text: str, span: Span, quotes: Sequence[Span]) -> Cue | None:
    """No spaces between words: the name runs from the last border to the verb, and a comma, colon or end follows the verb."""
    inside = text[span.start : span.end]
    for pattern in (_ZH_SAYS, _ZH_ACCORDING):
        for match in pattern.finditer(inside):
            name = Span(span.start + match.start(1), span.start + match.end(1))
            if not any(quote.start < name.start < quote.end for quote in quotes):
                return Cue(name)
    return None

"""Finding the words that report in Arabic (verb first), Chinese (no spaces), and languages whose verb stands last."""

import re
from collections.abc import Sequence

from annotations.claims.segmenters import speakers
from annotations.claims.segmenters.cue import BORDER, Cue, Word
from annotations.claims.segmenters.words import reporting as words
from annotations.claims.segmenters.words import speech
from annotations.lib.spans import Span, trim

_REACH = 14  # words between an Arabic report verb and its particle
_STOP = re.compile(r"(?<![\s.][^\W\d_])\.|[؛;!?؟]")  # the full stop of an initial is none
_QUOTED_BEFORE = re.compile(r"[»”\"]\s*[،,]?\s*(?:هكذا|بهذه (?:الكلمات|العبارات?)|(?:هذا|هو|ذلك) ما)?\s*$")
_AR_RELAYED = re.compile(
    rf"[^.؛;:«“]{{0,60}}?(?<!\w)عن\s+([^.؛;:«“\"]{{2,120}}?)[،,]?\s+(?:{speech.AR_RELAYED_END})(?!\w)"
)
_AR_RELAYED_QUOTE = re.compile(r"[^.؛;:«“]{0,60}?(?<!\w)عن\s+([^.؛;:،,«“\"]{2,80}?)\s+قول\w*\s*[،,]?\s*[:«“\"]")
_AR_AS = frozenset(("حسبما",))


def arabic(text: str, span: Span, found: Sequence[Word]) -> Cue | None:
    """Verb first. A verb that may mean other things needs a particle, a colon or a quotation behind it."""
    verbs, saying = words.VERBS["ar"], words.SAYING["ar"]
    for place, word in enumerate(found):
        bare = word.folded[1:] if word.folded[:1] in "وف" and word.folded not in verbs else word.folded
        if bare in speech.AR_RELAYED:
            for pattern in (_AR_RELAYED, _AR_RELAYED_QUOTE):
                match = pattern.match(text, word.span.end, span.end)
                if match:
                    return Cue(trim(text, match.start(1), match.end(1)))
            continue
        if bare in words.AR_PARTICIPLES:
            if _arabic_evidence(text, span, found, place):
                return Cue(_verb_before(text, found, place))
            continue
        if bare in speech.AR_FINDING and place + 1 < len(found):
            finder = found[place + 1].folded.removeprefix("ال")
            if finder in speech.AR_STUDIES and _arabic_evidence(text, span, found, place):
                return Cue(speakers.arabic(text, [each.span for each in found], [each.folded for each in found], place))
        if bare not in verbs:
            continue
        names = ([each.span for each in found], [each.folded for each in found], place)
        reports = _arabic_evidence(text, span, found, place)
        if bare in speech.AR_PUBLISHING and not any(
            each.folded in words.AR_THAT for each in found[place + 1 :][:_REACH]
        ):
            continue
        if bare in saying and not reports and place + 1 < len(found) and found[place + 1].folded.startswith("لل"):
            continue  # قال للحشد: to whom, not what
        if bare in saying or reports:
            return Cue(speakers.arabic(text, *names))
        if place and found[place - 1].folded.lstrip("و") in _AR_AS:
            return Cue(speakers.arabic(text, *names))
        if _acts(text, found, place, bare):
            return Cue(speakers.arabic(text, *names))
    return None


def _verb_before(text: str, found: Sequence[Word], place: int) -> Span | None:
    """انتقد النائب القرار، مشيرا إلى أن: whoever does what the sentence begins with also says the rest."""
    bare = found[0].folded if found[0].folded in words.VERBS["ar"] else found[0].folded[1:]
    if not place or bare not in words.VERBS["ar"]:
        return None
    return speakers.arabic(text, [each.span for each in found], [each.folded for each in found], 0)


def _acts(text: str, found: Sequence[Word], place: int, bare: str) -> bool:
    """اتهم الوزير المعارضة، نفى المتحدث صحة الخبر، حذرت المنظمة من: no particle follows."""
    if bare in speech.AR_ACTS:
        return place + 2 < len(found)
    for preposition, verbs in speech.AR_ACTS_WITH.items():
        if bare in verbs:
            for each in found[place + 2 : place + 9]:
                if each.folded == preposition or (len(preposition) == 1 and each.folded.startswith(preposition)):
                    return True
    return False


def _arabic_evidence(text: str, span: Span, found: Sequence[Word], place: int) -> bool:
    end = found[place].span.end
    commas = 0
    for word in found[place + 1 : place + 1 + _REACH]:
        between = text[end : word.span.start]
        commas += len(re.findall("[،,]", between))
        if re.search(r"[:«“\"]", between):
            return True
        if _STOP.search(text, end, word.span.start):
            return False
        if word.folded in words.AR_THAT and commas != 1:  # an apposition has a comma on each side
            return True
        end = word.span.end
    if re.match(r"\W*[:«“\"]", text[end : span.end]):
        return True
    return _QUOTED_BEFORE.search(text[span.start : found[place].span.start]) is not None


_ZH_VERBS = "|".join(sorted(words.VERBS["zh"], key=len, reverse=True))
_ZH_BETWEEN = "|".join(words.ZH_BETWEEN)
# 市长说，… / “…”她说。
_ZH_SAYS = re.compile(
    rf"(?:^|[，,。；！？”」])\s*([^，,。；：！？“”「」\s]{{1,24}}?)(?:{_ZH_BETWEEN})*(?:{_ZH_VERBS})道?(?=[，。！,:：“「]|$)"
)
_ZH_ACCORDING = re.compile(
    r"(?:根据|按照|据)([^，,。；：“”]{1,24}?)(?:的?(?:报道|報道|说法|數據|数据|统计|报告|介绍|消息)|称|说|透露)"
)


def chinese(text: str, span: Span, quotes: Sequence[Span]) -> Cue | None:
    """No spaces between words: the name runs from the last border to the verb, and a comma, colon or end follows the verb."""
    inside = text[span.start : span.end]
    for pattern in (_ZH_SAYS, _ZH_ACCORDING):
        for match in pattern.finditer(inside):
            name = Span(span.start + match.start(1), span.start + match.end(1))
            if not any(quote.start < name.start < quote.end for quote in quotes):
                return Cue(name)
    return None


_ERGATIVE = frozenset(("ने", "نے"))
_OF = frozenset("का के की کا کے کی".split())


def hindustani(text: str, span: Span, found: Sequence[Word], language: str) -> Cue | None:
    """मंत्री ने कहा कि …; मंत्री का कहना है कि …; मंत्री ने इसे गलत बताया।"""
    verbs = words.VERBS[language]
    for place, word in enumerate(found):
        if word.folded in _ERGATIVE:
            says = next((each for each in found[place + 1 : place + 16] if each.folded in verbs), None)
            if says is None:
                continue
            rest = text[says.span.end : span.end].split()
            if len(rest) > 2 and not {"कि", "کہ", "है", "ہے"} & set(rest[:3]) and not BORDER.match(rest[0]):
                continue
        elif not (word.folded in _OF and place + 1 < len(found) and found[place + 1].folded in verbs):
            continue
        name = _clause_name(text, found, place)
        if name is not None:
            return Cue(name)
    return None


def _clause_name(text: str, found: Sequence[Word], place: int) -> Span | None:
    """From the clause's beginning, over initials and titles, to the word before this one."""
    first = place
    while first > 0 and place - first < 12:
        between = text[found[first - 1].span.end : found[first].span.start]
        if BORDER.search(between) and not (between.strip() == "." and len(found[first - 1].folded) <= 3):
            break
        first -= 1
    return Span(found[first].span.start, found[place - 1].span.end) if first < place else None


_TR_VERB = re.compile(
    r"(?:söyle|belirt|açıkla|kaydet|bildir|vurgula|ekle|savun|duyur|aktar|iddia et|ifade et|öne sür|ileri sür|dile getir|itiraf et)"
    r"(?:di|ti|dı|tı|du|dü|tü|diler|tiler|dılar|yor|mişti|mıştı)\W*$"
)
_TR_CLAUSE = re.compile(r"ğ[ıiuü]n[ıiuü]\s+[^,.;]{0,30}$")  # düştüğünü, artacağını
_TR_SAID = re.compile(r"[”\"»]\s*,?\s*(?:diye(?:n|rek)?|dedi|şeklinde|ifadelerini|sözleriyle)\b\s*")
_TR_NAME = re.compile(r"(?:[A-ZÇĞİÖŞÜ][\w'’.-]*\s*){1,6}")


def turkish(text: str, span: Span, quotes: Sequence[Span]) -> Cue | None:
    """Bakan, enflasyonun düştüğünü söyledi. / "…" dedi. / "…" diyen Bakan."""
    inside = text[span.start : span.end]
    said = _TR_SAID.search(inside)
    if said and quotes:
        if "diyen" in said.group():
            behind = _TR_NAME.match(inside, said.end())
            return Cue(trim(text, span.start + behind.start(), span.start + behind.end()) if behind else None)
        name = _tr_subject(text, span, quotes[0].start)
        if name is None and (behind := _TR_NAME.match(inside, said.end())):
            name = trim(text, span.start + behind.start(), span.start + behind.end())
        return Cue(name)
    verb = _TR_VERB.search(inside)
    if verb is None:
        return None
    if quotes or _TR_CLAUSE.search(inside, 0, verb.start()):
        return Cue(_tr_subject(text, span, span.start + verb.start()))
    return None


def _tr_subject(text: str, span: Span, end: int) -> Span | None:
    """Up to the first comma near the beginning, else the capitalised words there."""
    comma = text.find(",", span.start, end)
    if comma >= 0 and len(text[span.start : comma].split()) <= 8:
        return trim(text, span.start, comma)
    match = _TR_NAME.match(text, span.start, end)
    return trim(text, match.start(), match.end()) if match else None

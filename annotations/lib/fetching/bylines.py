"""What is written around a page's heading: the day and who wrote it, in the words of several languages."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from annotations.lib.fetching import names
from annotations.lib.fetching.pruning import is_beside
from annotations.lib.fetching.segments import Segment
from annotations.lib.fetching.written_dates import day_comes_first, days, declared_day, is_plausible, plain

_AFTER, _BEFORE = 16, 4  # segments around the heading in which its line of particulars stands
_SHORT = 160  # characters of such a line
_OTHERS = 60  # letters beside the day in it
_PARAGRAPH = 220  # two texts this long after the heading: the article has begun
_CHANGED = re.compile(
    r"(?:updated?|modified|edited|reviewed|revised|(?:[آا]خر\s+)?(?:تحديث|تعديل)|حُ?دّ?ثت?|عُ?دّ?لت?|обновл\w*|изменен\w*|исправлен\w*|更新(?!时间：?\d{4}.{0,20}来源)|修改|修订|最后编辑)\W*(?:on|at|am|в|في|时间|于|on:)?\W*$",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"""(?:first\s+published|published(?:\s+(?:on|at))?|posted(?:\s+on)?|publication\s+date|date\s+published|release\s+date|released(?:\s+on)?|
    تاريخ\s+(?:النشر|الإصدار|المقال|الخبر)|نُ?شرت?(?:\s+(?:في|بتاريخ|يوم))?|(?:كُ?تب|صدر)\s+(?:في|بتاريخ)|
    опубликован[оаы]?|дата\s+(?:публикации|размещения|выхода)|размещено|
    发布(?:时间|日期|于)?|发表(?:时间|日期|于)?|发文日期|时间|(?<!成文)(?<!生效)(?<!施行)日期|發布(?:時間|日期)?|發表於|刊登日期)\s*[:：]?\s*(?:[^\W\d]+[,،]?\s+)?$""",
    re.IGNORECASE | re.VERBOSE,
)
# A day that something is counted to, or until which it holds, or of which somebody is a member.
_PERIOD = re.compile(
    r"(?:\b(?:as\s+(?:of|at)|end(?:ed|ing)|until|till|before|deadline|due(?:\s+by)?|since|valid)|по\s+состоянию\s+на|\b(?:до|к|с)|حتى|منذ|截至|截止|joined|member\s+since|registered|зарегистрирован\w*|(?:дата\s+)?регистраци[ия]|تاريخ\s+(?:التسجيل|الانضمام)|انضم|注册(?:时间|日期)?|註冊日期)\W*$",
    re.IGNORECASE,
)
# "Published: 11:15 AM CDT May 2": the hour between the label and its day.
_HOUR = re.compile(r"\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?,?\s*(?:[A-Z]{2,4}\b,?)?\s*$", re.IGNORECASE)
_TODAY = re.compile(r"\btoday\b|сегодня|今天|今日|اليوم", re.IGNORECASE)
_DAY_CLASS = re.compile(
    r"(?:^|[-_\s])(?:\w*(?:date|datetime|pubtime)|time|created|published|posted)(?=$|[-_\s\d])", re.IGNORECASE
)
_WRITER = re.compile(
    r"""(?:^|[|·•,،\-–—/(（]\s*|\s{1,3})(?:
    (?:written|words|story|reported|report|reporting|text)?\s*\bby\b\s*:?\s+|
    (?:بقلم|كتبت?(?!\s+(?:بواسطة|في|يوم))|الكاتبة?|إعداد|أعدّ?ت?ه|تقرير|مراسلنا|المحررة?)\s*[:/\-–]?\s+|
    (?:автор(?:ы)?(?:\s+(?:текста|статьи|материала))?|текст|корреспондент|подготовил[аи]?)\s*[:\-–—]?\s+|
    (?:von|por|par|door|av|מאת|نویسنده|گزارش|yazan)\s*:?\s+(?=[^\W\d_])|
    (?:作者|本报记者|记者|記者|文(?=\s*[:：/／丨｜])|撰文|撰稿|通讯员)\s*[:：/／丨｜]?\s*
    )(?P<name>[^|·•\d:：()（）\[\]【】]{2,80})""",
    re.IGNORECASE | re.VERBOSE,
)
_PICTURES = re.compile(
    r"^\W*(?:фото|photos?|pictures?|images?|bilder?|fotos?|illustrations?|видео|图|摄影|تصوير|صور)", re.IGNORECASE
)
_WEEKDAY = re.compile(r"\s+(?:ال(?:أحد|احد|اثنين|إثنين|ثلاثاء|[أا]ربعاء|خميس|جمعة|سبت)|\w+day)[,،]?\s*$", re.IGNORECASE)
_AUTHOR_CLASS = re.compile(
    r"(?:^|[-_\s])(?:author(?:s|-?name)?|byline(?:-?name)?|writer(?:s|-?name)?|by-?author|reporter|contributor|creator)(?=$|[-_\s])",
    re.IGNORECASE,
)
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|journalists?|writers?|reporters?|contributors?|autor(?:es|en|i)?|auteurs?|byline)/[^/?#]+/?$",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    "and und et y e en och i и ve de da do dos das del della di du la le van von der den ten ter zu zur bin ibn al el ben af".split()
)
_STOP = re.compile(r"\s+(?:[-–—]|on|at|in|from|for)\s+|[,，]\s*\d|\s{2,}|\s*[«“\"]")


def day(tree: Any, parts: list[Segment], place: int | None) -> date | None:
    """The day beside the heading, else in a `time` element, else behind a label such as "published"."""
    near = _near(parts, place)
    day_first = day_comes_first(" ".join(part.text for part in parts[:60]))
    return (
        _marked_time(tree, near)
        or day_of_lines((part.text for part in near), others=_OTHERS, day_first=day_first)
        or _just_above(parts, place)
        or _marked_time(tree, [])
        or _labelled(parts)
        or _named(tree)
    )


def _just_above(parts: list[Segment], place: int | None) -> date | None:
    """From a line that is a day and little else, right before the heading and in one block with it: not the page's clock."""
    if place is None:
        return None
    for part in parts[max(0, place - 2) : place]:
        around = set(parts[place].owner.iterancestors())
        block = next((above for above in part.owner.iterancestors() if above in around), None)
        beside = block is not None and block.tag not in ("body", "html")
        if beside and not _TODAY.search(part.text) and (found := day_of_lines([part.text])):
            return found
    return None


def _named(tree: Any) -> date | None:
    """From a short text whose class says that it is a day."""
    for element in tree.xpath("//*[@class or @id]"):
        if _DAY_CLASS.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            text = " ".join(element.text_content().split())
            if len(text) <= _SHORT and not _TODAY.search(text) and (found := day_of_lines([text], others=_OTHERS)):
                return found
    return None


def _near(parts: list[Segment], place: int | None) -> list[Segment]:
    if place is None:
        return []
    found, paragraphs = [], 0
    for part in parts[place + 1 : place + 1 + _AFTER]:
        paragraphs += len(part.text) >= _PARAGRAPH
        if paragraphs > 1:
            break
        if len(part.text) <= _SHORT:
            found.append(part)
    heading = parts[place].owner
    above = [part for part in parts[max(0, place - _BEFORE) : place] if len(part.text) <= _SHORT]
    return found + [part for part in reversed(above) if _share_article(part.owner, heading)]


def lines_below(parts: list[Segment], place: int) -> tuple[str, ...]:
    """The texts after the heading, those apart that hold a day, a writer or only a link."""
    return tuple(
        part.text
        for part in parts[place + 1 : place + 9]
        if part.owner.tag != "a"
        and not any(True for _found in days(plain(part.text[:_SHORT])) if len(part.text) <= _SHORT)
        and not (len(part.text) <= _SHORT // 2 and (_WRITER.match(part.text) or _PICTURES.match(part.text)))
    )


def _share_article(one: Any, other: Any) -> bool:
    holders = list(other.iterancestors("article", "main"))
    return any(above in holders for above in one.iterancestors("article", "main"))


def day_of_lines(lines: Iterable[str], *, others: int = 25, day_first: bool = False) -> date | None:
    """The first day that stands alone on a line (beside that many other letters) or behind a label such as "published"."""
    for line in lines:
        text, alone = plain(line), None
        for start, end, found in days(text, day_first=day_first):
            before = _HOUR.sub("", text[max(0, start - 60) : start])
            if _CHANGED.search(before) or _PERIOD.search(before) or not is_plausible(found, guessed=True):
                continue
            if _LABELS.search(before):
                return found
            left = len(re.sub(r"[\W\d_]+", "", text[:start] + text[end:]))
            alone = alone or (found if left <= others else None)
        if alone:
            return alone
    return None


def _marked_time(tree: Any, near: list[Segment]) -> date | None:
    """From `time` elements: those beside the heading, or (none given) any that is named as the day of publication."""
    owners = {id(above) for part in near for above in (part.owner, *list(part.owner.iterancestors())[:3])}
    for element in list(tree.iter("time"))[:60]:
        named = (
            f"{element.get('class') or ''} {element.get('itemprop') or ''} {(element.getparent().get('class') or '')}"
        )
        if re.search(r"updat|modif|edited", named, re.IGNORECASE) or _CHANGED.search(_before(element)):
            continue
        chosen = (
            id(element) in owners
            if near
            else re.search(r"publi|entry-date|pubdate|posted|created|date", named, re.IGNORECASE)
            or "pubdate" in element.attrib
        )
        if chosen and not is_beside(element):
            found = declared_day(element.get("datetime") or element.text_content())
            if is_plausible(found, guessed=True) and not _CHANGED.search(_opening(element)):
                return found
    return None


def _before(element: Any) -> str:
    sibling = element.getprevious()
    words = (
        (sibling.text_content() + (sibling.tail or ""))
        if sibling is not None and isinstance(sibling.tag, str)
        else (element.getparent().text or "")
    )
    return str(words)[-40:]


def _opening(element: Any) -> str:
    """ "Updated 2 June": the words inside it before the figures."""
    return re.split(r"\d", plain(element.text_content()), maxsplit=1)[0]


def _labelled(parts: list[Segment]) -> date | None:
    for part in parts:
        if len(part.text) <= 400 and re.search(r"\d{4}", plain(part.text)):
            text = plain(part.text)
            for start, _end, found in days(text):
                before = text[max(0, start - 40) : start]
                if _LABELS.search(before) and not _CHANGED.search(before) and is_plausible(found, guessed=True):
                    return found
    return None


def changed_days(parts: list[Segment]) -> set[date]:
    """Days that the page says it was changed on."""
    found = set()
    for part in parts:
        if len(part.text) <= 400:
            text = plain(part.text)
            found |= {at for start, _end, at in days(text) if _CHANGED.search(text[max(0, start - 40) : start])}
    return found


def authors(tree: Any, parts: list[Segment], place: int | None, *, site: str) -> tuple[str, ...]:
    """From links and classes that say author, else from "by …" beside the heading."""
    near = _near(parts, place)
    named = [
        element
        for element in tree.iter("a", "span", "div", "p", "address", "li", "em", "strong", "b", "cite")
        if (
            element.get("rel") == "author"
            or _AUTHOR_CLASS.search(element.get("class") or "")
            or _AUTHOR_PAGE.search(element.get("href") or "")
        )
        and not is_beside(element)
    ][:12]
    inner = [
        element
        for element in named
        if not any(other is not element and element in other.iterancestors() for other in named)
    ]
    found = names.clean([line for each in inner[:4] for line in _lines(each)], site=site)
    if found:
        return found
    for part in near:
        own = re.match(rf"{re.escape(site)}\s*[-–—|/:]\s*(\D{{4,50}}?)(?=\s*(?:\d|$))", part.text) if site else None
        if (
            own
            and 1 < len(own.group(1).split()) < 5
            and (found := names.clean([_WEEKDAY.sub("", own.group(1))], site=site))
        ):
            return found
        match = _WRITER.search(part.text)
        if match:
            name = match.group("name")
            if part.text[match.end() : match.end() + 1] in (
                ":",
                "：",
            ):  # "作者：王敏 责编：李强": the next label begins in it
                name = re.sub(r"\s*\S+\s*$", "", name)
            name = _STOP.split(name)[0]
            found = names.clean([name], site=site) if _signs(match, name, part.text) else ()
            if found:
                return found
    return ()


def _signs(match: re.Match[str], name: str, line: str) -> bool:
    """Whether "by …" is a signature: "counted by region" and "a report of the bank says" are none."""
    words = name.split()
    if not words or not words[0][0].isalpha():
        return False
    if words[0][0].isupper() or words[0][0].islower():
        return all(word[0].isupper() or word.casefold() in _PARTICLES or not word[0].isalpha() for word in words)
    if re.search(r"[:：/／丨｜]\s*$", match.group()[: -len(match.group("name"))]):
        return True
    label_begins = match.start() == 0 or not match.group()[0].isspace()
    if "\u3040" <= words[0][0] <= "\u9fff":
        return len(words) <= 3 and all(len(word) <= 4 for word in words)
    return label_begins and len(line) <= 80 and len(words) <= 4


def _lines(element: Any) -> list[str]:
    """Its lines, without those that name who took the pictures."""
    text = "".join("\n" if child.tag == "br" else piece for child, piece in _pieces_of(element))
    return [" ".join(line.split()) for line in text.split("\n") if line.strip() and not _PICTURES.match(line)]


def _pieces_of(element: Any) -> Iterator[tuple[Any, str]]:
    yield element, element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from _pieces_of(child)
        yield element, child.tail or ""

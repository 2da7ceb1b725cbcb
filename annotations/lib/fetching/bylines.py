"""What is written around a page's heading: the day and who wrote it, in the words of several languages."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from annotations.lib.fetching.pruning import is_beside
from annotations.lib.fetching.segments import Segment
from annotations.lib.fetching.written_dates import days, declared_day, is_plausible, plain

_AFTER, _BEFORE = 16, 4  # segments around the heading in which its line of particulars stands
_SHORT = 160  # characters of such a line
_PARAGRAPH = 220  # two texts this long after the heading: the article has begun
_CHANGED = re.compile(
    r"(?:updated?|modified|edited|reviewed|revised|(?:[آا]خر\s+)?(?:تحديث|تعديل)|حُ?دّ?ثت?|عُ?دّ?لت?|обновл\w*|изменен\w*|исправлен\w*|更新(?!时间：?\d{4}.{0,20}来源)|修改|修订|最后编辑)\W*(?:on|at|am|в|في|时间|于|on:)?\W*$",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"""(?:first\s+published|published(?:\s+(?:on|at))?|posted(?:\s+on)?|publication\s+date|date\s+published|release\s+date|released(?:\s+on)?|
    تاريخ\s+(?:النشر|الإصدار|المقال|الخبر)|نُ?شرت?(?:\s+(?:في|بتاريخ|يوم))?|(?:كُ?تب|صدر)\s+(?:في|بتاريخ)|
    опубликован[оаы]?|дата\s+(?:публикации|размещения|выхода)|размещено|
    发布(?:时间|日期|于)?|发表(?:时间|日期|于)?|发文日期|时间|日期|發布(?:時間|日期)?|發表於|刊登日期)\s*[:：]?\s*(?:[^\W\d]+[,،]?\s+)?$""",
    re.IGNORECASE | re.VERBOSE,
)
_WRITER = re.compile(
    r"""(?:^|[|·•,،\-–—/(（]\s*|\s{1,3})(?:
    (?:written|words|story|reported|report|reporting|text)?\s*\bby\b\s*:?\s+|
    (?:بقلم|كتبت?(?!\s+(?:بواسطة|في|يوم))|الكاتبة?|إعداد|أعدّ?ت?ه|تقرير|مراسلنا|المحررة?)\s*[:/\-–]?\s+|
    (?:автор(?:ы)?(?:\s+(?:текста|статьи|материала))?|текст|корреспондент|подготовил[аи]?)\s*[:\-–—]?\s+|
    (?:作者|本报记者|记者|文|撰文|撰稿|通讯员)\s*[:：/／丨｜]?\s*
    )(?P<name>[^|·•\d:：()（）\[\]【】]{2,80})""",
    re.IGNORECASE | re.VERBOSE,
)
_LEAD = re.compile(
    r"""^\W*(?:(?:written\s+|words\s+|story\s+|posted\s+|published\s+)?by\b\s*:?|بقلم|كتبت?(?=\s|:)|الكاتبة?(?=\s|:)|إعداد|المؤلفة?(?=\s|:)|автор[ыа]?\b|текст(?=\s*:)|作者|本报记者|记者|撰文|文(?=[/／：:])|von\b(?=\s)|par\b(?=\s))\s*[:：/／\-–]?\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_JOINED = re.compile(r"\s*(?:;|；|、|\||/|／|\s&\s|&amp;|\sand\s|\sи\s|\sund\s|\set\s|،|\s+with\s+)\s*", re.IGNORECASE)
_NOBODY = frozenset(
    "super_user no_author anonymous admin administrator author user root editor webmaster editors staff undefined null none by redaktion مدير المحرر редактор админ 管理员 小编".split()
)
_SAID_OF_DAYS = re.compile(
    r"(?:posted|published|updated|publiziert|veröffentlicht|geschrieben|publié|publicado|опубликован|обновлен|نُ?شر|تاريخ|发布|发表)(?:\b|\W)|(?:发布|发表)",
    re.IGNORECASE,
)
_OFFICES = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|columnist|producer|journalist|photographs?|photography|chief)\b",
    re.IGNORECASE,
)
_AUTHOR_CLASS = re.compile(
    r"(?:^|[-_\s])(?:author(?:s|-?name)?|byline(?:-?name)?|writer(?:s|-?name)?|by-?author|reporter|contributor|creator)(?=$|[-_\s])",
    re.IGNORECASE,
)
_STOP = re.compile(r"\s+(?:[-–—]|on|at|in|from|for)\s+|[,，]\s*\d|\s{2,}|\s*[«“\"]")


def day(tree: Any, parts: list[Segment], place: int | None) -> date | None:
    """The day beside the heading, else in a `time` element, else behind a label such as "published"."""
    near = _near(parts, place)
    return _marked_time(tree, near) or _day_in(near) or _marked_time(tree, []) or _labelled(parts)


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


def _share_article(one: Any, other: Any) -> bool:
    holders = list(other.iterancestors("article", "main"))
    return any(above in holders for above in one.iterancestors("article", "main"))


def _day_in(near: list[Segment]) -> date | None:
    for part in near:
        text = plain(part.text)
        for start, end, found in days(text):
            before = text[max(0, start - 40) : start]
            left = len(re.sub(r"[\W\d_]+", "", text[:start] + text[end:]))
            if _CHANGED.search(before) or not is_plausible(found, guessed=True):
                continue
            if left <= 60 or _LABELS.search(before):
                return found
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
        if (element.get("rel") == "author" or _AUTHOR_CLASS.search(element.get("class") or ""))
        and not is_beside(element)
    ][:12]
    inner = [
        element
        for element in named
        if not any(other is not element and element in other.iterancestors() for other in named)
    ]
    found = names([" ".join(each.text_content().split()) for each in inner[:4]], site=site)
    if found:
        return found
    for part in near:
        match = _WRITER.search(part.text)
        if match:
            found = names([_STOP.split(match.group("name"))[0]], site=site)
            if found:
                return found
    return ()


def names(values: Iterable[str], *, site: str) -> tuple[str, ...]:
    """Clean names of people and desks; addresses, offices and names of nobody are left out."""
    found: list[str] = []
    for value in values:
        if "://" in value:
            continue
        text = _LEAD.sub("", " ".join(value.split()))
        for piece in _pieces(text):
            name = piece.strip(" \t.,،;:：|-–—·•()")
            if _is_name(name) and name.casefold() not in {known.casefold() for known in found}:
                found.append(name)
    others = [name for name in found if name.casefold() != site.casefold()]
    return tuple(others or found)[:20]


def _pieces(text: str) -> list[str]:
    pieces = []
    for part in _JOINED.split(text):
        commas = [each for each in part.split(",") if each.strip()]
        # "Doe, Jane" is one name; "Jane Doe, Tom Lee" two.
        pieces += [part] if len(commas) == 2 and all(len(each.split()) == 1 for each in commas) else commas
    return pieces


def _is_name(name: str) -> bool:
    if not 2 <= len(name) <= 70 or len(name.split()) > 7 or name.casefold().replace(" ", "_") in _NOBODY:
        return False
    if _SAID_OF_DAYS.match(name):
        return False
    return not re.search(r"https?:|www\.|@|\d{3}|\.(?:com|net|org)\b", name) and not _OFFICES.search(name)

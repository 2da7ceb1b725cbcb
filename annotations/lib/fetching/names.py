"""Names of people and desks as pages write them, without what is written around them. Pure."""

import re
from collections.abc import Iterable

_LEAD = re.compile(
    r"""^\W*(?:(?:written\s+|words\s+|story\s+|posted\s+|published\s+)?by\b\s*:?|بقلم|كتبت?(?=\s|:)|الكاتبة?(?=\s|:)|إعداد|المؤلفة?(?=\s|:)|автор[ыа]?\b|текст(?=\s*:)|作者|本报记者|记者|記者|撰文|文(?=[/／：:])|(?:von|por|par|door|av|מאת|yazan)\b(?=[\s:]))\s*[:：/／\-–]?\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_ASIDE = re.compile(r"\s*[(（\[][^()（）\[\]]*(?:[)）\]]|$)")  # "(earlier)", "(Reuters)"
_JOINED = re.compile(
    r"\s*(?:;|；|、|\||/|／|\s&\s|&amp;|\s(?:and|и|und|et|y|e|en|och|ve|ו)\s|،|\s+with\s+)\s*", re.IGNORECASE
)
_NOBODY = frozenset(
    "super_user no_author anonymous admin administrator author user root editor webmaster editors staff undefined null none by redaktion مدير المحرر редактор админ 管理员 小编".split()
)
_DESK = re.compile(
    r"\b(?:news\s?room|news\s?desk|(?:news|web|online|editorial)\s+(?:team|desk|staff|editor)|staff(?:\s+(?:writer|reporter))?|agenc(?:y|ies)|redacción|rédaction|redaktion|редакция|пресс-служба)\b|وكالات|هيئة التحرير|فريق التحرير|غرفة الأخبار|编辑部|本报讯",
    re.IGNORECASE,
)
_SAID_OF_DAYS = re.compile(
    r"(?:posted|published|updated|publiziert|veröffentlicht|geschrieben|publié|publicado|опубликован|обновлен|نُ?شر|تاريخ|发布|发表)(?:\b|\W)|(?:发布|发表)",
    re.IGNORECASE,
)
_OFFICES = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|columnist|producer|journalist|photographs?|photography|chief)\b",
    re.IGNORECASE,
)


def clean(values: Iterable[str], *, site: str) -> tuple[str, ...]:
    """Clean names of people and desks; addresses, offices and names of nobody are left out."""
    found: list[str] = []
    for value in values:
        if "://" in value:
            continue
        text = _ASIDE.sub(" ", _LEAD.sub("", " ".join(value.split())))
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
    if _SAID_OF_DAYS.match(name) or re.search("(?:报道|報導|報道)$", name):
        return False
    return not re.search(r"https?:|www\.|@|\d{3}|\.(?:com|net|org)\b", name) and not _OFFICES.search(name)


def are_desks(found: tuple[str, ...], *, site: str) -> bool:
    """Names of nobody in person: the site's own, "newsroom"."""
    return all(name.casefold() == site.casefold() or _DESK.search(name) for name in found)

"""A page's tree without what is around its text: menus, banners, sharing, teasers of other pages, comments.

By the tag, the role, the words in class names and ids, and the label that a block begins with. What holds the page's
heading or most of its text is never taken for such a block, whatever its name says.
"""

import copy
import re
from dataclasses import dataclass
from typing import Any

from annotations.lib.fetching.segments import squeezed

_TAGS = frozenset(
    """nav aside footer form button select script style template iframe svg canvas object embed noscript dialog menu
    amp-sidebar amp-consent amp-ad amp-social-share amp-analytics""".split()
)
_UNSEEN = frozenset("script style template iframe svg canvas noscript head".split())
_LABELLED = frozenset("p div span li ul section strong b em aside blockquote h2 h3 h4 h5 dl".split())
_ROLES = frozenset("navigation banner contentinfo search dialog alertdialog menu menubar complementary".split())
# Words of class names and ids, as whole words between hyphens, underscores and changes of case.
_BOILERPLATE = re.compile(
    r"""(?:^|[-_\s])(?:cookies?|consent|gdpr|shar(?:e|ing|er)(?:bar|box|buttons?)?|social(?:s|media)?|newsletters?|subscri(?:be|ption|ptions)|
    sign-?up|related|recommend(?:ed|ations?)?|read-?(?:also|more|next|too)|also-?read|see-?also|more-?(?:news|stories|from|posts|articles)|
    (?:most|top)-?(?:read|popular|viewed|news)|popular|trending|promos?|advert(?:s|isements?|ising)?|ads?|adsbygoogle|banners?|sponsor(?:ed|s)?|
    breadcrumbs?|crumbs?|side-?bar|nav|navbar|navigation|menu|top-?bar|toolbar|foot|footer|pagination|pager|tags?|tag-?(?:list|cloud)|
    tags-?list|popup|modal|pay-?wall|log-?in|outbrain|taboola|skip-?(?:link|to)|incut|teasers?|widget|author-?(?:bio|box|card)|
    about-?author|jump-?box|rating|font-?size|print|hot-?news|rank(?:ing)?|xgxw|xgyd|similar|next-?prev|prev-?next|post-?nav|
    screen-?reader-?text|visually-?hidden|sr-?only|views)(?=$|[-_\s]|\d)""",
    re.IGNORECASE | re.VERBOSE,
)
_COMMENTS = re.compile(
    r"(?:^|[-_\s])(?:comments?(?:s?-?(?:area|list|section|form|box|wrap(?:per)?|area|block))?|respond|reader-?comments|disqus(?:-?thread)?|user-?comments|guestbook)(?=$|[-_\s]|\d)",
    re.IGNORECASE,
)
_NOT_THESE = re.compile(r"\b(?:has|no|with|without|is|hide|show|js)[-_]\w+(?:[-_]\w+)*", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LABEL = re.compile(
    r"""^\W*(?:read\s+(?:more|also|next|too)|see\s+also|also\s+read|related(?:\s+(?:stories|articles|news|topics))?|more\s+on\s+this|don['’]t\s+miss|
    [اإأ]قر[أا]\w?\s+(?:[أا]يض[اًـ]*|المزيد)|[أا]يضا\s+في|شاهد\s+[أا]يض[اً]*|مواضيع\s+ذات\s+صلة|[أا]خبار\s+ذات\s+صلة|مقالات\s+ذات\s+صلة|المزيد\s+من|تابع\s+[أا]يض[اً]*|
    читайте\s+(?:также|ещ[её])|смотрите\s+также|по\s+теме|материалы\s+по\s+теме|другие\s+новости|ранее\s+по\s+теме|
    相关(?:阅读|新闻|链接|报道|文章)|延伸阅读|推荐阅读|更多新闻|相關(?:閱讀|新聞)|延伸閱讀|更多阅读)(?=\W|$)""",
    re.IGNORECASE | re.VERBOSE,
)
_LISTS = frozenset("div ul ol td tr table p center span font dl section".split())
_MOST_SHARE = 0.3  # of the page's text: a block with more is not beside it
_SHORT = 400  # characters: a window or an offer in the middle of the text is not longer


@dataclass(frozen=True, slots=True)
class Pruned:
    """`taken`: the texts of the blocks that were taken out of `tree`, squeezed (segments.py)."""

    tree: Any
    taken: str


def pruned(page: Any) -> Pruned:
    """A pruned copy of the lxml tree, or a plain copy where next to nothing would be left."""
    tree = copy.deepcopy(page)
    body = tree.find(".//body")
    if body is None:
        return Pruned(tree, "")
    sizes = _sizes(body)
    total = sizes[body][0]
    doomed, stack, lost = [], list(reversed(body)), 0
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str) or element.tag in _UNSEEN or _is_beside(element, sizes, total):
            doomed.append(element)
            lost += sizes.get(element, (0, 0, False))[0]
        else:
            stack += reversed(element)
    if total - lost < min(80, total // 5):
        return Pruned(copy.deepcopy(page), "")
    taken = "\n".join(squeezed(element.text_content()) for element in doomed if sizes.get(element, (0,))[0])
    for element in doomed:
        element.drop_tree()
    return Pruned(tree, taken)


def is_beside(element: Any) -> bool:
    """By its own name or role, or one above it: a block that is not the page's text."""
    while element is not None and element.tag not in ("body", "html"):
        if element.tag in _TAGS or element.get("role") in _ROLES or _named(element):
            return True
        element = element.getparent()
    return False


def _sizes(body: Any) -> dict[Any, tuple[int, int, bool]]:
    """Of each element: characters of text, those in links, and whether the page's heading stands in it."""
    sizes: dict[Any, tuple[int, int, bool]] = {}
    for element in reversed(list(body.iter())):
        if not isinstance(element.tag, str) or element.tag in _UNSEEN:
            sizes[element] = (0, 0, False)
            continue
        size, linked = len((element.text or "").strip()), 0
        heading = element.tag == "h1"
        for child in element:
            below = sizes[child]
            size += below[0] + len((child.tail or "").strip())
            linked += below[1]
            heading = heading or below[2]
        sizes[element] = (size, size if element.tag == "a" else linked, heading)
    return sizes


def _is_beside(element: Any, sizes: dict[Any, tuple[int, int, bool]], total: int) -> bool:
    size, linked, heading = sizes[element]
    if heading:
        return False
    if _COMMENTS.search(_name(element)) or element.get("itemprop") == "comment":
        return True
    if size > total * _MOST_SHARE:
        return False
    if element.tag in _TAGS:
        return bool(element.tag != "footer" or element.getparent().tag != "blockquote")
    if element.get("role") in _ROLES or "hidden" in element.attrib or _is_styled_away(element):
        return True
    if _named(element):
        return size < _SHORT or linked * 2 > size or element.tag == "aside"
    if element.tag in _LISTS and linked > 0.8 * size and len(element.findall(".//a")) > 1:
        return True  # a menu by what it holds
    return size < _SHORT and element.tag in _LABELLED and _begins_with_label(element, size, linked)


def _begins_with_label(element: Any, size: int, linked: int) -> bool:
    """ "Read also: (a link)"; a sentence that begins with such words and goes on without a link stays."""
    text = " ".join(element.text_content().split())
    label = _LABEL.match(text)
    return label is not None and (linked * 2 > size - len(label.group()) or len(text) - label.end() < 4)


def _is_styled_away(element: Any) -> bool:
    return bool(re.search(r"display\s*:\s*none|visibility\s*:\s*hidden", element.get("style") or "", re.IGNORECASE))


def _named(element: Any) -> bool:
    return bool(_BOILERPLATE.search(_name(element)))


def _name(element: Any) -> str:
    given = f"{element.get('id') or ''} {element.get('class') or ''}"
    return _NOT_THESE.sub("", _CAMEL.sub("-", given)) if len(given) < 400 else ""

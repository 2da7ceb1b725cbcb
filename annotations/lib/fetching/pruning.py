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
    about-?author|jump-?box|rating|font-?size|print|hot-?(?:news|list)|rank(?:ing)?|xgxw|xgyd|similar|next-?prev|prev-?next|post-?nav|
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
    r"""^\W*(?:(?:read\s+(?:more|also|next|too)|see\s+also|also\s+read|related(?:\s+(?:stories|articles|news|topics|posts|content))?|more\s+(?:on\s+this|from|stories|news)|
    don['’]t\s+miss|most\s+(?:read|popular|viewed)|trending(?:\s+now)?|you\s+(?:may|might)\s+also\s+like|recommended(?:\s+for\s+you)?|
    [اإأ]قر[أا]\w?\s+(?:[أا]يض[اًـ]*|المزيد)|[أا]يضا\s+في|(?:شاهد|طالع|انظر)\s+[أا]يض[اً]*|(?:مواضيع|[أا]خبار|مقالات|مواد)\s+(?:ذات\s+(?:صلة|علاقة)|متعلقة|مشابهة)|المزيد\s+(?:من|حول)|
    تابع\s+[أا]يض[اً]*|ال[أا]كثر\s+(?:قراءة|مشاهدة|تداولا)|قد\s+(?:يعجبك|يهمك)|
    (?:чита(?:йте|ть|й)|смотр(?:ите|еть))\s+(?:также|ещ[её])|(?:ещ[её]\s+)?по\s+теме|материалы\s+по\s+теме|другие\s+(?:новости|материалы)|ранее\s+по\s+теме|похожие\s+(?:материалы|темы|статьи)|
    популярное|самое\s+читаемое|главное\s+за\s+(?:день|неделю)|рекомендуем|
    (?:à\s+)?lire\s+aussi|lea\s+también|lee\s+también|te\s+puede\s+interesar|lesen\s+sie\s+auch|mehr\s+zum\s+thema|leia\s+(?:também|mais)|leggi\s+anche|ilgili\s+haberler|
    مطالب\s+مرتبط|بیشتر\s+بخوانید|קראו\s+(?:גם|עוד))(?=\W|$)|
    相关(?:阅读|新闻|链接|报道|文章|推荐)|延伸阅读|推荐(?:阅读|新闻)|(?:热门|精彩|为您|相关)推荐|热门(?:新闻|文章|阅读)|猜你喜欢|大家都在看|更多(?:新闻|阅读|报道)|
    相關(?:閱讀|新聞|報導|文章)|延伸閱讀|推薦閱讀|更多新聞|熱門新聞|猜你喜歡|友情(?:链接|鏈接)|関連(?:記事|ニュース)|あわせて読みたい)""",
    re.IGNORECASE | re.VERBOSE,
)
_BYLINE = re.compile(r"^\W*(?:by|von|por|par|текст|автор\w*|بقلم|كتب|作者|记者|מאת)(?=[\W]|$)", re.IGNORECASE)
# What asks for something or claims a right in few words is not told by the article.
_ASIDE = re.compile(
    r"""^\W*(?:©|\(c\)\s|copyright\b|all\s+rights\s+reserved|powered\s+by\b|(?:جميع|كل|كافة)\s+الحقوق\s+محفوظة|все\s+права\s+защищены|(?:版权|版權)所有|
    follow\s+us\s+on\s+(?:facebook|twitter|x\b|instagram|telegram|whatsapp|youtube|tiktok|linkedin|google|social)|sign\s+up\s+(?:to|for)\s+our|subscribe\s+to\s+our|share\s+this\b|click\s+to\s+share|
    تابعونا?\s+(?:على|عبر)|اشترك\w*\s+(?:في|بـ?)\s*(?:نشرت|قنات|النشرة|القناة)|شارك(?:ها|وا|\s+(?:الخبر|المقال|هذا))|انشر\s+(?:على|الخبر)|
    подпи(?:сывайтесь|шитесь)\s+на|поделиться|нашли\s+(?:ошибку|опечатку)|扫码|扫一扫|關注我們|关注我们|(?:分享|转发)(?:到|至)|用微信扫)""",
    re.IGNORECASE | re.VERBOSE,
)
_LISTS = frozenset("div ul ol td tr table p center span font dl section".split())
_MOST_SHARE = 0.3  # of the page's text: a block with more is not beside it
_SHORT = 400  # characters: a window or an offer in the middle of the text is not longer
_FEW = 160  # characters of an appeal


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
        return not (size < 200 and _BYLINE.match(_words(element)))  # a menu by what it holds
    if size >= _SHORT or not size or element.tag not in _LABELLED:
        return False
    text = _words(element)
    return bool(size < _FEW and _ASIDE.match(text)) or _begins_with_label(text, size, linked)


def _words(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _begins_with_label(text: str, size: int, linked: int) -> bool:
    """ "Read also: (a link)"; a sentence that begins with such words and goes on without a link stays."""
    label = _LABEL.match(text)
    return label is not None and (linked * 2 > size - len(label.group()) or len(text) - label.end() < 4)


def _is_styled_away(element: Any) -> bool:
    return bool(re.search(r"display\s*:\s*none|visibility\s*:\s*hidden", element.get("style") or "", re.IGNORECASE))


def _named(element: Any) -> bool:
    return bool(_BOILERPLATE.search(_name(element)))


def _name(element: Any) -> str:
    given = f"{element.get('id') or ''} {element.get('class') or ''}"
    return _NOT_THESE.sub("", _CAMEL.sub("-", given)) if len(given) < 400 else ""

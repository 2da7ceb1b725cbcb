"""A discussion: the texts of its posts, each with who wrote it, without signatures and what stands beside them."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from annotations.lib.fetching import bylines, segments, visible
from annotations.lib.fetching.segments import squeezed
from annotations.lib.fetching.written_dates import day_comes_first, declared_day

_CLASS = "contains(concat(' ', normalize-space(@class), ' '), ' {} ')"
# Where the common kinds of forum software keep the words of a post.
_BODIES = tuple(
    re.sub(r"\{(\w[\w\-]*)\}", lambda name: f"[{_CLASS.format(name.group(1))}]", form)
    for form in (
        "//*[starts-with(@id,'post_message_')]",
        "//*[starts-with(@id,'postmessage_')]",
        "//*{postbody}//*{content}",
        "//*{postbody}[not(.//*[contains(@class, 'content')])]",
        "//*{message}//*{message-body}",
        "//*{messageContent}//*{messageText}",
        "//*{crawler-post}//*{post}",
        "//*{topic-post}//*{cooked}",
        "//*{js-post-body}",
        "//*[@data-role='commentContent']",
        "//*{postcontent}",
        "//*{post_body}",
        "//*{post_wrapper}//*{inner}",
        "//*{d_post_content}",
        "//*{bbp-topic-content} | //*{bbp-reply-content}",
        "//*{Post-body}",
        "//*[@component='post/content']",
        "//*{Message}{userContent}",
        "//*{usertext-body}",
        "//*[contains(@itemtype,'DiscussionForumPosting') or contains(@itemtype,'Comment') or contains(@itemtype,'Answer')"
        " or contains(@itemtype,'Question')]//*[@itemprop='text' or @itemprop='articleBody']",
    )
)
_SOFTWARE = re.compile(
    r"phpbb|vbulletin|discuz|xenforo|discourse|mybb|invision|ip\.?board|\bsmf\b|simple machines|flarum|nodebb|vanilla|punbb|fluxbb|bbpress|"
    r"phpwind|yabb|viewtopic|viewthread|showthread|DiscussionForumPosting|QAPage",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"(?:^|[\W_])(?:forums?|boards?|threads?|topics?|discussions?)(?=[\W_]|$)|منتد[ىي]|منتديات|ملتقى|форум|论坛|論壇|贴吧|社区|社區",
    re.IGNORECASE,
)
_POST = re.compile(
    r"(?:^|[-_\s])(?:posts?|msg|message|reply|topic|thread|answer|floor|lou|entry|row)(?=$|[-_\s#])", re.IGNORECASE
)
_BODY = re.compile(r"(?:^|[-_\s])(?:body|content|text|message|msg|inner|t_f|words|entry)(?=$|[-_\s#])", re.IGNORECASE)
_NOT_BODY = re.compile(
    r"user|author|profile|avatar|sign|foot|meta|info|action|tool|button|member|title|quote|header", re.IGNORECASE
)
_AUTHOR = re.compile(
    r"(?:^|[-_\s])(?:username|user-?name|bigusername|author|nick(?:name)?|poster|creator|authi|postmenu|member-?name|xw1|fn|p-?author)(?=$|[-_\s\d])",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"(?:^|[-_\s])(?:sig|sign|signature|signatur)(?=$|[-_\s\d])", re.IGNORECASE)
_DASHES = re.compile(r"\n\s*(?:_{5,}|-{8,}|—{5,})\s*\n.*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Post:
    """`body`: the element that holds its words."""

    author: str
    text: str
    body: Any


def read(page: Any) -> list[Post]:
    """The posts of a forum's page in their order; [] when it is no discussion."""
    known, hinted = _signs(page)
    if not (known or hinted):
        return []
    bodies = next((found for found in (_outer(page.xpath(path)) for path in _BODIES) if len(found) > 1), [])
    guessed = not bodies
    if guessed:
        bodies = _alike(page)
    if not bodies and known:
        guessed = False
        bodies = next((found for path in _BODIES if (found := _outer(page.xpath(path)))), [])
    others = set(bodies)
    found = [Post(_author(body, others), text, body) for body in bodies[:500] if (text := _words(body))]
    # Blocks that are only named like posts must be signed like posts too.
    return [] if guessed and sum(bool(post.author) for post in found) * 2 < len(found) else found


def started(posts: list[Post]) -> date | None:
    """The day that stands on the first post."""
    if not posts:
        return None
    first = posts[0].body
    holder = _holder(first, {post.body for post in posts})
    inside = set(first.iter())
    times = (each.get("datetime") or "" for each in holder.iter("time") if each not in inside)
    lines = (part.text for part in segments.of(holder) if part.owner not in inside)
    day = next((found for time in times if (found := declared_day(time))), None)
    return day or bylines.day_of_lines(lines, others=60, day_first=day_comes_first(first.text_content()))


def main_text(posts: list[Post], title: str) -> str:
    """The heading, then each post under its author's name."""
    blocks = [title] if title else []
    for post in posts:
        blocks.append(f"{post.author}\n{post.text}" if post.author else post.text)
    return "\n\n".join(blocks)


def _signs(page: Any) -> tuple[bool, bool]:
    """(the software of a forum is known by its marks, the page calls itself a forum)."""
    body = page.find(".//body")
    if body is None:
        return False, False
    said = [f"{each.get('class') or ''} {each.get('id') or ''} {each.get('itemtype') or ''}" for each in (body, page)]
    said += [each.get("content") or "" for each in page.xpath("//meta[@name='generator' or @property='og:url']")]
    said += [each.get("href") or "" for each in page.xpath("//link[@rel='canonical']")]
    kinds = page.xpath("//*[contains(@itemtype,'DiscussionForumPosting') or contains(@itemtype,'QAPage')]/@itemtype")
    scripts = " ".join(each.text or "" for each in page.xpath("//script[contains(@type,'ld+json')]"))
    marked = page.xpath(
        "//*[starts-with(@id,'post_message_') or starts-with(@id,'postmessage_') or contains(@class,'message--post')"
        " or contains(@class,'crawler-post') or contains(@class,'topic-post') or contains(@class,'usertext-body')]"
    )
    known = bool(marked or kinds) or bool(_SOFTWARE.search(" ".join(said)))
    known = known or bool(re.search(r'"(?:DiscussionForumPosting|QAPage)"', scripts))
    names = page.xpath("//meta[@property='og:site_name' or @name='application-name']/@content")
    titles = [each.text_content() for each in page.iter("title")][:1]
    return known, bool(_WORDS.search(" ".join([*said, *names, *titles])))


def _outer(elements: list[Any]) -> list[Any]:
    chosen = set(elements)
    return [each for each in elements if not any(above in chosen for above in each.iterancestors())]


def _alike(page: Any) -> list[Any]:
    """Unknown software: the repeated blocks named like posts that hold the most text, and in each the part named like a body."""
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for element in page.iter("div", "article", "li", "tr", "section", "table"):
        name = re.sub(r"\d+", "#", f"{(element.get('class') or '').split(' ')[0]} {element.get('id') or ''}").strip()
        if name and _POST.search(name):
            groups[element.tag, name].append(element)
    best: list[Any] = []
    size = 0
    for found in groups.values():
        outer = _outer(found)
        words = sum(len(each.text_content()) for each in outer)
        if len(outer) > 1 and words > size:
            best, size = outer, words
    return [_body_of(post) for post in best]


def _body_of(post: Any) -> Any:
    named = [
        each
        for each in post.iter("div", "td", "section", "p", "span")
        if each is not post
        and _BODY.search(name := f"{each.get('class') or ''} {each.get('id') or ''}")
        and not _NOT_BODY.search(name)
    ]
    return max(named, key=lambda each: len(each.text_content()), default=post)


def _words(body: Any) -> str:
    text = visible.of_element(_unsigned(body))
    return re.sub(r"\n{2,}", "\n", _DASHES.sub("", text)).strip()


def _unsigned(body: Any) -> Any:
    import copy

    signed = [
        each
        for each in body.iterdescendants()
        if isinstance(each.tag, str) and _SIGNATURE.search(each.get("class") or "")
    ]
    if not signed:
        return body
    bare = copy.deepcopy(body)
    for each in list(bare.iterdescendants()):
        if isinstance(each.tag, str) and _SIGNATURE.search(each.get("class") or ""):
            each.drop_tree()
    return bare


def _holder(body: Any, others: set[Any]) -> Any:
    """The largest element around a post's words that holds no other post's."""
    holder = body
    while (above := holder.getparent()) is not None and above.tag not in ("body", "html"):
        if any(other is not body and other in others for other in above.iterdescendants()):
            break
        holder = above
    return holder


def _author(body: Any, others: set[Any]) -> str:
    holder = _holder(body, others)
    inside = set(body.iter())
    for element in holder.iter():
        if element in inside or not isinstance(element.tag, str):
            continue
        if element.get("data-author"):
            return str(element.get("data-author"))[:80]
        if element.get("itemprop") == "name" or _AUTHOR.search(
            f"{element.get('class') or ''} {element.get('id') or ''}"
        ):
            within = (each for each in element.iter("a", "strong", "b", "h3", "h4") if each.text_content().strip())
            name = " ".join(next(within, element).text_content().split())
            if 1 < len(squeezed(name)) <= 60 and not re.search(r"\d{4}-\d|发表于", name):
                return name
    return ""

"""Text with simple marks (headings, lists, paragraphs, bold, links) as safe HTML. Raw HTML in it stays text, images stay out."""

import nh3
from markdown_it import MarkdownIt

_TAGS = {"h3", "h4", "p", "ul", "ol", "li", "strong", "em", "a", "br", "blockquote", "code", "hr"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_OWN_DIRECTION = ("h3", "h4", "p", "li")
_SCHEMES = {"http", "https", "mailto"}
MOST_CHARACTERS = 50_000

_reader = MarkdownIt("zero", {"html": False, "breaks": True, "maxNesting": 12}).enable(
    ["heading", "list", "emphasis", "link", "autolink", "newline", "blockquote", "backticks", "hr", "escape", "entity"]
)


def to_html(text: str) -> str:
    """Safe to print as it is: read without HTML, then cleaned against a short list of tags; every block finds its own direction."""
    tokens = _reader.parse(text[:MOST_CHARACTERS])
    top = min((token.tag for token in tokens if token.tag in _HEADINGS), default="")
    for token in tokens:
        if token.tag in _HEADINGS:
            token.tag = "h3" if token.tag == top else "h4"  # the page has its own two above
        if token.nesting == 1 and token.tag in _OWN_DIRECTION:
            token.attrSet("dir", "auto")
    written = str(_reader.renderer.render(tokens, _reader.options, {}))
    return nh3.clean(
        written,
        tags=_TAGS,
        attributes={"*": set(), "a": {"href"}, "ol": {"start"}, **{name: {"dir"} for name in _OWN_DIRECTION}},
        url_schemes=_SCHEMES,
        link_rel="nofollow noreferrer noopener",
    )

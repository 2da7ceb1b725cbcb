"""A web page: all that is visible, its main text, and what it says of itself."""

import itertools
import re
from typing import Any

from annotations.lib import languages
from annotations.lib.fetching import app_state, declared, posts, pruning, segments, visible

_BETWEEN = ("h2", "h3", "h4", "caption")
_LEAD = 40  # characters of a line under the heading that belongs to the text
_SHELL = 200  # characters: a page that shows less keeps its text elsewhere
_MANY_SCRIPTS = frozenset("az bs crh ha ku ms mn pa sd sr tg tk ug uz sh ks".split())
_NOT_LATIN = frozenset(
    """ar fa ur ps ckb he yi ru uk bg sr mk be kk ky zh ja ko el th ka hy bn ta te gu kn ml am km my si lo hi mr ne""".split()
)


def read(markup: str) -> dict[str, Any]:
    """The columns of a ParsedDocument. Markup that hangs parsers must not come here (documents.py)."""
    import trafilatura
    from trafilatura.utils import load_html

    markup = _unframed(markup)
    found: dict[str, Any] = {
        "full_text": visible.of_markup(markup),
        "extractor": f"pages 3: trafilatura {trafilatura.__version__} + resiliparse 2",
    }
    page = load_html(markup)
    if page is None:
        return found
    _unwrap_hidden_text(page, found["full_text"])
    visible.unlay(page)
    pruned = pruning.pruned(page)
    discussion = posts.read(page)
    about = declared.read(page, pruned.tree, is_discussion=bool(discussion), started=posts.started(discussion))
    main = _main(page, pruned, about, discussion)
    if len(main) < _SHELL and not about.body:
        about = declared.with_state(about, app_state.read(page))
        main = about.body if len(about.body) > 1.3 * len(main) else main
    found["full_text"] = _with_body(found["full_text"], about.body)
    return found | {
        "main_text": main,
        "title": about.title,
        "authors": about.authors,
        "published": about.published,
        "date_source": about.date_source,
        "site": about.site,
        "language": _language(about.languages, main or found["full_text"]),
        "canonical_url": about.canonical_url,
    }


def _unframed(markup: str) -> str:
    """Pages of frames hold what they say to readers without frames in a second body, which parsers drop."""
    if "<frameset" not in markup[:50_000].lower():
        return markup
    return re.sub(r"</?(?:frameset|frame|noframes)\b[^>]*>", "", markup, flags=re.IGNORECASE)


def _unwrap_hidden_text(page: Any, full_text: str) -> None:
    """Readers without scripts or frames are shown these: they are the text where there is no other."""
    hidden = list(page.iter("noscript", "noframes"))
    if not hidden:
        return
    inside = sum(len(" ".join(each.text_content().split())) for each in hidden)
    if inside >= _SHELL // 2 and len(full_text) - inside < _SHELL:
        for each in hidden:
            each.tag = "div"


def _main(page: Any, pruned: pruning.Pruned, about: declared.About, discussion: list[posts.Post]) -> str:
    main = _with_headings(_with_lead(_article(page, pruned), about.lines), about.parts)
    if len(discussion) > 1 or (discussion and about.type in ("DiscussionForumPosting", "Question")):
        said = posts.main_text(discussion, about.title)
        if len(said) > 0.2 * len(main):  # less: what looked like posts was something else
            return said
    # The text for machines counts where the page shows less of it: an application's shell, an offer to subscribe.
    if len(about.body) >= _SHELL and len(about.body) > 1.3 * len(main):
        return about.body
    return main


def _with_lead(main: str, lines: tuple[str, ...]) -> str:
    """The lines between the heading and the text that say something: extractors drop them with the line of particulars."""
    shown = segments.squeezed(main)
    lead: list[str] = []
    for line in lines:
        if segments.squeezed(line)[:200] in shown:
            return "\n\n".join([*lead, main])
        if len(line) >= _LEAD or (len(line) * 2 >= _LEAD and re.search("[\u3040-\u30ff\u3400-\u9fff]{12}", line)):
            lead.append(line)
    return main


def _with_headings(main: str, parts: list[segments.Segment]) -> str:
    """Headings and captions right before what stands in the main text; extractors drop some of them."""
    blocks = main.split("\n\n")
    shown = [segments.squeezed(block) for block in blocks]
    last = 0
    for part, after in itertools.pairwise(parts):
        if not segments.is_heading(part.owner, _BETWEEN):
            continue
        words, following = segments.squeezed(part.text), segments.squeezed(after.text)[:80]
        if not following:
            continue
        place = next((at for at in range(last, len(shown)) if shown[at].startswith(following)), None)
        if place is None:
            continue
        last = place
        if not any(words in block for block in shown[max(0, place - 2) : place + 1]):
            blocks.insert(place, part.text)
            shown.insert(place, words)
    return "\n\n".join(blocks)


def _article(page: Any, pruned: pruning.Pruned) -> str:
    import copy

    import trafilatura

    document: Any = trafilatura.bare_extraction(
        copy.deepcopy(page), with_metadata=False, include_comments=False, include_tables=True
    )
    main = _tidy(document.text or "") if document is not None else ""
    main = _without_taken(main, pruned)
    table_rows = [
        "\t".join(filter(None, cells)) for table in pruned.tree.iter("table") for cells in visible.rows(table)
    ]
    missing = sum(row not in main for row in table_rows)
    one_block = "\n" not in main and len(main) > _SHELL  # given up on: all words of the page in a row
    if missing * 4 > len(table_rows) or len(main) < _SHELL or one_block:
        holder = _holder(pruned.tree)
        whole = _block_text(holder) if holder is not None else ""
        if len(segments.squeezed(whole)) > (0.6 if missing or (one_block and "\n\n" in whole) else 1) * len(
            segments.squeezed(main)
        ):
            return whole
    return main


def _without_taken(main: str, pruned: pruning.Pruned) -> str:
    """The extractor sees the whole page, which it judges better; its lines that stand in menus and the like are dropped after."""
    kept = segments.squeezed(pruned.tree.text_content())
    left, last = [], 0
    for block in main.split("\n\n"):
        words = segments.squeezed(block)
        place = kept.find(words, last)
        last = last if place < 0 else place + len(words)
        if place >= 0 or words in kept or words not in pruned.taken:
            left.append(block)
    shorter = "\n\n".join(left)
    return shorter if len(shorter) >= min(0.7 * len(main), 0.5 * len(kept)) else main


def _tidy(text: str) -> str:
    """Paragraphs apart by an empty line; the rows of a table on lines that follow each other, cells apart by tabs."""
    blocks: list[str] = []
    in_table = False
    for line in text.split("\n"):
        line = line.strip()
        if not line or re.fullmatch(r"[|\s:\-]+", line):
            continue
        row = line.startswith("|") and line.endswith("|") and len(line) > 2
        if row:
            line = "\t".join(cell for cell in (" ".join(cell.split()) for cell in line[1:-1].split("|")) if cell)
            if not line:
                continue
        if row and in_table:
            blocks[-1] += "\n" + line
        else:
            blocks.append(line)
        in_table = row
    return "\n\n".join(blocks)


def _holder(tree: Any) -> Any:
    """The smallest block that holds nearly all of the text that is not links."""
    holder = tree.find(".//body")
    if holder is None:
        return None
    weight = _plain_size(holder)
    while weight:
        heaviest = max(
            (child for child in holder if isinstance(child.tag, str)),
            key=lambda child: _plain_size(child),
            default=None,
        )
        if (
            heaviest is None
            or heaviest.tag in ("table", "p", "ul", "ol", "dl")
            or _plain_size(heaviest) < 0.85 * weight
        ):
            return holder
        holder = heaviest
    return holder


def _plain_size(element: Any) -> int:
    links = sum(len(link.text_content().strip()) for link in element.iter("a"))
    return len("".join(element.text_content().split())) - links


def _block_text(holder: Any) -> str:
    blocks = re.split(r"\n\s*\n", visible.of_element(holder))
    return "\n\n".join(block.strip() for block in blocks if block.strip())


def _with_body(full_text: str, body: str) -> str:
    """What the page carries for machines can be quoted too: added at the end, where it is not shown anyway."""
    if len(body) < _SHELL // 2 and full_text.strip():
        return full_text
    shown = segments.squeezed(full_text)
    hidden = [part for part in body.split("\n\n") if segments.squeezed(part)[:200] not in shown]
    return f"{full_text}\n\n{chr(10).join(hidden)}" if hidden else full_text


def _language(said: tuple[str, ...], text: str) -> str:
    """The page's word, unless its text is in a script that the language is not written in (templates say lang="en")."""
    heard = languages.detect(text, declared=said[0] if said else None)
    for code in said:
        one_script = (heard in _NOT_LATIN) == (code in _NOT_LATIN) or code in _MANY_SCRIPTS
        if languages.is_known(code) and (heard == languages.UNKNOWN or one_script):
            return code
    return heard if heard != languages.UNKNOWN or not said else said[0]

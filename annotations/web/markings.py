"""Double marking: a marker's own page, and what other pages say of it. The merge: merging.py."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.articles import queries as articles
from annotations.claims import marking as marked_text
from annotations.claims.cutting import Piece
from annotations.claims.markings import operations, queries, rules
from annotations.errors import FactcheckError, InvalidInput
from annotations.models import Doubling, Marking, Member, Version
from annotations.web.claim_lists import selection
from annotations.web.marks import paragraphs
from annotations.web.pages import page, problems, whole


@page("marking.write")
def marking(request: HttpRequest, member: Member, article_id: int) -> HttpResponse:
    """One's own list on the bare text; saved with every button."""
    article = articles.get(member, article_id)
    doubling = queries.get(article)
    if request.method != "POST":
        return _my_page(request, member, doubling)
    post = request.POST
    try:
        said, anchor = _mark(request, member, doubling)
    except FactcheckError as error:
        refused = {"action": post.get("action", ""), "of": post.get("marking", ""), "typed": post.dict()}
        refused |= {"words": post.getlist("exact"), "problems": problems(error), "message": str(error.message)}
        return _my_page(request, member, doubling, status=error.status, refused=refused)
    messages.success(request, said)
    return redirect(reverse("marking", args=[member.newsroom.slug, article.pk]) + anchor)


def _mark(request: HttpRequest, member: Member, doubling: Doubling) -> tuple[str, str]:
    post = request.POST
    action, note = post.get("action", ""), post.get("note", "")
    if action == "take":
        operations.take(doubling, by=member)
        return _("You mark this article. Begin: mark the words of a claim in the text."), ""
    if action == "done":
        operations.done(doubling, by=member)
        return _("Your list is complete. Thank you."), ""
    if action == "add":
        start, end, exact = selection(text_of(doubling), post.dict())
        piece = Piece(start=start, end=end, exact=exact)
        to = whole(post.get("to", ""))
        if to is not None:
            into = queries.my_marking(member, doubling, to)
            made = operations.change(into, by=member, pieces=[*_kept(doubling, into), piece])
            return _("The words were added to that claim."), f"#claim-{made.pk}"
        made = operations.add(doubling, by=member, pieces=[piece], restated=post.get("restated", ""), note=note)
        return _("Marked."), f"#claim-{made.pk}"
    mine = queries.my_marking(member, doubling, whole(post.get("marking", "")) or 0)
    if action == "remove":
        operations.remove(mine, by=member)
        return _("The mark was taken back."), "#claims"
    if action != "change":
        raise InvalidInput("unknown_action", _("This button does nothing."))
    operations.change(
        mine,
        by=member,
        pieces=pieces_of(text_of(doubling), post.getlist("exact"), [tuple(span) for span in mine.spans], mine.position),
        restated=post.get("restated", ""),
        note=note,
        row_version=whole(post.get("row_version", "")),
    )
    return _("Saved."), f"#claim-{mine.pk}"


def text_of(doubling: Doubling) -> str:
    version = queries.text(doubling)
    return version.text if version else ""


def _kept(doubling: Doubling, mine: Marking) -> list[Piece]:
    text = text_of(doubling)
    return [Piece(start=start, end=end, exact=text[start:end]) for start, end in mine.spans]


def pieces_of(text: str, words: list[str], known: list[tuple[int, ...]], near: int) -> list[Piece]:
    """Typed words as places: those that stood here before keep theirs, others are found, the nearest to `near` first."""
    found: list[Piece] = []
    for typed in words:
        exact = typed.replace("\r\n", "\n").strip()
        if not exact:
            continue
        places = [span[0] for span in known if text[span[0] : span[1]] == exact]
        if not places:
            places = sorted(_all(text, exact), key=lambda at: abs(at - near))[:1]
        if not places:
            raise InvalidInput(
                "not_in_text", _("These words do not stand in the article. Copy them exactly."), pointer="/exact"
            )
        taken = {piece.start for piece in found}
        start = next((place for place in places if place not in taken), places[0])
        found.append(Piece(start=start, end=start + len(exact), exact=exact))
    return found


def _all(text: str, words: str) -> list[int]:
    found: list[int] = []
    at = text.find(words)
    while at >= 0 and len(found) < 1000:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def _my_page(
    request: HttpRequest,
    member: Member,
    doubling: Doubling,
    *,
    status: int = 200,
    refused: dict[str, Any] | None = None,
) -> HttpResponse:
    standing = queries.standing(member, doubling)
    version = queries.text(doubling) if standing.own else None
    rows = queries.mine(member, doubling)
    context = {
        "article": doubling.article,
        "doubling": doubling,
        "version": version,
        "order": "",
        "paragraphs": paragraphs(_blocks(version, rows), doubling.article),
        "rows": [_row(each, number, version, refused or {}) for number, each in enumerate(rows, start=1)],
        "may_mark": not rules.refusal_to_mark(standing),
        "may_take": not rules.refusal_to_take(standing),
        "own": standing.own,
        "refused": refused or {},
    }
    return render(request, "markings/mine.html", context, status=status)


def _row(mark: Marking, number: int, version: Version | None, refused: dict[str, Any]) -> dict[str, Any]:
    """One mark with the fields of its form: as kept, or as typed where that was refused."""
    quotes = queries.quotes(mark, version) if version else []
    typed = refused["typed"] if refused.get("of") == str(mark.pk) else {}
    return {
        "marking": mark,
        "key": str(mark.pk),
        "number": number,
        "quotes": quotes,
        "words": refused["words"] if typed else [*quotes, ""],
        "restated": typed.get("restated", mark.restated),
        "note": typed.get("note", mark.note),
    }


def _blocks(version: Version | None, rows: list[Marking]) -> list[marked_text.Block]:
    if version is None:
        return []
    marks = [
        marked_text.Mark(start, end, each.pk, number)
        for number, each in enumerate(rows, start=1)
        for start, end in each.spans
    ]
    return marked_text.blocks(version.text, version.paragraphs, [], marks)  # headings are the splitter's finding

"""The editor's page of a double marking: on, off, closed, and the lists side by side to be merged."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.articles import queries as articles
from annotations.claims.markings import merging, operations, queries, rules
from annotations.claims.markings.queries import Line
from annotations.errors import FactcheckError, InvalidInput
from annotations.lib.differences import by_words
from annotations.models import Article, Doubling, Member, Version
from annotations.models.markings import DoublingState
from annotations.web.doubling import people, switch_on
from annotations.web.markings import pieces_of, text_of
from annotations.web.pages import page, wholes

_LETTERS = "ABCDEFGHIJ"


@page("claim.edit")
def markings(request: HttpRequest, member: Member, article_id: int) -> HttpResponse:
    """Switch it on or off, close it, and merge the lists side by side."""
    article = articles.get(member, article_id)
    doubling = queries.of_article(article)
    if request.method != "POST":
        return _merge_page(request, member, article, doubling)
    try:
        said, anchor = _act(request, member, article, doubling)
    except FactcheckError as error:
        post = request.POST
        refused: dict[str, Any] = {
            "row": post.get("row", ""),
            "message": str(error.message),
            "action": post.get("action", ""),
        }
        refused |= {
            "words": post.getlist("exact"),
            "restated": post.get("restated", ""),
            "typed": post.get("reason", ""),
        }
        return _merge_page(request, member, article, queries.of_article(article), status=error.status, refused=refused)
    messages.success(request, said)
    if request.POST.get("action") in ("on", "off"):
        return redirect("article", member.newsroom.slug, article.pk)
    return redirect(reverse("markings", args=[member.newsroom.slug, article.pk]) + anchor)


def _act(request: HttpRequest, member: Member, article: Article, doubling: Doubling | None) -> tuple[str, str]:
    post = request.POST
    action = post.get("action", "")
    if action == "on":
        switch_on(article, member, post.get("places", ""), post.getlist("members"))
        return _("Double marking is on: people mark the article blind to each other."), ""
    doubling = doubling or queries.get(article)
    if action == "off":
        operations.switch_off(doubling, by=member)
        return _("Double marking is switched off."), ""
    if action == "close":
        operations.close(doubling, by=member, reason=post.get("reason", ""))
        return _("The marking is closed. Merge what there is."), ""
    if action == "look":
        operations.disclose(doubling, by=member)
        return _("You see the marks, and can no longer mark this article yourself."), ""
    if action == "alike":
        made = len(merging.take_alike(doubling, by=member))
        return ngettext(
            "%(n)d claim taken that all marked alike.", "%(n)d claims taken that all marked alike.", made
        ) % {"n": made}, ""
    row = _ids(post.get("row", ""))
    anchor = f"#row-{post.get('row', '')}"
    if action.startswith("take-"):
        made = len(merging.take(doubling, by=member, row=row, wanted=_ids(action.removeprefix("take-"))))
        return ngettext("%(n)d claim taken.", "%(n)d claims taken.", made) % {"n": made}, anchor
    if action == "adjust":
        text, marks = text_of(doubling), [each for each in queries.marks(doubling) if each.pk in row]
        near = min((each.position for each in marks), default=0)
        known = [tuple(span) for each in marks for span in each.spans]
        found = pieces_of(text, post.getlist("exact"), known, near)
        claim = merging.take_adjusted(doubling, by=member, row=row, pieces=found, restated=post.get("restated", ""))
        return _("Claim %d taken with these words.") % claim.number, anchor
    if action == "leave":
        merging.leave_out(doubling, by=member, row=row)
        return _("Left out."), anchor
    if action == "again":
        merging.decide_again(doubling, by=member, row=row)
        return _("The row waits again."), anchor
    raise InvalidInput("unknown_action", _("This button does nothing."))


def _ids(key: str) -> list[int]:
    return wholes(key.split("-"))


def _merge_page(
    request: HttpRequest,
    member: Member,
    article: Article,
    doubling: Doubling | None,
    *,
    status: int = 200,
    refused: dict[str, Any] | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {"article": article, "doubling": doubling, "refused": refused or {}}
    if doubling is None:
        return render(request, "markings/merge.html", context | people(member), status=status)
    standing = queries.standing(member, doubling)
    context |= {"may_look": rules.may_disclose(standing), "sees": rules.may_see_all(standing)}
    context |= {"blind": bool(standing.own) and doubling.state == DoublingState.MARKING, "free": standing.free}
    if not context["blind"]:
        context["markers"] = _lettered(queries.markers(doubling))
    if context["sees"]:
        found, lines = queries.side_by_side(member, doubling)
        version = doubling.version
        rows = [_line(line, version, refused or {}) for line in lines] if version else []
        context |= {
            "markers": _lettered(found),
            "lines": rows,
            "left": sum(line.open for line in lines),
            "alike": sum(line.open and line.row.alike for line in lines),
            "may_merge": rules.may_merge(standing),
            "outdated": doubling.version_id not in (None, article.current_id),
        }
    return render(request, "markings/merge.html", context, status=status)


def _lettered(markers: list[Any]) -> list[dict[str, Any]]:
    return [{"letter": letter, "marker": each} for letter, each in zip(_LETTERS, markers, strict=False)]


def _line(line: Line, version: Version, refused: dict[str, Any]) -> dict[str, Any]:
    """A row in words: each cell's quote, and from the second on how it differs from the first."""
    cells: list[dict[str, Any]] = []
    first = ""
    for letter, cell in zip(_LETTERS, line.cells, strict=False):
        mark = cell.marking
        shown: dict[str, Any] = {"letter": letter, "marker": cell.marker, "marking": mark}
        if mark is not None:
            quote = " … ".join(queries.quotes(mark, version))
            shown |= {"quote": quote, "pieces": by_words(first, quote) if first and quote != first else []}
            first = first or quote
        cells.append(shown)
    present = [cell for cell in cells if cell["marking"] is not None]
    mine = refused if refused.get("row") == line.key and refused.get("action") == "adjust" else {}
    widest = max((cell["marking"] for cell in present), key=lambda mark: sum(end - start for start, end in mark.spans))
    claims = {cell["marking"].claim for cell in present if cell["marking"].claim is not None}
    return {
        "line": line,
        "cells": cells,
        "present": present,
        "kind": _kind(line),
        "percent": round(100 * line.row.iou) if line.row.iou is not None else None,
        "words": [*(mine.get("words") or queries.quotes(widest, version)), ""],
        "restated": mine.get("restated", widest.restated),
        "problem": refused.get("message", "") if refused.get("row") == line.key else "",
        "adjusting": bool(mine),
        "claims": [] if line.open else sorted(claims, key=lambda claim: claim.number),
        "left_out": not line.open and not claims,
    }


def _kind(line: Line) -> str:
    if line.row.kind == "same":
        return _("the same words") if line.row.alike else _("the same words, restated differently")
    if line.row.kind == "overlap":
        return _("overlapping")
    letter = next(letter for letter, cell in zip(_LETTERS, line.cells, strict=False) if cell.marking is not None)
    return _("only %s") % letter

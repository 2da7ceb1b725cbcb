"""The newsroom's guideline and checklist as they are shown beside the work, and the forms in which an admin writes them."""

from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import mark_safe

from annotations.lib import languages
from annotations.lib.marked_text import to_html
from annotations.models import CheckItem, Guideline, Member, Newsroom, Review
from annotations.newsrooms import guidelines
from annotations.newsrooms.guidelines import Item
from annotations.web.pages import whole

_OLD_SHOWN = 30
_LAST = 10_000  # where a line without a number goes


def guideline_context(member: Member) -> dict[str, Any]:
    """For reviews/guideline.html: `guideline` in the interface's language where there is one, None without any."""
    found = guidelines.guideline(member.newsroom)
    return {"guideline": _shown(found) if found else None}


def _shown(row: Guideline) -> dict[str, Any]:
    # Cleaned against a short list of tags by to_html.
    html = mark_safe(to_html(row.text))  # noqa: S308
    return {"row": row, "html": html, "direction": languages.direction(row.language)}


def checklist_context(member: Member, answer: Mapping[str, Any], found: Mapping[str, str]) -> dict[str, Any]:
    """For reviews/checklist.html: its lines with what the draft `answer` has ticked and the problems `found` at them."""
    ticked = answer.get("checks") or ()
    rows = [
        {"item": item, "ticked": item.key in ticked, "problem": found.get(f"checks_{item.key}", "")}
        for item in guidelines.items(guidelines.checklist(member.newsroom))
    ]
    return {"checklist": rows}


def ticked_in(reviews: Iterable[Review]) -> dict[int, list[dict[str, Any]]]:
    """By review: the lines of its checklist's version, each with whether it was ticked. One query for all."""
    reviews = [review for review in reviews if review.checklist_id is not None]
    lines: dict[int, list[CheckItem]] = {}
    for item in CheckItem.objects.filter(checklist__in={review.checklist_id for review in reviews}).order_by("order"):
        lines.setdefault(item.checklist_id, []).append(item)
    return {
        review.pk: [
            {"item": item, "ticked": item.key in review.checks} for item in lines.get(review.checklist_id or 0, [])
        ]
        for review in reviews
    }


def settings_context(
    newsroom: Newsroom,
    *,
    texts: Mapping[str, str] | None = None,
    rows: list[Item] | None = None,
    found: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """For the settings page. `texts` or `rows`: what was typed and refused, with `found` at fault."""
    found = found or {}
    versions = guidelines.guidelines(newsroom)
    current = {row.language: row for row in versions if row.is_current}
    checklist = guidelines.checklist(newsroom)
    if rows is None:
        rows = [Item(item.texts, item.is_required, item.key) for item in guidelines.items(checklist)] + [Item({})]
    return {
        "guidelines": [
            {
                "code": code,
                "language": language,
                "direction": languages.direction(code),
                "text": texts.get(code, "") if texts is not None else (current[code].text if code in current else ""),
                "version": current[code].version if code in current else 0,
                "shown": _shown(current[code]) if code in current and current[code].text else None,
                "problem": found.get(f"texts_{code}", ""),
            }
            for code, language in settings.LANGUAGES
        ],
        "old_guidelines": [row for row in versions if not row.is_current][:_OLD_SHOWN],
        "checklist_version": checklist.version if checklist else 0,
        "checklist_rows": [
            {
                "row": row,
                "place": place,
                "number": place + 1,
                "texts": [
                    {
                        "code": code,
                        "language": language,
                        "direction": languages.direction(code),
                        "value": row.texts.get(code, ""),
                        "problem": found.get(f"items_{place}_texts_{code}", ""),
                    }
                    for code, language in settings.LANGUAGES
                ],
            }
            for place, row in enumerate(rows)
        ],
        "checklist_problem": found.get("items", "") or found.get("", ""),
    }


def posted_lines(request: HttpRequest) -> list[Item]:
    """The checklist's form, in the order of its numbers."""
    post = request.POST
    codes = guidelines.languages()
    columns = [post.getlist("key"), post.getlist("number"), *(post.getlist(f"item_{code}") for code in codes)]
    required = set(post.getlist("required"))
    found = []
    for place, (key, number, *texts) in enumerate(zip_longest(*columns, fillvalue="")):
        item = Item(dict(zip(codes, texts, strict=True)), str(place) in required, key)
        wanted = whole(number)
        found.append((_LAST if wanted is None else wanted, place, item))
    return [item for _number, _place, item in sorted(found, key=lambda each: each[:2])]

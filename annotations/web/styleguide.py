"""Every component of the interface on one page, in each language of the interface. For development; elsewhere there is no such page."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Row
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from annotations.claims.marking import Mark, blocks
from annotations.lib import languages
from annotations.lib.differences import by_words
from annotations.models.claims import ClaimState
from annotations.models.scales import in_language
from annotations.newsrooms.presets import PRESETS
from annotations.web.marks import paragraphs

_MOMENT = datetime(2024, 3, 14, 12, 4, tzinfo=UTC)
_TEXT = {
    "en": "The bridge is open\n\nThe mayor said that the bridge cost 18 million, and that 40 % of it was given.",
    "ar": "الجسر مفتوح\n\nقال رئيس البلدية إن الجسر كلف 18 مليون دينار وإن 40 في المئة منها تبرعات.",
}
_WORDS = {
    "en": ("The bridge cost 18 million.", "The bridge cost 81 million.", "https://records.example/bridge"),
    "ar": ("كلف الجسر 18 مليون دينار.", "كلف الجسر 81 مليون دينار.", "https://records.example/جسر"),
}
PALETTE = tuple(
    "paper sheet sunken ink ink-soft line line-strong accent accent-soft good fair bad mark mark-strong".split()
)


class _Source(Row):
    def __str__(self) -> str:
        return str(self.url)


@login_not_required
def styleguide(request: HttpRequest) -> HttpResponse:
    if not settings.STYLEGUIDE:
        raise Http404
    sides = []
    for code, name in settings.LANGUAGES:
        with translation.override(code):
            sides.append(_side(request, code) | {"name": name})
    return render(request, "styleguide/page.html", {"sides": sides, "palette": PALETTE, "noindex": True})


def _side(request: HttpRequest, code: str) -> dict[str, Any]:
    """One language, whose texts of the components are in it; sample words in another of its direction where it has none."""
    direction = languages.direction(code)
    language = code if code in _TEXT else {"rtl": "ar", "ltr": "en"}[direction]
    text = _TEXT[language]
    head, body = text.split("\n\n")
    at = len(head) + 2
    words, other, url = _WORDS[language]
    parts = [(0, len(head), direction), (at, len(text), direction)]
    marks = [Mark(at, at + len(body) // 2, 1, 1), Mark(at + len(body) // 3, len(text), 2, 2)]
    labels = [
        Row(key=label.key, color=label.color, icon=label.icon, name=in_language(label.names))
        for label in {
            (label.color, label.icon): label for preset in PRESETS.values() for label in preset.labels
        }.values()
    ]
    source = _Source(pk=1, statement="", url=url)
    quoted = Row(quote=other, quote_score=87.0, translation="", is_primary=True, get_stance_display=words)
    item = {
        "evidence": quoted,
        "source": source,
        "state_tone": "good",
        "state_label": ClaimState.OPEN.label,
        "quote_tone": "bad",
        "quote_label": words,
        "problem": "",
        "before": words + " ",
        "matched": words,
        "after": " " + words,
        "diff": by_words(other, words),
        "page": 3,
    }
    found = Row(
        words=words,
        claim=None,
        earlier=Row(language=language, verdict=words, url=url, publisher="", published_on=date(2024, 3, 1)),
    )
    article = Row(language=language, direction=direction)
    context = {
        "code": code,
        "language": language,
        "direction": direction,
        "article": article,
        "paragraphs": paragraphs(blocks(text, parts, [(0, len(head))], marks), article),  # type: ignore[arg-type]
        "labels": labels,
        "states": ClaimState.choices,
        "item": item,
        "words": words,
        "pieces": by_words(other, words),
        "rows": Paginator(range(30), 10).get_page(2),
        "precedents": [{"found": found, "percent": 92, "why": "", "label": None}],
        "copy": Row(
            state="kept", url=url, copied_at=_MOMENT, nearest_url=url, nearest_at=_MOMENT, copies=3, more=False
        ),
        "parts": [
            {"kind": "page", "text": "3"},
            {"kind": "rows", "rows": [["2019", "34"], ["2023", "21"]]},
            {"kind": "p", "lines": [words]},
        ],
        "asked_on": date(2024, 3, 14),
        "newsroom": Row(slug="demo"),
    }
    return {"code": code, "direction": direction, "html": render_to_string("styleguide/side.html", context, request)}

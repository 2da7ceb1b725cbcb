"""What readers see: a newsroom's published fact-checks, one page a claim, with ClaimReview markup."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from annotations.errors import FactcheckError, NotFound
from annotations.exports import queries as exports
from annotations.exports.formats import claimreview
from annotations.lib import languages
from annotations.models import Newsroom
from annotations.rulings import queries
from annotations.rulings.recording import verdict_name
from annotations.web.pages import refusal


@login_not_required
def fact(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One fact-check, in the language it was written in."""
    try:
        publication = queries.public(slug, number)
    except FactcheckError as error:
        return refusal(request, error)
    record = exports.record(publication)
    stands = record.state != "retracted" and not any(problem.refuses for problem in claimreview.check(record))
    # Escaped for a script element by embed(), so the template may print it as it is.
    markup = mark_safe(claimreview.embed(claimreview.to_claimreview(record))) if stands else ""  # noqa: S308
    language = record.language if record.language in dict(settings.LANGUAGES) else request.LANGUAGE_CODE
    with translation.override(language):
        return render(
            request,
            "public/fact.html",
            {
                "record": record,
                "verdict": verdict_name(record.verdict, record.language),
                "definition": record.verdict.definitions.get(record.language, ""),
                "markup": markup,
                "page_language": language,
                "page_direction": languages.direction(language),
                "noindex": publication.newsroom.is_demo,
            },
        )


@login_not_required
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """All published fact-checks of a newsroom; links alone, no markup."""
    newsroom = Newsroom.objects.filter(slug=slug).first()
    if newsroom is None:
        return refusal(request, NotFound("no_newsroom", _("There is no such newsroom.")))
    rows = [exports.record(publication) for publication in queries.public_list(slug)[:100]]
    context = {
        "room": newsroom,
        "rows": [(row, verdict_name(row.verdict, row.language)) for row in rows],
        "noindex": newsroom.is_demo,
    }
    return render(request, "public/list.html", context)

"""The newsroom's agreement: figures with n and interval, or in words why there are none; people; files to check us by."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annotations.agreement import diagnosis, marked, people, proposals, queries, wording
from annotations.agreement.calibration import LEAST_RULED, Calibration
from annotations.agreement.engine import Figure
from annotations.agreement.metrics import metrics
from annotations.agreement.queries import Report
from annotations.agreement.tallies import Axis, Cut
from annotations.articles import queries as articles
from annotations.errors import InvalidInput, NotFound
from annotations.models import Article, Claim, Member, Score
from annotations.newsrooms.access import may
from annotations.web import charts
from annotations.web.pages import page, whole

_BESIDE = ("percent_agreement", "gwet_ac1")  # beside the headline figures, always


@page("agreement.read")
def report(request: HttpRequest, member: Member, article_id: int | None = None) -> HttpResponse:
    article = articles.get(member, article_id) if article_id else None
    wanted = Cut.parse(request.GET.dict())
    found = queries.report(member, article, wanted)
    asked = wanted.parameters() | ({"article": str(article.pk)} if article else {})
    names = [label.name for label in found.axis.labels]
    context = {
        "report": found,
        "article": article,
        "main": [_row(score) for score in found.scores.values() if _is_main(score.metric)],
        "further": [_row(score) for score in found.scores.values() if not _is_main(score.metric)],
        "notices": _notices(found),
        "categories": [
            {
                "name": name,
                "share": f"{100 * one.share:.0f} %" if one.share is not None else "",
                "ratings": one.ratings,
                "agreement": wording.number(one.agreement) if one.agreement is not None else "–",
            }
            for name, one in zip(names, found.categories, strict=True)
        ],
        "origins": [_origin(origin) for origin in found.origins],
        "heat": charts.heat_map(names, found.pairs) if found.first.pairable else None,
        "trend": charts.trend(found.trend),
        "trend_rows": _trend_rows(found.trend),
        "names": wording.NAMES,
        "choices": queries.choices(member.newsroom, get_language() or "en"),
        "chosen": wanted,
        "query": f"?{urlencode(asked)}" if asked else "",
        "sees_people": may(member, "agreement.people"),
        "beside": _beside(member, article, wanted),
        "certainty": _certainty(proposals.calibrated(member)) if not article and not wanted else "",
    }
    return render(request, "agreement/report.html", context)


def _beside(member: Member, article: Article | None, wanted: Cut) -> dict[str, Any]:
    """Spans of doubly marked articles, and the sources of the same claims. A cut by what claims are like leaves spans out."""
    spans = marked.NOTHING if wanted else marked.spans(member, article)
    cited = marked.citations(member, article, wanted)
    return {
        "spans": spans,
        "span_rows": [_beside_row(name, one) for name, one in spans.figures.items()],
        "cited": cited,
        "cited_rows": [_beside_row(name, one) for name, one in cited.figures.items()],
    }


def _beside_row(name: str, figure: Figure) -> dict[str, Any]:
    words, no_interval = wording.beside(name, figure)
    alpha = name.endswith("alpha") and figure.value is not None
    return {
        "name": wording.BESIDE_NAMES[name],
        "words": words,
        "no_interval": no_interval,
        "bar": charts.bar(figure.value or 0.0, figure.low, figure.high) if alpha else None,
    }


def _certainty(known: Calibration) -> str:
    """Is the consensus as sure as it is right?"""
    if known.temperature is None:
        return _("Not enough: %(n)d of %(least)d ruled claims.") % {"n": known.ruled, "least": LEAST_RULED}
    return _(
        "On %(n)d ruled claims its certainty exceeds its share of right answers by %(before)s; divided by %(t)s, by %(after)s."
    ) % {
        "n": known.ruled,
        "before": wording.number(known.before or 0.0),
        "t": wording.number(known.temperature),
        "after": wording.number(known.after or 0.0),
    }


def _is_main(metric: str) -> bool:
    return metric in _BESIDE or (metric in metrics() and metrics()[metric].headline)


def _row(score: Score) -> dict[str, Any]:
    shown = score.value is not None and not queries.too_few(score)
    details: dict[str, Any] = getattr(score, "details", {}) if shown else {}
    band = [value for value in details.get("band", {}).values() if value is not None]
    independent = details.get("if_independent")
    marks = [independent] if independent is not None and score.metric == "gwet_ac1" else band
    return {
        "score": score,
        "name": wording.NAMES.get(score.metric, score.metric),
        "headline": score.metric in metrics() and metrics()[score.metric].headline,
        "words": wording.words(score),
        "notes": wording.notes(score),
        "bar": charts.bar(score.value or 0.0, score.low, score.high, marks) if shown else None,
        "coverage": wording.number(score.coverage) if score.coverage is not None and shown else "",
        "band": f"{wording.number(min(band))} – {wording.number(max(band))}" if band else "",
        "independent": wording.number(independent) if independent is not None and score.metric == "gwet_ac1" else "",
    }


def _notices(found: Report) -> list[str]:
    """What a reader must know before the figures, in plain words."""
    first, said = found.first, []
    if first.pairable < wording.LEAST:
        said.append(wording.not_enough(first.reviewers, first.pairable))
    elif found.article and first.pairable < wording.LEAST_FOR_AN_ARTICLE:
        said.append(
            _("%(n)d claims with two verdicts: chance-corrected figures of an article need 20.") % {"n": first.pairable}
        )
    elif first.pairable < 10:
        said.append(_("Fewer than 10 claims with two verdicts: there is no interval yet."))
    if "dominant_verdict" in found.scores["gwet_ac1"].notes:
        said.append(str(wording.NOTES["dominant_verdict"]))
    if found.left_out:
        said.append(
            _("%(n)d claims that you were asked to review are left out until you have submitted.")
            % {"n": found.left_out}
        )
    if found.chosen and found.asked:
        said.append(
            _("%(asked)d verdicts on claims that were assigned, %(chosen)d on claims that the reviewer chose.")
            % {"asked": found.asked, "chosen": found.chosen}
        )
    elif found.chosen:
        said.append(
            _("Reviewers chose these claims themselves: the figures hold for claims that people like to take up.")
        )
    return said


_HOW = {
    "asked": lambda: _("all reviewers were asked"),
    "chosen": lambda: _("all chose it themselves"),
    "both": lambda: _("some were asked, some chose it"),
}


def _origin(origin: queries.Origin) -> dict[str, Any]:
    percent, alpha = origin.scores["percent_agreement"], origin.scores["alpha_composite"]
    few = percent.pairable < wording.LEAST
    return {
        "name": _HOW[origin.how](),
        "claims": percent.pairable,
        "percent": "" if few or percent.value is None else wording.number(percent.value),
        "alpha": _("too few") if few else wording.words(alpha),
    }


def _trend_rows(scores: list[Score]) -> list[dict[str, Any]]:
    """Newest first: one line a moment, the three headline figures in it."""
    moments: dict[Any, dict[str, Any]] = {}
    for score in reversed(scores):
        row = moments.setdefault(score.computed_at, {"score": score})
        row[score.metric] = wording.number(score.value) if score.value is not None else "–"
    return list(moments.values())[:30]


@page("agreement.own")
def mine(request: HttpRequest, member: Member) -> HttpResponse:
    """What the shared claims say of the member who asks."""
    found = people.own(member)
    own = {"persons": [_person(found.person)], "couples": [_couple(one, found.axis) for one in found.couples]}
    return render(request, "agreement/mine.html", {"own": own, "least": people.LEAST_REVIEWED})


@page("agreement.people")
def everyone(request: HttpRequest, member: Member) -> HttpResponse:
    """All reviewers and pairs, for admins."""
    found = people.everyone(member)
    rows = {
        "persons": [_person(one) for one in found.persons],
        "couples": [_couple(one, found.axis) for one in found.couples],
    }
    return render(request, "agreement/people.html", {"all": rows, "least": people.LEAST_REVIEWED})


def _person(person: people.Person) -> dict[str, Any]:
    return {
        "name": person.member.user,
        "reviewed": person.reviewed,
        "shared": person.shared,
        "pairs": person.found.pairs,
        "vs_rest": _figure(person.vs_rest),
        "leniency": _figure(person.leniency, sign="+"),
    }


def _couple(couple: people.Couple, axis: Axis) -> dict[str, Any]:
    figures = couple.found.figures
    names = ("percent_agreement", "cohen", "cohen_quadratic", _alpha(figures), "rank_shift")
    labels = [label.name for label in axis.labels]
    return {
        "one": couple.one.user,
        "other": couple.other.user,
        "shared": couple.found.shared,
        "cells": [_figure(figures.get(name), sign="+" if name == "rank_shift" else "") for name in names],
        "names": labels,
        "heat": [
            {"name": name, "cells": [charts.amount(value) for value in row]}
            for name, row in zip(labels, couple.found.confusion.tolist(), strict=True)
        ]
        if couple.enough
        else [],
    }


def _alpha(figures: Mapping[str, Figure]) -> str:
    return "alpha_composite" if "alpha_composite" in figures else "alpha_ordinal"


def _figure(figure: Figure | None, sign: str = "") -> str:
    """The value, why there is none, or a dash below the minimum."""
    if figure is None:
        return "–"
    if figure.value is None:
        return str(wording.REASONS.get(figure.undefined, figure.undefined))
    return f"{figure.value:{sign}.2f}"


@page("agreement.read")
def download(request: HttpRequest, member: Member, name: str) -> HttpResponse:
    """coincidences.csv, scores.csv, scores.json, diagnosis.json; of one article with ?article=."""
    asked = request.GET.get("article", "")
    number = whole(asked)
    if asked and number is None:
        raise InvalidInput("bad_article", _("article is an id."), pointer="/article")
    article: Article | None = None if number is None else articles.get(member, number)
    if name not in diagnosis.FILES:
        raise NotFound("no_file", _("There is no such file."))
    body, media_type = diagnosis.FILES[name](member, article, Cut.parse(request.GET.dict()))
    response = HttpResponse(body, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="agreement-{name}"'
    return response


def proposed(member: Member, claim: Claim) -> dict[str, Any] | None:
    """The consensus for the ruling page, in words."""
    found = proposals.of_claim(member, claim)
    if found is None:
        return None
    if found.is_plain:
        calibration = ""
    elif found.temperature is None:
        calibration = _("Not calibrated: it needs %(least)d ruled claims, there are %(n)d.") % {
            "least": LEAST_RULED,
            "n": found.ruled,
        }
    else:
        calibration = _("Calibrated on %(n)d ruled claims.") % {"n": found.ruled}
    return {
        "method": "" if found.is_plain else found.method,
        "shares": [{"label": label, "share": f"{100 * share:.0f} %"} for label, share in found.shares],
        "credible": ", ".join(label.name for label in found.credible),
        "tied": found.tied,
        "calibration": calibration,
        "claims": found.claims,
        "verdicts": found.verdicts,
        "reviewers": found.reviewers,
        "converged": found.converged,
    }

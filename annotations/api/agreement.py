"""agreement: the same figures as on the page; of the reviewers; and of votes from elsewhere"""

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.agreement import diagnosis, marked, people, proposals, queries, submitted, wording
from annotations.agreement.engine import Figure
from annotations.agreement.people import Couple, Person
from annotations.agreement.tallies import HOW, Axis, Cut
from annotations.api import agreement_shapes, desk_shapes
from annotations.api.views import Operation, operation
from annotations.articles import queries as articles
from annotations.errors import InvalidInput
from annotations.models import Article, Member

_CUT = [
    OpenApiParameter("article", int),
    OpenApiParameter("claim_type", str),
    OpenApiParameter("language", str),
    OpenApiParameter("topic", str),
    OpenApiParameter("since", str, description="opened for review from this day, YYYY-MM-DD"),
    OpenApiParameter("until", str, description="up to and with this day"),
    OpenApiParameter("how", str, enum=list(HOW), description="claims whose reviewers were asked, chose them, or both"),
]


class _Raw(BaseParser):
    """The body as it came; what reads it says where it is wrong."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        return stream.read(submitted.MOST_BYTES + 1)


class RawJson(_Raw):
    media_type = "application/json"


class RawCsv(_Raw):
    media_type = "text/csv"


class Agreement(Operation):
    parser_classes = [RawJson, RawCsv]

    @operation(agreement_shapes.AgreementOut, parameters=_CUT, operation_id="agreement_read")
    def get(self, request: Request) -> Response:
        """The newsroom's figures, or one article's, as of now; each with its n, or in words why there is none."""
        member = self.may(request, "agreement.read")
        found = queries.report(member, _article(request, member), Cut.parse(request.query_params.dict()))
        rows = list(found.scores.values())
        for row in rows:
            row.words = wording.words(row)  # type: ignore[attr-defined]
        wanted = found.cut
        spans = marked.NOTHING if wanted else marked.spans(member, found.article)
        cited = marked.citations(member, found.article, wanted)
        body = {
            "results": rows,
            "next": None,
            "spans": {
                "articles": len(spans.articles),
                "spans": spans.spans,
                "markers": spans.markers,
                "figures": {name: _beside(one) for name, one in spans.figures.items()},
            },
            "citations": {
                "claims": len(cited.claims),
                "reviewers": cited.reviewers,
                "shared_sources": cited.shared,
                "figures": {name: _beside(one) for name, one in cited.figures.items()},
            },
            "calibration": asdict(proposals.calibrated(member)),
        }
        return Response(agreement_shapes.AgreementOut(body).data)

    @operation(dict, takes={"application/json": dict, "text/csv": str}, operation_id="agreement_compute")
    def post(self, request: Request) -> Response:
        """Votes from elsewhere, scored as `manage.py agreement` does: JSON with units or a histogram, or CSV. Kept nowhere."""
        self.may(request, "agreement.read")
        raw = request.data
        return Response(submitted.answer(raw if isinstance(raw, bytes) else b""))


class Consensus(Operation):
    @operation(
        agreement_shapes.ConsensusOut,
        many=True,
        parameters=[OpenApiParameter("article", int)],
        operation_id="agreement_consensus",
    )
    def get(self, request: Request) -> Response:
        """What is likely for each closed claim whose reviews one may see: votes, posterior, entropy. It proposes; people rule."""
        member = self.may(request, "agreement.read")
        rows = diagnosis.consensus_rows(member, _article(request, member))
        return Response({"results": agreement_shapes.ConsensusOut(rows, many=True).data, "next": None})


class Coincidences(Operation):
    @operation(desk_shapes.PairsOut, parameters=_CUT, operation_id="agreement_coincidences")
    def get(self, request: Request) -> Response:
        """Where the desk differs: label by label, over first verdicts on the same claims."""
        member = self.may(request, "agreement.read")
        found = queries.report(member, _article(request, member), Cut.parse(request.query_params.dict()))
        body = {
            "labels": found.axis.keys,
            "pairs": found.pairs,
            "claims": found.first.pairable,
            "verdicts": found.first.verdicts,
            "inputs_digest": found.first.inputs_digest,
        }
        return Response(desk_shapes.PairsOut(body).data)


class Mine(Operation):
    @operation(desk_shapes.PeopleOut, operation_id="agreement_mine")
    def get(self, request: Request) -> Response:
        """One's own figures and pairs, over claims that one has submitted a verdict on."""
        found = people.own(self.may(request, "agreement.own"))
        return Response(_people(found.axis, [found.person], found.couples))


class People(Operation):
    @operation(desk_shapes.PeopleOut, operation_id="agreement_people")
    def get(self, request: Request) -> Response:
        """All reviewers and pairs; for admins."""
        found = people.everyone(self.may(request, "agreement.people"))
        return Response(_people(found.axis, found.persons, found.couples))


def _article(request: Request, member: Member) -> Article | None:
    wanted = request.query_params.get("article", "")
    if wanted and not (wanted.isascii() and wanted.isdigit() and len(wanted) < 19):
        raise InvalidInput("bad_article", _("article is an id."), pointer="/article")
    return articles.get(member, int(wanted)) if wanted else None


def _people(axis: Axis, persons: list[Person], couples: list[Couple]) -> Any:
    body = {
        "labels": axis.keys,
        "persons": [
            {
                "member": one.member.pk,
                "name": str(one.member.user),
                "reviewed": one.reviewed,
                "shared": one.shared,
                "pairs": one.found.pairs,
                "vs_rest": _figure(one.vs_rest),
                "leniency": _figure(one.leniency),
            }
            for one in persons
        ],
        "couples": [
            {
                "members": [one.one.pk, one.other.pk],
                "shared": one.found.shared,
                "confusion": one.found.confusion.astype(int).tolist() if one.enough else [],
                "figures": {name: _figure(figure) for name, figure in one.found.figures.items()},
            }
            for one in couples
        ],
    }
    return desk_shapes.PeopleOut(body).data


def _figure(figure: Figure | None) -> dict[str, Any] | None:
    return None if figure is None else {"value": figure.value, "undefined": figure.undefined}


def _beside(figure: Figure) -> dict[str, Any]:
    names = ("value", "undefined", "low", "high", "no_interval")
    return {name: getattr(figure, name) for name in names}

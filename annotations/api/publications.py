"""publications: what newsrooms pull, as JSON or as ClaimReview"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api import conventions, shapes
from annotations.api.views import PAGED, Operation, operation
from annotations.errors import InvalidInput, NotFound
from annotations.exports import queries
from annotations.exports.formats import claimreview
from annotations.models import Publication
from annotations.rulings import correcting
from annotations.rulings import queries as rulings
from annotations.rulings.operations import Decision


class JsonLdRenderer(JSONRenderer):
    media_type = "application/ld+json"
    format = "jsonld"


FORMAT = [OpenApiParameter("as", str, enum=["json", "claimreview"], description="or Accept: application/ld+json")]


def publication_out(publication: Publication) -> dict[str, Any]:
    return queries.record(publication).to_dict()


def _as_claimreview(request: Request) -> bool:
    wanted = request.query_params.get("as", "")
    if wanted not in ("", "json", "claimreview"):
        raise InvalidInput("bad_format", _("as is json or claimreview."), pointer="/as")
    return wanted == "claimreview" or (not wanted and request.accepted_media_type == JsonLdRenderer.media_type)


class Publications(Operation):
    renderer_classes = [JSONRenderer, JsonLdRenderer]

    @operation(dict, parameters=[*PAGED, *FORMAT], operation_id="publications_list")
    def get(self, request: Request) -> Response:
        """Oldest change first: keep `next` and follow it. Corrected ones come again, retracted ones say so."""
        member = self.may(request, "publication.read")
        place = conventions.cursor(request)
        try:
            after = (datetime.fromisoformat(place[0]), int(place[1])) if place else None
        except (TypeError, ValueError, IndexError, OverflowError) as error:
            raise InvalidInput(
                "bad_cursor", _("This cursor is not one of ours: start without one."), pointer="/cursor"
            ) from error
        rows, following = queries.page(member, after=after, limit=conventions.limit(request))
        records = [queries.record(row) for row in rows]
        results = (
            [claimreview.checked(record) for record in records if record.state != "retracted"]
            if _as_claimreview(request)
            else [record.to_dict() for record in records]
        )
        return conventions.page(request, results, [following[0].isoformat(), following[1]] if following else None)


class PublicationDetail(Operation):
    renderer_classes = [JSONRenderer, JsonLdRenderer]

    @operation(dict, parameters=FORMAT, operation_id="publications_read")
    def get(self, request: Request, number: int) -> Response:
        record = queries.record(_get(request, self, number, "publication.read"))
        if not _as_claimreview(request):
            return Response(record.to_dict())
        if record.state == "retracted":
            raise NotFound("retracted", _("This fact-check was retracted; it has no ClaimReview any more."))
        return Response(claimreview.checked(record))


class PublicationCorrection(Operation):
    @operation(dict, takes=shapes.Correction, operation_id="publications_correct")
    def post(self, request: Request, number: int) -> Response:
        """Correct it openly: `text` tells the readers what was wrong."""
        publication = _get(request, self, number, "publication.correct")
        values = self.taken(request, shapes.Correction)
        text = values.pop("text")
        member = self.may(request, "publication.correct")
        return Response(publication_out(correcting.correct(publication, Decision(**values), by=member, text=text)))


class PublicationRetraction(Operation):
    @operation(dict, takes=shapes.Reason, operation_id="publications_retract")
    def post(self, request: Request, number: int) -> Response:
        """It no longer stands; its page says so."""
        publication = _get(request, self, number, "publication.correct")
        member = self.may(request, "publication.correct")
        reason = self.taken(request, shapes.Reason)["reason"]
        return Response(publication_out(correcting.retract(publication, by=member, text=reason)))


def _get(request: Request, view: Operation, number: int, action: str) -> Publication:
    member = view.may(request, action)
    found = rulings.publications(member.newsroom).filter(number=number).first()
    if found is None:
        raise NotFound("no_publication", _("There is no such fact-check."))
    return found

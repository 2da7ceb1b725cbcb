"""The admins' queues; their actions call the same operations as every other door."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations import jobs
from annotations.admin.desk import seen_by
from annotations.admin.reading import Reading
from annotations.errors import FactcheckError
from annotations.models.claims import ClaimState
from annotations.models.queues import DeadWork, DisputedClaim, WaitingRuling
from annotations.rulings import operations as rulings
from annotations.rulings import queries as ruling_queries


@admin.register(DisputedClaim)
class DisputedClaimAdmin(Reading):
    """Only claims that this admin can no longer review: that one is disputed tells of others' verdicts."""

    list_display = ("number", "article", "disagreement", "verdicts", "updated_at")
    fields = ("article", "number", "restated", "claimant", "claimed_on", "appearance_url", "disagreement", "verdicts")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        found = super().get_queryset(request).filter(state=ClaimState.DISPUTED)
        return found.filter(seen_by(request, "pk")).select_related("article")


@admin.register(WaitingRuling)
class WaitingRulingAdmin(Reading):
    list_display = ("claim", "label", "basis", "ruled_by", "ruled_at")
    actions = ("sign_off",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return (
            super().get_queryset(request).filter(state="awaiting_sign_off").select_related("claim", "label", "ruled_by")
        )

    @admin.action(description=gettext_lazy("Sign off and publish"))
    def sign_off(self, request: HttpRequest, chosen: QuerySet[WaitingRuling]) -> None:
        for row in chosen:
            member = self.acting(request, row.newsroom_id)
            try:
                published = rulings.sign_off(ruling_queries.get(member, row.pk), by=member)
            except FactcheckError as error:
                self.message_user(request, f"{row}: {error.message}", messages.ERROR)
            else:
                self.message_user(request, _("Published as number %d.") % published.number, messages.SUCCESS)


@admin.register(DeadWork)
class DeadWorkAdmin(Reading):
    list_display = ("kind", "subject_id", "problem", "detail", "finished_at")
    actions = ("again",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(state="dead")

    @admin.action(description=gettext_lazy("Try again"))
    def again(self, request: HttpRequest, chosen: QuerySet[DeadWork]) -> None:
        for work in chosen:
            jobs.revive(work)

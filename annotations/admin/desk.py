"""Articles, claims, reviews, sources, rulings, publications, events and jobs: what there is and what waits."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations.admin.reading import Reading, user_id
from annotations.models import (
    Article,
    Claim,
    Disclosure,
    Event,
    Publication,
    Review,
    Ruling,
    Source,
    Work,
)
from annotations.models.claims import ClaimState
from annotations.models.reviews import ReviewState
from annotations.sources import queries as sources


def seen_by(request: HttpRequest, claim: str) -> Q:
    """Claims on which this admin can no longer give a verdict: blindness holds in the admin too."""
    seen = Disclosure.objects.filter(claim=OuterRef(claim), member__user_id=user_id(request))
    own = Review.objects.filter(claim=OuterRef(claim), reviewer__user_id=user_id(request), state=ReviewState.SUBMITTED)
    return Q(Exists(seen)) | Q(Exists(own))


@admin.register(Article)
class ArticleAdmin(Reading):
    list_display = ("title", "state", "language", "publisher", "newsroom", "created_at")
    list_filter = ("state", "language")
    search_fields = ("title", "url")


@admin.register(Claim)
class ClaimAdmin(Reading):
    """Only the columns that tell nothing of reviews; states that would are shown for claims that one cannot review any more."""

    list_display = ("number", "article", "shown_state", "claimant", "score")
    list_filter = ("language",)
    search_fields = ("restated", "claimant")
    fields = (
        "article",
        "number",
        "restated",
        "claimant",
        "claimed_on",
        "appearance_url",
        "score",
        "reasons",
        "shown_state",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        found = super().get_queryset(request).select_related("article", "newsroom")
        annotated: QuerySet[Any] = found.annotate(open_to_me=_open(request, "pk"))
        return annotated

    @admin.display(description=_("state"))
    def shown_state(self, claim: Any) -> str:
        quiet = (ClaimState.IN_REVIEW, ClaimState.DISPUTED, ClaimState.AGREED)
        return (
            str(ClaimState.OPEN.label) if claim.state in quiet and not claim.open_to_me else claim.get_state_display()
        )


def _open(request: HttpRequest, claim: str) -> Any:
    seen = Disclosure.objects.filter(claim=OuterRef(claim), member__user_id=user_id(request))
    return Exists(seen)


@admin.register(Review)
class ReviewAdmin(Reading):
    """Submitted reviews of claims that this admin can no longer review, or that are ruled."""

    list_display = ("claim", "reviewer", "label", "state", "is_first", "was_assigned", "submitted_at")
    list_filter = ("state", "is_first")
    exclude = ("draft",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        ruled = Q(claim__state__in=[ClaimState.RULED, ClaimState.PUBLISHED])
        found = super().get_queryset(request).filter(state__in=[ReviewState.SUBMITTED, ReviewState.WITHDRAWN])
        return found.filter(ruled | seen_by(request, "claim")).select_related("claim", "reviewer__user", "label")


@admin.register(Source)
class SourceAdmin(Reading):
    list_display = ("__str__", "kind", "state", "life", "problem", "created_at")
    list_filter = ("kind", "state", "life")
    search_fields = ("url", "title", "host")
    exclude = ("created_by",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        found = super().get_queryset(request)
        for newsroom_id in found.values_list("newsroom_id", flat=True).order_by("newsroom_id").distinct():
            mine = sources.visible_to(self.acting(request, newsroom_id)).values("pk")
            found = found.exclude(Q(newsroom_id=newsroom_id) & ~Q(pk__in=mine))
        return found


@admin.register(Ruling)
class RulingAdmin(Reading):
    """Disputed claims reach it through the editor's queue; here stands what became of them."""

    list_display = ("claim", "state", "label", "basis", "ruled_by", "signed_off_by", "updated_at")
    list_filter = ("state", "basis")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        found = super().get_queryset(request).filter(~Q(state="draft") | seen_by(request, "claim"))
        return found.select_related("claim", "label", "ruled_by", "signed_off_by")


@admin.register(Publication)
class PublicationAdmin(Reading):
    list_display = ("number", "title", "state", "language", "published_at", "modified_at")
    list_filter = ("state", "language")


@admin.register(Event)
class EventAdmin(Reading):
    """The log, without the lines of which somebody who may still review a claim must not hear."""

    list_display = ("at", "kind", "subject", "subject_id", "actor")
    list_filter = ("kind",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).exclude(subject__in=["review", "evidence"]).exclude(audience="one")


@admin.register(Work)
class WorkAdmin(Reading):
    """All jobs: what waits, what runs, what is done; the given-up ones have a queue of their own."""

    list_display = ("kind", "subject_id", "state", "attempts", "problem", "due_at", "finished_at")
    list_filter = ("state", "kind")

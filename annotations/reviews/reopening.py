"""A claim was reworded: verdicts on its old words become drafts again, with everything that was typed."""

from django.db import transaction
from django.db.models import F

from annotations import events, jobs
from annotations.models import Claim, Review
from annotations.models.events import Audience
from annotations.models.reviews import ReviewState


def reopen(claim_id: int, lease: jobs.Lease) -> None:
    """The job, safe to run twice: only what was submitted before the rewording goes back."""
    with transaction.atomic():
        claim = Claim.objects.select_for_update(of=("self",)).filter(pk=claim_id).first()
        jobs.hold(lease)  # after the claim, as whoever writes a claim and then promises work locks them
        if claim is None or claim.reworded_at is None:
            return
        for review in Review.objects.filter(
            claim=claim, state=ReviewState.SUBMITTED, submitted_at__lt=claim.reworded_at
        ).select_related("reviewer"):
            Review.objects.filter(pk=review.pk).update(
                state=ReviewState.DRAFT, submitted_at=None, is_first=False, row_version=F("row_version") + 1
            )
            events.record(
                "review.reopened",
                newsroom_id=claim.newsroom_id,
                by=None,
                subject="review",
                subject_id=review.pk,
                article_id=claim.article_id,
                claim_id=claim.pk,
                old={"state": "submitted"},
                new={"state": "draft"},
                audience=Audience.ONE,
                to=review.reviewer.user_id,
            )
        jobs.owe("agreement.recount", claim.pk, newsroom_id=claim.newsroom_id)


def give_up(claim_id: int, code: str) -> None:
    """The work table says so; an admin can ask for it again."""

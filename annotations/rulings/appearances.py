"""A published fact-check lists every place where its claim appears: kept true when claims are linked to it or taken away."""

from django.db import transaction
from django.utils import timezone

from annotations import events, jobs
from annotations.models import Publication
from annotations.rulings.recording import record


def refresh(claim_id: int, lease: jobs.Lease) -> None:
    """The job: only the appearances are written anew; verdict and words of a publication change by correction alone."""
    with transaction.atomic():
        jobs.hold(lease)
        rows = Publication.objects.select_for_update(of=("self",)).filter(ruling__claim_id=claim_id)
        for publication in rows.select_related("newsroom", "ruling__claim__article", "ruling__label__scale").order_by(
            "pk"
        ):
            fresh = record(publication).to_dict()["appearances"]
            if fresh == publication.record.get("appearances"):
                continue
            publication.record["appearances"] = fresh
            publication.modified_at = timezone.now()
            Publication.objects.filter(pk=publication.pk).update(
                record=publication.record, modified_at=publication.modified_at
            )
            events.record(
                "publication.appearances",
                newsroom_id=publication.newsroom_id,
                by=None,
                subject="publication",
                subject_id=publication.pk,
                claim_id=claim_id,
                new={"appearances": len(fresh)},
            )


def give_up(claim_id: int, code: str) -> None:
    """The work table says so; an admin can ask for it again."""

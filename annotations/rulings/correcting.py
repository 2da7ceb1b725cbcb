"""What is public changes openly: corrected or retracted, with the old verdict and what was wrong in the public log."""

from dataclasses import asdict

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.errors import Conflict, InvalidInput, StaleVersion
from annotations.models import Correction, Label, Member, Publication, Ruling
from annotations.models.rulings import PublicationState, RulingState
from annotations.newsrooms.access import require
from annotations.rulings import recording, rules
from annotations.rulings.operations import Decision, record


def correct(
    publication: Publication, decision: Decision, *, by: Member, text: str, row_version: int | None = None
) -> Publication:
    """Change what is public, openly: the old verdict and what was wrong stay in the public log.

    `row_version`: of the ruling that they read, so that nobody takes back another's correction unseen.
    """
    require(by, "publication.correct")
    _refuse_silence(text)
    with transaction.atomic():
        ruling = Ruling.objects.select_for_update().get(pk=publication.ruling_id)
        _refuse_step(ruling, RulingState.CORRECTED)
        if row_version not in (None, ruling.row_version):
            raise StaleVersion("stale", _("Somebody changed this ruling in the meantime."), current={})
        label = Label.objects.filter(scale=ruling.claim.scale, key=decision.label).first() or ruling.label
        changes = {
            name: value
            for name, value in asdict(decision).items()
            if value and name in ("summary", "explanation", "reason")
        }
        Correction.objects.create(
            publication=publication,
            kind=PublicationState.CORRECTED,
            text=text.strip(),
            old_label=ruling.label,
            created_by_id=by.user_id,
        )
        Ruling.objects.filter(pk=ruling.pk).update(
            state=RulingState.CORRECTED, label=label, row_version=F("row_version") + 1, **changes
        )
        _renew(publication, PublicationState.CORRECTED)
        record(
            ruling,
            "publication.corrected",
            by,
            old={"label": ruling.label_id},
            new={"label": label.pk if label else None},
        )
    publication.refresh_from_db()
    return publication


def retract(publication: Publication, *, by: Member, text: str) -> Publication:
    """It no longer stands; its page says so and keeps the log."""
    require(by, "publication.correct")
    _refuse_silence(text)
    with transaction.atomic():
        ruling = Ruling.objects.select_for_update().get(pk=publication.ruling_id)
        _refuse_step(ruling, RulingState.RETRACTED)
        Correction.objects.create(
            publication=publication,
            kind=PublicationState.RETRACTED,
            text=text.strip(),
            old_label=ruling.label,
            created_by_id=by.user_id,
        )
        Ruling.objects.filter(pk=ruling.pk).update(state=RulingState.RETRACTED, row_version=F("row_version") + 1)
        _renew(publication, PublicationState.RETRACTED)
        record(ruling, "publication.retracted", by, old={"state": ruling.state}, new={"state": "retracted"})
    publication.refresh_from_db()
    return publication


def _renew(publication: Publication, state: str) -> None:
    Publication.objects.filter(pk=publication.pk).update(state=state, modified_at=timezone.now())
    fresh = Publication.objects.get(pk=publication.pk)
    frozen = recording.record(fresh)
    Publication.objects.filter(pk=publication.pk).update(
        record=frozen.to_dict(), title=recording.title(fresh.ruling.claim)[:500]
    )


def _refuse_silence(text: str) -> None:
    if not text.strip():
        raise InvalidInput("required", _("Say to the readers what was wrong."), pointer="/text")


def _refuse_step(ruling: Ruling, new: str) -> None:
    if not rules.may_follow(ruling.state, new):
        raise Conflict(
            "wrong_state", _("Only a published fact-check can be corrected or retracted."), state=ruling.state
        )

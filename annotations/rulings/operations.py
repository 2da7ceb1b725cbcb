"""The editor's work on a reviewed claim: rule, send to sign-off, sign off, send back, publish."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations import events
from annotations.errors import Conflict, InvalidFields, InvalidInput, NotAllowed, StaleVersion
from annotations.lib import languages
from annotations.models import Claim, Label, Member, Publication, Review, Ruling
from annotations.models.claims import ClaimState
from annotations.models.events import Audience
from annotations.models.reviews import ReviewState
from annotations.models.rows import move
from annotations.models.rulings import Basis, RulingState
from annotations.newsrooms.access import require
from annotations.reviews import disclosing
from annotations.rulings import recording, rules

_MISSING = {
    "claimant": gettext_lazy("Say who made the claim, or that this is unknown."),
    "claimed_on": gettext_lazy("Say when the claim was made, or that this is unknown."),
    "appearance": gettext_lazy("Say where the claim appeared, or that this is unknown."),
    "label": gettext_lazy("Choose a verdict."),
    "basis": gettext_lazy("Say what the ruling rests on."),
    "reason": gettext_lazy("Give the internal reason."),
    "summary": gettext_lazy("Write the public summary."),
    "explanation": gettext_lazy("Write the public explanation."),
    "language": gettext_lazy("Say in which language the public text is."),
}


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What the ruling form holds."""

    label: str = ""
    basis: str = ""
    reason: str = ""
    summary: str = ""
    explanation: str = ""
    language: str = ""


def save_draft(claim: Claim, decision: Decision, *, by: Member, row_version: int | None) -> Ruling:
    """Keep the ruling as typed. Opening it means having seen the reviews."""
    require(by, "ruling.write")
    disclosing.disclose(claim, by=by)
    with transaction.atomic():
        _lock(claim, rules.RULABLE | {ClaimState.RULED})
        ruling = _begun(claim, row_version)
        label = Label.objects.filter(scale=claim.scale, key=decision.label).first()
        values = {name: value for name, value in asdict(decision).items() if name != "label"}
        if values["basis"] not in ("", *Basis.values):
            raise InvalidInput(
                "unknown_basis", _("The basis is one of: %s.") % ", ".join(Basis.values), pointer="/basis"
            )
        saved = move(
            Ruling.objects.filter(pk=ruling.pk),
            old=RulingState.DRAFT,
            new=RulingState.DRAFT,
            label=label,
            row_version=F("row_version") + 1,
            **values,
        )
        if not saved:
            raise Conflict(
                "wrong_state",
                _("The ruling is waiting for sign-off or published. Send it back to change it."),
            )
    ruling.refresh_from_db()
    return ruling


def rule(claim: Claim, decision: Decision, *, by: Member, row_version: int | None) -> Ruling:
    """Decide. Goes to sign-off, or out at once where the newsroom has switched sign-off off."""
    ruling = save_draft(claim, decision, by=by, row_version=row_version)
    _refuse_incomplete(claim, ruling)
    with transaction.atomic():
        _lock(claim, rules.RULABLE | {ClaimState.RULED})
        moved = move(
            Ruling.objects.filter(pk=ruling.pk, row_version=ruling.row_version),
            old=RulingState.DRAFT,
            new=RulingState.AWAITING_SIGN_OFF,
            ruled_at=timezone.now(),
            ruled_by=by.user_id,
            sent_back_reason="",
            row_version=F("row_version") + 1,
        )
        if not moved:
            raise StaleVersion("stale", _("Somebody changed this ruling in the meantime."), current={})
        move(Claim.objects.filter(pk=claim.pk), old=list(rules.RULABLE), new=ClaimState.RULED)
        record(
            ruling,
            "ruling.made",
            by,
            old={"state": "draft"},
            new={"state": "awaiting_sign_off", "basis": ruling.basis},
        )
        if not by.newsroom.sign_off_required:
            ruling.refresh_from_db()
            _publish(ruling, by=by)
    ruling.refresh_from_db()
    return ruling


def sign_off(
    ruling: Ruling, *, by: Member, row_version: int | None = None, claim_version: int | None = None
) -> Publication:
    """A second person agrees; it is published.

    `row_version`, `claim_version`: of the ruling and the claim that they read, so that no other text or facts go out.
    """
    require(by, "ruling.sign_off")
    if row_version not in (None, ruling.row_version):
        raise StaleVersion("stale", _("Somebody changed this ruling in the meantime."), current={})
    refusal = rules.refusal_to_sign_off(state=ruling.state, ruled_by=ruling.ruled_by_id, member_user=by.user_id)
    if refusal == "own_ruling":
        raise NotAllowed("own_ruling", _("Another editor or admin signs off: this is your own ruling."))
    disclosing.disclose(ruling.claim, by=by)
    _refuse_incomplete(ruling.claim, ruling)
    with transaction.atomic():
        claim = Claim.objects.select_for_update().get(pk=ruling.claim_id)
        if claim_version not in (None, claim.row_version):
            raise StaleVersion(
                "stale", _("Somebody changed the claim in the meantime. Read it again and sign off then."), current={}
            )
        signed = Ruling.objects.filter(
            pk=ruling.pk, state=RulingState.AWAITING_SIGN_OFF, row_version=ruling.row_version
        ).update(signed_off_at=timezone.now(), signed_off_by=by.user_id, row_version=F("row_version") + 1)
        if not signed:
            raise Conflict("not_waiting", _("This ruling is not waiting for sign-off any more."))
        ruling.refresh_from_db()
        return _publish(ruling, by=by)


def send_back(ruling: Ruling, *, by: Member, reason: str) -> Ruling:
    """Not signed off, because …; it becomes a draft again."""
    require(by, "ruling.sign_off")
    if not reason.strip():
        raise InvalidInput("required", _("Say what should change."), pointer="/reason")
    with transaction.atomic():
        moved = move(
            Ruling.objects.filter(pk=ruling.pk),
            old=RulingState.AWAITING_SIGN_OFF,
            new=RulingState.DRAFT,
            sent_back_reason=reason.strip(),
            row_version=F("row_version") + 1,
        )
        if not moved:
            raise Conflict("not_waiting", _("This ruling is not waiting for sign-off any more."))
        record(ruling, "ruling.sent_back", by, old={"state": "awaiting_sign_off"}, new={"state": "draft"})
    ruling.refresh_from_db()
    return ruling


def _publish(ruling: Ruling, *, by: Member) -> Publication:
    claim = ruling.claim
    if claim.article.is_sample:
        raise Conflict("sample", _("This claim is of a sample article, which is never published."))
    if not move(Ruling.objects.filter(pk=ruling.pk), old=RulingState.AWAITING_SIGN_OFF, new=RulingState.PUBLISHED):
        raise Conflict("not_waiting", _("This ruling is not waiting for sign-off any more."))
    last = Publication.objects.filter(newsroom_id=ruling.newsroom_id).aggregate(last=Max("number"))["last"] or 0
    now = timezone.now()
    publication = Publication(
        newsroom_id=ruling.newsroom_id,
        ruling=ruling,
        number=last + 1,
        language=ruling.language,
        title=recording.title(claim)[:500],
        published_at=now,
        published_by_id=by.user_id,
        modified_at=now,
        record={},
    )
    try:
        with transaction.atomic():
            publication.save()
    except IntegrityError as error:  # two sign-offs in one moment took one number
        raise Conflict("try_again", _("Another fact-check was published at this moment. Try again.")) from error
    Publication.objects.filter(pk=publication.pk).update(record=recording.record(publication).to_dict())
    move(Claim.objects.filter(pk=claim.pk), old=ClaimState.RULED, new=ClaimState.PUBLISHED)
    record(
        ruling,
        "publication.published",
        by,
        old={"state": "awaiting_sign_off"},
        new={"state": "published", "number": publication.number},
        audience=Audience.MEMBERS,
    )
    publication.refresh_from_db()
    return publication


def _begun(claim: Claim, row_version: int | None) -> Ruling:
    ruling = Ruling.objects.filter(claim=claim).exclude(state=RulingState.VOID).first()
    if ruling is None:
        return Ruling.objects.create(newsroom_id=claim.newsroom_id, claim=claim)
    if row_version != ruling.row_version:
        current = {name: getattr(ruling, name) for name in ("basis", "reason", "summary", "explanation", "language")}
        raise StaleVersion(
            "stale",
            _("Somebody changed this ruling in the meantime."),
            current={
                "row_version": ruling.row_version,
                "label": ruling.label.key if ruling.label else "",
                **current,
            },
        )
    return ruling


def _lock(claim: Claim, states: Any) -> None:
    state = Claim.objects.select_for_update().values_list("state", flat=True).get(pk=claim.pk)
    if state not in states:
        raise Conflict("wrong_state", _("Only a claim that reviewers have judged can be ruled on."), state=state)


def _refuse_incomplete(claim: Claim, ruling: Ruling) -> None:
    claim.refresh_from_db()
    ready = rules.Ready(
        claimant=claim.claimant,
        claimed_on=claim.claimed_on,
        appearance_url=claim.appearance_url,
        unknown=claim.unknown,
        label=ruling.label_id is not None,
        basis=ruling.basis,
        reason=ruling.reason,
        summary=ruling.summary,
        explanation=ruling.explanation,
        language=ruling.language,
    )
    problems = [InvalidInput("required", str(_MISSING[name]), pointer=f"/{name}") for name in rules.missing(ready)]
    if ruling.language and not languages.is_known(ruling.language):
        problems.append(
            InvalidInput("unknown_language", _("Use a language code such as ar or en."), pointer="/language")
        )
    if ruling.label and ruling.basis and not rules.basis_fits(ruling.basis, ruling.label.key, _verdicts(claim)):
        problems.append(InvalidInput("basis_differs", _("The reviews do not bear out this basis."), pointer="/basis"))
    if problems:
        raise InvalidFields(problems)


def _verdicts(claim: Claim) -> list[str]:
    return list(Review.objects.filter(claim=claim, state=ReviewState.SUBMITTED).values_list("label__key", flat=True))


def record(ruling: Ruling, kind: str, by: Member, *, audience: str = Audience.EDITORS, **values: Any) -> None:
    events.record(
        kind,
        newsroom_id=ruling.newsroom_id,
        by=by,
        subject="ruling",
        subject_id=ruling.pk,
        article_id=ruling.claim.article_id,
        claim_id=ruling.claim_id,
        audience=audience,
        **values,
    )

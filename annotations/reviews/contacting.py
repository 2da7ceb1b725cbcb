"""The log of whom the desk asked about a claim: append-only. An answer and a correction are new entries that replace the old one."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import events
from annotations.errors import Conflict, InvalidFields, InvalidInput, NotAllowed, NotFound
from annotations.models import Claim, Contact, Member
from annotations.models.events import Audience
from annotations.models.talk import ContactMeans, ContactStatus
from annotations.newsrooms.access import may, require
from annotations.reviews import contact_rules, queries, rules
from annotations.reviews.rules import Standing

_MOST = {"whom": 300, "asked": 5_000, "answer": 10_000}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What the form holds."""

    whom: str = ""
    contacted_on: date | None = None
    means: str = ""
    asked: str = ""
    deadline: date | None = None
    status: str = ContactStatus.WAITING
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as a reader gets it: with the entries that it replaced, newest first, and what they may do with it.

    `names`: may they see who entered it? To whoever may still review, nobody's name stands on a claim.
    """

    entry: Contact
    before: tuple[Contact, ...]
    names: bool
    may_correct: bool
    may_publish: bool
    is_late: bool


def of_claim(member: Member, claim: Claim) -> list[Shown]:
    """The log of the claim, oldest first, as far as the member may read it."""
    require(member, "contact.read")
    rows = Contact.objects.filter(claim=claim).select_related("created_by", "published_by").order_by("pk")
    standing = queries.standing(member, claim)
    today = timezone.localdate()
    found = [_shown(chain, member, standing, today) for chain in _chains(rows)]
    return [shown for shown in found if shown is not None]


def may_enter(member: Member, claim: Claim) -> bool:
    return may(member, "contact.write") and contact_rules.may_enter(queries.standing(member, claim))


def get(member: Member, contact_id: int) -> Contact:
    """The entry that stands now; an old one, and one that the member may not read, is not there."""
    require(member, "contact.read")
    row = (
        Contact.objects.filter(pk=contact_id, newsroom_id=member.newsroom_id, claim__undone=False)
        .select_related("claim__newsroom", "created_by")
        .first()
    )
    if row is None or all(shown.entry.pk != row.pk for shown in of_claim(member, row.claim)):
        raise NotFound("no_contact", _("There is no such entry, or it was replaced. Load the page again."))
    return row


def enter(claim: Claim, entry: Entry, *, by: Member) -> Contact:
    """Note whom one asked, how and what. InvalidFields names what is missing."""
    require(by, "contact.write")
    standing = queries.standing(by, claim)
    if not contact_rules.may_enter(standing):
        raise NotAllowed(
            "not_at_work", _("Editors enter contacts here, and whoever reviews or has reviewed this claim.")
        )
    entry = _checked(entry)
    with transaction.atomic():
        row = Contact.objects.create(
            newsroom_id=claim.newsroom_id,
            claim=claim,
            within_review=contact_rules.is_within_review(standing),
            created_by_id=by.user_id,
            **asdict(entry),
        )
        _record("contact.entered", row, by)
    return row


def correct(row: Contact, entry: Entry, *, by: Member, why: str = "") -> Contact:
    """Replace the entry: an answer came, or something in it was wrong. The old one stays to be read; a tick to publish does not."""
    _refuse(row, by)
    entry = _checked(entry)
    if entry == of(row):
        return row
    facts = replace(entry, status=row.status, answer=row.answer)
    if facts != of(row) and not why.strip():
        raise InvalidFields([InvalidInput("required", _("Say why the entry is corrected."), pointer="/why")])
    try:
        with transaction.atomic():
            fresh = Contact.objects.create(
                newsroom_id=row.newsroom_id,
                claim_id=row.claim_id,
                replaces=row,
                why=why.strip()[:300],
                within_review=row.within_review,
                created_by_id=by.user_id,
                **asdict(entry),
            )
            _record("contact.corrected", fresh, by)
    except IntegrityError as error:
        raise Conflict(
            "contact_replaced", _("Somebody else corrected this entry in the meantime. Look at it first.")
        ) from error
    return fresh


def publish(row: Contact, *, by: Member, on: bool) -> Contact:
    """Say that readers are told of it (or not), with the next publication or correction of the claim's fact-check."""
    require(by, "contact.publish")
    _refuse_blind(row, by)
    if on and row.status == ContactStatus.WAITING:
        raise Conflict("contact_waits", _("Readers are told once it is known whether there was an answer."))
    with transaction.atomic():
        rows = Contact.objects.filter(pk=row.pk, published_at__isnull=on, replaced_by=None)
        changed = rows.update(published_at=timezone.now() if on else None, published_by=by.user_id if on else None)
        if changed:
            # Told to editors alone: it says that one of them has opened the reviews.
            _record("contact.published" if on else "contact.unpublished", row, by, audience=Audience.EDITORS)
        elif Contact.objects.filter(replaces=row).exists():
            raise Conflict(
                "contact_replaced", _("Somebody else corrected this entry in the meantime. Look at it first.")
            )
    row.refresh_from_db()
    return row


def published(claim: Claim) -> list[Contact]:
    """What readers are told of, in the order of asking."""
    rows = Contact.objects.filter(claim=claim, published_at__isnull=False, replaced_by=None)
    return list(rows.order_by("contacted_on", "pk"))


def of(row: Contact) -> Entry:
    """The entry's values, to start a correction from."""
    return Entry(**{name: getattr(row, name) for name in Entry.__dataclass_fields__})


def _chains(rows: Iterable[Contact]) -> list[list[Contact]]:
    """Entries with those that they replaced, each chain oldest first."""
    chains: dict[int, list[Contact]] = {}
    for row in rows:
        chain = chains.pop(row.replaces_id or 0, [])
        chains[row.pk] = [*chain, row]
    return sorted(chains.values(), key=lambda chain: chain[0].pk)


def _shown(chain: list[Contact], member: Member, standing: Standing, today: date) -> Shown | None:
    row = chain[-1]
    is_own = chain[0].created_by_id == member.user_id
    if not contact_rules.may_read_entry(standing, within_review=row.within_review, is_own=is_own):
        return None
    sees = rules.may_see_reviews(standing)
    may_correct = may(member, "contact.write") and contact_rules.may_enter(standing)
    return Shown(
        entry=row,
        before=tuple(reversed(chain[:-1])),
        names=sees,
        may_correct=may_correct and (is_own or standing.role in rules.EDITORS),
        may_publish=may(member, "contact.publish") and sees and row.status != ContactStatus.WAITING,
        is_late=row.status == ContactStatus.WAITING and row.deadline is not None and row.deadline < today,
    )


def _checked(entry: Entry) -> Entry:
    clean = {name: str(getattr(entry, name)).replace("\x00", "\ufffd").strip() for name in _MOST}
    entry = replace(entry, whom=clean["whom"], asked=clean["asked"], answer=clean["answer"])
    if entry.status != ContactStatus.ANSWERED:
        entry = replace(entry, answer="")
    problems = [
        InvalidInput("too_long", _("At most %d characters.") % most, pointer=f"/{name}")
        for name, most in _MOST.items()
        if len(clean[name]) > most
    ]
    missing = {
        "whom": (not entry.whom, _("Say who was asked.")),
        "contacted_on": (entry.contacted_on is None, _("Say on which day.")),
        "means": (entry.means not in ContactMeans.values, _("Say by what means.")),
        "asked": (not entry.asked, _("Say what was asked.")),
        "status": (entry.status not in ContactStatus.values, _("Say whether there was an answer.")),
        "answer": (entry.status == ContactStatus.ANSWERED and not entry.answer, _("Say what they answered.")),
    }
    problems += [InvalidInput("required", text, pointer=f"/{name}") for name, (wrong, text) in missing.items() if wrong]
    if entry.contacted_on is not None:
        if entry.contacted_on > timezone.localdate() + timedelta(days=1):  # it is tomorrow already east of the server
            problems.append(InvalidInput("in_future", _("This day lies in the future."), pointer="/contacted_on"))
        if entry.deadline is not None and entry.deadline < entry.contacted_on:
            problems.append(InvalidInput("too_early", _("The deadline lies before the question."), pointer="/deadline"))
    if problems:
        raise InvalidFields(problems)
    return entry


def _refuse(row: Contact, by: Member) -> None:
    require(by, "contact.write")
    found = next((shown for shown in of_claim(by, row.claim) if shown.entry.pk == row.pk), None)
    if found is None:
        raise Conflict("contact_replaced", _("Somebody else corrected this entry in the meantime. Look at it first."))
    if not found.may_correct:
        raise NotAllowed("not_yours", _("Editors correct an entry, and whoever made it."))


def _refuse_blind(row: Contact, by: Member) -> None:
    if not rules.may_see_reviews(queries.standing(by, row.claim)):
        raise NotAllowed("blind", _("Open the reviews first: what readers are told is decided with the ruling."))


def _record(kind: str, row: Contact, by: Member, *, audience: str = Audience.MEMBERS) -> None:
    """An entry that belongs to a review is told to its author alone, as the review is."""
    events.record(
        kind,
        newsroom_id=row.newsroom_id,
        by=by,
        subject="contact",
        subject_id=row.pk,
        old={"contact": row.replaces_id} if row.replaces_id else None,
        new={"status": row.status},
        article_id=row.claim.article_id,
        claim_id=row.claim_id,
        audience=audience,
        to=by.user_id if row.within_review else None,
    )

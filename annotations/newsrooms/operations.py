"""Newsrooms, members, scales and API tokens: the writes."""

import hashlib
import secrets
import string
import zlib
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from annotations import events
from annotations.errors import Duplicate, InvalidInput, NotFound
from annotations.models import ApiToken, Label, Member, Newsroom, Scale, User
from annotations.models.events import Audience
from annotations.models.newsrooms import Role
from annotations.newsrooms import claim_types, presets
from annotations.newsrooms.access import SCOPES, require

TOKEN_PREFIX = "fct"  # noqa: S105  what every key starts with, no secret
_BASE62 = string.digits + string.ascii_letters


@transaction.atomic
def create_newsroom(
    *,
    name: str,
    url: str,
    corrections_contact: str,
    language: str = "en",
    slug: str = "",
    preset: str = "six_step",
    is_demo: bool = False,
) -> Newsroom:
    """A newsroom with its first verdict scale; raises InvalidInput naming the field at fault."""
    slug = slug or slugify(name) or f"desk-{secrets.token_hex(3)}"
    for field, value in (("name", name), ("corrections_contact", corrections_contact)):
        if not value.strip():
            raise InvalidInput("required", _("This field is needed."), pointer=f"/{field}")
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError as error:
        raise InvalidInput("bad_url", _("Give a full address such as https://example.org"), pointer="/url") from error
    if Newsroom.objects.filter(slug=slug).exists():
        raise InvalidInput("slug_taken", _("There is a newsroom of this short name already."), pointer="/slug")
    newsroom = Newsroom.objects.create(
        slug=slug,
        name=name,
        url=url,
        corrections_contact=corrections_contact,
        language=language,
        is_demo=is_demo,
    )
    adopt_preset(newsroom, preset, by=None)
    claim_types.adopt(newsroom)
    events.record("newsroom.created", newsroom_id=newsroom.pk, by=None, subject="newsroom", subject_id=newsroom.pk)
    return newsroom


def change_newsroom(*, by: Member, asks_archive: bool) -> Newsroom:
    """Whether the public web archive (FACTCHECK_ARCHIVE_URL) may be told which links the newsroom cites."""
    require(by, "newsroom.manage")
    if asks_archive and not settings.ARCHIVE_URL:
        raise InvalidInput("no_archive", _("This installation has no public web archive set up."))
    with transaction.atomic():
        if Newsroom.objects.filter(pk=by.newsroom_id, asks_archive=not asks_archive).update(asks_archive=asks_archive):
            events.record(
                "newsroom.changed",
                newsroom_id=by.newsroom_id,
                by=by,
                subject="newsroom",
                subject_id=by.newsroom_id,
                old={"asks_archive": not asks_archive},
                new={"asks_archive": asks_archive},
                audience=Audience.EDITORS,
            )
    by.newsroom.refresh_from_db(fields=["asks_archive"])
    return by.newsroom


def adopt_preset(newsroom: Newsroom, preset: str, *, by: Member | None) -> Scale:
    """Make a shipped scale the newsroom's current one, as a new version."""
    shipped = presets.PRESETS.get(preset)
    if shipped is None:
        raise InvalidInput(
            "unknown_preset", _("There is no such scale."), pointer="/preset", known=sorted(presets.PRESETS)
        )
    with transaction.atomic():
        newest = newsroom.scales.filter(key=shipped.key).order_by("-version").first()
        newsroom.scales.filter(is_current=True).update(is_current=False)
        scale = Scale.objects.create(
            newsroom=newsroom,
            key=shipped.key,
            version=newest.version + 1 if newest else 1,
            name=shipped.names["en"],
            is_current=True,
            created_by_id=by.user_id if by else None,
        )
        Label.objects.bulk_create(
            Label(
                scale=scale,
                order=order,
                key=label.key,
                names=dict(label.names),
                definitions=dict(label.definitions),
                color=label.color,
                icon=label.icon,
                kind=label.kind,
                position=label.position,
                rating=label.rating,
                needs_source=label.needs_source,
            )
            for order, label in enumerate(shipped.labels)
        )
        events.record(
            "scale.adopted",
            newsroom_id=newsroom.pk,
            by=by,
            subject="scale",
            subject_id=scale.pk,
            new={"key": scale.key, "version": scale.version},
        )
    return scale


def add_member(
    newsroom: Newsroom, *, email: str, name: str, role: str, by: Member | None, password: str | None = None
) -> Member:
    """Put a person on the desk, creating the user where the address is new. `by` None: the first admin, or a command."""
    if by is not None:
        require(by, "member.manage")
    if role not in Role.values:
        raise InvalidInput("unknown_role", _("The role is one of: %s.") % ", ".join(Role.values), pointer="/role")
    try:
        validate_email(email)
    except ValidationError as error:
        raise InvalidInput("bad_email", _("This is not an e-mail address."), pointer="/email") from error
    with transaction.atomic():
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            user = User.objects.create_user(email, password, name=name)
        try:
            with transaction.atomic():
                member = Member.objects.create(newsroom=newsroom, user=user, role=role)
        except IntegrityError as error:
            raise Duplicate("member_exists", _("This person is a member already.")) from error
        events.record(
            "member.added",
            newsroom_id=newsroom.pk,
            by=by,
            subject="member",
            subject_id=member.pk,
            new={"role": role},
            audience=Audience.EDITORS,
        )
    return member


def change_member(member: Member, *, by: Member, role: str | None = None, is_active: bool | None = None) -> Member:
    """Give another role, or end (or renew) a membership; the person's work stays theirs."""
    require(by, "member.manage")
    if member.newsroom_id != by.newsroom_id:
        raise NotFound("no_member", _("There is no such member."))
    changes: dict[str, object] = {}
    if role is not None and role != member.role:
        changes["role"] = role
    if is_active is not None and is_active != member.is_active:
        changes["is_active"] = is_active
    if not changes:
        return member
    with transaction.atomic():
        _keep_one_admin(member, changes)
        old = {key: getattr(member, key) for key in changes}
        Member.objects.filter(pk=member.pk).update(**changes)
        events.record(
            "member.changed",
            newsroom_id=member.newsroom_id,
            by=by,
            subject="member",
            subject_id=member.pk,
            old=old,
            new=changes,
            audience=Audience.EDITORS,
        )
    member.refresh_from_db()
    return member


def _keep_one_admin(member: Member, changes: dict[str, object]) -> None:
    leaves = changes.get("is_active") is False or changes.get("role", Role.ADMIN) != Role.ADMIN
    others = Member.objects.filter(newsroom_id=member.newsroom_id, role=Role.ADMIN, is_active=True).exclude(
        pk=member.pk
    )
    if member.role == Role.ADMIN and leaves and not others.exists():
        raise InvalidInput("last_admin", _("A newsroom needs an admin: make somebody else one first."))


def issue_token(
    member: Member, *, by: Member, name: str, scopes: list[str], expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """A new API key for oneself; returns the row and the key, which is shown this once and kept only as a hash."""
    require(by, "token.own" if by.pk == member.pk else "member.manage")
    if not name.strip():
        raise InvalidInput("required", _("Give the token a name that says what uses it."), pointer="/name")
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        raise InvalidInput("bad_scopes", _("The scopes are: %s.") % ", ".join(sorted(SCOPES)), pointer="/scopes")
    if expires_at is not None and expires_at <= timezone.now():
        raise InvalidInput("expired", _("The expiry lies in the past."), pointer="/expires_at")
    key = _new_key()
    with transaction.atomic():
        token = ApiToken.objects.create(
            member=member,
            name=name.strip(),
            digest=token_digest(key),
            hint=key[:8],
            scopes=sorted(set(scopes)),
            expires_at=expires_at,
        )
        events.record(
            "token.issued",
            newsroom_id=member.newsroom_id,
            by=by,
            subject="token",
            subject_id=token.pk,
            new={"scopes": token.scopes},
            audience=Audience.EDITORS,
        )
    return token, key


def revoke_token(token: ApiToken, *, by: Member) -> None:
    """From now on the key opens nothing."""
    require(by, "token.own" if by.pk == token.member_id else "member.manage")
    with transaction.atomic():
        revoked = ApiToken.objects.filter(pk=token.pk, member__newsroom_id=by.newsroom_id, revoked_at=None).update(
            revoked_at=timezone.now(), revoked_by=by.user_id
        )
        if revoked:
            events.record(
                "token.revoked",
                newsroom_id=by.newsroom_id,
                by=by,
                subject="token",
                subject_id=token.pk,
                audience=Audience.EDITORS,
            )


def token_digest(key: str) -> str:
    """Keys carry 178 random bits, so a plain hash is enough to keep."""
    return hashlib.sha256(key.encode()).hexdigest()


def looks_like_token(key: str) -> bool:
    """Prefix and checksum are right: typing errors never reach the database."""
    prefix, _sep, rest = key.partition("_")
    return prefix == TOKEN_PREFIX and len(rest) == 36 and _checksum(rest[:30]) == rest[30:]


def _new_key() -> str:
    body = "".join(secrets.choice(_BASE62) for _ in range(30))
    return f"{TOKEN_PREFIX}_{body}{_checksum(body)}"


def _checksum(body: str) -> str:
    number, digits = zlib.crc32(body.encode()), ""
    for _position in range(6):
        number, rest = divmod(number, 62)
        digits = _BASE62[rest] + digits
    return digits

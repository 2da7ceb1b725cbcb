"""The very first newsroom and its admin, on an installation without a demo."""

import secrets
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from annotations.errors import Conflict, InvalidInput
from annotations.models import Member, Newsroom, User
from annotations.models.newsrooms import Role
from annotations.newsrooms.operations import add_member, create_newsroom


def needed() -> bool:
    """Nobody could sign in yet."""
    return not User.objects.exists()


def setup_code() -> str:
    """Made once, kept in the data folder for its owner alone, printed at the start; gone after the set-up."""
    path = _path()
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(18))
    return path.read_text().strip()


def create_first(
    *, email: str, name: str, password: str, newsroom: str, url: str, contact: str, language: str = "en"
) -> Member:
    """Newsroom and admin in one step; the admin may open the admin site."""
    if not name:
        raise InvalidInput("required", _("This field is needed."), pointer="/name")
    with transaction.atomic():
        if Newsroom.objects.exists() or not needed():
            raise Conflict("set_up", _("This installation is set up. Sign in."))
        room = create_newsroom(name=newsroom, url=url, corrections_contact=contact, language=language or "en")
        member = add_member(room, email=email, name=name, role=Role.ADMIN, by=None, password=password)
        User.objects.filter(pk=member.user_id).update(is_staff=True, is_superuser=True)
    _path().unlink(missing_ok=True)
    return Member.objects.select_related("user", "newsroom").get(pk=member.pk)


def _path() -> Path:
    return Path(settings.DATA) / "setup_code"

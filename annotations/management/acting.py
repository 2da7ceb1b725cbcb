"""In whose name a command acts."""

from django.core.management.base import CommandError

from annotations.models import Member, Newsroom
from annotations.models.newsrooms import Role


def newsroom_of(slug: str) -> Newsroom:
    """The named newsroom, or the only one; CommandError says what to type."""
    rooms = list((Newsroom.objects.filter(slug=slug) if slug else Newsroom.objects.all()).order_by("pk")[:2])
    if len(rooms) != 1:
        raise CommandError("Name the newsroom: --newsroom SHORT-NAME" if rooms else "There is no such newsroom.")
    return rooms[0]


def editor_of(slug: str, email: str) -> Member:
    """An active editor or admin of the newsroom: the one of this address, or the first admin."""
    room = newsroom_of(slug)
    members = Member.objects.select_related("user", "newsroom").filter(
        newsroom=room, is_active=True, user__is_active=True, role__in=[Role.EDITOR, Role.ADMIN]
    )
    found = members.filter(user__email__iexact=email) if email else members.filter(role=Role.ADMIN)
    member = found.order_by("pk").first()
    if member is None:
        raise CommandError("There is no such editor or admin: --by EMAIL")
    return member

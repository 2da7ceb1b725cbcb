"""Who may open what: one table. An action that is not in it is refused."""

from django.utils.translation import gettext as _

from annotations.errors import NotAllowed, NotFound
from annotations.models import Member, Newsroom, User
from annotations.models.newsrooms import Role

_EVERYONE = frozenset({Role.REVIEWER, Role.EDITOR, Role.ADMIN})
_EDITORS = frozenset({Role.EDITOR, Role.ADMIN})
_ADMINS = frozenset({Role.ADMIN})

POLICY: dict[str, frozenset[Role]] = {
    "article.read": _EVERYONE,
    "article.add": _EDITORS,
    "article.edit": _EDITORS,
    "feed.manage": _EDITORS,
    "claim.read": _EVERYONE,
    "claim.edit": _EDITORS,
    "claim.assign": _EDITORS,
    "marking.own": _EVERYONE,  # one's own list of a doubly marked article
    "marking.write": _EVERYONE,
    "queue.review": _EVERYONE,
    "review.write": _EVERYONE,
    "review.read": _EVERYONE,  # narrowed by reviews/rules.py: blind until you commit
    "comment.read": _EVERYONE,  # narrowed like the reviews
    "comment.write": _EVERYONE,
    "contact.read": _EVERYONE,  # narrowed by reviews/contact_rules.py
    "contact.write": _EVERYONE,
    "contact.publish": _EDITORS,
    "source.read": _EVERYONE,
    "source.manage": _EDITORS,
    "agreement.read": _EDITORS,
    "agreement.own": _EVERYONE,
    "agreement.people": _ADMINS,
    "ruling.read": _EDITORS,
    "ruling.write": _EDITORS,
    "ruling.sign_off": _EDITORS,
    "publication.read": _EVERYONE,
    "publication.correct": _EDITORS,
    "export.read": _EDITORS,
    "event.read": _EVERYONE,
    "work.read": _EDITORS,
    "token.own": _EVERYONE,
    "member.manage": _ADMINS,
    "scale.manage": _ADMINS,
    "guideline.read": _EVERYONE,
    "guideline.manage": _ADMINS,
    "newsroom.manage": _ADMINS,
}

_READING = ("queue.review", "marking.own", "agreement.own", "agreement.people")

# What a token can be limited to; the member's role still applies.
SCOPES: dict[str, frozenset[str]] = {
    "read": frozenset(action for action in POLICY if action.endswith(".read") or action in _READING),
    "write": frozenset(action for action in POLICY if action != "token.own"),
    "publications": frozenset({"publication.read"}),
}


def may(member: Member | None, action: str) -> bool:
    """No member, an inactive one, or an unknown action: no."""
    return (
        member is not None
        and member.is_active
        and member.user.is_active
        and member.role in POLICY.get(action, frozenset())
    )


def require(member: Member | None, action: str) -> Member:
    """The member, or NotAllowed with a sentence that says whom to ask."""
    if member is None or not may(member, action):
        raise NotAllowed(
            "role_not_allowed",
            _("Your role does not allow this. Ask an admin of your newsroom."),
            action=action,
        )
    return member


def membership(user: User, slug: str) -> Member:
    """The user's active place in the newsroom. A newsroom that is not theirs looks like one that is not there."""
    member = (
        Member.objects.select_related("newsroom", "user")
        .filter(user=user, newsroom__slug=slug, is_active=True, user__is_active=True)
        .first()
    )
    if member is None:
        raise NotFound("no_newsroom", _("There is no such newsroom, or you are not a member of it."))
    return member


def newsrooms_of(user: User) -> list[Newsroom]:
    """Where the user may go, by name."""
    return list(Newsroom.objects.filter(members__user=user, members__is_active=True).order_by("name", "pk"))

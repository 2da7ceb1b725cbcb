"""Reading newsrooms: the current scale, members, tokens."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.errors import NotFound
from annotations.models import ApiToken, Label, Member, Newsroom, Scale
from annotations.newsrooms.operations import looks_like_token, token_digest


def current_scale(newsroom: Newsroom) -> Scale:
    """The scale that new claims are judged on."""
    scale = newsroom.scales.filter(is_current=True).prefetch_related("labels").first()
    if scale is None:
        raise NotFound("no_scale", _("The newsroom has no verdict scale in use. An admin can choose one."))
    return scale


def labels(scale: Scale) -> list[Label]:
    """In the scale's order."""
    return sorted(scale.labels.all(), key=lambda label: label.order)


def active_members(newsroom: Newsroom) -> QuerySet[Member]:
    return (
        newsroom.members.filter(is_active=True, user__is_active=True)
        .select_related("user")
        .order_by("user__name", "pk")
    )


def member_by_token(key: str) -> tuple[Member, ApiToken] | None:
    """Whose live key this is. Its last use is noted at most once a minute, so that reads stay reads."""
    if not looks_like_token(key):
        return None
    token = ApiToken.objects.select_related("member__user", "member__newsroom").filter(digest=token_digest(key)).first()
    now = timezone.now()
    if token is None or not token.is_live(now) or not token.member.is_active or not token.member.user.is_active:
        return None
    if token.last_used_at is None or (now - token.last_used_at).total_seconds() > 60:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token.member, token


def tokens_of(member: Member) -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(member=member).order_by("-created_at", "-pk")

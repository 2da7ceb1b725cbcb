"""The tenant, its members and their API tokens."""

from datetime import datetime

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.rows import Actor, one_of, paired


class Role(models.TextChoices):
    REVIEWER = "reviewer", _("Reviewer")
    EDITOR = "editor", _("Editor")
    ADMIN = "admin", _("Admin")


class Newsroom(models.Model):
    """A desk: every other row belongs to one, and nobody sees another's."""

    slug = models.SlugField(_("short name in addresses"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    url = models.URLField(_("site"), max_length=500)
    corrections_contact = models.CharField(_("where readers report errors"), max_length=300)
    language = models.CharField(_("language"), max_length=12, default="en")
    is_demo = models.BooleanField(_("demonstration"), default=False)
    sign_off_required = models.BooleanField(_("a second person signs off"), default=True)
    reviews_wanted = models.PositiveSmallIntegerField(_("first verdicts wanted for a claim"), default=2)
    lease_minutes = models.PositiveSmallIntegerField(_("minutes that a claim is kept for its reviewer"), default=30)
    asks_archive = models.BooleanField(_("asks the public web archive for copies"), default=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("newsroom")
        verbose_name_plural = _("newsrooms")
        constraints = [
            CheckConstraint(
                condition=Q(reviews_wanted__gte=1, reviews_wanted__lte=50),
                name="newsroom_reviews_wanted_1_50",
            ),
            CheckConstraint(condition=Q(lease_minutes__gte=5, lease_minutes__lte=240), name="newsroom_lease_5_240"),
        ]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """A user's place in a newsroom. Left members stay as rows, inactive, so that their work keeps its author."""

    newsroom = models.ForeignKey(Newsroom, models.CASCADE, related_name="members", verbose_name=_("newsroom"))
    user = models.ForeignKey("annotations.User", models.CASCADE, related_name="memberships", verbose_name=_("user"))
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    is_active = models.BooleanField(_("active"), default=True)
    hides_first_steps = models.BooleanField(_("put the first steps away"), default=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            UniqueConstraint(fields=["newsroom", "user"], name="member_once_a_newsroom"),
            one_of("role", Role, name="member_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"

    @property
    def may_edit(self) -> bool:
        return self.role in (Role.EDITOR, Role.ADMIN)


class ApiToken(models.Model):
    """A key for programs: acts as its member, within its scopes. Only the hash is kept; the key is shown once."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="tokens", verbose_name=_("member"))
    name = models.CharField(_("name"), max_length=120)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(_("starts with"), max_length=12, editable=False)
    scopes = models.JSONField(_("scopes"), default=list)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = Actor(verbose_name=_("revoked by"))

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        constraints = [paired("revoked_at", "revoked_by", name="token_revoked_paired")]

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}…)"

    def is_live(self, now: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)

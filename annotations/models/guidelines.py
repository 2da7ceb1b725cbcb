"""What a newsroom asks of its reviewers: a guideline in words, and a checklist. Versioned: a change makes a new one."""

from django.db import models
from django.db.models import Q, UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.newsrooms import Newsroom
from annotations.models.rows import Actor
from annotations.models.scales import in_language


class Guideline(models.Model):
    """One version of the guideline in one language; an empty text takes it out of use."""

    newsroom = models.ForeignKey(Newsroom, models.CASCADE, related_name="guidelines", verbose_name=_("newsroom"))
    language = models.CharField(_("language"), max_length=12)
    version = models.PositiveIntegerField(_("version"), default=1)
    text = models.TextField(_("text"), blank=True)
    is_current = models.BooleanField(_("in use"), default=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    created_by = Actor(verbose_name=_("created by"))

    class Meta:
        verbose_name = _("guideline")
        verbose_name_plural = _("guidelines")
        constraints = [
            UniqueConstraint(fields=["newsroom", "language", "version"], name="guideline_version_once"),
            UniqueConstraint(
                fields=["newsroom", "language"], condition=Q(is_current=True), name="guideline_one_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language} v{self.version}"


class Checklist(models.Model):
    """One version of what a reviewer ticks; reviews keep the version that they were submitted with."""

    newsroom = models.ForeignKey(Newsroom, models.CASCADE, related_name="checklists", verbose_name=_("newsroom"))
    version = models.PositiveIntegerField(_("version"), default=1)
    is_current = models.BooleanField(_("in use"), default=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    created_by = Actor(verbose_name=_("created by"))

    class Meta:
        verbose_name = _("checklist")
        verbose_name_plural = _("checklists")
        constraints = [
            UniqueConstraint(fields=["newsroom", "version"], name="checklist_version_once"),
            UniqueConstraint(fields=["newsroom"], condition=Q(is_current=True), name="checklist_one_current"),
        ]

    def __str__(self) -> str:
        return f"v{self.version}"


class CheckItem(models.Model):
    """One line of a checklist. Its key stays from version to version, so that a tick in a draft keeps its meaning."""

    checklist = models.ForeignKey(Checklist, models.CASCADE, related_name="items", verbose_name=_("checklist"))
    order = models.PositiveSmallIntegerField(_("order"))
    key = models.SlugField(_("key"), max_length=60)
    texts = models.JSONField(_("texts"), default=dict)  # {language: text}
    is_required = models.BooleanField(_("required"), default=False)

    class Meta:
        verbose_name = _("item of a checklist")
        verbose_name_plural = _("items of a checklist")
        constraints = [
            UniqueConstraint(fields=["checklist", "key"], name="checkitem_key_once"),
            UniqueConstraint(fields=["checklist", "order"], name="checkitem_order_once"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """In the interface's language, else English, else whatever there is."""
        return in_language(self.texts) or self.key

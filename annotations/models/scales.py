"""A newsroom's versioned list of verdict labels. A change makes a new version; reviews keep theirs."""

from collections.abc import Mapping

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from annotations.models.newsrooms import Newsroom
from annotations.models.rows import Actor, one_of


class LabelKind(models.TextChoices):
    VERACITY = "veracity", _("Veracity")
    CONTEXT = "context", _("Context")
    MEDIA = "media", _("Media")
    ATTRIBUTION = "attribution", _("Attribution")
    META = "meta", _("Meta")


class Scale(models.Model):
    """One version of a list of labels; the newsroom's current one has `is_current`."""

    newsroom = models.ForeignKey(Newsroom, models.CASCADE, related_name="scales", verbose_name=_("newsroom"))
    key = models.SlugField(_("key"), max_length=60)
    version = models.PositiveIntegerField(_("version"), default=1)
    name = models.CharField(_("name"), max_length=120)
    is_current = models.BooleanField(_("in use"), default=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    created_by = Actor(verbose_name=_("created by"))

    class Meta:
        verbose_name = _("scale")
        verbose_name_plural = _("scales")
        constraints = [
            UniqueConstraint(fields=["newsroom", "key", "version"], name="scale_version_once"),
            UniqueConstraint(fields=["newsroom"], condition=Q(is_current=True), name="scale_one_current"),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class Label(models.Model):
    """A verdict that a reviewer can choose. `position` counts from 0 = falsest; off the truth scale it is empty."""

    scale = models.ForeignKey(Scale, models.CASCADE, related_name="labels", verbose_name=_("scale"))
    order = models.PositiveSmallIntegerField(_("order"))
    key = models.SlugField(_("key"), max_length=60)
    names = models.JSONField(_("names"), default=dict)
    definitions = models.JSONField(_("definitions"), default=dict)
    color = models.CharField(_("colour"), max_length=40)
    icon = models.CharField(_("icon"), max_length=40)
    kind = models.CharField(_("kind"), max_length=12, choices=LabelKind.choices)
    position = models.PositiveSmallIntegerField(_("position on the truth scale"), null=True, blank=True)
    rating = models.SmallIntegerField(_("ClaimReview value"), null=True, blank=True)
    needs_source = models.BooleanField(_("needs a source"), default=True)

    class Meta:
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        constraints = [
            UniqueConstraint(fields=["scale", "key"], name="label_key_once"),
            UniqueConstraint(fields=["scale", "order"], name="label_order_once"),
            UniqueConstraint(
                fields=["scale", "position"], condition=Q(position__isnull=False), name="label_position_once"
            ),
            CheckConstraint(
                condition=Q(position__isnull=False) | Q(rating__isnull=True),
                name="label_off_scale_has_no_rating",
            ),
            one_of("kind", LabelKind, name="label_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the interface's language, else English, else whatever there is."""
        return in_language(self.names) or self.key

    @property
    def definition(self) -> str:
        return in_language(self.definitions)


def in_language(texts: Mapping[str, str], language: str = "") -> str:
    """The text for `language` (default: the active one), else English, else the first."""
    wanted = language or translation.get_language() or "en"
    return texts.get(wanted) or texts.get(wanted.split("-")[0]) or texts.get("en") or next(iter(texts.values()), "")

"""Agreement scores, kept with all that is needed to recompute them. Append-only: the newest row is the figure."""

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.articles import Article
from annotations.models.newsrooms import Newsroom
from annotations.models.scales import Scale


class Score(models.Model):
    """One metric of one article or of the whole newsroom (article empty), for one scale version."""

    newsroom = models.ForeignKey(Newsroom, models.CASCADE, related_name="scores", verbose_name=_("newsroom"))
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, blank=True, related_name="scores", verbose_name=_("article")
    )
    scale = models.ForeignKey(Scale, models.CASCADE, related_name="+", verbose_name=_("scale"))
    metric = models.CharField(_("metric"), max_length=60)
    value = models.FloatField(_("value"), null=True, blank=True)
    undefined = models.CharField(_("not defined, because"), max_length=60, blank=True)  # a code, worded in agreement/
    low = models.FloatField(_("interval from"), null=True, blank=True)
    high = models.FloatField(_("interval to"), null=True, blank=True)
    claims = models.PositiveIntegerField(_("claims"), default=0)
    pairable = models.PositiveIntegerField(_("claims with two verdicts or more"), default=0)
    verdicts = models.PositiveIntegerField(_("verdicts"), default=0)
    reviewers = models.PositiveIntegerField(_("reviewers"), default=0)
    coverage = models.FloatField(_("coverage"), null=True, blank=True)
    notes = models.JSONField(_("notes"), default=list)
    inputs_digest = models.CharField(_("SHA-256 of the inputs"), max_length=64)
    code_version = models.CharField(_("code version"), max_length=40)
    computed_at = models.DateTimeField(_("computed"), default=timezone.now)

    class Meta:
        verbose_name = _("agreement score")
        verbose_name_plural = _("agreement scores")
        constraints = [
            # Never a number without its reason to be one, never a bare gap.
            CheckConstraint(
                condition=Q(value__isnull=False, undefined="") | (Q(value__isnull=True) & ~Q(undefined="")),
                name="score_value_or_reason",
            ),
        ]
        indexes = [models.Index(fields=["newsroom", "article", "scale", "metric", "-id"], name="score_latest")]

    def __str__(self) -> str:
        return f"{self.metric}: {self.undefined or self.value}"

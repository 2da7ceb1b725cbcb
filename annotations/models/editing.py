"""What an editor can take back, and the ranker that learns from what editors chose."""

from django.db import models
from django.db.models import UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.articles import Article
from annotations.models.newsrooms import Newsroom
from annotations.models.rows import Actor, paired


class Change(models.Model):
    """One act on an article's claim list: the claims before and after it, so that it can be undone. Not the log."""

    newsroom = models.ForeignKey(Newsroom, models.CASCADE, related_name="+", verbose_name=_("newsroom"))
    article = models.ForeignKey(Article, models.CASCADE, related_name="changes", verbose_name=_("article"))
    kind = models.CharField(_("kind"), max_length=40)
    before = models.JSONField(default=dict, editable=False)  # {claim id: columns and spans, or null: it was not there}
    after = models.JSONField(default=dict, editable=False)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    created_by = Actor(verbose_name=_("made by"))
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = Actor(verbose_name=_("undone by"))

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        constraints = [paired("undone_at", "undone_by", name="change_undone_paired")]
        indexes = [models.Index(fields=["article", "-id"], name="change_latest")]

    def __str__(self) -> str:
        return self.kind


class Ranker(models.Model):
    """A newsroom's own order of what to check first, learned from its editors' choices; off until an admin turns it on."""

    newsroom = models.ForeignKey(Newsroom, models.CASCADE, related_name="rankers", verbose_name=_("newsroom"))
    number = models.PositiveIntegerField(_("number"))
    labels = models.PositiveIntegerField(_("labels"))
    positives = models.PositiveIntegerField(_("worth checking"))
    origin = models.CharField(_("learned from"), max_length=20)  # choices | file
    gain = models.JSONField(_("measured gain"), default=dict)  # cross-validated, rule against model
    weights = models.BinaryField(editable=False)
    is_on = models.BooleanField(_("in use"), default=False)
    created_at = models.DateTimeField(_("trained"), default=timezone.now)
    created_by = Actor(verbose_name=_("trained by"))

    class Meta:
        verbose_name = _("ranker")
        verbose_name_plural = _("rankers")
        constraints = [
            UniqueConstraint(fields=["newsroom", "number"], name="ranker_number_once"),
            UniqueConstraint(fields=["newsroom"], condition=models.Q(is_on=True), name="ranker_one_on"),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"

"""Articles that come by themselves, and many at once: feeds that are watched, files that are imported."""

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.newsrooms import Member, Newsroom
from annotations.models.rows import Actor, one_of


class Feed(models.Model):
    """An RSS or Atom feed whose new entries become articles."""

    newsroom = models.ForeignKey(Newsroom, models.CASCADE, related_name="feeds", verbose_name=_("newsroom"))
    url = models.CharField(_("address"), max_length=2048)
    url_key = models.CharField(max_length=2048, editable=False)
    title = models.CharField(_("title"), max_length=500, blank=True)
    topic = models.CharField(_("topic"), max_length=120, blank=True)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+", verbose_name=_("watched for"))
    is_active = models.BooleanField(_("watched"), default=True)
    every_minutes = models.PositiveIntegerField(_("minutes between two looks"), default=30)
    etag = models.CharField(max_length=300, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    due_at = models.DateTimeField(_("next look"), default=timezone.now)
    checked_at = models.DateTimeField(_("last look"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=60, blank=True)  # a code, worded in lib/problems.py
    failures = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")
        constraints = [
            UniqueConstraint(fields=["newsroom", "url_key"], name="feed_url_once"),
            CheckConstraint(condition=Q(every_minutes__gte=5, every_minutes__lte=10080), name="feed_every_5_10080"),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(is_active=True), name="feed_due")]

    def __str__(self) -> str:
        return self.title or self.url


class FeedEntry(models.Model):
    """An entry that was seen, so that it comes once, also when its article was refused."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="entries", verbose_name=_("feed"))
    key = models.CharField(max_length=64)  # hash of its id, or of its address
    url = models.CharField(_("address"), max_length=2048, blank=True)
    article = models.ForeignKey(
        "annotations.Article", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("article")
    )
    problem = models.CharField(_("problem"), max_length=60, blank=True)
    created_at = models.DateTimeField(_("seen"), default=timezone.now)

    class Meta:
        verbose_name = _("feed entry")
        verbose_name_plural = _("feed entries")
        constraints = [UniqueConstraint(fields=["feed", "key"], name="feedentry_once")]

    def __str__(self) -> str:
        return self.url or self.key


class ImportState(models.TextChoices):
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class ImportKind(models.TextChoices):
    ARTICLES = "articles", _("Articles")
    EARLIER_CHECKS = "earlier_checks", _("Earlier fact-checks")


class Import(models.Model):
    """A file of many articles or fact-checks, read record by record; `position` says how far it is."""

    newsroom = models.ForeignKey(Newsroom, models.CASCADE, related_name="imports", verbose_name=_("newsroom"))
    kind = models.CharField(_("kind"), max_length=16, choices=ImportKind.choices)
    state = models.CharField(_("state"), max_length=8, choices=ImportState.choices, default=ImportState.RUNNING)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+", verbose_name=_("imported by"))
    file_name = models.CharField(_("file name"), max_length=255, blank=True)
    upload = models.CharField(max_length=255, blank=True, editable=False)  # name in the "captures" storage
    total = models.PositiveIntegerField(_("records"), default=0)
    position = models.PositiveIntegerField(_("read"), default=0)
    added = models.PositiveIntegerField(_("added"), default=0)
    duplicates = models.PositiveIntegerField(_("there already"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    problems = models.JSONField(_("problems"), default=list)  # [[record, sentence]], the first hundred
    problem = models.CharField(_("problem"), max_length=60, blank=True)
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    created_by = Actor(verbose_name=_("imported by"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            one_of("state", ImportState, name="import_state_known"),
            one_of("kind", ImportKind, name="import_kind_known"),
            CheckConstraint(condition=Q(position__lte=F("total")), name="import_position_in_total"),
        ]
        indexes = [models.Index(fields=["newsroom", "-id"], name="import_list")]

    def __str__(self) -> str:
        return self.file_name or f"#{self.pk}"

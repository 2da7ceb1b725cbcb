"""Articles and their immutable versions."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.lib import language_names
from annotations.models.newsrooms import Newsroom
from annotations.models.rows import Actor, one_of


class Origin(models.TextChoices):
    PASTE = "paste", _("Pasted text")
    FILE = "file", _("Uploaded file")
    URL = "url", _("Web address")


class ArticleState(models.TextChoices):
    """Of its intake: from what was handed in to a text with claims."""

    QUEUED = "queued", _("Waiting")
    FETCHING = "fetching", _("Fetching")
    RETRY_WAIT = "retry_wait", _("Trying again later")
    PARSING = "parsing", _("Reading the text")
    SPLITTING = "splitting", _("Finding claims")
    READY = "ready", _("Ready")
    NEEDS_COPY = "needs_copy", _("Needs a copy")
    BLOCKED = "blocked", _("Not allowed")
    FAILED = "failed", _("Failed")


class Direction(models.TextChoices):
    LTR = "ltr", _("Left to right")
    RTL = "rtl", _("Right to left")


class Article(models.Model):
    """What is fact-checked. Its text stands in versions; lists never load it."""

    newsroom = models.ForeignKey(Newsroom, models.CASCADE, related_name="articles", verbose_name=_("newsroom"))
    origin = models.CharField(_("came as"), max_length=8, choices=Origin.choices)
    state = models.CharField(_("state"), max_length=12, choices=ArticleState.choices, default=ArticleState.QUEUED)
    problem = models.CharField(_("problem"), max_length=60, blank=True)  # a code, worded in lib/problems.py
    title = models.CharField(_("title"), max_length=500, blank=True)
    language = models.CharField(_("language"), max_length=12, default="und")
    direction = models.CharField(_("direction"), max_length=3, choices=Direction.choices, default=Direction.LTR)
    author = models.CharField(_("author"), max_length=300, blank=True)
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    topic = models.CharField(_("topic"), max_length=120, blank=True)
    url = models.CharField(_("address"), max_length=2048, blank=True)
    url_key = models.CharField(max_length=2048, blank=True, editable=False)
    file_name = models.CharField(_("file name"), max_length=255, blank=True)
    upload = models.CharField(max_length=255, blank=True, editable=False)  # name in the "captures" storage
    declared = models.JSONField(default=list, editable=False)  # fields that a person filled in: detection leaves them
    declared_type = models.CharField(max_length=200, blank=True, editable=False)  # of the upload or the answer
    duplicate_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("same text as")
    )
    is_sample = models.BooleanField(_("sample"), default=False)  # to try things on; never published, can be removed
    retries = models.PositiveSmallIntegerField(default=0, editable=False)
    segmenter = models.CharField(_("segmenter"), max_length=40, default="sentences")
    current = models.ForeignKey(
        "annotations.Version",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("current version"),
    )
    row_version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    created_by = Actor(verbose_name=_("created by"))
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            UniqueConstraint(fields=["newsroom", "url_key"], condition=~Q(url_key=""), name="article_url_once"),
            one_of("origin", Origin, name="article_origin_known"),
            one_of("state", ArticleState, name="article_state_known"),
            one_of("direction", Direction, name="article_direction_known"),
        ]
        indexes = [models.Index(fields=["newsroom", "-id"], name="article_list")]

    def __str__(self) -> str:
        return self.title or self.url or self.file_name or f"#{self.pk}"

    @property
    def language_name(self) -> str:
        """In the interface's language."""
        return language_names.name(self.language)


class Version(models.Model):
    """An immutable text of an article. Offsets are Unicode code points into `text`."""

    newsroom = models.ForeignKey(Newsroom, models.CASCADE, related_name="+", verbose_name=_("newsroom"))
    article = models.ForeignKey(Article, models.CASCADE, related_name="versions", verbose_name=_("article"))
    number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("text"))
    length = models.PositiveIntegerField(_("length in code points"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    replaced = models.PositiveIntegerField(_("characters replaced"), default=0)
    paragraphs = models.JSONField(default=list)  # [[start, end, "rtl"|"ltr"|""]]
    headings = models.JSONField(default=list)  # [[start, end]], from the segmenter
    segmenter = models.CharField(_("segmenter"), max_length=60, blank=True)  # name and version that split it
    run = models.JSONField(
        default=dict, editable=False
    )  # what the segmenter says of its run: model, prompt hash, drops
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    created_by = Actor(verbose_name=_("created by"))

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [
            UniqueConstraint(fields=["article", "number"], name="version_number_once"),
            CheckConstraint(condition=Q(length__gt=0), name="version_not_empty"),
        ]
        indexes = [models.Index(fields=["newsroom", "digest"], name="version_by_digest")]

    def __str__(self) -> str:
        return f"v{self.number}"

"""Sources, the copies kept of them, and what was found when a quote was looked up."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.newsrooms import Newsroom
from annotations.models.rows import Actor, one_of, paired


class SourceKind(models.TextChoices):
    URL = "url", _("Web address")
    UPLOAD = "upload", _("Uploaded document")
    STATEMENT = "statement", _("Recorded statement")


class SourceState(models.TextChoices):
    """Of the work on it."""

    QUEUED = "queued", _("Waiting")
    FETCHING = "fetching", _("Fetching")
    RETRY_WAIT = "retry_wait", _("Trying again later")
    READY = "ready", _("Kept")
    NEEDS_COPY = "needs_copy", _("Needs a copy")
    BLOCKED = "blocked", _("Not allowed")
    FAILED = "failed", _("Failed")


class SourceLife(models.TextChoices):
    UNKNOWN = "unknown", _("Not known")
    ALIVE = "alive", _("Alive")
    SUSPECT = "suspect", _("Suspect")
    DEAD = "dead", _("Dead")
    RESTRICTED = "restricted", _("Restricted")
    MOVED = "moved", _("Moved")


class StatementMeans(models.TextChoices):
    INTERVIEW = "interview", _("Interview")
    LETTER = "letter", _("Letter or e-mail")
    CALCULATION = "calculation", _("Own calculation")
    OBSERVATION = "observation", _("Own observation")


class Source(models.Model):
    """A URL, an uploaded document, or a recorded statement; one row however many reviews cite it."""

    newsroom = models.ForeignKey(Newsroom, models.CASCADE, related_name="sources", verbose_name=_("newsroom"))
    kind = models.CharField(_("kind"), max_length=10, choices=SourceKind.choices)
    url = models.CharField(_("address"), max_length=2048, blank=True)
    url_key = models.CharField(max_length=2048, blank=True, editable=False)
    host = models.CharField(_("host"), max_length=255, blank=True)
    final_url = models.CharField(_("final address"), max_length=2048, blank=True)
    title = models.CharField(_("title"), max_length=500, blank=True)
    site = models.CharField(_("site"), max_length=300, blank=True)
    file_name = models.CharField(_("file name"), max_length=255, blank=True)
    upload = models.CharField(max_length=255, blank=True, editable=False)  # name in the "captures" storage
    upload_digest = models.CharField(max_length=64, blank=True, editable=False)
    speaker = models.CharField(_("who said it"), max_length=300, blank=True)
    said_on = models.DateField(_("when"), null=True, blank=True)
    means = models.CharField(_("how"), max_length=12, choices=StatementMeans.choices, blank=True)
    statement = models.TextField(_("what was said"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=SourceState.choices, default=SourceState.QUEUED)
    life = models.CharField(_("life"), max_length=10, choices=SourceLife.choices, default=SourceLife.UNKNOWN)
    # The watch (sources/life.py): when to look again, and what the last checks said.
    watch_at = models.DateTimeField(_("next check"), null=True, blank=True, editable=False)
    checked_at = models.DateTimeField(_("last check"), null=True, blank=True, editable=False)
    failures = models.PositiveSmallIntegerField(default=0, editable=False)  # counted ones, days apart
    good_checks = models.PositiveSmallIntegerField(default=0, editable=False)  # in a row
    failed_at = models.DateTimeField(null=True, blank=True, editable=False)  # the last counted one
    life_by = Actor(verbose_name=_("life said by"))  # a person's word stays, whatever the watch finds
    life_note = models.CharField(_("note on its life"), max_length=500, blank=True)
    problem = models.CharField(_("problem"), max_length=60, blank=True)
    retries = models.PositiveSmallIntegerField(default=0, editable=False)
    latest = models.ForeignKey(
        "annotations.Capture",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("latest capture"),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    created_by = Actor(verbose_name=_("added by"))
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            UniqueConstraint(fields=["newsroom", "url_key"], condition=~Q(url_key=""), name="source_url_once"),
            one_of("kind", SourceKind, name="source_kind_known"),
            one_of("state", SourceState, name="source_state_known"),
            one_of("life", SourceLife, name="source_life_known"),
            one_of("means", StatementMeans, name="source_means_known", blank=True),
            CheckConstraint(condition=~Q(kind="url") | ~Q(url=""), name="source_url_has_address"),
            CheckConstraint(condition=~Q(kind="statement") | ~Q(statement=""), name="source_statement_has_text"),
        ]
        indexes = [
            models.Index(fields=["newsroom", "state", "-id"], name="source_list"),
            models.Index(fields=["watch_at"], condition=Q(watch_at__isnull=False), name="source_watch"),
        ]

    def __str__(self) -> str:
        return self.title or self.url or self.file_name or self.speaker


class AttemptPurpose(models.TextChoices):
    FETCH = "fetch", _("To keep a copy")
    WATCH = "watch", _("To see whether it is still there")


class HostNote(models.Model):
    """What a newsroom knows of a host: who owns it, so that "all sources share one owner" can be said."""

    newsroom = models.ForeignKey(Newsroom, models.CASCADE, related_name="host_notes", verbose_name=_("newsroom"))
    host = models.CharField(_("host"), max_length=255)
    owner = models.CharField(_("owner or group"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    updated_by = Actor(verbose_name=_("changed by"))

    class Meta:
        verbose_name = _("note on a host")
        verbose_name_plural = _("notes on hosts")
        constraints = [
            UniqueConstraint(fields=["newsroom", "host"], name="hostnote_once"),
            paired("updated_at", "updated_by", name="hostnote_updated_paired"),
        ]

    def __str__(self) -> str:
        return self.host


class FetchAttempt(models.Model):
    """One try at a URL, as it went. Append-only."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="attempts", verbose_name=_("source"))
    purpose = models.CharField(_("purpose"), max_length=5, choices=AttemptPurpose.choices, default=AttemptPurpose.FETCH)
    outcome = models.CharField(_("outcome"), max_length=40)
    http_status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    chain = models.JSONField(_("redirects"), default=list)  # [[url, status]]
    final_url = models.CharField(_("final address"), max_length=2048, blank=True)
    declared_type = models.CharField(_("declared type"), max_length=200, blank=True)
    wire_bytes = models.PositiveIntegerField(_("bytes received"), default=0)
    body_bytes = models.PositiveIntegerField(_("bytes of body"), default=0)
    elapsed_ms = models.PositiveIntegerField(_("milliseconds"), default=0)
    peer = models.GenericIPAddressField(_("address dialled"), null=True, blank=True)  # for the desk admin only
    created_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("fetch attempt")
        verbose_name_plural = _("fetch attempts")
        constraints = [one_of("purpose", AttemptPurpose, name="attempt_purpose_known")]
        indexes = [models.Index(fields=["source", "-id"], name="attempt_of_source")]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.outcome}"


class CaptureOrigin(models.TextChoices):
    FETCH = "fetch", _("Fetched")
    UPLOAD = "upload", _("Uploaded")
    STATEMENT = "statement", _("Recorded")


class DateSource(models.TextChoices):
    """Where the day of publication was read: annotations/lib/fetching/documents.py gives the words."""

    JSON_LD = "json-ld", _("said by the page for machines")
    META = "meta", _("said in the page's head")
    MICRODATA = "microdata", _("marked in the page's text")
    PAGE = "page", _("written on the page")
    URL = "url", _("from the address")
    FILE = "file", _("the file's own word")
    GUESS = "guess", _("guessed from the page's text")


class Capture(models.Model):
    """One kept copy of a source. The body lies compressed under its hash in the "captures" storage."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="captures", verbose_name=_("source"))
    attempt = models.ForeignKey(
        FetchAttempt,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("fetch attempt"),
    )
    origin = models.CharField(_("origin"), max_length=10, choices=CaptureOrigin.choices)
    captured_at = models.DateTimeField(_("captured"), default=timezone.now)
    body_digest = models.CharField(_("SHA-256 of the body"), max_length=64)
    body_bytes = models.PositiveIntegerField(_("bytes of body"))
    media_type = models.CharField(_("type"), max_length=200, blank=True)  # as it was declared
    kind = models.CharField(_("kind"), max_length=10, blank=True)  # what the bytes are (sniffing.KINDS)
    final_url = models.CharField(_("final address"), max_length=2048, blank=True)
    http_status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    request_headers = models.JSONField(default=list)
    response_headers = models.JSONField(default=list)
    title = models.CharField(_("title"), max_length=500, blank=True)
    authors = models.JSONField(_("authors"), default=list)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    date_source = models.CharField(_("origin of the day"), max_length=10, choices=DateSource.choices, blank=True)
    site = models.CharField(_("site"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    canonical_url = models.CharField(_("canonical address"), max_length=2048, blank=True)
    main_text = models.TextField(_("main text"), blank=True)
    full_text = models.TextField(_("full text"), blank=True)
    pages = models.JSONField(default=list)  # start offsets of PDF pages in full_text
    text_digest = models.CharField(_("SHA-256 of the text"), max_length=64, blank=True)
    extractor = models.CharField(_("extractor"), max_length=80, blank=True)  # "" until extracted
    extract_problem = models.CharField(_("extraction problem"), max_length=40, blank=True)
    damage = models.CharField(_("damage to the kept body"), max_length=40, blank=True)  # found when it was last read

    class Meta:
        verbose_name = _("capture")
        verbose_name_plural = _("captures")
        constraints = [
            # One capture per change of content, however often the job runs.
            UniqueConstraint(fields=["source", "body_digest"], name="capture_content_once"),
            one_of("origin", CaptureOrigin, name="capture_origin_known"),
            one_of("date_source", DateSource, name="capture_date_source_known", blank=True),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} @ {self.captured_at:%Y-%m-%d %H:%M}"

    @property
    def problem(self) -> str:
        """Why it has no text to look quotes up in; "" where it has one, also when the body was damaged since."""
        return self.extract_problem or ("" if self.extractor else self.damage)


class QuoteCheck(models.Model):
    """What the machine found when it looked for a quote in a capture. Append-only."""

    evidence = models.ForeignKey(
        "annotations.Evidence", models.CASCADE, related_name="checks", verbose_name=_("evidence")
    )
    capture = models.ForeignKey(Capture, models.CASCADE, related_name="checks", verbose_name=_("capture"))
    quote_digest = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=12)
    method = models.CharField(_("method"), max_length=40)
    score = models.FloatField(_("likeness"), null=True, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)  # code points into capture.full_text
    end = models.PositiveIntegerField(null=True, blank=True)
    matched = models.TextField(_("passage"), blank=True)
    note = models.CharField(max_length=60, blank=True)
    matcher = models.CharField(_("matcher"), max_length=40)
    created_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("quote check")
        verbose_name_plural = _("quote checks")
        constraints = [
            UniqueConstraint(fields=["evidence", "capture", "quote_digest", "matcher"], name="quote_check_once"),
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id}: {self.state}"

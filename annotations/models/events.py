"""The append-only log: ids, kinds, states and hashes; never names or long text."""

from typing import Any

from django.db import models
from django.db.models import Func
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.newsrooms import Newsroom
from annotations.models.rows import Actor, one_of


class Audience(models.TextChoices):
    """Who may hear of it: blindness holds in the stream too."""

    MEMBERS = "members", _("All members")
    EDITORS = "editors", _("Editors and admins")
    ONE = "one", _("One person")


class TransactionId(Func):
    """The writing transaction's number on PostgreSQL; 0 on SQLite, whose single writer makes ids visible in order."""

    function = "pg_current_xact_id"
    output_field = models.BigIntegerField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return "(pg_current_xact_id()::text::bigint)", []

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return "(0)", []


class Event(models.Model):
    """One line of the log: who, what, old, new, when."""

    newsroom = models.ForeignKey(Newsroom, models.CASCADE, related_name="events", verbose_name=_("newsroom"))
    kind = models.CharField(_("what"), max_length=60)
    actor = Actor(verbose_name=_("who"))
    subject = models.CharField(_("on"), max_length=30)
    subject_id = models.BigIntegerField(_("number"))
    article_ref = models.BigIntegerField(null=True, blank=True)
    claim_ref = models.BigIntegerField(null=True, blank=True)
    old = models.JSONField(_("old"), default=dict)
    new = models.JSONField(_("new"), default=dict)
    recipient_ref = models.BigIntegerField(null=True, blank=True)  # the user, when the audience is one person
    audience = models.CharField(_("audience"), max_length=8, choices=Audience.choices, default=Audience.MEMBERS)
    at = models.DateTimeField(_("when"), default=timezone.now)
    # A cursor must not pass a line that commits late: readers stop at the oldest transaction still open.
    transaction = models.BigIntegerField(db_default=TransactionId(), editable=False)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [one_of("audience", Audience, name="event_audience_known")]
        indexes = [
            models.Index(fields=["newsroom", "id"], name="event_stream"),
            models.Index(fields=["newsroom", "subject", "subject_id", "id"], name="event_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.subject_id}"


class EventSeal(models.Model):
    """A link of the hash chain over a newsroom's log, made behind the writers by a job."""

    newsroom = models.ForeignKey(Newsroom, models.CASCADE, related_name="+", verbose_name=_("newsroom"))
    last_event = models.BigIntegerField(_("up to event"))
    count = models.PositiveIntegerField(_("events"))
    digest = models.CharField(_("SHA-256"), max_length=64)  # of the previous digest and the events' lines
    created_at = models.DateTimeField(_("sealed"), default=timezone.now)

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        constraints = [models.UniqueConstraint(fields=["newsroom", "last_event"], name="seal_once")]

    def __str__(self) -> str:
        return f"{self.newsroom_id} ≤ {self.last_event}"

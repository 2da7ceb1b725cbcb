"""What is owed: the queue of record. Messages only wake workers up (docs/adr/0002)."""

from django.db import models
from django.db.models import Q, UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.newsrooms import Newsroom
from annotations.models.rows import one_of


class WorkState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    DEAD = "dead", _("Given up")


class Work(models.Model):
    """One promised piece of work on one row. `serial` grows when it is promised again while it runs."""

    newsroom = models.ForeignKey(Newsroom, models.CASCADE, null=True, related_name="+", verbose_name=_("newsroom"))
    kind = models.CharField(_("kind"), max_length=40)
    subject_id = models.BigIntegerField(_("number"))
    lane = models.CharField(
        _("host"), max_length=255, blank=True, editable=False
    )  # what goes to one host goes one by one
    state = models.CharField(_("state"), max_length=8, choices=WorkState.choices, default=WorkState.QUEUED)
    serial = models.PositiveIntegerField(default=1, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)  # takes that ended without an outcome
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    lease_token = models.UUIDField(null=True, blank=True, editable=False)
    lease_until = models.DateTimeField(_("kept until"), null=True, blank=True)
    lease_owner = models.CharField(max_length=120, blank=True, editable=False)  # the worker's node name
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)  # when a worker was last woken for it
    problem = models.CharField(_("problem"), max_length=60, blank=True)
    detail = models.TextField(_("detail"), blank=True)
    created_at = models.DateTimeField(_("promised"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [
            UniqueConstraint(fields=["kind", "subject_id"], name="work_once"),
            one_of("state", WorkState, name="work_state_known"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="queued"), name="work_due"),
            models.Index(fields=["lane", "due_at"], condition=Q(state="queued"), name="work_in_lane"),
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="work_leased"),
            models.Index(fields=["newsroom", "state", "-id"], name="work_list"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class Heartbeat(models.Model):
    """The last sign of life of a process; pages say in words when there is none."""

    name = models.CharField(_("process"), max_length=120, unique=True)
    at = models.DateTimeField(_("seen"), default=timezone.now)

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self) -> str:
        return self.name


class Lane(models.Model):
    """A host's turn: one piece of work at a time, the next not before `free_at` (annotations/lanes.py)."""

    name = models.CharField(_("host"), max_length=255, unique=True)
    free_at = models.DateTimeField(_("next turn"), default=timezone.now)
    strikes = models.PositiveSmallIntegerField(_("times without an answer"), default=0)
    holder = models.UUIDField(null=True, blank=True, editable=False)
    owner = models.CharField(max_length=120, blank=True, editable=False)  # the worker's node name
    held_until = models.DateTimeField(null=True, blank=True, editable=False)
    called_for = models.DateTimeField(null=True, blank=True, editable=False)  # the turn that somebody was woken for

    class Meta:
        verbose_name = _("host's turn")
        verbose_name_plural = _("hosts' turns")

    def __str__(self) -> str:
        return self.name

"""Double marking: two people or more find an article's claims blind to each other, then an editor merges their lists."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.articles import Article, Version
from annotations.models.claims import Claim
from annotations.models.newsrooms import Member, Newsroom
from annotations.models.rows import Actor, one_of, paired


class DoublingState(models.TextChoices):
    MARKING = "marking", _("Being marked")
    MERGING = "merging", _("To be merged")
    MERGED = "merged", _("Merged")
    OFF = "off", _("Switched off")


class MarkerState(models.TextChoices):
    MARKING = "marking", _("Marking")
    DONE = "done", _("Done")


class Outcome(models.TextChoices):
    """What the editor made of a marking."""

    TAKEN = "taken", _("Taken")
    ADJUSTED = "adjusted", _("Taken with other words")
    LEFT = "left", _("Left out")


class Doubling(models.Model):
    """An article set to double marking. `version` is the text that is marked; empty until somebody begins."""

    newsroom = models.ForeignKey(Newsroom, models.CASCADE, related_name="doublings", verbose_name=_("newsroom"))
    article = models.ForeignKey(Article, models.CASCADE, related_name="doublings", verbose_name=_("article"))
    version = models.ForeignKey(
        Version, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("version")
    )
    state = models.CharField(_("state"), max_length=8, choices=DoublingState.choices, default=DoublingState.MARKING)
    places = models.PositiveSmallIntegerField(_("people who mark it"), default=2)
    reason = models.CharField(_("why it was closed early"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    created_by = Actor(verbose_name=_("created by"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = Actor(verbose_name=_("closed by"))  # empty when the last marker's "done" closed it

    class Meta:
        verbose_name = _("double marking")
        verbose_name_plural = _("double markings")
        constraints = [
            one_of("state", DoublingState, name="doubling_state_known"),
            CheckConstraint(condition=Q(places__gte=2, places__lte=10), name="doubling_places_2_10"),
            paired("closed_at", "closed_by", name="doubling_closed_paired"),
            UniqueConstraint(
                fields=["article"], condition=Q(state__in=["marking", "merging"]), name="doubling_one_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["newsroom", "state", "id"], name="doubling_in_state")]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.state}"


class Marker(models.Model):
    """A member's place in a double marking; `was_asked`: an editor named them, as against one who took a free place."""

    doubling = models.ForeignKey(Doubling, models.CASCADE, related_name="markers", verbose_name=_("double marking"))
    member = models.ForeignKey(Member, models.CASCADE, related_name="markers", verbose_name=_("member"))
    state = models.CharField(_("state"), max_length=8, choices=MarkerState.choices, default=MarkerState.MARKING)
    was_asked = models.BooleanField(_("was asked"), default=False)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("marker")
        verbose_name_plural = _("markers")
        constraints = [
            UniqueConstraint(fields=["doubling", "member"], name="marker_once"),
            one_of("state", MarkerState, name="marker_state_known"),
            CheckConstraint(condition=Q(state="marking") | Q(done_at__isnull=False), name="marker_done_has_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.doubling_id} → {self.member_id}"


class Marking(models.Model):
    """One claim as a marker found it. It stays as the record for the figures, whatever the editor makes of it."""

    marker = models.ForeignKey(Marker, models.CASCADE, related_name="markings", verbose_name=_("marker"))
    spans = models.JSONField(_("where it stands"), default=list)  # [[start, end]] in the doubling's version, in order
    position = models.PositiveIntegerField(default=0, editable=False)  # start of the first span
    restated = models.TextField(_("restated"), blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices, blank=True)
    claim = models.ForeignKey(
        Claim, models.SET_NULL, null=True, blank=True, related_name="markings", verbose_name=_("claim")
    )
    settled_at = models.DateTimeField(_("decided"), null=True, blank=True)
    settled_by = Actor(verbose_name=_("decided by"))
    row_version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("marking")
        verbose_name_plural = _("markings")
        constraints = [
            one_of("outcome", Outcome, name="marking_outcome_known", blank=True),
            paired("settled_at", "settled_by", name="marking_settled_paired"),
        ]
        indexes = [models.Index(fields=["marker", "position", "id"], name="marking_in_document")]

    def __str__(self) -> str:
        return f"{self.marker_id}: {self.position}"


class MarkingDisclosure(models.Model):
    """An editor looked at the markings before they were closed, and can no longer mark this article."""

    doubling = models.ForeignKey(Doubling, models.CASCADE, related_name="disclosures", verbose_name=_("double marking"))
    member = models.ForeignKey(Member, models.CASCADE, related_name="+", verbose_name=_("member"))
    created_at = models.DateTimeField(_("looked"), default=timezone.now)

    class Meta:
        verbose_name = _("look at markings")
        verbose_name_plural = _("looks at markings")
        constraints = [UniqueConstraint(fields=["doubling", "member"], name="markingdisclosure_once")]

    def __str__(self) -> str:
        return f"{self.doubling_id} ← {self.member_id}"

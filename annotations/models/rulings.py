"""The newsroom's own answer, and what became public of it."""

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.claims import Claim
from annotations.models.newsrooms import Newsroom
from annotations.models.rows import Actor, one_of, paired
from annotations.models.scales import Label


class RulingState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    AWAITING_SIGN_OFF = "awaiting_sign_off", _("Awaiting sign-off")
    PUBLISHED = "published", _("Published")
    CORRECTED = "corrected", _("Corrected")
    RETRACTED = "retracted", _("Retracted")
    VOID = "void", _("Void")


class Basis(models.TextChoices):
    UNANIMOUS = "unanimous", _("All reviewers agree")
    ADOPTED = "adopted", _("One reviewer's verdict, adopted")
    NEW = "new", _("The editor's own")


class Ruling(models.Model):
    """An editor's answer on a claim; another person signs it off. `reason` is internal, the rest is made public."""

    newsroom = models.ForeignKey(Newsroom, models.CASCADE, related_name="rulings", verbose_name=_("newsroom"))
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="rulings", verbose_name=_("claim"))
    state = models.CharField(_("state"), max_length=18, choices=RulingState.choices, default=RulingState.DRAFT)
    label = models.ForeignKey(Label, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("verdict"))
    basis = models.CharField(_("basis"), max_length=10, choices=Basis.choices, blank=True)
    reason = models.TextField(_("internal reason"), blank=True)
    summary = models.TextField(_("public summary"), blank=True)
    explanation = models.TextField(_("public explanation"), blank=True)
    language = models.CharField(_("language of the public text"), max_length=12, blank=True)
    sent_back_reason = models.TextField(_("sent back, because"), blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    ruled_at = models.DateTimeField(_("ruled"), null=True, blank=True)
    ruled_by = Actor(verbose_name=_("ruled by"))
    signed_off_at = models.DateTimeField(_("signed off"), null=True, blank=True)
    signed_off_by = Actor(verbose_name=_("signed off by"))
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("ruling")
        verbose_name_plural = _("rulings")
        constraints = [
            UniqueConstraint(fields=["claim"], condition=~Q(state="void"), name="ruling_one_a_claim"),
            one_of("state", RulingState, name="ruling_state_known"),
            one_of("basis", Basis, name="ruling_basis_known", blank=True),
            paired("ruled_at", "ruled_by", name="ruling_ruled_paired"),
            paired("signed_off_at", "signed_off_by", name="ruling_signed_off_paired"),
            CheckConstraint(
                condition=Q(signed_off_by__isnull=True) | Q(ruled_by__isnull=True) | ~Q(signed_off_by=F("ruled_by")),
                name="ruling_two_people",
            ),
            CheckConstraint(
                condition=Q(state__in=["draft", "void"]) | Q(label__isnull=False, ruled_at__isnull=False),
                name="ruling_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.state}"


class PublicationState(models.TextChoices):
    PUBLISHED = "published", _("Published")
    CORRECTED = "corrected", _("Corrected")
    RETRACTED = "retracted", _("Retracted")


class Publication(models.Model):
    """A ruling made public. `record` is what readers see (exports/records.py), frozen until a correction."""

    newsroom = models.ForeignKey(Newsroom, models.CASCADE, related_name="publications", verbose_name=_("newsroom"))
    ruling = models.OneToOneField(Ruling, models.PROTECT, related_name="publication", verbose_name=_("ruling"))
    number = models.PositiveIntegerField(_("number"))  # in the public address
    state = models.CharField(
        _("state"), max_length=10, choices=PublicationState.choices, default=PublicationState.PUBLISHED
    )
    language = models.CharField(_("language"), max_length=12)
    title = models.CharField(_("title"), max_length=500)
    record = models.JSONField(_("public record"))
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    published_by = Actor(verbose_name=_("published by"))
    modified_at = models.DateTimeField(_("changed"), default=timezone.now)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = [
            UniqueConstraint(fields=["newsroom", "number"], name="publication_number_once"),
            one_of("state", PublicationState, name="publication_state_known"),
            paired("published_at", "published_by", name="publication_published_paired"),
        ]
        indexes = [models.Index(fields=["newsroom", "modified_at", "id"], name="publication_feed")]

    def __str__(self) -> str:
        return self.title


class Correction(models.Model):
    """One line of a publication's public log. Append-only."""

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="corrections", verbose_name=_("publication")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=PublicationState.choices)
    text = models.TextField(_("what was wrong"))
    old_label = models.ForeignKey(
        Label, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("old verdict")
    )
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    created_by = Actor(verbose_name=_("made by"))

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        constraints = [one_of("kind", PublicationState, name="correction_kind_known")]

    def __str__(self) -> str:
        return f"{self.publication_id}: {self.kind}"

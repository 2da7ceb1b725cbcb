"""Reviews, the evidence they cite, who holds a claim, and who has seen others' answers."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.claims import Claim
from annotations.models.guidelines import Checklist
from annotations.models.newsrooms import Member, Newsroom
from annotations.models.rows import Actor, one_of, paired
from annotations.models.scales import Label, Scale
from annotations.models.sources import Source


class ReviewState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Review(models.Model):
    """One reviewer's answer on a claim; one row for each reviewer and claim."""

    newsroom = models.ForeignKey(Newsroom, models.CASCADE, related_name="reviews", verbose_name=_("newsroom"))
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="reviews", verbose_name=_("claim"))
    reviewer = models.ForeignKey(Member, models.PROTECT, related_name="reviews", verbose_name=_("reviewer"))
    state = models.CharField(_("state"), max_length=10, choices=ReviewState.choices, default=ReviewState.DRAFT)
    scale = models.ForeignKey(Scale, models.PROTECT, related_name="+", verbose_name=_("scale"))
    label = models.ForeignKey(Label, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("verdict"))
    reason = models.TextField(_("why"), blank=True)
    confidence = models.PositiveSmallIntegerField(_("confidence"), null=True, blank=True)  # 1 unsure .. 3 sure
    checks = models.JSONField(_("ticked on the checklist"), default=list, blank=True)  # keys of items
    checklist = models.ForeignKey(
        Checklist, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("checklist")
    )  # the version that the submitted review was held against
    was_assigned = models.BooleanField(_("assigned"), default=False)
    is_first = models.BooleanField(_("first independent verdict"), default=False)
    visible = models.JSONField(_("visible when submitted"), default=dict)
    draft = models.JSONField(default=dict, editable=False)  # the form as typed, also what is not valid yet
    row_version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            UniqueConstraint(fields=["claim", "reviewer"], name="review_once"),
            one_of("state", ReviewState, name="review_state_known"),
            CheckConstraint(
                condition=~Q(state="submitted") | Q(label__isnull=False, submitted_at__isnull=False),
                name="review_submitted_is_complete",
            ),
            CheckConstraint(
                condition=~Q(state="withdrawn") | Q(withdrawn_at__isnull=False),
                name="review_withdrawn_has_moment",
            ),
            CheckConstraint(
                condition=Q(confidence__isnull=True) | Q(confidence__gte=1, confidence__lte=3),
                name="review_confidence_1_3",
            ),
        ]
        indexes = [
            models.Index(fields=["claim", "state", "is_first"], name="review_counts"),
            # Somebody's earliest first verdict on a scale: one look instead of all their reviews. By the moment, as no
            # other index has that order: PostgreSQL would walk along it until it met the reviewer.
            models.Index(
                fields=["reviewer", "scale", "submitted_at", "claim"],
                condition=Q(state="submitted", is_first=True),
                name="review_firsts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} · {self.reviewer_id}"


class Stance(models.TextChoices):
    SUPPORTS = "supports", _("Supports the claim")
    REFUTES = "refutes", _("Refutes the claim")
    CONTEXT = "context", _("Gives context")


class QuoteState(models.TextChoices):
    PENDING = "pending", _("Being checked")
    EXACT = "exact", _("Found word for word")
    NORMALISED = "normalised", _("Found, spelled otherwise")
    NEAR = "near", _("Found with small differences")
    LOOSE = "loose", _("Similar passage only")
    ALTERED = "altered", _("Says something else")
    NOT_FOUND = "not_found", _("Not found")
    UNVERIFIABLE = "unverifiable", _("Cannot be checked")
    LOST = "lost", _("No longer there")


class Evidence(models.Model):
    """A review citing a source."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="evidence", verbose_name=_("review"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="evidence", verbose_name=_("source"))
    key = models.CharField(max_length=40, editable=False)  # of the block in the form, so that autosaves update it
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    quote = models.TextField(_("quote"), blank=True)
    translation = models.TextField(_("translation of the quote"), blank=True)
    locator = models.CharField(_("where in the source"), max_length=200, blank=True)
    stance = models.CharField(_("stance"), max_length=8, choices=Stance.choices, default=Stance.CONTEXT)
    is_primary = models.BooleanField(_("primary source"), default=False)
    interest = models.CharField(_("stated interest"), max_length=300, blank=True)
    quote_state = models.CharField(_("quote"), max_length=12, choices=QuoteState.choices, default=QuoteState.PENDING)
    quote_score = models.FloatField(_("likeness"), null=True, blank=True)
    # After its publication: an editor has seen that the source died or the quote went, and leaves it so.
    looked_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    looked_by = Actor(verbose_name=_("looked at by"))
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    created_by = Actor(verbose_name=_("added by"))

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            UniqueConstraint(fields=["review", "key"], name="evidence_key_once"),
            one_of("stance", Stance, name="evidence_stance_known"),
            one_of("quote_state", QuoteState, name="evidence_quote_state_known"),
            paired("looked_at", "looked_by", name="evidence_looked_paired"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} → {self.source_id}"


class Lease(models.Model):
    """A claim kept for the member who opened it, until `until`. An expired row means nothing."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="leases", verbose_name=_("claim"))
    member = models.ForeignKey(Member, models.CASCADE, related_name="leases", verbose_name=_("member"))
    until = models.DateTimeField(_("until"))
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("lease")
        verbose_name_plural = _("leases")
        constraints = [UniqueConstraint(fields=["claim", "member"], name="lease_once")]
        indexes = [models.Index(fields=["claim", "until"], name="lease_live")]

    def __str__(self) -> str:
        return f"{self.claim_id} · {self.member_id}"


class Disclosure(models.Model):
    """This member has seen others' answers on this claim before giving one: they can no longer review it."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="disclosures", verbose_name=_("claim"))
    member = models.ForeignKey(Member, models.CASCADE, related_name="+", verbose_name=_("member"))
    created_at = models.DateTimeField(_("seen"), default=timezone.now)

    class Meta:
        verbose_name = _("disclosure")
        verbose_name_plural = _("disclosures")
        constraints = [UniqueConstraint(fields=["claim", "member"], name="disclosure_once")]

    def __str__(self) -> str:
        return f"{self.claim_id} · {self.member_id}"

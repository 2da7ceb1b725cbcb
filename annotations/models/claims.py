"""Claims, where they stand, and who was asked to review them."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.articles import Article, Version
from annotations.models.newsrooms import Member, Newsroom
from annotations.models.rows import Actor, one_of, paired
from annotations.models.scales import Scale, in_language


class ClaimState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    OPEN = "open", _("Open")
    IN_REVIEW = "in_review", _("In review")
    DISPUTED = "disputed", _("Disputed")
    AGREED = "agreed", _("Agreed")
    RULED = "ruled", _("Ruled")
    PUBLISHED = "published", _("Published")
    DROPPED = "dropped", _("Dropped")
    ORPHANED = "orphaned", _("Orphaned")


# States in which a claim's verdicts count into agreement: as many are in as the newsroom asks for.
COUNTED = (ClaimState.DISPUTED, ClaimState.AGREED, ClaimState.RULED, ClaimState.PUBLISHED)


def counts_into_agreement() -> Q:
    """The condition of the index claim_patterns. Asked for letter for letter: SQLite finds no such index by an IN."""
    return reduce(or_, (Q(state=str(state)) for state in COUNTED)) & ~Q(pattern="")


class Attribution(models.TextChoices):
    """Who speaks in the sentence."""

    NARRATOR = "narrator", _("The article itself")
    DIRECT = "direct", _("Quoted")
    MIXED = "mixed", _("Partly quoted")
    INDIRECT = "indirect", _("Reported")


class ClaimantKind(models.TextChoices):
    PERSON = "person", _("Person")
    ORGANIZATION = "organization", _("Organisation")


class Anchor(models.TextChoices):
    """How a span, or a claim, stands after a new version of its article."""

    ANCHORED = "anchored", _("Anchored")
    MOVED = "moved", _("Moved")
    REWORDED = "reworded", _("Reworded")
    ORPHANED = "orphaned", _("Orphaned")


class ClaimType(models.Model):
    """What kind of statement a claim is; a newsroom's own list, the nine types of the AVeriTeC scheme to start with."""

    newsroom = models.ForeignKey(Newsroom, models.CASCADE, related_name="claim_types", verbose_name=_("newsroom"))
    key = models.SlugField(_("short name"), max_length=60)
    names = models.JSONField(_("names"), default=dict)  # {language: name}
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("claim type")
        verbose_name_plural = _("claim types")
        constraints = [UniqueConstraint(fields=["newsroom", "key"], name="claimtype_key_once")]

    def __str__(self) -> str:
        return self.name()

    def name(self, language: str = "en") -> str:
        return in_language(self.names, language) or self.key


class Claim(models.Model):
    """A statement found in an article; its wording stands in spans, which never change with `restated`."""

    newsroom = models.ForeignKey(Newsroom, models.CASCADE, related_name="claims", verbose_name=_("newsroom"))
    article = models.ForeignKey(Article, models.CASCADE, related_name="claims", verbose_name=_("article"))
    number = models.PositiveIntegerField(_("number"))  # within the article, never reused
    state = models.CharField(_("state"), max_length=10, choices=ClaimState.choices, default=ClaimState.PROPOSED)
    restated = models.TextField(_("restated"), blank=True)
    language = models.CharField(_("language"), max_length=12, default="und")

    attribution = models.CharField(
        _("attribution"), max_length=8, choices=Attribution.choices, default=Attribution.NARRATOR
    )
    claimant = models.CharField(_("claimant"), max_length=300, blank=True)
    claimant_kind = models.CharField(_("claimant is a"), max_length=12, choices=ClaimantKind.choices, blank=True)
    claimant_same_as = models.CharField(_("claimant's reference page"), max_length=500, blank=True)
    claimant_suggested = models.CharField(_("suggested claimant"), max_length=300, blank=True)
    voice = models.JSONField(
        default=dict, editable=False
    )  # suggested: {version (its number), claimant: [start, end] or null, inherited, quotes: [[start, end]]}
    claimed_on = models.DateField(_("claim date"), null=True, blank=True)
    appearance_url = models.CharField(_("appearance"), max_length=2048, blank=True)
    place = models.CharField(_("place"), max_length=300, blank=True)
    topic = models.CharField(_("topic"), max_length=120, blank=True)
    claim_type = models.ForeignKey(
        ClaimType, models.SET_NULL, null=True, blank=True, related_name="claims", verbose_name=_("claim type")
    )
    unknown = models.JSONField(_("said to be unknown"), default=list, blank=True)  # of claimant, claimed_on, appearance

    score = models.FloatField(_("check-worthiness"), null=True, blank=True)
    reasons = models.JSONField(_("reasons"), default=list, blank=True)  # [[code, count]]
    rank = models.FloatField(_("learned rank"), null=True, blank=True, editable=False)  # claims/ranking.py, when on
    parts = models.JSONField(
        default=list, editable=False
    )  # suggested: [[start, end, restated]] from the first span's start
    position = models.PositiveIntegerField(default=0, editable=False)  # start of the first span: document order

    scale = models.ForeignKey(Scale, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("scale"))
    pattern = models.CharField(
        max_length=200, blank=True, editable=False
    )  # counts of first verdicts, agreement/patterns.py
    verdicts = models.PositiveSmallIntegerField(_("first verdicts"), default=0, editable=False)
    disagreement = models.FloatField(_("mean pairwise disagreement"), null=True, blank=True, editable=False)

    drop_reason = models.CharField(_("reason for dropping"), max_length=500, blank=True)
    dropped_at = models.DateTimeField(_("dropped"), null=True, blank=True)
    dropped_by = Actor(verbose_name=_("dropped by"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = Actor(verbose_name=_("confirmed by"))
    undone = models.BooleanField(default=False, editable=False)  # made by an act that was taken back: shown nowhere
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("merged into")
    )
    same_as = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="appearances", verbose_name=_("same claim as")
    )  # always the first of the group, never a chain
    anchor = models.CharField(
        _("in the current version"), max_length=8, choices=Anchor.choices, default=Anchor.ANCHORED
    )
    anchor_checked = models.BooleanField(_("an editor has looked"), default=True)
    reworded_at = models.DateTimeField(_("reworded"), null=True, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    created_by = Actor(verbose_name=_("created by"))
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [
            UniqueConstraint(fields=["article", "number"], name="claim_number_once"),
            one_of("state", ClaimState, name="claim_state_known"),
            one_of("anchor", Anchor, name="claim_anchor_known"),
            CheckConstraint(condition=~Q(same_as=F("id")), name="claim_not_same_as_itself"),
            one_of("attribution", Attribution, name="claim_attribution_known"),
            one_of("claimant_kind", ClaimantKind, name="claim_claimant_kind_known", blank=True),
            paired("dropped_at", "dropped_by", name="claim_dropped_paired"),
            paired("confirmed_at", "confirmed_by", name="claim_confirmed_paired"),
            CheckConstraint(
                condition=~Q(state="dropped") | Q(dropped_at__isnull=False), name="claim_dropped_has_moment"
            ),
            CheckConstraint(
                condition=Q(state__in=["proposed", "dropped", "orphaned"]) | Q(scale__isnull=False),
                name="claim_open_has_scale",
            ),
        ]
        indexes = [
            models.Index(fields=["newsroom", "state", "-score", "id"], name="claim_queue"),
            models.Index(fields=["article", "position", "id"], name="claim_in_document"),
            # In the order of the patterns, so that counting them needs no sorting; `state` only so that SQLite covers it.
            models.Index(
                fields=["newsroom", "scale", "pattern", "state"],
                condition=counts_into_agreement(),
                name="claim_patterns",
            ),
            models.Index(fields=["newsroom"], condition=Q(anchor_checked=False), name="claim_to_look_at"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.number}"


class Span(models.Model):
    """Where a claim stands in a version: code points, with the quote and 32 characters of context (W3C selectors)."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="spans", verbose_name=_("claim"))
    version = models.ForeignKey(Version, models.CASCADE, related_name="spans", verbose_name=_("version"))
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    exact = models.TextField(_("quote"))
    prefix = models.CharField(max_length=32, blank=True)
    suffix = models.CharField(max_length=32, blank=True)
    anchor = models.CharField(_("anchor"), max_length=8, choices=Anchor.choices, default=Anchor.ANCHORED)

    class Meta:
        verbose_name = _("span")
        verbose_name_plural = _("spans")
        constraints = [
            CheckConstraint(condition=Q(end__gt=F("start")), name="span_not_empty"),
            UniqueConstraint(fields=["claim", "version", "start", "end"], name="span_once"),
            one_of("anchor", Anchor, name="span_anchor_known"),
        ]

    def __str__(self) -> str:
        return f"{self.start}–{self.end}"


class Assignment(models.Model):
    """An editor asked this member to review this claim (as against one that the member chose)."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="assignments", verbose_name=_("claim"))
    member = models.ForeignKey(Member, models.CASCADE, related_name="assignments", verbose_name=_("member"))
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    created_by = Actor(verbose_name=_("assigned by"))

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [UniqueConstraint(fields=["claim", "member"], name="assignment_once")]

    def __str__(self) -> str:
        return f"{self.claim_id} → {self.member_id}"

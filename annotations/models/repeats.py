"""What claims are recognised by when they come again, and the fact-checks that were made elsewhere or before."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.claims import Claim
from annotations.models.newsrooms import Newsroom
from annotations.models.rows import Actor


class EarlierCheck(models.Model):
    """A fact-check published before this newsroom's own work here began, imported from a file."""

    newsroom = models.ForeignKey(Newsroom, models.CASCADE, related_name="earlier_checks", verbose_name=_("newsroom"))
    key = models.CharField(max_length=64, editable=False)  # hash of address and claim: imported again, it is updated
    url = models.CharField(_("address"), max_length=2048, blank=True)
    claim = models.TextField(_("claim"))
    claimant = models.CharField(_("claimant"), max_length=300, blank=True)
    claimed_on = models.DateField(_("claim date"), null=True, blank=True)
    verdict = models.CharField(_("verdict"), max_length=300, blank=True)
    title = models.CharField(_("title"), max_length=500, blank=True)
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=12, default="und")
    created_at = models.DateTimeField(_("imported"), default=timezone.now)
    created_by = Actor(verbose_name=_("imported by"))

    class Meta:
        verbose_name = _("earlier fact-check")
        verbose_name_plural = _("earlier fact-checks")
        constraints = [UniqueConstraint(fields=["newsroom", "key"], name="earliercheck_once")]

    def __str__(self) -> str:
        return self.title or self.claim[:80]


class Fingerprint(models.Model):
    """One entry of the index: the folded words of a claim, or of an earlier fact-check."""

    newsroom = models.ForeignKey(Newsroom, models.CASCADE, related_name="+", verbose_name=_("newsroom"))
    claim = models.OneToOneField(Claim, models.CASCADE, null=True, blank=True, related_name="fingerprint")
    earlier = models.OneToOneField(EarlierCheck, models.CASCADE, null=True, blank=True, related_name="fingerprint")
    words = models.TextField(editable=False)  # folded, claims/repeats/folded.py

    class Meta:
        verbose_name = _("fingerprint")
        verbose_name_plural = _("fingerprints")
        constraints = [
            CheckConstraint(
                condition=Q(claim__isnull=False, earlier__isnull=True) | Q(claim__isnull=True, earlier__isnull=False),
                name="fingerprint_of_one",
            ),
        ]

    def __str__(self) -> str:
        return self.words[:80]


class Posting(models.Model):
    """This gram stands in that fingerprint. A table of our own, so that both databases find the same."""

    pk = models.CompositePrimaryKey("newsroom_id", "gram", "fingerprint_id")
    newsroom_id = models.BigIntegerField()
    gram = models.IntegerField()
    fingerprint_id = models.BigIntegerField()  # no foreign key: taken out by its grams, so no second index is needed

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")

    def __str__(self) -> str:
        return f"{self.gram} in {self.fingerprint_id}"

"""Copies elsewhere: what a public web archive holds of a link, and bodies that wait for their storage."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.rows import one_of
from annotations.models.sources import Source


class ArchiveState(models.TextChoices):
    """What came of asking the archive for a copy; "" while nobody did."""

    ASKED = "asked", _("Asked for")
    KEPT = "kept", _("Kept")
    REFUSED = "refused", _("Refused")
    TOO_MANY = "too_many", _("Too many today")
    UNAVAILABLE = "unavailable", _("Not available")


class PublicCopy(models.Model):
    """What the public web archive (FACTCHECK_ARCHIVE_URL) holds of a source's address."""

    source = models.OneToOneField(Source, models.CASCADE, related_name="public_copy", verbose_name=_("source"))
    state = models.CharField(_("state"), max_length=11, choices=ArchiveState.choices, blank=True)
    problem = models.CharField(_("problem"), max_length=60, blank=True)  # the archive's own word
    asked_at = models.DateTimeField(_("asked for on"), null=True, blank=True)
    job = models.CharField(max_length=100, blank=True, editable=False)  # the archive's number of its work
    url = models.CharField(_("address of the copy"), max_length=2200, blank=True)
    copied_at = models.DateTimeField(_("moment of the copy"), null=True, blank=True)
    # The TimeMap of a dead link (RFC 7089).
    listing_since = models.DateTimeField(null=True, blank=True, editable=False)  # asked for, no answer yet
    listed_at = models.DateTimeField(_("copies counted"), null=True, blank=True)
    copies = models.PositiveIntegerField(_("copies"), null=True, blank=True)
    more = models.BooleanField(_("there are more"), default=False)  # the list was longer than what was read
    first_at = models.DateTimeField(_("first copy"), null=True, blank=True)
    last_at = models.DateTimeField(_("last copy"), null=True, blank=True)
    nearest_at = models.DateTimeField(_("copy nearest to the citation"), null=True, blank=True)
    nearest_url = models.CharField(_("address of that copy"), max_length=2200, blank=True)

    class Meta:
        verbose_name = _("copy in a public archive")
        verbose_name_plural = _("copies in a public archive")
        constraints = [one_of("state", ArchiveState, name="public_copy_state_known", blank=True)]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.state}"


class WaitingBody(models.Model):
    """A compressed body that the storage of kept copies did not take yet: kept here until it does."""

    digest = models.CharField("SHA-256", max_length=64, unique=True)
    packed = models.BinaryField()
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("body that waits")
        verbose_name_plural = _("bodies that wait")

    def __str__(self) -> str:
        return self.digest

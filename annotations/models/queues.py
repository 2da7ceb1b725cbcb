"""What waits, as proxies: the admins' queues."""

from django.utils.translation import gettext_lazy as _

from annotations.models.claims import Claim
from annotations.models.rulings import Ruling
from annotations.models.work import Work


class DisputedClaim(Claim):
    class Meta:
        proxy = True
        verbose_name = _("disputed claim")
        verbose_name_plural = _("queue: disputed claims")


class WaitingRuling(Ruling):
    class Meta:
        proxy = True
        verbose_name = _("ruling to sign off")
        verbose_name_plural = _("queue: rulings to sign off")


class DeadWork(Work):
    class Meta:
        proxy = True
        verbose_name = _("dead job")
        verbose_name_plural = _("queue: dead jobs")

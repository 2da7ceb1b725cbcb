"""The admin site under our name."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class Site(AdminSite):
    site_header = _("Factcheck administration")
    site_title = _("Factcheck")
    index_title = _("What waits")
    enable_nav_sidebar = False

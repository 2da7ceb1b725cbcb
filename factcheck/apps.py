"""App configurations of the process: commands live in factcheck/management, the admin site in annotations/admin."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class FactcheckConfig(AppConfig):
    name = "factcheck"
    verbose_name = "Factcheck"


class AdminConfig(DjangoAdminConfig):
    default_site = "factcheck.site.Site"

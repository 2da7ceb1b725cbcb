"""The domain's one Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnnotationsConfig(AppConfig):
    name = "annotations"
    verbose_name = _("Fact-checking")

    def ready(self) -> None:
        """The digits of what pages say, and the one segmenter that needs something of the operator's."""
        from django.conf import settings

        from annotations.claims.segmenters.llm import PLUGIN
        from annotations.lib import said
        from annotations.lib.fetching.completions import Endpoint

        said.install()
        if settings.LLM_URL:
            PLUGIN.endpoint = Endpoint(settings.LLM_URL, settings.LLM_MODEL, settings.LLM_KEY, settings.LLM_SECONDS)

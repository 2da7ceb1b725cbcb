"""ASGI entry: pages, API and event streams in one process (embedded default), or events alone in production."""

import os

from django.core.asgi import get_asgi_application

from annotations.lib.fetching import grammar

grammar.mend()  # uvicorn reads requests by h11 as well
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
application = get_asgi_application()

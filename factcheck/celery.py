"""The Celery application: queues and the periodic schedule. Tasks live in annotations/tasks/."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

app = Celery("factcheck")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.imports = [f"annotations.tasks.{name}" for name in ("work", "articles", "claims", "sources", "agreement")]

# Every entry is safe to run twice or by two beats: each takes a lease row first.
app.conf.beat_schedule = {
    "sweep": {"task": "work.sweep", "schedule": 30.0, "options": {"expires": 25}},
}

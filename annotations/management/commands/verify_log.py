"""Is the log whole? Compares every seal with the lines it covers."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations import events
from annotations.models import Newsroom


class Command(BaseCommand):
    help = "Verify the hash chain over each newsroom's log; status 1 names the first seal that does not fit."

    def handle(self, *args: Any, **options: Any) -> None:
        for newsroom in Newsroom.objects.order_by("pk"):
            broken = events.broken_seal(newsroom)
            if broken is not None:
                raise CommandError(f"{newsroom.slug}: lines up to {broken.last_event} were changed or removed")
            self.stdout.write(f"{newsroom.slug}: whole")

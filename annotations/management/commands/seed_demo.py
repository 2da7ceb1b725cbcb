"""Make the demonstration newsroom; its sources are fetched and its rulings made when workers run."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations import jobs
from annotations.demo import building
from annotations.models import Newsroom


class Command(BaseCommand):
    help = "Create the demonstration newsroom, once."

    def handle(self, *args: Any, **options: Any) -> None:
        if Newsroom.objects.filter(is_demo=True).exists():
            raise CommandError("The demonstration is there already.")
        with jobs.unwoken():
            building.build()
        if options["verbosity"]:
            self.stdout.write("The demonstration is there. demo_logins --reset gives its people passwords.")

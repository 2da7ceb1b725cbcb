"""A newsroom and its admin from the command line, for a start without the demonstration."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from annotations.errors import FactcheckError
from annotations.models import User
from annotations.newsrooms import presets
from annotations.newsrooms.operations import add_member, create_newsroom


class Command(BaseCommand):
    help = "Create a newsroom with its first admin; prints a random password when none is given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--url", required=True, help="the newsroom's site, https://…")
        parser.add_argument("--corrections", required=True, help="where readers report errors: an address or a page")
        parser.add_argument("--admin-email", required=True)
        parser.add_argument("--admin-name", default="Admin")
        parser.add_argument("--password", default="")
        parser.add_argument("--slug", default="", help="short name in addresses")
        parser.add_argument("--language", default="en")
        parser.add_argument("--scale", default="six_step", choices=sorted(presets.PRESETS))

    def handle(self, *args: Any, **options: Any) -> None:
        password = options["password"] or secrets.token_urlsafe(12)
        fresh = not User.objects.filter(email__iexact=options["admin_email"]).exists()
        try:
            with transaction.atomic():
                room = create_newsroom(
                    name=options["name"],
                    url=options["url"],
                    corrections_contact=options["corrections"],
                    language=options["language"],
                    slug=options["slug"],
                    preset=options["scale"],
                )
                member = add_member(
                    room,
                    email=options["admin_email"],
                    name=options["admin_name"],
                    role="admin",
                    by=None,
                    password=password,
                )
                User.objects.filter(pk=member.user_id).update(is_staff=True)
        except FactcheckError as error:
            raise CommandError(f"{error.message} {error.pointer}".strip()) from error
        self.stdout.write(f"Newsroom {room.slug} is ready.")
        if fresh:
            self.stdout.write(f"Sign in as {options['admin_email']} with the password {password}")

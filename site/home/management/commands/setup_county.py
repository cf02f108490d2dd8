"""`manage.py setup_county`: a production county without demo content."""

import secrets
from argparse import ArgumentParser
from getpass import getpass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import translation

from accounts.groups import sync_roles
from home.founding import CannotFound, Facts, first_administrator, found_county
from lib.phone import InvalidPhone


class Command(BaseCommand):
    """Make a county's region, site, home page, groups and first administrator. Safe to run again."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what identifies the county and its administrator."""
        parser.add_argument("slug", help="name of the folder in themes/")
        parser.add_argument("--name", required=True, help="short name: 潞城")
        parser.add_argument("--full-name", required=True, help="山西省长治市潞城区")
        parser.add_argument("--adcode", required=True, help="six digits of GB/T 2260")
        parser.add_argument("--host", required=True, help="host name of the county's site")
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--admin-phone", default="", help="mobile number of the first administrator")
        who.add_argument("--admin-email", default="", help="e-mail of the first administrator")
        parser.add_argument(
            "--ask-password", action="store_true", help="type the password instead of getting one made"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is missing and say what was made."""
        facts = Facts(options["slug"], options["name"], options["full_name"], options["adcode"])
        try:
            with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
                region, made = found_county(facts=facts, host=options["host"], port=_port())
                self._say(made, f"county {region.name} at {options['host']}")
                sync_roles()
                self._administrator(options)
        except (CannotFound, InvalidPhone) as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error

    def _administrator(self, options: dict[str, Any]) -> None:
        asked = options["ask_password"]
        password = _typed() if asked else secrets.token_urlsafe(12)
        user, made = first_administrator(
            email=options["admin_email"], phone=options["admin_phone"], password=password
        )
        self._say(made, f"administrator {user.get_username()}")
        if made and not asked:
            self.stdout.write(f"password, shown only now: {password}")

    def _say(self, made: bool, what: str) -> None:
        self.stdout.write(f"{'made' if made else 'was there'}: {what}")


def _port() -> int:
    """Return the port of the sites: that of the public address."""
    public = urlsplit(settings.PUBLIC_BASE_URL)
    return public.port or {"http": 80, "https": 443}[public.scheme]


def _typed() -> str:
    """Return a password typed twice.

    Raises:
        CommandError: the two differ.
        ValidationError: it is too weak.
    """
    password = getpass("Password of the administrator: ")
    if password != getpass("Again: "):
        raise CommandError("The two are not the same.")
    validate_password(password)
    return password

"""`manage.py restore DIR`: put a backup back."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from upkeep.manifest import UnusableBackup
from upkeep.restoring import NotEmpty, has_another_key, restore


class Command(BaseCommand):
    """Checks a backup and puts it in the place of what is here."""

    help = "Check the backup at DIR (or the newest one below it) and put database and files back."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder, and whether what is here may be lost."""
        parser.add_argument("dir", type=Path, metavar="DIR")
        parser.add_argument(
            "--replace", action="store_true", help="give up the database and files that are here"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, and say what."""
        quiet = options["verbosity"] < 1
        say = (lambda line: None) if quiet else self.stdout.write
        try:
            folder = restore(path=options["dir"], at=timezone.now(), replace=options["replace"], say=say)
        except UnusableBackup as error:
            raise CommandError(f"nothing was changed: {error}") from error
        except NotEmpty as error:
            text = "nothing was changed: there are accounts or files here; --replace gives them up"
            raise CommandError(text) from error
        self.stdout.write(f"restored {folder}")
        if has_another_key(folder):
            self.stderr.write(
                "SECRET_KEY is another one than when the backup was made: scratch PINs and the marks of "
                "phones fit no more. Put the old key back."
            )

"""`manage.py backup DIR`: write a backup of database and uploaded files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from upkeep.backups import back_up
from upkeep.folders import BackupRunning
from upkeep.manifest import UnusableBackup


class Command(BaseCommand):
    """Writes a backup while everything runs on."""

    help = "Write a backup of the database and the uploaded files into a new folder below DIR."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder."""
        parser.add_argument("dir", type=Path, metavar="DIR")
        parser.add_argument(
            "--keep", type=int, default=0, metavar="N", help="delete all but the newest N backups there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Back up, and name the folder."""
        quiet = options["verbosity"] < 1
        say = (lambda line: None) if quiet else self.stdout.write
        if options["keep"] < 0:
            raise CommandError("--keep takes a number of backups")
        try:
            folder = back_up(top=options["dir"], at=timezone.now(), keep=options["keep"], say=say)
        except (BackupRunning, UnusableBackup) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"the backup cannot be written to {options['dir']}: {error}") from error
        self.stdout.write(str(folder))

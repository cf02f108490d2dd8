"""`manage.py prune_readings`: delete what is older than it has to be kept."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand

from telemetry.retention import keep_days


class Command(BaseCommand):
    """Delete old readings, whose hourly readings stay, and old unreadable messages."""

    help = "Delete readings and unreadable messages older than --days; hourly readings stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the age; there is no default, nobody should delete by accident."""
        parser.add_argument("--days", type=int, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Roll up what is missing, then delete."""
        readings, messages = keep_days(days=options["days"], at=datetime.now(UTC))
        self.stdout.write(f"{readings} readings and {messages} unreadable messages deleted")

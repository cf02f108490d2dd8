"""`manage.py rollup_readings`: bring the hourly readings up to date."""

from typing import Any

from django.core.management.base import BaseCommand

from telemetry.rollups import roll_up_dirty_hours


class Command(BaseCommand):
    """Compute every hour that changed, the running one too."""

    help = "Compute the hourly readings of every hour that changed, the running hour included."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many hours of devices were computed."""
        self.stdout.write(f"{roll_up_dirty_hours()} hours computed")

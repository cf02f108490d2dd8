"""`manage.py work`: the background worker, with its clock."""

from typing import Any

from django.core.management import BaseCommand, call_command

from worker.clock import start_clock


class Command(BaseCommand):
    """Runs the clock and the task worker in one process."""

    help = "Do background work: scheduled and queued tasks, until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until SIGINT or SIGTERM; the task in hand is finished first."""
        clock = start_clock()
        try:
            call_command("db_worker", "--queue-name", "*", "--interval", "1", "--no-startup-delay")
        finally:
            clock.shutdown(wait=False)

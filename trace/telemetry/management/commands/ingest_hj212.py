"""`manage.py ingest_hj212`: store what stations send over TCP by HJ 212."""

import signal
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from telemetry.ingest.hj212 import parse_address, run_listener


class Command(BaseCommand):
    """Run the HJ 212 listener until it is stopped."""

    help = "Listen for stations that speak HJ 212 (2017, 2025) and store what they send, until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address; the setting is the default."""
        parser.add_argument("--listen", default=settings.HJ212_LISTEN, help="address:port, as 0.0.0.0:9212")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until SIGINT or SIGTERM; what has arrived by then is stored.

        Raises:
            CommandError: no address, or one that is taken.
        """
        try:
            host, port = parse_address(options["listen"])
        except ValueError as error:
            raise CommandError(
                f"Set HJ212_LISTEN or give --listen: where do stations connect? {error}"
            ) from error
        stop = Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        try:
            run_listener(host=host, port=port, stop=stop, ready=self._say)
        except OSError as error:
            raise CommandError(f"{options['listen']}: {error}") from error

    def _say(self, port: int) -> None:
        self.stdout.write(f"HJ 212: listening on port {port}")
        self.stdout.flush()

"""`manage.py ingest_mqtt`: store what devices publish, and what HJ 212 stations send where that is set up."""

import signal
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from telemetry.ingest.hj212 import start_listener
from telemetry.ingest.mqtt import run_ingest


class Command(BaseCommand):
    """Run the MQTT ingest until it is stopped; the HJ 212 listener beside it where HJ212_LISTEN is set."""

    help = "Subscribe to the MQTT broker and store what devices publish, until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the broker's URL; the setting is the default."""
        parser.add_argument("--url", default=settings.MQTT_URL, help="mqtt[s]://user:password@host:port")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until SIGINT or SIGTERM; what has arrived by then is stored."""
        if not options["url"]:
            raise CommandError("Set MQTT_URL or give --url: where is the broker?")
        stop = Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        listener = start_listener(stop)
        run_ingest(url=options["url"], stop=stop)
        if listener:
            listener.join(timeout=5)

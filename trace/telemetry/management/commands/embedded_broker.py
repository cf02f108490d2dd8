"""`manage.py embedded_broker`: the MQTT broker of the demo, alone."""

import secrets
import signal
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand

from telemetry.broker import run_broker
from telemetry.broker.access import INGEST_USER


class Command(BaseCommand):
    """Run the embedded broker until it is stopped."""

    help = "Run the embedded MQTT broker (3.1.1, for development); devices sign in with their passwords."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address and the password of the ingest."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=1883)
        parser.add_argument("--ingest-password", default="", help="made up and printed when not given")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until SIGINT or SIGTERM."""
        password = options["ingest_password"] or secrets.token_urlsafe(18)
        address = f"{options['host']}:{options['port']}"
        if not options["ingest_password"]:
            self.stdout.write(f"MQTT_URL=mqtt://{INGEST_USER}:{password}@{address}?protocol=3.1.1")
        stop = Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        run_broker(host=options["host"], port=options["port"], ingest_password=password, stop=stop)

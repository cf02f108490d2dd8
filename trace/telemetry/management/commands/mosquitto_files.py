"""`manage.py mosquitto_files DIR`: who may do what, as Mosquitto reads it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from telemetry.broker.files import write_access_files


class Command(BaseCommand):
    """Write `passwordfile` and `acl` for Mosquitto; it reads them again on SIGHUP."""

    help = "Write passwordfile and acl for Mosquitto from the devices in use; send it SIGHUP afterwards."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder and the password of the ingest."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--ingest-password", default="", help="default: the one in MQTT_URL")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write both files."""
        password = options["ingest_password"] or unquote(urlsplit(settings.MQTT_URL).password or "")
        if not password:
            raise CommandError("Give --ingest-password, or an MQTT_URL with the ingest's password.")
        devices = write_access_files(options["folder"], ingest_password=password)
        self.stdout.write(f"{devices} devices in {options['folder']}")

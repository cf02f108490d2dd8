"""`manage.py mosquitto_files DIR`: who may do what, as Mosquitto reads it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from telemetry.broker.access import INGEST_USER
from telemetry.credentials import hash_password
from telemetry.models import Device

_ACL = f"""# every device below its own id, the ingest hears all
user {INGEST_USER}
topic read base/#

pattern write base/%u/#
"""


class Command(BaseCommand):
    """Write `passwordfile` and `acl` for Mosquitto; it reads them again on SIGHUP."""

    help = "Write passwordfile and acl for Mosquitto from the devices in use; send it SIGHUP afterwards."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder and the password of the ingest."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--ingest-password", default="", help="default: the one in MQTT_URL")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write both files whole, then put them in place."""
        password = options["ingest_password"] or unquote(urlsplit(settings.MQTT_URL).password or "")
        if not password:
            raise CommandError("Give --ingest-password, or an MQTT_URL with the ingest's password.")
        devices = Device.objects.filter(is_active=True).exclude(password_hash="").order_by("device_id")
        lines = [f"{INGEST_USER}:{hash_password(password)}"]
        lines += [f"{device.device_id}:{device.password_hash}" for device in devices]
        options["folder"].mkdir(parents=True, exist_ok=True)
        _replace(options["folder"] / "passwordfile", "\n".join(lines) + "\n")
        _replace(options["folder"] / "acl", _ACL)
        self.stdout.write(f"{len(lines) - 1} devices in {options['folder']}")


def _replace(path: Path, content: str) -> None:
    building = path.with_suffix(".new")
    building.touch(mode=0o640)
    building.write_text(content)
    building.replace(path)

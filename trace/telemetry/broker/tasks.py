"""Background work for Mosquitto."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django_tasks import task

from telemetry.broker.files import write_access_files


@task()
def keep_access_files() -> None:
    """Tell Mosquitto about devices added, stopped or given a new password since the last time."""
    password = unquote(urlsplit(settings.MQTT_URL).password or "")
    write_access_files(Path(settings.MOSQUITTO_DIR), ingest_password=password)

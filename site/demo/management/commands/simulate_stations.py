"""`manage.py simulate_stations`: every station of the demo, in one process."""

import signal
from threading import Event, Thread
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from demo.load.secrets import Secrets
from demo.run.cameras import run_cameras
from telemetry.models import Device
from telemetry.simulate.station import Simulated, simulate_many

INTERVAL = 3.0  # s between the readings of a station


class Command(BaseCommand):
    """Publishes as each device whose password the demo made; its cameras take pictures."""

    help = "Publish believable readings as every station of the demo."

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish until SIGINT or SIGTERM."""
        secrets, stop = Secrets(settings.VAR / "demo-passwords.json"), Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        devices = Device.objects.filter(is_active=True).select_related("base__region")
        stations = [
            Simulated(device.device_id, secrets[device.device_id], device.base.region.slug)
            for device in devices
            if device.device_id in secrets
        ]
        Thread(target=run_cameras, args=(stop,), name="cameras", daemon=True).start()
        simulate_many(stations, url=settings.MQTT_URL, interval=INTERVAL, stop=stop)

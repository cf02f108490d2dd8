"""`manage.py simulate_station DEVICE`: play a station on the real broker."""

import json
import os
import signal
from argparse import ArgumentParser, ArgumentTypeError
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from telemetry.models import Device
from telemetry.simulate.series import Sample, by_the_minute, read_series, redated
from telemetry.simulate.station import Refused, Simulated, Station, replay, simulate_many


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number < float("inf"):
        raise ArgumentTypeError("a number above 0")
    return number


class Command(BaseCommand):
    """Publish believable or recorded readings as one device."""

    help = "Publish as DEVICE over MQTT: believable readings, or a recorded series with --replay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the device and what to play."""
        parser.add_argument("device")
        parser.add_argument("--replay", type=Path, metavar="FILE.csv", help="hours become 60 readings each")
        parser.add_argument("--speed", type=_positive, default=1.0, help="of the replay; above 1 it ends now")
        parser.add_argument("--interval", type=_positive, default=5.0, help="seconds between readings")
        parser.add_argument("--password", default="", help="default: $DEVICE_PASSWORD, or that of the demo")
        parser.add_argument("--url", default="", help="mqtt://host:port; default: MQTT_URL, or the demo's")

    def handle(self, *args: Any, **options: Any) -> None:
        """Play until stopped or the series is over."""
        device = Device.objects.select_related("base__region").filter(device_id=options["device"]).first()
        if device is None:
            raise CommandError(f"No device {options['device']}.")
        demo = _demo()
        password = options["password"] or os.environ.get("DEVICE_PASSWORD") or _demo_password(demo, device)
        simulated = Simulated(device.device_id, password, device.base.region.slug)
        url = options["url"] or settings.MQTT_URL or _demo_url(demo)
        stop = Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        if options["replay"]:
            self._replay(simulated, url, options["replay"], options["speed"], stop)
        else:
            simulate_many([simulated], url=url, interval=options["interval"], stop=stop)

    def _replay(self, device: Simulated, url: str, path: Path, speed: float, stop: Event) -> None:
        try:
            series = by_the_minute(read_series(path))
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        if not series:
            raise CommandError(f"{path} holds no readings.")
        if speed > 1:
            takes = (series[-1].at - series[0].at) / speed
            series = redated(series, until=datetime.now(UTC) + takes)
        station = Station(device, url=url)
        station.start()
        try:
            station.wait()
            sent = replay(station, self._shown(series), speed=speed, stop=stop)
        except Refused as error:
            raise CommandError(str(error)) from error
        finally:
            station.stop()
        self.stdout.write(f"{sent} readings published, the last of {series[sent - 1].at:%Y-%m-%d %H:%M} UTC")

    def _shown(self, series: list[Sample]) -> Any:
        """Yield the series, with progress on a terminal."""
        for number, sample in enumerate(series, start=1):
            yield sample
            if self.stdout.isatty() and number % 100 == 0:
                self.stdout.write(f"\r{number} of {len(series)}", ending="")
                self.stdout.flush()


def _demo() -> dict[str, Any]:
    """Return what the running demo left for programs; empty without one."""
    try:
        found: dict[str, Any] = json.loads((settings.VAR / "demo.json").read_text())
    except (OSError, ValueError):
        return {}
    return found


def _demo_password(demo: dict[str, Any], device: Device) -> str:
    devices = [entry for base in demo.get("bases", []) for entry in base.get("devices", [])]
    return next((entry["password"] for entry in devices if entry["id"] == device.device_id), "")


def _demo_url(demo: dict[str, Any]) -> str:
    mqtt = demo.get("mqtt", {})
    return f"mqtt://{mqtt.get('host', '127.0.0.1')}:{mqtt.get('port', 1883)}"

"""The processes of the demo, and what each is started with."""

import os
import socket
import sys
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from config import ROOT

HOST = "127.0.0.1"
LARGEST_FRAME = 65_536  # bytes a viewer may send at once over a websocket


@dataclass(frozen=True)
class Part:
    """A process: its name in the log folder and its command line."""

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True)
class Ports:
    """Where the demo listens; the broker's is that of MQTT_URL when a broker is given."""

    web: int
    mqtt: int
    hj212: int = 9212

    @classmethod
    def from_environment(cls) -> "Ports":
        """Read PORT, MQTT_PORT and HJ212_PORT; unless it is named, HJ 212 avoids a port that is taken."""
        broker = urlsplit(settings.MQTT_URL)
        given = broker.port if broker.hostname else None
        return cls(
            web=int(os.environ.get("PORT", "8000")),
            mqtt=given or int(os.environ.get("MQTT_PORT", "1883")),
            hj212=int(os.environ.get("HJ212_PORT", "0")) or _free(cls.hj212),
        )


def environment(ports: Ports, *, ingest_password: str) -> dict[str, str]:
    """Return the environment all parts share; without a broker or Redis given, their embedded stand-ins."""
    shared = {**os.environ, "HJ212_LISTEN": f"{HOST}:{ports.hj212}"}
    if not settings.MQTT_URL:
        shared["MQTT_URL"] = f"mqtt://ingest:{ingest_password}@{HOST}:{ports.mqtt}?protocol=3.1.1"
    if not settings.REDIS_URL:
        shared["INGEST_IN_WEB"] = "yes"
    return shared


def parts(ports: Ports, *, ingest_password: str) -> list[Part]:
    """Return what has to run, in the order of starting. A service given by URL is not started here."""
    chosen = [_uvicorn(ports), _manage("worker", "work"), _manage("stations", "simulate_stations")]
    if not settings.MQTT_URL:
        address = ("--host", HOST, "--port", str(ports.mqtt))
        # joined: a password that is drawn may begin with a dash, which would be taken for an option
        secret = f"--ingest-password={ingest_password}"
        chosen.insert(0, _manage("broker", "embedded_broker", *address, secret))
    if settings.REDIS_URL:
        chosen.append(_manage("ingest", "ingest_mqtt"))
    return chosen


def _free(port: int) -> int:
    """Return `port`, or a free one when another program has it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _manage(name: str, *arguments: str) -> Part:
    return Part(name, (sys.executable, str(ROOT / "manage.py"), *arguments))


def _uvicorn(ports: Ports) -> Part:
    options = ["--app-dir", str(ROOT / "site"), "--host", HOST, "--port", str(ports.web), "--no-access-log"]
    live = [
        "--ws",
        "config.websockets:LiveProtocol",
        "--ws-per-message-deflate",
        "false",
        "--ws-max-size",
        str(LARGEST_FRAME),
    ]
    stop = ["--timeout-graceful-shutdown", "3"]
    return Part("web", (sys.executable, "-m", "uvicorn", "config.asgi:application", *options, *live, *stop))

"""The production shape as it runs: every command of ours in docker-compose.yml, started on this machine.

PostgreSQL and Redis are the real ones whose URLs are set; Mosquitto and nginx run on the production files.
"""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import yaml
from paho.mqtt.client import CallbackAPIVersion, Client
from websockets.sync.client import ClientConnection, connect

from telemetry.ingest.shapes.hj212 import checksum
from tests.production import lay_out_mosquitto, lay_out_nginx, program_path
from tests.programs import ROOT, free_port, listens, needed, running, wait_until
from tests.template import copy_postgres_template

pytestmark = [
    pytest.mark.xdist_group("production"),  # everything is started once, in one worker
    pytest.mark.services,
    pytest.mark.skipif(
        not (os.environ.get("DATABASE_URL", "").startswith("postgres") and os.environ.get("REDIS_URL")),
        reason="DATABASE_URL of a PostgreSQL and REDIS_URL are not set",
    ),
]

HOST = "fengtu.example"
DEVICE, PASSWORD = "PRD-01", "quiet-corn-field"
REDIS_NUMBER = 15
VISITOR_WITHIN = 90  # s until a frame comes: its speed is measured by tests.benchmarks.live
SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]
_CONTENT = f"""
import django; django.setup()
from brand.models import Region
from telemetry.credentials import hash_password
from telemetry.models import Base, Device
region = Region.objects.create(slug="lucheng", name="潞城", full_name="潞城区", adcode="140406")
base = Base.objects.create(region=region, slug="production", name="Field", place="Here")
hashed = hash_password("{PASSWORD}")
Device.objects.create(base=base, device_id="{DEVICE}", name="Station", password_hash=hashed)
"""


@dataclass
class Production:
    """Everything, running."""

    folder: Path
    nginx: int
    ports: dict[str, int]
    environment: dict[str, str]
    processes: dict[str, subprocess.Popen[bytes]]

    def healthy(self, name: str) -> bool:
        """Ask the service's own health check."""
        _, python, *rest = SERVICES[name]["healthcheck"]["test"]
        assert python == "python"
        translated = [str(self.ports.get(f"{name}:{word}", self.ports.get(word, word))) for word in rest]
        done = subprocess.run([sys.executable, *translated], cwd=ROOT, env=self.environment, check=False)
        return done.returncode == 0

    def page(self, path: str) -> tuple[int, str]:
        """Ask nginx."""
        link = http.client.HTTPConnection("127.0.0.1", self.nginx, timeout=30)
        link.request("GET", path, headers={"Host": HOST})
        answer = link.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")


def defaults(keys: dict[str, str]) -> dict[str, str]:
    """Return what docker-compose.yml gives where the operator's .env says nothing: `${NAME:-default}`."""
    found = {name: re.fullmatch(r"\$\{[A-Z0-9_]+:-(.*)\}", value) for name, value in keys.items()}
    return {name: match[1] for name, match in found.items() if match}


def environment(folder: Path, *, mosquitto: int) -> dict[str, str]:
    """Return what a container of ours would see, with this machine's addresses."""
    keys = SERVICES["worker"]["environment"]
    known = {
        **defaults(keys),
        "SECRET_KEY": "x" * 50,
        "ALLOWED_HOSTS": HOST,
        "PUBLIC_BASE_URL": f"http://{HOST}",
        "SECURE_SSL_REDIRECT": "no",
        "SECURE_HSTS_SECONDS": "0",
        "SMS_URL": "http://127.0.0.1:9/",
        "DEFAULT_FROM_EMAIL": "fengtu@localhost",
        "LOG_LEVEL": "INFO",
        "DATABASE_URL": copy_postgres_template(f"fengtu_production_{os.getpid()}"),
        # a number of its own: on the tests' others stations publish and cables are cut at the same time
        "REDIS_URL": f"{os.environ['REDIS_URL'].rsplit('/', 1)[0]}/{REDIS_NUMBER}",
        "MQTT_URL": f"mqtt://ingest:secret@127.0.0.1:{mosquitto}",
        "MOSQUITTO_DIR": str(folder / "access"),
        "BACKUP_DIR": str(folder / "backup"),
        "FILMS_INTERNAL": "/private/",
    }
    assert set(keys) == set(known), "this test must give what docker-compose.yml gives"
    return {
        **known,
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "PYTHONPATH": ".:site:trace",
        "PATH": f"{Path(sys.executable).parent}:{program_path()['PATH']}",
        "STATIC_ROOT": str(folder / "static-root"),
        "MEDIA_ROOT": str(folder / "media"),
        "VAR_DIR": str(folder / "var"),
    }


def command(name: str, port: int = 0) -> list[str]:
    """Return the command of a service, listening on this machine's loopback port."""
    changes = {"--host=0.0.0.0": "--host=127.0.0.1", "--port=8000": f"--port={port}"}
    return [changes.get(word, word) for word in SERVICES[name]["command"]]


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    """Start everything in the order of docker-compose.yml."""
    needed("nginx"), needed("mosquitto")
    folder = tmp_path_factory.mktemp("production")
    ports = {name: free_port() for name in ("1883", "web:8000", "live:8000", "hj212")}
    ports["5432"] = urlsplit(os.environ["DATABASE_URL"]).port or 5432
    given = environment(folder, mosquitto=ports["1883"])
    nginx = free_port()
    lay_out_nginx(
        folder,
        way="plain",
        port=nginx,
        secure=free_port(),
        health=free_port(),
        web=ports["web:8000"],
        live=ports["live:8000"],
    )
    prepare(folder, given)
    with ExitStack() as stack:
        own = {"ingest": {"HJ212_LISTEN": f"127.0.0.1:{ports['hj212']}"}}

        def run(name: str, words: list[str]) -> subprocess.Popen[bytes]:
            its = {**given, **own.get(name, {})}
            return stack.enter_context(running(words, log=folder / f"{name}.log", environment=its))

        run("mosquitto", lay_out_mosquitto(folder, port=ports["1883"]))
        wait_until(lambda: listens(ports["1883"]), why="Mosquitto does not listen")
        words = {
            name: command(name, ports.get(f"{name}:8000", 0)) for name in ("web", "live", "ingest", "worker")
        }
        everything = Production(folder, nginx, ports, given, {name: run(name, words[name]) for name in words})
        for name in words:
            wait_until(lambda name=name: everything.healthy(name), seconds=90, why=f"{name} is not healthy")
        run(
            "nginx",
            [needed("nginx"), "-c", str(folder / "nginx.conf"), "-p", str(folder), "-g", "daemon off;"],
        )
        wait_until(lambda: listens(nginx), why="nginx does not listen")
        yield everything
    drop_database(given["DATABASE_URL"])


def drop_database(url: str) -> None:
    server, _, name = url.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def prepare(folder: Path, given: dict[str, str]) -> None:
    """Do what the image's build does, make a base with a station, then run the service `migrate`."""
    (folder / "var").mkdir()
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
    subprocess.run(collect, cwd=ROOT, env=given, check=True)
    subprocess.run([sys.executable, "-c", _CONTENT], cwd=ROOT, env=given, check=True)
    script = (ROOT / "deploy/migrate.sh").read_text()
    paths = {"/app/static-root": given["STATIC_ROOT"], "/srv/static": f"{folder}/static"}
    for before, after in paths.items():
        assert before in script
        script = script.replace(before, after)
    subprocess.run(["sh", "-c", script], cwd=ROOT, env=given, check=True, capture_output=True)


@pytest.mark.parametrize("name", ["web", "live", "ingest", "worker"])
def test_every_command_of_ours_runs_and_is_healthy(production, name):
    assert production.processes[name].poll() is None
    assert production.healthy(name)


def test_every_part_is_ready(production):
    status, body = production.page("/readyz")
    assert (status, set(json.loads(body).values())) == (200, {"ok"})


def test_a_page_and_its_style_come_through_nginx(production):
    status, body = production.page("/trace/")
    assert status == 200
    style = re.search(r'href="(/static/[^"]+\.css)"', body)[1]
    assert re.search(r"\.[0-9a-f]{12}\.css$", style), "hashed, so that it may be kept for ever"
    status, text = production.page(style)
    assert status == 200 and "{" in text


def reading_seen(visitor: ClientConnection, device: Client) -> dict[str, object]:
    """Return the first reading a visitor sees of a station that sends every few seconds, as stations do.

    One may be lost on the way: a Redis that needs half a second to answer does not hold up the ingest.
    """
    until = time.monotonic() + VISITOR_WITHIN
    while time.monotonic() < until:
        device.publish(f"base/{DEVICE}/telemetry", b'{"pm25": 12.5, "temperature": -3.25}', qos=1)
        with suppress(TimeoutError):
            while (frame := json.loads(visitor.recv(timeout=5)))["type"] != "reading":
                pass  # "online" comes first
            return frame
    raise AssertionError(f"no reading came within {VISITOR_WITHIN} s")


def test_a_reading_goes_from_the_device_to_the_visitor(production):
    device = Client(CallbackAPIVersion.VERSION2)
    device.username_pw_set(DEVICE, PASSWORD)
    device.connect("127.0.0.1", production.ports["1883"])
    device.loop_start()
    url = f"ws://{HOST}/ws/bases/production/"
    to_nginx = socket.create_connection(("127.0.0.1", production.nginx))
    try:
        with connect(url, sock=to_nginx, origin=f"http://{HOST}") as visitor:
            assert json.loads(visitor.recv(timeout=VISITOR_WITHIN))["type"] == "snapshot"
            frame = reading_seen(visitor, device)
    finally:
        device.loop_stop()
    assert frame["device"] == DEVICE
    assert frame["values"] == {"pm25": 12.5, "temperature": -3.25}


def test_a_station_that_speaks_hj_212_is_answered(production):
    at = datetime.now(UTC) + timedelta(hours=8)
    segment = (
        f"QN={at:%Y%m%d%H%M%S}001;ST=22;CN=2011;PW={PASSWORD};MN={DEVICE};Flag=5;"
        f"CP=&&DataTime={at:%Y%m%d%H%M%S};a34004-Rtd=12000&&"
    )
    with socket.create_connection(("127.0.0.1", production.ports["hj212"]), timeout=10) as station:
        station.sendall(f"##{len(segment):04d}{segment}{checksum(segment.encode()):04X}\r\n".encode())
        assert b"CN=9014" in station.recv(4096)


def test_all_leave_when_they_are_told_to(production):
    """Runs last: what is running is told to stop, and goes well within the time a container has."""
    for name, process in production.processes.items():
        process.terminate()
        assert process.wait(timeout=25) in (0, -15, 143), (production.folder / f"{name}.log").read_text()[
            -2000:
        ]

"""The whole product, started as `make demo` starts it, on a database and ports of its own."""

import itertools
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import paho.mqtt.client as mqtt
import psycopg
from redis import Redis

from tests.e2e.loaded import fresh_database
from tests.programs import free_port
from tests.template import ROOT, drop_postgres, is_postgres

READY_WITHIN = 420  # s, on a busy machine
STATION_WITHIN = 180_000  # ms until a page shows a reading: the stations start last, and slowly beside others

# a shared Redis has sixteen numbers: the processes of a run take every other one
_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_started = itertools.count(1 + _WORKER, 2)


@dataclass(frozen=True)
class Product:
    """The running product and what it printed for programs."""

    facts: dict[str, Any]
    logs: Path
    pid: int
    database: str

    @property
    def url(self) -> str:
        """Return where it answers, without a slash at the end."""
        return str(self.facts["url"])

    def device(self, base: str) -> dict[str, str]:
        """Return id and password of the first device of a base."""
        return next(each["devices"][0] for each in self.facts["bases"] if each["slug"] == base)

    def part(self, word: str) -> int:
        """Return the process id of the running part whose command line contains `word`.

        Raises:
            LookupError: it does not run at this moment.
        """
        for entry in Path("/proc").iterdir():
            try:
                stat = (entry / "stat").read_text() if entry.name.isdigit() else ") - 0"
                parent = int(stat.rsplit(")", 1)[1].split()[1])
                command = (entry / "cmdline").read_bytes() if parent == self.pid else b""
            except OSError:
                continue
            if word.encode() in command:
                return int(entry.name)
        raise LookupError(word)

    def count_readings(self, device: str, *, first: int, end: int) -> int:
        """Return how many readings of a device from `first` to before `end` (epoch seconds) are stored."""
        query = (
            "SELECT count(*) FROM telemetry_reading r JOIN telemetry_device d ON d.id = r.device_id WHERE "
        )
        period = [datetime.fromtimestamp(second, UTC) for second in (first, end)]
        if self.database.startswith("postgres"):
            with psycopg.connect(self.database) as connection:
                found = connection.execute(
                    f"{query} d.device_id = %s AND r.at >= %s AND r.at < %s", [device, *period]
                )
                return int((found.fetchone() or [0])[0])
        texts = [f"{moment:%Y-%m-%d %H:%M:%S}" for moment in period]
        with closing(sqlite3.connect(self.database.removeprefix("sqlite:///"))) as connection:
            found = connection.execute(
                f"{query} d.device_id = ? AND r.at >= ? AND r.at < ?", [device, *texts]
            )
            return int(found.fetchone()[0])

    def execute(self, statement: str, *facts: str) -> None:
        """Change the database behind the product's back: how tests let days go by. `{}` stands for a fact."""
        if self.database.startswith("postgres"):
            with psycopg.connect(self.database) as connection:
                connection.execute(statement.format(*["%s"] * len(facts)), facts)
            return
        path = self.database.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path, timeout=30)) as connection, connection:
            connection.execute(statement.format(*"?" * len(facts)), facts)

    def publish(self, device: dict[str, str], payload: bytes) -> None:
        """Send `payload` as that device does, and return when the broker has acknowledged it."""
        client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=f"by-hand-{time.monotonic_ns()}")
        client.username_pw_set(device["id"], device["password"])
        client.connect(self.facts["mqtt"]["host"], self.facts["mqtt"]["port"])
        client.loop_start()
        client.publish(f"base/{device['id']}/telemetry", payload, qos=1).wait_for_publish(timeout=10)
        client.disconnect()
        client.loop_stop()


@contextmanager
def running(folder: Path, **changed: str) -> Iterator[Product]:
    """Start the product, with `changed` environment, and stop it by Ctrl-C's signal."""
    inherited = {name: value for name, value in os.environ.items() if name != "PUBLIC_BASE_URL"}
    environment = {
        **inherited,
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "VAR_DIR": str(folder),
        "DATABASE_URL": fresh_database(folder),
        "PORT": str(free_port()),
        "MQTT_PORT": str(free_port()),
        "HJ212_PORT": str(free_port()),
        **changed,
    }
    _keep_apart(environment, changed)
    with (folder / "demo.log").open("wb") as log:
        command = [sys.executable, str(ROOT / "manage.py"), "demo"]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield Product(_wait(folder, process), folder / "log", process.pid, environment["DATABASE_URL"])
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        finally:
            # nothing of it may outlive the tests, whatever went wrong
            _kill_group(process.pid)
            if is_postgres():
                drop_postgres(environment["DATABASE_URL"])


def _keep_apart(environment: dict[str, str], own: dict[str, str]) -> None:
    """Give this product a session at a shared broker, and a number at a shared Redis, of its own."""
    number = next(_started)
    if "MQTT_URL" in environment and "MQTT_URL" not in own:
        environment["MQTT_URL"] += f"?client_id=e2e-{os.getpid()}-{number}"
    if "REDIS_URL" in environment and "REDIS_URL" not in own:
        environment["REDIS_URL"] = f"{environment['REDIS_URL'].rsplit('/', 1)[0]}/{number}"
        with Redis.from_url(environment["REDIS_URL"]) as redis:
            redis.flushdb()  # what an earlier run left there


def _kill_group(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


def _wait(folder: Path, process: "subprocess.Popen[bytes]") -> dict[str, Any]:
    printed = folder / "demo.json"
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and process.poll() is None:
        if printed.exists():
            facts: dict[str, Any] = json.loads(printed.read_text())
            return facts
        time.sleep(0.3)
    raise RuntimeError("the demo did not come up:\n" + (folder / "demo.log").read_text()[-3000:])

"""Ingest: Mosquitto to the database, QoS 1, ten metrics a message, next to paho that only receives.

The publisher sends packets made beforehand over a plain socket and waits for the acknowledgements, so that
it costs next to nothing of the two cores everything shares. `python -m tests.benchmarks.ingest` runs it.
"""

import json
import os
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from config import ROOT
from tests.benchmarks.__main__ import Row
from tests.benchmarks.flood import Flood, paho_receives
from tests.template import copy_postgres_template, is_postgres, template_path

MESSAGES = 60_000
DEVICES = 50
POSTGRES, SQLITE = "PostgreSQL", "SQLite"
LEAST = {POSTGRES: 10_000, SQLITE: 8_000}  # messages a second
MOST_MB = 64  # that the ingest grows by in a flood, while the broker queues all the rest
SLOWEST_READ_MS = 50  # 99th percentile of a page's query while the ingest writes
PAUSE = 0.25  # s between two looks into the table


class Measured(NamedTuple):
    """One flood: seconds until all was committed and until all hours were computed; growth in MB."""

    stored: int
    seconds: float
    rollup_seconds: float
    rolled_up: int
    megabytes: float
    cpu_microseconds: float
    read_p99_ms: float = 0
    idle_p99_ms: float = 0


def run() -> list[Row]:
    """Return the rows; without Mosquitto there is nothing to measure."""
    if not shutil.which("mosquitto"):
        print("ingest: Mosquitto is not installed, nothing measured", file=sys.stderr)
        return []
    with mosquitto() as port:
        alone = paho_receives(port, MESSAGES // 2, devices=DEVICES)
        rows = [*_sqlite_rows(port, alone)]
        if is_postgres():
            rows += _rows(POSTGRES, measure(port, copy_postgres_template("fengtu_bench_ingest")), alone)
        else:
            print("ingest: DATABASE_URL is not PostgreSQL, SQLite only", file=sys.stderr)
    return rows


def _sqlite_rows(port: int, alone: float) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.sqlite3"
        shutil.copy(template_path(), path)
        found = measure(port, f"sqlite:///{path}", reads=path)
    reads = _row(
        "a reader's query while SQLite is written, 99th percentile",
        found.read_p99_ms,
        "ms",
        limit=max(SLOWEST_READ_MS, 5 * found.idle_p99_ms),
    )
    return [*_rows(SQLITE, found, alone), reads]


def _rows(database: str, found: Measured, alone: float) -> list[Row]:
    rate = found.stored / found.seconds
    with_rollups = found.stored / (found.seconds + found.rollup_seconds)
    name = f"Mosquitto → {database}"
    print(f"ingest: {database} {rate:,.0f}/s, {found.cpu_microseconds:.0f} µs CPU a message in the ingest")
    return [
        _row(f"{name}, committed", rate, "messages/s", limit=LEAST[database], at_least=True),
        _row(f"{name}, and rolled up", with_rollups, "messages/s", limit=LEAST[database], at_least=True),
        _row(f"{name}, share of what paho only receives", rate / alone, "ratio", peer=1.0, part=0.4),
        _row(f"{name}, lost or doubled", abs(MESSAGES - found.stored), "messages", limit=0),
        _row(f"{name}, missing in hourly readings", abs(MESSAGES - found.rolled_up), "messages", limit=0),
        _row(f"{name}, growth of memory in a flood", found.megabytes, "MB", limit=MOST_MB),
    ]


def _row(
    name: str,
    value: float,
    unit: str,
    *,
    limit: float | None = None,
    peer: float | None = None,
    part: float = 1.0,
    at_least: bool = False,
) -> Row:
    """Hold a value against a limit, or against `part` of a peer."""
    if peer is not None:
        return Row(name=name, value=value, unit=unit, limit=None, peer=peer, holds=value >= peer * part)
    assert limit is not None
    holds = value >= limit if at_least else value <= limit
    return Row(name=name, value=value, unit=unit, limit=limit, peer=None, holds=holds)


def measure(port: int, database: str, *, reads: Path | None = None) -> Measured:
    """Flood the ingest that writes to `database` and wait until everything is stored and rolled up."""
    manage("shell", "-c", _MAKE_DEVICES, database=database)
    flood = Flood(port, MESSAGES, devices=DEVICES)
    idle = Reader(reads).p99(2.0) if reads else 0.0
    with ingest(port, database) as process:
        reader = Reader(reads) if reads else None
        count = counter(database)
        used_before, held_before = cpu_seconds(process.pid), peak_megabytes(process.pid)
        begun = time.monotonic()
        flood.start()
        while count() < MESSAGES and process.poll() is None and time.monotonic() < begun + 120:
            time.sleep(PAUSE)
        seconds = time.monotonic() - begun
        flood.join()
        read_p99 = reader.stop() if reader else 0.0
        megabytes = peak_megabytes(process.pid) - held_before
        cpu = cpu_seconds(process.pid) - used_before
    rollup_seconds = float(manage("shell", "-v0", "-c", _ROLL_UP, database=database).split()[-1])
    return Measured(
        stored=count(),
        seconds=seconds,
        rollup_seconds=rollup_seconds,
        rolled_up=int(
            query(database, "SELECT sum(count) FROM telemetry_hourlyreading WHERE metric = 'pm25'") or 0
        ),
        megabytes=megabytes,
        cpu_microseconds=cpu / MESSAGES * 1e6,
        read_p99_ms=read_p99,
        idle_p99_ms=idle,
    )


_MAKE_DEVICES = f"""
from brand.models import Region
from telemetry.models import Base, Device
names = dict(name="b", full_name="b", adcode="000000")
region = Region.objects.get_or_create(slug="bench", defaults=names)[0]
base = Base.objects.create(region=region, slug="bench", name="b")
Device.objects.bulk_create(Device(base=base, device_id=f"BENCH-{{n:03d}}") for n in range({DEVICES}))
"""


_ROLL_UP = """
import time
from telemetry.rollups import roll_up_dirty_hours
begun = time.monotonic()
roll_up_dirty_hours()
print(time.monotonic() - begun)
"""


@contextmanager
def mosquitto() -> Iterator[int]:
    """Run a Mosquitto of our own with its default window and room for everything in its queue."""
    with socket.socket() as probe, tempfile.TemporaryDirectory() as folder:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        config = Path(folder) / "mosquitto.conf"
        config.write_text(
            f"listener {port} 127.0.0.1\nallow_anonymous true\nuser root\n"
            f"max_queued_messages {MESSAGES * 2}\n"
        )
        broker = subprocess.Popen(["mosquitto", "-c", str(config)], stderr=subprocess.DEVNULL)
        try:
            _wait(lambda: not socket.socket().connect_ex(("127.0.0.1", port)))
            yield port
        finally:
            broker.terminate()
            broker.wait(10)


@contextmanager
def ingest(port: int, database: str) -> Iterator[subprocess.Popen[str]]:
    """Run `manage.py ingest_mqtt` and wait until it is subscribed."""
    url = f"mqtt://127.0.0.1:{port}?client_id=bench-{time.time_ns()}"
    command = [sys.executable, str(ROOT / "manage.py"), "ingest_mqtt", "--url", url]
    process = subprocess.Popen(command, env=environment(database), stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        while "Ingest is connected" not in (line := process.stderr.readline()):
            assert line, "the ingest did not start"
        threading.Thread(target=process.stderr.read, daemon=True).start()
        time.sleep(0.5)
        yield process
    finally:
        process.terminate()
        process.wait(20)


def environment(database: str) -> dict[str, str]:
    """Return the environment of our commands; live frames stay in the process."""
    ours = {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "config.settings.test", "REDIS_URL": ""}
    return {**os.environ, **ours}


def manage(*arguments: str, database: str) -> str:
    """Run one of our commands on that database and return what it printed."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    finished = subprocess.run(command, env=environment(database), check=True, capture_output=True, text=True)
    return finished.stdout


def query(database: str, statement: str) -> object:
    """Return the one value of a query, on a connection of its own."""
    if database.startswith("sqlite"):
        with sqlite3.connect(database.removeprefix("sqlite:///"), timeout=20) as connection:
            return connection.execute(statement).fetchone()[0]
    import psycopg

    with psycopg.connect(database) as opened:
        return (opened.execute(statement).fetchone() or [None])[0]


def counter(database: str) -> Callable[[], int]:
    """Return a function that counts the readings that are committed."""
    return lambda: int(str(query(database, "SELECT count(*) FROM telemetry_reading")))


class Reader:
    """Somebody who opens a base's page again and again: the newest sixty readings of a device."""

    STATEMENT = (
        'SELECT at, "values" FROM telemetry_reading WHERE device_id = (SELECT min(id) FROM telemetry_device)'
        " ORDER BY at DESC LIMIT 60"
    )

    def __init__(self, path: Path) -> None:
        self._path = path
        self._milliseconds: list[float] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def p99(self, seconds: float) -> float:
        """Read for so long and return the 99th percentile."""
        time.sleep(seconds)
        return self.stop()

    def stop(self) -> float:
        """Stop reading and return the 99th percentile in ms."""
        self._stop.set()
        self._thread.join()
        return statistics.quantiles(self._milliseconds, n=100)[98]

    def _read(self) -> None:
        connection = sqlite3.connect(self._path, timeout=20)
        while not self._stop.wait(0.005):
            begun = time.perf_counter()
            connection.execute(self.STATEMENT).fetchall()
            self._milliseconds.append((time.perf_counter() - begun) * 1000)
        connection.close()


def peak_megabytes(pid: int) -> float:
    """Return the most resident memory a process ever had."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def cpu_seconds(pid: int) -> float:
    """Return the CPU time a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _wait(check: Callable[[], bool], seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < until
        time.sleep(0.05)


if __name__ == "__main__":
    print(json.dumps(run(), ensure_ascii=False, indent=1))

"""Heartbeats: beats of two thousand trainees a second into PostgreSQL, each answered after it is written.

`python -m tests.benchmarks --only heartbeats`; without PostgreSQL in DATABASE_URL, SQLite is measured alone.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.load import answer, drive
from tests.benchmarks.stand import PRODUCT, environment, running
from tests.programs import free_port
from tests.template import (
    ROOT,
    copy_postgres_template,
    drop_postgres,
    is_postgres,
    template_path,
)

HOST = "lucheng.localhost"
TRAINEES, BEATS = 2_000, 30
LEAST = 1_000  # beats a second, on PostgreSQL
LEAST_SQLITE = 300
CONNECTIONS, SECONDS = 800, 10.0
TOLD_LAST = 50


def run() -> list[dict[str, object]]:
    """Return the rows."""
    with tempfile.TemporaryDirectory() as folder:
        return [*_on_postgres(Path(folder)), *_on_sqlite(Path(folder))]


def _on_postgres(folder: Path) -> list[dict[str, object]]:
    if not is_postgres():
        print("heartbeats: DATABASE_URL is not PostgreSQL, SQLite only", file=sys.stderr)
        return []
    url = copy_postgres_template("fengtu_bench_heartbeats")
    try:
        return _measure("PostgreSQL", url, folder, least=LEAST)
    finally:
        drop_postgres(url)


def _on_sqlite(folder: Path) -> list[dict[str, object]]:
    path = folder / "beats.sqlite3"
    shutil.copy(template_path(), path)
    return _measure("SQLite", f"sqlite:///{path}", folder, least=LEAST_SQLITE)


def _measure(database: str, url: str, folder: Path, *, least: int) -> list[dict[str, object]]:
    env = {**environment(folder / "unused"), "DATABASE_URL": url}
    tokens = json.loads(_parts(env, "load", str(TRAINEES)))
    port = free_port()
    with running(PRODUCT, port=port, env=env, facts={}) as stand:
        _answers(port, [_beat(token, None) for token in tokens[:TOLD_LAST]])
        told = [_beat(token, 4 * number) for number in range(BEATS) for token in tokens]
        driven = drive(port, told, pid=stand.pid, seconds=SECONDS, connections=CONNECTIONS)
        _answers(port, [_beat(token, 555) for token in tokens[:TOLD_LAST]])
        os.kill(stand.pid, signal.SIGKILL)
    found = json.loads(_parts(env, "look"))
    print(
        f"heartbeats: {database} {driven.cpu_ms * 1000:.0f} µs CPU a beat, {found['rows']} trainees written"
    )
    return [
        _row(f"beats into {database}, answered after the commit", driven.rate, "beats/s", least=least),
        _row(f"{database}: answered, and gone after kill -9", TOLD_LAST - found["last"], "beats", most=0),
        _row(f"{database}: credited beyond time × 2", found["beyond"], "trainees", most=0),
    ]


def _beat(token: str, second: float | None) -> bytes:
    pieces = [] if second is None else [[second, second + 4, 1]]
    facts = {"token": token, "page": "benchmark-1", "position": (second or 0) + 4, "pieces": pieces}
    body = json.dumps(facts).encode()
    head = f"POST /training/beat/ HTTP/1.1\r\nHost: {HOST}\r\nOrigin: http://{HOST}\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def _answers(port: int, beats: list[bytes]) -> None:
    for each in beats:
        status, text = answer(port, each)
        if status != 200:
            raise RuntimeError(f"a beat was answered with {status}: {text[:200]!r}")


def _parts(env: dict[str, str], *arguments: str) -> str:
    held = {**env, "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}:{ROOT / 'trace'}"}
    command = [sys.executable, "-m", "tests.benchmarks.heartbeats_parts", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=held, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.splitlines()[-1]


def _row(
    name: str, value: float, unit: str, *, least: float | None = None, most: float | None = None
) -> dict[str, object]:
    holds = value >= least if least is not None else most is not None and value <= most
    limit = least if least is not None else most
    return {"name": name, "value": value, "unit": unit, "limit": limit, "peer": None, "holds": holds}

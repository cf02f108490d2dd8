"""The record page when nothing of it is kept, and how many scans a second are recorded."""

import json
import subprocess
import sys

from tests.benchmarks.stand import demo_database, environment
from tests.template import ROOT, build_template, copy_postgres_template, is_postgres

QUERIES, CPU_MS, HTML_BYTES, SCANS_PER_S = 8, 12.0, 20_000, 800.0
_DATABASE = "fengtu_bench_record"


def run() -> list[dict[str, object]]:
    """Return the rows. Each part runs in a process of its own: settings and database differ."""
    database, facts = demo_database()
    page = _measure(environment(database), "page", facts["codes"]["scanned"])
    held = environment(database)
    if is_postgres():
        build_template()
        held["DATABASE_URL"] = copy_postgres_template(_DATABASE)
    scans = _measure(held, "scans", "")
    return [
        _most("trace record cold, queries", page["queries"], "queries", QUERIES),
        _most("trace record cold", page["cold"], "CPU ms", CPU_MS),
        _most("trace record, its batch part kept", page["kept"], "CPU ms", CPU_MS),
        _most("trace record HTML", page["bytes"], "bytes gz", HTML_BYTES),
        _scans(f"scans recorded by 16 clients, {scans['vendor']}", float(scans["rate"])),
    ]


def _measure(held: dict[str, str], what: str, which: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.record_parts", what, which]
    path = f"{ROOT}:{ROOT / 'site'}:{ROOT / 'trace'}"
    answer = subprocess.run(
        command, cwd=ROOT, env={**held, "PYTHONPATH": path}, check=True, stdout=subprocess.PIPE, text=True
    )
    measured: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return measured


def _most(name: str, value: float, unit: str, limit: float) -> dict[str, object]:
    return {"name": name, "value": value, "unit": unit, "limit": limit, "peer": None, "holds": value <= limit}


def _scans(name: str, rate: float) -> dict[str, object]:
    row = {"name": name, "value": rate, "unit": "scans/s", "limit": SCANS_PER_S, "peer": None}
    return {**row, "holds": rate >= SCANS_PER_S}

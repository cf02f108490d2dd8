"""Looking up one code when there are 10,000,000 and the hours and days of 100,000,000 readings: as fast as
with 10,000 codes and one season of one station. And the page of a batch with 500 events.

Two databases live side by side in processes of their own, and take turns, so that what else the machine
does weighs on both. Needs DATABASE_URL of a PostgreSQL for the former.
"""

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from statistics import median

from tests.benchmarks.stand import environment
from tests.template import (
    ROOT,
    VAR,
    build_template,
    copy_postgres_template,
    drop_postgres,
    is_postgres,
    template_path,
)

CODES, FEW_CODES = 10_000_000, 10_000
READINGS, FEW_READINGS = 100_000_000, 0
TIMES, QUERIES, TURNS, LOOKUPS = 1.3, 8, 15, 40
PATH = f"{ROOT}:{ROOT / 'site'}:{ROOT / 'trace'}"


def run(*, codes: int = CODES, readings: int = READINGS) -> list[dict[str, object]]:
    """Return the rows."""
    build_template()
    rows = [_long_batch()]
    if not is_postgres():
        print("DATABASE_URL is no PostgreSQL: 10,000,000 codes are left out")
        return rows
    turns = _turns({"few": (FEW_CODES, FEW_READINGS), "many": (codes, readings)})
    few, many = (median(found) for found in turns)
    ratio = median(slow / quick for quick, slow in zip(*turns, strict=True))
    name = f"scan + record of one code at {codes:,} codes, {readings:,} readings beside {FEW_CODES:,}"
    print(f"middle of {TURNS} turns: {few:.2f} ms with few, {many:.2f} ms with many")
    return [*rows, _row(name, ratio, "×", TIMES)]


def _turns(sizes: dict[str, tuple[int, int]]) -> list[list[float]]:
    """Return the milliseconds of a lookup for each size, turn by turn."""
    with ExitStack() as stack:
        workers = []
        for name, (codes, readings) in sizes.items():
            url = copy_postgres_template(f"fengtu_bench_scale_{os.getpid()}_{name}")
            stack.callback(drop_postgres, url)
            worker = subprocess.Popen(
                [sys.executable, "-m", "tests.benchmarks.scale_parts", str(codes), str(readings)],
                cwd=ROOT,
                env={**environment(VAR), "DATABASE_URL": url, "PYTHONPATH": PATH},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            stack.callback(worker.wait)
            stack.callback(worker.terminate)
            workers.append(worker)
            _ask(worker, "grow")
        taken: list[list[float]] = [[] for _ in workers]
        for turn in range(TURNS + 1):
            for found, worker in zip(taken, workers, strict=True):
                milliseconds = _ask(worker, f"look {LOOKUPS}")
                if turn:  # the first one warms up
                    found.append(milliseconds)
        return taken


def _ask(worker: "subprocess.Popen[str]", what: str) -> float:
    assert worker.stdin and worker.stdout
    worker.stdin.write(f"{what}\n")
    worker.stdin.flush()
    return float(json.loads(worker.stdout.readline()))


def _long_batch() -> dict[str, object]:
    """Count the queries of a batch page with 500 events, nothing of it kept."""
    path = VAR / "bench-long-batch.sqlite3"
    path.write_bytes(template_path().read_bytes())
    command = [sys.executable, "-m", "tests.benchmarks.scale_parts", "batch"]
    held = {**environment(path), "PYTHONPATH": PATH}
    answer = subprocess.run(command, cwd=ROOT, env=held, check=True, stdout=subprocess.PIPE, text=True)
    for leftover in VAR.glob(f"{path.name}*"):
        leftover.unlink()
    return _row(
        "batch page with 500 events, queries", json.loads(answer.stdout.splitlines()[-1]), "", QUERIES
    )


def _row(name: str, value: float, unit: str, limit: float) -> dict[str, object]:
    return {"name": name, "value": value, "unit": unit, "limit": limit, "peer": None, "holds": value <= limit}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    sizes = [int(text) for text in sys.argv[1:]]
    for row in run(codes=sizes[0], readings=sizes[1]) if sizes else run():
        print(row)

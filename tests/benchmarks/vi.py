"""The VI library of a county with 5,000 assets: queries and time of its filtered, searched and paged list.

Measured in the server's own code (the test client answers without a network), nothing of it kept. Needs
DATABASE_URL of a PostgreSQL for the claim; on SQLite it is measured too.
"""

import json
import os
import subprocess
import sys

from tests.benchmarks.stand import collect_static, environment
from tests.template import (
    ROOT,
    VAR,
    build_template,
    copy_postgres_template,
    drop_postgres,
    is_postgres,
    template_path,
)

ASSETS, QUERIES, MILLISECONDS = 5_000, 5, 150.0


def run(*, assets: int = ASSETS) -> list[dict[str, object]]:
    """Return the rows: the worst of all ways of looking at the list."""
    build_template()
    path = VAR / "bench-vi.sqlite3"
    collect_static(path)
    held = environment(path)
    url = copy_postgres_template(f"fengtu_bench_vi_{os.getpid()}") if is_postgres() else ""
    if url:
        held["DATABASE_URL"] = url
    else:
        path.write_bytes(template_path().read_bytes())
    try:
        found = _measure(held, assets)
    finally:
        if url:
            drop_postgres(url)
        for leftover in VAR.glob(f"{path.name}*"):
            leftover.unlink()
    vendor = found["vendor"]
    for look in found["looks"]:
        print(f"  {look['queries']} queries {look['ms']:6.1f} ms  {look['path']}")
    queries = max(look["queries"] for look in found["looks"])
    slowest = max(look["ms"] for look in found["looks"])
    return [
        _most(f"VI library of {assets:,} assets filtered, {vendor}", queries, "queries", QUERIES),
        _most(f"VI library of {assets:,} assets filtered, {vendor}", slowest, "ms", MILLISECONDS),
    ]


def _measure(held: dict[str, str], assets: int) -> dict:
    path = f"{ROOT}:{ROOT / 'site'}:{ROOT / 'trace'}"
    command = [sys.executable, "-m", "tests.benchmarks.vi_parts", str(assets)]
    answer = subprocess.run(
        command, cwd=ROOT, env={**held, "PYTHONPATH": path}, check=True, stdout=subprocess.PIPE, text=True
    )
    return json.loads(answer.stdout.splitlines()[-1])


def _most(name: str, value: float, unit: str, limit: float) -> dict[str, object]:
    return {"name": name, "value": value, "unit": unit, "limit": limit, "peer": None, "holds": value <= limit}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    for row in run():
        print(row)

"""The licence check beside the record of a package, in one process: it has to be as fast."""

import json
import subprocess
import sys

from tests.benchmarks.stand import demo_database, environment
from tests.template import ROOT

QUERIES = 6


def run() -> list[dict[str, object]]:
    """Return the rows; the peer is the page of a package, measured between the licence's own requests."""
    database, facts = demo_database()
    paths = [f"/brand/licences/{facts['licences']['valid']}/", f"/trace/{facts['codes']['scanned']}/"]
    command = [sys.executable, "-m", "tests.benchmarks.licence_parts", *paths]
    held = {**environment(database), "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}:{ROOT / 'trace'}"}
    answer = subprocess.run(command, cwd=ROOT, env=held, check=True, stdout=subprocess.PIPE, text=True)
    licence, record = json.loads(answer.stdout.splitlines()[-1])
    return [
        _row("licence check cold, queries", licence["queries"], "queries", limit=QUERIES),
        _row("licence check cold beside a record", licence["cold"], "CPU ms", peer=record["cold"]),
        _row("licence check kept beside a record", licence["kept"], "CPU ms", peer=record["kept"]),
    ]


def _row(
    name: str, value: float, unit: str, *, limit: float | None = None, peer: float | None = None
) -> dict[str, object]:
    most = limit if limit is not None else peer
    held = most is not None and value <= most
    return {"name": name, "value": value, "unit": unit, "limit": limit, "peer": peer, "holds": held}

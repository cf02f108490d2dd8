"""The resolver beside a constant Django view on the same server: redirects, with and without a scan."""

import subprocess
import sys

from tests.benchmarks.load import Driven, answer, drive, request
from tests.benchmarks.stand import demo_database, environment, serving
from tests.template import ROOT

SERVER = "tests.benchmarks.constant_view:application"
PATH = "/01/constant"  # the constant view: under a path the page cache never keeps
RATE_SHARE, CPU_SHARE = 0.5, 3.0
CODES, TURNS = 4_000, 3
AHEAD_OF_TIME = "Sec-Purpose: prefetch"  # redirected, never counted


def run() -> list[dict[str, object]]:
    """Return the rows. The best of some turns each, because the machine is shared."""
    host = "127.0.0.1"
    links = _links()
    with serving(SERVER) as server:
        status, _ = answer(server.port, request(links[0], host=host, headers=AHEAD_OF_TIME))
        if status != 307:
            raise RuntimeError(f"{links[0]} answers {status}")
        kinds = {
            "constant": [request(PATH, host=host)],
            "redirect": [request(link, host=host, headers=AHEAD_OF_TIME) for link in links],
            "scan": [request(link, host=host) for link in links],
        }
        driven: dict[str, list[Driven]] = {name: [] for name in kinds}
        for _turn in range(TURNS):
            for name, requests in kinds.items():
                driven[name].append(drive(server.port, requests, pid=server.pid, seconds=2.0))
    rate = {name: max(each.rate for each in turns) for name, turns in driven.items()}
    cpu = {name: min(each.cpu_ms for each in turns) for name, turns in driven.items()}
    share, cost = rate["redirect"] / rate["constant"], cpu["scan"] / cpu["constant"]
    return [
        _row("resolver redirect, rate beside a constant view", share, "×", RATE_SHARE, share >= RATE_SHARE),
        _row(
            "resolver redirect with scan, CPU beside a constant view", cost, "×", CPU_SHARE, cost <= CPU_SHARE
        ),
    ]


def _links() -> list[str]:
    """Issue codes for a batch of the demo and return what their QR codes lead to."""
    database, facts = demo_database()
    batch = facts["batches"][0]
    name = f"{batch['gtin']}/{batch['lot']}"
    command = [sys.executable, "manage.py", "issue_codes", name, "--quantity", str(CODES), "--show"]
    run = subprocess.run(
        command, cwd=ROOT, env=environment(database), check=True, capture_output=True, text=True
    )
    serials = run.stdout.split("\n")[:CODES]
    return [f"/01/{batch['gtin']}/21/{serial}" for serial in serials]


def _row(name: str, value: float, unit: str, limit: float, holds: bool) -> dict[str, object]:
    return {"name": name, "value": value, "unit": unit, "limit": limit, "peer": None, "holds": holds}

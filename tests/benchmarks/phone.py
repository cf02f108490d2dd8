"""What a phone gets: Lighthouse's mobile scores, and the bytes of a first view.

Lighthouse comes from npm into `lighthouse_npm/` when this runs; Chromium is Debian's.
"""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks.stand import serving
from tests.template import ROOT

TOOLS = Path(__file__).with_name("lighthouse_npm")
LEAST = {"performance": 95, "accessibility": 100}
MOST_BYTES = 100_000
RUNS = 3
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"


def run() -> list[dict[str, object]]:
    """Return the rows."""
    rows: list[dict[str, object]] = []
    with serving() as product:
        codes = product.facts["codes"]
        paths = {"home": "/", "record": f"/trace/{codes['scanned']}/", "base": "/bases/zhangjiahe/"}
        for name, path in paths.items():
            told = report(f"http://127.0.0.1:{product.port}{path}")
            for kind, least in LEAST.items():
                score = round(told["categories"][kind]["score"] * 100)
                rows.append(
                    _row(f"{name} page, Lighthouse mobile {kind}", score, "points", least, score >= least)
                )
            size = _without_photos(told)
            rows.append(
                _row(f"{name} page, first view without photos", size, "bytes", MOST_BYTES, size <= MOST_BYTES)
            )
    return rows


def report(url: str) -> dict[str, Any]:
    """Return what Lighthouse's mobile run tells of a page: the middle one of three reports.

    Raises:
        RuntimeError: no Chromium on this machine.
    """
    chromium = shutil.which("chromium")
    if chromium is None:
        raise RuntimeError("Lighthouse needs Chromium: apt-get install chromium")
    _install()
    return _median_report(url, chromium)


def _install() -> None:
    npm = next((str(path) for path in [ROOT / ".venv/bin/npm"] if path.exists()), "npm")
    path = f"{ROOT / '.venv/bin'}{os.pathsep}{os.environ['PATH']}"
    if not (TOOLS / "node_modules/lighthouse").exists():
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(command, cwd=TOOLS, check=True, env={**os.environ, "PATH": path})


def _median_report(url: str, chromium: str) -> dict[str, Any]:
    """Return the middle one of three reports by performance: a single run varies by ten points and more."""
    reports = [_report(url, chromium) for _ in range(RUNS)]
    return sorted(reports, key=lambda told: told["categories"]["performance"]["score"])[RUNS // 2]


def _report(url: str, chromium: str) -> dict[str, Any]:
    node = ROOT / ".venv/bin/node"
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "report.json"
        command = [
            str(node) if node.exists() else "node", str(TOOLS / "node_modules/lighthouse/cli/index.js"), url,
            "--quiet", "--output=json", f"--output-path={target}", f"--chrome-flags={FLAGS}",
            "--only-categories=performance,accessibility",
        ]  # fmt: skip
        # Chromium sometimes does not come up in time; a page that is wrong fails every time
        for left in reversed(range(RUNS)):
            ended = subprocess.run(command, check=not left, env={**os.environ, "CHROME_PATH": chromium})
            if ended.returncode == 0:
                break
        told: dict[str, Any] = json.loads(target.read_text())
        return told


def _without_photos(told: dict[str, Any]) -> int:
    requests = told["audits"]["network-requests"]["details"]["items"]
    photo = ("image/jpeg", "image/png", "image/webp", "image/avif")
    return sum(each.get("transferSize", 0) for each in requests if each.get("mimeType") not in photo)


def _row(name: str, value: float, unit: str, limit: float, holds: bool) -> dict[str, object]:
    return {"name": name, "value": value, "unit": unit, "limit": limit, "peer": None, "holds": holds}

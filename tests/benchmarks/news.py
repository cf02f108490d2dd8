"""Posts: an article beside a constant Django view, lists with 200 and 20,000 posts, a phone's wait."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.benchmarks import phone
from tests.benchmarks.load import answer, drive, request
from tests.benchmarks.resolver import PATH
from tests.benchmarks.stand import Stand, environment, say, serving
from tests.template import ROOT, VAR, build_template, template_path

HOST = "lucheng.localhost"
PLAIN, WITH_ALL = "zuihou-yibian-peitu", "yikun-cong-chucun"  # words and a quotation; every block and a photo
SHARE, QUERIES, LCP_MS = 0.5, 10, 1800.0
FEW, MANY = 200, 20_000
GROWTH = 2.0  # a hundred times the posts: an index grows by a third, a scan by a hundred
VIEW = "tests.benchmarks.constant_view:application"


def run() -> list[dict[str, object]]:
    """Return the rows."""
    with serving(VIEW) as stand:
        rows = _beside_a_view(stand)
    return [*rows, *_scale(), _lcp()]


def _beside_a_view(stand: Stand) -> list[dict[str, object]]:
    """Compare in one process: what the machine does beside weighs on both."""
    say("an article beside a constant view")
    path = _post(stand, PLAIN)
    sent = [request(path, host=HOST)]
    status, _page = answer(stand.port, sent[0])
    if status != 200:
        raise RuntimeError(f"{path} answers {status}")
    view = drive(stand.port, [request(f"{PATH}?cold=1", host=HOST)], pid=stand.pid)
    warm = drive(stand.port, sent, pid=stand.pid)
    share = warm.rate / view.rate
    return [_row("article warm beside a constant Django view", share, "×", least=SHARE)]


def _post(stand: Stand, slug: str) -> str:
    return next(path for path in stand.facts["posts"] if path.endswith(f"/{slug}/"))


def _scale() -> list[dict[str, object]]:
    build_template()
    few, many = _look(FEW), _look(MANY)
    rows = []
    for name in many:
        what = f"{name} cold, {MANY:,} posts beside {FEW:,}"
        rows.append(_row(what, many[name]["ms"] / few[name]["ms"], "×", most=GROWTH))
        rows.append(_row(f"{name} cold, queries", many[name]["queries"], "", most=QUERIES))
    return rows


def _look(count: int) -> dict[str, Any]:
    """Measure a database with so many posts; it is made once for each set of migrations."""
    say(f"lists with {count:,} posts")
    path = VAR / f"posts-{template_path().stem.rsplit('-', 1)[1]}-{count}.sqlite3"
    if not path.exists():
        making = path.with_suffix(".making")
        shutil.copy(template_path(), making)
        _parts(making, "load", str(count))
        making.rename(path)
    found: dict[str, Any] = json.loads(_parts(path, "look").splitlines()[-1])
    return found


def _parts(database: Path, *arguments: str) -> str:
    held = {**environment(database), "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}:{ROOT / 'trace'}"}
    command = [sys.executable, "-m", "tests.benchmarks.news_parts", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=held, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def _lcp() -> dict[str, object]:
    """Return how long a phone waits for the largest thing of an article, as Lighthouse's mobile run tells."""
    with serving() as product:
        path = _post(product, WITH_ALL)
        answer(product.port, request(path, host=HOST))  # the first visit makes the pictures
        url = f"http://127.0.0.1:{product.port}{path}"
        report = phone.report(url)
    waited = report["audits"]["largest-contentful-paint"]["numericValue"]
    return _row("article, largest contentful paint on Lighthouse mobile", waited, "ms", most=LCP_MS)


def _row(
    name: str, value: float, unit: str, *, least: float | None = None, most: float | None = None
) -> dict[str, object]:
    holds = value >= least if least is not None else most is not None and value <= most
    limit = least if least is not None else most
    return {"name": name, "value": value, "unit": unit, "limit": limit, "peer": None, "holds": holds}

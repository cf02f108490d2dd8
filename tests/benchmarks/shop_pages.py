"""Catalogue, category, product page: beside stock Oscar and a constant answer, and with 50,000 articles."""

import gzip
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.benchmarks.hall_fixture import ARTICLES, CATEGORIES
from tests.benchmarks.load import Driven, answer, drive, request
from tests.benchmarks.stand import CONSTANT, PRODUCT, Stand, collect_static, environment, running, serving
from tests.benchmarks.stock_oscar.serving import stock_oscar
from tests.programs import free_port
from tests.template import ROOT, VAR, build_template, template_path

HOST = "lucheng.localhost"
WARM, COLD, SHARE, CPU_MS, QUERIES = 500, 20, 0.3, 12.0, 10
MANY, MANY_CATEGORIES, FEW, FEW_CATEGORIES = 50_000, 200, 500, 20
GROWTH = 2.0  # a hundred times the articles: an index grows by a third, a scan by a hundred


def run() -> list[dict[str, object]]:
    """Return the rows."""
    build_template()
    small = _database(ARTICLES, CATEGORIES)
    collect_static(small)
    with serving(CONSTANT) as constant:
        hello = drive(constant.port, [request("/", host=HOST)], pid=constant.pid).rate
    with stock_oscar() as stock:
        peer = {
            "catalogue": _driven(stock, ["/catalogue/"]),
            "category": _driven(stock, ["/catalogue/category/kind-0_1/"]),
        }
    env = {**environment(small), "ALLOWED_HOSTS": "*"}
    with running(PRODUCT, port=free_port(), env=env, facts={}) as ours:
        rows = [*_lists(ours, peer), *_product(ours, hello)]
    return [*rows, *_scale()]


def _lists(ours: Stand, peer: dict[str, Driven]) -> list[dict[str, object]]:
    rows = []
    paths = {"catalogue": "/shop/catalogue/", "category": _category(ours)}
    for name, path in paths.items():
        cold = [f"{path}?cold={number}" for number in range(200)]  # an unknown parameter is never kept
        warm = _driven(ours, [path]).rate / peer[name].rate
        rows.append(_row(f"{name} warm beside stock Oscar", warm, "×", least=WARM))
        # both are bound by their one process: what else the machine does weighs less on CPU than on a clock
        times = peer[name].cpu_ms / _driven(ours, cold, connections=4).cpu_ms
        rows.append(_row(f"{name} cold beside stock Oscar, per CPU second", times, "×", least=COLD))
    return rows


def _product(ours: Stand, hello: float) -> list[dict[str, object]]:
    paths = [f"/shop/catalogue/article-{number}_{number + 1}/" for number in range(ARTICLES)]
    share = _driven(ours, paths[:1]).rate / hello
    cold = [request(f"{path}?cold=1", host=HOST) for path in paths]
    used = drive(ours.port, cold, pid=ours.pid, connections=2)
    return [
        _row("product page warm, share of a constant answer", share, "×", least=SHARE),
        _row("product page cold", used.cpu_ms, "CPU ms", most=CPU_MS),
    ]


def _scale() -> list[dict[str, object]]:
    few, many = _look(_database(FEW, FEW_CATEGORIES)), _look(_database(MANY, MANY_CATEGORIES))
    rows = []
    for name in many:
        growth = many[name]["ms"] / few[name]["ms"]
        what = f"{name}, {MANY:,} articles in {MANY_CATEGORIES} kinds beside {FEW:,} in {FEW_CATEGORIES}"
        rows.append(_row(what, growth, "×", most=GROWTH))
        rows.append(_row(f"{name} cold, queries", many[name]["queries"], "", most=QUERIES))
    return rows


def _category(ours: Stand) -> str:
    """Return the address of the first kind, out of the catalogue's own page."""
    body = answer(ours.port, request("/shop/catalogue/?cold=0", host=HOST))[1].partition(b"\r\n\r\n")[2]
    text = (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()
    start = text.index("/shop/catalogue/category/")
    return text[start : text.index('"', start)]


def _driven(stand: Stand, paths: list[str], *, connections: int = 8) -> Driven:
    sent = [request(path, host=HOST) for path in paths]
    status, _page = answer(stand.port, sent[0])
    if status != 200:
        raise RuntimeError(f"{paths[0]} answers {status}")
    return drive(stand.port, sent, pid=stand.pid, connections=connections)


def _database(count: int, categories: int) -> Path:
    """Return a database of ours with the articles of the fixture; made once for each set of migrations."""
    path = VAR / f"hall-{template_path().stem.rsplit('-', 1)[1]}-{count}-{categories}.sqlite3"
    if not path.exists():
        making = path.with_suffix(".making")
        shutil.copy(template_path(), making)
        _parts(making, "load", str(count), str(categories))
        making.rename(path)
    return path


def _look(database: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_parts(database, "look").splitlines()[-1])
    return found


def _parts(database: Path, *arguments: str) -> str:
    held = {**environment(database), "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}:{ROOT / 'trace'}"}
    command = [sys.executable, "-m", "tests.benchmarks.hall_parts", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=held, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def _row(
    name: str, value: float, unit: str, *, least: float | None = None, most: float | None = None
) -> dict[str, object]:
    holds = value >= least if least is not None else most is not None and value <= most
    limit = least if least is not None else most
    return {"name": name, "value": value, "unit": unit, "limit": limit, "peer": None, "holds": holds}

"""Guest checkout: orders a second with eight buyers, beside stock Oscar; thirty-two at once oversell nothing.

Both are bought from by the forms of their pages. Oscar's buyer puts an article into the basket, sees it and
takes Oscar's steps; the hall's buyer presses "buy now", fills in the one page, sees the freight of the
district counted, places the order and opens the page of paying, which Oscar's wheel has not.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.__main__ import Row
from tests.benchmarks.checkout_buyers import Browser, Sold, buy
from tests.benchmarks.checkout_loading import ARTICLES
from tests.benchmarks.load import cpu_seconds
from tests.benchmarks.stand import PRODUCT, Stand, collect_static, environment, running
from tests.benchmarks.stock_oscar.serving import stock_oscar
from tests.programs import free_port
from tests.template import ROOT, VAR, build_template, template_path

BUYERS, MANY = 8, 32
PART = {"X-Part": "amounts"}
SCARCE = 40  # pieces for the many
ROUNDS, ADDING = 7, 3  # the machine does not run at one speed: each round compares what ran side by side


def hall_flow(browser: Browser, turn: int) -> str:
    """Buy one article in the hall by its "buy now"."""
    pk = turn % ARTICLES + 1
    browser.get(f"/shop/catalogue/article-{pk - 1}_{pk}/")
    page = browser.get(f"/shop/checkout/buy/{pk}/?quantity=1")
    fields: dict[str, str] = {
        "phone": "13800001234", "delivery": "parcel", "name": "王小葱", "province": "140000",
        "city": "140400", "district": "140406", "street": "店上镇张家河村12号", "way": "sandbox",
        "key": browser.hidden(page, "key"), "buy": browser.hidden(page, "buy"),
    }  # fmt: skip
    browser.cookies.setdefault("csrftoken", browser.hidden(page, "csrfmiddlewaretoken"))
    amounts = browser.post("/shop/checkout/", PART, do="count", **fields)  # a district was chosen
    total = browser.hidden(amounts, "shown_total")
    placed = browser.post("/shop/checkout/", None, shown_total=total, **fields)
    if b"/shop/pay/" not in placed:
        raise RuntimeError("the order was not placed")
    return total


def add_flow(browser: Browser, turn: int) -> str:
    """Put one article into the basket of the hall and look at it."""
    pk = turn % ARTICLES + 1
    browser.get(f"/shop/catalogue/article-{pk - 1}_{pk}/")
    browser.post(f"/shop/basket/add/{pk}/", quantity="1")
    return ""


def oscar_add_flow(browser: Browser, turn: int) -> str:
    """Put one article into the basket of stock Oscar and look at it."""
    pk = turn % ARTICLES + 1
    browser.get(f"/catalogue/article-{pk - 1}_{pk}/")
    browser.post(f"/basket/add/{pk}/", quantity="1")
    return ""


def oscar_flow(browser: Browser, turn: int) -> str:
    """Buy one article in stock Oscar."""
    pk = turn % ARTICLES + 1
    browser.get(f"/catalogue/article-{pk - 1}_{pk}/")
    browser.post(f"/basket/add/{pk}/", quantity="1")
    browser.get("/checkout/")
    browser.post("/checkout/", username="guest@example.com", options="anonymous")
    browser.post(
        "/checkout/shipping-address/", first_name="Wang", last_name="Cong", line1="Zhangjiahe 12",
        line4="Changzhi", postcode="046000", country="CN",
    )  # fmt: skip
    placed = browser.post("/checkout/preview/", action="place_order")
    if b"Thank you" not in placed and b"confirmation" not in placed.lower():
        raise RuntimeError("the order was not placed")
    return ""


@contextmanager
def hall() -> Iterator[tuple[Stand, Path]]:
    """Run the hall on a database of its own."""
    build_template()
    database = VAR / f"bench-checkout-{os.getpid()}.sqlite3"
    shutil.copy(template_path(), database)
    env = environment(database)
    subprocess.run([sys.executable, "-m", "tests.benchmarks.checkout_loading"], cwd=ROOT, env=env, check=True)
    collect_static(database)
    try:
        with running(PRODUCT, port=free_port(), env=env, facts={}) as stand:
            yield stand, database
    finally:
        for leftover in VAR.glob(f"{database.name}*"):
            leftover.unlink()


def run() -> list[Row]:
    """Measure both in one run, by turns; the round in the middle by its ratio counts."""
    with stock_oscar() as peer, hall() as (stand, database):
        for port, flow in ((peer.port, oscar_flow), (stand.port, hall_flow)):  # each thread once at least
            buy(port, flow, buyers=BUYERS, seconds=4)
        before = cpu_seconds(stand.pid)
        rounds = [_round(peer, stand, hall_first=bool(turn % 2)) for turn in range(ROUNDS)]
        cpu = 1000 * (cpu_seconds(stand.pid) - before) / max(sum(one.ours.orders for one in rounds), 1)
        adds = [_round_of_adding(peer, stand) for _turn in range(ADDING)]
        left_over = rush(stand, database)
    middle = sorted(rounds, key=lambda one: one.ratio)[ROUNDS // 2]
    theirs_add, ours_add = (median(waits) for waits in zip(*adds, strict=True))
    return [
        row(
            "guest checkout, 8 buyers",
            middle.ours.rate,
            "orders/s",
            10 * middle.theirs.rate,
            more=True,
            peer=True,
        ),
        row("failed checkouts of 8 buyers", sum(len(one.ours.failed) for one in rounds), "", 0),
        row(
            "failed checkouts of 8 buyers of stock Oscar",
            sum(len(one.theirs.failed) for one in rounds),
            "",
            0,
        ),
        row("CPU of the server for one order", cpu, "ms", 60),
        row("basket add, median", ours_add, "ms", 0.5 * theirs_add, peer=True),
        *left_over,
    ]


@dataclass(frozen=True)
class Round:
    """What was sold by each while the machine was as busy with other things for both."""

    theirs: Sold
    ours: Sold

    @property
    def ratio(self) -> float:
        """Return how many orders the hall took for one of stock Oscar's."""
        return self.ours.rate / self.theirs.rate


def _round(peer: Stand, stand: Stand, *, hall_first: bool) -> Round:
    """Let eight buyers buy of both, one shop after the other."""
    if hall_first:
        ours = buy(stand.port, hall_flow, buyers=BUYERS, seconds=3)
        return Round(buy(peer.port, oscar_flow, buyers=BUYERS, seconds=5), ours)
    theirs = buy(peer.port, oscar_flow, buyers=BUYERS, seconds=5)
    return Round(theirs, buy(stand.port, hall_flow, buyers=BUYERS, seconds=3))


def _round_of_adding(peer: Stand, stand: Stand) -> tuple[float, float]:
    """Return the middle wait for "into the basket" of both, stock Oscar's first."""
    theirs = buy(peer.port, oscar_add_flow, buyers=1, seconds=1.5).median("POST /basket/add")
    return theirs, buy(stand.port, add_flow, buyers=1, seconds=1.5).median("POST /shop/basket/add")


def rush(stand: Stand, database: Path) -> list[Row]:
    """Let thirty-two buyers go for forty pieces; say what was sold beyond, and twice."""
    with closing(sqlite3.connect(database, timeout=30)) as connection, connection:
        connection.execute("UPDATE partner_stockrecord SET num_in_stock = coalesce(num_allocated, 0)")
        connection.execute(
            "UPDATE partner_stockrecord SET num_in_stock = num_in_stock + ?", [SCARCE // ARTICLES]
        )
        orders, dues = _counted(connection)
    buy(stand.port, hall_flow, buyers=MANY, seconds=6)
    with closing(sqlite3.connect(database, timeout=30)) as connection:
        now_orders, now_dues = _counted(connection)
        over = "SELECT count(*) FROM partner_stockrecord WHERE num_allocated > num_in_stock"
        oversold = connection.execute(over).fetchone()[0] + max(0, now_orders - orders - SCARCE)
    twice = (now_dues - dues) - (now_orders - orders)
    return [
        row("32 buyers, 40 pieces: orders placed", now_orders - orders, "", SCARCE, more=True),
        row("32 buyers, 40 pieces: oversold", oversold, "", 0),
        row("32 buyers, 40 pieces: charged twice", twice, "", 0),
    ]


def row(name: str, value: float, unit: str, bound: float, *, more: bool = False, peer: bool = False) -> Row:
    """Return one claim: at most `bound`, or at least with `more`."""
    return {
        "name": name, "value": value, "unit": unit, "limit": None if peer else bound,
        "peer": bound if peer else None, "holds": value >= bound if more else value <= bound,
    }  # fmt: skip


def _counted(connection: sqlite3.Connection) -> tuple[int, int]:
    orders = connection.execute("SELECT count(*) FROM order_order").fetchone()[0]
    dues = connection.execute("SELECT count(*) FROM fengtu_shop_due").fetchone()[0]
    return orders, dues

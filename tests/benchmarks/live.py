"""From the station to the visitor: how long a reading takes through the whole product on an idle machine.

Broker, ingest, database, hub and websocket as the demo runs them, on embedded parts or on the services whose
URLs are set. The journeys ask whether a value is shown, this how soon.
"""

import json
import statistics
import tempfile
import time
from pathlib import Path

from websockets.sync.client import ClientConnection, connect

from tests.e2e import loaded
from tests.e2e.running import STATION_WITHIN, Product, running
from tests.template import build_template

BASE, TIMES, LIMIT_S = "zhangjiahe", 40, 1.0
FIRST = 300  # no station measures that much: each value tells which reading it is


def run(*, times: int = TIMES) -> list[dict[str, object]]:
    """Return the row."""
    build_template()
    loaded.begin()
    try:
        with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as product:
            seconds = _delays(product, times)
    finally:
        loaded.end()
    worst = statistics.quantiles(seconds, n=20)[-1]
    print(f"live: {statistics.median(seconds):.3f} s in the middle, {max(seconds):.3f} s at most, of {times}")
    name = "a reading from the station's hand to the visitor's page, 95 of 100"
    return [
        {"name": name, "value": worst, "unit": "s", "limit": LIMIT_S, "peer": None, "holds": worst <= LIMIT_S}
    ]


def _delays(product: Product, times: int) -> list[float]:
    address = product.url.replace("http", "ws")
    with connect(f"{address}/ws/bases/{BASE}/", origin=product.url) as visitor:
        _wait_for_reading(visitor)  # everything has been used once
        return [_delay(product, visitor, FIRST + number) for number in range(times)]


def _delay(product: Product, visitor: ClientConnection, value: int) -> float:
    began = time.perf_counter()
    product.publish(product.device(BASE), json.dumps({"pm25": value}).encode())
    while _wait_for_reading(visitor)["values"].get("pm25") != value:
        pass
    return time.perf_counter() - began


def _wait_for_reading(visitor: ClientConnection) -> dict[str, dict[str, float]]:
    """Return the next reading that is sent to the visitor.

    Raises:
        TimeoutError: none comes.
    """
    while True:
        frame: dict[str, dict[str, float]] = json.loads(visitor.recv(timeout=STATION_WITHIN / 1000))
        if frame["type"] == "reading":
            return frame

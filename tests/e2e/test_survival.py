"""Whatever dies, no reading is lost that was acknowledged to its sender, and the page recovers by itself."""

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import paho.mqtt.client as mqtt
import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.e2e.conftest import PHONE
from tests.e2e.running import STATION_WITHIN, Product, running
from tests.e2e.servers import Server, own_mosquitto, own_redis
from tests.programs import free_port

MESSAGES = 300
PAUSE = 0.02  # s; a station's flush after an outage: fast, but one that a small broker keeps up with


class Sender:
    """A station that sends numbered readings and knows which of them the broker acknowledged."""

    def __init__(self, product: Product, *, hours_ago: int = 2) -> None:
        self.device = product.device("zhangjiahe")
        self.client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id="sender", clean_session=False)
        self.client.username_pw_set(self.device["id"], self.device["password"])
        self.client.reconnect_delay_set(0.2, 1)
        # by MQTT's numbers: an acknowledgement may come before `publish` has told us which one it gave
        self.acknowledged: set[int] = set()
        self.client.on_publish = lambda _client, _data, mid, *_: self.acknowledged.add(mid)
        self.client.connect(product.facts["mqtt"]["host"], product.facts["mqtt"]["port"])
        self.client.loop_start()
        # a second of its own for each reading, of an hour nobody else writes
        self.first = int(time.time()) // 3600 * 3600 - hours_ago * 3600

    def send(self, disturb: Callable[[], None]) -> None:
        """Send all, calling `disturb` in the middle, and wait for the acknowledgements."""
        for number in range(MESSAGES):
            if number == MESSAGES // 2:
                disturb()
            reading = {"ts": (self.first + number) * 1000, "values": {"noise": 40.0}}
            self.client.publish(f"base/{self.device['id']}/telemetry", json.dumps(reading), qos=1)
            time.sleep(PAUSE)
        until = time.monotonic() + 60
        while len(self.acknowledged) < MESSAGES and time.monotonic() < until:
            time.sleep(0.1)
        self.client.disconnect()
        self.client.loop_stop()


def lost(product: Product, sender: Sender) -> int:
    """Return how many acknowledged readings are not stored, after giving them time to arrive.

    They wait at the broker while what was killed starts anew, beside everything else that runs.
    """

    def stored() -> int:
        return product.count_readings(sender.device["id"], first=sender.first, end=sender.first + MESSAGES)

    wait_until(lambda: stored() >= len(sender.acknowledged), seconds=180)
    return len(sender.acknowledged) - stored()


def wait_until(condition: Callable[[], bool], *, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.2)
    return condition()


def answers(url: str) -> bool:
    try:
        with urlopen(f"{url}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def test_the_web_process_with_its_ingest_is_killed_and_the_page_recovers(
    product: Product, phone: BrowserContext
) -> None:
    page = phone.new_page()
    page.goto(f"{product.url}/bases/zhangjiahe/")
    state = page.locator("[data-live-base=zhangjiahe] [data-live-state]").first
    expect(state).to_contain_text("现场读数", timeout=STATION_WITHIN)
    sender = Sender(product)
    sender.send(lambda: os.kill(product.part("uvicorn"), signal.SIGKILL))
    assert len(sender.acknowledged) == MESSAGES
    assert lost(product, sender) == 0
    assert wait_until(lambda: answers(product.url), seconds=60)
    expect(state).to_contain_text("现场读数", timeout=STATION_WITHIN)


@pytest.fixture
def separate_parts(tmp_path: Path) -> Iterator[tuple[Product, Server, Server]]:
    """The product with an ingest of its own, a broker and a Redis that this test may kill."""
    ports = free_port(), free_port()
    broker, cache = own_mosquitto(tmp_path, ports[0]), own_redis(tmp_path, ports[1])
    urls = {"MQTT_URL": f"mqtt://127.0.0.1:{ports[0]}", "REDIS_URL": f"redis://127.0.0.1:{ports[1]}/0"}
    try:
        with running(tmp_path, **urls) as product:
            yield product, broker, cache
    finally:
        broker.kill()
        cache.kill()


def test_ingest_and_redis_are_killed_and_the_broker_restarts_under_load(
    separate_parts: tuple[Product, Server, Server], browser: Browser
) -> None:
    product, broker, cache = separate_parts
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.goto(f"{product.url}/bases/zhangjiahe/")
    # a broker that was never subscribed to keeps nothing: the ingest must have been there once
    state = page.locator("[data-live-base=zhangjiahe] [data-live-state]").first
    expect(state).to_contain_text("现场读数", timeout=STATION_WITHIN)
    product.publish(product.device("zhangjiahe"), b'{"noise": 77.7}')
    expect(page.locator("[data-metric=noise] [data-value]").first).to_have_text(
        "77.7", timeout=STATION_WITHIN
    )
    disturbances: dict[str, Callable[[], None]] = {
        "ingest killed": lambda: os.kill(product.part("ingest_mqtt"), signal.SIGKILL),
        "broker restarted": broker.restart,
        "Redis killed": cache.kill,
    }
    for hour, (what, disturb) in enumerate(disturbances.items()):
        sender = Sender(product, hours_ago=3 + hour)
        sender.send(disturb)
        assert (what, len(sender.acknowledged), lost(product, sender)) == (what, MESSAGES, 0)
    cache.start()
    device = product.device("zhangjiahe")
    temperature = page.locator("[data-live-base=zhangjiahe] [data-metric=noise] [data-value]").first

    def shows_the_newest() -> bool:
        product.publish(device, b'{"noise": 88.8}')
        page.wait_for_timeout(500)
        return "88.8" in temperature.inner_text()

    assert wait_until(shows_the_newest, seconds=STATION_WITHIN / 1000)
    context.close()

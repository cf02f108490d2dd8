"""A station that falls silent is shown as offline, never as current. It waits minutes: a file of its own."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import PHONE
from tests.e2e.running import STATION_WITHIN, running
from tests.e2e.servers import own_mosquitto
from tests.programs import free_port


@pytest.fixture
def broker_of_its_own(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Nothing where brokers are embedded; else a Mosquitto to which no other product's stations report."""
    if not os.environ.get("MQTT_URL"):
        yield {}
        return
    port = free_port()
    broker = own_mosquitto(tmp_path, port)
    try:
        yield {"MQTT_URL": f"mqtt://127.0.0.1:{port}"}
    finally:
        broker.kill()


def test_a_station_that_goes_silent_is_shown_as_offline(
    tmp_path: Path, browser: Browser, broker_of_its_own: dict[str, str]
) -> None:
    with running(tmp_path, **broker_of_its_own) as product:
        product.execute("UPDATE telemetry_device SET silent_after = 1")  # minute, the shortest there is
        context = browser.new_context(**PHONE)
        page = context.new_page()
        page.goto(f"{product.url}/bases/zhangjiahe/")
        state = page.locator("[data-live-base=zhangjiahe] [data-live-state]").first
        expect(state).to_contain_text("现场读数", timeout=STATION_WITHIN)
        os.kill(product.part("simulate_stations"), signal.SIGSTOP)
        expect(state).to_contain_text("离线", timeout=300_000)
        os.kill(product.part("simulate_stations"), signal.SIGCONT)
        expect(state).to_contain_text("现场读数", timeout=STATION_WITHIN)
        context.close()

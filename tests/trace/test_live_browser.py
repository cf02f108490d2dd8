"""In a real browser: values change by themselves, outages are said, and the page catches up."""

import asyncio
import re
import shutil
import socket
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import uvicorn
from channels.routing import ProtocolTypeRouter, URLRouter
from django.contrib.staticfiles import finders
from django.template import Context, Template
from playwright.sync_api import Page, expect, sync_playwright

from telemetry.live import frames, lifespan, publish, sse
from telemetry.live.protocol import LiveProtocol
from telemetry.live.routing import websocket_urlpatterns
from telemetry.models import Reading
from telemetry.queries import iso
from tests.factories.telemetry import DeviceFactory

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
FILES = {
    "/live.js": "telemetry/live.js",
    "/site.css": "cms/css/site.css",
    "/record.css": "cms/css/record.css",
}
PAGE = """<!doctype html><html lang="zh-Hans"><title>live</title><link rel="stylesheet" href="/site.css">
<link rel="stylesheet" href="/record.css"><link rel="icon" href="data:,">
<main class="wrap">{% load live %}{% live_metrics base %}</main>"""
POLICY = b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"


class Site:
    """One page with live readings, its files and its stream, on a server that can be stopped and started."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.port = 0
        self.websockets = True
        self.online = True
        self.points = {"pm25": [[1000.0, 20], [1060.0, 21]], "temperature": [[1060.0, 6.4]]}
        self.heard = datetime.now(UTC)
        self._server: uvicorn.Server | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def state(self, base: str) -> dict:
        device = {
            "id": "ZJH-01",
            "online": self.online,
            "last_seen": iso(self.heard),
            "values": {metric: points[-1][1] for metric, points in self.points.items()},
            "history": self.points,
        }
        return {"type": "snapshot", "base": base, "at": iso(datetime.now(UTC)), "devices": [device]}

    def start(self) -> None:
        listener = socket.create_server(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        router = {"http": self.http, "websocket": self.websocket, "lifespan": self.lifespan}
        config = uvicorn.Config(
            ProtocolTypeRouter(router), ws=LiveProtocol, log_level="error", timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listener]}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)

    async def lifespan(self, scope, receive, send) -> None:
        await receive()
        await lifespan.start(source=self.state)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await lifespan.stop()
        await send({"type": "lifespan.shutdown.complete"})

    async def websocket(self, scope, receive, send) -> None:
        if self.websockets:
            await URLRouter(websocket_urlpatterns)(scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close"})

    async def http(self, scope, receive, send) -> None:
        path = scope["path"]
        if sse.handles(path):
            await sse.application(scope, receive, send)
            return
        kind = {"js": b"text/javascript", "css": b"text/css"}.get(
            path.rpartition(".")[2], b"text/html; charset=utf-8"
        )
        body = Path(finders.find(FILES[path])).read_bytes() if path in FILES else self.html.encode()
        headers = [(b"content-type", kind), (b"content-security-policy", POLICY)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def say(self, text: str) -> None:
        publish.publish([("zhangjiahe", text)])

    def measure(self, *, at: datetime | None = None, **values: float) -> None:
        self.say(frames.reading(device="ZJH-01", at=at or datetime.now(UTC), values=values))


@pytest.fixture
def site(settings):
    settings.REDIS_URL = ""
    then = datetime.now(UTC) - timedelta(minutes=1)
    device = DeviceFactory(device_id="ZJH-01", name="张家河气象站", online=True, last_seen=datetime.now(UTC))
    Reading.objects.create(device=device, at=then, values={"pm25": 19, "temperature": 6}, received_at=then)
    html = Template(PAGE).render(Context({"base": device.base}))
    site = Site(re.sub(r'src="[^"]*live\.js"', 'src="/live.js"', html))
    site.start()
    yield site
    site.stop()


@pytest.fixture
def page():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 390, "height": 844}, timezone_id="America/New_York")
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        yield page
        browser.close()


def value(page: Page, metric: str):
    return page.locator(f"[data-metric={metric}] [data-value]")


def test_values_change_by_themselves(site, page):
    page.goto(site.url)
    expect(value(page, "pm25")).to_have_text("21")
    expect(page.locator("[data-live-state]")).to_have_text("现场读数")
    site.measure(pm25=33.4, temperature=-0.04, wind_direction=316)
    expect(value(page, "pm25")).to_have_text("33")
    expect(value(page, "temperature")).to_have_text("0.0")
    expect(value(page, "wind_direction")).to_have_text("西北")
    expect(page.locator("[data-metric=wind_direction] [data-degrees]")).to_have_text("316°")
    expect(page.locator("[data-metric=pm25] .spark .l").first).to_be_attached()
    expect(page.locator("[data-metric=pm25] .spark .gap")).to_have_count(1)
    assert page.errors == []


def test_the_time_is_that_of_the_base_wherever_the_visitor_is(site, page):
    page.goto(site.url)
    expect(value(page, "pm25")).to_have_text("21")
    site.measure(at=datetime(2026, 11, 22, 8, 8, 12, tzinfo=UTC), pm25=30)
    expect(page.locator("[data-live-time]")).to_have_text(re.compile(r"^(11 月 22 日 16:08|16:08:12)$"))


def test_an_older_reading_does_not_replace_a_newer_one(site, page):
    page.goto(site.url)
    expect(value(page, "pm25")).to_have_text("21")
    site.measure(pm25=50)
    site.measure(at=datetime.now(UTC) - timedelta(minutes=2), pm25=40)
    site.measure(temperature=9)
    expect(value(page, "temperature")).to_have_text("9.0")
    expect(value(page, "pm25")).to_have_text("50")


def test_a_device_that_goes_is_shown_offline_and_comes_back(site, page):
    page.goto(site.url)
    expect(value(page, "pm25")).to_have_text("21")
    site.say(frames.status(device="ZJH-01", online=False, last_seen=site.heard))
    expect(page.locator("[data-live-state]")).to_have_text("离线")
    expect(value(page, "pm25")).to_have_text("—")
    expect(page.locator("[data-metric=pm25] [data-last]")).to_have_text(re.compile("离线，最后一次 .* 是 21"))
    site.measure(pm25=22)
    expect(page.locator("[data-live-state]")).to_have_text("现场读数")
    expect(value(page, "pm25")).to_have_text("22")
    expect(page.locator("[data-metric=pm25] [data-last]")).to_be_hidden()


def test_a_device_nobody_says_is_gone_is_offline_after_its_silence(site, page):
    site.heard -= timedelta(hours=1)
    page.goto(site.url)
    expect(page.locator("[data-live-state]")).to_have_text("离线")
    expect(value(page, "pm25")).to_have_text("—")


def test_the_page_recovers_by_itself_when_the_server_was_away(site, page):
    page.goto(site.url)
    expect(value(page, "pm25")).to_have_text("21")
    site.stop()
    expect(page.locator("[data-live-state]")).to_have_text("重新连接中", timeout=10_000)
    expect(value(page, "pm25")).to_have_text("21")
    site.points["pm25"].append([1120.0, 28])
    site.start()
    expect(value(page, "pm25")).to_have_text("28", timeout=20_000)
    expect(page.locator("[data-live-state]")).to_have_text("现场读数")


def test_where_websockets_do_not_get_through_events_do(site, page):
    site.websockets = False
    page.goto(site.url)
    expect(value(page, "pm25")).to_have_text("21", timeout=20_000)
    site.measure(pm25=37)
    expect(value(page, "pm25")).to_have_text("37")


def test_a_hidden_page_lets_go_and_catches_up_when_it_is_seen(site, page):
    page.clock.install()
    page.goto(site.url)
    expect(value(page, "pm25")).to_have_text("21")
    _visibility(page, "hidden")
    page.clock.run_for(61_000)
    _until(lambda: len(lifespan.hub()) == 0)
    site.points["pm25"].append([1120.0, 29])
    _visibility(page, "visible")
    expect(value(page, "pm25")).to_have_text("29")


def test_without_script_the_page_has_the_latest_values(site):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(site.url)
        expect(value(page, "pm25")).to_have_text("19")
        expect(page.locator("[data-live-time]")).to_have_text(re.compile(r"\d\d:\d\d"))
        browser.close()


def _visibility(page: Page, state: str) -> None:
    page.evaluate(
        """state => {
            Object.defineProperty(document, "hidden", { value: state === "hidden", configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        state,
    )


def _until(condition) -> None:
    async def wait():
        async with asyncio.timeout(10):
            while not condition():
                await asyncio.sleep(0.05)

    thread = threading.Thread(target=asyncio.run, args=(wait(),))
    thread.start()
    thread.join()
    assert condition()

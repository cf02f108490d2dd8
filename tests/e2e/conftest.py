"""One running product and one browser for all journeys of a test process."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.e2e import loaded
from tests.e2e.running import Product, running
from tests.gateways.official_account import OfficialAccount

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
OFFLINE = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP *.localhost 127.0.0.1",
]
# another product may be starting beside this one: a journey asks what is shown, a benchmark how soon
expect.set_options(timeout=30_000)  # ms
PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "zh-CN", "is_mobile": True, "has_touch": True}


def pytest_configure(config: pytest.Config) -> None:
    """Make what the processes of this run share."""
    if not hasattr(config, "workerinput"):
        loaded.begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove it."""
    if not hasattr(config, "workerinput"):
        loaded.end()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the journeys, and begin with the files that wait longest."""
    for item in items:
        if "/e2e/" in str(item.path):
            item.add_marker(pytest.mark.e2e)
    items.sort(key=lambda item: item.path.name not in {"test_silence.py", "test_survival.py"})


@pytest.fixture(scope="session")
def official_account() -> Iterator[OfficialAccount]:
    """WeChat's Official Account API, as far as the product asks it."""
    account = OfficialAccount()
    yield account
    account.server.close()


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory, official_account: OfficialAccount) -> Iterator[Product]:
    """The whole product, running."""
    with running(tmp_path_factory.mktemp("running"), WECHAT_API_URL=official_account.server.url) as started:
        yield started


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """What drives browsers; a process has one. Without Chromium journeys are skipped here and fail in CI."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium on this machine")
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Browser:
    """Debian's Chromium."""
    return driver.chromium.launch(executable_path=CHROMIUM, args=OFFLINE)


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone that was never here before."""
    context = browser.new_context(**PHONE)
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext) -> Page:
    """A page on that phone; errors in its console fail the test."""
    page = phone.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"error on the page: {error}"))
    return page

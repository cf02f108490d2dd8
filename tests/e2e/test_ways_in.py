"""Other ways in than typing: the camera in the page, a photo without scripts, the kiosk and its scanner."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.e2e.conftest import CHROMIUM, OFFLINE, PHONE
from tests.e2e.running import Product

KIOSK = {"viewport": {"width": 1080, "height": 1920}, "locale": "zh-CN", "has_touch": True}
IDLE = 30_000  # ms


def link(product: Product, kind: str) -> str:
    return f"HTTPS://X.CN/T/{product.facts['codes'][kind]}"


def picture(text: str) -> Image.Image:
    """Return what a camera sees of a code on a table."""
    code = Image.fromarray(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=8))
    table = Image.new("L", (640, 480), 150)
    table.paste(code, ((640 - code.width) // 2, (480 - code.height) // 2))
    return table


def film(text: str, path: Path) -> Path:
    """Write a film of that picture as Chromium's fake camera plays it (YUV4MPEG2)."""
    frame = b"FRAME\n" + picture(text).tobytes() + bytes([128]) * (2 * 320 * 240)
    path.write_bytes(b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n" + frame * 3)
    return path


@pytest.fixture
def with_camera(product: Product, driver: Playwright, tmp_path: Path) -> Iterator[Page]:
    """A phone whose camera sees a code."""
    seen = film(link(product, "fresh"), tmp_path / "code.y4m")
    fake = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    browser = driver.chromium.launch(
        executable_path=CHROMIUM, args=[*OFFLINE, *fake, f"--use-file-for-fake-video-capture={seen}"]
    )
    yield browser.new_context(**PHONE).new_page()
    browser.close()


def test_the_camera_in_the_page_reads_a_code(product: Product, with_camera: Page) -> None:
    with_camera.goto(f"{product.url}/trace/")
    with_camera.get_by_role("button", name="打开相机扫一扫").click()
    with_camera.wait_for_url(re.compile(r"/trace/\w{16}/$"))
    expect(with_camera.locator(".verdict .seal")).to_have_text("真")


def test_a_photo_is_read_without_scripts(product: Product, browser: Browser, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    picture(link(product, "recalled")).save(photo)
    page = browser.new_context(**PHONE, java_script_enabled=False).new_page()
    page.goto(f"{product.url}/trace/")
    page.locator("#photo").set_input_files(photo)
    page.get_by_role("button", name="读照片").click()
    expect(page.locator(".verdict .seal")).to_have_text("召")


def test_the_kiosk_takes_what_a_scanner_types_wherever_the_focus_is(
    product: Product, browser: Browser
) -> None:
    page = browser.new_context(**KIOSK).new_page()
    page.goto(f"{product.url}/trace/kiosk/")
    page.locator("h1").click()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.type(link(product, "scanned"))
    page.keyboard.press("Enter")
    expect(page.locator(".verdict .seal")).to_have_text("真")
    page.keyboard.type(link(product, "voided"))  # the next customer does not wait
    page.keyboard.press("Enter")
    expect(page.locator(".verdict .seal")).to_have_text("废")


def test_a_scanner_as_slow_as_a_person_is_understood_too(product: Product, browser: Browser) -> None:
    page = browser.new_context(**KIOSK).new_page()
    page.goto(f"{product.url}/trace/kiosk/")
    before, serial = link(product, "scanned").rsplit("/", 1)
    page.keyboard.type(before)
    page.wait_for_timeout(200)
    page.keyboard.type(f"/{serial}")
    page.keyboard.press("Enter")
    expect(page.locator(".verdict .seal")).to_have_text("真")


def test_the_kiosk_has_keys_of_its_own_and_forgets(product: Product, browser: Browser) -> None:
    page = browser.new_context(**KIOSK).new_page()
    page.clock.install()
    page.goto(f"{product.url}/trace/kiosk/")
    serial = product.facts["codes"]["recalled"]
    page.locator("[data-key='2']").tap()
    page.locator("[data-key=back]").tap()
    for letter in serial:
        page.locator(f"[data-key='{letter}']").tap()
    assert page.locator("#code").input_value().replace(" ", "") == serial
    page.get_by_role("button", name="查一下").or_(page.locator("button.kiosk-go")).first.tap()
    expect(page.locator(".verdict .seal")).to_have_text("召")
    page.wait_for_load_state()  # its clockwork runs
    page.clock.run_for(IDLE + 1_000)  # each second of it: jumping would end the interval once
    page.wait_for_url("**/trace/kiosk/")
    assert page.locator("#code").input_value() == ""

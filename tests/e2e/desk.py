"""The public site as a member's hands know it: on a phone, signed in, filling forms, taking files."""

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Self

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.conftest import PHONE
from tests.e2e.running import Product


@dataclass
class Desk:
    """The site in one person's phone."""

    product: Product
    page: Page

    @classmethod
    def enter(cls, product: Product, browser: Browser, role: str, *, by: str) -> Self:
        """Open the page `by`, go where it leads who is not signed in, and sign in as the demo's person."""
        page = browser.new_context(**PHONE).new_page()
        desk = cls(product, page)
        desk.open(by)
        page.locator("main a.btn.main").first.click()
        account = product.facts["accounts"][role]
        page.locator("[name=login]").fill(account["login"])
        page.locator("[name=password]").fill(account["password"])
        page.locator("[name=password]").press("Enter")
        page.wait_for_url(lambda url: "/accounts/" not in url)
        return desk

    def leave(self) -> None:
        """Put the phone away."""
        self.page.context.close()

    def open(self, path: str) -> None:
        """Open a page of the site."""
        answer = self.page.goto(self.product.url + path, wait_until="domcontentloaded")
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"

    def fill(self, facts: dict[str, str | bool], within: Locator | None = None) -> None:
        """Fill fields by name; of choices, the one with that value is taken."""
        form = within or self.page.locator("main")
        for name, value in facts.items():
            field = form.locator(f"[name='{name}']")
            kind = field.first.evaluate("field => field.type || field.tagName")
            if isinstance(value, bool):
                field.set_checked(value)
            elif kind in {"radio", "checkbox"}:
                form.locator(f"[name='{name}'][value='{value}']").check()
            else:
                field.fill(value)

    def press(self, name: str, value: str = "") -> None:
        """Press the button of that name and value that people see."""
        wanted = f"button[name='{name}']" + (f"[value='{value}']" if value else "")
        self.page.locator(f"main {wanted}:not(.vh)").first.click()

    def attach(self, name: str, *papers: Path) -> None:
        """Choose files."""
        self.page.locator(f"input[type=file][name='{name}']").set_input_files(papers)

    def sees_done(self, words: str) -> None:
        """See the line that says what was done: on the page that follows, not on the one before."""
        expect(self.page.locator(".notes .note.ok").filter(has_text=words)).to_be_visible()

    def take(self, link: Locator) -> bytes:
        """Press what leads to a file and return the file."""
        with self.page.expect_download() as got:
            link.click()
        return Path(got.value.path()).read_bytes()

    def sms(self, number: str) -> str:
        """Return the digits of the newest message to `number`; the demo writes messages to its log."""
        sent = re.compile(rf"SMS to \+86{number}: .*?(\d{{6}})")
        logs = [*self.product.logs.glob("*.log")]
        return [code for log in logs for code in sent.findall(log.read_text(errors="replace"))][-1]


def photo(path: Path, colour: str) -> Path:
    """Write a photo as a phone takes it."""
    made = BytesIO()
    Image.new("RGB", (640, 480), colour).save(made, "JPEG")
    path.write_bytes(made.getvalue())
    return path

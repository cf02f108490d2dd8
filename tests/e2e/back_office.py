"""The back office as an operator's hands know it: signing in, filling forms, reading what is answered."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.running import Product

DESK = {"viewport": {"width": 1280, "height": 900}, "locale": "zh-CN"}
SAVE = "#w-editor-form footer button[type=submit]"


@dataclass
class BackOffice:
    """/cms/ in one person's browser."""

    product: Product
    page: Page

    @classmethod
    def enter(cls, product: Product, browser: Browser, role: str, look: dict[str, object] = DESK) -> Self:
        """Sign in as the demo's person of that role."""
        page = browser.new_context(**look).new_page()
        account = product.facts["accounts"][role]
        page.goto(f"{product.url}/cms/")
        page.locator("input[name=login]").fill(account["login"])
        page.locator("input[name=password]").fill(account["password"])
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url("**/cms/")
        return cls(product, page)

    def leave(self) -> None:
        """Close the browser's window."""
        self.page.context.close()

    def open(self, path: str) -> None:
        """Open a page of the back office."""
        answer = self.page.goto(f"{self.product.url}/cms/{path}")
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"

    def fill(self, facts: dict[str, str | bool], prefix: str = "") -> None:
        """Fill fields by name; a choice is made by the words it shows."""
        for name, value in facts.items():
            field = self.page.locator(f"#id_{prefix}{name}")
            kind = field.evaluate("field => field.type || field.tagName")
            if isinstance(value, bool):
                field.set_checked(value)
            elif kind == "select-one":
                field.select_option(label=value)
            elif kind in {"date", "datetime-local"}:
                field.fill(value)
            elif name == "at" or name.endswith(("_on", "_from", "_to")):
                self.fill_date(field, value)
            else:
                field.fill(value)

    def fill_date(self, field: Locator, value: str) -> None:
        """Type a date as a person does: a calendar opens after the click, and closes on leaving."""
        calendar = self.page.locator(".xdsoft_datetimepicker:visible")
        until = time.monotonic() + 30
        while not calendar.count() and time.monotonic() < until:
            field.blur()
            field.click()  # on a busy machine the first one comes before the page's scripts
            self.page.wait_for_timeout(200)
        calendar.wait_for()
        field.fill(value)
        field.blur()  # Tab would lead to the next field, which may open a calendar of its own
        calendar.wait_for(state="hidden")

    def save(self) -> None:
        """Press the button that saves."""
        self.page.locator(SAVE).click()

    def create(self, path: str, facts: dict[str, str | bool]) -> None:
        """Fill a new form, save it, and see that it is saved."""
        self.open(path)
        self.fill(facts)
        self.save()
        self.sees_done()

    def sees_done(self) -> None:
        """See the green line."""
        expect(self.page.locator(".messages .success").first).to_be_visible()

    def sees_refusal(self, words: str) -> None:
        """See why something was refused."""
        expect(
            self.page.locator(".error-message, .help-critical").filter(has_text=words).first
        ).to_be_visible()

    def value(self, name: str) -> str:
        """Return what a field holds."""
        return self.page.locator(f"#id_{name}").input_value()

    def fits(self) -> bool:
        """Tell whether no field reaches beyond the screen."""
        fields = "[...document.querySelectorAll('main :is(input, select, textarea)')]"
        return bool(self.page.evaluate(f"{fields}.every(f => f.getBoundingClientRect().right <= innerWidth)"))

    def print_labels(self, kind: str, *, again: str = "", only: str = "") -> bytes:
        """Return the file of labels that the page of a run makes; `again` says why, `only` which."""
        act = "print_again" if again else "print_first"
        form = self.page.locator(f"form[action$='/{act}/']")
        if again:
            self.page.locator(f"#{act}-heading").click()
            form.locator("[name$=reason]").fill(again)
            form.locator("[name$=serials]").fill(only)
        form.locator("select[name$=kind]").select_option(kind)
        with self.page.expect_download() as got:
            form.locator("button.button").click()
        return Path(got.value.path()).read_bytes()

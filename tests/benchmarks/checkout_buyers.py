"""Buyers of the checkout benchmark: each buys as a guest, by the forms of the pages, again and again."""

import http.client
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

Flow = Callable[["Browser", int], str]
_HIDDEN = re.compile(rb'name="(\w+)" value="([^"]*)"')


class Browser:
    """One guest: a connection that is kept, its cookies, and the forms of the pages it sees."""

    def __init__(self, port: int) -> None:
        self._headers: dict[str, str] = {}
        self._port, self.cookies, self.waited = port, dict[str, str](), list[tuple[str, float]]()
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path: str) -> bytes:
        """Return a page, following where it leads."""
        return self._ask("GET", path, None)

    def post(self, path: str, headers: dict[str, str] | None = None, **fields: str) -> bytes:
        """Send a form and return the page it leads to."""
        token = {"csrfmiddlewaretoken": self.cookies["csrftoken"]} if "csrftoken" in self.cookies else {}
        self._headers = headers or {}
        return self._ask("POST", path, urlencode(token | fields))

    def hidden(self, page: bytes, name: str) -> str:
        """Return the value of a hidden field."""
        return next(value.decode() for found, value in _HIDDEN.findall(page) if found.decode() == name)

    def _ask(self, method: str, path: str, body: str | None) -> bytes:
        for _hop in range(8):
            status, where, page = self._once(method, path, body)
            if status not in {301, 302, 303}:
                if status != 200:
                    raise RuntimeError(f"{method} {path}: {status}")
                return page
            method, path, body = "GET", where.removeprefix(f"http://127.0.0.1:{self._port}"), None
        raise RuntimeError(f"{path}: leads in circles")

    def _once(self, method: str, path: str, body: str | None) -> tuple[int, str, bytes]:
        headers = {
            "Sec-Fetch-Site": "same-origin",
            "Origin": f"http://127.0.0.1:{self._port}",
            **self._headers,
        }
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        page = response.read()
        self.waited.append((f"{method} {path.split('?', maxsplit=1)[0]}", time.perf_counter() - began))
        for line in response.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        return response.status, response.headers.get("Location", ""), page


@dataclass
class Sold:
    """What the buyers did in how many seconds: orders placed, each request's wait, failures.

    The time ends with the last order that was begun: where an order takes long, what is under way at a fixed
    end would be lost to the shop.
    """

    seconds: float = 0.0
    orders: int = 0
    waited: list[tuple[str, float]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Return orders a second."""
        return self.orders / self.seconds

    def median(self, start: str) -> float:
        """Return the middle wait in milliseconds of the requests that begin so."""
        waits = sorted(seconds for what, seconds in self.waited if what.startswith(start))
        return 1000 * waits[len(waits) // 2] if waits else float("nan")


def buy(port: int, flow: Flow, *, buyers: int = 8, seconds: float = 12.0) -> Sold:
    """Let so many guests buy one after the other; none begins after so many seconds."""
    sold, lock, began = Sold(), threading.Lock(), time.monotonic()
    end = began + seconds

    def one(number: int) -> None:
        turn = number
        while time.monotonic() < end:
            browser = Browser(port)
            try:
                flow(browser, turn)
            except (RuntimeError, OSError, StopIteration) as error:
                with lock:
                    sold.failed.append(repr(error))
            else:
                with lock:
                    sold.orders += 1
            with lock:
                sold.waited += browser.waited
            turn += buyers

    threads = [threading.Thread(target=one, args=(number,)) for number in range(buyers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sold.seconds = time.monotonic() - began
    return sold

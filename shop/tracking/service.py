"""The tracking service: asks where a parcel is, and orders that it is told.

Behind `TRACKING_URL` stands a service that speaks the protocol of 快递100 (实时查询 and 订阅推送, API of
poll.kuaidi100.com): forms with JSON inside, signed with MD5, which is theirs and not ours to choose. The
customer number and the key travel in the URL as user name and password.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Final
from urllib.error import URLError
from urllib.parse import unquote, urlencode, urlsplit
from urllib.request import Request, urlopen

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from shop.fulfilment.carriers import PHONE_LAST
from shop.fulfilment.models import Parcel

TIMEOUT: Final = 10  # s
KNOWN_ALREADY: Final = "501"  # the parcel was subscribed before


class ServiceError(RuntimeError):
    """The service could not be reached, or refused; the text is what it said."""


@dataclass(frozen=True, slots=True)
class Service:
    """One account with the service."""

    address: str
    customer: str
    key: str

    def ask(self, parcel: Parcel) -> str:
        """Return what the service knows of `parcel`, as JSON text.

        Raises:
            ServiceError: see there.
        """
        question = _compact({**self._named("com", "num", parcel), "resultv2": "4", "order": "desc"})
        sign = md5(question + self.key + self.customer)
        answer = self._post("/query.do", {"customer": self.customer, "sign": sign, "param": question})
        if json.loads(answer).get("result") is False:
            raise ServiceError(str(json.loads(answer).get("message", "")))
        return answer

    def subscribe(self, parcel: Parcel) -> None:
        """Order news about `parcel`; ordering twice is no error.

        Raises:
            ServiceError: see there.
        """
        wanted = {
            "callbackurl": settings.PUBLIC_BASE_URL.rstrip("/") + reverse("tracking-push"),
            "salt": push_salt(),
            "resultv2": "4",
            **self._named("", "", parcel),
        }
        named = self._named("company", "number", parcel)
        named.pop("phone", None)
        asked = _compact({**named, "key": self.key, "parameters": wanted})
        answer = json.loads(self._post("", {"schema": "json", "param": asked}))
        if not answer.get("result") and str(answer.get("returnCode")) != KNOWN_ALREADY:
            raise ServiceError(f"{answer.get('returnCode')} {answer.get('message', '')}")

    def _named(self, carrier: str, number: str, parcel: Parcel) -> dict[str, Any]:
        named = {name: value for name, value in ((carrier, parcel.carrier), (number, parcel.waybill)) if name}
        if parcel.carrier in PHONE_LAST:
            named["phone"] = parcel.consignment.order.phone[-4:]
        return named

    def _post(self, path: str, form: dict[str, str]) -> str:
        request = Request(self.address + path, data=urlencode(form).encode(), method="POST")  # noqa: S310
        try:
            with urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310 - env admits http and https only
                text: str = response.read(1_000_000).decode()
                json.loads(text)
                return text
        except (URLError, OSError, ValueError) as error:
            raise ServiceError(str(error)) from error


def service() -> Service | None:
    """Return the service of `TRACKING_URL`, None where none is set."""
    if not settings.TRACKING_URL:
        return None
    url = urlsplit(settings.TRACKING_URL)
    address = url._replace(netloc=url.netloc.rpartition("@")[2]).geturl().rstrip("/")
    return Service(address, unquote(url.username or ""), unquote(url.password or ""))


def push_salt() -> str:
    """Return what the service signs its messages with: ours alone, so nothing more is to be set."""
    return salted_hmac("shop.tracking.push", "salt", algorithm="sha256").hexdigest()[:32]


def md5(text: str) -> str:
    """Return the digest as the service wants it: hexadecimal in capitals."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest().upper()


def _compact(thing: dict[str, Any]) -> str:
    return json.dumps(thing, ensure_ascii=False, separators=(",", ":"))

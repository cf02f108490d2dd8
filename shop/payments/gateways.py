"""Ways of paying: what each must be able to do, and which there are.

A gateway is a package beside this module and a line in `settings.PAYMENT_GATEWAYS`. Its calls go over the
network: never make them inside a transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, ClassVar

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string


class UnknownWay(LookupError):
    """There is no such way of paying here, or not for this order."""


class GatewayDown(ConnectionError):
    """The gateway could not be asked, or what it answered cannot be trusted; ask again later."""


class GatewayRefused(ValueError):
    """The gateway understood and said no; asking again will not help."""


class NotTrusted(ValueError):
    """A notification that is not from the gateway, too old, or not for us. `status` is what to answer."""

    def __init__(self, why: str, status: int = 401) -> None:
        super().__init__(why)
        self.status = status


class State(StrEnum):
    """What a gateway says of a payment or a refund."""

    OPEN = "open"  # not paid yet, or on its way back
    DONE = "done"
    CLOSED = "closed"  # will never be paid, or was refused
    UNKNOWN = "unknown"  # the gateway never heard of it


@dataclass(frozen=True, slots=True)
class Answer:
    """What a gateway says. `amount` and `at` go with DONE, `why` with CLOSED."""

    state: State
    trade_no: str = ""
    amount: Decimal | None = None
    at: datetime | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A notification that is genuine: about which payment or repayment (by our number), and what."""

    number: str
    answer: Answer
    of_refund: bool = False


@dataclass(frozen=True, slots=True)
class Visitor:
    """From where somebody pays: it decides which form a gateway takes."""

    in_wechat: bool = False
    on_phone: bool = False
    ip: str = "127.0.0.1"
    back_url: str = ""  # where the gateway leads after paying
    openid: str = ""  # who pays, where WeChat has said so


@dataclass(frozen=True, slots=True)
class Purchase:
    """What is to be paid; all that a gateway may refuse by."""

    amount: Decimal
    region: Any = None
    pickup: bool = False
    trade: bool = False
    ahead: bool = False  # a harvest that is paid in two parts before it is sent


@dataclass(frozen=True, slots=True)
class Step:
    """What the payer does next: `kind` names the part of the page, `facts` what stands in it."""

    kind: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    label: Promise | str = ""

    @property
    def template(self) -> str:
        """Return the template of this part."""
        return f"shop/payments/steps/{self.kind}.html"


class Gateway:
    """One way of paying. What is by hand knows no network: an officer records the money."""

    code: ClassVar[str]
    label: ClassVar[Promise | str]
    hint: ClassVar[Promise | str] = ""
    by_hand: ClassVar[bool] = False

    def ready(self) -> bool:
        """Tell whether it is set up here."""
        return True

    def offered(self, purchase: Purchase) -> bool:
        """Tell whether this can be paid so."""
        return True

    def form(self, visitor: Visitor) -> str:
        """Return the form a payment takes for this visitor; "" where there is but one."""
        return ""

    def waits(self, payment: Any, visitor: Visitor) -> bool:
        """Tell whether something must be known first that `step` asks for."""
        return False

    def begin(self, payment: Any, visitor: Visitor) -> dict[str, Any]:
        """Open the payment at the gateway and return what it gives to go on with.

        Raises:
            GatewayDown, GatewayRefused: nothing was opened.
        """
        return {}

    def step(self, payment: Any, visitor: Visitor) -> Step:
        """Return what the payer does next, without asking the gateway."""
        raise NotImplementedError

    def ask(self, payment: Any) -> Answer:
        """Ask what became of a payment."""
        return Answer(State.OPEN)

    def close(self, payment: Any) -> None:
        """Make sure that nobody pays any more; call `ask` first."""

    def give_back(self, repayment: Any) -> Answer:
        """Ask for money to go back. With the same repayment it never goes twice."""
        return Answer(State.OPEN)

    def ask_back(self, repayment: Any) -> Answer:
        """Ask what became of a repayment."""
        return Answer(State.OPEN)

    def read(self, headers: Mapping[str, str], body: bytes, at: datetime) -> Told:
        """Read a notification.

        Raises:
            NotTrusted: it is not the gateway's, not for us, or too old.
        """
        raise NotTrusted("this way of paying sends no notifications", 404)

    def reply(self, *, taken: bool, why: str = "") -> tuple[str, str]:
        """Return content type and body of the answer to a notification."""
        return "text/plain", "success" if taken else "failure"


@lru_cache
def _built(paths: tuple[str, ...]) -> dict[str, Gateway]:
    made = [import_string(path)() for path in paths]
    return {gateway.code: gateway for gateway in made}


def gateways() -> dict[str, Gateway]:
    """Return all gateways by their code, in the order in which they are offered."""
    return _built(tuple(settings.PAYMENT_GATEWAYS))


def gateway(code: str) -> Gateway:
    """Return one of them.

    Raises:
        UnknownWay: there is none of this code.
    """
    try:
        return gateways()[code]
    except KeyError:
        raise UnknownWay(code) from None


def ways_for(purchase: Purchase) -> list[Gateway]:
    """Return the ways in which this can be paid, the usual first."""
    return [each for each in gateways().values() if each.ready() and each.offered(purchase)]

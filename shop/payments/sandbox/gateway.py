"""A gateway without money. What it remembers of a payment stands in `given["trade"]`, as if at a bank.

Only where `settings.PAYMENT_SANDBOX` allows: in development and the demonstration, in production by choice.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shop.payments.gateways import Answer, Gateway, Purchase, State, Step, Visitor
from shop.payments.models import Payment


class SandboxGateway(Gateway):
    """Pays at a click."""

    code = "sandbox"
    label = _("Demonstration payment")
    hint = _("For trying out: no money moves.")

    def ready(self) -> bool:
        """Tell whether the settings allow it."""
        return bool(settings.PAYMENT_SANDBOX)

    def offered(self, purchase: Purchase) -> bool:
        """Pay anything but trade on account."""
        return not purchase.trade

    def begin(self, payment: Payment, visitor: Visitor) -> dict[str, Any]:
        """Open a trade."""
        return {"opened": True}

    def step(self, payment: Payment, visitor: Visitor) -> Step:
        """Lead to the counter of the sandbox."""
        return Step(
            "leave", {"url": reverse("payments:sandbox", args=[payment.number]), "demo": True}, self.label
        )

    def ask(self, payment: Payment) -> Answer:
        """Say what the counter wrote down."""
        trade = Payment.objects.values_list("given", flat=True).get(pk=payment.pk).get("trade")
        if not trade:
            return Answer(State.OPEN)
        return Answer(State.DONE, trade["no"], Decimal(trade["amount"]), datetime.fromisoformat(trade["at"]))

    def give_back(self, repayment: Any) -> Answer:
        """Give it back at once."""
        return Answer(State.DONE, f"SANDBOX-{repayment.number}", repayment.amount)


def pay(*, payment: Payment, at: datetime) -> Answer:
    """Write down at the counter that the payment was paid, once; what the shop is told is another matter."""
    given = Payment.objects.values_list("given", flat=True).get(pk=payment.pk)
    trade = given.get("trade") or {
        "no": f"SANDBOX-{payment.number}",
        "amount": str(payment.amount),
        "at": at.isoformat(),
    }
    Payment.objects.filter(pk=payment.pk).update(given={**given, "trade": trade})
    return SandboxGateway().ask(payment)

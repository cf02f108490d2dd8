"""Closing what nobody paid, before its order is cancelled."""

from datetime import datetime, timedelta

from shop.order.models import Order
from shop.payments.asking import ask, mark_closed
from shop.payments.gateways import GatewayDown, GatewayRefused, gateway
from shop.payments.models import Payment
from shop.payments.settling import Outcome

_PATIENCE = timedelta(hours=2)


def settle_or_close(*, order: Order, at: datetime) -> bool:
    """Settle what was paid unheard, or close the order's payments; tell whether the order may be cancelled.

    Asks the gateways: call it outside transactions. While a gateway cannot be reached the answer is no, for
    two hours after the end; then yes, and money that still comes goes back by itself.
    """
    for payment in _open_payments(order):
        through = gateway(payment.gateway)
        if through.by_hand or not payment.given:
            mark_closed(payment=payment, at=at)  # the gateway never heard of it
            continue
        try:
            if ask(payment=payment, at=at) == Outcome.PAID:
                return False
            through.close(payment)
        except (GatewayDown, GatewayRefused):  # the latter too when it was paid while we asked
            if order.pay_until is None or at < order.pay_until + _PATIENCE:
                return False
        mark_closed(payment=payment, at=at)
    return True


def _open_payments(order: Order) -> list[Payment]:
    open_ones = Payment.objects.filter(due__order=order, state=Payment.State.OPEN)
    return list(open_ones.select_related("due").order_by("pk"))

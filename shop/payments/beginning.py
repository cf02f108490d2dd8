"""Beginning at the gateway: what it gives to go on with is asked for once and kept."""

from shop.payments.gateways import GatewayDown, Visitor, gateway
from shop.payments.models import Payment


def begin(*, payment: Payment, visitor: Visitor) -> None:
    """Open the payment at its gateway, unless it is open there already.

    Two windows at once both ask under one number, and the first answer stays: gateways give the same for the
    same number.

    Raises:
        GatewayDown, GatewayRefused: it is not open there; nothing was kept.
    """
    if payment.given:
        return
    through = gateway(payment.gateway)
    if through.by_hand or through.waits(payment, visitor):
        return
    given = through.begin(payment, visitor)
    if not given:
        raise GatewayDown(payment.number)
    if Payment.objects.filter(pk=payment.pk, given={}).update(given=given):
        payment.given = given
    else:
        payment.refresh_from_db(fields=["given"])

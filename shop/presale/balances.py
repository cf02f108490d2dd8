"""The balance of a booking: what is left to pay once the harvest is in."""

from decimal import Decimal

from django.db import transaction

from shop.order.models import Order
from shop.payments.models import Due
from shop.presale.models import Presale


def balance_of(order: Order) -> Decimal:
    """Return what is to be paid at the harvest: everything but the deposit. One query."""
    deposit = order.dues.get(kind=Due.Kind.DEPOSIT).amount
    return Decimal(order.total_incl_tax - deposit)


def fall_due(*, order: Order, presale: Presale) -> bool:
    """Make the balance of `order` due for as long as its pre-sale says; tell whether this call did.

    The order is locked first: it may be cancelled, or confirmed, at the same moment.
    """
    with transaction.atomic():
        held = Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
        if held.state != Order.State.RESERVED or presale.balance_until is None:
            return False
        terms = {
            "amount": balance_of(held),
            "opens_at": presale.balance_from,
            "closes_at": presale.balance_until,
        }
        return Due.objects.get_or_create(order=held, kind=Due.Kind.BALANCE, defaults=terms)[1]

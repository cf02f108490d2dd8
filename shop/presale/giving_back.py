"""An order of a pre-sale that is cancelled gives back its share, and the stock if the harvest was in."""

from datetime import datetime

from shop.order.models import Order
from shop.presale.booking import release_share
from shop.presale.models import Booking, Presale
from shop.stock.reserving import release


def give_back(*, order: Order, at: datetime) -> None:
    """Give back what a cancelled order of a pre-sale holds; call it in the transaction that cancels.

    The pre-sale's row is locked first, as `harvesting` does: an order is not cancelled between the harvest
    and the promise of its stock.
    """
    booking = Booking.objects.get(order=order)
    presale = Presale.objects.select_for_update().get(pk=booking.presale_id)
    promised = booking.held and presale.balance_from is not None
    release_share(order=order, at=at)
    if promised:
        for line in order.lines.select_related("stockrecord__product__brand_product"):
            release(stockrecord=line.stockrecord, quantity=line.quantity - line.withdrawn_quantity)

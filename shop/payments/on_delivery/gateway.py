"""Cash on delivery, or at the point where the order is picked up."""

from django.utils.translation import gettext_lazy as _

from shop.payments.gateways import Gateway, Purchase, Step, Visitor
from shop.payments.models import Payment
from shop.payments.terms import terms_of


class OnDeliveryGateway(Gateway):
    """Offered where the county takes it, up to the sum it says."""

    code = "on_delivery"
    label = _("Cash on delivery")
    hint = _("Pay when it is handed over.")
    by_hand = True

    def offered(self, purchase: Purchase) -> bool:
        """Tell whether the county takes cash for so much."""
        terms = None if purchase.trade or purchase.ahead else terms_of(purchase.region)
        return terms is not None and terms.on_delivery and purchase.amount <= terms.on_delivery_most

    def step(self, payment: Payment, visitor: Visitor) -> Step:
        """Say how much to have ready."""
        return Step(
            "on_delivery", {"pickup": payment.due.order.delivery == "pickup", "by_hand": True}, self.label
        )

"""Cash on delivery, or at the point where the order is picked up."""

from django.utils.translation import gettext_lazy as _

from shop.payments.gateways import Gateway, Purchase, Step, Visitor
from shop.payments.models import PayingTerms, Payment


class OnDeliveryGateway(Gateway):
    """Offered where the county takes it, up to the sum it says."""

    code = "on_delivery"
    label = _("Cash on delivery")
    hint = _("Pay when it is handed over.")
    by_hand = True

    def offered(self, purchase: Purchase) -> bool:
        """Tell whether the county takes cash for so much."""
        if purchase.trade or purchase.ahead:
            return False
        terms = PayingTerms.objects.filter(region=purchase.region, on_delivery=True)
        return terms.filter(on_delivery_most__gte=purchase.amount).exists()

    def step(self, payment: Payment, visitor: Visitor) -> Step:
        """Say how much to have ready."""
        return Step(
            "on_delivery", {"pickup": payment.due.order.delivery == "pickup", "by_hand": True}, self.label
        )

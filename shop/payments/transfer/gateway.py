"""Bank transfer to the account of the county; the order number is the reference."""

from django.utils.translation import gettext_lazy as _

from brand.models import Region
from shop.payments.gateways import Gateway, Purchase, Step, Visitor
from shop.payments.models import PayingTerms, Payment
from shop.payments.terms import terms_of


class TransferGateway(Gateway):
    """Shows the account; the money is confirmed by hand."""

    code = "transfer"
    label = _("Bank transfer")
    hint = _("To the account of the hall; we confirm it on a working day.")
    by_hand = True

    def offered(self, purchase: Purchase) -> bool:
        """Tell whether the county has an account."""
        return account_of(purchase.region) is not None

    def step(self, payment: Payment, visitor: Visitor) -> Step:
        """Show where the money goes."""
        order = payment.due.order
        return Step(
            "transfer",
            {"account": account_of(order.region), "reference": order.number, "by_hand": True},
            self.label,
        )


def account_of(region: Region | None) -> PayingTerms | None:
    """Return where the county takes transfers."""
    terms = terms_of(region)
    return terms if terms is not None and terms.account else None

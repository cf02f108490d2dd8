"""Oscar's checkout app with our first step."""

from oscar.apps.checkout.apps import CheckoutConfig as OscarCheckoutConfig


class CheckoutConfig(OscarCheckoutConfig):
    """Same label and URLs as Oscar's."""

    name = "shop.checkout"

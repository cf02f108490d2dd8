"""Oscar's shipping app under our name."""

from oscar.apps.shipping.apps import ShippingConfig as OscarShippingConfig


class ShippingConfig(OscarShippingConfig):
    """Same label and URLs as Oscar's."""

    name = "shop.shipping"

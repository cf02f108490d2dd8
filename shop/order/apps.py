"""Oscar's order app under our name."""

from oscar.apps.order.apps import OrderConfig as OscarOrderConfig


class OrderConfig(OscarOrderConfig):
    """Same label and URLs as Oscar's."""

    name = "shop.order"
